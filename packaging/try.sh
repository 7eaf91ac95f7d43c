#!/usr/bin/env bash
# Tries a built program in a clean folder, with no Python beside it: partner, ask, view, import, docs, serve.
#   packaging/try.sh PROGRAM
set -euo pipefail
hwbs=$(realpath "$1")
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
run() { env -i PATH=/nowhere HOME="$work" "$hwbs" "$@"; }

run partner Housing | grep -q "16 actions"
echo "partner"
run ask "which actions involve Housing?" | grep -q "Housing"
echo "ask"
run view -o view.html
[ -s view.html ]
echo "view"
run docs --examples tryout
cd tryout
run import harrowmere-plan.docx --board harrowmere
run import tracker.xlsx --board tracker
echo "import"
# Not by `run`, which would be a shell of its own and be ended instead of the server.
env -i PATH=/nowhere HOME="$work" "$hwbs" serve --port 8765 --quiet &
for _ in $(seq 100); do
  sleep 0.5
  if curl -fs --data-urlencode 'query=ASK { ?s ?p ?o }' -H 'Accept: text/csv' http://127.0.0.1:8765/sparql; then
    echo "serve"
    exit 0
  fi
done
echo "serve does not answer"
exit 1
