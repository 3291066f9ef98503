#!/bin/sh
# Writes dist/SHA256SUMS over what is in dist, with the bill of materials beside it.
set -eu
cd "$(dirname "$0")/.."
[ ! -f build/notices/station.cdx.json ] || cp build/notices/station.cdx.json build/notices/THIRD-PARTY.txt dist/
cd dist
rm -f SHA256SUMS
find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS
cat SHA256SUMS
