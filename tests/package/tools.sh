#!/bin/sh
# What the tests of the packages need of the system; asks for sudo only where something is missing.
set -eu
wanted=''
need() { command -v "$1" >/dev/null || wanted="$wanted $2"; }
need Xvfb xvfb
need debootstrap debootstrap
need lintian lintian
need desktop-file-validate desktop-file-utils
need makensis nsis
need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
[ -n "$wanted" ] || exit 0
command -v apt-get >/dev/null || exit 0 # they skip with a reason
echo "── installing from the system's packages:$wanted"
root=''
[ "$(id -u)" = 0 ] || root=sudo
$root apt-get update -qq
# shellcheck disable=SC2086 - several words
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
