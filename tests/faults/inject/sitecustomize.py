"""Breaks the real program from outside, on orders; the product itself knows nothing of it.

Python imports this module by itself when its folder is first on PYTHONPATH. STATION_INJECT names
a folder of orders; each is a file, and its text says what is to happen:

    camera      the simulated camera suffers from that: unplug, freeze, black, overexposed, blurred
    grab-hang   the camera's driver does not come back
    reuse       the camera writes over the picture that it gave before
    look        the model raises that text; `look-once`: for one part only
    look-hang   the model does not come back, once
    look-crash  the process dies in the model with that signal, once
    look-slow   the model takes so many seconds longer
    wall        the clock is set by so many seconds
    asleep      the computer has slept for so many seconds
    fsync       the disk takes so many seconds longer to make something durable
    leak        so many megabytes are lost, 50 times a second
    watches     the watch over memory is warm after so many looks
    slot        an exception in a slot of the window, once
    press       these keys are pressed in the window, one right after the other, once
    screen      the window comes to the screen of that number, once

The window writes what it shows into the file `shown`, as JSON.

An order with `once` is taken by the process that removes its file, and by no other.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

ORDERS = Path(os.environ["STATION_INJECT"]) if "STATION_INJECT" in os.environ else None
FOREVER = 3600.0


def standing(name: str) -> str:
    """The text of an order, or empty."""
    assert ORDERS is not None
    try:
        return (ORDERS / name).read_text("utf-8")
    except OSError:
        return ""


def once(name: str) -> str:
    """The same, and nobody else gets it."""
    assert ORDERS is not None
    text = standing(name)
    if text:
        try:
            (ORDERS / name).unlink()
        except OSError:
            return ""
    return text


def seconds(name: str) -> float:
    return float(standing(name) or 0)


# ── the clocks and the disk: at once, before anybody keeps the functions ────────────────────────


def patch_system() -> None:
    time_ns, wall, fsync = time.time_ns, time.time, os.fsync
    gettime_ns = time.clock_gettime_ns

    def slow_fsync(handle: Any) -> None:
        fsync(handle)
        time.sleep(seconds("fsync"))

    def slept_ns(clock: int) -> int:
        extra = int(seconds("asleep") * 1e9) if clock == time.CLOCK_BOOTTIME else 0
        return gettime_ns(clock) + extra

    time.time_ns = lambda: time_ns() + int(seconds("wall") * 1e9)
    time.time = lambda: wall() + seconds("wall")
    time.clock_gettime_ns = slept_ns
    os.fsync = slow_fsync  # type: ignore[assignment]


# ── the program's own modules: right after each is imported ─────────────────────────────────────


def patch_camera(module: Any) -> None:
    camera = module.SimulatedCamera
    grab, opened = camera.grab, camera.open

    def suffer(self: Any) -> None:
        self.fail(standing("camera") or None)
        if standing("grab-hang"):
            time.sleep(FOREVER)

    def bad_open(self: Any) -> None:
        suffer(self)
        opened(self)

    def bad_grab(self: Any, timeout: float) -> Any:
        suffer(self)
        frame = grab(self, timeout)
        return reuse(self, frame) if frame is not None and standing("reuse") else frame

    camera.open, camera.grab = bad_open, bad_grab


def reuse(camera: Any, frame: Any) -> Any:
    """One buffer for all frames, as the drivers of some makers have it."""
    from dataclasses import replace

    if not hasattr(camera, "one_buffer"):
        camera.one_buffer = frame.pixels.copy()
    camera.one_buffer[:] = frame.pixels
    return replace(frame, pixels=camera.one_buffer)


def patch_engine(module: Any) -> None:
    run = module._run

    def bad_run(session: Any, outputs: Any, image: Any, provider: str) -> Any:
        from station.inference.failures import failure

        if provider and sys._getframe(1).f_code.co_name == "look":
            time.sleep(seconds("look-slow"))
            if once("look-hang"):
                time.sleep(FOREVER)
            if signal := once("look-crash"):
                os.kill(os.getpid(), int(signal))
            if text := once("look-once") or standing("look"):
                raise failure(RuntimeError(text), provider)
        return run(session, outputs, image, provider)

    module._run = bad_run


def patch_watches(module: Any) -> None:
    """The days that a leak takes, made short; its size stays what it is."""
    import threading

    if looks := standing("watches"):
        module.WARM_LOOKS = int(looks)
        module.STEADY_LOOKS = 3
    lost: list[bytes] = []

    def leak() -> None:
        while True:
            time.sleep(0.02)
            if lot := seconds("leak"):
                lost.append(os.urandom(1024) * int(lot * 1024))

    threading.Thread(target=leak, daemon=True).start()


def patch_window(module: Any) -> None:
    refresh, init = module.MainWindow.refresh, module.MainWindow.__init__

    def bad_refresh(self: Any) -> None:
        refresh(self)
        if text := once("slot"):
            raise RuntimeError(text)

    def watched_init(self: Any, *arguments: Any) -> None:
        from PySide6.QtCore import QTimer

        init(self, *arguments)
        timer = QTimer(self)
        timer.timeout.connect(lambda: obey(self))
        timer.start(50)

    module.MainWindow.refresh, module.MainWindow.__init__ = bad_refresh, watched_init


def obey(window: Any) -> None:
    """Do what a person or the system would do to the window, and tell what it shows."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest

    for key in once("press").split():
        QTest.keyClick(window, Qt.Key[f"Key_{key}"])
    if number := once("screen"):
        screen = QGuiApplication.screens()[int(number)]
        window.windowHandle().setScreen(screen)
        window.setGeometry(screen.availableGeometry())
    page = window.pages[0]
    banner = page.banner.shown
    shown = {
        "notice": page.notice.words,
        "detail": banner.detail if banner else "",
        "screen": window.screen().name(),
        "size": [window.width(), window.height()],
        "page": [page.width(), page.height()],
    }
    assert ORDERS is not None
    fresh = ORDERS / "shown.new"
    fresh.write_text(json.dumps(shown), "utf-8")
    fresh.replace(ORDERS / "shown")


PATCHES: dict[str, Callable[[ModuleType], None]] = {
    "station.cameras.simulated": patch_camera,
    "station.inference.engine": patch_engine,
    "station.pipeline.watches": patch_watches,
    "station.gui.main_window": patch_window,
}


class Patcher(MetaPathFinder):
    """Lets the usual finders work, and patches what they loaded."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name not in PATCHES:
            return None
        sys.meta_path.remove(self)
        try:
            spec = find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None and spec.loader is not None:
            spec.loader = PatchingLoader(spec.loader, PATCHES[name])
        return spec


class PatchingLoader(Loader):
    def __init__(self, inner: Loader, patch: Callable[[ModuleType], None]) -> None:
        self._inner = inner
        self._patch = patch

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._inner.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._inner.exec_module(module)
        self._patch(module)


if ORDERS is not None:
    patch_system()
    sys.meta_path.insert(0, Patcher())
