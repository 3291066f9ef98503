"""Watches what is written on the screen."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from station.gui.widgets import paint


def watch_words(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on, every word that is written wider than its place, or over its widget's edge."""
    cut: list[str] = []
    write = paint.text

    def watched(
        painter: QPainter,
        rect: QRectF,
        words: str,
        font: QFont,
        color: QColor,
        align: Qt.AlignmentFlag = paint.LEFT,
    ) -> float:
        device = painter.device()
        middle, half = rect.center().y(), font.pixelSize() * 0.5
        room = QFontMetricsF(font).horizontalAdvance(words) <= rect.width() + 0.5
        inside = (
            isinstance(device, QWidget | QImage)  # a tile of the film strip is an image
            and middle - half >= -0.5
            and middle + half <= device.height() + 0.5
            and rect.left() >= -0.5
            and rect.right() <= device.width() + 0.5
        )
        if words and not (room and inside):
            cut.append(f"{words} in {rect} of {device}")
        return write(painter, rect, words, font, color, align)

    monkeypatch.setattr(paint, "text", watched)
    return cut
