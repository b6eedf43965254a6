#!/bin/sh
# Prints the path of a Chromium for the browser tests: $CHROMIUM, else one that is on the machine, else, on Debian and
# its kin and as root, one that is installed now.
set -eu
if [ -n "${CHROMIUM:-}" ]; then
  [ -x "$CHROMIUM" ] || { echo "CHROMIUM names '$CHROMIUM', which cannot be run. Set it to the path of a Chromium or Chrome." >&2; exit 1; }
  echo "$CHROMIUM"
  exit 0
fi
find_one() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return 0
  done
  return 1
}
find_one && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >&2
  find_one && exit 0
fi
echo "No Chromium found. Install Chromium or Chrome, or set CHROMIUM to its path, and run the tests again." >&2
exit 1
