#include "meshes/anatomy.h"

#include "core/error.h"
#include "core/log.h"
#include "meshes/boundary_roles.h"
#include "meshes/fibres/file_directions.h"
#include "meshes/insulation.h"
#include "meshes/mesh_checks.h"
#include "meshes/quality.h"
#include "meshes/sources/generated_source.h"
#include "meshes/sources/gmsh_heart.h"
#include "meshes/sources/vtu_source.h"
#include "meshes/tag_map.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    constexpr double poor_angle = 5; // degrees

    struct Source
    {
      Mesh mesh;
      TagMap tags;
      std::string where;
      bool from_file = false;
    };

    Source generated(const Parameters &deck)
    {
      if (!deck.names("regions").empty())
        throw UserError({"regions are mapped for a generated heart", deck.where("regions"), "a generated heart brings its own regions", "",
                         "remove \"regions\", or set mesh.source to vtu"});
      Source source{generate_heart(read_heart_sizes(deck.section("mesh"))), tag_map_of_generated_heart(), "generated mesh"};
      double angle = 90;
      for (const auto &cell : source.mesh.cells)
        angle = std::min(angle, min_dihedral_angle(source.mesh.points, cell));
      if (angle < poor_angle)
        log::warn("mesh: the smallest dihedral angle is {:.1f} degrees; a slightly different mesh.element_size may avoid it", angle);
      return source;
    }

    Source from_file(const Parameters &deck, const std::vector<std::string> &data_folders)
    {
      const Parameters section = deck.section("mesh");
      VtuSource vtu = load_vtu_source(section, data_folders);
      Source source{std::move(vtu.mesh), read_tag_map(deck), section.where("file"), true};
      auto &fixed = source.tags.fixed.values;
      fixed.insert(fixed.end(), vtu.held_tags.begin(), vtu.held_tags.end());
      return source;
    }

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

    void check_mesh(Source &source, const Parameters &deck)
    {
      if (source.from_file)
        check_length_unit(source.mesh.points, deck.section("mesh"));
      check_unique(source.mesh, source.where);
      if (orient_cells(source.mesh, source.where))
        log::info("mesh: the file's tetrahedra are left-handed; their nodes were reordered");
      check_connected(source.mesh, source.where);
    }

    void assign_regions(const Source &source, Anatomy &anatomy)
    {
      std::unordered_map<int, unsigned> region_of;
      for (const auto &[region, tags] : source.tags.regions)
        {
          for (const long tag : tags.values)
            region_of[static_cast<int>(tag)] = anatomy.regions.size();
          anatomy.regions.push_back(region);
        }
      anatomy.cell_region.reserve(source.mesh.cells.size());
      for (const int tag : source.mesh.cell_tag)
        anatomy.cell_region.push_back(region_of.at(tag));
    }
  }

  void declare_anatomy(Schema &deck)
  {
    Schema mesh = deck.section("mesh", "The heart's geometry in its unloaded state.");
    mesh.select("source", "generated",
                {{"generated", declare_heart_sizes},
                 {"vtu",
                  [](Schema &vtu) {
                    declare_vtu_source(vtu);
                    declare_surface_tags(vtu);
                  }}},
                "Where the mesh comes from: the built-in generator or a file.");
    declare_insulation(mesh);
    declare_regions(deck);
  }

  std::vector<Region> regions_of(const Parameters &deck)
  {
    const bool generated = deck.section("mesh").text("source") == "generated";
    const TagMap map = generated ? tag_map_of_generated_heart() : read_tag_map(deck);
    std::vector<Region> regions;
    for (const auto &entry : map.regions)
      regions.push_back(entry.region);
    if (!generated && deck.section("mesh").text("insulation") != "none")
      regions.push_back(fibrous_ring);
    return regions;
  }

  Anatomy build_anatomy(const Parameters &deck, const std::vector<std::string> &data_folders)
  {
    Source source = deck.section("mesh").text("source") == "generated" ? generated(deck) : from_file(deck, data_folders);
    check_tags(source.tags, source.mesh);
    if (source.from_file)
      check_file_directions(source.mesh, source.tags.ignored.values, deck);
    drop_ignored(source.mesh, source.tags);
    check_mesh(source, deck);

    Anatomy anatomy;
    assign_regions(source, anatomy);
    anatomy.cells = source.mesh.cells;
    anatomy.points = source.mesh.points;
    assign_boundary(source.mesh, source.tags, source.where, anatomy);
    insulate(anatomy, deck.section("mesh"));
    anatomy.vectors = std::move(source.mesh.vectors);
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
