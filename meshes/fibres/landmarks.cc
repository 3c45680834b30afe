#include "meshes/fibres/landmarks.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <functional>
#include <set>

namespace vivicor
{
  namespace
  {
    using Flags = std::vector<char>;

    template <class Choose>
    Surface part_where(const Surface &surface, Choose choose)
    {
      Surface part;
      std::copy_if(surface.begin(), surface.end(), std::back_inserter(part), choose);
      return part;
    }

    template <class Choose>
    Flags nodes_where(const Anatomy &anatomy, Choose choose)
    {
      Flags flags(anatomy.points.size(), 0);
      for (std::size_t c = 0; c < anatomy.cells.size(); ++c)
        if (choose(anatomy.regions[anatomy.cell_region[c]]))
          for (const unsigned n : anatomy.cells[c])
            flags[n] = 1;
      return flags;
    }

    Point3 mean_of(const Anatomy &anatomy, const std::vector<unsigned> &nodes)
    {
      Point3 sum{0, 0, 0};
      for (const unsigned n : nodes)
        sum = sum + anatomy.points[n];
      return (1.0 / nodes.size()) * sum;
    }

    std::vector<unsigned> common(const std::vector<unsigned> &nodes, const Flags &flags)
    {
      std::vector<unsigned> result;
      std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(result), [&](unsigned n) { return flags[n]; });
      return result;
    }

    std::vector<unsigned> flagged(const Flags &a, const Flags &b)
    {
      std::vector<unsigned> result;
      for (unsigned n = 0; n < a.size(); ++n)
        if (a[n] && b[n])
          result.push_back(n);
      return result;
    }

    std::vector<unsigned> mitral_ring(const Anatomy &anatomy, const Flags &endo)
    {
      const Surface &cavity = anatomy.cavities.at("LV");
      const auto on_leaflets = [&](const Triangle &t) { return is_valve(anatomy.regions[anatomy.cell_region[t.cell]], Valve::mitral); };
      const Surface leaflets = part_where(cavity, on_leaflets), others = part_where(cavity, std::not_fn(on_leaflets));
      const Flags beside = on_surface(anatomy, others);
      if (const auto ring = flagged(on_surface(anatomy, leaflets), beside); !ring.empty())
        return ring;
      const std::vector<unsigned> rim = flagged(endo, ventricular_base(anatomy));
      const auto atrial = common(rim, of_region(anatomy, "LA"));
      return atrial.empty() ? rim : atrial;
    }

