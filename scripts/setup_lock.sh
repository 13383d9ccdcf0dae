#!/bin/sh
# Rebuild the locks: what runs geotrack (with PostgreSQL, a login, Excel, Word and a server), and with it what tests and builds its data.
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
users="--extra postgres --extra login --extra office --extra serve"
# shellcheck disable=SC2086 # several words
compile $users --group build --output-file requirements.lock "$@"
# shellcheck disable=SC2086
compile $users --extra cluster --group build --group test --group docs --group data \
    --constraint requirements.lock --output-file requirements-dev.lock "$@"
