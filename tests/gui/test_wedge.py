"""A scanner that types: told from a person by its speed, anywhere in the program."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station.gui.actions import Action, bind
from station.gui.wedge import GAP_SECONDS, Wedge

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so

SLOW_MS = round(GAP_SECONDS * 1000) + 25


class Desk(QWidget):
    """A window with a button, a place to write, the keys of the program, and the filter."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.did: list[str] = []
        self.codes: list[str] = []
        self.clicks = 0
        column = QVBoxLayout(self)
        self.button, self.line = QPushButton("one"), QLineEdit()
        column.addWidget(self.button)
        column.addWidget(self.line)
        self.button.clicked.connect(self._click)
        keys = bind(self, self._do, "F9")
        self.wedge = Wedge(app, self.codes.append, keys)

    def _do(self, action: Action) -> None:
        self.did.append(action.slot)

    def _click(self) -> None:
        self.clicks += 1

    def type(self, text: str, gap_ms: int = 3, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Keys as the window system brings them, to whichever window has the focus."""
        for sign in text:
            QTest.keyClick(QApplication.focusWindow(), sign)
            QTest.qWait(gap_ms)
        if end is not None:
            QTest.keyClick(QApplication.focusWindow(), end)
        QTest.qWait(SLOW_MS)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(qapp)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    desk.button.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is desk.windowHandle())
    yield desk
    desk.wedge.deleteLater()


def test_a_scan_is_one_code_and_no_key_of_it_does_anything(desk: Desk) -> None:
    desk.type("ar12z 7A-Z")
    assert desk.codes == ["ar12z 7A-Z"]
    assert desk.did == []
    assert desk.clicks == 0


def test_a_busy_window_still_knows_a_scanner(desk: Desk) -> None:
    """The keys came 3 ms apart, as their own times say, and were looked at 50 ms apart."""
    none = Qt.KeyboardModifier.NoModifier
    keys = [(ord(sign), sign) for sign in "SN-0042"] + [(Qt.Key.Key_Return.value, "\r")]
    for number, (key, text) in enumerate(keys):
        event = QKeyEvent(QEvent.Type.KeyPress, key, none, text)
        event.setTimestamp(1000 + 3 * number)
        QApplication.sendEvent(desk.windowHandle(), event)
        time.sleep(0.05)
    QTest.qWait(SLOW_MS)
    assert desk.codes == ["SN-0042"]
    assert desk.did == []


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_each_end_of_a_scanner_is_known(desk: Desk, end: Qt.Key) -> None:
    desk.type("4711", end=end)
    assert desk.codes == ["4711"]
    assert desk.focusWidget() is desk.button


def test_keys_of_a_person_do_what_they_always_did(desk: Desk) -> None:
    desk.type("a", end=None)
    desk.type("r", end=None)
    desk.type("3", end=None)
    assert desk.did == ["accept", "reject", "choose_defect"]
    assert desk.codes == []


def test_a_person_who_types_a_word_and_enter_has_scanned_nothing(desk: Desk) -> None:
    desk.type("arar", gap_ms=SLOW_MS)
    assert desk.codes == []
    assert desk.did == ["accept", "reject", "accept", "reject"]


def test_too_short_a_burst_is_no_code(desk: Desk) -> None:
    desk.type("ar")
    assert desk.codes == []
    assert desk.did == ["accept", "reject"]


def test_space_still_inspects_and_the_pedal_too(desk: Desk) -> None:
    desk.type(" ", end=None)
    QTest.keyClick(QApplication.focusWindow(), Qt.Key.Key_F9)
    QTest.qWait(SLOW_MS)
    assert desk.did == ["inspect", "inspect"]


def test_where_somebody_writes_the_code_is_written_there(desk: Desk) -> None:
    desk.line.setFocus()
    desk.type("no ", gap_ms=SLOW_MS, end=None)
    desk.type("SN-0042")
    assert desk.line.text() == "no SN-0042"
    assert desk.codes == []
    assert desk.did == []


def test_a_person_writes_in_a_field_as_before(desk: Desk) -> None:
    desk.line.setFocus()
    desk.type("Abc 12", gap_ms=SLOW_MS, end=None)
    assert desk.line.text() == "Abc 12"
    assert desk.did == []


def test_a_scan_into_a_dialog_presses_no_button_of_it(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk)
    chosen: list[str] = []
    button = QPushButton("Delete", dialog)
    button.setDefault(True)
    button.clicked.connect(lambda: chosen.append("delete"))
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    desk.type("SN-0042")
    assert desk.codes == ["SN-0042"]
    assert chosen == []
    assert dialog.isVisible()
    desk.type("a", end=None)  # the keys of the window are not the dialog's
    assert desk.did == []
    dialog.close()


def test_a_dialog_that_deletes_itself_leaves_no_trouble_behind(desk: Desk, qtbot: QtBot) -> None:
    dialog = QDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    line = QLineEdit(dialog)
    line.returnPressed.connect(dialog.accept)
    dialog.open()
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    desk.type("why", gap_ms=SLOW_MS, end=Qt.Key.Key_Return)
    desk.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is desk.windowHandle())
    desk.type("a", end=None)
    assert desk.did == ["accept"]
    desk.type("SN-0042")
    assert desk.codes == ["SN-0042"]


def test_a_key_that_is_held_repeats_as_before(desk: Desk) -> None:
    desk.line.setFocus()
    QTest.keyPress(QApplication.focusWindow(), "x")
    QTest.qWait(SLOW_MS)
    QTest.keyRelease(QApplication.focusWindow(), "x")
    assert desk.line.text() == "x"


def test_a_key_waits_no_longer_than_the_gap(desk: Desk) -> None:
    QTest.keyClick(QApplication.focusWindow(), "a")
    began = time.monotonic()
    while not desk.did:
        QTest.qWait(1)
        assert time.monotonic() - began < 0.5
    assert desk.did == ["accept"]
