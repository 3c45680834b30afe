#include "tests/performance/bench.h"

#include <benchmark/benchmark.h>

int main(int argc, char **argv)
{
  vivicor::bench::add_membranes();
  vivicor::bench::add_assembly();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
