"""A Teach page in a real window, over images that are there and calls that keep book."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station.domain.inspection import Verdict
from station.domain.part import Frame
from station.domain.recipe import Recipe
from station.domain.revision import Revision, RevisionState
from station.gui.chips import Disk
from station.gui.main_window import MainWindow
from station.gui.pages.teach import TeachPage
from station.gui.pages.teach_room import (
    Ask,
    Board,
    Brought,
    Cancelled,
    Dispute,
    FileRoom,
    FirstRoom,
    Labelled,
    LabelRoom,
    LessonRoom,
    LessonStep,
    Proof,
    ReleaseRoom,
    SampleRoom,
    Shadow,
    Show,
    TeachRoom,
    Told,
    Workers,
)
from station.gui.product import ProductView
from station.gui.tasks import Tasks
from station.gui.widgets.touch_key import TouchKey
from station.gui.window_calls import WindowCalls
from station.pipeline.events import LineState, LineStatus
from station.store.png import encode_png
from station.store.releases import Limits
from station.store.samples import ClassCount, SampleCounts, SampleRow
from station.training.costs import sides

STATUS = LineStatus(
    LineState.READY, None, None, "cam", 30.0, "m", "cpu", False, 0, 0, 0, 0, 0, 0, 0
)
NAMES = {"good": True, "scratch": False, "dent": False, "stain": False}


def revision(number: int, state: RevisionState, parent: int | None = None) -> Revision:
    """A model of the flange."""
    return Revision(
        *("flange", number, "", f"models/flange/v{number}.onnx", parent, "", "linear", ()),
        *("{}", "{}", 0, "02", state),
    )


@dataclass
class Book:
    """Images, labels and models in memory, with what was asked of them."""

    data: Path
    rows: dict[int, SampleRow]
    classes: dict[str, bool] = field(default_factory=lambda: dict(NAMES))
    models: list[Revision] = field(default_factory=list)
    proofs: dict[int, Proof] = field(default_factory=dict)
    shadow: Shadow | None = None
    told: list[tuple[object, ...]] = field(default_factory=list)
    may: threading.Event = field(default_factory=threading.Event)
    fails: Exception | None = None
    reads: int = 0

    def board(self, product: str) -> Board:
        """How they stand."""
        rows = self.rows.values()
        labelled = [row for row in rows if row.label]
        counts = SampleCounts(
            tuple(
                ClassCount(name, good, sum(row.label == name for row in rows))
                for name, good in self.classes.items()
            ),
            len(self.rows),
            sum(row.waits for row in rows),
            sum(over(row) for row in rows),
            sum(row.test for row in rows),
            sum(not row.label and not row.waits for row in rows),
        )
        tests = counts.held_out
        return Board(counts, 2, ("A-1", "A-2"), len(labelled) - tests, tests)

    def keys(self, product: str, ask: Ask) -> list[int]:
        """Newest first."""
        self.told.append(("keys", product, ask))
        fits: dict[Show | None, Callable[[SampleRow], bool]] = {
            None: lambda row: not ask.label or row.label == ask.label,
            Show.UNREVIEWED: lambda row: row.waits,
            Show.OVERRULED: over,
            Show.MISLABELLED: lambda row: abs(row.key) in (3, 5),
            Show.TEST: lambda row: row.test,
            Show.ASIDE: lambda row: not row.label and not row.waits,
        }
        return [key for key, row in self.rows.items() if fits[ask.show](row)]

    def some(self, keys: Sequence[int]) -> list[SampleRow]:
        """Their rows."""
        self.reads += 1
        return [self.rows[key] for key in keys if key in self.rows]

    def label(self, product: str, keys: Sequence[int], label: str) -> Labelled:
        """As the store does it: a record that gets a label becomes a sample."""
        if self.fails is not None:
            raise self.fails
        before = [(abs(key), self.rows[key].label) for key in keys]
        chosen = dict.fromkeys(keys)
        self.rows = {
            (abs(key) if key in chosen else key): (
                replace(row, key=abs(key), label=label) if key in chosen else row
            )
            for key, row in self.rows.items()
        }
        self.told.append(("label", tuple(keys), label))
        return Labelled(tuple(abs(key) for key in keys), tuple(before))

    def undo(self, before: Sequence[tuple[int, str]]) -> None:
        """Take it back."""
        self.told.append(("undo", tuple(before)))
        for key, label in before:
            self.rows[key] = replace(self.rows[key], label=label)

    def add_class(self, product: str, name: str, good: bool) -> None:
        """Note it."""
        self.classes[name] = good

    def bring(
        self, product: str, source: Path, label: str, told: Told, cancelled: Cancelled
    ) -> Brought | None:
        """As slow as the test wants it."""
        self.told.append(("bring", product, source, label))
        told("read", 0.5)
        while not self.may.wait(0.01):
            if cancelled():
                return None
        return Brought(12)

    def export(
        self, product: str, target: Path, form: str, told: Told, cancelled: Cancelled
    ) -> Brought | None:
        """At once."""
        self.told.append(("export", product, target, form))
        return Brought(len(self.rows))

    def teach(
        self, product: str, told: Callable[[LessonStep], None], cancelled: Cancelled
    ) -> int | None:
        """As slow as the test wants it; then there is a candidate."""
        told(LessonStep("embed", 0.72, 9.0))
        while not self.may.wait(0.01):
            if cancelled():
                return None
        number = 1 + max((one.number for one in self.models), default=0)
        self.models.insert(0, revision(number, RevisionState.CANDIDATE))
        self.proofs.setdefault(number, better())
        return number

    def release(self, product: str, number: int, limits: Limits | None, reason: str) -> None:
        """Note it, and let it judge."""
        if self.fails is not None:
            raise self.fails
        self.told.append(("release", number, limits, reason))
        states = {RevisionState.RELEASED: RevisionState.RETIRED}
        self.models = [
            replace(
                one,
                state=RevisionState.RELEASED
                if one.number == number
                else states.get(one.state, one.state),
            )
            for one in self.models
        ]

    def cast_shadow(self, product: str, number: int | None) -> None:
        """Note it."""
        self.told.append(("shadow", number))
        state = RevisionState.CANDIDATE if number is None else RevisionState.SHADOW
        self.models = [
            replace(one, state=state)
            if one.state in (RevisionState.CANDIDATE, RevisionState.SHADOW)
            else one
            for one in self.models
        ]

    def room(self) -> TeachRoom:
        """The page's calls."""
        return TeachRoom(
            SampleRoom(lambda _: 0, self.board, self.keys, self.some),
            LabelRoom(self.label, self.undo, self.add_class),
            FileRoom(self.bring, self.export, ("folders", "coco")),
            LessonRoom(
                lambda _: list(self.models), lambda _p, n, _a: self.proofs.get(n), self.teach
            ),
            ReleaseRoom(
                self.release,
                lambda _p, reason: self.told.append(("back", reason)),
                self.cast_shadow,
                lambda _p, _n: self.shadow or Shadow(0),
            ),
            FirstRoom(live, self.capture, lambda name: name == "Known", self.inspect),
        )

    def capture(self, product: str, label: str) -> int:
        """One more."""
        self.told.append(("capture", product, label))
        return sum(one[0] == "capture" and one[2] == label for one in self.told)

    def inspect(self, product: str, number: int) -> None:
        """Note it."""
        self.told.append(("inspect", product, number))


