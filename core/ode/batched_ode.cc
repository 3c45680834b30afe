#include "core/ode/batched_ode.h"

#include "core/error.h"
#include "core/ode/block_diagonal.h"
#include "core/ode/sundials_parts.h"

#include <arkode/arkode_arkstep.h>
#include <cvode/cvode.h>
#include <sundials/sundials_context.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

namespace vivicor
{
  using Method = BatchedOdeSettings::Method;

  struct BatchedOde::Implementation : SundialsParts
  {
    Implementation(Rate rate, const std::size_t systems, const std::size_t equations, const BatchedOdeSettings &settings)
      : rate(std::move(rate)),
        systems(static_cast<sunindextype>(systems)),
        equations(static_cast<sunindextype>(equations)),
        settings(settings),
        cvode(settings.method == Method::cvode)
    {
    }

    void start()
    {
      if (systems * equations == 0 || settings.absolute_tolerances.size() != static_cast<std::size_t>(equations))
        throw SolverError({"a batched solver cannot start", "", "it wants equations and an absolute tolerance for each", "", ""});
      if (SUNContext_Create(nullptr, &context) != 0)
        throw SolverError({"SUNDIALS cannot start", "", "SUNContext_Create failed", "", ""});
      y = N_VNew_Serial(systems * equations, context);
      N_VConst(0.0, y);
      matrix = make_block_matrix(systems, equations, context);
      linear_solver = make_block_solver(systems, equations, context);
      moved.resize(static_cast<std::size_t>(systems * equations));
      moved_rate.resize(moved.size());
      cvode ? start_cvode() : start_arkode();
    }

    ~Implementation()
    {
      if (memory)
        cvode ? CVodeFree(&memory) : ARKStepFree(&memory);
    }

    void start_cvode()
    {
      memory = CVodeCreate(CV_BDF, context);
      check(CVodeInit(memory, call_rate, 0.0, y));
      check(CVodeSetUserData(memory, this));
      check(CVodeSetErrHandlerFn(memory, silence, nullptr));
      with_tolerances(CVodeSVtolerances);
      check(CVodeSetLinearSolver(memory, linear_solver, matrix));
      check(CVodeSetJacFn(memory, call_jacobian));
      check(CVodeSetMaxNumSteps(memory, settings.max_steps));
    }

    void start_arkode()
    {
      memory = ARKStepCreate(nullptr, call_rate, 0.0, y, context);
      check(ARKStepSetUserData(memory, this));
      check(ARKStepSetErrHandlerFn(memory, silence, nullptr));
      check(ARKStepSetTableNum(memory, ARKODE_ARK324L2SA_DIRK_4_2_3, ARKODE_ERK_NONE));
      with_tolerances(ARKStepSVtolerances);
      check(ARKStepSetLinearSolver(memory, linear_solver, matrix));
      check(ARKStepSetJacFn(memory, call_jacobian));
      check(ARKStepSetMaxNumSteps(memory, settings.max_steps));
      if (settings.fixed_step > 0.0)
        {
          check(ARKStepSetFixedStep(memory, settings.fixed_step));
          check(ARKStepSetMaxNonlinIters(memory, 20)); // no shorter step may come to Newton's help
        }
    }

    /// The norm of SUNDIALS is a mean over all systems: one alone must not hide behind quiet neighbours.
    template <class SetTolerances>
    void with_tolerances(SetTolerances set)
    {
      const double share = 1.0 / std::sqrt(static_cast<double>(systems));
      N_Vector absolute = N_VClone(y);
      for (sunindextype k = 0; k < equations; ++k)
        std::fill_n(N_VGetArrayPointer(absolute) + k * systems, systems, share * settings.absolute_tolerances[static_cast<std::size_t>(k)]);
      const int flag = set(memory, share * settings.relative_tolerance, absolute); // copies them
      N_VDestroy(absolute);
      check(flag);
    }

    void check(const int flag) const
    {
      if (flag >= 0)
        return;
      char *name = cvode ? CVodeGetReturnFlagName(flag) : ARKStepGetReturnFlagName(flag);
      const std::string flag_name = name;
      std::free(name);
      throw SolverError({(cvode ? "CVODE failed: " : "ARKODE failed: ") + flag_name, "in a batch of systems", "", "",
                         "loosen the tolerances, shorten the steps or check the equations' parameters"});
    }

