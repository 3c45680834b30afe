#!/usr/bin/env bash
# Fails where a C++ file differs from what .clang-format makes of it, and names the place. To mend: clang-format -i FILE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
find apps circulation core coupling electrophysiology mechanics meshes report tests -name '*.cc' -o -name '*.h' |
  sort | xargs clang-format --dry-run --Werror
