"""The drivers of a defect as bars, the longest first; those that may be chance are hollow."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

NAME_SHARE = 0.46  # of the width, at most
CLEAR = QColor(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bar:
    """share: of the longest possible, 0 … 1, as spread. words: behind the bar, where there is room.

    is_sure: beyond chance.
    """

    name: str
    share: float
    spread: float
    words: str
    is_sure: bool


class DriverBars(QWidget):
    """As many rows as there is height for; the rest is in the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show these."""
        if bars != self.bars:
            self.bars = bars
            told = (f"{one.name} {round(100 * one.share)} % {one.words}" for one in bars)
            self.setAccessibleDescription("\n".join(told))
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Room for one."""
        return QSize(120, self._least())

    def sizeHint(self) -> QSize:
        """Room for four."""
        return QSize(self._theme.px(560), 4 * self._theme.px(56))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Names, bars, their spread, and words."""
        if not self.bars:
            return
        with QPainter(self) as painter:
            paint.smooth(painter)
            rows = self.bars[: max(1, self.height() // self._least())]
            step = min(self._theme.px(60), self.height() / len(rows))
            font = ui_font(self._theme.text_px(20), QFont.Weight.Medium)
            widest = max(paint.advance(font, one.name) for one in rows) + self._theme.px(24)
            room = min(widest, NAME_SHARE * self.width())
            for place, one in enumerate(rows):
                self._paint(painter, QRectF(0, place * step, self.width(), step), one, room)

    def _paint(self, painter: QPainter, row: QRectF, one: Bar, room: float) -> None:
        theme = self._theme
        gap = theme.px(16)
        name = QRectF(row.left(), row.top(), room - gap / 2, row.height())
        ink = theme.color("text" if one.is_sure else "muted")
        font = paint.fitted(one.name, theme.text_px(20), QFont.Weight.Medium, name.width())
        paint.text(painter, name, one.name, font, ink)
        small = ui_font(theme.text_px(16), QFont.Weight.Medium)
        words = paint.advance(small, one.words) + gap + 1
        words = words if words < 0.4 * (row.width() - room) else 0.0
        field = QRectF(room, row.top(), row.width() - room - words, row.height())
        self._paint_bar(painter, field, one)
        if words:
            where = QRectF(field.right() + gap, row.top(), words - gap, row.height())
            paint.text(painter, where, one.words, small, theme.color("muted"))

    def _paint_bar(self, painter: QPainter, field: QRectF, one: Bar) -> None:
        theme = self._theme
        longest = max(bar.share + bar.spread for bar in self.bars) or 1.0
        height = min(theme.px(26), 0.6 * field.height())
        top = field.center().y() - height / 2
        width = max(2.0, field.width() * one.share / longest)
        accent = theme.color("accent")
        bar = QRectF(field.left(), top, width, height)
        fill, frame = (accent, 0.0) if one.is_sure else (CLEAR, max(1.5, theme.px(2)))
        paint.box(painter, bar, theme.px(4), fill, accent, frame)
        reach = field.width() * one.spread / longest
        if reach >= 1:
            left = max(field.left(), bar.right() - reach)
            line = QRectF(left, field.center().y() - 1, bar.right() + reach - left, 2)
            painter.fillRect(line, theme.color("text"))
            for x in (line.left(), line.right() - 2):
                painter.fillRect(QRectF(x, line.center().y() - 5, 2, 10), theme.color("text"))

    def _least(self) -> int:
        return int(self._theme.text_px(20) * 1.5)