def live(timeout: float) -> Frame | None:
    """A grey picture, not too often."""
    time.sleep(0.02)
    return Frame(np.full((96, 128), 90, np.uint8), 1, 0)


def over(row: SampleRow) -> bool:
    """A person said something else than the model."""
    return bool(row.seen and row.label and row.seen != row.label)


def worse() -> Proof:
    """As the design has it: 2 of 26 escape, 4 of 77 are rejected."""
    good = [0.02 + 0.003 * k for k in range(73)] + [0.7, 0.72, 0.81, 0.9]
    bad = [0.1, 0.2] + [0.7 + 0.01 * k for k in range(24)]
    return Proof(sides(good, bad), (0.5, 0.6), (0.961, 0.012), 38.0)


def better() -> Proof:
    """None escapes, one of 77 is rejected."""
    good = [0.02 + 0.003 * k for k in range(76)] + [0.66]
    bad = [0.70 + 0.01 * k for k in range(26)]
    return Proof(sides(good, bad), (0.5, 0.6), (0.99, 0.006), 38.0)


def disputes(count: int) -> Shadow:
    """Parts on which the shadow disagrees."""
    return Shadow(
        214,
        tuple(
            Dispute(f"u{k}", f"images/{k}.png", Verdict.OK, 0.1, Verdict.NG, 0.8)
            for k in range(count)
        ),
        count,
    )


