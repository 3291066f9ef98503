"""How words stand on paper: sizes, colours, lines.

The unit of everything on paper is a tenth of a point, 1/720 inch.
"""

import threading
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from station.gui.fonts import FAMILIES
from station.gui.theme import LIGHT

DPI = 720
MM = DPI / 25.4
LEADING = 1.4  # a line is so many times as high as its letters: Chinese needs it
WHITE = "#ffffff"

REGULAR, STRONG, BOLD = QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold


def mm(millimetres: float) -> float:
    """A length on paper."""
    return millimetres * MM


def colour(role: str) -> QColor:
    """Of the light theme, whatever the screen wears; `paper` is white."""
    return QColor(WHITE) if role == "paper" else LIGHT.color(role)


def tone_colour(tone: str, words: bool = True) -> QColor:
    """For words, or for bars and signs, of a tone: text, muted, ok, ng, review."""
    if tone in ("text", "muted", ""):
        return colour(tone or "text")
    return colour(f"{tone}_text" if words else tone)


def paper_font(points: float, weight: int = REGULAR) -> QFont:
    """A font of the program by its size in points; for use in this thread only.

    Without contextual alternates and tabular digits: a reader of PDF finds, searches and copies
    only glyphs that stand for a character by themselves.
    """
    return _font(points, weight, threading.get_ident())


@lru_cache(maxsize=256)
def _font(points: float, weight: int, thread: int) -> QFont:
    """One for each thread: Qt fills a font in when it is first used, without a lock."""
    del thread
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(round(points * DPI / 72))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag.fromString("calt"), 0)
    return font


def line_height(font: QFont) -> float:
    """From one line to the next."""
    return font.pixelSize() * LEADING


def width_of(text: str, font: QFont) -> float:
    """How wide a line of it is."""
    return QFontMetricsF(font).horizontalAdvance(text)


def fitting(text: str, font: QFont, width: float) -> str:
    """The text in one line, its end cut off with … where it is too wide."""
    if width_of(text, font) <= width:
        return text
    while text and width_of(f"{text}…", font) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def broken(text: str, font: QFont, width: float) -> tuple[str, ...]:
    """Its lines at that width; what is longer than a line and has no gap breaks anywhere."""
    return tuple(line for words in text.split("\n") for line in _lines(words.rstrip(), font, width))


def _lines(text: str, font: QFont, width: float) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        starts.append(line.textStart())
    layout.endLayout()
    units = text.encode("utf-16-le")  # Qt counts so
    ends = [*starts, len(units) // 2]
    return [units[2 * a : 2 * b].decode("utf-16-le").rstrip() for a, b in pairwise(ends)] or [""]


def write_line(
    painter: QPainter,
    at: QPointF,
    text: str,
    font: QFont,
    ink: QColor,
    width: float = 0.0,
    align: float = 0.0,
) -> None:
    """A line whose upper left is there; align: 0 left, ½ middle, 1 right of that width."""
    painter.setFont(font)
    painter.setPen(ink)
    shift = align * (width - width_of(text, font)) if align else 0.0
    drop = font.pixelSize() * (LEADING - 1) / 2 + font.pixelSize() * 0.88
    painter.drawText(QPointF(at.x() + shift, at.y() + drop), text)


def write_lines(
    painter: QPainter,
    at: QPointF,
    lines: Sequence[str],
    font: QFont,
    ink: QColor,
    width: float = 0.0,
    align: float = 0.0,
) -> None:
    """One below the other."""
    for number, line in enumerate(lines):
        below = QPointF(at.x(), at.y() + number * line_height(font))
        write_line(painter, below, line, font, ink, width, align)
