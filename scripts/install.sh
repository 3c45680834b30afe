#!/usr/bin/env bash
# Installs the packages of packages.txt, or of the list given, that are missing. Says nothing when none is.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list=${1:-$here/packages.txt}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  cat >&2 <<TEXT
Vivicor: this system has no apt-get, so its libraries cannot be installed by themselves.
  why:  packages.txt names packages of Debian 12 (and of systems made from it)
  mend: install the equivalents by hand and build with: cmake --preset release && cmake --build --preset release
        or run inside a Debian 12 container.
TEXT
  exit 2
fi

mapfile -t wanted < <(sed 's/#.*//' "$list" | tr -s '[:space:]' '\n' | sed '/^$/d')

missing=()
for package in "${wanted[@]}"; do
  status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  # A package of two architectures answers twice, hence the match at the start only.
  [[ $status == installed* ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
  if ! command -v sudo >/dev/null; then
    echo "Vivicor: these packages are missing and installing them takes root or sudo:" >&2
    echo "  apt-get install ${missing[*]}" >&2
    exit 2
  fi
  as_root=(sudo)
fi

echo "Vivicor: installing what is missing: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1; }
install() { apt install --yes --no-install-recommends "${missing[@]}"; }

# Lists that are absent or out of date make the first try fail; fresh ones mend that. One more try for a shaky network.
if ! install; then
  echo "Vivicor: refreshing the package lists and trying again"
  apt update || { sleep 5; apt update; } || true
  if ! install; then
    tail -n 20 "$log" >&2
    echo "Vivicor: apt-get could not install the packages above; its last lines say why." >&2
    exit 2
  fi
fi
echo "Vivicor: packages installed"
