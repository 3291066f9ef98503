"""While older records are brought up to date a person reads so, and cannot put it away."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from station.gui import upgrade_note as module
from station.gui.texts import LANGUAGES, install
from station.gui.upgrade_note import UpgradeNote, upgrade_words
from station.gui.widgets.progress_panel import ProgressPanel


@pytest.fixture
def note(qtbot, monkeypatch):
    monkeypatch.setattr(module, "DESIGN", QSize(1366, 768))
    opened = UpgradeNote("dark")
    qtbot.addWidget(opened, before_close_func=lambda widget: widget.end())
    opened.open()
    yield opened
    install("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_is_done_and_how_far_it_is(note, language, qtbot):
    install(language)
    note.show_share(0.25)
    qtbot.wait(20)
    (panel,) = note.findChildren(ProgressPanel)
    assert (panel.sentence, panel.share, panel.step) == (upgrade_words(), 0.25, "25%")
    assert panel.height() >= panel.heightForWidth(panel.width()), "the last line is cut"
    bar = panel.grab().toImage()
    y = round(panel.height() - panel._small() * 1.5 - panel._bar() / 2)
    done, left = (bar.pixelColor(round(bar.width() * x), y).name() for x in (0.2, 0.3))
    assert done == panel._theme.accent
    assert left == panel._theme.key


def test_it_stays_until_the_line_is_through(note: QWidget):
    note.show_share(0.9)
    note.close()
    assert note.isVisible()
    note.end()
    assert not note.isVisible()
