"""The composition root of the window: drawn first, then the line and the records, then the pages.

Nothing here is imported before the first drawing that is only needed after it.
"""

import logging
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from station.board import (
    BEAT_SECONDS,
    Board,
    Role,
    make_runtime_folder,
    read_failed,
    read_upgrade,
    runtime_folder,
    take_lesson_wish,
)
from station.choice import RunChoice, data_folder
from station.driver import Driver, FirstPaint
from station.errors import ErrorCode, Fault, StationError, internal
from station.face import Face, read_face
from station.front import Front, open_front
from station.gui.application import fill_screen, open_qt
from station.gui.bridge import LineBridge
from station.gui.calm import keep_memory, put_off_collecting
from station.gui.hands import Hands
from station.gui.main_window import MainWindow
from station.gui.slices import Slices
from station.gui.texts import fault_text, install
from station.gui.wedge import Wedge
from station.loading import load_beside, load_line, load_pages
from station.pipeline.events import Event, LineStatus, Refused, StateChanged, Warned
from station.reach import Room
from station.supervisor import on_end

if TYPE_CHECKING:
    from station.app import Tell
    from station.pipeline.batch import Batch, Row
    from station.pipeline.remote import RemoteLine

log = logging.getLogger(__name__)

AWAIT_SECONDS = 5.0
UNSEEN_MS = 1000  # a window that nobody can see is never drawn, and the station starts all the same

Search = Generator[None, None, Room]
"""Looks for what a window works with, a slice at a time."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What a window is to do by itself: so many parts, then its picture; None: nothing.

    painted: called when the window stands, drawn for the first time; when all of its pages are
    there too it ends.
    """

    parts: int | None
    screenshot: Path | None
    tell: "Tell"
    painted: Callable[[], None] | None = None


def run_window(choice: RunChoice, errand: Errand) -> LineStatus:
    """Line and window in one process; with parts it inspects them by itself and ends."""
    qt, ears = open_qt(), Ears(errand)

    def search(front: Front, stack: ExitStack) -> Search:
        yield from load_line()
        yield from load_beside("station.app")
        yield from load_pages()
        from station.app import built_line
        from station.plan import make_plan
        from station.store.store import Store

        plan = make_plan(choice)
        with upgrade_shown(plan.data) as show:
            store = Store(plan.data, plan.settings.station_name, show)
            store.open()
        stack.callback(store.close)
        line = stack.enter_context(built_line(plan, store, ears.hear))
        front.reach.set_line(line)
        line.start()
        return Room(plan.data, plan.settings, store.reader, line)

    return show_window(qt, data_folder(choice), ears, search)


def attach_window(data: Path, errand: Errand) -> LineStatus:
    """A window for a line in another process, which may come and go."""
    board = Board(make_runtime_folder(data))
    board.beat(Role.WINDOW)
    qt, ears = open_qt(), Ears(errand)
    beat = QTimer(qt)
    beat.timeout.connect(lambda: board.beat(Role.WINDOW))
    beat.start(int(BEAT_SECONDS * 1000))
    on_end(lambda: QMetaObject.invokeMethod(qt, "quit", Qt.ConnectionType.QueuedConnection))

    def search(front: Front, stack: ExitStack) -> Search:
        yield from load_line()
        from station.pipeline.remote import RemoteLine

        line = RemoteLine(runtime_folder(data), ears.hear, ears.show.emit)
        stack.callback(line.stop)
        line.start()
        front.reach.set_line(line)
        front.window.filled.connect(lambda: board.set_up(Role.WINDOW))
        yield from load_pages()
        from station.settings import load_settings
        from station.store.queries import Reader

        yield from await_line(data, line)
        reader = stack.enter_context(Reader(data))
        return Room(data, load_settings(data), reader, line)

    try:
        return show_window(qt, data, ears, search)
    finally:
        beat.stop()


def await_line(data: Path, line: "RemoteLine") -> Iterator[None]:
    """Until the line answers, or, where there are records already, at most a moment.

    Records of an older program are brought up to date by the line first, and that is shown.
    Raises StationError with what keeps the line from starting.
    """
    folder, until = runtime_folder(data), time.monotonic() + AWAIT_SECONDS
    with upgrade_shown(data) as show:
        while not line.wait_here(0):
            share = read_upgrade(folder)
            if share is not None:
                show(share)
            yield
            failed = read_failed(folder)
            if failed is not None:
                raise fault_error(failed)
            if time.monotonic() > until and share is None:
                if can_be_read(data):
                    return
                until = time.monotonic() + 1.0


@contextmanager
def upgrade_shown(data: Path) -> Iterator[Callable[[float], None]]:
    """What shows a person how far an upgrade of the records is, from the first word on."""
    from station.gui.upgrade_note import UpgradeNote

    notes: list[UpgradeNote] = []

    def show(share: float) -> None:
        if not notes:
            notes.append(UpgradeNote(read_face(data).theme))
            notes[0].open()
        notes[0].show_share(share)
        QApplication.processEvents()

    try:
        yield show
    finally:
        for note in notes:
            note.end()


