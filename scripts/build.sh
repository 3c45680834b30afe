#!/usr/bin/env bash
# Installs what is missing, configures the preset release and builds the given targets. Quiet unless something fails.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"
"$here/scripts/install.sh"

log=build/release/build.log
mkdir -p build/release
if ! cmake --preset release >"$log" 2>&1; then
  cat "$log" >&2
  echo "Vivicor: CMake could not configure the build in build/release; delete that folder if it stems from another tree." >&2
  exit 2
fi

# Optimised template code takes up to 1.5 GB per compiler: no more compilers than memory allows.
cores=$(env -u OMP_NUM_THREADS nproc) # nproc would take that variable for the number of cores
memory_GB=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
jobs=$((memory_GB * 2 / 3 < cores ? memory_GB * 2 / 3 : cores))
if ! cmake --build --preset release --parallel "$((jobs > 0 ? jobs : 1))" --target "$@" 2>&1 |
  { if [[ -t 1 ]]; then tee "$log"; else tee "$log" | awk '/^\[[0-9]+\/[0-9]+\]/ {if (++n % 25 == 1) print; next} {print}'; fi; }; then
  echo "Vivicor: the build failed; the compiler's messages stand above and in $log." >&2
  exit 2
fi