def images(data: Path, count: int, files: int = 40) -> dict[int, SampleRow]:
    """So many samples, newest first, which share some files; every 17th waits for a label."""
    (data / "images").mkdir(parents=True, exist_ok=True)
    for k in range(min(count, files)):
        pixels = np.full((96, 128), 60 + 4 * (k % 40), np.uint8)
        pixels[20:60, 30 + k % 40 : 50 + k % 40] = 220
        (data / "images" / f"{k}.png").write_bytes(encode_png(pixels, {}))
    found = {}
    for number in range(count, 0, -1):
        waits = number % 17 == 0
        label = "" if waits else "good" if number % 5 else ("scratch", "dent")[number % 2]
        seen = ("good" if number % 23 else "scratch") if label == "good" else (label or "dent")
        key = -number if waits else number
        found[key] = SampleRow(
            *(key, f"u{number}", f"images/{number % files}.png", None, label, seen),
            *(number % 90 / 100, number % 5 == 1 and not waits, "", "record", number * 1000, "07"),
        )
    return found


class Desk:
    """A page in a real window."""

    def __init__(
        self,
        qtbot: QtBot,
        book: Book,
        size: tuple[int, int] = (1366, 768),
        room: TeachRoom | None = None,
    ) -> None:
        self.qtbot, self.book = qtbot, book
        self.workers = Workers(*(Tasks(lambda fault: pytest.fail(str(fault))) for _ in range(4)))
        self.page = TeachPage(room or book.room(), self.workers, book.data, lambda _: None)
        calls = WindowCalls(
            lambda: STATUS, lambda: Disk(10**12), lambda: "02", lambda: 3, lambda _: None
        )
        self.window = MainWindow(((lambda: "Teach", self.page),), calls)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        recipe = Recipe("flange", "m.onnx", review_limit=0.5, ng_limit=0.6)
        self.page.set_product(ProductView(recipe, "Flange 120", "", ("scratch",), None))
        self.settled()

    def close(self) -> None:
        """As the program ends."""
        self.book.may.set()
        self.page.lesson.job.cancel()
        self.window.close()
        workers = self.workers
        for one in (workers.lessons, workers.files, workers.tasks, workers.pictures):
            one.close()

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(holds, timeout=10_000)

    def settled(self) -> None:
        """Wait until nothing is being read."""
        self.until(lambda: not self.page.wall.reads and self.page.board is not None)
        self.until(lambda: not self.workers.tasks._waiting)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """One key, to whatever has the focus."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)
        where = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(where, key, modifier or Qt.KeyboardModifier.NoModifier)

    def click(self, key: object) -> None:
        """A touch."""
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def tap(self, place: int, modifier: Qt.KeyboardModifier | None = None) -> None:
        """A touch on an image of the wall."""
        at = self.page.grid.places.tile(place).center().toPoint()
        self.qtbot.mouseClick(
            self.page.grid.viewport(),
            Qt.MouseButton.LeftButton,
            modifier or Qt.KeyboardModifier.NoModifier,
            at,
        )

    def band(self, start: QPoint, end: QPoint) -> None:
        """A rubber band from here to there."""
        wall = self.page.grid.viewport()
        self.qtbot.mousePress(wall, Qt.MouseButton.LeftButton, pos=start)
        self.qtbot.mouseMove(wall, (start + end) / 2)
        self.qtbot.mouseMove(wall, end)
        self.qtbot.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=end)

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
