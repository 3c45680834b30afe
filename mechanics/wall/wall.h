// The tissue of this rank: stress, active tension and their derivatives, cell by cell.
#pragma once

#include "core/checkpoint/archive.h"
#include "core/linear/block_matrix.h"
#include "mechanics/wall/regions.h"
#include "mechanics/wall/space.h"
#include "meshes/fibres/fibres.h"

#include <array>
#include <vector>

namespace vivicor
{
  struct WallSettings
  {
    double bulk_modulus = 1000;        ///< kPa
    double stabilisation = 1;          ///< tau of the pressure projection
    double stabilisation_modulus = 10; ///< mu of the pressure projection, kPa; 0: the passive law's own shear modulus
    double volume_barrier = 3;         ///< kPa: cell-wise energy barrier/4 (J^2 - 1 - 2 ln J): no cell collapses
    double viscosity = 100;            ///< kPa ms
    bool tension_per_stretch = true;   ///< second Piola-Kirchhoff stress T/lambda f0 x f0 instead of T f0 x f0
  };

  class Wall
  {
  public:
    Wall(const Anatomy &anatomy, const Fibres &fibres, const Space &space, const BlockMatrix &matrix, std::vector<RegionLaw> laws,
         const WallSettings &settings);

    /// Calcium (uM) by node of the anatomy, for the next assemblies.
    void set_calcium(const std::vector<double> &nodal);

    /// Without the laws of active tension, until set back.
    void set_passive(bool only) { passive = only; }

    struct Result
    {
      double min_J = 1;        ///< smallest det F of this rank's cells
      double force_scale2 = 0; ///< mN^2: sum of squares of the nodal forces of single cells
    };
    /// How the wall moves at x, where that is more than x less the committed state over the step.
    struct Motion
    {
      const double *velocity; ///< mm/ms, of the local blocks
      double time;            ///< ms: a displacement from here changes the velocity by itself over this
    };
    /// Adds the residual, and the tangent if `matrix` is given. Sets the trial state, which belongs to this x.
    /// @param x unknowns (mm, kPa) of the local blocks, ghosts up to date; @param dt ms; 0: static, nothing viscous or active
    /// @param motion for the viscous stress; null: strains' differences to the committed state over dt
    Result assemble(const double *x, double dt, double *residual, BlockMatrix *matrix, const Motion *motion = nullptr);
    /// The trial state of the last assembly becomes the old one.
    void commit();

    /// Committed tensions and their states, by cell of the anatomy.
    void archive(Archive &archive);
    /// Makes strains and stretches of the committed state those of x.
    void restore(const double *x);

    /// Sum of the squares of this rank's cell volumes, mm^6.
    double volume2() const;

    /// Volume-weighted sums over the cells at each node of the anatomy: volume, stretch, tension.
    void add_to_nodes(std::vector<double> &volume, std::vector<double> &stretch, std::vector<double> &tension) const;

  private:
    struct Batch
    {
      unsigned region;
      std::size_t cells, stride; ///< stride: cells rounded up; the last cell is repeated
      std::size_t at;            ///< first place in arrays with one component
      std::size_t state_at, states;
    };
    /// `width` values of the cells of some batches: component c of cell i of a batch at [from(batch) + c * stride + i].
    template <class From>
    void archive_cells(Archive &archive, const std::string &set, const std::string &name, const std::vector<const Batch *> &chosen,
                       unsigned width, std::vector<double> &values, const From &from) const;
    void gather(const Batch &batch, const double *x);
    void add_active(const Batch &batch, double dt);
    void add_viscous(const Batch &batch, double dt, const Motion *motion);
    void add_viscous_stress(const Batch &batch, const double *velocity);
    void scatter_residual(const Batch &batch, double *residual, Result &result) const;
    void scatter_tangent(const Batch &batch, std::size_t first, BlockMatrix &matrix) const;
    double *gradient_of(const Batch &batch) { return gradient.data() + 12 * batch.at; }

    WallSettings settings;
    std::vector<RegionLaw> laws;
    std::vector<Batch> batches;
    std::vector<Point3> reference;                      ///< by local block, mm
    std::vector<unsigned> anatomy_cells;                ///< by padded cell
    std::vector<std::array<unsigned, 4>> anatomy_nodes; ///< by padded cell
    std::vector<std::array<unsigned, 4>> nodes;         ///< local blocks
    std::vector<std::array<unsigned, 10>> positions;    ///< blocks of the matrix for node pairs a <= b
    std::vector<std::array<unsigned, 10>> transposed;   ///< and b <= a
    std::vector<double> gradient, volume, calcium;      ///< constants of the cells, and uM
    std::vector<double> strain_old, strain, stretch_old, stretch, tension_old, tension, state_old, state;
    struct Workspace
    {
      std::vector<double> x, p, F, J, S, D, r, K, stiffness;
    } work;
    bool active_trial = false, passive = false;
  };
}
