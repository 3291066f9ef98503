#!/bin/sh
# Writes dist/SHA256SUMS over what is in dist, with the bills of materials beside the packages.
set -eu
cd "$(dirname "$0")/.."
for system in linux windows; do
    from=build/notices
    [ "$system" = linux ] || from=build/$system/notices
    [ -d "$from" ] || continue
    cp "$from/station.cdx.json" "dist/station-$system.cdx.json"
    cp "$from/THIRD-PARTY.txt" "dist/THIRD-PARTY-$system.txt"
done
rm -f dist/station.cdx.json dist/THIRD-PARTY.txt
cd dist
rm -f SHA256SUMS
find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\0' | sort -z | xargs -0 sha256sum >SHA256SUMS
cat SHA256SUMS
