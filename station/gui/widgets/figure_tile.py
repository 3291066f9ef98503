"""A large figure with its name above and what it is made of beside it."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint


@dataclass(frozen=True, slots=True)
class Figure:
    """In words: its name, the value, what stands beside and below it.

    warns: amber, for somebody has to do something.
    """

    name: str
    value: str
    aside: str = ""
    below: str = ""
    warns: bool = False


_NONE = Figure("", "–")


class FigureTile(QAbstractButton):
    """`clicked` where it can be pressed; see `set_press`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._figure = _NONE
        self._press = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEnabled(True)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    @property
    def figure(self) -> Figure:
        """What is shown."""
        return self._figure

    def set_figure(self, figure: Figure) -> None:
        """Show that."""
        if figure == self._figure:
            return
        self._figure = figure
        said = " ".join(one for one in (figure.value, figure.aside, figure.below) if one)
        self.setAccessibleName(figure.name)
        self.setAccessibleDescription(said)
        self.setToolTip(f"{figure.name}: {said}")
        self.update()

    def set_press(self, can: bool) -> None:
        """Whether there is something behind it that a press opens."""
        self._press = can
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can else Qt.FocusPolicy.NoFocus)
        shape = Qt.CursorShape.PointingHandCursor if can else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def hitButton(self, _: object) -> bool:
        """All of it, or nothing."""
        return self._press

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(366), max(self._theme.px(140), self._least()))

    def minimumSizeHint(self) -> QSize:
        """High enough for its three lines, and for a finger."""
        return QSize(120, self.sizeHint().height())

    def _least(self) -> int:
        theme = self._theme
        lines = theme.text_px(16) * 2.9 + theme.text_px(54) * 1.15
        return max(int(lines) + 2 * theme.px(12), touch(self))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Box, name, value with what stands beside it, line below."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, area, shown = self._theme, QRectF(self.rect()), self._figure
            frame = theme.color("review" if shown.warns else "line")
            if self.hasFocus():
                frame = theme.color("select")
            over = self._press and (self.underMouse() or self.isDown())
            fill = theme.color("key_hover" if over else "panel")
            paint.box(painter, area, theme.px(12), fill, frame, max(1.0, 1.6 * theme.scale))
            edge = theme.px(19)
            inner = area.adjusted(edge, theme.px(12), -edge, -theme.px(10))
            small = theme.text_px(16) * 1.45
            name = QRectF(inner.left(), inner.top(), inner.width(), small)
            ink = theme.color("review_text" if shown.warns else "muted")
            font = ui_font(theme.text_px(16), QFont.Weight.DemiBold)
            words = shown.name.upper()  # as it is where capitals are too wide
            words = words if paint.fits(words, font, name.width(), 1) else shown.name
            paint.text(painter, name, words, font, ink)
            below = QRectF(inner.left(), inner.bottom() - small, inner.width(), small)
            middle = QRectF(inner.left(), name.bottom(), inner.width(), below.top() - name.bottom())
            self._paint_value(painter, middle)
            font = ui_font(theme.text_px(16), QFont.Weight.Medium)
            paint.text(painter, below, shown.below, font, theme.color("muted"))

    def _paint_value(self, painter: QPainter, area: QRectF) -> None:
        theme, shown = self._theme, self._figure
        small = ui_font(theme.text_px(20), QFont.Weight.DemiBold, tabular=True)
        gap, aside = theme.px(14), paint.advance(small, shown.aside)
        room = area.width() - (gap + aside if shown.aside else 0)
        big = paint.fitted(shown.value, theme.text_px(54), 700, max(room, area.width() * 0.3))
        width = paint.text(painter, area, shown.value, big, theme.color("text"))
        # On one ground line with the value, as in the design.
        drop = (big.pixelSize() - small.pixelSize()) * 0.33
        left = area.left() + width + gap
        beside = QRectF(left, area.top() + drop, area.right() - left, area.height())
        paint.text(painter, beside, shown.aside, small, theme.color("muted"))
