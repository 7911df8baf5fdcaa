#!/bin/sh
# usage: make-store.sh BIN OUTPUT
# Makes the example store with the programs themselves: a daemon on a free port, loaded by the
# loader from the files beside this script.
set -eu
bin=$1
output=$2
here=$(dirname "$0")

work=$(mktemp -d)
daemon=
finish() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

ANNALS_TOKEN=$("$bin/annals" token create --db "$work/store" --scope write example)
export ANNALS_TOKEN
"$bin/annalsd" --db "$work/store" --listen 127.0.0.1:0 --title "Annals example store" \
  --stop-after 120 >"$work/said" 2>"$work/log" &
daemon=$!
tries=0
until ANNALS_URL=$(grep -o 'http://[^ ]*' "$work/said"); do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ] || ! kill -0 "$daemon" 2>/dev/null; then
    cat "$work/log" >&2
    exit 1
  fi
  sleep 0.1
done
export ANNALS_URL
"$bin/annals" load --message "the example store" "$here/south-caucasus-chronicle.annals.md" \
  "$here/rzazade-2022.source.json" "$here/official-texts.annals.ndjson"
kill "$daemon"
wait "$daemon" || true
daemon=
"$bin/annals" check --db "$work/store"
mkdir -p "$(dirname "$output")"
mv "$work/store" "$output"
