#!/bin/sh
# Install the programs that tests start, where that is allowed; elsewhere say what is missing.
# Tests that miss a program are skipped by name, but with CI=true they fail.
set -eu

has_postgis() {
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        [ -e "$control" ] && return
    done
    return 1
}

missing=""
command -v chromium >/dev/null || missing="$missing chromium fonts-liberation"
[ -n "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || missing="$missing postgresql"
has_postgis || missing="$missing postgresql-postgis"
command -v ogrinfo >/dev/null || missing="$missing gdal-bin"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 - a list of packages
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi
echo "Some tests are skipped, for these are missing:$missing"
echo "On Debian and Ubuntu: sudo apt-get install --no-install-recommends$missing"
