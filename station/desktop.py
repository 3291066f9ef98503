"""The composition root of the window: pages, their few calls, and the line behind them."""

import logging
import sys
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from station.app import Tell, built_line
from station.domain.inspection import DecisionKind, Still
from station.domain.part import TriggerSource, shift_start
from station.errors import Fault, StationError, internal
from station.gui.bridge import LineBridge
from station.gui.fonts import load_fonts
from station.gui.main_window import MainWindow, WindowCalls
from station.gui.pages.inspect import InspectCalls, InspectPage
from station.gui.pages.review import ReviewCalls, ReviewPage
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, install, translate
from station.gui.theme import DESIGN
from station.opening import DiskWatch, remember, view_product
from station.pipeline.batch import Batch, Row
from station.pipeline.events import Event, StateChanged, Warned
from station.pipeline.line import Line
from station.plan import Plan, RunChoice, make_plan
from station.store.store import Store

log = logging.getLogger(__name__)

DISK_MS = 5000
SETTLE_MS = 900  # the last part's picture and heat map come into sight within this time


def run_window(choice: RunChoice, parts: int | None, screenshot: Path | None, tell: Tell) -> Line:
    """Open the window; with `parts` it inspects so many by itself, takes its picture and ends."""
    qt = open_qt()
    try:
        plan = make_plan(choice)
        install(plan.settings.language)
        bridge, batch = LineBridge(), Batch()
        sys.excepthook = catch(bridge.post)

        def on_event(event: Event) -> None:
            bridge.post(event)
            if parts is not None:
                batch.post(event)

        with Store(plan.data) as store, built_line(plan, store, on_event) as line:
            tasks = Tasks(lambda fault: bridge.post(Warned(fault)))
            window = build_window(plan, store, line, tasks)
            bridge.told.connect(window.show_event)
            bridge.told.connect(ProductTeller(window, plan, line, tasks).hear)
            line.start()
            fill_screen(window)
            driver = Driver(window, screenshot)
            if parts is not None:
                driver.start(lambda: tell_all(batch.run(line, parts), tell))
            qt.exec()
            driver.finish()
            tasks.close()
        return line
    except StationError as error:
        show_sentence(error.fault)
        raise


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
    return qt


def build_window(plan: Plan, store: Store, line: Line, tasks: Tasks) -> MainWindow:
    """Both pages with the few calls that each needs, and the window around them."""

    def still(uid: str) -> Still | None:
        at_hand = line.still(uid)
        if at_hand is not None or not store.reader.knows(uid):
            return at_hand  # a part without a picture may not be recorded yet
        return store.reader.still(uid)

    def undo(uid: str) -> None:
        line.decide(uid, DecisionKind.UNDO)

    def trigger(source: TriggerSource) -> None:
        line.trigger(source)

    def save(values: dict[str, str]) -> None:
        tasks.run(lambda: remember(plan.data, values), lambda _: None)

    inspect = InspectPage(InspectCalls(trigger, line.decide, undo, still, line.live.take))
    reader = store.reader
    review = ReviewPage(
        ReviewCalls(reader.waiting, still, line.decide, undo, reader.waiting_count), tasks
    )
    disk = DiskWatch(plan.data, store.reader)
    operator = plan.settings.operator
    disk.measure()
    calls = WindowCalls(
        line.status, lambda: disk.latest, lambda: operator, lambda: review.count, save
    )
    window = MainWindow(
        (
            (lambda: translate("Window", "Inspect"), inspect),
            (lambda: translate("Window", "Review"), review),
        ),
        calls,
        plan.settings.theme,
    )
    now = datetime.now().astimezone()
    since = shift_start(now, plan.settings.shifts)
    inspect.set_counts(store.reader.counts(int(since.timestamp() * 1000)))
    review.changed.connect(window.show_waiting)
    review.reload()
    look = QTimer(window)
    look.timeout.connect(lambda: tasks.run(disk.measure, lambda _: None))
    look.start(DISK_MS)
    return window


class ProductTeller(QObject):
    """Tells the pages of the product as soon as the line knows its model."""

    def __init__(self, window: MainWindow, plan: Plan, line: Line, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._plan, self._line, self._tasks = window, plan, line, tasks
        self._told = False

    @Slot(object)
    def hear(self, event: Event) -> None:
        """Wait for the first state in which the model is open."""
        card = self._line.card
        if self._told or card is None or not isinstance(event, StateChanged):
            return
        self._told = True
        recipe, lot = self._plan.recipe, self._plan.settings.lot
        self._tasks.run(lambda: view_product(recipe, lot, card), self._window.set_product)


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


class Driver(QObject):
    """Inspects parts in a thread of its own, then takes the window's picture and closes it."""

    ended = Signal()

    def __init__(self, window: MainWindow, screenshot: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._screenshot = screenshot
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None
        self.ended.connect(self._settle)

    def start(self, drive: Callable[[], object]) -> None:
        """Begin; the window stays alive meanwhile."""

        def body() -> None:
            try:
                drive()
            except BaseException as error:  # noqa: BLE001 - raised again in `finish`
                self._error = error
            self.ended.emit()

        self._thread = threading.Thread(target=body, name="driver", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait for the thread; raises what went wrong in it."""
        if self._thread is not None:
            self._thread.join()
        if self._error is not None:
            raise self._error

    @Slot()
    def _settle(self) -> None:
        QTimer.singleShot(SETTLE_MS, self._leave)

    @Slot()
    def _leave(self) -> None:
        if self._screenshot is not None:
            self._screenshot.parent.mkdir(parents=True, exist_ok=True)
            self._window.grab().save(str(self._screenshot))
        self._window.close()
