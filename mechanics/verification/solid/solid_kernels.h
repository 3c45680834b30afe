// The hot sums of the general solid solver, compiled for several instruction sets.
#pragma once

namespace vivicor::kernels
{
  /// K += G^T A G at one point for the stiffness of a cell. @param g gradients of n shapes, [3 a + B]; @param A dP_iA/dF_jB times the
  /// volume at [9 (3 i + A) + 3 j + B]; @param work 27 n numbers; @param K row by row, 3 n wide, unknown i of shape a at 3 a + i
  void add_stiffness(unsigned n, const double *g, const double *A, double *work, double *K);

  /// F = sum_a x_a g_a, row by row. @param x [3 a + i]; @param g [3 a + B]
  void add_gradient(unsigned n, const double *x, const double *g, double *F);
}
