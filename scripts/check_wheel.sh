#!/bin/sh
# Build the wheel, install it in a fresh environment, and use it in an empty folder.
# Usage: check_wheel.sh VENV
set -eu
venv=$(pwd)/$1
lock=$(pwd)/requirements.lock
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$venv/bin/python" -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir "$work" .
"$venv/bin/python" -m venv "$work/fresh"
"$work/fresh/bin/python" -m pip install -qq --require-hashes -r "$lock"
"$work/fresh/bin/python" -m pip install -qq --no-deps "$work"/geotrack-*.whl
mkdir "$work/empty"
cd "$work/empty"
export GEOTRACK_HOME="$work/home"
geotrack="$work/fresh/bin/geotrack"
seeds=$("$work/fresh/bin/python" -c 'from geotrack.config import seeds_folder; print(seeds_folder())')
"$geotrack" places find "Агдам"
"$geotrack" boundaries list
"$geotrack" ingest "$seeds"
"$geotrack" documents list
"$geotrack" extract --format jsonl "$seeds" | wc -l
"$geotrack" map --measure area_cleared --country AZ --out map.html
"$geotrack" export --format csv --out exports
echo "The wheel works outside the checkout."
