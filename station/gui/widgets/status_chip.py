"""A chip of the top bar: a dot, a name, a word on how it stands."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class ChipState(StrEnum):
    """How a thing stands; PLAIN has no dot."""

    PLAIN = "plain"
    OFF = "off"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


_ROLES = {
    ChipState.OFF: "disabled",
    ChipState.OK: "ok",
    ChipState.WARN: "review",
    ChipState.BAD: "ng",
}


class StatusChip(QWidget):
    """Gives way when the bar is short of room: the detail is cut, then left out.

    The tool tip always tells all. A state that is not well also changes the shape of the dot.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = ChipState.OFF
        self._name = ""
        self._detail = ""
        self._theme = DARK
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_status(self, state: ChipState, name: str, detail: str = "", tip: str = "") -> None:
        """Show this; costs nothing when nothing changed."""
        if (state, name, detail) != (self._state, self._name, self._detail):
            self._state, self._name, self._detail = state, name, detail
            self.updateGeometry()
            self.update()
        self.setToolTip(tip or f"{name} · {detail}".strip(" ·"))
        self.setAccessibleName(f"{name} {detail}".strip())

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all of it."""
        width = self._name_end() + paint.advance(self._font(False), self._detail)
        gap = self._theme.px(8) if self._detail else 0
        return QSize(int(width) + gap + self._theme.px(13) + 2, self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for the dot and the name."""
        return QSize(int(self._name_end()) + self._theme.px(13) + 2, self._height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Box, dot, name, and as much of the detail as there is room for."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            rect = QRectF(self.rect())
            paint.box(painter, rect, theme.px(8), theme.color("key"), theme.color("key"), 0)
            if self._state is not ChipState.PLAIN:
                self._paint_dot(painter, rect)
            end = self._name_end()
            left = end - paint.advance(self._font(True), self._name)
            name = QRectF(left, 0, rect.width() - left, rect.height())
            paint.text(painter, name, self._name, self._font(True), theme.color("text"))
            start = end + theme.px(8)
            room = rect.width() - theme.px(12) - start
            if self._detail and room >= theme.px(36):
                detail = QRectF(start, 0, room, rect.height())
                paint.text(painter, detail, self._detail, self._font(False), theme.color("muted"))

    def _paint_dot(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._theme
        side = theme.px(10) + 2 * (self._state is not ChipState.OK)
        dot = QRectF(theme.px(12), rect.center().y() - side / 2, side, side)
        color = theme.color(_ROLES[self._state])
        if self._state is ChipState.BAD:
            paint.cross(painter, dot, color)
            return
        radius = side / 2 if self._state is not ChipState.WARN else side / 6
        paint.box(painter, dot, radius, color, color, 0)

    def _name_end(self) -> float:
        dot = 0 if self._state is ChipState.PLAIN else self._theme.px(10) + 2 + self._theme.px(8)
        return self._theme.px(12) + dot + paint.advance(self._font(True), self._name)

    def _font(self, name: bool) -> QFont:
        weight = QFont.Weight.DemiBold if name else QFont.Weight.Medium
        return ui_font(self._theme.text_px(17), weight, tabular=not name)

    def _height(self) -> int:
        return max(self._theme.px(36), int(self._theme.text_px(17) * 1.7))
