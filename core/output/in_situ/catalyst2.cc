// Back end: Catalyst 2, whose library loads the implementation that runs the scripts, ParaView's unless the environment
// names another. It starts once in a process, with all scripts, and every look is shown to all of them.
#include "core/output/in_situ/blueprint.h"
#include "core/output/in_situ/exceptions.h"
#include "core/output/in_situ/guards.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

namespace vivicor
{
  namespace
  {
    std::string in_words(catalyst_status status)
    {
      switch (status)
        {
        case catalyst_status_error_not_found:
          return "no such implementation: CATALYST_IMPLEMENTATION_PATHS names the folder of "
                 "libcatalyst-paraview.so, CATALYST_IMPLEMENTATION_NAME another than paraview";
        case catalyst_status_error_not_catalyst:
        case catalyst_status_error_incomplete:
        case catalyst_status_error_unsupported_version:
          return "its implementation is not one of Catalyst 2";
        default:
          return "status " + std::to_string(status);
        }
    }

    class Catalyst2 : public InSituBackEnd
    {
    public:
      ~Catalyst2() override;
      /// Not known before: a ParaView for clusters draws without X, by EGL or OSMesa.
      std::string display_problem() const override { return ""; }
      void open(MPI_Comm comm, const std::string &folder, const std::vector<InSituChannel> &channels, bool may_draw) override;
      unsigned add(const std::string &script) override;
      void start() override;
      InSituWish wanted(unsigned script, double t, long step) override;
      void process(unsigned script, double t, long step, const InSituData &data) override;
      void drop(unsigned) override {} // whoever failed is skipped by ParaView itself
      std::vector<std::string> warnings() override { return std::exchange(complaints, {}); }

    private:
      struct Script
      {
        std::string file, text, failure;
        bool mentions(const std::string &name) const { return text.find(name) != std::string::npos; }
        bool mentions(const InSituChannel &channel) const;
      };

      bool mentioned(const std::string &name) const;
      std::vector<std::string> names_of(const std::string &channel) const;
      void execute(double t, long step, const InSituData &data);
      void blame(const ScriptException &exception);
      bool is_anyone_to_blame() const;

      MPI_Comm comm = MPI_COMM_NULL;
      std::string folder;
      std::vector<InSituChannel> channels;
      std::vector<Script> scripts;
      std::vector<std::string> complaints;
      std::unique_ptr<CatalystLook> look; ///< the latest: ParaView's sources refer to it until the next
      long executed = -1;                 ///< its step
      bool is_started = false;
    };

    const char *const exception_file = "catalyst2_exceptions.py";

    std::string name_of(const std::string &file)
    {
      return std::filesystem::path(file).filename().string();
    }

    void Catalyst2::open(MPI_Comm comm, const std::string &folder, const std::vector<InSituChannel> &channels, bool)
    {
      static bool was_opened = false;
      if (std::exchange(was_opened, true))
        throw InSituFailure("Catalyst 2 starts once in a process");
      this->comm = comm;
      this->folder = folder;
      this->channels = channels;
      int rank = 0;
      MPI_Comm_rank(comm, &rank);
      if (rank == 0)
        {
          std::ofstream stream(folder + "/" + exception_file);
          if (!(stream << exception_script() << std::flush))
            throw InSituFailure("cannot write " + folder + "/" + exception_file);
        }
    }

    unsigned Catalyst2::add(const std::string &file)
    {
      std::ifstream stream(file);
      if (!stream)
        throw InSituFailure("it cannot be read");
      scripts.push_back({file, std::string(std::istreambuf_iterator<char>(stream), {}), ""});
      return static_cast<unsigned>(scripts.size() - 1);
    }

