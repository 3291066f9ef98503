#!/bin/sh
# What the Linux build needs of the system, installed where it is missing; asks for sudo only then.
set -eu
wanted=''
need() { command -v "$1" >/dev/null || wanted="$wanted $2"; }
need dpkg-deb dpkg
need dpkg-shlibdeps dpkg-dev
need strip binutils
need gzip gzip
# The libraries that Qt's plug-ins are linked to: dpkg-shlibdeps reads from them which packages
# the .deb depends on.
for library in libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1 \
    libxcb-render-util.so.0 libxcb-xinerama.so.0 libxkbcommon-x11.so.0 libEGL.so.1; do
    ldconfig -p | grep -q "$library" || wanted="$wanted libxcb-cursor0 libxcb-icccm4 libxcb-image0
        libxcb-keysyms1 libxcb-render-util0 libxcb-xinerama0 libxkbcommon-x11-0 libegl1 libgl1"
done
"${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"
[ -n "$wanted" ] || exit 0
command -v apt-get >/dev/null || { echo "please install:" $wanted >&2; exit 1; }
echo "── installing from the system's packages:" $wanted
root=''
[ "$(id -u)" = 0 ] || root=sudo
$root apt-get update -qq
# shellcheck disable=SC2086 - several words
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
