"""A Setup page in a real window: a real camera, real settings, and machines that keep book."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station.access import Door
from station.cameras.features import Feature, Found, Setting
from station.cameras.simulated import SimulatedCamera
from station.domain.part import Frame
from station.domain.recipe import Recipe, Roi
from station.errors import StationError
from station.gui.chips import Disk
from station.gui.main_window import MainWindow
from station.gui.pages.setup import SetupPage
from station.gui.pages.setup_room import (
    CameraRoom,
    Change,
    MachineRoom,
    PlcRoom,
    PlcView,
    Search,
    SetupRoom,
    Workers,
)
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.unlock import Guard
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.touch_key import TouchKey
from station.gui.window_calls import WindowCalls
from station.machine.base import Signal, Value
from station.pipeline.events import LineState, LineStatus
from station.settings import CameraSettings, MachineSettings

STATUS = LineStatus(
    LineState.READY, None, None, "cam", 30.0, "m", "cpu", False, 0, 0, 0, 0, 0, 0, 0
)
READY = Change(LineState.READY, None, "simulated")
RECIPE = Recipe("flange", "flange.onnx", version=3, roi=Roi(40, 20, 200, 200))
FOUND = (
    Found("aravis", "SN1", "Aravis Fake", "GigEVision, S/N SN1, 127.0.0.1"),
    Found("uvc", "usb-1", "Microscope", "046d:0825", in_use=True),
)


@dataclass
class Plant:
    """What lies behind the page: the camera is the simulated one, the rest keeps book."""

    camera: CameraSettings = field(default_factory=CameraSettings)
    machine: MachineSettings = field(default_factory=MachineSettings)
    search: Search = field(default_factory=lambda: Search(FOUND))
    change: Change = READY
    signals: tuple[Signal, ...] = ()
    plc: PlcView = field(default_factory=lambda: PlcView(running=False))
    kept: dict[str, Setting] = field(default_factory=dict)
    told: list[tuple[Any, ...]] = field(default_factory=list)
    fails: dict[str, StationError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sensor = SimulatedCamera(width=320, height=256, fps=60, pool=1)
        self.sensor.open()

    def live(self, timeout: float) -> Frame | None:
        """The next picture."""
        return self.sensor.grab(timeout)

    def order(self, name: str, *values: object) -> None:
        """Write it down, or fail as is told."""
        self.told.append((name, *values))
        if name in self.fails:
            raise self.fails[name]

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """With what it was ordered."""
        return [one[1:] for one in self.told if one[0] == name]

    # ── the rooms ───────────────────────────────────────────────────────────────────────────

    def use_camera(self, camera: CameraSettings) -> Change:
        """As the station does: saved, then the line."""
        self.order("camera", camera)
        self.camera = camera
        return replace(self.change, camera=camera.kind)

    def use_machine(self, machine: MachineSettings) -> Change:
        """The same."""
        self.order("machine", machine)
        self.machine = machine
        return self.change

    def find(self) -> Search:
        """What is there."""
        self.order("search")
        return self.search

    def features(self) -> tuple[Feature, ...]:
        """Of the simulated camera."""
        self.order("features")
        return self.sensor.features()

    def adjust(self, name: str, value: Setting) -> Feature:
        """Through the simulated camera's own limits."""
        self.told.append(("adjust", name, value))
        return self.sensor.adjust(name, value)

    def keep(self, features: Mapping[str, Setting]) -> CameraSettings:
        """Into the settings."""
        self.order("keep", dict(features))
        self.kept |= features
        options = {**self.camera.options, **features}
        self.camera = self.camera.model_copy(update={"options": options})
        return self.camera

    def see(self) -> tuple[Signal, ...]:
        """The signals of now."""
        if "signals" in self.fails:
            raise self.fails["signals"]
        return self.signals

    def press(self, name: str, value: Value) -> None:
        """As a machine does it."""
        self.order("press", name, value)
        self.signals = tuple(
            replace(one, value=value) if one.name == name else one for one in self.signals
        )

    def begin_plc(self) -> Change:
        """It runs."""
        self.order("begin")
        self.plc = replace(self.plc, running=True)
        return READY

    def end_plc(self) -> Change | None:
        """It runs no more."""
        self.order("end")
        was, self.plc = self.plc.running, replace(self.plc, running=False)
        return READY if was else None

    def room(self) -> SetupRoom:
        """All of it."""
        return SetupRoom(
            CameraRoom(
                search=self.find,
                chosen=lambda: self.camera,
                use=self.use_camera,
                live=self.live,
                features=self.features,
                adjust=self.adjust,
                keep=self.keep,
            ),
            MachineRoom(
                chosen=lambda: self.machine,
                use=self.use_machine,
                signals=self.see,
                test=lambda is_on: self.order("test", is_on),
                press=self.press,
            ),
            PlcRoom(self.begin_plc, self.end_plc, lambda: self.plc),
            lambda recipe: self.order("save", recipe),
        )


