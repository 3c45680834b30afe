#include "meshes/boundary_roles.h"

#include "core/error.h"
#include "core/log.h"
#include "meshes/surfaces.h"

#include <algorithm>

namespace vivicor
{
  namespace
  {
    // The outer faces of the tissue, and whether each has a role yet.
    struct Boundary
    {
      explicit Boundary(const std::vector<std::array<unsigned, 4>> &cells) : faces(boundary_of(cells)), taken(faces.size())
      {
        for (std::size_t f = 0; f < faces.size(); ++f)
          number[face_key(faces[f].nodes)] = f;
      }

      Surface faces;
      std::vector<bool> taken;
      std::map<FaceKey, std::size_t> number;
    };

    Surface take(Boundary &boundary, const Mesh &mesh, const TagMap::Tags &tags, const std::string &role)
    {
      Surface surface;
      std::size_t repeated = 0, inside = 0;
      Point3 first_inside{};
      std::vector<std::size_t> mine;
      for (const Mesh::Facet &facet : mesh.facets)
        {
          if (std::find(tags.values.begin(), tags.values.end(), facet.tag) == tags.values.end())
            continue;
          const auto found = boundary.number.find(face_key(facet.nodes));
          if (found == boundary.number.end())
            {
              if (inside++ == 0)
                first_inside = centre_of(mesh.points, facet.nodes);
            }
          else
            mine.push_back(found->second);
        }
      if (inside)
        throw UserError(
          {std::to_string(inside) + " triangles of " + role + " are no outer faces of the tissue, the first at " + position(first_inside),
           tags.where, "they lie between two cells, or their nodes belong to no cell", "",
           "tag the faces of the tissue that touch the blood or the outside"});
      std::sort(mine.begin(), mine.end());
      for (std::size_t i = 0; i < mine.size(); ++i)
        {
          if (i && mine[i] == mine[i - 1])
            {
              ++repeated;
              continue;
            }
          if (boundary.taken[mine[i]])
            throw UserError({"a face at " + position(centre_of(mesh.points, boundary.faces[mine[i]].nodes)) + " has two roles", tags.where,
                             role + " claims it a second time", "", "give each triangle one tag only"});
          boundary.taken[mine[i]] = true;
          surface.push_back(boundary.faces[mine[i]]);
        }
      if (repeated)
        log::info("mesh: {} has {} repeated triangles, counted once", role, repeated);
      return surface;
    }

    void check_cavity(const std::vector<Point3> &points, const Surface &cavity, const std::string &name, const TagMap::Tags &tags)
    {
      if (const auto open = open_edges(cavity); !open.empty())
        throw UserError({"open cavity: " + name + " has " + std::to_string(open.size()) + " open edges, the first from "
                           + position(points[open[0].first]) + " to " + position(points[open[0].second]),
                         tags.where, "its volume is undefined unless its surface, valves included, is closed", "",
                         "add the tag of the missing part, or tag the faces that close it"});
      if (!(cavity_volume(points, cavity) > 0))
        throw UserError({"cavity " + name + " is inside out", tags.where, "its surface encloses tissue, not blood", "",
                         "give the tags of the inner surface"});
    }
  }

  void assign_boundary(const Mesh &mesh, const TagMap &tags, const std::string &where, Anatomy &anatomy)
  {
    Boundary boundary(anatomy.cells);
    for (const auto &[name, cavity] : tags.cavities)
      {
        anatomy.cavities[name] = take(boundary, mesh, cavity, "cavity " + name);
        check_cavity(anatomy.points, anatomy.cavities[name], name, cavity);
      }
    anatomy.fixed = take(boundary, mesh, tags.fixed, "the held vessel ends");
    if (!tags.epicardium.values.empty())
      anatomy.epicardium = take(boundary, mesh, tags.epicardium, "the epicardium");
    else
      for (std::size_t f = 0; f < boundary.faces.size(); ++f)
        if (!boundary.taken[f])
          anatomy.epicardium.push_back(boundary.faces[f]);
    if (anatomy.epicardium.empty())
      throw UserError({"the heart has no outside", where, "every outer face is a cavity or held", "", "correct the surface tags"});
  }
}
