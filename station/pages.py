"""The pages that come when the window stands: each with its few calls, and what they stand on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from station.about import manual, read, titles
from station.access import Door
from station.front import Front
from station.gui.banners import Banners
from station.gui.guarded_page import GuardedPage
from station.gui.pages.help import HelpPage
from station.gui.pages.help_room import HelpRoom
from station.gui.pages.history import HistoryCalls, HistoryPage
from station.gui.pages.history_filter import Wish
from station.gui.pages.line import LinePage
from station.gui.pages.line_room import Workers as LineWorkers
from station.gui.pages.review import ReviewCalls, ReviewPage
from station.gui.pages.setup import SetupPage
from station.gui.pages.setup_room import Workers as SetupWorkers
from station.gui.pages.teach import TeachPage
from station.gui.pages.teach_room import Workers
from station.gui.unlock import Guard
from station.gui.window_calls import HELP
from station.opening import DiskWatch
from station.overview.room import Overview
from station.overview.use import Use as OverviewUse
from station.present import read_present
from station.reach import Room
from station.setup.room import Setup
from station.store.doorbook import note_access
from station.store.export import export
from station.store.history import Filter
from station.supervisor import program
from station.teach.room import teach_room
from station.teach.use import Use
from station.training.worker import Lessons

DISK_MS = 5000
HISTORY, TEACH, SETUP = 2, 3, 5
GUARDED = (TEACH, SETUP)
"""Where the administrator's PIN is asked for."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What the pages are made from."""

    front: Front
    room: Room
    lessons: Lessons
    setup: Setup
    overview: Overview
    guard: Guard


def fill(front: Front, room: Room, stack: ExitStack) -> Iterator[None]:
    """Make one page after the other, and yield between; `stack` ends what stands behind them.

    A page that somebody waits for comes first.
    """
    front.reach.reader = room.reader
    behind = stack.enter_context(_behind(front, room))
    _watch_records(front, room)
    waiting = dict(PAGES)
    while waiting:
        yield
        seen = front.window.pages.index(front.window.page)
        index = seen if seen in waiting else min(waiting)
        front.window.put_page(index, waiting.pop(index)(behind))


def _watch_records(front: Front, room: Room) -> None:
    """The shift so far, what waits to be confirmed, and room for more."""
    window, tasks, shifts = front.window, front.hands.tasks, room.settings.shifts
    tasks.run(lambda: read_present(room.reader, shifts), lambda found: front.inspect.resume(*found))
    Banners(window.alarm, room.reader.unconfirmed, room.line.confirm, tasks)
    disk = front.reach.disk = DiskWatch(room.data, room.reader)
    tasks.run(disk.measure, lambda _: window.refresh())
    look = QTimer(window)
    look.timeout.connect(lambda: tasks.run(disk.measure, lambda _: None))
    look.start(DISK_MS)


@contextmanager
def _behind(front: Front, room: Room) -> Iterator[Behind]:
    lessons = Lessons(program("lesson"))
    window = front.window
    door = Door(room.data, partial(note_access, room.data, room.settings.operator))
    guard = Guard(
        door, front.hands.access, lambda: window.page in (window.pages[n] for n in GUARDED), window
    )
    setup = Setup(room.data, room.line, program, door)
    use = OverviewUse(room.data, room.reader, room.settings, room.settings.operator)
    overview = Overview(use, program)
    try:
        yield Behind(front, room, lessons, setup, overview, guard)
    finally:
        setup.give_up()
        for one in (lessons, front.hands, setup, overview):
            one.close()


def _review(behind: Behind) -> QWidget:
    reach, reader = behind.front.reach, behind.room.reader
    calls = ReviewCalls(reader.waiting, reach.still, reach.decide, reach.undo, reader.waiting_count)
    page = ReviewPage(calls, behind.front.hands.tasks)
    page.changed.connect(behind.front.window.show_waiting)
    reach.waiting = lambda: page.count
    page.reload()
    return page


def _history(behind: Behind) -> QWidget:
    reader, hands = behind.room.reader, behind.front.hands
    calls = HistoryCalls(
        reader.page,
        reader.story,
        reader.still,
        reader.facets,
        reader.yield_between,
        partial(export, reader, behind.room.data),
    )
    return HistoryPage(calls, hands.tasks, hands.exports, behind.room.settings.shifts)


def _teach(behind: Behind) -> QWidget:
    room, hands = behind.room, behind.front.hands
    use = Use(room.data, room.reader, room.line, room.settings.operator, behind.lessons)
    workers = Workers(hands.teach, hands.pictures, hands.files, hands.lessons)
    calls = replace(teach_room(use, behind.guard.door), ask_pin=behind.guard.ask)
    return TeachPage(calls, workers, room.data, room.reader.still)


def _line(behind: Behind) -> QWidget:
    window, hands, settings = behind.front.window, behind.front.hands, behind.room.settings

    def show_parts(wanted: Filter) -> None:
        window.show_page(HISTORY)
        history = window.pages[HISTORY]
        assert isinstance(history, HistoryPage)
        history.set_wish(Wish.about(wanted))

    workers = LineWorkers(hands.figures, hands.advice, hands.studies, hands.papers)
    return LinePage(
        behind.overview.room(show_parts), workers, settings.shifts, settings.line.subgroup
    )


def _setup(behind: Behind) -> QWidget:
    hands = behind.front.hands
    workers = SetupWorkers(hands.setup, hands.looks, hands.search, hands.access)
    return GuardedPage(SetupPage(behind.setup.room, workers, behind.guard), behind.guard)


def _help(behind: Behind) -> QWidget:
    room, tasks = behind.room, behind.front.hands.help
    asked = room.settings.provider
    return HelpPage(HelpRoom(room.line.status, read, titles, manual, asked, room.data, tasks))


PAGES: dict[int, Callable[[Behind], QWidget]] = {
    1: _review,
    HISTORY: _history,
    TEACH: _teach,
    4: _line,
    SETUP: _setup,
    HELP: _help,
}
"""How each is made, by its place in the window."""
