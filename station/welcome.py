"""The composition root of the first start: its questions, and what stands behind them."""

import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QMetaObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from station.access import pin_flaw, pin_is_set
from station.board import Board, Role, make_runtime_folder
from station.cameras.features import Found
from station.errors import Fault, SettingsError
from station.first_start import DONE, TEACH
from station.gui.application import fill_screen, open_qt
from station.gui.tasks import Tasks
from station.gui.welcome.camera import CameraStep
from station.gui.welcome.folder import FolderStep
from station.gui.welcome.language import LanguageStep
from station.gui.welcome.lost import LostStep
from station.gui.welcome.pin import PinStep
from station.gui.welcome.product import ProductStep
from station.gui.welcome.room import Answers, Place, Seen, WelcomeRoom
from station.gui.welcome.step import Done, Failed, Step
from station.gui.welcome.window import WelcomeWindow
from station.place import default_data_folder, note_path, usual_data_folder
from station.supervisor import on_end, program
from station.whole import check_writable

SEARCH_AFTER_MS = 50  # when the window stands
LOOK_MS = 100
STAY_SECONDS = 15.0


def welcome(data: Path | None, tell: Callable[[str], None]) -> bool:
    """Ask what a new station must know, and write it down; False where the person left.

    data: the folder that was named at the start.  tell: takes the word that it is done, while the
    window stays until the station's own comes.  One at a time for each usual folder.
    """
    lock = FileLock(make_runtime_folder(data or usual_data_folder()) / "welcome.lock", timeout=0)
    try:
        with lock:
            return _welcome(data, tell)
    except Timeout:  # it stands on the screen already
        return False


def _welcome(data: Path | None, tell: Callable[[str], None]) -> bool:
    qt = open_qt()
    gone = threading.Event()
    workers = [Tasks(lambda _: None) for _ in range(3)]
    on_end(lambda: QMetaObject.invokeMethod(qt, "quit", Qt.ConnectionType.QueuedConnection))
    try:
        with tempfile.TemporaryDirectory(prefix="station-") as shots:
            proposed = data or default_data_folder()
            room = make_room(proposed, data is not None, gone, Path(shots))
            window = make_window(room, workers)
            window.written.connect(lambda _: gone.set())  # nobody waits for a camera any more
            _show(qt, window, data, tell)
            gone.set()
            for one in workers:
                one.close()
            return window.answers is not None
    except SettingsError as error:
        return _lost(qt, error.fault, workers[0], tell)


def _lost(qt: QApplication, fault: Fault, tasks: Tasks, tell: Callable[[str], None]) -> bool:
    """The folder that was chosen once is not there."""
    window = WelcomeWindow([LostStep(fault, default_data_folder, tasks)], _nothing_to_write)
    _show(qt, window, None, tell)
    tasks.close()
    return window.answers is not None


def make_room(proposed: Path, named: bool, gone: threading.Event, shots: Path) -> WelcomeRoom:
    """What stands behind the questions; much of it is loaded when it is asked for.

    shots: where pictures may lie for a moment.
    """

    def judge(folder: Path) -> Place:
        from station.greeting.folder import judge

        found = judge(folder)
        if not named and folder != usual_data_folder():
            check_writable(note_path())
        return found

    def disks() -> tuple[Place, ...]:
        from station.greeting.folder import other_disks

        return other_disks(proposed)

    def fitting(folder: Path) -> Path:
        from station.greeting.folder import fitting

        return folder if folder == proposed else fitting(folder)

    def search() -> Seen:
        from station.greeting.cameras import search

        return search(program, gone)

    def look(camera: Found) -> Path:
        from station.greeting.cameras import look

        return look(program, gone, camera, shots)

    def finish(answers: Answers) -> None:
        from station.greeting.finish import finish

        finish(answers, named)

    return WelcomeRoom(
        proposed=proposed,
        named=named,
        disks=disks,
        fitting=fitting,
        judge=judge,
        pin_flaw=pin_flaw,
        has_pin=pin_is_set,
        search=search,
        look=look,
        finish=finish,
    )


def make_window(room: WelcomeRoom, workers: Sequence[Tasks]) -> WelcomeWindow:
    """The questions in their order; cameras are looked for from the first moment on."""
    orders, searcher, looker = workers

    def has_pin(answers: Answers) -> bool:
        return answers.place is not None and room.has_pin(answers.place.folder)

    def finish(answers: Answers, done: Done, failed: Failed) -> None:
        orders.run(lambda: room.finish(answers), lambda _: done(), failed)

    camera = CameraStep(room, searcher, looker)
    steps: list[Step] = [
        LanguageStep(),
        FolderStep(room, orders),
        PinStep(room.pin_flaw, has_pin),
        camera,
        ProductStep(),
    ]
    window = WelcomeWindow(steps, finish)
    QTimer.singleShot(SEARCH_AFTER_MS, window, camera.search)
    return window


def _nothing_to_write(answers: Answers, done: Done, failed: Failed) -> None:
    del answers, failed
    done()


def _show(
    qt: QApplication, window: WelcomeWindow, data: Path | None, tell: Callable[[str], None]
) -> None:
    """Until it is closed; a station has its screen to itself."""

    def written(answers: Answers) -> None:
        tell(TEACH if answers.teach else DONE)
        place = data or (answers.place.folder if answers.place else default_data_folder())
        _close_behind(window, Board(make_runtime_folder(place)))

    window.written.connect(written)
    fill_screen(window)
    qt.exec()


def _close_behind(window: WelcomeWindow, board: Board) -> None:
    """Close it when the station's own window stands before it, or does not come."""
    end = time.monotonic() + STAY_SECONDS

    def look() -> None:
        if board.up(Role.WINDOW) or time.monotonic() > end:
            timer.stop()
            board.close()
            window.close()

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(LOOK_MS)
