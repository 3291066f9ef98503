"""Tiles one below the other: as many as there are things to show, in reach of the arrow keys."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from station.gui.theme import DARK, Theme

STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class TileButton(QAbstractButton):
    """What every tile has: the theme, a height of its own, and another colour under the mouse."""

    def __init__(self, parent: QWidget, focus: Qt.FocusPolicy) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.setFocusPolicy(focus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt draws a button anew when the mouse leaves it, not when it comes."""
        super().enterEvent(event)
        self.update()


T = TypeVar("T", bound=TileButton)


class TileColumn(Generic[T]):
    """The tiles of `owner`. make: a new one.  gap: pixels of the design between two."""

    def __init__(self, owner: QWidget, make: Callable[[], T], gap: int) -> None:
        self.tiles: list[T] = []
        self._make, self._gap = make, gap
        self._theme = DARK
        self.layout = QVBoxLayout(owner)
        self.layout.setContentsMargins(0, 0, 0, 0)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.layout.setSpacing(theme.px(self._gap))
        for tile in self.tiles:
            tile.theme = theme
            tile.updateGeometry()
            tile.update()

    def fit(self, count: int) -> None:
        """So many tiles from now on."""
        while len(self.tiles) > count:
            gone = self.tiles.pop()
            self.layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.tiles) < count:
            tile = self._make()
            tile.theme = self._theme
            self.layout.insertWidget(len(self.tiles), tile)
            self.tiles.append(tile)
            tile.show()

    def focused(self) -> T | None:
        """The tile that has the keyboard."""
        return next((tile for tile in self.tiles if tile.hasFocus()), None)

    def step(self, key: int) -> T | None:
        """Up and Down give the keyboard to the next tile; `None` for all other keys."""
        tile = self.focused()
        if key not in STEPS or tile is None:
            return None
        at = min(max(self.tiles.index(tile) + STEPS[key], 0), len(self.tiles) - 1)
        self.tiles[at].setFocus(Qt.FocusReason.TabFocusReason)
        return self.tiles[at]
