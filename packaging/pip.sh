#!/bin/sh
# pip of the build's own tools: says only what is wrong, and ends the build with it.
# Usage: pip.sh ARGUMENT…
said=$(mktemp)
trap 'rm -f "$said"' EXIT
code=0
PIP_DISABLE_PIP_VERSION_CHECK=1 build/tools/bin/python -m pip "$@" --quiet >"$said" 2>&1 || code=$?
grep -v '^WARNING: Location' "$said" >&2
exit $code
