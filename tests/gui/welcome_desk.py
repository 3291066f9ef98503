"""The window of the first start, and a hand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.cameras.features import Found
from station.cameras.simulated import SimulatedCamera
from station.errors import CameraError, ErrorCode
from station.gui.tasks import Tasks
from station.gui.welcome.camera import CameraStep
from station.gui.welcome.folder import FolderStep
from station.gui.welcome.pin import PinStep
from station.gui.welcome.room import DRAWN, Answers, WelcomeRoom
from station.store.png import encode_png
from station.welcome import make_window

PIN = "135246"
FAKE = Found("aravis", "SN1", "Aravis Fake", "GigEVision, S/N SN1")
TAKEN = Found("uvc", "usb-1", "Microscope", "046d:0825", in_use=True)


class Desk:
    """The window, and a hand."""

    def __init__(self, qtbot: QtBot, room: WelcomeRoom) -> None:
        self.bot = qtbot
        self.workers = [Tasks(lambda _: None) for _ in range(3)]
        self.window = make_window(room, self.workers)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.until(lambda: not self.camera._searching)

    @property
    def camera(self) -> CameraStep:
        return next(one for one in self.window.steps if isinstance(one, CameraStep))

    @property
    def folder(self) -> FolderStep:
        return next(one for one in self.window.steps if isinstance(one, FolderStep))

    def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        self.bot.waitUntil(holds, timeout=int(seconds * 1000))

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)
        QApplication.processEvents()

    def next(self, kind: type[QWidget]) -> None:
        """On to that question, by the key."""
        self.until(self.window.next_key.isEnabled)
        self.click(self.window.next_key)
        self.until(lambda: isinstance(self.window.step, kind))

    def to_folder(self) -> FolderStep:
        self.next(FolderStep)
        self.until(lambda: not self.folder._busy)
        return self.folder

    def to_pin(self) -> PinStep:
        self.to_folder()
        self.next(PinStep)
        step = self.window.step
        assert isinstance(step, PinStep)
        return step

    def enter(self, step: PinStep, digits: str) -> None:
        for digit in digits:
            self.click(step.pad.digits[int(digit)])
        self.click(step.pad.ok_key)

    def to_camera(self) -> CameraStep:
        step = self.to_pin()
        self.enter(step, PIN)
        self.enter(step, PIN)
        self.until(lambda: self.window.step is self.camera)
        return self.camera

    def finish(self) -> Answers:
        self.until(self.window.next_key.isEnabled)
        self.click(self.window.next_key)
        self.until(lambda: self.window.answers is not None)
        assert self.window.answers is not None
        return self.window.answers

    def close(self) -> None:
        self.window.close()
        for one in self.workers:
            one.close()


def look(folder: Path, camera: Found) -> Path:
    """A picture of the camera that draws; any other is not there."""
    if camera != DRAWN:
        raise CameraError(ErrorCode.CAMERA_NOT_FOUND, source=camera.source)
    drawing = SimulatedCamera(width=320, height=256)
    drawing.open()
    frame = drawing.grab(2)
    assert frame is not None
    path = folder / "shot.png"
    path.write_bytes(encode_png(frame.pixels, {}))
    return path
