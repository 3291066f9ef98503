#!/bin/sh
# Makes the virtual environment, and installs the system libraries that Qt needs where they are
# missing. Asks for sudo only then. Usage: setup.sh VENV
set -eu
venv=$1
flavour=${FLAVOUR:-cpu}

say() { printf '── %s ──\n' "$1"; }

install() {
    say "installing from the system's packages: $*"
    if [ "$(id -u)" = 0 ]; then root=''; else root='sudo'; fi
    $root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

can_install() { command -v apt-get >/dev/null 2>&1; }

if [ -z "${PYTHON:-}" ] || ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Station needs Python 3.11 or newer. Install it (Debian, Ubuntu: sudo apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi
if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null && can_install; then
    install "python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
fi

say "making the virtual environment in $venv (a few minutes the first time)"
[ -x "$venv/bin/python" ] || "$PYTHON" -m venv "$venv"
# Exactly one ONNX Runtime: the flavours install the same module over each other.
case $flavour in
    cpu) runtime=onnxruntime ;; cuda) runtime=onnxruntime-gpu ;;
    directml) runtime=onnxruntime ;; openvino) runtime=onnxruntime-openvino ;;
    *) echo "FLAVOUR is cpu, directml, cuda or openvino, not $flavour" >&2; exit 1 ;;
esac
others=$("$venv/bin/python" -m pip list --format=freeze --disable-pip-version-check 2>/dev/null |
    sed -n 's/^\(onnxruntime[a-z-]*\)==.*/\1/p' | grep -vx "$runtime" || true)
[ -z "$others" ] || "$venv/bin/python" -m pip uninstall --quiet --yes $others $runtime
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade -e ".[$flavour,dev]" 2>&1 |
    grep -v '^WARNING: Location' || true
"$venv/bin/python" -c 'import PySide6, cv2, onnxruntime, station' || {
    echo "The packages could not be installed; the lines above say why." >&2
    exit 1
}

# What Qt's own libraries and plug-ins ask for, and this system does not have.
missing() {
    qt=$("$venv/bin/python" -c 'import PySide6, pathlib; print(pathlib.Path(PySide6.__file__).parent / "Qt")')
    for file in "$qt"/lib/libQt6Widgets.so.6 "$qt"/lib/libQt6Gui.so.6 "$qt"/lib/libQt6XcbQpa.so.6 \
        "$qt"/plugins/platforms/libqxcb.so "$qt"/plugins/platforms/libqoffscreen.so; do
        [ -e "$file" ] && ldd "$file" | sed -n 's/^[[:space:]]*\(.*\) => not found/\1/p'
    done | sort -u
}
gaps=$(missing)
if [ -n "$gaps" ] && can_install; then
    install libegl1 libgl1 libopengl0 libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 \
        libxkbcommon0 libxkbcommon-x11-0 libx11-xcb1 libxcb1 libxcb-cursor0 libxcb-icccm4 \
        libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-render0 \
        libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xinerama0 \
        libxcb-xkb1
    gaps=$(missing)
fi
if [ -n "$gaps" ]; then
    echo "Qt needs these system libraries; please install them: $gaps" >&2
    exit 1
fi
say "the environment is ready"
