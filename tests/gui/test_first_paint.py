"""The window is drawn before anything is loaded that it does not need for that."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.domain.part import TriggerSource
from station.domain.recipe import Recipe
from station.errors import ErrorCode
from station.face import Face, read_face
from station.gui.fonts import load_fonts
from station.gui.main_window import MainWindow
from station.gui.product import ProductView
from station.gui.slices import Slices
from station.gui.tasks import Tasks
from station.gui.texts import install
from station.gui.widgets.coming import Coming
from station.gui.window_calls import WindowCalls
from station.loading import load_beside
from station.pipeline.events import NOWHERE, Event, LineState, Refused, StateChanged
from station.reach import Reach
from station.settings import FILE_NAME, Settings, save_settings
from tests.program import environment

LATER = {
    *("alembic", "asyncua", "cv2", "genicam", "msgspec", "numpy", "onnx", "onnxruntime"),
    *("paho", "psutil", "pydantic", "pymodbus", "pyqtgraph", "scipy", "sklearn", "sqlalchemy"),
    *("typer", "xlsxwriter", "station.pages", "station.settings", "station.store"),
}
OF_QT = {"PySide6", "__feature__", "shiboken6", "shibokensupport", "signature_bootstrap"}
PAINT = """
import json, os, sys, time
from pathlib import Path
from station import begin
def painted(out, pid):
    print(json.dumps([time.process_time(), sorted(sys.modules)]), flush=True)
    os._exit(0)
begin.tell_painted = painted
begin.be_window(Path(sys.argv[1]), exit_after_paint=True)
"""


def test_what_the_first_paint_loads(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PAINT, str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(tmp_path) | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        process.stdin.write(b'["", false]\n')
        process.stdin.flush()
        seconds, modules = json.loads(process.stdout.readline())
    print(f"{seconds:.2f} s of processor until the window is drawn, {len(modules)} modules")
    assert not LATER & set(modules)
    assert len(modules) < 400


def test_the_face_is_what_the_settings_say(tmp_path: Path) -> None:
    assert read_face(tmp_path) == Face()
    told = Settings(language="zh_CN", theme="light", pedal="F9", operator="Ü 7")
    save_settings(tmp_path, told)
    assert read_face(tmp_path) == Face("zh_CN", "light", "F9", "Ü 7")
    (tmp_path / FILE_NAME).write_text("language = 3\ntheme = 'light'", "utf-8")
    assert read_face(tmp_path) == Face(theme="light")
    (tmp_path / FILE_NAME).write_bytes(b"\xff = [")
    assert read_face(tmp_path) == Face()


def test_before_the_line_is_there_orders_are_refused_with_words(qtbot: QtBot) -> None:
    told: list[Event] = []
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))
    reach = Reach(told.append, tasks)
    assert reach.status().state is LineState.STARTING
    assert reach.room() is None
    assert reach.still("u") is None
    assert reach.live(0.0) is None
    reach.trigger(TriggerSource.KEY)
    reach.undo("u")
    codes = [event.fault.code for event in told if isinstance(event, Refused)]
    assert codes == [ErrorCode.LINE_NOT_READY] * 2
    tasks.close()


def test_slices_leave_room_for_the_window_and_pass_on_what_goes_wrong(
    qapp: QApplication,
) -> None:
    turns: list[str] = []
    parent = QObject()

    def work() -> Iterator[None]:
        for number in range(3):
            QTimer.singleShot(0, lambda number=number: turns.append(f"event {number}"))
            turns.append(f"slice {number}")
            yield
        raise ValueError("in a slice")

    slices = Slices(work(), parent)
    slices.start()
    slices.start()
    QTimer.singleShot(5000, parent, qapp.exit)
    qapp.exec()  # which what goes wrong ends
    assert turns == [f"{kind} {number}" for number in range(3) for kind in ("slice", "event")]
    with pytest.raises(ValueError, match="in a slice"):
        slices.finish()


def test_modules_are_loaded_beside_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "takes_time.py").write_text("import time\ntime.sleep(0.3)\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    began, turns = time.monotonic(), 0
    for _ in load_beside("takes_time"):
        turns += 1
        time.sleep(0.01)
    assert time.monotonic() - began > 0.25
    assert turns > 3
    assert sys.modules.pop("takes_time")


def test_nothing_of_qt_is_loaded_in_another_thread() -> None:
    """And what is loaded in the window's thread finds all that is not of Qt loaded already."""
    code = (
        "import sys\n"
        "from importlib import import_module\n"
        "from station import loading\n"
        "for name in (*loading.LINE_BESIDE, *loading.PAGES_BESIDE): import_module(name)\n"
        "assert 'PySide6' not in sys.modules\n"
        "known = {name.partition('.')[0] for name in sys.modules}\n"
        "for name in (*loading.LINE_HERE, *loading.PAGES_HERE): import_module(name)\n"
        "new = {name.partition('.')[0] for name in sys.modules} - known\n"
        "print(*sorted(new - sys.stdlib_module_names))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == sorted(OF_QT)


class Page(QWidget):
    """A page that tells what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def opened(self) -> None:
        self.heard.append("opened")

    def set_product(self, product: ProductView) -> None:
        self.heard.append(product)

    def show_event(self, event: Event) -> None:
        self.heard.append(event)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    load_fonts()
    install("en")
    calls = WindowCalls(lambda: NOWHERE, lambda: None, lambda: "", lambda: 0, lambda _: None)
    names = ("One", "Two", "Three")
    pages = tuple((partial(str, name), QWidget() if name == "One" else None) for name in names)
    window = MainWindow(pages, calls)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_a_page_that_comes_late_hears_how_things_stand(window: MainWindow) -> None:
    product = ProductView(Recipe("Plate", "m.onnx"), "Plate", "", (), None)
    window.show_event(StateChanged(LineState.READY))
    window.set_product(product)
    page = Page()
    window.put_page(1, page)
    assert page.heard == [product, StateChanged(LineState.READY)]
    assert window.stack.count() == 3
    assert window.pages[1] is window.stack.widget(1) is page
    window.show_page(1)
    assert page.heard[-1] == "opened"


def test_who_waits_for_a_page_gets_it_when_it_comes(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, Coming)
    assert window.page.isVisible()
    page = Page()
    window.put_page(2, page)
    assert window.page is page
    assert page.isVisible()
    assert page.heard == ["opened"]
    assert window.bar.tabs[2].isChecked()


def test_the_disk_says_nothing_before_it_was_measured(window: MainWindow) -> None:
    assert window.bar.chips["disk"].accessibleName() == "Disk …"
