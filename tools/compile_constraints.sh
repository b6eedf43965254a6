#!/bin/sh
# Writes constraints.txt (what the program and the demo need) and constraints-dev.txt (that and the developers' tools),
# with the hashes of every published file of each release, so that they hold on any platform.
# This machine's own pip settings are left out: a local folder of wheels must not decide what others install.
# Set PIP_CONFIG_FILE to keep them, where they are the only way to an index.
set -eu
cd "$(dirname "$0")/.."
venv=.venv-constraints
[ -x $venv/bin/pip-compile ] || { "${PYTHON:-python3}" -m venv $venv && $venv/bin/pip install --quiet pip-tools; }

PIP_CONFIG_FILE=${PIP_CONFIG_FILE:-/dev/null}
CUSTOM_COMPILE_COMMAND="make constraints"
export PIP_CONFIG_FILE CUSTOM_COMPILE_COMMAND
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL PIP_CONSTRAINT

compile() {
  output=$1
  shift
  $venv/bin/pip-compile --quiet --generate-hashes --strip-extras --no-annotate --allow-unsafe \
    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
    --output-file "$output" "$@" pyproject.toml
}
compile constraints.txt --extra demo
compile constraints-dev.txt --extra demo --extra dev --constraint constraints.txt
