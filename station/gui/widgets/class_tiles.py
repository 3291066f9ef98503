"""Names with a number each, one below the other: classes and filters, for a finger."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint
from station.gui.widgets.tile_column import TileButton, TileColumn

LEAST = 46  # pixels: what a finger needs where many must find room


class Sign(StrEnum):
    """What stands before a name."""

    NONE = "none"
    GOOD = "good"
    BAD = "bad"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Tile:
    """`name` comes back when it is touched. cap: the key of the keyboard that does the same."""

    name: str
    words: str
    count: str = ""
    sign: Sign = Sign.NONE
    cap: str = ""
    chosen: bool = False


class _Key(TileButton):
    def __init__(self, parent: QWidget, least: int) -> None:
        super().__init__(parent, Qt.FocusPolicy.TabFocus)
        self._least = least
        self.tile = Tile("", "")

    def show_tile(self, tile: Tile) -> None:
        self.tile = tile
        self.setText(tile.words)
        self.setAccessibleName(f"{tile.words} {tile.count}".strip())
        self.setToolTip(tile.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.height_wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height_wanted())

    def height_wanted(self) -> int:
        return max(self._least, self.theme.px(56))

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, tile, rect = self.theme, self.tile, QRectF(self.rect())
            edge = "accent" if tile.chosen else "key"
            edge = "select" if self.hasFocus() else edge
            fill = theme.color("key_down" if self.isDown() else "key")
            if self.underMouse() and not self.isDown():
                fill = theme.color("key_hover")
            paint.box(painter, rect, theme.px(10), fill, theme.color(edge), max(2, theme.px(3)))
            inner = rect.adjusted(theme.px(14), 2, -theme.px(14), -2)
            self._paint_words(painter, self._paint_figures(painter, inner))

    def _paint_figures(self, painter: QPainter, area: QRectF) -> QRectF:
        """Count, and left of it the cap; returns what room is left."""
        theme, tile = self.theme, self.tile
        font = ui_font(theme.text_px(20), 600, tabular=True)
        ink = theme.color("text" if tile.chosen else "muted")
        taken = paint.text(painter, area, tile.count, font, ink, paint.RIGHT)
        left = area.adjusted(0, 0, -taken - theme.px(8), 0)
        if tile.cap:
            small = ui_font(theme.text_px(16), 600)
            height = small.pixelSize() * 1.5
            width = max(height, paint.advance(small, tile.cap) + theme.px(12))
            cap = QRectF(left.right() - width, left.center().y() - height / 2, width, height)
            clear = theme.color("key")
            paint.box(painter, cap, theme.px(5), clear, theme.color("accent_text"), 1.5)
            paint.text(painter, cap, tile.cap, small, theme.color("accent_text"), paint.CENTER)
            left.setRight(cap.left() - theme.px(6))
        return left

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        theme, tile = self.theme, self.tile
        ink = theme.color("text" if self.isEnabled() else "disabled")
        if tile.sign is not Sign.NONE:
            side = theme.text_px(20) * 0.7
            sign = QRectF(area.left(), area.center().y() - side / 2, side, side)
            self._paint_sign(painter, sign)
            area.setLeft(sign.right() + theme.px(9))
        if tile.sign is Sign.ADD:
            ink = theme.color("muted")
        font = paint.fitted(tile.words, theme.text_px(20), QFont.Weight.DemiBold, area.width(), 2)
        rows = paint.lines(tile.words, font, area.width(), 2)
        paint.block(painter, area, rows, font, ink)

    def _paint_sign(self, painter: QPainter, area: QRectF) -> None:
        theme = self.theme
        match self.tile.sign:
            case Sign.GOOD:
                paint.check(painter, area, theme.color("ok_text"))
            case Sign.BAD:
                paint.cross(painter, area, theme.color("ng_text"))
            case _:
                paint.plus(painter, area, theme.color("muted"))


class ClassTiles(QWidget):
    """`touched(name)` for a tile, by finger or, with the focus on it, by Enter; ↑ ↓ go along.

    least: the height of a tile in pixels, at least.
    """

    touched = Signal(str)

    def __init__(self, parent: QWidget | None = None, least: int = LEAST) -> None:
        super().__init__(parent)
        self._least = least
        self._column = TileColumn(self, self._make, gap=8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._column.set_theme(theme)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these, in this order."""
        self._column.fit(len(tiles))
        for key, tile in zip(self._column.tiles, tiles, strict=True):
            key.show_tile(tile)
        self.updateGeometry()

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What is shown."""
        return tuple(key.tile for key in self._column.tiles)

    def key(self, name: str) -> QAbstractButton:
        """The tile of that name."""
        return next(key for key in self._column.tiles if key.tile.name == name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from tile to tile."""
        if self._column.step(event.key()) is not None:
            return
        key = self._column.focused()
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            key.click()
        else:
            super().keyPressEvent(event)

    def _make(self) -> _Key:
        key = _Key(self, self._least)
        key.clicked.connect(lambda: self.touched.emit(key.tile.name))
        return key
