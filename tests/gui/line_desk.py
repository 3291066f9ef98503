"""A Line page in a real window over a real store with a shift that goes wrong, and hands for it."""

import sqlite3
import time as clock
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from station.domain.inspection import Inspection, Verdict
from station.gui.chips import Disk
from station.gui.main_window import MainWindow
from station.gui.pages.line import LinePage
from station.gui.pages.line_room import LineRoom, Workers
from station.gui.tasks import Tasks
from station.gui.widgets.touch_key import TouchKey
from station.gui.window_calls import WindowCalls
from station.insight.overview import Seen
from station.overview.room import Overview
from station.overview.use import Use
from station.settings import Settings
from station.store.history import Filter
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.supervisor import program
from tests.gui.history_desk import STATUS, numbered

Numbers = npt.NDArray[np.float64]
HOUR_MS = 3_600_000
SHIFT_HOURS, CYCLE_MS = 7, 5_200
BEFORE_HOURS = 30
_SHA = "ab" * 32
_VALUES = (("Coolant temp", "°C"), ("Feed rate", "mm/min"), ("Spindle vib.", "mm/s"))
_COLUMNS = (
    "uid, number, serial, lot, at_ms, triggered_by, verdict, waits, recipe, recipe_version, "
    "review_limit, ng_limit, roi, model, model_sha256, provider, camera, label, score, confidence, "
    "scores, ms, model_ms, fault, fault_facts, operator, source, truth, image, image_sha256, "
    "image_bytes, station, unlike, brightness, sharpness"
)


@dataclass(frozen=True, slots=True)
class Story:
    """A store that was filled, with what is known of it.

    shifts: the one that runs began SHIFT_HOURS ago.  peak_ms: when the NG fraction was highest.
    """

    folder: Path
    shifts: tuple[time, ...]
    since_ms: int
    until_ms: int
    peak_ms: int
    parts: int
    ng: int


def shift_began(now: datetime) -> datetime:
    """On the hour, so that a shift can begin there."""
    return (now - timedelta(hours=SHIFT_HOURS)).replace(minute=0, second=0, microsecond=0)


def tell_story(folder: Path, now: datetime | None = None, seed: int = 7) -> Story:
    """Thirty calm hours, then a shift: NG rises to a peak 50 minutes ago, pictures get brighter."""
    now = now or datetime.now().astimezone()
    began = shift_began(now)
    since, until = (int(one.timestamp() * 1000) for one in (began, now))
    with Store(folder, "line 1"):
        pass
    rng = np.random.default_rng(seed)
    at = np.arange(since - BEFORE_HOURS * HOUR_MS, until, CYCLE_MS)
    at = at + rng.integers(0, 900, len(at))
    at = at[(at < since + 2 * HOUR_MS) | (at > since + 2 * HOUR_MS + 11 * 60_000)]  # a stop
    at = at[at < until]
    peak = until - 50 * 60_000
    values = _process(rng, at, since, peak)
    ng = rng.random(len(at)) < _risk(values)
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database, database:
        _insert_parts(database, rng, at, ng, since)
        _insert_values(database, at, values)
        _decide(database)
    inside = at >= since
    shifts = (began.time(),)
    return Story(folder, shifts, since, until, peak, int(inside.sum()), int(ng[inside].sum()))


def _rise(at: Numbers, since: int, peak: int) -> Numbers:
    """0 … 1: how far the trouble has come; it begins two hours before its peak, and ends soon."""
    begin = peak - 2 * HOUR_MS
    up = np.clip((at - begin) / (peak - begin), 0, 1)
    some: Numbers = np.where(at > peak + 6 * 60_000, 0.05, up) * (at >= since)
    return some


def _process(rng: np.random.Generator, at: Numbers, since: int, peak: int) -> list[Numbers]:
    """Coolant and feed come and go by the hour, and both rise with the trouble."""
    rise, hours = _rise(at, since, peak), (at - since) / HOUR_MS
    coolant = 26 + 2 * np.clip(np.sin(hours / 5 * 2 * np.pi), 0, 1) + 6 * rise
    feed = 225 + 6 * np.sin(hours / 3.3 * 2 * np.pi) + 14 * rise
    noise = rng.normal(0, 1, (3, len(at)))
    return [coolant + 0.5 * noise[0], feed + 2 * noise[1], 2.1 + 0.25 * noise[2]]


def _risk(values: list[Numbers]) -> Numbers:
    """Of a part to be bad: heat and feed multiply."""
    coolant, feed, _ = values
    risk: Numbers = 0.006 * np.exp(0.38 * (coolant - 26) + 0.03 * (feed - 225))
    return np.clip(risk, 0, 0.12)


