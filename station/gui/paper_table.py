"""A printed table: it breaks between rows where a page ends, and names its columns anew."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPen

from station.gui.paper_blocks import Block
from station.gui.paper_text import (
    STRONG,
    broken,
    colour,
    line_height,
    mm,
    paper_font,
    tone_colour,
    width_of,
    write_lines,
)

_POINTS = 8.5
_PAD = mm(0.9)  # above and below the words of a row
_GUTTER = mm(3.5)  # between columns
_MOST_LINES = 14  # of a cell; what is longer ends in …


@dataclass(frozen=True, slots=True)
class Column:
    """share: of the width that is left; 0: as wide as its words. right: for numbers."""

    title: str
    share: float = 0.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words, one for each column; tones: one for each row, or none at all.

    empty: what stands there where there is no row.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "–"
    tones: tuple[str, ...] = ()

    def height(self, width: float) -> float:
        """Of heading and rows."""
        return self._head_height(width) + sum(self._heights(width))

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """With a thin line below every row."""
        widths = self._widths(box.width())
        top = box.top() + self._head_height(box.width())
        self._draw_row(painter, self._titles(), widths, QPointF(box.left(), box.top()), "muted")
        _rule(painter, box, top, "muted")
        tones = self.tones or ("text",) * len(self._shown())
        for row, tone, high in zip(self._shown(), tones, self._heights(box.width()), strict=False):
            self._draw_row(painter, row, widths, QPointF(box.left(), top), tone)
            top += high
            _rule(painter, box, top, "line")

    def cut(self, width: float, room: float) -> tuple[Block, Block] | None:
        """Between rows; one alone is left on neither side where there are more."""
        room -= self._head_height(width)
        fit = 0
        for high in self._heights(width):
            room -= high
            if room < 0:
                break
            fit += 1
        fit = min(fit, len(self.rows) - 1)
        if fit < 1:
            return None
        first = replace(self, rows=self.rows[:fit], tones=self.tones[:fit])
        return first, replace(self, rows=self.rows[fit:], tones=self.tones[fit:])

    def _shown(self) -> tuple[tuple[str, ...], ...]:
        return self.rows or ((self.empty, *("" for _ in self.columns[1:])),)

    def _titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    def _widths(self, width: float) -> list[float]:
        """Columns without a share take what their words need, the others the rest by share."""
        own = [self._own_width(place) for place in range(len(self.columns))]
        gutters = _GUTTER * (len(self.columns) - 1)
        shares = sum(column.share for column in self.columns)
        fixed = sum(w for w, c in zip(own, self.columns, strict=True) if not c.share)
        rest = width - gutters - fixed
        if shares:
            least = min(0.35 * width, rest) if rest > 0 else 0.35 * width
            rest = max(rest, least)
        scale = (
            1.0
            if fixed + (rest if shares else 0) <= width - gutters
            else ((width - gutters - (rest if shares else 0)) / fixed)
        )
        return [
            rest * column.share / shares if column.share else wide * scale
            for column, wide in zip(self.columns, own, strict=True)
        ]

    def _own_width(self, place: int) -> float:
        words = max((width_of(row[place], _font()) for row in self.rows), default=0.0)
        return max(words, width_of(self.columns[place].title, _title_font())) + mm(0.2)

    def _heights(self, width: float) -> list[float]:
        widths = self._widths(width)
        return [self._row_height(row, widths) for row in self._shown()]

    def _row_height(self, row: tuple[str, ...], widths: list[float]) -> float:
        most = max(len(_cell(words, wide)) for words, wide in zip(row, widths, strict=True))
        return most * line_height(_font()) + 2 * _PAD

    def _head_height(self, width: float) -> float:
        pairs = zip(self._titles(), self._widths(width), strict=True)
        most = max(len(broken(words, _title_font(), wide)) for words, wide in pairs)
        return most * line_height(_title_font()) + 2 * _PAD

    def _draw_row(
        self,
        painter: QPainter,
        row: tuple[str, ...],
        widths: list[float],
        at: QPointF,
        tone: str,
    ) -> None:
        titles = row == self._titles()
        font = _title_font() if titles else _font()
        left = at.x()
        for column, words, wide in zip(self.columns, row, widths, strict=True):
            lines = broken(words, font, wide) if titles else _cell(words, wide)
            place = QPointF(left, at.y() + _PAD)
            align = 1.0 if column.right else 0.0
            write_lines(painter, place, lines, font, tone_colour(tone), wide, align)
            left += wide + _GUTTER


def _cell(words: str, width: float) -> tuple[str, ...]:
    lines = broken(words, _font(), width)
    if len(lines) <= _MOST_LINES:
        return lines
    return (*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1]} …")


def _font() -> QFont:
    return paper_font(_POINTS)


def _title_font() -> QFont:
    return paper_font(7.5, STRONG)


def _rule(painter: QPainter, box: QRectF, top: float, role: str) -> None:
    painter.setPen(QPen(colour(role), mm(0.15)))
    painter.drawLine(QPointF(box.left(), top), QPointF(box.right(), top))
