#include "core/ode/cvode.h"

#include "core/error.h"
#include "core/numbers.h"
#include "core/ode/sundials_parts.h"

#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <utility>

static_assert(sizeof(realtype) == sizeof(double), "SUNDIALS must be built for double precision");

namespace vivicor
{
  struct Cvode::Implementation : SundialsParts
  {
    Rate rate;
    CvodeSettings settings;
    std::exception_ptr thrown; // by the rate, on its way through CVODE's C frames
    double t = 0.0;

    void *memory = nullptr;

    ~Implementation()
    {
      if (memory)
        CVodeFree(&memory);
    }

    [[noreturn]] void fail(int flag, const std::string &during) const
    {
      char *name = CVodeGetReturnFlagName(flag);
      const std::string flag_name = name;
      std::free(name);
      throw SolverError({"CVODE failed: " + flag_name, "t = " + six_digits(t) + ", " + during,
                         flag == CV_TOO_MUCH_WORK ? "more than " + std::to_string(settings.max_steps) + " internal steps" : "", "",
                         "loosen the tolerances, shorten the steps or check the equations' parameters"});
    }

    void check(int flag, const std::string &during) const
    {
      if (flag < 0)
        fail(flag, during);
    }

    // C++ exceptions must not cross CVODE: they wait here until it has returned.
    static int call_rate(realtype t, N_Vector y, N_Vector dy, void *user) noexcept
    {
      auto &self = *static_cast<Implementation *>(user);
      try
        {
          self.rate(t, N_VGetArrayPointer(y), N_VGetArrayPointer(dy));
        }
      catch (...)
        {
          self.thrown = std::current_exception();
          return -1;
        }
      const double *rates = N_VGetArrayPointer(dy);
      for (sunindextype i = 0; i < N_VGetLength(dy); ++i)
        if (!std::isfinite(rates[i]))
          return 1; // recoverable: CVODE tries a shorter step
      return 0;
    }

    // CVODE prints its failures by itself; ours travel in the exception.
    static void silence(int, const char *, const char *, char *, void *) {}

    void set_options()
    {
      check(CVodeSetUserData(memory, this), "at setup");
      check(CVodeSetErrHandlerFn(memory, silence, nullptr), "at setup");
      if (settings.absolute_tolerances.empty())
        check(CVodeSStolerances(memory, settings.relative_tolerance, settings.absolute_tolerance), "setting tolerances");
      else
        set_tolerance_vector();
      check(CVodeSetLinearSolver(memory, linear_solver, matrix), "at setup");
      check(CVodeSetInitStep(memory, settings.initial_step), "setting the first step");
      if (std::isfinite(settings.max_step))
        check(CVodeSetMaxStep(memory, settings.max_step), "setting the longest step");
      check(CVodeSetMaxNumSteps(memory, settings.max_steps), "setting the number of steps");
    }

    void set_tolerance_vector()
    {
      if (static_cast<sunindextype>(settings.absolute_tolerances.size()) != N_VGetLength(y))
        throw SolverError({"CVODE got " + std::to_string(settings.absolute_tolerances.size()) + " absolute tolerances", "",
                           "there are " + std::to_string(N_VGetLength(y)) + " equations", "", "give one an equation"});
      N_Vector tolerances = N_VClone(y);
      std::copy(settings.absolute_tolerances.begin(), settings.absolute_tolerances.end(), N_VGetArrayPointer(tolerances));
      const int flag = CVodeSVtolerances(memory, settings.relative_tolerance, tolerances); // copies them
      N_VDestroy(tolerances);
      check(flag, "setting tolerances");
    }
  };

  Cvode::Cvode(Rate rate, const std::vector<double> &initial, double t_start, const CvodeSettings &settings)
    : implementation(std::make_unique<Implementation>())
  {
    auto &it = *implementation;
    it.rate = std::move(rate);
    it.settings = settings;
    it.t = t_start;
    const auto n = static_cast<sunindextype>(initial.size());
    if (n == 0 || SUNContext_Create(nullptr, &it.context) != 0)
      throw SolverError({"CVODE cannot start", "", n == 0 ? "there is no equation" : "SUNContext_Create failed", "", ""});
    it.y = N_VNew_Serial(n, it.context);
    std::copy(initial.begin(), initial.end(), N_VGetArrayPointer(it.y));
    it.matrix = SUNDenseMatrix(n, n, it.context);
    it.linear_solver = SUNLinSol_Dense(it.y, it.matrix, it.context);
    it.memory = CVodeCreate(CV_BDF, it.context);
    if (!it.memory)
      throw SolverError({"CVODE cannot start", "", "out of memory", "", ""});
    it.check(CVodeInit(it.memory, Implementation::call_rate, t_start, it.y), "at setup");
    it.set_options();
  }

  Cvode::~Cvode() = default;
  Cvode::Cvode(Cvode &&) noexcept = default;
  Cvode &Cvode::operator=(Cvode &&) noexcept = default;

  void Cvode::advance(double t_end)
  {
    auto &it = *implementation;
    if (t_end == it.t)
      return;
    it.check(CVodeSetStopTime(it.memory, t_end), "asking for t = " + six_digits(t_end));
    const int flag = CVode(it.memory, t_end, it.y, &it.t, CV_NORMAL);
    if (it.thrown)
      std::rethrow_exception(std::exchange(it.thrown, nullptr));
    it.check(flag, "on the way to t = " + six_digits(t_end));
    it.t = t_end;
  }

  void Cvode::restart(const std::vector<double> &values, double t)
  {
    auto &it = *implementation;
    if (static_cast<sunindextype>(values.size()) != N_VGetLength(it.y))
      throw SolverError({"CVODE restarts with " + std::to_string(values.size()) + " values", "",
                         "there are " + std::to_string(N_VGetLength(it.y)) + " equations", "", ""});
    std::copy(values.begin(), values.end(), N_VGetArrayPointer(it.y));
    it.t = t;
    it.check(CVodeReInit(it.memory, t, it.y), "at a restart");
  }

  double Cvode::time() const
  {
    return implementation->t;
  }

  std::vector<double> Cvode::values() const
  {
    const double *y = N_VGetArrayPointer(implementation->y);
    return {y, y + N_VGetLength(implementation->y)};
  }

  double Cvode::value(std::size_t i) const
  {
    return N_VGetArrayPointer(implementation->y)[i];
  }

  long Cvode::steps() const
  {
    long n = 0;
    CVodeGetNumSteps(implementation->memory, &n);
    return n;
  }

  long Cvode::rate_evaluations() const
  {
    long n = 0;
    CVodeGetNumRhsEvals(implementation->memory, &n);
    return n;
  }
}
