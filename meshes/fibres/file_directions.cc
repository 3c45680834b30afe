#include "meshes/fibres/file_directions.h"

#include "core/error.h"
#include "core/log.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

namespace vivicor
{
  namespace
  {
    constexpr double shortest = 1e-6, longest = 1e6; // beyond: a mark for missing values, or noise
    constexpr double near_one = 0.1;

    std::vector<char> nodes_in_use(const Mesh &mesh, const std::vector<long> &ignored_tags)
    {
      std::vector<char> used(mesh.points.size(), 0);
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        if (std::find(ignored_tags.begin(), ignored_tags.end(), mesh.cell_tag[c]) == ignored_tags.end())
          for (const unsigned node : mesh.cells[c])
            used[node] = 1;
      return used;
    }

    /// Infinite or not a number where a component is; not squared, so that it neither overflows nor vanishes.
    double length_of(const Point3 &v)
    {
      return std::isfinite(v[0]) && std::isfinite(v[1]) && std::isfinite(v[2]) ? std::hypot(v[0], v[1], v[2])
                                                                               : std::numeric_limits<double>::infinity();
    }

    std::string text_of(const Point3 &v)
    {
      char text[80];
      std::snprintf(text, sizeof text, "(%g, %g, %g)", v[0], v[1], v[2]);
      return text;
    }

    struct Directions
    {
      std::size_t wrong = 0, first_wrong = 0, zero = 0, odd = 0, all = 0;
      double least = std::numeric_limits<double>::infinity(), most = 0; // of those that are not zero
    };

    Directions survey(const std::vector<Point3> &vectors, const std::vector<char> &used)
    {
      Directions found;
      for (std::size_t n = 0; n < vectors.size(); ++n)
        if (used[n])
          {
            const double length = length_of(vectors[n]);
            ++found.all;
            if (length == 0)
              ++found.zero;
            else if (!(length >= shortest && length <= longest))
              found.first_wrong = found.wrong++ == 0 ? n : found.first_wrong;
            else
              {
                found.least = std::min(found.least, length);
                found.most = std::max(found.most, length);
                found.odd += std::abs(length - 1) > near_one;
              }
          }
      return found;
    }

    void check(const Mesh &mesh, const std::vector<char> &used, const Parameters &fibres, const std::string &key)
    {
      const std::string array = fibres.text(key);
      const auto field = mesh.vectors.find(array);
      if (field == mesh.vectors.end()) // told by whoever needs it
        return;
      const Directions found = survey(field->second, used);
      const std::string mend = "mend the array '" + array + "', or set fibres.source to rule";
      if (found.wrong)
        throw UserError({"node " + std::to_string(found.first_wrong) + " at " + position(mesh.points[found.first_wrong])
                           + " has the vector " + text_of(field->second[found.first_wrong])
                           + (found.wrong > 1 ? ", and " + std::to_string(found.wrong - 1) + " more" : ""),
                         fibres.where(key), "'" + array + "' is no direction there (nodes are counted from 0 in the order of the file)",
                         "zero, where the rule is to hold", mend});
      if (found.zero == found.all)
        throw UserError({"the array '" + array + "' is zero at every node", fibres.where(key), "it says nothing", "", mend});
      if (found.odd)
        log::warn("mesh: {} of {} vectors of '{}' are not of length 1 but from {:.3g} to {:.3g}; only their directions are used", found.odd,
                  found.all - found.zero, array, found.least, found.most);
    }
  }

  void check_file_directions(const Mesh &mesh, const std::vector<long> &ignored_tags, const Parameters &deck)
  {
    if (!deck.has("fibres") || deck.section("fibres").text("source") != "file")
      return;
    const std::vector<char> used = nodes_in_use(mesh, ignored_tags);
    for (const char *key : {"fibre_array", "sheet_array"})
      check(mesh, used, deck.section("fibres"), key);
  }
}
