#include "mechanics/unloading/anderson.h"

#include <cmath>
#include <numeric>

namespace vivicor
{
  namespace
  {
    double dot(const std::vector<double> &a, const std::vector<double> &b)
    {
      return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    }

    void add(std::vector<double> &a, double factor, const std::vector<double> &b)
    {
      for (std::size_t i = 0; i < a.size(); ++i)
        a[i] += factor * b[i];
    }
  }

  std::vector<double> Anderson::next(const std::vector<double> &x, const std::vector<double> &r)
  {
    // A difference that points where newer ones do brings rounding errors only.
    constexpr double independent = 1e-3;
    if (!last_x.empty() && memory > 0)
      {
        Difference d{x, r};
        add(d.x, -1, last_x);
        add(d.r, -1, last_r);
        differences.push_front(std::move(d));
        if (differences.size() > memory)
          differences.pop_back();
      }
    last_x = x;
    last_r = r;

    // Orthogonal directions q of the residuals' differences, with the steps s that belong to them: r(x + s) ~ r + q.
    std::vector<Difference> basis;
    std::vector<double> result = x, rest = r;
    for (const Difference &difference : differences)
      {
        Difference d = difference;
        const double length = std::sqrt(dot(d.r, d.r));
        for (const Difference &q : basis)
          {
            const double share = dot(q.r, d.r);
            add(d.r, -share, q.r);
            add(d.x, -share, q.x);
          }
        const double left = std::sqrt(dot(d.r, d.r));
        if (!(left > independent * length))
          continue;
        for (auto *const part : {&d.r, &d.x})
          for (double &value : *part)
            value /= left;
        const double share = dot(d.r, rest);
        add(rest, -share, d.r);
        add(result, -share, d.x);
        basis.push_back(std::move(d));
      }
    add(result, 1, rest);
    return result;
  }

  void Anderson::forget()
  {
    differences.clear();
    last_x.clear();
    last_r.clear();
  }
}
