#!/bin/sh
# Fill a folder with geotrack's wheel and those of all that it needs, for this kind of machine.
# Usage: setup_bundle.sh VENV FOLDER
set -eu
venv=$1
folder=$2
pip="$venv/bin/python -m pip --disable-pip-version-check"
rm -rf "$folder"
mkdir "$folder"
$pip wheel -qq --no-deps --no-build-isolation --wheel-dir "$folder" .
$pip wheel -qq --require-hashes --no-deps --wheel-dir "$folder" -r requirements.lock
cp -R seeds LICENSE "$folder"
version=$("$venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
cat >"$folder/README.txt" <<README
geotrack with everything that it needs, for Python $version on $(uname -sm).

In this folder, without a network:

    python$version -m venv geotrack
    geotrack/bin/pip install --no-index --find-links . "geotrack[postgres,login]"
    geotrack/bin/geotrack ingest seeds
    geotrack/bin/geotrack app

On Windows the programs are in geotrack\\Scripts instead of geotrack/bin. A bundle serves the system and
the Python that it was made with; make one on each kind of machine that you install on.
README
echo "$folder: $(find "$folder" -name '*.whl' | wc -l) wheels, $(du -sh "$folder" | cut -f1)"
