#include "meshes/sources/files/msh_reader.h"

#include "core/error.h"
#include "core/mesh/vectors.h"
#include "core/output/files.h"
#include "core/sort_unique.h"
#include "meshes/sources/gmsh_session.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

namespace vivicor
{
  namespace
  {
    [[noreturn]] void bad_file(const std::string &file, const std::string &why, const std::string &mend = "copy or export it again")
    {
      throw UserError({"the mesh file cannot be read", file, why, "", mend});
    }

    /// Version of the format. The library would take a damaged file for a smaller one, and by its name for a script to run.
    double checked_version(const std::string &file)
    {
      const std::string text = read_whole(file);
      if (std::filesystem::path(file).extension() != ".msh" || text.rfind("$MeshFormat", 0) != 0)
        bad_file(file, "it is no Gmsh mesh: a file *.msh that begins with $MeshFormat", "export the mesh as Gmsh MSH, version 2 or 4");
      double version = 0;
      std::istringstream(text.substr(std::string("$MeshFormat").size(), 40)) >> version;
      if (!(version >= 2 && version < 5))
        bad_file(file, "its format has the version " + std::to_string(version), "export it as version 2.2 or 4.1");
      for (const std::string section : {"Nodes", "Elements"})
        if (text.find("$End" + section) == std::string::npos)
          bad_file(file, "it ends before $End" + section);
      return version;
    }

    void open(const std::string &file, bool switch_tags)
    {
      std::string complaint;
      // Version 2 has the group of each element itself, and groups of equal entity would be merged.
      gmsh::option::setNumber("Mesh.SwitchElementTags", switch_tags);
      gmsh::logger::start();
      try
        {
          gmsh::open(file);
        }
      catch (const std::exception &error)
        {
          complaint = error.what();
        }
      catch (...) // of Gmsh's own kinds
        {
          complaint = "Gmsh cannot read it";
        }
      std::vector<std::string> lines;
      gmsh::logger::get(lines);
      gmsh::logger::stop();
      for (const std::string &line : lines)
        if (complaint.empty() && line.rfind("Error", 0) == 0)
          complaint = "Gmsh: " + line;
      if (!complaint.empty())
        bad_file(file, complaint);
    }

    /// Place of each node in the mesh, and of each tetrahedron among its cells, by the file's numbers.
    struct Numbering
    {
      std::unordered_map<std::size_t, unsigned> node, cell;
    };

    void read_nodes(const std::string &file, Mesh &mesh, Numbering &number)
    {
      std::vector<std::size_t> tags;
      std::vector<double> xyz, unused;
      gmsh::model::mesh::getNodes(tags, xyz, unused);
      for (std::size_t i = 0; i < tags.size(); ++i)
        {
          const Point3 p{xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]};
          if (!std::isfinite(p[0] + p[1] + p[2]))
            bad_file(file, "the position of node " + std::to_string(tags[i]) + " is not finite");
          if (number.node.emplace(tags[i], static_cast<unsigned>(mesh.points.size())).second)
            mesh.points.push_back(p);
        }
    }

    /// Tags of the elements of an entity: several where it is in several groups.
    std::vector<int> tags_of(int dimension, int entity, MshTags tags, bool switched)
    {
      if (tags == MshTags::entity || switched)
        return {entity};
      std::vector<int> groups;
      gmsh::model::getPhysicalGroupsForEntity(dimension, entity, groups);
      for (int &group : groups)
        group = std::abs(group); // the sign is a direction
      sort_unique(groups);       // the library may name one twice
      return groups;
    }

    int tag_of_cells(const std::vector<int> &tags, int entity, const std::string &file)
    {
      if (tags.size() < 2)
        return tags.empty() ? 0 : tags[0];
      throw UserError({"tetrahedra are in two physical groups, " + std::to_string(tags[0]) + " and " + std::to_string(tags[1]), file,
                       "volume " + std::to_string(entity) + " is in both, and a cell has one tag", "mesh.tag_kind = entity",
                       "take it out of one of them, or tell volumes apart by their own numbers"});
    }

    /// Corners of the kinds of elements that a heart may have; 0: skipped.
    unsigned corners_of(int type, const std::string &file)
    {
      std::string name;
      int dimension = 0, order = 0, nodes = 0, corners = 0;
      std::vector<double> local;
      gmsh::model::mesh::getElementProperties(type, name, dimension, order, nodes, local, corners);
      if (dimension < 2)
        return 0;
      if (name.rfind("Tetrahedron", 0) == 0)
        return 4;
      if (name.rfind("Triangle", 0) == 0)
        return 3;
      throw UserError(
        {"elements of the kind '" + name + "'", file, "only tetrahedra and triangles can be used", "", "mesh the heart with tetrahedra"});
    }

