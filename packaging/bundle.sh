#!/bin/sh
# Builds wheel, sdist, the frozen program and its bill of materials from this checkout, for Linux.
#
#   build/tools     the environment of the build's own tools
#   build/runtime   the environment of what is shipped, and nothing else
#   build/station   the frozen program, one folder
#   build/notices   licence texts of others, and the bill of materials
#   dist            wheel and sdist
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
extras=${EXTRAS:-cpu,postgres,s3}
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' station/__init__.py)

say() { printf '── %s ──\n' "$1"; }

environment() { # NAME REQUIREMENT…
    place=build/$1
    shift
    [ -x "$place/bin/python" ] || "$python" -m venv --without-pip "$place"
    sh packaging/pip.sh --python "$place/bin/python" install "$@"
}

say "station $version: the tools of the build"
[ -x build/tools/bin/python ] || "$python" -m venv build/tools
environment tools -r packaging/requirements-tools.txt

say 'wheel and sdist'
rm -f dist/station-"$version"*.whl dist/station-"$version".tar.gz
build/tools/bin/python -m build --no-isolation --outdir dist . >build/build.log 2>&1 || {
    tail -20 build/build.log >&2
    exit 1
}

say 'what is shipped'
wheel=dist/station-$version-py3-none-any.whl
environment runtime --constraint packaging/constraints.txt "$wheel[$extras]"
environment runtime --no-deps --force-reinstall "$wheel"
build/tools/bin/python packaging/slim.py "$(echo build/runtime/lib/python3*/site-packages)"
build/runtime/bin/python -c 'import PySide6, cv2, onnxruntime, station'

say 'the frozen program'
# In the environment of what is shipped, with the tools behind it: none of theirs comes first.
build/runtime/bin/python packaging/freeze.py build/tools packaging/app.spec \
    --noconfirm --log-level ERROR --distpath build --workpath build/pyinstaller
find build/station -name 'libpython*.so*' -exec strip --strip-unneeded {} +
find build/station -name '*.so*' -type f -exec chmod 644 {} +

say 'licences and the bill of materials'
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
build/tools/bin/python packaging/notices.py linux "$(echo build/runtime/lib/python3*/site-packages)" \
    build/notices build/station
rm -rf build/station/_internal/station/_resources/notices
cp -r build/notices build/station/_internal/station/_resources/
