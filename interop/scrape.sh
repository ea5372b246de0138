#!/bin/sh
# Serves a recorded Hermes home and lets promtool judge the scrape page.
#
# usage: scrape.sh FAIRLEAD [HERMES_HOME]
#
# FAIRLEAD is the launcher to run; the home defaults to the recordings of the demo and is copied, not
# touched. Both forms of the page are fetched; promtool reads the text form.
# Exit: 0 promtool can read the page and misses no help text (its remarks on names are shown), 1 not,
# 2 bad usage. Needs curl and promtool.
set -u

usage() {
  sed -n '4s/^# //p' "$0" >&2
  exit 2
}

[ $# -ge 1 ] && [ $# -le 2 ] || usage
fairlead=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
home=${2:-$here/../cli/src/main/dist/demo/hermes}
for tool in curl promtool "$fairlead"; do
  command -v "$tool" >/dev/null || { echo "scrape.sh: $tool is missing" >&2; exit 2; }
done
[ -r "$home/state.db" ] || { echo "scrape.sh: $home is no home of Hermes" >&2; exit 2; }

work=$(mktemp -d)
running=
clean_up() {
  [ -z "$running" ] || { kill "$running"; wait "$running"; } 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

fail() {
  echo "scrape.sh: $1" >&2
  sed 's/^/  /' "$work/log" >&2
  exit 1
}

cp -R "$home" "$work/hermes"
cat >"$work/plugins.toml" <<TOML
version = 1
data_dir = "$work/data"
[[components]]
kind = "hermes"
[components.config]
home = "$work/hermes"
zone = "UTC"
backfill = "all"
[[components]]
kind = "observability"
[components.config]
version = 4
[components.config.prometheus]
enabled = true
port = "auto"
TOML

"$fairlead" run --config "$work/plugins.toml" >"$work/log" 2>&1 &
running=$!

# Until the page tells of calls, a minute at most.
tries=0
until url=$(sed -n 's/.*\(http:\/\/[^ ]*\/metrics\).*/\1/p' "$work/log" | head -n 1) && [ -n "$url" ] &&
  curl -fsS "$url" >"$work/page" 2>/dev/null && grep -q '^fairlead_tokens_total{' "$work/page"; do
  tries=$((tries + 1))
  [ "$tries" -le 60 ] || fail "no tokens were served within a minute"
  kill -0 "$running" 2>/dev/null || fail "fairlead has ended"
  sleep 1
done

curl -fsS -H 'Accept: application/openmetrics-text; version=1.0.0' "$url" | tail -n 1 |
  grep -qx '# EOF' || fail "the OpenMetrics form has no end"

promtool check metrics <"$work/page" >"$work/remarks" 2>&1
code=$?
sed 's/^/promtool: /' "$work/remarks"
[ "$code" -ne 1 ] || fail "promtool cannot read the page"
! grep -q 'no help text' "$work/remarks" || fail "help text is missing"
echo "$(grep -c '^# TYPE' "$work/page") metrics, $(grep -vc '^#' "$work/page") series: fine"
