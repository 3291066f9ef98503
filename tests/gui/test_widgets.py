"""The widgets one by one, as a person meets them."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.domain.inspection import DecisionKind, Verdict
from station.gui.fonts import load_fonts, ui_font
from station.gui.texts import install
from station.gui.theme import DARK, MIN_TEXT_PX, mm
from station.gui.widgets import paint
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.defect_keys import DefectKeys
from station.gui.widgets.film_strip import FilmItem, FilmStrip, short_score
from station.gui.widgets.notice import Notice, NoticeTone
from station.gui.widgets.score_bar import ScoreBar
from station.gui.widgets.status_chip import ChipState, StatusChip
from station.gui.widgets.touch_key import Tone, TouchKey

# The offscreen platform says so for every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture(autouse=True)
def fonts(qapp: object) -> None:
    load_fonts()


def _shown(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)


def _grey(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def _color(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def test_the_signs_of_the_verdicts_differ_without_colour() -> None:
    drawn = []
    for verdict in Verdict:
        image = QImage(64, 64, QImage.Format.Format_RGB32)
        image.fill(QColor("black"))
        with QPainter(image) as painter:
            paint.smooth(painter)
            paint.mark(painter, verdict, QRectF(4, 4, 56, 56), QColor("white"))
        drawn.append(_grey(image))
    for index, one in enumerate(drawn):
        for other in drawn[index + 1 :]:
            assert np.mean(np.abs(one.astype(int) - other) > 64) > 0.1


def test_lines_break_at_spaces_and_chinese_anywhere_but_before_a_full_stop(qapp: object) -> None:
    font = ui_font(20, 500)
    width = paint.advance(font, "Check cable")
    assert paint.lines("Check cable and light", font, width, 3) == ["Check cable", "and light"]
    two = paint.advance(font, "检查")
    assert paint.lines("检查电缆。", font, two * 1.6, 3) == ["检查电", "缆。"]
    assert paint.lines("a b c d", font, 1.0, 2) == ["a", "b c d"]


def test_a_font_shrinks_to_fit_but_stays_readable(qapp: object) -> None:
    wide = paint.fitted("Accept", 40, 700, 1000)
    narrow = paint.fitted("Accept", 40, 700, 80)
    assert wide.pixelSize() == 40
    assert MIN_TEXT_PX < narrow.pixelSize() < 40
    assert paint.advance(narrow, "Accept") <= 80
    assert paint.fitted("Accept", 40, 700, 5).pixelSize() == MIN_TEXT_PX


def test_the_score_bar_shows_zones_and_marker(qtbot: QtBot) -> None:
    bar = ScoreBar()
    bar.set_theme(DARK)
    _shown(qtbot, bar, 204, 40)
    bar.set_score(0.9, 0.4, 0.6)
    assert _color(bar, 40, 20) == DARK.ok
    assert _color(bar, 100, 20) == DARK.review
    assert _color(bar, 140, 20) == DARK.ng
    assert _color(bar, 182, 20) == DARK.select
    bar.set_score(None, 0.5, 0.5)
    assert _color(bar, 100, 20) == DARK.ok
    assert _color(bar, 105, 20) == DARK.ng
    assert _color(bar, 182, 20) == DARK.ng


@pytest.mark.parametrize(
    ("score", "shown"),
    [(0.94, ".94"), (0.29, ".29"), (0.599, ".59"), (0.02, ".02"), (0.9999, ".99"), (1.0, "1.0")],
)
def test_a_score_never_seems_to_reach_a_limit(score: float, shown: str, qapp: object) -> None:
    install("en")
    assert short_score(score) == shown


def _film(qtbot: QtBot, width: int = 1238) -> FilmStrip:
    film = FilmStrip()
    film.set_theme(DARK)
    _shown(qtbot, film, width, 178)
    for index in range(20):
        film.put(FilmItem(f"u{index}", Verdict.OK, "OK", 0.02))
    return film


def test_the_film_strip_holds_as_many_parts_as_there_is_room_for(qtbot: QtBot) -> None:
    film = _film(qtbot)
    assert [item.uid for item in film.shown] == [f"u{i}" for i in range(11, 20)]
    film.resize(600, 178)
    assert [item.uid for item in film.shown] == [f"u{i}" for i in range(16, 20)]
    for item in film.shown:
        rect = film.rect_of(item.uid)
        assert rect is not None
        assert rect.right() <= 600
    assert film.rect_of("u0") is None


def test_a_part_is_picked_by_touch_and_by_arrow_keys(qtbot: QtBot) -> None:
    film = _film(qtbot)
    picked: list[str] = []
    film.chosen.connect(picked.append)
    rect = film.rect_of("u15")
    assert rect is not None
    qtbot.mouseClick(film, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    film.setFocus()
    qtbot.keyClick(film, Qt.Key.Key_Left)
    qtbot.keyClick(film, Qt.Key.Key_Right)
    qtbot.keyClick(film, Qt.Key.Key_Right)
    assert picked == ["u15", "u14", "u15", "u16"]
    assert film.selected == "u16"


def test_the_film_strip_shows_picture_and_badge_of_a_decision(qtbot: QtBot) -> None:
    film = _film(qtbot)
    red = QImage(320, 320, QImage.Format.Format_RGB32)
    red.fill(QColor("#804020"))
    film.set_image("u15", red)
    film.set_image("gone", red)
    rect = film.rect_of("u15")
    assert rect is not None
    middle = QPoint(int(rect.center().x()), int(rect.top() + 50))
    assert _color(film, middle.x(), middle.y()) == "#804020"
    film.put(FilmItem("u15", Verdict.OK, "OK", 0.02, DecisionKind.REJECT))
    assert _color(film, int(rect.right()) - 25, int(rect.top()) + 12) == DARK.ng_fill


def test_a_chip_gives_way_and_tells_all_in_its_tip(qtbot: QtBot) -> None:
    chip = StatusChip()
    qtbot.addWidget(chip)
    chip.set_status(ChipState.WARN, "Disk", "41 GB · 6 days")
    assert chip.minimumSizeHint().width() < chip.sizeHint().width() / 2
    assert chip.toolTip() == "Disk · 41 GB · 6 days"
    assert chip.accessibleName() == "Disk 41 GB · 6 days"
    ok = chip.grab().toImage()
    chip.set_status(ChipState.BAD, "Disk", "41 GB · 6 days")
    assert chip.grab().toImage() != ok


def test_news_lies_over_a_fault_and_goes_by_itself_or_by_touch(qtbot: QtBot) -> None:
    parent = QWidget()
    _shown(qtbot, parent, 600, 300)
    notice = Notice(parent)
    notice.setGeometry(10, 10, 500, 40)
    notice.set_fault("The camera is gone.")
    assert notice.isVisible()
    assert notice.tone is NoticeTone.FAULT
    notice.warn("Busy.", 60)
    assert (notice.words, notice.tone) == ("Busy.", NoticeTone.WARNING)
    qtbot.mouseClick(notice, Qt.MouseButton.LeftButton)
    assert notice.words == "The camera is gone."
    notice.warn("Busy.", 0.05)
    qtbot.waitUntil(lambda: notice.words == "The camera is gone.", timeout=2000)
    notice.set_fault("")
    assert not notice.isVisible()


def test_a_key_flashes_at_once_and_then_looks_as_before(qtbot: QtBot) -> None:
    key = TouchKey(tone=Tone.ACCEPT)
    key.set_title("Accept")
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    _shown(qtbot, key, 200, 100)
    qtbot.wait(50)
    before = key.grab().toImage()
    key.flash()
    assert key.grab().toImage() != before
    qtbot.waitUntil(lambda: key.grab().toImage() == before, timeout=2000)


def _defects(qtbot: QtBot, width: int, classes: tuple[str, ...]) -> DefectKeys:
    keys = DefectKeys()
    _shown(qtbot, keys, width, 90)
    keys.set_classes(classes)
    return keys


def _titles(keys: DefectKeys) -> list[str]:
    found = [key for key in keys.findChildren(TouchKey) if key.isVisible()]
    return [key.text() for key in sorted(found, key=lambda key: key.x())]


def test_all_kinds_have_a_key_when_they_fit(qtbot: QtBot) -> None:
    keys = _defects(qtbot, 640, ("scratch", "dent", "stain", "missing_hole"))
    assert _titles(keys) == ["Scratch", "Dent", "Stain", "Missing hole"]


def test_what_does_not_fit_is_behind_other(qtbot: QtBot) -> None:
    keys = _defects(qtbot, 640, ("scratch", "dent", "stain", "crack", "burr"))
    assert _titles(keys) == ["Scratch", "Dent", "Stain", "Other…"]
    picked: list[str] = []
    keys.chosen.connect(picked.append)
    dialog = keys.open_list()
    assert isinstance(dialog, ChoiceDialog)
    burr = next(key for key in dialog.findChildren(TouchKey) if key.text() == "Burr")
    qtbot.mouseClick(burr, Qt.MouseButton.LeftButton)
    assert picked == ["burr"]
    assert _titles(keys) == ["Scratch", "Dent", "Stain", "Burr"]
    keys.select("dent")
    assert _titles(keys)[-1] == "Other…"
    assert [keys.findChild(TouchKey, f"defect-{n}").isChecked() for n in (1, 2, 3, 4)] == [
        False,
        True,
        False,
        False,
    ]


def test_a_narrow_row_has_fewer_keys(qtbot: QtBot) -> None:
    classes = ("contamination_of_the_bore", "scratch", "dent", "stain")
    keys = _defects(qtbot, 420, classes)
    assert len(_titles(keys)) < 4
    for key in keys.findChildren(TouchKey):
        assert not key.isVisible() or key.width() >= mm(key, 20)


def test_own_words_need_words(qtbot: QtBot) -> None:
    parent = QWidget()
    _shown(qtbot, parent, 900, 700)
    dialog = ChoiceDialog("Why?", (("a", "A"),), DARK, parent, own="Another reason…")
    dialog.open()
    said: list[str] = []
    dialog.chosen.connect(said.append)
    confirm = next(key for key in dialog.findChildren(TouchKey) if key.text() == "OK")
    assert not confirm.isEnabled()
    dialog._own.setText("  looked again ")
    assert confirm.isEnabled()
    qtbot.mouseClick(confirm, Qt.MouseButton.LeftButton)
    assert said == ["looked again"]


def test_keys_without_words_of_their_own_have_the_size_of_a_finger(qtbot: QtBot) -> None:
    for tone in Tone:
        key = TouchKey(tone=tone)
        qtbot.addWidget(key)
        assert key.minimumSizeHint() == QSize(mm(key, 20), mm(key, 20))
