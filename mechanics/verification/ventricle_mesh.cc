#include "mechanics/verification/ventricle_mesh.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace vivicor
{
  namespace
  {
    // The mesh is drawn as nested squares: the cap within |x|, |y| <= 1, the blocks from there to the square of half side 2, and
    // depth as z. Cells do not cross the diagonals outside the cap, where the chart has its kinks.
    constexpr double rim = 1, base = 2;
    constexpr double cap = 0.28;  // `along` in the middle of the cap's sides
    constexpr double bulge = 0.3; // of the cap's sides; 0: none, 0.5: a circle

    struct Polar
    {
      double along, around;
    };

    /// The cap on the disc: the elliptic map of a square, with less bulge than a circle.
    Polar on_cap(double x, double y)
    {
      const double a = x * std::sqrt(1 - bulge * y * y), b = y * std::sqrt(1 - bulge * x * x);
      return {cap * std::hypot(a, b), std::atan2(b, a)};
    }

    Polar on_disc(double x, double y)
    {
      const double reach = std::max(std::abs(x), std::abs(y));
      if (reach <= rim)
        return on_cap(x, y);
      // Turn the block to the right; `side` runs from -1 to 1 along its side.
      const double turn = M_PI / 2 * std::round(std::atan2(y, x) / (M_PI / 2));
      const double forward = std::cos(turn) * x + std::sin(turn) * y, sideways = std::cos(turn) * y - std::sin(turn) * x;
      const double side = sideways / forward, share = (forward - rim) / (base - rim);
      const Polar start = on_cap(1, side);
      return {(1 - share) * start.along + share, turn + (1 - share) * start.around + share * M_PI / 4 * side};
    }

    /// Vertices of one layer and its quadrilaterals, corners in the order 00, 10, 01, 11.
    struct Drawing
    {
      std::vector<std::array<double, 2>> vertices;
      std::vector<std::array<unsigned, 4>> cells;
    };

    Drawing draw(const VentricleCounts &counts)
    {
      Drawing drawing;
      std::map<std::array<long, 2>, unsigned> known;
      const auto vertex = [&](double x, double y) {
        const auto [found, fresh] = known.try_emplace({std::lround(x * 1e8), std::lround(y * 1e8)},
                                                      static_cast<unsigned>(drawing.vertices.size()));
        if (fresh)
          drawing.vertices.push_back({x, y});
        return found->second;
      };
      const auto place = [](unsigned i, unsigned n) { return -1 + 2.0 * i / n; };
      const unsigned n = counts.quarter;
      for (unsigned j = 0; j < n; ++j)
        for (unsigned i = 0; i < n; ++i)
          drawing.cells.push_back({vertex(place(i, n), place(j, n)), vertex(place(i + 1, n), place(j, n)),
                                   vertex(place(i, n), place(j + 1, n)), vertex(place(i + 1, n), place(j + 1, n))});
      constexpr int turns[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
      for (const auto &[c, s] : turns)
        for (unsigned j = 0; j < n; ++j)
          for (unsigned i = 0; i < counts.along; ++i)
            {
              const auto corner = [&](unsigned k, unsigned l) {
                const double forward = rim + (base - rim) * k / counts.along, sideways = forward * place(l, n);
                return vertex(c * forward - s * sideways, s * forward + c * sideways);
              };
              drawing.cells.push_back({corner(i, j), corner(i + 1, j), corner(i, j + 1), corner(i + 1, j + 1)});
            }
      return drawing;
    }

    /// 0 or 1 for each vertex, different at both ends of every edge.
    std::vector<unsigned> two_colours(const Drawing &drawing)
    {
      constexpr unsigned none = 2, ring[4] = {0, 1, 3, 2};
      std::vector<std::vector<unsigned>> neighbours(drawing.vertices.size());
      for (const auto &cell : drawing.cells)
        for (unsigned k = 0; k < 4; ++k)
          {
            const unsigned a = cell[ring[k]], b = cell[ring[(k + 1) % 4]];
            neighbours[a].push_back(b);
            neighbours[b].push_back(a);
          }
      std::vector<unsigned> colour(drawing.vertices.size(), none), front{0};
      colour[0] = 0;
      while (!front.empty())
        {
          const unsigned vertex = front.back();
          front.pop_back();
          for (const unsigned next : neighbours[vertex])
            if (colour[next] == none)
              {
                colour[next] = 1 - colour[vertex];
                front.push_back(next);
              }
        }
      return colour;
    }

    /// Numbers of the vertices of all layers, those of one colour first: split_into_tetrahedra() then cuts every face between two of
    /// that colour.
    std::vector<unsigned> alternating_numbers(const std::vector<unsigned> &colour, unsigned layers)
    {
      std::vector<unsigned> number(colour.size() * layers);
      unsigned next = 0;
      for (const unsigned first : {0u, 1u})
        for (unsigned l = 0; l < layers; ++l)
          for (std::size_t v = 0; v < colour.size(); ++v)
            if ((colour[v] + l) % 2 == first)
              number[l * colour.size() + v] = next++;
      return number;
    }

    std::vector<unsigned> plain_numbers(std::size_t n)
    {
      std::vector<unsigned> number(n);
      std::iota(number.begin(), number.end(), 0u);
      return number;
    }
  }

  SolidMesh ventricle_mesh(SolidMesh::Shape shape, const VentricleCounts &counts,
                           const std::function<Point3(double along, double around, double depth)> &place, Diagonals diagonals)
  {
    const Drawing drawing = draw(counts);
    const auto layer = static_cast<unsigned>(drawing.vertices.size());
    const std::vector<unsigned> number = diagonals == Diagonals::alternating ? alternating_numbers(two_colours(drawing), counts.wall + 1)
                                                                             : plain_numbers(layer * (counts.wall + 1));
    SolidMesh mesh;
    mesh.vertices.resize(number.size());
    for (unsigned l = 0; l <= counts.wall; ++l)
      for (unsigned v = 0; v < layer; ++v)
        mesh.vertices[number[l * layer + v]] = {drawing.vertices[v][0], drawing.vertices[v][1], static_cast<double>(l) / counts.wall};
    for (unsigned l = 0; l < counts.wall; ++l)
      for (const auto &quadrilateral : drawing.cells)
        {
          auto &cell = mesh.cells.emplace_back();
          for (const unsigned level : {l, l + 1})
            for (const unsigned corner : quadrilateral)
              cell.push_back(number[corner + level * layer]);
        }
    mesh.boundary_id = [](const std::vector<Point3> &corners) -> int {
      const auto all = [&](const auto &on) { return std::all_of(corners.begin(), corners.end(), on); };
      if (all([](const Point3 &x) { return x[2] == 0; }))
        return ventricle_inside;
      if (all([](const Point3 &x) { return x[2] == 1; }))
        return ventricle_outside;
      return ventricle_base;
    };
    mesh.place = placed_by([place](const Point3 &drawn) {
      const Polar at = on_disc(drawn[0], drawn[1]);
      return place(at.along, at.around, drawn[2]);
    });
    return shape == SolidMesh::Shape::hexahedra ? mesh : split_into_tetrahedra(mesh);
  }
}
