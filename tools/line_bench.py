"""How quick the Line page is over many records, and whether the window ever stands still.

    python tools/history_bench.py FOLDER --rows 1000000
    python tools/line_bench.py FOLDER

Opens the real page in a real window (offscreen, unless QT_QPA_PLATFORM says otherwise), once over
the last shift and once over the last week of the records, while a timer of 5 ms tells for how long
the window's loop stood still. Then another process records parts, and the page follows them.
Prints a table; exit code 1 where a figure is not held.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from history_bench import START_MS, STEP_MS, inspection
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station.gui.calm import keep_memory, share_time
from station.gui.chips import Disk
from station.gui.fonts import load_fonts
from station.gui.main_window import MainWindow
from station.gui.pages.line import LinePage
from station.gui.pages.line_room import Workers
from station.gui.pages.line_scope import Scope, Span
from station.gui.tasks import Tasks
from station.gui.texts import install
from station.gui.theme import DESIGN
from station.gui.window_calls import WindowCalls
from station.overview.room import Overview
from station.overview.use import Use
from station.pipeline.events import Inspected, LineState, LineStatus
from station.settings import Settings
from station.store.queries import Reader
from station.supervisor import program

OPEN_LIMIT_MS, STALL_LIMIT_MS = 1000.0, 50.0
WATCH_MS = 5
_FAR = timedelta(days=10_000)
_STATUS = LineStatus(
    LineState.READY, None, None, "cam", 30.0, "m", "cpu", False, 0, 0, 0, 0, 0, 0, 0
)


@dataclass(slots=True)
class Watch:
    """How long the window's loop stood still, in ms, since `begin`."""

    gaps: list[float] = field(default_factory=list)
    last: float = 0.0
    timer: QTimer | None = None

    def begin(self) -> None:
        """Look from now on."""
        self.gaps, self.last = [], time.perf_counter()
        if self.timer is None:
            self.timer = QTimer()
            self.timer.setTimerType(Qt.TimerType.PreciseTimer)
            self.timer.timeout.connect(self.look)
            self.timer.start(WATCH_MS)

    def look(self) -> None:
        """The loop has come round."""
        now = time.perf_counter()
        self.gaps.append((now - self.last) * 1000)
        self.last = now

    @property
    def longest(self) -> float:
        """Until now."""
        self.look()
        return max(self.gaps)


class Desk:
    """The page in a window over a store; `watch` looks at its loop."""

    def __init__(self, folder: Path, reader: Reader, scope: Scope) -> None:
        self.faults: list[object] = []
        self.workers = Workers(*(Tasks(self.faults.append) for _ in range(4)))
        settings = Settings()
        self.overview = Overview(Use(folder, reader, settings, "07"), program)
        room = self.overview.room(lambda _: None)
        self.page = LinePage(room, self.workers, settings.shifts, settings.line.subgroup)
        self.page.chooser.scope = scope
        first = QWidget()
        calls = WindowCalls(
            lambda: _STATUS, lambda: Disk(10**12), lambda: "07", lambda: 0, lambda _: None
        )
        self.window = MainWindow(((lambda: "Inspect", first), (lambda: "Line", self.page)), calls)
        self.window.resize(DESIGN)
        self.window.show()
        self.watch = Watch()
        keep_memory()  # as the program does when its window stands
        spin(lambda: False, 0.5)

    def open(self) -> tuple[float, float]:
        """Milliseconds until all is shown and drawn, and the longest standstill."""
        self.watch.begin()
        begun = time.perf_counter()
        self.window.show_page(1)
        spin(lambda: self.page.filled, 60)
        took = (time.perf_counter() - begun) * 1000
        spin(lambda: False, 0.3)  # what was put off is drawn
        return took, self.watch.longest

    def close(self) -> None:
        """As the program ends."""
        self.window.close()
        for tasks in (getattr(self.workers, name) for name in Workers.__slots__):
            tasks.close()
        self.overview.close()
        if self.faults:
            raise SystemExit(f"faults: {self.faults}")


def spin(holds: Callable[[], bool], seconds: float) -> None:
    """Let the window live until that holds, at most so long."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.0005)


def scopes(reader: Reader) -> dict[str, Scope]:
    """The last eight hours, and the last week, open at their end."""
    last_ms = START_MS + reader.last_number() * STEP_MS
    last = datetime.fromtimestamp(last_ms / 1000).astimezone()
    spans = {"a shift": timedelta(hours=8), "a week": timedelta(days=7)}
    return {name: Scope(Span.BETWEEN, last - span, last + _FAR) for name, span in spans.items()}


def follow(desk: Desk, folder: Path, seconds: float, rate: float) -> tuple[float, int, float]:
    """Parts come from another process: longest standstill, parts shown, seconds behind."""
    before = shown(desk)
    desk.watch.begin()
    count, tool = int(seconds * rate), Path(__file__).with_name("line_parts.py")
    asked = [str(folder), "--parts", str(count), "--rate", str(rate)]
    writer = subprocess.Popen([sys.executable, str(tool), *asked])  # noqa: S603 - of this folder
    end = time.monotonic() + seconds + 20
    while writer.poll() is None and time.monotonic() < end:
        desk.page.show_event(Inspected(inspection(0)))  # the line tells of every part; one will do
        spin(lambda: False, 1 / rate)
    begun, wanted = time.monotonic(), before + count
    desk.page.show_event(Inspected(inspection(0)))
    spin(lambda: shown(desk) >= wanted, 10)
    writer.wait()
    return desk.watch.longest, shown(desk) - before, time.monotonic() - begun


def shown(desk: Desk) -> int:
    seen = desk.page.live.seen
    return seen.figures.parts if seen else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0, help="of following, for each span")
    parser.add_argument("--rate", type=float, default=5.0, help="parts in a second")
    chosen = parser.parse_args()
    qt = QApplication([])
    load_fonts()
    install("en")
    share_time()
    held = True
    with Reader(chosen.folder) as reader:
        print(f"{reader.last_number():,} records; {qt.platformName()}")
        heads = f"{'open ms':>10}{'stall ms':>10}{'live: stall ms':>16}"
        print(f"{'':10}{heads}{'parts':>8}{'behind s':>10}")
        for name, scope in scopes(reader).items():
            desk = Desk(chosen.folder, reader, scope)
            took, stall = desk.open()
            live, parts, behind = follow(desk, chosen.folder, chosen.seconds, chosen.rate)
            desk.close()
            print(f"{name:10}{took:10.0f}{stall:10.1f}{live:16.1f}{parts:8}{behind:10.2f}")
            quick = name != "a shift" or took <= OPEN_LIMIT_MS
            held &= quick and max(stall, live) <= STALL_LIMIT_MS
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
