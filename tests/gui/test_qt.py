"""What must be true of the Qt that is installed."""

import sys

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_overridden_methods_do_not_eat_references_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 takes one for each call, until the interpreter stops with a fatal error."""

    class Widget(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            pass

    widget = Widget()
    qtbot.addWidget(widget)
    widget.show()
    widget.repaint()
    before = sys.getrefcount(None)
    for _ in range(200):
        widget.repaint()
    assert abs(sys.getrefcount(None) - before) < 100
