#!/bin/sh
# The demo line: in a window where there is a display, else 40 parts offscreen with a screenshot.
set -eu
bin=$1
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "── the demo line opens in a window: Space inspects a part, A accepts, R rejects ──"
    exec "$bin/station" run --demo --data demo-out/data
fi
echo "── no display: 40 demo parts offscreen, then a screenshot in demo-out/ ──"
QT_QPA_PLATFORM=offscreen exec "$bin/station" run --demo --data demo-out/data --parts 40 \
    --screenshot demo-out/inspect.png
