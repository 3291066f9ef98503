"""A few large choices, one of which holds: a title each, and a line that explains it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.tile_column import TileButton, TileColumn

LEAST_MM = 20.0  # high, for a glove
HINT_PX = 28


@dataclass(frozen=True, slots=True)
class Choice:
    """`name` comes back when it is chosen. orders: it asks for more and never holds itself."""

    name: str
    words: str
    hint: str = ""
    orders: bool = False


class _Tile(TileButton):
    def __init__(self, parent: QWidget, high: int) -> None:
        super().__init__(parent, Qt.FocusPolicy.StrongFocus)
        self._high = high
        self.choice = Choice("", "")
        self.holds = False

    def show_choice(self, choice: Choice, holds: bool) -> None:
        self.choice, self.holds = choice, holds
        self.setText(choice.words)
        self.setAccessibleName(choice.words)
        self.setAccessibleDescription(choice.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._height())

    def _height(self) -> int:
        least = touch(self, LEAST_MM if self.choice.hint else LEAST_MM * 0.8)
        return max(least, self.theme.px(self._high + (HINT_PX if self.choice.hint else 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's own way with the arrows only moves the focus."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self.theme, QRectF(self.rect())
            edge = "select" if self.hasFocus() else "accent" if self.holds else "line"
            fill = "key_down" if self.isDown() else "key_hover" if self.underMouse() else "key"
            width = max(2, theme.px(3))
            paint.box(painter, rect, theme.px(12), theme.color(fill), theme.color(edge), width)
            inner = rect.adjusted(theme.px(26), theme.px(10), -theme.px(26), -theme.px(10))
            side = theme.text_px(26)
            sign = QRectF(inner.right() - side, rect.center().y() - side / 2, side, side)
            if self.holds:
                paint.check(painter, sign, theme.color("accent"))
            elif self.choice.orders:
                paint.plus(painter, sign, theme.color("muted"))
            inner.setRight(sign.left() - theme.px(16))
            self._paint_words(painter, inner)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        ink = theme.color("text" if self.isEnabled() else "disabled")
        title = paint.fitted(self.choice.words, theme.text_px(25), 700, area.width())
        way = Qt.TextElideMode.ElideMiddle  # of a path both ends tell most
        rows = [QFontMetricsF(title).elidedText(self.choice.words, way, area.width())]
        if not self.choice.hint:
            paint.block(painter, area, rows, title, ink)
            return
        small = ui_font(theme.text_px(19), QFont.Weight.Medium)
        hints = paint.lines(self.choice.hint, small, area.width(), 2)
        high, low = title.pixelSize() * 1.35, small.pixelSize() * 1.3 * len(hints)
        top = area.center().y() - (high + low) / 2
        paint.block(painter, QRectF(area.left(), top, area.width(), high), rows, title, ink)
        below = QRectF(area.left(), top + high, area.width(), low)
        paint.block(painter, below, hints, small, theme.color("muted"))


class Tiles(QWidget):
    """`picked(name)` when a person chooses; arrow keys go along and choose.

    high: pixels of the design, of a tile without a hint.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None, high: int = 84) -> None:
        super().__init__(parent)
        self._high = high
        self._column = TileColumn(self, self._make, gap=14)
        self._column.layout.addStretch(1)
        self.chosen = ""
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._column.set_theme(theme)

    def set_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        """Show these, and which of them holds."""
        self.chosen = chosen
        self._column.fit(len(choices))
        for tile, choice in zip(self._column.tiles, choices, strict=True):
            tile.show_choice(choice, choice.name == chosen)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is shown."""
        return tuple(tile.choice for tile in self._column.tiles)

    def tile(self, name: str) -> QAbstractButton:
        """The tile of that name."""
        return next(tile for tile in self._column.tiles if tile.choice.name == name)

    def focus(self) -> None:
        """The keyboard is for the one that holds."""
        for tile in self._column.tiles:
            if tile.holds:
                tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from one to the next, and choose it unless it asks for more."""
        tile = self._column.step(event.key())
        if tile is None:
            super().keyPressEvent(event)
        elif not tile.choice.orders:
            tile.click()

    def _make(self) -> _Tile:
        tile = _Tile(self, self._high)
        tile.clicked.connect(lambda: self.picked.emit(tile.choice.name))
        return tile
