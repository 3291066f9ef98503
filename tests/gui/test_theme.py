"""Colours that can be told apart, fonts that have every sign, keys that a finger can hit."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station.bundle import resource
from station.gui.fonts import FAMILIES, load_fonts, ui_font
from station.gui.theme import (
    DARK,
    GRAPHIC_PAIRS,
    LIGHT,
    MIN_TEXT_PX,
    TEXT_PAIRS,
    Theme,
    apply_theme,
    contrast,
    mm,
    scaled,
    stylesheet,
    touch,
)

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
TRANSLATIONS = ("i18n/station_zh_CN.ts", "i18n/station_de.ts")


@pytest.fixture(autouse=True)
def fonts(qapp: object) -> None:
    load_fonts()


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@THEMES
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_words_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 7.0


@THEMES
@pytest.mark.parametrize(("ink", "ground"), GRAPHIC_PAIRS)
def test_signs_can_be_seen(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 3.0


@THEMES
def test_every_colour_is_judged_by_a_pair_or_only_decorates(theme: Theme) -> None:
    judged = {name for pair in (*TEXT_PAIRS, *GRAPHIC_PAIRS) for name in pair}
    decorative = {"line", "key_down"}
    colors = {name for name in theme.__dataclass_fields__ if name not in ("name", "scale")}
    assert colors - judged - decorative == set()


@THEMES
def test_the_style_sheet_has_no_gap(theme: Theme) -> None:
    sheet = stylesheet(theme)
    assert "{" in sheet
    assert not re.search(r"\{\w+\}|\{\{", sheet)


def test_the_scale_follows_the_window() -> None:
    assert scaled(DARK, QSize(1920, 1080)).scale == 1.0
    assert scaled(DARK, QSize(3840, 2160)).scale == 2.0
    small = scaled(DARK, QSize(1280, 800))
    assert small.scale == pytest.approx(0.66)
    assert small.text_px(16) == MIN_TEXT_PX
    assert scaled(DARK, QSize(3840, 2160)).text_px(16) == 32


def test_millimetres_on_the_glass(qapp: object) -> None:
    assert mm(None, 20) == 76
    assert mm(None, 30) == 114
    assert mm(None, 25.4) == 96


def test_a_touch_key_never_takes_more_than_its_share_of_a_small_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    monkeypatch.setattr(type(window.screen()), "physicalDotsPerInch", lambda _: 150.0)
    assert mm(window, 20) == 119
    assert touch(window) == 104
    monkeypatch.setattr(type(window.screen()), "physicalDotsPerInch", lambda _: 12.0)
    assert mm(window, 20) == 76


def test_dressing_reaches_what_paints_itself_and_is_done_once(qtbot: QtBot) -> None:
    class Painted(QLabel):
        worn: list[Theme]

        def set_theme(self, theme: Theme) -> None:
            self.worn.append(theme)

    window = QWidget()
    qtbot.addWidget(window)
    inner = Painted("x")
    inner.worn = []
    QVBoxLayout(window).addWidget(inner)
    apply_theme(window, LIGHT)
    apply_theme(window, LIGHT)
    apply_theme(window, DARK)
    assert inner.worn == [LIGHT, DARK]


def test_the_shipped_fonts_are_known_by_their_names() -> None:
    families = QFontDatabase.families()
    for family in FAMILIES:
        assert family in families
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= set(QFontDatabase.styles("Inter"))


def _shipped(weight: str) -> list[QRawFont]:
    names = [f"Inter-{weight}.ttf", f"NotoSansSC-{weight}.ttf"]
    return [QRawFont(str(resource(f"fonts/{name}")), 20.0) for name in names]


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_every_sign_of_the_texts_is_in_the_shipped_fonts(weight: str) -> None:
    text = "ÄÖÜäöüß€µ°±≥→…·–—“”„‘’\u2009\u202f 合格不合格待复判未检划痕凹坑"
    text += "脏污缺料毛刺裂纹钣金铣削，。：！？"
    for name in TRANSLATIONS:
        text += resource(name).read_text(encoding="utf-8")
    fonts = _shipped(weight)
    missing = {c for c in text if c > " " and not any(f.supportsCharacter(ord(c)) for f in fonts)}
    assert missing == set()


def _drawn(words: str, font: QFont) -> QImage:
    image = QImage(240, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(4, 28, words)
    painter.end()
    return image


def test_chinese_is_drawn_with_the_shipped_font() -> None:
    alone = QFont("Noto Sans SC")
    alone.setPixelSize(24)
    alone.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    alone.setWeight(QFont.Weight.Normal)
    mixed = ui_font(24, QFont.Weight.Normal)
    assert _drawn("不合格", mixed) == _drawn("不合格", alone)
    assert _drawn("不合格", mixed) != _drawn("合格", mixed)


def test_digits_of_counters_are_all_of_one_width() -> None:
    counting = QFontMetricsF(ui_font(40, QFont.Weight.Bold, tabular=True))
    assert len({round(counting.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1
    plain = QFontMetricsF(ui_font(40, QFont.Weight.Bold))
    assert len({round(plain.horizontalAdvance(digit), 2) for digit in "0123456789"}) > 1


def test_the_fonts_travel_with_their_licences_and_are_small() -> None:
    folder: Path = resource("fonts")
    for name in ("LICENSE-Inter.txt", "LICENSE-NotoSansSC.txt"):
        assert "SIL Open Font License" in (folder / name).read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.glob("*.ttf")) < 6 * 2**20
