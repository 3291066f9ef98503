"""The composition root of the window: pages, their few calls, and the line behind them."""

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from station.app import Tell, built_line
from station.board import (
    BEAT_SECONDS,
    Board,
    Role,
    make_runtime_folder,
    read_failed,
    runtime_folder,
)
from station.domain.inspection import DecisionKind, Still
from station.domain.part import TriggerSource
from station.driver import Driver
from station.errors import ErrorCode, Fault, StationError, internal
from station.gui.banners import Banners
from station.gui.bridge import LineBridge
from station.gui.calm import keep_memory, share_time
from station.gui.fonts import load_fonts
from station.gui.hands import Hands, make_hands
from station.gui.main_window import MainWindow
from station.gui.pages.history import HistoryCalls, HistoryPage
from station.gui.pages.history_filter import Wish
from station.gui.pages.inspect import InspectCalls, InspectPage
from station.gui.pages.line import LinePage
from station.gui.pages.line_room import Workers as LineWorkers
from station.gui.pages.review import ReviewCalls, ReviewPage
from station.gui.pages.setup import SetupPage
from station.gui.pages.setup_room import SetupRoom
from station.gui.pages.setup_room import Workers as SetupWorkers
from station.gui.pages.teach import TeachPage
from station.gui.pages.teach_room import Workers
from station.gui.texts import fault_text, install, translate
from station.gui.theme import DESIGN
from station.gui.wedge import Wedge
from station.gui.window_calls import WindowCalls
from station.opening import DiskWatch, remember
from station.overview.room import Overview
from station.overview.use import Use as OverviewUse
from station.pipeline.batch import Batch, Row
from station.pipeline.events import Event, LineStatus, StateChanged, Warned
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.plan import RunChoice, make_plan
from station.present import Present, read_present
from station.settings import Settings, load_settings
from station.setup.room import Setup
from station.store.export import export
from station.store.history import Filter
from station.store.queries import Reader
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.supervisor import on_end, program
from station.teach.room import teach_room
from station.teach.use import Use
from station.training.worker import Lessons

log = logging.getLogger(__name__)

DISK_MS = 5000
AWAIT_SECONDS = 5.0

AnyLine = Line | RemoteLine


@dataclass(frozen=True, slots=True)
class Room:
    """What a window works with: its data folder, the settings, the records, and the line."""

    data: Path
    settings: Settings
    reader: Reader
    line: AnyLine


@dataclass(frozen=True, slots=True)
class Errand:
    """What a window is to do by itself: so many parts, then its picture; None: nothing.

    painted: called when the window stands, drawn for the first time; then it ends.
    """

    parts: int | None
    screenshot: Path | None
    tell: Tell
    painted: Callable[[], None] | None = None


def run_window(choice: RunChoice, errand: Errand) -> LineStatus:
    """Line and window in one process; with parts it inspects them by itself and ends."""
    qt = open_qt()
    try:
        plan = make_plan(choice)
        ears = Ears(errand)
        with (
            Store(plan.data, plan.settings.station_name) as store,
            built_line(plan, store, ears.hear) as line,
        ):
            room = Room(plan.data, plan.settings, store.reader, line)
            show_room(qt, room, ears, errand, line.start)
        return line.status()
    except StationError as error:
        show_sentence(error.fault)
        raise


def attach_window(data: Path, errand: Errand) -> LineStatus:
    """A window for a line in another process, which may come and go."""
    board = Board(make_runtime_folder(data))
    board.beat(Role.WINDOW)
    qt = open_qt()
    beat = QTimer(qt)
    beat.timeout.connect(lambda: board.beat(Role.WINDOW))
    beat.start(int(BEAT_SECONDS * 1000))
    on_end(lambda: QMetaObject.invokeMethod(qt, "quit", Qt.ConnectionType.QueuedConnection))
    ears = Ears(errand)
    line = RemoteLine(runtime_folder(data), ears.hear, ears.show.emit)
    try:
        line.start()
        await_line(qt, data, line)
        with Reader(data) as reader:
            room = Room(data, load_settings(data), reader, line)
            show_room(qt, room, ears, errand, lambda: board.set_up(Role.WINDOW))
    except StationError as error:
        show_sentence(error.fault)
        raise
    finally:
        line.stop()
        beat.stop()
    return line.status()


def await_line(qt: QApplication, data: Path, line: RemoteLine) -> None:
    """Until the line answers, or, where there are records already, at most a moment.

    Raises StationError with what keeps the line from starting.
    """
    begun = time.monotonic()
    while not line.wait_here(0.02):
        qt.processEvents()
        failed = read_failed(runtime_folder(data))
        if failed is not None:
            raise fault_error(failed)
        if time.monotonic() - begun > AWAIT_SECONDS and (data / DATABASE_NAME).exists():
            return


def fault_error(failed: tuple[str, tuple[tuple[str, str], ...], int]) -> StationError:
    """The error that the line's process ended with."""
    code, facts, _ = failed
    error = StationError(ErrorCode(code))
    error.fault = Fault(ErrorCode(code), facts)
    return error


class Ears(QObject):
    """Hears the line from any thread; `bridge` carries it into the window's."""

    show = Signal()

    def __init__(self, errand: Errand) -> None:
        super().__init__()
        self.bridge = LineBridge()
        self.batch = Batch()
        self._drives = errand.parts is not None

    def hear(self, event: Event) -> None:
        """Take an event."""
        self.bridge.post(event)
        if self._drives:
            self.batch.post(event)


