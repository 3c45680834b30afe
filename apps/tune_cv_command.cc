#include "apps/commands.h"
#include "apps/examples.h"
#include "core/collective.h"
#include "core/error.h"
#include "core/output/files.h"
#include "core/output/formatted.h"
#include "core/units.h"
#include "coupling/folder/result_folder.h"
#include "electrophysiology/cells/protocol.h"
#include "electrophysiology/tissue/tuning.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace vivicor
{
  namespace
  {
    struct TuneOptions
    {
      std::string model = "tentusscher_panfilov_2006_epi", edge = "1 mm", time_step = "0.05 ms", threshold = "0 mV",
                  surface_to_volume = "140 1/mm", capacitance = "0.01 uF/mm^2", splitting = "godunov", time_scheme = "crank_nicolson",
                  ionic_current = "nodal", tissue = "ventricles", json;
      double lumping = 1;
      unsigned degree = 1;
      std::vector<std::string> velocities{"0.6 m/s", "0.3 m/s"};
      bool overwrite = false;
    };

    double value_of(const std::string &text, const std::string &unit, const std::string &option)
    {
      const double value = parse_quantity(text, unit, "", option);
      if (!(value > 0))
        throw UserError({"'" + text + "'", option, "it must be a positive " + name_of(unit_dimension(unit)), "", "choose a value above 0"});
      return value;
    }

    CableOptions cable_of(const TuneOptions &o)
    {
      CableOptions cable;
      cable.edge = value_of(o.edge, "mm", "--edge");
      cable.time_step = value_of(o.time_step, "ms", "--time-step");
      cable.threshold = parse_quantity(o.threshold, "mV", "", "--threshold");
      cable.lumping = o.lumping;
      cable.theta = o.time_scheme == "backward_euler" ? 1.0 : 0.5;
      cable.strang = o.splitting == "strang";
      cable.unsplit = o.splitting == "none";
      cable.bdf2 = o.time_scheme == "bdf2";
      cable.interpolate_states = o.ionic_current == "interpolated_states";
      cable.degree = o.degree;
      if ((cable.bdf2 || cable.interpolate_states) && !cable.unsplit)
        throw UserError(
          {"a scheme that needs --splitting none", "--splitting", "bdf2 and interpolated states load one semi-implicit step", "none", ""});
      if ((cable.interpolate_states || cable.degree == 2) && cable.lumping != 0)
        throw UserError(
          {"a scheme that needs --mass-lumping 0", "--mass-lumping", "interpolated states and degree 2 have a consistent mass", "0", ""});
      return cable;
    }

    const std::vector<std::string> directions{"longitudinal", "transverse", "normal"};

    std::string table(const TuneOptions &o, const std::vector<TunedVelocity> &results)
    {
      std::string text = o.model + " on edges of " + o.edge + ", steps of " + o.time_step + ", splitting " + o.splitting + ", "
                         + o.time_scheme + ", mass lumping " + formatted("%g", o.lumping) + "\n\n"
                         + "  direction      wanted m/s   conductivity S/m   reached m/s   converged m/s\n";
      for (std::size_t k = 0; k < results.size(); ++k)
        text += "  " + directions[k] + std::string(13 - directions[k].size(), ' ') + formatted("%12.4f", results[k].wanted)
                + formatted("%19.5f", results[k].conductivity) + formatted("%14.4f", results[k].reached)
                + formatted("%16.4f", results[k].converged) + "\n";
      return text + "\n  converged: the same conductivity on an eighth of the edge and a quarter of the step\n";
    }

    /// Two velocities stand for the sheet and the sheet normal alike.
    std::string deck_snippet(const TuneOptions &o, const std::vector<TunedVelocity> &results)
    {
      std::string text = "{\"electrophysiology\": {\"conduction\": {\"set_by\": \"conductivity\", \"" + o.tissue + "\": {";
      for (std::size_t k = 0; k < directions.size(); ++k)
        text += (k ? ", " : "") + ("\"conductivity_" + directions[k]) + "\": \""
                + formatted("%.5g", results[std::min(k, results.size() - 1)].conductivity) + " S/m\"";
      return text + "}}}}";
    }

    std::string json(const TuneOptions &o, const std::vector<TunedVelocity> &results)
    {
      std::string text = "{\"model\": \"" + o.model + "\", \"edge\": \"" + o.edge + "\", \"time_step\": \"" + o.time_step
                         + "\", \"splitting\": \"" + o.splitting + "\", \"time_scheme\": \"" + o.time_scheme + "\", \"ionic_current\": \""
                         + o.ionic_current + "\", \"degree\": " + std::to_string(o.degree)
                         + ", \"mass_lumping\": " + formatted("%g", o.lumping) + ",\n \"directions\": {";
      for (std::size_t k = 0; k < results.size(); ++k)
        text += std::string(k ? "," : "") + "\n  \"" + directions[k] + "\": {\"wanted_m_s\": " + formatted("%.6g", results[k].wanted)
                + ", \"conductivity_S_m\": " + formatted("%.6g", results[k].conductivity) + ", \"reached_m_s\": "
                + formatted("%.6g", results[k].reached) + ", \"converged_m_s\": " + formatted("%.6g", results[k].converged) + "}";
      return text + "},\n \"deck\": " + deck_snippet(o, results) + "}\n";
    }

    void tune_cv(const TuneOptions &o)
    {
      if (o.velocities.size() > directions.size())
        throw UserError({std::to_string(o.velocities.size()) + " velocities", "--velocity", "a tissue has three directions", "",
                         "give one to three: along the fibres, across them in the sheet, across the sheets"});
      if (!o.json.empty())
        check_output_file(o.json, o.overwrite, "--json");
      const auto model = create<IonicModel>(o.model, parameters_from_settings({}, cell_schema(o.model)));
      const CableOptions cable = cable_of(o);
      const double chi_Cm = value_of(o.surface_to_volume, "1/mm", "--surface-to-volume")
                            * value_of(o.capacitance, "uF/mm^2", "--capacitance");
      std::vector<TunedVelocity> results;
      for (const auto &velocity : o.velocities)
        results.push_back(tune_velocity(*model, value_of(velocity, "m/s", "--velocity"), cable, chi_Cm));
      std::cout << table(o, results) << "\n" << deck_snippet(o, results) << "\n";
      if (!o.json.empty())
        write_whole(o.json, json(o, results));
    }
  }

  void add_tune_cv(CLI::App &app, Action &action)
  {
    auto o = std::make_shared<TuneOptions>();
    CLI::App *command = app.add_subcommand("tune-cv", "find the conductivities that give wanted conduction velocities on a grid");
    add_examples(*command, {"vivicor tune-cv --velocity \"0.6 m/s\" \"0.3 m/s\" --edge \"0.8 mm\"",
                            "vivicor tune-cv --model courtemanche_1998 --velocity \"1 m/s\" --tissue atria --json velocities.json"});
    command->add_option("--model", o->model, "ionic model (see: vivicor list models)")->capture_default_str();
    command
      ->add_option("--velocity", o->velocities,
                   "wanted velocities with unit: along the fibres, across them in the sheet, across the sheets")
      ->capture_default_str();
    command->add_option("--edge", o->edge, "distance between nodes")->capture_default_str();
    command->add_option("--time-step", o->time_step, "electrical step")->capture_default_str();
    command->add_option("--splitting", o->splitting, "as in the deck")
      ->check(CLI::IsMember({"godunov", "strang", "none"}))
      ->capture_default_str();
    command->add_option("--time-scheme", o->time_scheme, "as in the deck")
      ->check(CLI::IsMember({"crank_nicolson", "backward_euler", "bdf2"}))
      ->capture_default_str();
    command->add_option("--ionic-current", o->ionic_current, "as in the deck")
      ->check(CLI::IsMember({"nodal", "interpolated_states"}))
      ->capture_default_str();
    command->add_option("--degree", o->degree, "of the elements")->check(CLI::Range(1, 2))->capture_default_str();
    command->add_option("--mass-lumping", o->lumping, "1: lumped mass, 0: consistent")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    command->add_option("--threshold", o->threshold, "potential whose upward crossing is the activation")->capture_default_str();
    command->add_option("--surface-to-volume", o->surface_to_volume, "membrane area per volume of tissue")->capture_default_str();
    command->add_option("--capacitance", o->capacitance, "membrane capacitance")->capture_default_str();
    command->add_option("--tissue", o->tissue, "tissue that the deck snippet is for")
      ->check(CLI::IsMember({"ventricles", "atria"}))
      ->capture_default_str();
    command->add_option("--json", o->json, "also write the results to this file");
    command->add_flag("--overwrite", o->overwrite, "replace that file where it is there already");
    command->callback([&action, o] {
      action = [o] {
        on_rank_0(MPI_COMM_WORLD, [&] { tune_cv(*o); });
        return 0;
      };
    });
  }
}
