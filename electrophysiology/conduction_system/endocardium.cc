#include "electrophysiology/conduction_system/endocardium.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <queue>

namespace vivicor
{
  namespace
  {
    constexpr double infinity = std::numeric_limits<double>::infinity();

    /// Barycentric coordinates of the point of a triangle nearest to p: the plane's foot if it lies inside, else the nearest
    /// point of the three edges.
    std::array<double, 3> nearest_in(const std::array<Point3, 3> &corner, const Point3 &p)
    {
      const Point3 u = corner[1] - corner[0], v = corner[2] - corner[0], w = p - corner[0];
      const double uu = dot(u, u), uv = dot(u, v), vv = dot(v, v), wu = dot(w, u), wv = dot(w, v), det = uu * vv - uv * uv;
      const double b = (vv * wu - uv * wv) / det, c = (uu * wv - uv * wu) / det;
      if (b >= 0 && c >= 0 && b + c <= 1)
        return {1 - b - c, b, c};
      std::array<double, 3> best{1, 0, 0};
      double shortest = infinity;
      for (unsigned k = 0; k < 3; ++k)
        {
          const unsigned from = (k + 1) % 3, to = (k + 2) % 3;
          const Point3 edge = corner[to] - corner[from];
          const double s = std::clamp(dot(p - corner[from], edge) / dot(edge, edge), 0.0, 1.0);
          const Point3 arm = p - corner[from] - s * edge;
          if (const double d = dot(arm, arm); d < shortest)
            {
              shortest = d;
              best = {0, 0, 0};
              best[from] = 1 - s;
              best[to] = s;
            }
        }
      return best;
    }

    std::pair<unsigned, unsigned> edge_of(const std::array<unsigned, 3> &nodes, unsigned opposite)
    {
      return std::minmax(nodes[(opposite + 1) % 3], nodes[(opposite + 2) % 3]);
    }
  }

  TriangleSet::TriangleSet(const std::vector<Point3> &points, const Surface &surface)
  {
    std::map<std::pair<unsigned, unsigned>, unsigned> uses;
    for (const auto &[nodes, cell] : surface)
      for (unsigned k = 0; k < 3; ++k)
        ++uses[edge_of(nodes, k)];
    Point3 high{-infinity, -infinity, -infinity};
    low = {infinity, infinity, infinity};
    for (const auto &[nodes, cell] : surface)
      {
        triangles.push_back({points[nodes[0]], points[nodes[1]], points[nodes[2]]});
        rim.emplace_back();
        for (unsigned k = 0; k < 3; ++k)
          {
            rim.back()[k] = uses[edge_of(nodes, k)] == 1;
            edge += distance(points[nodes[k]], points[nodes[(k + 1) % 3]]) / (3.0 * static_cast<double>(surface.size()));
            for (unsigned d = 0; d < 3; ++d)
              {
                low[d] = std::min(low[d], points[nodes[k]][d]);
                high[d] = std::max(high[d], points[nodes[k]][d]);
              }
          }
      }
    if (triangles.empty())
      return;
    bin_size = 1.5 * edge;
    for (unsigned d = 0; d < 3; ++d)
      n_bins[d] = static_cast<int>((high[d] - low[d]) / bin_size) + 1;
    bins.resize(static_cast<std::size_t>(n_bins[0]) * n_bins[1] * n_bins[2]);
    for (unsigned t = 0; t < triangles.size(); ++t)
      {
        Bin first = n_bins, last{0, 0, 0};
        for (const Point3 &corner : triangles[t])
          {
            const Bin at = bin_of(corner);
            for (unsigned d = 0; d < 3; ++d)
              {
                first[d] = std::min(first[d], at[d]);
                last[d] = std::max(last[d], at[d]);
              }
          }
        for (int i = first[0]; i <= last[0]; ++i)
          for (int j = first[1]; j <= last[1]; ++j)
            for (int k = first[2]; k <= last[2]; ++k)
              bins[(static_cast<std::size_t>(i) * n_bins[1] + j) * n_bins[2] + k].push_back(t);
      }
  }

  TriangleSet::Bin TriangleSet::bin_of(const Point3 &p) const
  {
    Bin bin;
    for (unsigned d = 0; d < 3; ++d)
      bin[d] = static_cast<int>(std::floor((p[d] - low[d]) / bin_size));
    return bin;
  }

  const std::vector<unsigned> &TriangleSet::in(const Bin &bin) const
  {
    static const std::vector<unsigned> nothing;
    for (unsigned d = 0; d < 3; ++d)
      if (bin[d] < 0 || bin[d] >= n_bins[d])
        return nothing;
    return bins[(static_cast<std::size_t>(bin[0]) * n_bins[1] + bin[1]) * n_bins[2] + bin[2]];
  }