    void read_elements(const std::string &file, MshTags tags, bool switched, Mesh &mesh, Numbering &number)
    {
      gmsh::vectorpair entities;
      gmsh::model::getEntities(entities);
      for (const auto &[dimension, entity] : entities)
        {
          std::vector<int> types;
          std::vector<std::vector<std::size_t>> elements, nodes;
          gmsh::model::mesh::getElements(types, elements, nodes, dimension, entity);
          const std::vector<int> tag = tags_of(dimension, entity, tags, switched);
          std::unordered_set<std::size_t> seen; // files that hold data may hold the mesh once more for each
          for (std::size_t t = 0; t < types.size(); ++t)
            {
              const unsigned corners = corners_of(types[t], file);
              const std::size_t width = elements[t].empty() ? 0 : nodes[t].size() / elements[t].size();
              for (std::size_t e = 0; corners && e < elements[t].size(); ++e)
                {
                  if (!seen.insert(elements[t][e]).second)
                    continue;
                  std::array<unsigned, 4> corner{};
                  for (unsigned i = 0; i < corners; ++i)
                    corner[i] = number.node.at(nodes[t][e * width + i]);
                  if (corners == 4)
                    {
                      number.cell[elements[t][e]] = static_cast<unsigned>(mesh.cells.size());
                      mesh.cells.push_back(corner);
                      mesh.cell_tag.push_back(tag_of_cells(tag, entity, file));
                    }
                  else
                    for (const int group : tag)
                      mesh.facets.push_back({{corner[0], corner[1], corner[2]}, group});
                }
            }
        }
    }

    /// Mean of cells' directions at their nodes; opposite ones count as the same.
    std::vector<Point3> directions_at_nodes(const Mesh &mesh, const std::vector<Point3> &by_cell)
    {
      std::vector<Point3> nodal(mesh.points.size(), Point3{0, 0, 0});
      for (std::size_t c = 0; c < mesh.cells.size(); ++c)
        for (const unsigned n : mesh.cells[c])
          nodal[n] = nodal[n] + (dot(nodal[n], by_cell[c]) < 0 ? -1.0 : 1.0) * by_cell[c];
      for (Point3 &direction : nodal)
        direction = unit(direction);
      return nodal;
    }

    void read_data(const Numbering &number, MeshFileContent &content)
    {
      std::vector<int> views;
      gmsh::view::getTags(views);
      for (const int view : views)
        {
          std::string name, kind;
          gmsh::option::getString("View[" + std::to_string(gmsh::view::getIndex(view)) + "].Name", name);
          std::vector<std::size_t> tags;
          std::vector<std::vector<double>> data;
          double time = 0;
          int components = 0;
          gmsh::view::getModelData(view, 0, kind, tags, data, time, components);
          const auto vector_at = [&](std::size_t i, std::size_t node = 0) {
            return Point3{data[i][3 * node], data[i][3 * node + 1], data[i][3 * node + 2]};
          };
          if (kind == "NodeData" && components == 3)
            {
              auto &field = content.mesh.vectors[name];
              field.assign(content.mesh.points.size(), Point3{0, 0, 0});
              for (std::size_t i = 0; i < tags.size(); ++i)
                field[number.node.at(tags[i])] = vector_at(i);
            }
          else if (kind == "NodeData" && components == 1)
            {
              auto &field = content.scalars[name];
              field.assign(content.mesh.points.size(), 0.0);
              for (std::size_t i = 0; i < tags.size(); ++i)
                field[number.node.at(tags[i])] = data[i][0];
            }
          else if ((kind == "ElementData" || kind == "ElementNodeData") && components == 3)
            {
              std::vector<Point3> by_cell(content.mesh.cells.size(), Point3{0, 0, 0});
              for (std::size_t i = 0; i < tags.size(); ++i)
                if (const auto cell = number.cell.find(tags[i]); cell != number.cell.end())
                  for (std::size_t node = 0; 3 * node + 2 < data[i].size(); ++node)
                    {
                      const Point3 more = vector_at(i, node);
                      Point3 &mean = by_cell[cell->second];
                      mean = mean + (dot(mean, more) < 0 ? -1.0 : 1.0) * more;
                    }
              for (Point3 &direction : by_cell)
                direction = unit(direction);
              content.mesh.vectors[name] = directions_at_nodes(content.mesh, by_cell);
            }
        }
    }
  }

  MeshFileContent read_msh(const std::string &file, MshTags tags)
  {
    const bool switched = checked_version(file) < 4 && tags == MshTags::physical;
    const GmshSession session;
    open(file, switched);
    MeshFileContent content;
    Numbering number;
    read_nodes(file, content.mesh, number);
    read_elements(file, tags, switched, content.mesh, number);
    if (content.mesh.cells.empty())
      bad_file(file, "it has no tetrahedra", "give a volume mesh, not a surface; Gmsh saves volumes only if they are in a physical group");
    const auto &cell_tags = content.mesh.cell_tag;
    if (tags == MshTags::physical && std::all_of(cell_tags.begin(), cell_tags.end(), [](int tag) { return tag == 0; }))
      throw UserError({"no tetrahedron is in a physical group", file, "so there are no tags to tell regions apart by",
                       "mesh.tag_kind = entity", "name physical groups in Gmsh, or use the numbers of the volumes"});
    read_data(number, content);
    return content;
  }
}