def open_window(
    qtbot: QtBot, page: QWidget, guard: Guard, size: tuple[int, int] = (1366, 768)
) -> MainWindow:
    """A page for all, and that one for Setup; the guard ends with the window."""
    calls = WindowCalls(lambda: STATUS, lambda: Disk(10**9), lambda: "", lambda: 0, lambda _: None)
    window = MainWindow(((lambda: "Other", QWidget()), (lambda: "Setup", page)), calls)
    guard.setParent(window)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


def close_window(window: MainWindow, tasks: Iterable[Tasks], plant: Plant) -> None:
    """With the questions over it, and all that works for it."""
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            dialog.reject()
    window.close()
    for one in tasks:
        one.close()
    plant.sensor.close()


class Desk:
    """The window, and a hand."""

    def __init__(self, qtbot: QtBot, plant: Plant, size: tuple[int, int] = (1280, 800)) -> None:
        self._qtbot = qtbot
        self.plant = plant
        self.faults: list[object] = []
        self._tasks = [Tasks(self.faults.append) for _ in range(4)]
        guard = Guard(Door(Path("no folder, so no PIN")), self._tasks[3])
        self.page = SetupPage(plant.room(), Workers(*self._tasks), guard)
        self.window = open_window(qtbot, self.page, guard, size)
        self.page.set_product(ProductView(RECIPE, "flange", "", ("dent",), None))
        self.window.show_page(1)
        self.until(lambda: self.page.camera.sources.chosen is not None)

    def close(self) -> None:
        """As the program ends."""
        close_window(self.window, self._tasks, self.plant)

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for it."""
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=8000)

    def rest(self, seconds: float = 0.1) -> None:
        """Let things happen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.005)

    def click(self, widget: QWidget) -> None:
        """With the mouse, in its middle."""
        assert widget.isVisible()
        assert widget.isEnabled()
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def drag(self, widget: QWidget, begin: QPoint, by: tuple[int, int]) -> None:
        """From there so far, in several steps."""
        self._qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
        for step in range(1, 5):
            at = begin + QPoint(by[0] * step // 4, by[1] * step // 4)
            self._qtbot.mouseMove(widget, at)
            QApplication.processEvents()
        self._qtbot.mouseRelease(
            widget, Qt.MouseButton.LeftButton, pos=begin + QPoint(by[0], by[1])
        )

    def key(self, widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """On the keyboard."""
        all_ = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            all_ |= one
        self._qtbot.keyClick(widget, key, all_)

    def type(self, entry: QLineEdit, text: str) -> None:
        """Instead of what stands there, and Enter."""
        entry.setFocus()
        entry.selectAll()
        self._qtbot.keyClicks(entry, text)
        self._qtbot.keyClick(entry, Qt.Key.Key_Return)
        QApplication.processEvents()

    def dialogs(self) -> list[QDialog]:
        """Those in sight."""
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

    def answer(self, words: str) -> None:
        """Press the key with these words in the dialog."""
        self.until(self.dialogs)
        dialog = self.dialogs()[0]
        assert isinstance(dialog, ChoiceDialog)
        keys = {one.text(): one for one in dialog.findChildren(TouchKey)}
        self.click(keys[words])
