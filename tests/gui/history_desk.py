"""A History page in a real window over a real store, and hands to work it."""

import time as clock
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part
from station.gui.chips import Disk
from station.gui.main_window import MainWindow
from station.gui.pages.history import HistoryCalls, HistoryPage
from station.gui.pages.history_filter import Field
from station.gui.tasks import Tasks
from station.gui.widgets.touch_key import TouchKey
from station.gui.window_calls import WindowCalls
from station.pipeline.events import LineState, LineStatus
from station.store.export import export
from station.store.queries import Reader
from station.store.store import Store
from tests.gui.parts import ROI, seen

SHIFTS = (time(6), time(14), time(22))
MINUTE = 60_000
PIXELS = np.full((112, 128), 90, np.uint8)
STATUS = LineStatus(
    LineState.READY, None, None, "cam", 30.0, "m", "cpu", False, 0, 0, 0, 0, 0, 0, 0
)


PARTS = 250
"""So many are in the store `many`, numbered from 1."""
NEWEST = list(range(PARTS, 0, -1))


def put(store: Store, part: Inspection, waits: bool = False) -> Inspection:
    """Record a part, with a picture unless it has a fault."""
    heat = np.full((6, 6), 200, np.uint8)
    store.record(part, None if part.fault else Still(part.uid, PIXELS, heat, ROI), waits)
    return part


def numbered(number: int, ago_minutes: float = 1.0, **changes: object) -> Inspection:
    """A part of so long ago; every fifth is bad, every seventh unsure."""
    bad, unsure = number % 5 == 0, number % 7 == 0
    verdict = Verdict.NG if bad else Verdict.REVIEW if unsure else Verdict.OK
    label = ("dent" if number % 2 else "scratch") if bad or unsure else "good"
    values: dict[str, object] = {
        "part": Part(number, f"SN-{number:04d}", f"LOT-{number // 100}"),
        "at_ms": int(clock.time() * 1000 - ago_minutes * MINUTE),
        "operator": "07" if number % 3 else "12",
    }
    part = seen(number, verdict, 0.93 if bad else 0.5 if unsure else 0.02, label)
    return replace(part, **(values | changes))  # type: ignore[arg-type]


def calls_of(reader: Reader, folder: Path) -> HistoryCalls:
    """The page's calls as the program joins them."""
    write = partial(export, reader, folder)
    return HistoryCalls(
        reader.page, reader.story, reader.still, reader.facets, reader.yield_between, write
    )


class Desk:
    """A page in a real window over one store."""

    def __init__(self, qtbot: QtBot, calls: HistoryCalls) -> None:
        self.qtbot = qtbot
        self.tasks, self.exports = (Tasks(lambda fault: pytest.fail(str(fault))) for _ in range(2))
        self.page = HistoryPage(calls, self.tasks, self.exports, SHIFTS)
        window_calls = WindowCalls(
            lambda: STATUS, lambda: Disk(10**12), lambda: "07", lambda: 0, lambda _: None
        )
        self.window = MainWindow(((lambda: "History", self.page),), window_calls)
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.settled()

    def close(self) -> None:
        """As the program ends: no export goes on."""
        self.page.job.cancel()
        self.window.close()
        self.tasks.close()
        self.exports.close()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(holds, timeout=10_000)

    def settled(self) -> None:
        """Wait until nothing is being read."""
        self.until(lambda: not self.page._reads)

    def numbers(self) -> list[int]:
        """The parts in the table, from the top."""
        return [int(row.uid[1:]) for row in self.page.table.rows]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """One key, to whatever has the focus."""
        self.window.activateWindow()  # a window manager would, when a dialog has closed
        self.until(self.window.isActiveWindow)
        where = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)

    def click(self, key: TouchKey) -> None:
        """A touch."""
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.until(lambda: any(one.isVisible() for one in self.window.findChildren(QDialog)))
        return next(one for one in self.window.findChildren(QDialog) if one.isVisible())

    def answer(self, words: str) -> None:
        """Touch the key with those words in the dialog that is open."""
        dialog = self.dialog()
        keys = {key.text(): key for key in dialog.findChildren(TouchKey)}
        self.click(keys[words])
        self.until(lambda: not dialog.isVisible())

    def ask(self, field: Field, words: str) -> None:
        """Touch a filter and then a value."""
        self.click(self.page.filters.keys[field])
        self.answer(words)
        self.settled()

    def shown(self) -> str:
        """The story, as soon as it is that of the chosen part."""
        page = self.page
        self.until(lambda: page.look.story is not None)
        assert page.look.story is not None
        assert page.look.story.entry.inspection.uid == page.look.uid
        return " ".join(page.story.toPlainText().split())  # Qt makes a thin space a common one


Open = Callable[[HistoryCalls], Desk]


def over(open_desk: Open, store: Store) -> Desk:
    """The page over that store."""
    return open_desk(calls_of(store.reader, store.folder))
