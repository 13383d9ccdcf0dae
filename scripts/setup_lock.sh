#!/bin/sh
# Rebuild the locks: what runs geotrack (with PostgreSQL and a login), and with it what tests and builds its data.
# Versions stay unless `--upgrade` is given. The tool that resolves is no dependency of ours.
# Usage: setup_lock.sh VENV [--upgrade]
set -eu
venv=$1
shift
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check "uv>=0.5"
compile() {
    "$venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate pyproject.toml "$@"
}
compile --extra postgres --extra login --group build --output-file requirements.lock "$@"
compile --extra postgres --extra login --extra cluster --group build --group test --group data --constraint requirements.lock \
    --output-file requirements-dev.lock "$@"
