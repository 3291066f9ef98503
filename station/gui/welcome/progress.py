"""How far the questions are: one bar each, filled as far as one is."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class Bars(QWidget):
    """So many, of which the first are filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._count, self._done = 1, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_state(self, done: int, count: int) -> None:
        """done: with the one that is asked now."""
        self._done, self._count = done, max(1, count)
        self.update()

    def sizeHint(self) -> QSize:
        """A thin line."""
        return QSize(self._theme.px(400), self._theme.px(8))

    def paintEvent(self, _: QPaintEvent) -> None:
        """One bar beside the other."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            gap = self._theme.px(10)
            width = (self.width() - gap * (self._count - 1)) / self._count
            for place in range(self._count):
                color = self._theme.color("accent" if place < self._done else "line")
                bar = QRectF(place * (width + gap), 0, width, self.height())
                paint.box(painter, bar, self.height() / 2, color, color, 0)