    void Catalyst2::start()
    {
      ConduitTree tree;
      const char *implementation = std::getenv("CATALYST_IMPLEMENTATION_NAME");
      if (!implementation || !*implementation)
        tree.set("catalyst_load/implementation", "paraview");
      tree.set("catalyst/mpi_comm", static_cast<long>(MPI_Comm_c2f(comm)));
      tree.set("catalyst/scripts/exceptions/filename", folder + "/" + exception_file);
      for (std::size_t k = 0; k < scripts.size(); ++k)
        tree.set("catalyst/scripts/script" + std::to_string(k) + "/filename", scripts[k].file);
      const WithinFolder there(folder);
      const SignalsAsTheyWere signals;
      if (const auto status = catalyst_initialize(tree.node()); status != catalyst_status_ok)
        throw InSituFailure("Catalyst 2 does not start: " + in_words(status));
      is_started = true;
    }

    Catalyst2::~Catalyst2()
    {
      if (!is_started)
        return;
      const ConduitTree tree;
      const WithinFolder there(folder);
      const SignalsAsTheyWere signals;
      catalyst_finalize(tree.node());
    }

    bool Catalyst2::Script::mentions(const InSituChannel &channel) const
    {
      return mentions(channel.name)
             || std::any_of(channel.aliases.begin(), channel.aliases.end(), [&](const std::string &alias) { return mentions(alias); });
    }

    bool Catalyst2::mentioned(const std::string &name) const
    {
      return std::any_of(scripts.begin(), scripts.end(), [&](const Script &script) { return script.mentions(name); });
    }

    /// Catalyst 2 does not say what scripts want, and every script runs at every look. Scripts find channels by their
    /// names, so those whose names stand in no script are left out; one that names none gets all.
    InSituWish Catalyst2::wanted(unsigned, double, long)
    {
      InSituWish all, named;
      for (const InSituChannel &channel : channels)
        all.fields.emplace(channel.name, "*");
      for (const Script &script : scripts)
        {
          bool names_any = false;
          for (const InSituChannel &channel : channels)
            if (script.mentions(channel))
              {
                named.fields.emplace(channel.name, "*");
                names_any = true;
              }
          if (!names_any)
            return all;
        }
      return named;
    }

    std::vector<std::string> Catalyst2::names_of(const std::string &name) const
    {
      std::vector<std::string> names{name};
      for (const InSituChannel &channel : channels)
        if (channel.name == name)
          std::copy_if(channel.aliases.begin(), channel.aliases.end(), std::back_inserter(names),
                       [&](const std::string &alias) { return mentioned(alias); });
      return names;
    }

    void Catalyst2::process(unsigned number, double t, long step, const InSituData &data)
    {
      if (step != executed)
        execute(t, step, data);
      if (!scripts[number].failure.empty())
        throw InSituFailure(scripts[number].failure);
    }

    void Catalyst2::execute(double t, long step, const InSituData &data)
    {
      executed = step;
      auto next = std::make_unique<CatalystLook>(t, step);
      const auto wishes = wanted(0, t, step).fields;
      for (const InSituGrid &grid : data.grids)
        if (wishes.contains({grid.channel, "*"}))
          next->add(grid, names_of(grid.channel));
      for (const InSituTable &table : data.tables)
        if (wishes.contains({table.channel, "*"}))
          next->add(table, names_of(table.channel));
      const WithinFolder there(folder);
      const SignalsAsTheyWere signals;
      const auto status = catalyst_execute(next->node());
      look = std::move(next);
      for (const ScriptException &exception : take_exceptions())
        blame(exception);
      if (status != catalyst_status_ok && !is_anyone_to_blame())
        for (Script &script : scripts)
          script.failure = "catalyst_execute failed: " + in_words(status);
    }

    bool Catalyst2::is_anyone_to_blame() const
    {
      return std::any_of(scripts.begin(), scripts.end(), [](const Script &script) { return !script.failure.empty(); });
    }

    void Catalyst2::blame(const ScriptException &exception)
    {
      bool is_a_scripts = false;
      for (Script &script : scripts)
        if (exception.files.find(name_of(script.file)) != std::string::npos)
          {
            script.failure = exception.text;
            is_a_scripts = true;
          }
      if (!is_a_scripts)
        complaints.push_back(exception.text);
    }
  }
}

extern "C" vivicor::InSituBackEnd *vivicor_in_situ_back_end()
{
  return new vivicor::Catalyst2;
}
