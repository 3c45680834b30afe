// Back end: ParaView 5's own Catalyst, which runs Python scripts exported by ParaView's "Save Catalyst State".
#include "core/output/in_situ/display.h"
#include "core/output/in_situ/guards.h"
#include "core/output/in_situ/python_glue.h"
#include "core/output/in_situ/vtk_views.h"

#include <vtkCPDataDescription.h>
#include <vtkCPInputDataDescription.h>
#include <vtkCPProcessor.h>
#include <vtkCPPythonPipeline.h>
#include <vtkLogger.h>
#include <vtkMPI.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkOutputWindow.h>
#include <vtkPythonInterpreter.h>
#include <vtkStringArray.h>

#include <iostream>
#include <set>
#include <utility>

namespace vivicor
{
  namespace
  {
    /// ParaView's complaints, which come as paragraphs, a line each and each but once; scripts' own prints pass.
    class Complaints : public vtkOutputWindow
    {
    public:
      static Complaints *New();
      vtkTypeMacro(Complaints, vtkOutputWindow);
      void DisplayText(const char *text) override { std::cout << text << std::flush; }
      void DisplayErrorText(const char *text) override { note(text); }
      void DisplayWarningText(const char *text) override { note(text); }
      void DisplayGenericWarningText(const char *text) override { note(text); }

      std::vector<std::string> lines;

    private:
      void note(const std::string &text)
      {
        // Catalyst itself sets the time twice at a script's first look.
        constexpr const char *harmless = "New time step is not after last time step";
        const std::string line = last_line(text);
        if (!line.empty() && line.find(harmless) == std::string::npos && seen.insert(line).second)
          lines.push_back(line);
      }

      std::set<std::string> seen;
    };
    vtkStandardNewMacro(Complaints);

    class ParaView : public InSituBackEnd
    {
    public:
      ~ParaView() override;
      std::string display_problem() const override { return vivicor::display_problem(); }
      void open(MPI_Comm comm, const std::string &folder, const std::vector<InSituChannel> &channels, bool may_draw) override;
      unsigned add(const std::string &script) override;
      InSituWish wanted(unsigned script, double t, long step) override;
      void process(unsigned script, double t, long step, const InSituData &data) override;
      void drop(unsigned script) override;
      std::vector<std::string> warnings() override { return std::exchange(complaints->lines, {}); }

    private:
      struct Script
      {
        vtkSmartPointer<vtkCPPythonPipeline> pipeline; ///< null: dropped
        vtkNew<vtkCPDataDescription> description;
      };

      std::string what_failed(const std::string &otherwise);

      std::vector<InSituChannel> channels;
      std::string folder;
      vtkNew<vtkCPProcessor> processor;
      vtkNew<vtkStringArray> exceptions; ///< last lines of Python's tracebacks; the glue adds to it
      vtkNew<Complaints> complaints;
      std::vector<std::unique_ptr<Script>> scripts;
      bool is_open = false;
    };

    void ParaView::open(MPI_Comm comm, const std::string &folder, const std::vector<InSituChannel> &channels, bool may_draw)
    {
      this->channels = channels;
      this->folder = folder;
      const SignalsAsTheyWere signals;
      vtkLogger::SetStderrVerbosity(vtkLogger::VERBOSITY_OFF); // errors come by way of the window as well
      constexpr int leave_signals_alone = 0;
      vtkPythonInterpreter::Initialize(leave_signals_alone);
      vtkPythonInterpreter::RunSimpleString("import os, sys; sys.setdlopenflags(os.RTLD_LAZY)"); // as we load ourselves
      vtkMPICommunicatorOpaqueComm opaque(&comm);
      if (!processor->Initialize(opaque, folder.c_str()))
        throw InSituFailure("Catalyst does not start");
      is_open = true;
      vtkOutputWindow::SetInstance(complaints); // Catalyst's start sets its own
      if (vtkPythonInterpreter::RunSimpleString(python_glue(exceptions, may_draw).c_str()) != 0)
        throw InSituFailure(what_failed("ParaView's Python modules cannot be imported (package python3-paraview)"));
    }

