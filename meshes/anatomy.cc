#include "meshes/anatomy.h"

#include "core/error.h"
#include "core/log.h"
#include "meshes/boundary_roles.h"
#include "meshes/fibres/file_directions.h"
#include "meshes/insulation.h"
#include "meshes/mesh_checks.h"
#include "meshes/sources/mesh_source.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    void drop_ignored(Mesh &mesh, const TagMap &tags)
    {
      const auto &ignored = tags.ignored.values;
      std::size_t kept = 0;
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        if (std::find(ignored.begin(), ignored.end(), mesh.cell_tag[c]) == ignored.end())
          {
            mesh.cells[kept] = mesh.cells[c];
            mesh.cell_tag[kept++] = mesh.cell_tag[c];
          }
      const std::size_t dropped = mesh.cells.size() - kept;
      mesh.cells.resize(kept);
      mesh.cell_tag.resize(kept);
      if (mesh.cells.empty())
        throw UserError({"every cell is ignored", tags.ignored.where, "nothing remains of the heart", "", "shorten mesh.ignored_tags"});
      const std::size_t nodes = drop_unused_nodes(mesh);
      if (dropped || nodes)
        log::info("mesh: dropped {} ignored cells and {} unused nodes", dropped, nodes);
    }

    void check_mesh(Mesh &mesh, const std::string &where)
    {
      check_unique(mesh, where);
      if (orient_cells(mesh, where))
        log::info("mesh: the file's tetrahedra are left-handed; their nodes were reordered");
      check_connected(mesh, where);
    }

    void assign_regions(const Mesh &mesh, const TagMap &tags, Anatomy &anatomy)
    {
      std::unordered_map<int, unsigned> region_of;
      for (const auto &[region, region_tags] : tags.regions)
        {
          for (const long tag : region_tags.values)
            region_of[static_cast<int>(tag)] = anatomy.regions.size();
          anatomy.regions.push_back(region);
        }
      anatomy.cell_region.reserve(mesh.cells.size());
      for (const int tag : mesh.cell_tag)
        anatomy.cell_region.push_back(region_of.at(tag));
    }
  }

  void declare_anatomy(Schema &deck)
  {
    Schema mesh = deck.section("mesh", "The heart's geometry in its unloaded state.");
    declare_mesh_sources(mesh);
    declare_insulation(mesh);
    declare_regions(deck);
  }

  std::vector<Region> regions_of(const Parameters &deck)
  {
    const auto source = mesh_source_of(deck);
    std::vector<Region> regions;
    for (const auto &entry : source->tag_map(deck).regions)
      regions.push_back(entry.region);
    if (!source->is_insulated() && deck.section("mesh").text("insulation") != "none")
      regions.push_back(fibrous_ring);
    return regions;
  }

  Anatomy build_anatomy(const Parameters &deck, const std::vector<std::string> &data_folders)
  {
    const auto source = mesh_source_of(deck);
    TagMap tags = source->tag_map(deck);
    auto [mesh, held_tags] = source->read(data_folders);
    tags.fixed.values.insert(tags.fixed.values.end(), held_tags.begin(), held_tags.end());
    check_tags(tags, mesh);
    check_file_directions(mesh, tags.ignored.values, deck);
    drop_ignored(mesh, tags);
    source->check(mesh);
    check_mesh(mesh, source->where());

    Anatomy anatomy;
    assign_regions(mesh, tags, anatomy);
    anatomy.cells = mesh.cells;
    anatomy.points = mesh.points;
    assign_boundary(mesh, tags, source->where(), anatomy);
    if (!source->is_insulated())
      insulate(anatomy, deck.section("mesh"));
    anatomy.vectors = std::move(mesh.vectors);
    return anatomy;
  }

  double cavity_volume(const std::vector<Point3> &points, const Surface &cavity)
  {
    // Divergence theorem: V = 1/3 int x.n dA with the normal out of the blood, here against the triangles' normals.
    // Taken about the first node, so that the position of the heart costs no digits.
    if (cavity.empty())
      return 0;
    const Point3 origin = points[cavity[0].nodes[0]];
    double six_volumes = 0;
    for (const Triangle &triangle : cavity)
      {
        std::array<Point3, 3> x;
        for (unsigned i = 0; i < 3; ++i)
          for (unsigned d = 0; d < 3; ++d)
            x[i][d] = points[triangle.nodes[i]][d] - origin[d];
        const auto &[a, b, c] = x;
        six_volumes -= a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
      }
    return six_volumes / 6;
  }
}
