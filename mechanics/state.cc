// The committed state: saved and loaded, and as fields by node of the anatomy.
#include "core/mpi.h"
#include "mechanics/implementation.h"

#include <algorithm>

namespace vivicor
{
  std::vector<double> Mechanics::Impl::replicate(const std::vector<double> &values, unsigned component) const
  {
    std::vector<double> all(n_nodes, 0.0);
    for (std::size_t node = 0; node < n_nodes; ++node)
      if (const long long block = space.number[node]; block >= 0 && matrix.layout().owns(block))
        all[node] = values[4 * matrix.layout().local_of(block) + component];
    sum(all, comm);
    return all;
  }

  void Mechanics::Impl::archive_blocks(Archive &archive, const std::string &name, std::vector<double> &values)
  {
    const Layout &layout = matrix.layout();
    EntityIds nodes(layout.owned());
    for (std::size_t node = 0; node < n_nodes; ++node)
      if (const long long block = space.number[node]; block >= 0 && layout.owns(block))
        nodes[layout.local_of(block)] = static_cast<std::int64_t>(node);
    std::vector<double> owned(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(4 * layout.owned()));
    archive.by_entity("nodes of the wall", name, nodes, 4, owned);
    std::copy(owned.begin(), owned.end(), values.begin());
    layout.update(values.data(), 4);
  }

  std::vector<double> Mechanics::volume() const
  {
    std::vector<double> volumes = impl->cavities.volumes(impl->u.data());
    sum(volumes, impl->comm);
    return volumes;
  }

  std::vector<double> Mechanics::pressure() const
  {
    return impl->pressure;
  }

  std::vector<Point3> Mechanics::displacement() const
  {
    std::vector<Point3> result(impl->n_nodes);
    for (unsigned i = 0; i < 3; ++i)
      {
        const std::vector<double> values = impl->replicate(impl->u, i);
        for (std::size_t node = 0; node < result.size(); ++node)
          result[node][i] = values[node];
      }
    return result;
  }

  Mechanics::NodalFields Mechanics::nodal_fields() const
  {
    NodalFields fields;
    std::vector<double> volume(impl->n_nodes, 0.0);
    fields.fibre_stretch = fields.active_tension = volume;
    impl->wall.add_to_nodes(volume, fields.fibre_stretch, fields.active_tension);
    for (auto *const values : {&volume, &fields.fibre_stretch, &fields.active_tension})
      sum(*values, impl->comm);
    for (std::size_t node = 0; node < volume.size(); ++node)
      if (volume[node] > 0)
        {
          fields.fibre_stretch[node] /= volume[node];
          fields.active_tension[node] /= volume[node];
        }
    fields.pressure = impl->replicate(impl->u, 3);
    for (double &value : fields.pressure) // the multiplier is positive in tension
      value = -value;
    return fields;
  }

  Mechanics::Size Mechanics::size() const
  {
    return {impl->n_cells, 4 * impl->space.blocks};
  }

  void Mechanics::archive(Archive &archive)
  {
    Impl &m = *impl;
    const std::string part = "mechanics/";
    archive_number(archive, part + "dt_old", m.dt_old);
    archive.numbers(part + "pressure", m.pressure);
    archive.numbers(part + "pressure_old", m.pressure_old);
    m.archive_blocks(archive, part + "unknowns", m.u);
    m.archive_blocks(archive, part + "unknowns_old", m.u_old);
    if (m.inertia)
      for (const auto &[name, values] : m.inertia->states())
        m.archive_blocks(archive, part + name, *values);
    m.wall.archive(archive);
    if (archive.loading())
      m.wall.restore(m.u.data());
    m.linear.archive(archive, m.matrix);
  }
}
