#!/bin/sh
# Run make targets one after the other, all of them, and end with each one's outcome and time.
# Usage: run_stages.sh MAKE TARGET…
set -u
make=$1
shift
outcomes=""
failed=0
for stage in "$@"; do
    printf '\n== %s\n' "$stage"
    started=$(date +%s)
    if $make --no-print-directory "$stage"; then outcome=ok; else outcome=FAILED failed=1; fi
    outcomes="$outcomes$(printf '%-14s %-7s %4d s' "$stage" "$outcome" "$(($(date +%s) - started))")
"
done
printf '\n%s' "$outcomes"
exit "$failed"