def _insert_parts(
    database: sqlite3.Connection,
    rng: np.random.Generator,
    at: Numbers,
    ng: Numbers,
    since: int,
) -> None:
    hours = np.clip((at - since) / HOUR_MS - SHIFT_HOURS / 2, 0, None)
    bright = 104 + 1.2 * hours + rng.normal(0, 3, len(at))
    sharp = 24 + rng.normal(0, 1.2, len(at))
    unsure = (rng.random(len(at)) < 0.008) & ~ng
    kinds = rng.choice(["scratch", "dent", "stain", "burr"], len(at), p=[0.58, 0.25, 0.12, 0.05])
    marks = ", ".join("?" for _ in _COLUMNS.split(", "))
    rows = []
    for index, moment in enumerate(at.tolist()):
        verdict = "NG" if ng[index] else "REVIEW" if unsure[index] else "OK"
        bad = verdict != "OK"
        score = 0.9 if ng[index] else 0.5 if unsure[index] else float(rng.beta(2, 40))
        rows.append(
            (
                *(f"u{index + 1}", index + 1, f"SN-{index + 1:06d}", f"LOT-{moment // 14_400_000}"),
                *(moment, "machine", verdict, int(verdict == "REVIEW"), "flange", 3, 0.4, 0.6),
                *("[128,0,1024,1024]", "flange-3", _SHA, "CPUExecutionProvider", "camera-1"),
                *(str(kinds[index]) if bad else "good", score, 0.9, "[]", 31.0, 22.0, None, None),
                *("07" if moment < since else "12", "", None, f"images/{index}.png", "cd" * 32),
                *(600_000, "line 1", score, float(bright[index]), float(sharp[index])),
            )
        )
    database.executemany(f"INSERT INTO inspections ({_COLUMNS}) VALUES ({marks})", rows)


def _insert_values(database: sqlite3.Connection, at: Numbers, values: list[Numbers]) -> None:
    for place, ((name, unit), series) in enumerate(zip(_VALUES, values, strict=True), 1):
        database.execute(
            "INSERT INTO series (id, name, unit, source) VALUES (?, ?, ?, 'plc')",
            (place, name, unit),
        )
        rows = zip(at.tolist(), series.tolist(), strict=True)
        database.executemany(
            "INSERT INTO process_values (series, at_ms, inspection, value) VALUES (?, ?, ?, ?)",
            ((place, moment, index, value) for index, (moment, value) in enumerate(rows, 1)),
        )


def _decide(database: sqlite3.Connection) -> None:
    """A person looks at what was unsure, and at some of what was NG; some of that was good."""
    database.execute(
        "INSERT INTO decisions (inspection, kind, at_ms, operator, label, reason) "
        "SELECT id, CASE WHEN verdict = 'REVIEW' AND id % 3 THEN 'accept' "
        "WHEN verdict = 'NG' AND id % 8 = 0 THEN 'accept' ELSE 'reject' END, at_ms + 9000, '12', "
        "NULL, '' FROM inspections WHERE verdict = 'REVIEW' OR (verdict = 'NG' AND id % 2 = 0)"
    )


def late(number: int, verdict: Verdict = Verdict.OK) -> Inspection:
    """A part that comes now."""
    return numbered(number, 0.0, verdict=verdict, recipe="flange")


class Desk:
    """A page in a real window; `rooms` make what it may ask for."""

    def __init__(
        self,
        qtbot: QtBot,
        room: LineRoom,
        shifts: tuple[time, ...],
        size: tuple[int, int] = (1920, 1080),
    ) -> None:
        self.qtbot = qtbot
        self.faults: list[object] = []
        self.workers = Workers(*(Tasks(self.faults.append) for _ in range(4)))
        self.page = LinePage(room, self.workers, shifts, 100)
        calls = WindowCalls(
            lambda: STATUS, lambda: Disk(10**12, 30.0), lambda: "07", lambda: 0, lambda _: None
        )
        first = QWidget()
        pages = ((lambda: "Inspect", first), (lambda: "Line", self.page))
        self.window = MainWindow(pages, calls)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)

    def open(self) -> float:
        """Bring the page into sight; gives the seconds until all is there."""
        begun = clock.perf_counter()
        self.window.show_page(1)
        self.until(lambda: self.page.filled)
        return clock.perf_counter() - begun

    def close(self) -> None:
        """As the program ends."""
        self.window.close()
        for tasks in (getattr(self.workers, name) for name in Workers.__slots__):
            tasks.close()

    def until(self, holds: Callable[[], bool], timeout: int = 10_000) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(holds, timeout=timeout)

    def settled(self) -> None:
        """Wait until nothing is being read."""
        self.until(lambda: not self.page.live.reads)

    def press(self, key: Qt.Key) -> None:
        """One key, to whatever has the focus."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)

    def click(self, key: QWidget) -> None:
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
        assert words in keys, sorted(keys)
        self.click(keys[words])
        self.until(lambda: not dialog.isVisible())


def overview_of(story: Story, reader: Reader) -> Overview:
    """As the program joins it, over that store."""
    settings = Settings(shifts=story.shifts)
    return Overview(Use(story.folder, reader, settings, "07"), program)


def bare_room(see: Callable[[Filter, Seen | None], Seen], room: LineRoom) -> LineRoom:
    """The same room with other figures."""
    return replace(room, see=see)
