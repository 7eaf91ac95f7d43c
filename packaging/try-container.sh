#!/usr/bin/env bash
# Runs the steps of the Containerfile in a clean folder, with no engine for containers, and tries what they make:
# with one folder that can be written to, and where this user is root, as the user of the Containerfile, or as root
# without its rights where that user cannot reach the Python of this machine.
#   packaging/try-container.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
file=$here/packaging/Containerfile
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir -p "$work/source" "$work/opt" "$work/tmp"
chmod 755 "$work" "$work/opt"
chmod 777 "$work/tmp"
port=8766

# The words of a list such as ["serve", "--port"], one a line, in the folders of this trial.
words() {
  sed -n "s/^$1//p" "$file" | grep -o '\[.*\]' | python3 -c 'import json, sys
for word in json.load(sys.stdin):
    print(word.replace("/opt/", sys.argv[1] + "/opt/").replace("8000", sys.argv[2]))' "$work" "$port"
}

EXTRAS=$(sed -n 's/^ARG EXTRAS=//p' "$file")
export EXTRAS
sed -n 's/^COPY \([^-].*\) [^ ]*$/\1/p' "$file" | while read -r names; do
  for name in $names; do cp -r "$here/$name" "$work/source/"; done
done
sed -n 's/^RUN //p' "$file" | sed "s#/opt/#$work/opt/#g" | while read -r step; do
  echo "RUN $step"
  (cd "$work/source" && bash -euc "$step" </dev/null)
done
rm -rf "$work/source"
chmod -R a-w,a+rX "$work/opt"

alone=()
if [ "$(id -u)" = 0 ]; then
  user=$(sed -n 's/^USER \(.*\):.*/\1/p' "$file")
  alone=(setpriv --reuid "$user" --regid "$user" --clear-groups)
  if ! "${alone[@]}" env "$work/opt/hwbs/bin/python" -c 1 2>/dev/null; then
    echo "User $user cannot reach this Python; root tries it without its rights"
    alone=(setpriv --bounding-set=-all --inh-caps=-all --no-new-privs)
  fi
fi
run() { exec "${alone[@]}" env -C "$work/tmp" -i PATH=/usr/bin:/bin HOME="$work/tmp" TMPDIR="$work/tmp" PYTHONDONTWRITEBYTECODE=1 "$@"; }

mapfile -t serve < <(words ENTRYPOINT; words 'CMD ')
mapfile -t check < <(words HEALTHCHECK)
if (run touch "$work/opt/hwbs/written") 2>/dev/null; then
  echo "The program can write to its own folder"
  exit 1
fi
if (run "${check[@]}") 2>/dev/null; then
  echo "The health check passes without a server"
  exit 1
fi
run "${serve[@]}" &
server=$!
for _ in $(seq 60); do
  sleep 1
  if (run "${check[@]}") 2>/dev/null; then
    kill -TERM $server
    wait $server && ended=0 || ended=$?
    echo "The server answered, and ended with $ended when told to stop"
    [ "$ended" = 143 ]  # by SIGTERM, after its last answers
    exit
  fi
done
echo "The server does not answer its health check"
exit 1
