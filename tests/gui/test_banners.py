"""What must be confirmed stands over every page until a person has done so."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station.errors import ErrorCode, Fault
from station.gui.banners import Banners
from station.gui.fonts import load_fonts
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, install
from station.gui.theme import DARK, apply_theme, scaled
from station.gui.widgets.alarm_bar import AlarmBar
from station.store.store import Store

REBUILT = Fault(ErrorCode.STORE_REBUILT, (("rows", "812"), ("failed", "3")))
ASIDE = Fault(
    ErrorCode.STORE_SET_ASIDE,
    (("path", "/data/records.sqlite.broken-20261121T112240Z"), ("reason", "malformed")),
)


class Wall(QWidget):
    """A window with the strip, and a store behind it."""

    def __init__(self, store: Store, tasks: Tasks) -> None:
        super().__init__()
        self.bar = AlarmBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.bar)
        column.addStretch(1)
        self.banners = Banners(
            self.bar, store.reader.unconfirmed, lambda entry: store.confirm(entry, "Anna"), tasks
        )


@pytest.mark.parametrize("language", ["en", "de", "zh_CN"])
def test_banners_come_one_after_the_other_and_go_when_confirmed(
    qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    load_fonts()
    install(language)
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))
    with Store(tmp_path) as store:
        store.audit("banner", ASIDE)
        store.audit("banner", REBUILT)
        wall = Wall(store, tasks)
        qtbot.addWidget(wall)
        wall.resize(1280, 400)
        apply_theme(wall, scaled(DARK, wall.size()))
        wall.show()
        qtbot.waitUntil(lambda: wall.bar.words.startswith(fault_text(ASIDE)))
        assert wall.bar.isVisible()
        assert wall.bar.words != fault_text(ASIDE)  # it says that another follows
        assert wall.bar.key.isVisible()
        assert wall.bar.height() >= wall.bar.key.height()
        qtbot.mouseClick(wall.bar.key, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: wall.bar.words == fault_text(REBUILT))
        qtbot.mouseClick(wall.bar.key, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not wall.bar.isVisible())
        qtbot.waitUntil(lambda: store.reader.unconfirmed() == [])
        assert [entry.operator for entry in store.reader.audit(2)] == ["Anna", "Anna"]
        wall.banners.look()
        qtbot.wait(100)
        assert not wall.bar.isVisible()
        tasks.close()
    install("en")


def test_a_new_banner_shows_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    load_fonts()
    install("en")
    tasks = Tasks(lambda fault: pytest.fail(str(fault)))
    with Store(tmp_path) as store:
        wall = Wall(store, tasks)
        qtbot.addWidget(wall)
        wall.show()
        store.audit("note", REBUILT)
        store.audit("banner", ASIDE)
        qtbot.waitUntil(lambda: wall.bar.words == fault_text(ASIDE), timeout=5000)
        tasks.close()