    ParaView::~ParaView()
    {
      for (unsigned k = 0; k < scripts.size(); ++k)
        drop(k);
      if (is_open)
        processor->Finalize();
      vtkOutputWindow::SetInstance(nullptr);
    }

    unsigned ParaView::add(const std::string &file)
    {
      constexpr int version_2 = 2;
      auto script = std::make_unique<Script>();
      script->pipeline = vtkCPPythonPipeline::CreateAndInitializePipeline(file.c_str(), version_2);
      for (const auto &channel : channels)
        {
          script->description->AddInput(channel.name.c_str());
          for (const std::string &alias : channel.aliases)
            script->description->AddInput(alias.c_str());
        }
      if (!script->pipeline)
        throw InSituFailure(what_failed("it cannot be read"));
      scripts.push_back(std::move(script));
      return static_cast<unsigned>(scripts.size() - 1);
    }

    InSituWish ParaView::wanted(unsigned number, double t, long step)
    {
      Script &script = *scripts[number];
      InSituWish wish;
      script.description->ResetAll();
      script.description->SetTimeData(t, step);
      if (!script.pipeline->RequestDataDescription(script.description))
        return wish;
      // Asked name by name: what GetFieldName() returns of names longer than 15 characters is freed memory (ParaView 5.11).
      const auto add = [&](const InSituChannel &channel, vtkCPInputDataDescription &input) {
        if (!input.GetIfGridIsNecessary())
          return;
        wish.fields.emplace(channel.name, "");
        if (input.GetAllFields())
          wish.fields.emplace(channel.name, "*");
        for (const std::string &field : channel.fields)
          if (input.IsFieldNeeded(field.c_str(), vtkDataObject::POINT))
            wish.fields.emplace(channel.name, field);
      };
      for (const auto &channel : channels)
        {
          add(channel, *script.description->GetInputDescriptionByName(channel.name.c_str()));
          for (const std::string &alias : channel.aliases)
            add(channel, *script.description->GetInputDescriptionByName(alias.c_str()));
        }
      return wish;
    }

    void ParaView::process(unsigned number, double t, long step, const InSituData &data)
    {
      Script &script = *scripts[number];
      script.description->SetTimeData(t, step);
      const auto set = [&](const std::string &name, vtkDataObject *view) {
        for (const auto &channel : channels)
          if (channel.name == name)
            {
              script.description->GetInputDescriptionByName(name.c_str())->SetGrid(view);
              for (const std::string &alias : channel.aliases)
                script.description->GetInputDescriptionByName(alias.c_str())->SetGrid(view);
            }
      };
      for (const InSituGrid &grid : data.grids)
        set(grid.channel, vtk_view(grid));
      for (const InSituTable &table : data.tables)
        set(table.channel, vtk_view(table));
      exceptions->Reset();
      const WithinFolder there(folder);
      const bool done = script.pipeline->CoProcess(script.description);
      if (!done || exceptions->GetNumberOfValues() > 0)
        throw InSituFailure(what_failed("ParaView gave no reason"));
    }

    void ParaView::drop(unsigned number)
    {
      if (!scripts[number]->pipeline)
        return;
      const WithinFolder there(folder);
      scripts[number]->pipeline->Finalize();
      scripts[number]->pipeline = nullptr;
    }

    std::string ParaView::what_failed(const std::string &otherwise)
    {
      std::string reason = otherwise;
      if (exceptions->GetNumberOfValues() > 0)
        reason = exceptions->GetValue(exceptions->GetNumberOfValues() - 1);
      else if (!complaints->lines.empty())
        reason = complaints->lines.back();
      exceptions->Reset();
      complaints->lines.clear();
      return reason;
    }
  }
}

extern "C" vivicor::InSituBackEnd *vivicor_in_situ_back_end()
{
  return new vivicor::ParaView;
}