    void restart(const double duration)
    {
      if (cvode)
        {
          check(CVodeReInit(memory, 0.0, y));
          check(CVodeSetStopTime(memory, duration));
        }
      else
        {
          check(ARKStepReInit(memory, nullptr, call_rate, 0.0, y));
          check(ARKStepSetStopTime(memory, duration));
          if (settings.fixed_step == 0.0) // most systems are quiet most of the time: one step will do
            check(ARKStepSetInitStep(memory, duration));
        }
    }

    // C++ exceptions must not cross SUNDIALS: they wait here until it has returned.
    int guarded(const double *at, double *result) noexcept
    {
      try
        {
          rate(at, result);
        }
      catch (...)
        {
          thrown = std::current_exception();
          return -1;
        }
      return std::all_of(result, result + systems * equations, [](const double v) { return std::isfinite(v); }) ? 0 : 1;
    }

    static int call_rate(realtype, N_Vector y, N_Vector dy, void *user) noexcept
    {
      return static_cast<Implementation *>(user)->guarded(N_VGetArrayPointer(y), N_VGetArrayPointer(dy));
    }

    static int call_jacobian(realtype, N_Vector y, N_Vector dy, SUNMatrix J, void *user, N_Vector, N_Vector, N_Vector) noexcept
    {
      return static_cast<Implementation *>(user)->jacobian(N_VGetArrayPointer(y), N_VGetArrayPointer(dy), blocks_of(J));
    }

    /// Equation j moves in all systems at once: they do not see each other.
    int jacobian(const double *at, const double *at_rate, Blocks &J) noexcept
    {
      const auto size = static_cast<std::size_t>(systems * equations);
      std::copy_n(at, size, moved.begin());
      for (sunindextype j = 0; j < equations; ++j)
        {
          double *column = &moved[static_cast<std::size_t>(j * systems)];
          const double floor = settings.absolute_tolerances[static_cast<std::size_t>(j)];
          for (sunindextype i = 0; i < systems; ++i)
            column[i] += 1.5e-8 * std::max(std::abs(column[i]), floor);
          if (const int flag = guarded(moved.data(), moved_rate.data()))
            return flag;
          for (sunindextype i = 0; i < systems; ++i)
            {
              const double change = column[i] - at[j * systems + i];
              for (sunindextype k = 0; k < equations; ++k)
                J.at(i, k, j) = (moved_rate[static_cast<std::size_t>(k * systems + i)] - at_rate[k * systems + i]) / change;
              column[i] = at[j * systems + i];
            }
        }
      return 0;
    }

    // SUNDIALS prints its failures by itself; ours travel in the exception.
    static void silence(int, const char *, const char *, char *, void *) {}

    Rate rate;
    const sunindextype systems, equations;
    const BatchedOdeSettings settings;
    const bool cvode;
    std::exception_ptr thrown; // by the rate, on its way through C frames
    std::vector<double> moved, moved_rate;

    void *memory = nullptr;
  };

  BatchedOde::BatchedOde(Rate rate, const std::size_t systems, const std::size_t equations, const BatchedOdeSettings &settings)
    : implementation(std::make_unique<Implementation>(std::move(rate), systems, equations, settings))
  {
    implementation->start(); // frees what it made if it throws
  }

  BatchedOde::~BatchedOde() = default;

  void BatchedOde::advance(double *y, const double duration)
  {
    if (duration == 0.0)
      return;
    auto &it = *implementation;
    const auto size = static_cast<std::size_t>(it.systems * it.equations);
    std::copy_n(y, size, N_VGetArrayPointer(it.y));
    it.restart(duration);
    double t = 0.0;
    const int flag = it.cvode ? CVode(it.memory, duration, it.y, &t, CV_NORMAL) : ARKStepEvolve(it.memory, duration, it.y, &t, ARK_NORMAL);
    if (it.thrown)
      std::rethrow_exception(std::exchange(it.thrown, nullptr));
    it.check(flag);
    std::copy_n(N_VGetArrayPointer(it.y), size, y);
  }

  std::size_t BatchedOde::systems() const
  {
    return static_cast<std::size_t>(implementation->systems);
  }

  long BatchedOde::steps() const
  {
    long n = 0;
    implementation->cvode ? CVodeGetNumSteps(implementation->memory, &n) : ARKStepGetNumSteps(implementation->memory, &n);
    return n;
  }
}