def show_room(
    qt: QApplication, room: Room, ears: Ears, errand: Errand, shown: Callable[[], None]
) -> None:
    """Open the window and stay until it is closed; `shown` is called when it stands."""
    install(room.settings.language)
    bridge = ears.bridge
    sys.excepthook = catch(bridge.post)
    with open_window(room, lambda fault: bridge.post(Warned(fault))) as (window, hands):
        keep_memory()
        present = Present(window, room.line, room.reader, room.settings.shifts, hands.tasks)
        bridge.told.connect(window.show_event)
        bridge.told.connect(present.hear)
        ears.show.connect(present.come_forward)
        status = room.line.status()  # what was told before anybody listened
        bridge.post(StateChanged(status.state, status.fault))
        fill_screen(window)
        wedge = Wedge(qt, window.scan, window.keys)
        shown()
        driver = Driver(window, errand.screenshot)
        if errand.parts is not None:
            driver.start(lambda: tell_all(ears.batch.run(room.line, errand.parts), errand.tell))
        if errand.painted is not None:
            driver.end_after_paint(errand.painted)
        qt.exec()
        driver.finish()
        wedge.deleteLater()
    bridge.told.disconnect()


@contextmanager
def open_window(
    room: Room, on_fault: Callable[[Fault], None]
) -> Iterator[tuple[MainWindow, Hands]]:
    """The window with its workers and all that stands behind its pages; they end with it.

    on_fault: what went wrong where nobody else could say so.
    """
    hands = make_hands(on_fault)
    lessons = Lessons(program("lesson"))
    setup = Setup(room.data, room.line, program)
    use = OverviewUse(room.data, room.reader, room.settings, room.settings.operator)
    overview = Overview(use, program)
    try:
        yield build_window(room, hands, lessons, setup.room, overview), hands
    finally:
        setup.give_up()
        for one in (lessons, hands, setup, overview):
            one.close()


def fill_screen(window: MainWindow) -> None:
    """A station has its screen to itself; offscreen it is as large as the design."""
    if QGuiApplication.platformName() == "offscreen":
        window.resize(DESIGN)
        window.show()
        return
    window.setGeometry(window.screen().availableGeometry())
    window.showMaximized()
    window.activateWindow()


def tell_all(rows: Iterable[Row], tell: Tell) -> None:
    """Hand on each part as it comes."""
    for row in rows:
        tell(row)


def open_qt() -> QApplication:
    """The Qt application with the fonts that ship with the program."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    qt = QApplication.instance() or QApplication(["station"])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Station")
    load_fonts()
    install("auto")
    share_time()
    return qt


def build_window(
    room: Room, hands: Hands, lessons: Lessons, setup: SetupRoom, overview: Overview
) -> MainWindow:
    """The pages with the few calls that each needs, and the window around them."""
    line, reader, tasks = room.line, room.reader, hands.tasks

    def still(uid: str) -> Still | None:
        at_hand = line.still(uid)
        if at_hand is not None or not reader.knows(uid):
            return at_hand  # a part without a picture may not be recorded yet
        return reader.still(uid)

    def undo(uid: str) -> None:
        line.decide(uid, DecisionKind.UNDO)

    def trigger(source: TriggerSource) -> None:
        tasks.run(lambda: line.trigger(source), lambda _: None)

    def save(values: dict[str, str]) -> None:
        tasks.run(lambda: remember(room.data, values), lambda _: None)

    inspect = InspectPage(
        InspectCalls(trigger, line.decide, undo, still, line.live.take, line.expect)
    )
    review = ReviewPage(
        ReviewCalls(reader.waiting, still, line.decide, undo, reader.waiting_count), tasks
    )
    history = HistoryPage(
        HistoryCalls(
            reader.page,
            reader.story,
            reader.still,
            reader.facets,
            reader.yield_between,
            partial(export, reader, room.data),
        ),
        tasks,
        hands.exports,
        room.settings.shifts,
    )
    use = Use(room.data, reader, line, room.settings.operator, lessons)
    workers = Workers(hands.teach, hands.pictures, hands.files, hands.lessons)
    teach = TeachPage(teach_room(use), workers, room.data, reader.still)
    setup_page = SetupPage(setup, SetupWorkers(hands.setup, hands.looks, hands.search))

    def show_parts(wanted: Filter) -> None:
        window.show_page(window.pages.index(history))
        history.set_wish(Wish.about(wanted))

    line_page = LinePage(
        overview.room(show_parts),
        LineWorkers(hands.figures, hands.advice, hands.studies, hands.papers),
        room.settings.shifts,
        room.settings.line.subgroup,
    )
    disk = DiskWatch(room.data, reader)
    operator = room.settings.operator
    disk.measure()
    calls = WindowCalls(
        line.status, lambda: disk.latest, lambda: operator, lambda: review.count, save
    )
    window = MainWindow(
        (
            (lambda: translate("Window", "Inspect"), inspect),
            (lambda: translate("Window", "Review"), review),
            (lambda: translate("Window", "History"), history),
            (lambda: translate("Window", "Teach"), teach),
            (lambda: translate("Window", "Line"), line_page),
            (lambda: translate("Window", "Setup"), setup_page),
        ),
        calls,
        room.settings.theme,
        room.settings.pedal,
    )
    Banners(window.alarm, reader.unconfirmed, line.confirm, tasks)
    inspect.resume(*read_present(reader, room.settings.shifts))
    review.changed.connect(window.show_waiting)
    review.reload()
    look = QTimer(window)
    look.timeout.connect(lambda: tasks.run(disk.measure, lambda _: None))
    look.start(DISK_MS)
    return window


def catch(post: Callable[[Event], None]) -> Callable[..., None]:
    """A hook for what nobody caught: the log gets the traceback, the person a sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        post(Warned(internal(error)))

    return hook


def show_sentence(fault: Fault) -> None:
    """Tell a person in a box why the window does not open; offscreen nobody could close it."""
    if QGuiApplication.platformName() != "offscreen":
        QMessageBox.critical(None, "Station", fault_text(fault))
