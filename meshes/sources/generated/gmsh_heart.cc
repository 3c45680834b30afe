#include "meshes/sources/generated/gmsh_heart.h"

#include "core/error.h"
#include "meshes/sources/generated/flat_cells.h"
#include "meshes/sources/gmsh_session.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <numbers>
#include <string>
#include <unordered_map>

namespace vivicor
{
  namespace
  {
    namespace occ = gmsh::model::occ;
    using Solids = gmsh::vectorpair;

    constexpr double far = 300.0; // mm, beyond every heart
    constexpr double pi = std::numbers::pi;
    constexpr double flat_deg = 8.0; // cells flatter than this go, if they lie on the surface

    void set_mesher(double element)
    {
      const auto set = [](const std::string &option, double value) { gmsh::option::setNumber(option, value); };
      set("Mesh.RandomSeed", 1);
      set("Mesh.Algorithm", 6);   // surfaces: frontal Delaunay
      set("Mesh.Algorithm3D", 1); // volumes: Delaunay
      set("Mesh.MeshSizeMax", element);
      set("Mesh.MeshSizeMin", 0.5 * element);
      set("Mesh.MeshSizeFromCurvature", 8); // edges on a full circle: vessels stay round on coarse meshes
      set("Mesh.MeshSizeFromPoints", 0);
      set("Mesh.Optimize", 1);
      set("Mesh.OptimizeThreshold", 0.5);
      gmsh::model::add("heart");
    }

    // The poles and the seam of a sphere become points and lines of the mesh. They are turned away from the lines where
    // surfaces cross, which they would cut into tiny pieces: poles of the ventricles look right and left.
    // @param seam angle of the seam about the poles' axis, from the x axis for an atrium, from the zenith for a
    // ventricle
    enum class Poles { vertical, sideways };
    Solids ellipsoid(const Ellipsoid &e, Poles poles, double seam)
    {
      const auto &c = e.centre;
      const Solids solid{{3, occ::addSphere(c[0], c[1], c[2], 1.0)}};
      occ::rotate(solid, c[0], c[1], c[2], 0, 0, 1, seam);
      if (poles == Poles::sideways)
        occ::rotate(solid, c[0], c[1], c[2], 0, 1, 0, -0.5 * pi);
      occ::dilate(solid, c[0], c[1], c[2], e.semi_axes[0], e.semi_axes[1], e.semi_axes[2]);
      occ::rotate(solid, c[0], c[1], c[2], 0, 0, 1, e.turn);
      return solid;
    }

    Solids left_ventricle(const Ellipsoid &e)
    {
      return ellipsoid(e, Poles::vertical, -0.5 * pi); // seam in front
    }

    Solids right_ventricle(const Ellipsoid &e)
    {
      return ellipsoid(e, Poles::sideways, 0.5 * pi); // seam at the back
    }

    Solids left_atrium(const Ellipsoid &e)
    {
      return ellipsoid(e, Poles::vertical, -0.5 * pi); // seam in front
    }

    Solids right_atrium(const Ellipsoid &e)
    {
      return ellipsoid(e, Poles::vertical, 0.0); // seam in the septum
    }

    Solids cylinder(const Cylinder &c)
    {
      return {
        {3, occ::addCylinder(c.foot[0], c.foot[1], c.foot[2], c.length * c.axis[0], c.length * c.axis[1], c.length * c.axis[2], c.radius)}};
    }

    Solids between(double z_low, double z_high)
    {
      return {{3, occ::addBox(-far, -far, z_low, 2 * far, 2 * far, z_high - z_low)}};
    }

    Solids joined(const Solids &a, const Solids &b)
    {
      Solids out;
      std::vector<Solids> map;
      occ::fuse(a, b, out, map);
      return out;
    }

    Solids without(const Solids &a, const Solids &b)
    {
      Solids out;
      std::vector<Solids> map;
      occ::cut(a, b, out, map);
      return out;
    }

