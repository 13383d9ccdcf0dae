#!/bin/sh
# Make the environment from a lock and put the checkout's geotrack in it.
# Usage: setup_venv.sh VENV LOCK    (PYTHON names the Python to use)
set -eu
venv=$1
lock=$2

fail() {
    echo "geotrack: $*" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for python in ${PYTHON:-python3 python3.13 python3.12 python3.11 python}; do
        if is_new_enough "$python"; then
            echo "$python"
            return
        fi
    done
    python=${PYTHON:-python3}
    if command -v "$python" >/dev/null; then found=$("$python" --version 2>&1); else found=missing; fi
    fail "Python 3.11 or newer is needed; '$python' is $found. Install one, or name it: make install PYTHON=/path/to/python3.11"
}

checkout=$(pwd)
if [ "$(cat "$venv/checkout" 2>/dev/null || echo "$checkout")" != "$checkout" ] ||
    ! is_new_enough "$venv/bin/python"; then
    python=$(find_python)
    echo "Making $venv with $("$python" --version)"
    rm -rf "$venv"
    if ! "$python" -m venv "$venv"; then
        rm -rf "$venv"
        fail "'$python -m venv' does not work. On Debian and Ubuntu: apt-get install python3-venv"
    fi
fi
echo "Installing from $lock"
# The packages first, each checked against its hash; then ours, which asks for nothing more.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$checkout" >"$venv/checkout"