  void TriangleSet::look(unsigned t, const Point3 &p, Foot &best) const
  {
    const auto &corner = triangles[t];
    const auto weight = nearest_in(corner, p);
    const Point3 foot = weight[0] * corner[0] + weight[1] * corner[1] + weight[2] * corner[2];
    const double away = distance(foot, p);
    if (away >= best.distance)
      return;
    best = {foot, unit(cross(corner[1] - corner[0], corner[2] - corner[0])), away, t, false};
    for (unsigned k = 0; k < 3; ++k)
      best.at_rim |= rim[t][k] && weight[k] < 1e-9;
  }

  TriangleSet::Foot TriangleSet::nearest(const Point3 &p, double reach) const
  {
    Foot best;
    best.distance = infinity;
    if (triangles.empty())
      return best;
    const Bin centre = bin_of(p);
    // Rings of bins from p outwards; before the r-th ring everything nearer than (r - 1) bins has been seen.
    int first = 0, last = 0;
    for (unsigned d = 0; d < 3; ++d)
      {
        first = std::max({first, -centre[d], centre[d] - n_bins[d] + 1});
        last = std::max({last, centre[d] + 1, n_bins[d] - centre[d]});
      }
    for (int r = first; r <= last && (r - 1) * bin_size <= std::min(reach, best.distance); ++r)
      for (int i = -r; i <= r; ++i)
        for (int j = -r; j <= r; ++j)
          {
            const bool side = std::abs(i) == r || std::abs(j) == r;
            for (int k = -r; k <= r; k += side || r == 0 ? 1 : 2 * r)
              for (const unsigned t : in({centre[0] + i, centre[1] + j, centre[2] + k}))
                look(t, p, best);
          }
    if (best.distance > reach)
      best.distance = infinity;
    return best;
  }

  TriangleSet::Foot TriangleSet::nearest(const Point3 &p) const
  {
    return nearest(p, std::numeric_limits<double>::max());
  }

  std::vector<Point3> TriangleSet::centres() const
  {
    std::vector<Point3> result;
    for (const auto &corner : triangles)
      result.push_back(1.0 / 3 * (corner[0] + corner[1] + corner[2]));
    return result;
  }

  Surface muscular_part(const Anatomy &anatomy, const std::string &cavity, Tissue tissue)
  {
    Surface part;
    if (const auto found = anatomy.cavities.find(cavity); found != anatomy.cavities.end())
      for (const Triangle &triangle : found->second)
        if (anatomy.regions[anatomy.cell_region[triangle.cell]].tissue == tissue)
          part.push_back(triangle);
    return part;
  }

  std::vector<Point3> shortest_way(const std::vector<Point3> &points, const Surface &triangles, unsigned from, unsigned to)
  {
    // Vertices of the graph: the triangles' corners and the middles of their edges; every two of one triangle are joined.
    std::map<std::pair<unsigned, unsigned>, unsigned> number;
    std::vector<Point3> place;
    std::vector<std::vector<unsigned>> joined;
    const auto vertex = [&](unsigned a, unsigned b) {
      const auto [entry, is_new] = number.try_emplace(std::minmax(a, b), static_cast<unsigned>(place.size()));
      if (is_new)
        {
          place.push_back(0.5 * (points[a] + points[b]));
          joined.emplace_back();
        }
      return entry->second;
    };
    for (const auto &[n, cell] : triangles)
      {
        const std::array<unsigned, 6> six{vertex(n[0], n[0]), vertex(n[1], n[1]), vertex(n[2], n[2]),
                                          vertex(n[0], n[1]), vertex(n[1], n[2]), vertex(n[2], n[0])};
        for (const unsigned a : six)
          for (const unsigned b : six)
            if (a != b)
              joined[a].push_back(b);
      }
    const auto start = number.find({from, from}), end = number.find({to, to});
    if (start == number.end() || end == number.end())
      return {};

    std::vector<double> travelled(place.size(), infinity);
    std::vector<unsigned> before(place.size(), 0);
    using Item = std::pair<double, unsigned>;
    std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
    queue.emplace(travelled[start->second] = 0.0, start->second);
    while (!queue.empty())
      {
        const auto [so_far, a] = queue.top();
        queue.pop();
        if (so_far > travelled[a])
          continue;
        for (const unsigned b : joined[a])
          if (const double d = so_far + distance(place[a], place[b]); d < travelled[b])
            {
              travelled[b] = d;
              before[b] = a;
              queue.emplace(d, b);
            }
      }
    if (travelled[end->second] == infinity)
      return {};
    std::vector<Point3> way{place[end->second]};
    for (unsigned v = end->second; v != start->second;)
      way.push_back(place[v = before[v]]);
    std::reverse(way.begin(), way.end());
    return way;
  }
}