    Solids common(const Solids &a, const Solids &b)
    {
      Solids out;
      std::vector<Solids> map;
      occ::intersect(a, b, out, map);
      return out;
    }

    void append(Solids &to, const Solids &more)
    {
      to.insert(to.end(), more.begin(), more.end());
    }

    Solids outer_body(const HeartShape &h)
    {
      const Solids ventricles = common(joined(left_ventricle(h.lv_outer), right_ventricle(h.rv_outer)), between(-far, h.top));
      Solids rest = common(joined(left_atrium(h.la_outer), right_atrium(h.ra_outer)), between(0, far));
      append(rest, cylinder(h.aorta_outer));
      append(rest, cylinder(h.pulmonary_outer));
      for (const Cylinder &vein : h.veins)
        append(rest, cylinder(vein));
      return joined(ventricles, rest);
    }

    Solids cavities(const HeartShape &h)
    {
      Solids all = common(left_ventricle(h.lv), between(-far, 0));
      append(all, common(without(right_ventricle(h.rv), left_ventricle(h.lv_outer)), between(-far, 0)));
      append(all, common(without(left_atrium(h.la), cylinder(h.aorta_outer)), between(h.top, far)));
      Solids beside_ra = left_atrium(h.la_outer);
      append(beside_ra, cylinder(h.aorta_outer));
      append(beside_ra, cylinder(h.pulmonary_outer));
      append(all, common(without(right_atrium(h.ra), beside_ra), between(h.top, far)));
      for (Cylinder lumen : {h.aorta, h.pulmonary})
        {
          lumen.foot[2] = h.top;
          append(all, cylinder(lumen)); // sticks out of the stub: no two faces in one plane
        }
      return all;
    }

    // The plate's two planes become faces of the mesh, so that no cell reaches from an atrium to a ventricle.
    void split_by_plate(const Solids &body, double top)
    {
      Solids out;
      std::vector<Solids> map;
      occ::fragment(body, between(0, top), out, map);
      Solids tissue, rest;
      for (std::size_t i = 0; i < body.size(); ++i)
        append(tissue, map[i]);
      for (const auto &solid : out)
        if (std::find(tissue.begin(), tissue.end(), solid) == tissue.end())
          rest.push_back(solid);
      occ::remove(rest, true);
    }

    void take_mesh(Mesh &mesh)
    {
      std::vector<std::size_t> node_tags, cell_tags, corner_tags;
      std::vector<double> xyz, unused;
      gmsh::model::mesh::getElementsByType(4, cell_tags, corner_tags);
      gmsh::model::mesh::getNodes(node_tags, xyz, unused);
      std::unordered_map<std::size_t, std::size_t> position;
      for (std::size_t i = 0; i < node_tags.size(); ++i)
        position[node_tags[i]] = i;
      std::vector<unsigned> number(node_tags.size(), -1u);
      mesh.cells.resize(cell_tags.size());
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        for (unsigned i = 0; i < 4; ++i)
          {
            const std::size_t at = position.at(corner_tags[4 * c + i]);
            if (number[at] == -1u)
              {
                number[at] = mesh.points.size();
                mesh.points.push_back({xyz[3 * at], xyz[3 * at + 1], xyz[3 * at + 2]});
              }
            mesh.cells[c][i] = number[at];
          }
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        if (signed_volume(mesh, c) < 0)
          std::swap(mesh.cells[c][2], mesh.cells[c][3]);
    }

    Mesh tetrahedra(const HeartShape &shape, double element)
    {
      const GmshSession session;
      set_mesher(element);
      Mesh mesh;
      split_by_plate(without(outer_body(shape), cavities(shape)), shape.top);
      occ::synchronize();
      gmsh::model::mesh::generate(3);
      take_mesh(mesh);
      return mesh;
    }

