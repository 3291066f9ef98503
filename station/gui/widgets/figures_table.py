"""Figures of two models side by side: green where the second is better, red where it is worse."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class Mark(StrEnum):
    """How the second figure compares with the first; the value is the colour of the words."""

    BETTER = "ok_text"
    WORSE = "ng_text"
    SAME = "text"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure in words: its name, of the one in use, of the candidate, how they compare."""

    name: str
    first: str
    second: str
    mark: Mark = Mark.SAME


class FiguresTable(QWidget):
    """Without a heading of its own a column is not drawn, and the names have its room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._heads = ("", "")
        self.rows: tuple[FigureRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_figures(self, heads: tuple[str, str], rows: tuple[FigureRow, ...]) -> None:
        """Show these."""
        if (heads, rows) == (self._heads, self.rows):
            return
        resized = len(rows) != len(self.rows)
        self._heads, self.rows = heads, rows
        self.setAccessibleDescription("\n".join(f"{r.name}: {r.first}, {r.second}" for r in rows))
        if resized:
            self.updateGeometry()
        self.update()

    @property
    def heads(self) -> tuple[str, str]:
        """What stands over the two columns."""
        return self._heads

    def sizeHint(self) -> QSize:
        """As high as the rows need."""
        return QSize(self._theme.px(520), self._row() * (len(self.rows) + 1) if self.rows else 0)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Headings, then rows with a line below each."""
        if not self.rows:
            return
        with QPainter(self) as painter:
            paint.smooth(painter)
            height = self._row()
            heads = QRectF(0, 0, self.width(), height)
            self._paint_row(painter, heads, FigureRow("", *self._heads), head=True)
            for index, row in enumerate(self.rows, 1):
                area = QRectF(0, index * height, self.width(), height)
                painter.fillRect(QRectF(0, area.top(), self.width(), 1), self._theme.color("line"))
                self._paint_row(painter, area, row, head=False)
            foot = QRectF(0, self.height() - 1, self.width(), 1)
            painter.fillRect(foot, self._theme.color("line"))

    def _paint_row(self, painter: QPainter, area: QRectF, row: FigureRow, head: bool) -> None:
        theme, pad, right = self._theme, self._theme.px(6), area.right()
        marks = (Mark.SAME, row.mark)
        cells = zip(self._widths(), (row.first, row.second), marks, strict=True)
        for width, words, mark in reversed(list(cells)):
            if not width:
                continue
            cell = QRectF(right - width, area.top(), width - pad, area.height())
            weight = 700 if mark is not Mark.SAME and not head else QFont.Weight.Medium
            font = self._font(words, width - pad, weight)
            ink = theme.color("muted" if head else mark.value)
            paint.text(painter, cell, words, font, ink, paint.RIGHT)
            right -= width
        name = QRectF(pad, area.top(), right - 2 * pad, area.height())
        font = self._font(row.name, name.width(), QFont.Weight.Medium)
        paint.text(painter, name, row.name, font, theme.color("muted"))

    def _widths(self) -> list[float]:
        """What the words of each column need, but never more than a third; 0: not drawn."""
        font = ui_font(self._theme.text_px(18), 700, tabular=True)
        gap = self._theme.px(6) + self._theme.px(14)
        found = []
        for head, column in zip(self._heads, ("first", "second"), strict=True):
            words = [head, *(getattr(row, column) for row in self.rows)]
            wish = max(paint.advance(font, one) for one in words) + gap
            found.append(min(wish, self.width() * 0.34) if head else 0.0)
        return found

    def _font(self, words: str, width: float, weight: int) -> QFont:
        size = paint.fitted(words, self._theme.text_px(18), weight, width).pixelSize()
        return ui_font(size, weight, tabular=True)

    def _row(self) -> int:
        return max(int(self._theme.text_px(18) * 1.55), self._theme.px(38))
