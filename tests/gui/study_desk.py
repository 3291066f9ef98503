"""A study of agreement in a real window, over a real store with pictures and a model."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part, Pixels
from station.domain.recipe import Recipe, Roi
from station.gui.pages.line_study import StudyDialog
from station.gui.pages.line_study_room import StudyRoom
from station.gui.pages.line_study_view import Step
from station.gui.tasks import Tasks
from station.gui.theme import DARK, Theme, scaled
from station.gui.widgets.touch_key import TouchKey
from station.insight.study import Said, Study
from station.insight.study_notes import studies
from station.overview.study import study_room
from station.store.store import Store
from station.training.taking import label_keys
from tests.gui.parts import seen
from tests.models import build_bright_model

PRODUCT = "flange"
ROI = Roi(20, 10, 120, 96)
LIMIT = 100  # a mean grey below is bad, by the model
SECONDS = 0.05  # the test's hand is quicker than a person's


def picture(grey: int, number: int) -> Pixels:
    """A round part of that grey with a hole that is elsewhere on each."""
    y, x = np.mgrid[:120, :160]
    pixels = np.full((120, 160), grey, np.uint8)
    ring = (x - 80) ** 2 + (y - 58) ** 2
    pixels[(ring > 40**2) & (ring < 44**2)] = min(255, grey + 25)
    hole = (x - 60 - number % 40) ** 2 + (y - 40 - number % 30) ** 2
    pixels[hole < 30] = max(0, grey - 30)
    return pixels


def inspected(store: Store, number: int, grey: int, score: float) -> Inspection:
    """A part that the station has judged, with its picture."""
    verdict = Verdict.NG if score >= 0.6 else Verdict.REVIEW if score >= 0.35 else Verdict.OK
    label = "good" if score < 0.5 else "dark"
    found = replace(
        seen(number, verdict, score, label),
        part=Part(number, f"SN-{number}"),
        at_ms=1_000_000 + number * 1000,
        recipe=PRODUCT,
        roi=ROI,
    )
    store.record(found, Still(found.uid, picture(grey, number), None, ROI), waits=True)
    return found


def fill(store: Store, count: int = 40, labelled: bool = True) -> None:
    """Half good, half bad, a few close to the limits; with a model that sees it by the grey."""
    model = build_bright_model(store.folder / "bright.onnx", level=LIMIT)
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    recipe = Recipe(PRODUCT, str(model), sha256, roi=ROI, review_limit=0.35, ng_limit=0.6)
    store.save_recipe(recipe)
    for name, good in (("good", True), ("dark", False)):
        store.set_class(PRODUCT, name, good, "07")
    for number in range(1, count + 1):
        bad, near = number % 2 == 0, number % 5 == 0
        grey = (92 if bad else 108) if near else (60 if bad else 150)
        score = (0.6 if bad else 0.3) if near else (0.97 if bad else 0.02)
        inspected(store, number, grey, score)
    if labelled:
        for name, rest in (("good", 1), ("dark", 0)):
            keys = [-number for number in range(1, count + 1) if number % 2 == rest]
            label_keys(store, store.reader, keys, name, "07")


class StudyDesk:
    """The dialog over an empty window, and a hand."""

    def __init__(
        self,
        qtbot: QtBot,
        store: Store,
        size: tuple[int, int] = (1366, 768),
        theme: Theme = DARK,
        room: StudyRoom | None = None,
    ) -> None:
        self.qtbot, self.store = qtbot, store
        self.room = room or study_room(store.folder, store.reader, "07")
        self.tasks = Tasks(lambda fault: pytest.fail(str(fault)))
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.changes = 0
        self.dialog = StudyDialog(
            self.room, self.tasks, scaled(theme, self.window.size()), self.window, PRODUCT
        )
        self.dialog.changed.connect(self._count)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)
        self.until(lambda: self.dialog.plan_panel.plan is not None)

    def _count(self) -> None:
        self.changes += 1

    def close(self) -> None:
        """As the program ends."""
        if isValid(self.dialog) and self.dialog.isVisible():
            self.dialog.reject()
        self.tasks.close()
        self.window.close()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(holds, timeout=10_000)

    def click(self, key: TouchKey) -> None:
        """A touch."""
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key) -> None:
        """A key of the keyboard, to whatever has the focus in the dialog's window."""
        self.dialog.activateWindow()
        self.until(self.dialog.isActiveWindow)
        QTest.keyClick(self.dialog.windowHandle(), key)

    def plan(self, parts: int, people: int, trials: int) -> None:
        """Pull the sliders, as a finger does."""
        for slide, value in zip(
            self.dialog.plan_panel.slides, (parts, people, trials), strict=True
        ):
            slider = slide.slider
            low, high = slider._low, slider._high
            x = round(15 + (value - low) / (high - low) * slider._way())
            self.qtbot.mouseClick(
                slider, Qt.MouseButton.LeftButton, pos=QPoint(x, slider.height() // 2)
            )
            assert slide.value == value

    def begin(self) -> Study:
        """Choose the parts; asks then who judges."""
        self.click(self.dialog.next_key)
        self.until(lambda: self.dialog.step is Step.WHO)
        return studies(self.store.reader)[0]

    def named(self, name: str) -> None:
        """Somebody sits down."""
        self.qtbot.keyClicks(self.dialog.who.name, name)
        self.qtbot.keyClick(self.dialog.who.name, Qt.Key.Key_Return)
        self.until(lambda: self.dialog.step is Step.JUDGE)

    def in_sight(self) -> int:
        """Wait for the part; its place in the study."""
        dialog = self.dialog
        self.until(lambda: dialog.judge.ok_key.isEnabled())
        assert dialog.sitting is not None
        assert dialog.sitting.turn is not None
        self.qtbot.wait(int(SECONDS * 1000) + 5)
        return dialog.sitting.turn.part

    def judge(self, word: Callable[[int], Said], count: int) -> list[int]:
        """So many parts, by the keyboard; which they were."""
        places = []
        for _ in range(count):
            places.append(self.in_sight())
            key = Qt.Key.Key_A if word(places[-1]) is Said.OK else Qt.Key.Key_R
            self.kept(lambda key=key: self.press(key))  # type: ignore[misc]
        return places

    def kept(self, act: Callable[[], None]) -> None:
        """Do that, and wait until the dialog knows that its word is in the records."""
        sitting = self.dialog.sitting
        assert sitting is not None
        before = len(sitting.words)
        act()
        self.until(lambda: len(sitting.words) == before + 1)

    def choose(self, words: str) -> None:
        """Touch the key that has those words in the dialog above this one."""
        self.until(lambda: any(d.isVisible() for d in self.dialog.findChildren(QDialog)))
        above = next(d for d in self.dialog.findChildren(QDialog) if d.isVisible())
        key = next(k for k in above.findChildren(TouchKey) if words in k.text())
        self.click(key)

    def save(self, form: str, path: Path) -> bytes:
        """What the key for a file writes; the file dialog is the system's."""
        self.dialog._files.ask = (  # type: ignore[method-assign]
            lambda _stem, _form, write, _parent: self.dialog._files.write(write, path)
        )
        self.click(self.dialog.pdf_key if form == "pdf" else self.dialog.csv_key)
        self.until(path.is_file)
        self.until(lambda: str(path.name) in self.dialog.notice.words)
        return path.read_bytes()
