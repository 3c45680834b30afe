#!/usr/bin/env bash
# Installs what is missing, configures the preset release and builds the given targets. Quiet unless something fails.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$here"

fail() {
  printf 'Vivicor: %s\n' "$1" >&2
  exit 2
}

# First what would make CMake fail with a page about something else, or with the log of an earlier build.
folder=build/release
log=$folder/build.log
if [[ -f $folder/CMakeCache.txt ]]; then
  tree=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$folder/CMakeCache.txt")
  [[ $tree -ef $here ]] || fail "the build in $here/$folder belongs to another tree ($tree); delete that folder: rm -r '$here/$folder'"
fi
{ mkdir -p "$folder" && : >"$log"; } 2>/dev/null || fail "cannot write to $here/$folder; is it another user's, or the disk full?"

"$here/scripts/install.sh"

if ! cmake --preset release >"$log" 2>&1; then
  cat "$log" >&2
  fail "CMake could not configure the build in $folder; its messages stand above and in $log."
fi

# On a terminal every line; elsewhere one step in 25, at once, so that a log shows that it goes on.
shown() {
  local line steps=0
  if [[ -t 1 ]]; then
    cat
  else
    while IFS= read -r line || [[ -n $line ]]; do
      [[ $line =~ ^\[[0-9]+/[0-9]+\] ]] && ((steps++ % 25)) || printf '%s\n' "$line"
    done
  fi
}

# Optimised template code takes up to 1.5 GB per compiler: no more compilers than memory allows.
cores=$(env -u OMP_NUM_THREADS nproc) # nproc would take that variable for the number of cores
memory_GB=$(awk '/MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
jobs=$((memory_GB * 2 / 3 < cores ? memory_GB * 2 / 3 : cores))
if ! cmake --build --preset release --parallel "$((jobs > 0 ? jobs : 1))" --target "$@" 2>&1 | tee "$log" | shown; then
  fail "the build failed; the compiler's messages stand above and in $log."
fi