def can_be_read(data: Path) -> bool:
    """Whether there are records, and not such that the line has yet to bring up to date."""
    from station.errors import StoreError
    from station.store.queries import Reader

    try:
        with Reader(data):
            return True
    except StoreError as error:
        return error.code not in (ErrorCode.STORE_NOT_FOUND, ErrorCode.STORE_OLDER)


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
        self.errand = errand
        self.batch = None if errand.parts is None else _batch()

    def hear(self, event: Event) -> None:
        """Take an event."""
        self.bridge.post(event)
        if self.batch is not None:
            self.batch.post(event)


def _batch() -> "Batch":
    from station.pipeline.batch import Batch

    return Batch()


def show_window(
    qt: QApplication, data: Path, ears: Ears, search: Callable[[Front, ExitStack], Search]
) -> LineStatus:
    """Open the window and stay until it is closed; how the line stood then.

    `search` begins when the window is drawn.
    """
    put_off_collecting()
    face = read_face(data)
    install(face.language)
    sys.excepthook = catch(ears.bridge.post)
    with ExitStack() as stack:
        front = stack.enter_context(open_front(face, data, ears.bridge.post))
        stack.callback(ears.bridge.told.disconnect)
        ears.bridge.told.connect(front.window.show_event)
        driver = Driver(front.window, ears.errand.screenshot)
        steps = Slices(open_room(front, face, ears, driver, search, stack), front.window)
        first = FirstPaint(front.window)
        if ears.errand.painted is not None:
            first.painted.connect(ears.errand.painted)
            front.window.filled.connect(driver.ended)
        first.painted.connect(steps.start)
        QTimer.singleShot(UNSEEN_MS, steps.start)
        wedge = Wedge(qt, front.window.scan, front.window.keys)
        fill_screen(front.window)
        qt.exec()
        try:
            steps.finish()
            driver.finish()
        except StationError as error:
            show_sentence(error.fault, front.window)
            raise
        finally:
            wedge.deleteLater()
    return front.reach.status()


def open_room(
    front: Front,
    face: Face,
    ears: Ears,
    driver: Driver,
    search: Callable[[Front, ExitStack], Search],
    stack: ExitStack,
) -> Iterator[None]:
    """Find what the window works with, and make its other pages; `stack` ends all of it."""
    room = yield from search(front, stack)
    from station.pages import fill
    from station.present import Present

    if room.settings.language != face.language:
        install(room.settings.language)
    window, bridge = front.window, ears.bridge
    present = Present(window, room.line, room.reader, room.settings.shifts, front.hands.tasks)
    bridge.told.connect(present.hear)
    ears.show.connect(present.come_forward)
    status = room.line.status()  # what was told before anybody listened
    bridge.post(StateChanged(status.state, status.fault))
    if take_lesson_wish(runtime_folder(room.data)):
        teach_first(window)
    yield from fill(front, room, stack)
    keep_memory()
    window.filled.emit()
    parts, batch = ears.errand.parts, ears.batch
    if batch is not None:
        driver.start(lambda: tell_all(batch.run(room.line, parts), ears.errand.tell))


def teach_first(window: MainWindow) -> None:
    """A person has just begun with this station, and wants to teach it a product."""
    from station.gui.pages.teach import TeachPage
    from station.pages import TEACH

    def begin() -> None:
        page = window.pages[TEACH]
        assert isinstance(page, TeachPage)
        page.teach_new()

    window.show_page(TEACH)
    window.filled.connect(begin, Qt.ConnectionType.SingleShotConnection)


@contextmanager
def open_window(
    room: Room, on_fault: Callable[[Fault], None]
) -> Iterator[tuple[MainWindow, Hands]]:
    """The window with all of its pages at once, not yet shown; it hears of no event by itself.

    on_fault: what went wrong where nobody else could say so.
    """
    from station.pages import fill

    def post(event: Event) -> None:
        if isinstance(event, Warned | Refused):
            on_fault(event.fault)

    settings = room.settings
    face = Face(settings.language, settings.theme, settings.pedal, settings.operator)
    with ExitStack() as stack:
        front = stack.enter_context(open_front(face, room.data, post))
        front.reach.set_line(room.line)
        status = room.line.status()
        front.window.show_event(StateChanged(status.state, status.fault))
        for _ in fill(front, room, stack):
            pass
        front.window.filled.emit()
        yield front.window, front.hands


def tell_all(rows: "Iterable[Row]", tell: "Tell") -> None:
    """Hand on each part as it comes."""
    for row in rows:
        tell(row)


def catch(post: Callable[[Event], None]) -> Callable[..., None]:
    """A hook for what nobody caught: the log gets the traceback, the person a sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        post(Warned(internal(error)))

    return hook


def show_sentence(fault: Fault, window: QWidget) -> None:
    """Tell a person in a box why the station does not start; offscreen nobody could close it."""
    if QGuiApplication.platformName() != "offscreen":
        QMessageBox.critical(window, "Station", fault_text(fault))