    // Gmsh throws what is no std::exception.
    Mesh checked_tetrahedra(const HeartShape &shape, double element)
    {
      std::string reason = "Gmsh failed";
      try
        {
          return tetrahedra(shape, element);
        }
      catch (const std::exception &)
        {
          throw;
        }
      catch (const std::string &message)
        {
          reason = "Gmsh: " + message;
        }
      catch (...)
        {
        }
      throw UserError({"the heart cannot be meshed", "deck section mesh", reason, "",
                       "bring the sizes below mesh nearer to their defaults, or change mesh.element_size a little"});
    }

    // The blood pool at p: a surface tag of heart_tag, or 0.
    int pool_at(const HeartShape &h, const Point3 &p)
    {
      if (p[2] < 0)
        {
          if (h.lv_outer.contains(p))
            return h.lv.contains(p) ? heart_tag::LV_cavity : 0;
          return h.rv.contains(p) ? heart_tag::RV_cavity : 0;
        }
      if (p[2] < h.top || h.aorta_outer.contains(p) || h.pulmonary_outer.contains(p))
        return 0;
      if (h.la_outer.contains(p))
        return h.la.contains(p) ? heart_tag::LA_cavity : 0;
      return h.ra.contains(p) ? heart_tag::RA_cavity : 0;
    }

    // A closed piece of the boundary belongs to the pool that most of its faces look into.
    int pool_of(const HeartShape &shape, const Mesh &mesh, const Surface &boundary, const std::vector<std::size_t> &piece)
    {
      std::map<int, std::size_t> votes;
      for (const std::size_t t : piece)
        {
          Point3 p = centre_of(mesh.points, boundary[t].nodes);
          const Point3 n = normal_of(mesh.points, boundary[t].nodes);
          for (unsigned d = 0; d < 3; ++d)
            p[d] += n[d];
          ++votes[pool_at(shape, p)];
        }
      return std::max_element(votes.begin(), votes.end(), [](auto &a, auto &b) { return a.second < b.second; })->first;
    }

    void tag_surfaces(const HeartShape &shape, Mesh &mesh)
    {
      const Surface boundary = boundary_of(mesh.cells);
      const auto piece_of = connected_pieces(boundary);
      std::map<unsigned, std::vector<std::size_t>> pieces;
      for (std::size_t t = 0; t < boundary.size(); ++t)
        pieces[piece_of[t]].push_back(t);
      std::map<int, unsigned> found;
      for (const auto &[number, piece] : pieces)
        {
          const int pool = pool_of(shape, mesh, boundary, piece);
          ++found[pool];
          for (const std::size_t t : piece)
            {
              const auto &n = boundary[t].nodes;
              if (pool)
                mesh.facets.push_back({n, pool});
              else if (std::all_of(n.begin(), n.end(), [&](unsigned i) { return on_vessel_end(shape, mesh.points[i], 1e-3); }))
                mesh.facets.push_back({n, heart_tag::vessel_ends});
            }
        }
      for (const int tag : {0, 101, 102, 103, 104})
        if (found[tag] != 1)
          throw UserError(
            {"the generated heart has no single closed surface " + std::string(tag ? "of cavity " + std::to_string(tag) : "outside"),
             "deck section mesh",
             std::to_string(pieces.size()) + " closed surfaces were found, 5 are needed: the outside and four cavities", "",
             "bring the sizes below mesh nearer to their defaults"});
    }
  }

  Mesh generate_heart(const HeartSizes &sizes)
  {
    const HeartShape shape = heart_shape(sizes);
    Mesh mesh = checked_tetrahedra(shape, sizes.element);
    remove_flat_boundary_cells(mesh, flat_deg);
    for (std::size_t c = 0; c < mesh.cells.size(); ++c)
      {
        Point3 centre{};
        for (const unsigned node : mesh.cells[c])
          for (unsigned d = 0; d < 3; ++d)
            centre[d] += 0.25 * mesh.points[node][d];
        mesh.cell_tag.push_back(heart_tag_at(shape, centre));
      }
    tag_surfaces(shape, mesh);
    return mesh;
  }
}
