// Nodes that do not move, exactly.
#pragma once

#include "core/linear/block_matrix.h"
#include "mechanics/wall/space.h"
#include "meshes/anatomy.h"

#include <vector>

namespace vivicor
{
  /// Takes the displacements of some nodes out of the equations: their residuals become 0, their rows and columns those of a
  /// diagonal matrix. From a displacement of 0, they stay there.
  class Clamp
  {
  public:
    /// @param matrix of all assembled blocks; keeps what it needs
    Clamp(const Surface &surface, const Space &space, const BlockMatrix &matrix);

    /// Of the local blocks: a residual, or the gradient of a cavity's volume.
    void free(double *residual) const;
    /// After compress(). The diagonal keeps its values, so that the matrix stays as well conditioned as it was.
    void free(BlockMatrix &matrix) const;

  private:
    std::vector<char> held; ///< by local block
  };
}
