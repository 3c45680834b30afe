#include "meshes/sources/files/mesh_file.h"

#include "core/error.h"
#include "core/parameters/file_places.h"
#include "core/units.h"
#include "meshes/surfaces.h"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace vivicor
{
  namespace
  {
    constexpr double smallest_heart = 60, largest_heart = 250; // mm

    // The array that the deck's entry `key` names.
    template <class Arrays>
    auto find_array(Arrays &arrays, const Parameters &section, const std::string &key, const std::string &kind)
    {
      const std::string name = section.text(key);
      const auto found = arrays.find(name);
      if (found != arrays.end())
        return found;
      std::vector<std::string> names;
      std::string list;
      for (const auto &field : arrays)
        {
          names.push_back(field.first);
          list += (list.empty() ? "" : ", ") + field.first;
        }
      throw UserError({"the mesh has no point array '" + name + "' of " + kind, section.where(key),
                       list.empty() ? "it has none at all" : "it has " + list, nearest_of(name, names),
                       "correct the name or leave it empty"});
    }

    // The values of an array that the deck names, which all count. @param is_number of one of them
    template <class Values, class IsNumber>
    void require_numbers(const Values &values, const Parameters &section, const std::string &key, const IsNumber &is_number)
    {
      const auto wrong = std::find_if_not(values.begin(), values.end(), is_number);
      if (wrong == values.end())
        return;
      const auto more = std::count_if(wrong + 1, values.end(), [&](const auto &value) { return !is_number(value); });
      throw UserError({"'" + section.text(key) + "' is not finite at node " + std::to_string(wrong - values.begin())
                         + (more ? ", and " + std::to_string(more) + " more" : ""),
                       section.where(key), "every node needs a number there (they are counted from 0 in the order of the file)", "",
                       "mend the array or export the mesh again"});
    }

    // The points become the nodal positions of the named array.
    void take_reference(Mesh &mesh, const Parameters &section)
    {
      if (section.text("reference_points").empty())
        return;
      const auto found = find_array(mesh.vectors, section, "reference_points", "three components");
      require_numbers(found->second, section, "reference_points",
                      [](const Point3 &p) { return std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]); });
      mesh.points = std::move(found->second);
      mesh.vectors.erase(found);
    }

    // Outer faces whose three nodes are all marked become facets with a tag of their own.
    std::vector<long> tag_held_faces(MeshFileContent &content, const Parameters &section)
    {
      if (section.text("fixed_points").empty())
        return {};
      const auto &marked = find_array(content.scalars, section, "fixed_points", "one component")->second;
      require_numbers(marked, section, "fixed_points", [](double mark) { return std::isfinite(mark); });
      Mesh &mesh = content.mesh;
      int tag = 1;
      for (const Mesh::Facet &facet : mesh.facets)
        tag = std::max(tag, facet.tag + 1);
      for (const Triangle &face : boundary_of(mesh.cells))
        if (std::all_of(face.nodes.begin(), face.nodes.end(), [&](unsigned node) { return marked[node] != 0; }))
          mesh.facets.push_back({face.nodes, tag});
      if (mesh.facets.empty() || mesh.facets.back().tag != tag)
        throw UserError({"no outer face has all of its nodes marked by '" + section.text("fixed_points") + "'",
                         section.where("fixed_points"), "nothing would be held", "", "choose another array or leave it empty"});
      return {tag};
    }

    double largest_side(const std::vector<Point3> &points)
    {
      double side = 0;
      for (unsigned d = 0; d < 3; ++d)
        {
          const auto [low, high] = std::minmax_element(points.begin(), points.end(),
                                                       [d](const Point3 &a, const Point3 &b) { return a[d] < b[d]; });
          side = std::max(side, (*high)[d] - (*low)[d]);
        }
      return side;
    }
  }

  std::vector<std::string> MeshFile::inputs(const std::vector<std::string> &data_folders) const
  {
    const std::string file = mesh.text("file");
    if (file.empty())
      throw UserError({"no mesh file is given", mesh.where("file"), "mesh.source is " + mesh.text("source"), "", "set mesh.file"});
    std::vector<std::string> places = file_places(mesh, "file");
    if (std::filesystem::path(file).is_relative())
      for (const std::string &folder : data_folders)
        if (const std::string place = (std::filesystem::path(folder) / file).string();
            std::find(places.begin(), places.end(), place) == places.end())
          places.push_back(place);
    std::string sought;
    for (const std::string &place : places)
      {
        std::error_code unreadable;
        if (std::filesystem::is_regular_file(place, unreadable))
          return {place};
        sought += (sought.empty() ? "" : ", ") + place;
      }
    throw UserError({"mesh file '" + file + "' not found", mesh.where("file"),
                     "sought: " + (sought.empty() ? "nowhere, no data folder is known" : sought), "",
                     "correct the path, or name the folder that holds it by --data or VIVICOR_DATA; where the meshes of the "
                     "project's own decks come from: docs/howto/public_mesh.md"});
  }

  void declare_mesh_file(Schema &mesh, const std::string &kinds)
  {
    mesh.path("file", "", kinds + " of tetrahedra and tagged triangles; sought beside the deck, then in the data folders.");
    mesh.choice("length_unit", "mm", units_of(Dimension::length), "Unit of the positions in the file.");
    mesh.text("fixed_points", "",
              "Point array that is not zero at held nodes: outer faces with three such nodes count as vessel ends; "
              "empty: none.");
    mesh.text("reference_points", "", "Point array with the unloaded positions; empty: the points themselves are unloaded.");
    declare_surface_tags(mesh);
  }

  MeshSource::Content MeshFile::read(const std::vector<std::string> &data_folders) const
  {
    MeshFileContent content = read_file(inputs(data_folders).front());
    take_reference(content.mesh, mesh);
    const double factor = unit_factor(mesh.text("length_unit"));
    for (Point3 &point : content.mesh.points)
      for (double &x : point)
        x *= factor;
    const auto held = tag_held_faces(content, mesh);
    return {std::move(content.mesh), held};
  }

  void MeshFile::check(const Mesh &content) const
  {
    const double side = largest_side(content.points);
    if (side >= smallest_heart && side <= largest_heart)
      return;
    const std::string given = mesh.text("length_unit");
    std::string better;
    for (const std::string &unit : units_of(Dimension::length))
      if (const double other = side / unit_factor(given) * unit_factor(unit); other >= smallest_heart && other <= largest_heart)
        better = unit;
    throw UserError({"the heart would be " + in_unit(side, "mm") + " long", mesh.where("length_unit"), "a human heart is 60 to 250 mm long",
                     better.empty() ? "" : "mesh.length_unit = " + better, "set mesh.length_unit to the unit of the file"});
  }
}
