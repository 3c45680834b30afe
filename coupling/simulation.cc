#include "coupling/simulation.h"

#include "core/log.h"
#include "core/mesh/partition.h"
#include "core/mpi.h"
#include "core/numbers.h"
#include "coupling/deck.h"
#include "coupling/observers.h"
#include "coupling/validate.h"
#include "coupling/volumes.h"
#include "electrophysiology/validate.h"

namespace vivicor
{
  namespace
  {
    Clock make_clock(const Parameters &time)
    {
      return Clock(0.0, end_of_run(time), time.quantity("mechanics_step"), time.quantity("smallest_mechanics_step"));
    }
  }

  std::vector<double> cell_weights(const Anatomy &anatomy)
  {
    // Measured on the default beat: a muscle cell's share of ionic currents costs about as much as its mechanics.
    std::vector<double> weight(anatomy.cells.size());
    for (std::size_t c = 0; c < weight.size(); ++c)
      weight[c] = anatomy.regions[anatomy.cell_region[c]].tissue == Tissue::passive ? 1.0 : 2.0;
    return weight;
  }

  Simulation::Simulation(MPI_Comm comm, const Parameters &deck, const std::vector<std::string> &data_folders,
                         const std::function<void(const Anatomy &)> &inspect)
    : comm(comm), deck(deck), clock(make_clock(deck.section("time"))), cycle_length(deck.section("time").quantity("cycle_length"))
  {
    const auto scope = timers.scope("setup");
    anatomy = build_anatomy(comm, deck, data_folders);
    inspect(anatomy);
    fibres = build_fibres(anatomy, deck);
    cell_rank = partition_cells(anatomy.cells, anatomy.points.size(), static_cast<unsigned>(size_of(comm)), cell_weights(anatomy));
    validate_heart(deck, anatomy, fibres);
    devices = std::make_unique<Devices>(deck, anatomy, cycle_length);
    if (unloads(deck)) // hours: what is wrong with the electrical heart is told before
      validate_electrophysiology(comm, anatomy, fibres, cell_rank, deck, devices->electrical());
    unloading = unload_reference(comm, deck, anatomy, fibres, cell_rank, timers);
    if (unloading)
      unloading->mechanics.reset(); // its matrix is as large as that of the run
    electrophysiology = build_electrical_heart(comm, anatomy, fibres, cell_rank, deck, timers, devices->electrical());
    const Parameters pump = deck.section("mechanics");
    mechanics = create<Pump>(pump.text("model"), pump,
                             PumpContext{comm, anatomy, fibres, cell_rank, cycle_length, timers, &devices->surfaces()});
    const Parameters loop = deck.section("circulation");
    circulation = create<Circulation>(loop.text("model"), loop, Circulation::Context{cycle_length, devices->circulation()});
  }

  void Simulation::preload()
  {
    const auto scope = timers.scope("preload");
    mechanics->preload(ChamberPort(mechanics->cavities(), circulation->chambers()).to_cavities(circulation->initial_pressures()),
                       electrophysiology->calcium());
    require_blood(mechanics->cavities(), mechanics->volume(), clock.time());
    scheme = std::make_unique<Staggered>(comm, *electrophysiology, *mechanics, *circulation, timers);
  }

  bool Simulation::try_step()
  {
    try
      {
        last_step = scheme->advance(clock.time(), clock.propose());
        return true;
      }
    catch (const StepFailed &failure)
      {
        log::info("step of {:.4g} ms at {:.4g} ms failed ({}); cutting it", clock.step(), clock.time(), failure.what());
        scheme->rollback();
        devices->rollback();
        if (!clock.cut())
          throw SolverError({failure.what(), "t = " + six_digits(clock.time()) + " ms",
                             "the step was cut below smallest_mechanics_step and failed still", "",
                             "look at the last fields on disk; check materials and loads there"});
        return false;
      }
  }

  void Simulation::archive(Archive &archive)
  {
    electrophysiology->archive(archive);
    mechanics->archive(archive);
    if (!scheme)
      scheme = std::make_unique<Staggered>(comm, *electrophysiology, *mechanics, *circulation, timers);
    scheme->archive(archive);
    devices->archive(archive);
    clock.archive(archive);
    archive_number(archive, "counts/steps", counts.steps);
    archive_number(archive, "counts/newton_iterations", counts.newton_iterations);
    archive_number(archive, "counts/linear_iterations", counts.linear_iterations);
  }

  void Simulation::resume(Archive &state)
  {
    archive(state);
    resumed = true;
  }

  bool Simulation::advance_to_end(Observers &observers, const std::function<bool()> &goes_on)
  {
    bool stopped = !goes_on();
    while (!stopped && !clock.finished())
      if (try_step())
        {
          require_blood(mechanics->cavities(), last_step.volume, clock.time() + clock.step());
          scheme->commit();
          devices->commit();
          clock.accept();
          devices->observe(clock.time(), *circulation, scheme->blood());
          ++counts.steps;
          counts.newton_iterations += last_step.newton_iterations;
          counts.linear_iterations += last_step.linear_iterations;
          samples = electrophysiology->take_samples();
          observers.after_step(view());
          stopped = !goes_on();
        }
    return !stopped;
  }

  bool Simulation::run(Observers &observers, const std::function<bool()> &goes_on)
  {
    watched_by = &observers;
    if (const double interval = observers.sampling_interval(); interval > 0)
      electrophysiology->sample_every(interval);
    resumed ? observers.resume(view()) : observers.start(view());
    begin = {mpi_traffic(), counts.steps};
    bool complete = false;
    try
      {
        complete = advance_to_end(observers, goes_on);
      }
    catch (const SolverError &)
      {
        observers.finish(view());
        throw;
      }
    complete ? observers.finish(view()) : observers.pause(view());
    return complete;
  }
}