    unsigned farthest(const Anatomy &anatomy, const std::vector<unsigned> &nodes, const Point3 &from)
    {
      return *std::max_element(nodes.begin(), nodes.end(),
                               [&](unsigned a, unsigned b) { return norm(anatomy.points[a] - from) < norm(anatomy.points[b] - from); });
    }
  }

  Surface part_on_tissue(const Anatomy &anatomy, const Surface &surface, Tissue tissue)
  {
    return part_where(surface, [&](const Triangle &t) { return anatomy.regions[anatomy.cell_region[t.cell]].tissue == tissue; });
  }

  Surface endocardium(const Anatomy &anatomy, const std::string &cavity)
  {
    const auto found = anatomy.cavities.find(cavity);
    if (found == anatomy.cavities.end())
      return {};
    return part_on_tissue(anatomy, found->second, cavity.back() == 'V' ? Tissue::ventricle : Tissue::atrium);
  }

  bool is_valve(const Region &region, Valve valve)
  {
    const std::string names[][2] = {{"mitral_valve", "MV"}, {"tricuspid_valve", "TV"}};
    const auto &own = names[valve == Valve::mitral ? 0 : 1];
    return region.name == own[0] || region.name == own[1];
  }

  std::vector<unsigned> cells_of(const Anatomy &anatomy, Tissue tissue)
  {
    std::vector<unsigned> cells;
    for (unsigned c = 0; c < anatomy.cells.size(); ++c)
      if (anatomy.regions[anatomy.cell_region[c]].tissue == tissue)
        cells.push_back(c);
    return cells;
  }

  bool has_region(const Anatomy &anatomy, const std::string &name)
  {
    return std::any_of(anatomy.regions.begin(), anatomy.regions.end(), [&](const Region &r) { return r.name == name; });
  }

  Flags on_surface(const Anatomy &anatomy, const Surface &surface)
  {
    Flags flags(anatomy.points.size(), 0);
    for (const Triangle &triangle : surface)
      for (const unsigned n : triangle.nodes)
        flags[n] = 1;
    return flags;
  }

  Flags of_tissue(const Anatomy &anatomy, Tissue tissue)
  {
    return nodes_where(anatomy, [&](const Region &region) { return region.tissue == tissue; });
  }

  Flags of_region(const Anatomy &anatomy, const std::string &name)
  {
    return nodes_where(anatomy, [&](const Region &region) { return region.name == name; });
  }

  Flags ventricular_base(const Anatomy &anatomy)
  {
    const Flags ventricular = of_tissue(anatomy, Tissue::ventricle);
    Flags base = nodes_where(anatomy, [](const Region &region) { return region.tissue != Tissue::ventricle; });
    bool any = false;
    for (std::size_t n = 0; n < base.size(); ++n)
      any |= (base[n] = base[n] && ventricular[n]);
    if (any)
      return base;

    std::set<FaceKey> named;
    for (const auto &[name, cavity] : anatomy.cavities)
      for (const Triangle &triangle : cavity)
        named.insert(face_key(triangle.nodes));
    for (const Triangle &triangle : anatomy.epicardium)
      named.insert(face_key(triangle.nodes));
    std::vector<std::array<unsigned, 4>> cells;
    for (const unsigned c : cells_of(anatomy, Tissue::ventricle))
      cells.push_back(anatomy.cells[c]);
    for (const Triangle &triangle : boundary_of(cells))
      if (!named.count(face_key(triangle.nodes)))
        for (const unsigned n : triangle.nodes)
          base[n] = 1;
    return base;
  }

  std::vector<unsigned> lv_cells(const Anatomy &anatomy)
  {
    const std::vector<unsigned> all = cells_of(anatomy, Tissue::ventricle);
    std::vector<unsigned> own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(own),
                 [&](unsigned c) { return anatomy.regions[anatomy.cell_region[c]].name == "LV"; });
    return own.empty() ? all : own;
  }

  LongAxis find_long_axis(const Anatomy &anatomy)
  {
    const Surface inner = endocardium(anatomy, "LV");
    if (inner.empty())
      throw UserError({"the heart has no left ventricular endocardium", "mesh",
                       "fibres and measures need the faces of cavity \"LV\" that lie on a region of tissue ventricle", "",
                       "map a surface tag to the cavity LV and a volume tag to a ventricular region LV"});
    const Flags endo = on_surface(anatomy, inner);
    LongAxis axis;
    axis.mitral_ring = mitral_ring(anatomy, endo);
    if (axis.mitral_ring.empty())
      throw UserError({"the left ventricle has no base", "mesh",
                       "its cavity has no face on a region mitral_valve, no node of its endocardium is shared with "
                       "valves, atria or vessels, and the ventricles have no free face at their base",
                       "", "map the volume tags of the valves and atria to regions"});
    axis.base = mean_of(anatomy, axis.mitral_ring);
    const Flags wall = has_region(anatomy, "LV") ? of_region(anatomy, "LV") : of_tissue(anatomy, Tissue::ventricle);
    const Surface outer = part_on_tissue(anatomy, anatomy.epicardium, Tissue::ventricle);
    const std::vector<unsigned> inner_nodes = flagged(endo, endo), outer_nodes = flagged(on_surface(anatomy, outer), wall);
    if (outer_nodes.empty())
      throw UserError({"the left ventricle has no epicardium", "mesh",
                       "no face of the outer surface lies on its cells, so that its apex and depth are unknown", "",
                       "check the mesh's outer surface: vivicor mesh inspect"});
    axis.apex_node = farthest(anatomy, outer_nodes, axis.base);
    axis.inner_apex_node = farthest(anatomy, inner_nodes, axis.base);
    axis.apex = anatomy.points[axis.apex_node];
    axis.direction = unit(axis.base - axis.apex);
    return axis;
  }
}
