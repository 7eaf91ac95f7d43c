#!/usr/bin/env bash
# Builds one folder with hwbs and its Python, and tries it; no part of `.ci/run`, as it takes minutes.
#   packaging/build.sh [FOLDER]        the folder is build/one-folder where none is given
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=$(mkdir -p "${1:-build/one-folder}" && cd "${1:-build/one-folder}" && pwd)
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT

python3 -m venv "$work/environment"
"$work/environment/bin/python" -m pip install -q -c constraints.txt '.[import]'
"$work/environment/bin/python" -m pip install -q pyinstaller
"$work/environment/bin/pyinstaller" --noconfirm --log-level WARN --distpath "$target" --workpath "$work/work" packaging/hwbs.spec
bash packaging/try.sh "$target/hwbs/hwbs"
echo "Built and tried: $target/hwbs"
