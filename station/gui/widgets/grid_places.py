"""Where each picture of a wall lies, and where the keyboard's keys lead; only arithmetic."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt

SHAPE = 0.92  # height of a picture's place over its width


@dataclass(frozen=True, slots=True)
class Places:
    """A wall of `count` tiles in a viewport of that size, scrolled down by `top` pixels.

    wish: at least so wide is a tile.  gap: between tiles.  foot: the line of words below a picture.
    """

    view: QSize
    count: int = 0
    top: int = 0
    wish: int = 152
    gap: int = 10
    foot: int = 28

    @property
    def columns(self) -> int:
        """How many tiles stand side by side."""
        return max(1, (self._room + self.gap) // (self.wish + self.gap))

    @property
    def _room(self) -> int:
        return max(1, self.view.width() - self.gap // 2)

    @property
    def cell(self) -> QSize:
        """The size of a tile."""
        columns = self.columns
        width = (self._room - self.gap * (columns - 1)) // columns
        return QSize(width, int(width * SHAPE) + self.foot)

    @property
    def step(self) -> int:
        """From one row to the next."""
        return self.cell.height() + self.gap

    @property
    def most(self) -> int:
        """How far down the wall can be scrolled."""
        rows = -(-self.count // self.columns)
        return max(0, rows * self.step - self.gap - self.view.height())

    def tile(self, place: int) -> QRectF:
        """Where that tile is drawn, in the viewport."""
        cell = self.cell
        row, column = divmod(place, self.columns)
        left = column * (cell.width() + self.gap)
        return QRectF(left, row * self.step - self.top, cell.width(), cell.height())

    def at(self, point: QPointF) -> int:
        """Which tile lies under that point of the viewport; −1 for none."""
        column = int(point.x() // (self.cell.width() + self.gap))
        place = self._row(point.y()) * self.columns + column
        if not (0 <= column < self.columns and 0 <= place < self.count):
            return -1
        return place if self.tile(place).contains(point) else -1

    def span(self) -> range:
        """The tiles in sight."""
        return self.rows_between(0, self.view.height())

    def rows_between(self, low: float, high: float) -> range:
        """All tiles of the rows between two heights of the viewport."""
        first, last = self._row(low) * self.columns, (self._row(high) + 1) * self.columns
        return range(max(0, first), max(0, min(self.count, last)))

    def covered(self, band: QRectF) -> list[int]:
        """The tiles that a band in the viewport touches."""
        rows = self.rows_between(band.top(), band.bottom())
        return [place for place in rows if self.tile(place).intersects(band)]

    def around(self) -> Iterator[int]:
        """The tiles in sight, then a screen below, then one above: the nearest first."""
        span = self.span()
        yield from span
        yield from range(span.stop, min(self.count, span.stop + len(span)))
        yield from reversed(range(max(0, span.start - len(span)), span.start))

    def target(self, at: int, key: int) -> int | None:
        """Where a key leads from that tile; None for a key that does not move."""
        page = self.columns * max(1, self.view.height() // self.step)
        steps = {
            int(Qt.Key.Key_Left): -1,
            int(Qt.Key.Key_Right): 1,
            int(Qt.Key.Key_Up): -self.columns,
            int(Qt.Key.Key_Down): self.columns,
            int(Qt.Key.Key_PageUp): -page,
            int(Qt.Key.Key_PageDown): page,
            int(Qt.Key.Key_Home): -self.count,
            int(Qt.Key.Key_End): self.count,
        }
        if key not in steps or not self.count:
            return None
        if at < 0:
            return self.span().start
        target = at + steps[key]
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not 0 <= target < self.count:
            return at
        return min(max(target, 0), self.count - 1)

    def _row(self, y: float) -> int:
        return int((y + self.top) // self.step)
