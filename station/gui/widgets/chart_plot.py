"""What the charts share: axes that nobody moves by accident, in the program's colours and fonts.

Importing this imports pyqtgraph, a third of a second: only pages that are in sight do.
"""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPen,
    QWheelEvent,
)

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme

REACH_MM_PX = 38  # pixels: a finger may miss a point by so much
Ticks = Sequence[tuple[float, str]]


class Plot(pg.PlotWidget):  # type: ignore[misc]
    """`pressed(index)`: a finger, or Enter, on one of `spots`. ← → go from one to the next.

    The wheel is left to whatever lies around the chart: the view is fixed.
    """

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__(background=None, enableMenu=False)
        self._theme = DARK
        self.chosen: int | None = None
        self._spots: tuple[QPointF, ...] = ()
        self.setAntialiasing(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseEnabled(False, False)
        self.hideButtons()
        self.setFrameShape(self.Shape.NoFrame)
        self.view = self.getPlotItem().getViewBox()
        self.view.setDefaultPadding(0.0)
        self.view.disableAutoRange()
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setStyle(tickLength=0, tickAlpha=0, hideOverlappingLabels=False)

    # ── sizes and colours ───────────────────────────────────────────────────────────────────

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes, and draw anew."""
        self._theme = theme
        self.setBackground(theme.color("panel"))
        for name in ("left", "bottom"):
            axis = self.getPlotItem().getAxis(name)
            axis.setTickFont(self.small())
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(theme.color("muted"))
        self.redraw()

    def redraw(self) -> None:
        """Draw what there is in the colours that hold."""

    def small(self) -> QFont:
        """The font of the axes."""
        return ui_font(self._theme.text_px(16), QFont.Weight.Medium, tabular=True)

    def pen(self, role: str, px: float = 3.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A pen of that colour, as thick as in the design."""
        pen = QPen(self._theme.color(role), max(1.0, px * self._theme.scale), style)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def tint(self, role: str, opacity: float) -> QColor:
        """The colour of that role, so far seen through."""
        color = self._theme.color(role)
        color.setAlphaF(opacity)
        return color

    def set_ticks(self, left: Ticks, bottom: Ticks) -> None:
        """What stands at the axes."""
        metrics = QFontMetricsF(self.small())
        width = max((metrics.horizontalAdvance(words) for _, words in left), default=0.0)
        axis = self.getPlotItem().getAxis("left")
        axis.setTicks([list(left)])
        axis.setWidth(width + 8 if left else 1)
        axis = self.getPlotItem().getAxis("bottom")
        axis.setTicks([list(bottom)])
        axis.setHeight(metrics.height() + 6 if bottom else 1)
        last = max((metrics.horizontalAdvance(words) for _, words in bottom), default=0.0)
        self.getPlotItem().layout.setContentsMargins(1, 1, max(1, last / 2), 1)

    def sizeHint(self) -> QSize:
        """Small: the page says how large it is."""
        return QSize(240, 90)

    def minimumSizeHint(self) -> QSize:
        """As small as a low window needs it."""
        return QSize(120, 60)

    # ── what can be pressed ─────────────────────────────────────────────────────────────────

    def set_spots(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Points that a finger may press; none: the chart takes no focus."""
        self._spots = tuple(QPointF(x, y) for x, y in zip(xs, ys, strict=True))
        policy = Qt.FocusPolicy.StrongFocus if self._spots else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        if self.chosen is not None and self.chosen >= len(self._spots):
            self.choose(None)

    def choose(self, index: int | None) -> None:
        """Mark that point; None: no one."""
        if index != self.chosen:
            self.chosen = index
            self.show_chosen()

    def show_chosen(self) -> None:
        """Draw the mark of the point that is chosen."""

    def spot_at(self, where: QPointF) -> int | None:
        """The nearest point to a place in the widget, if a finger can have meant it."""
        if not self._spots:
            return None
        seen = [self.view.mapViewToDevice(spot) for spot in self._spots]
        if any(one is None for one in seen):
            return None
        ways = np.hypot([p.x() - where.x() for p in seen], [p.y() - where.y() for p in seen])
        nearest = int(np.argmin(ways))
        return nearest if ways[nearest] <= REACH_MM_PX else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A point is pressed."""
        index = self.spot_at(event.position())
        event.accept()
        if index is not None:
            self.choose(index)
            self.pressed.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing follows the pointer but its shape."""
        over = self.spot_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing was dragged."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two presses are no more than one."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to what lies around."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → choose, Enter presses."""
        last = len(self._spots) - 1
        step = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(event.key())
        if step is not None and self._spots:
            start = last if self.chosen is None else self.chosen + step
            self.choose(min(max(start, 0), last))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.pressed.emit(self.chosen)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which point the keys are at."""
        super().focusInEvent(event)
        self.show_chosen()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self.show_chosen()


class Words(pg.TextItem):  # type: ignore[misc]
    """A word in a chart that is never drawn beyond its edge: it goes to the other side instead."""

    def __init__(self) -> None:
        super().__init__("")
        self.setZValue(10)

    def say(self, words: str, font: QFont, color: QColor) -> None:
        """These, in that font and colour."""
        self.setText(words, color)
        self.setFont(font)

    def lay_on(self, color: QColor) -> None:
        """What is behind the words, so that no line runs through them."""
        self.fill = pg.mkBrush(color)

    def put(self, view: pg.ViewBox, x: float, y: float, gap: float) -> QRectF:
        """Right of a point where there is room, else left of it; gives where it stands, in pixels.

        Only what is in sight can be put: pyqtgraph leaves the rest where it was.
        """
        width, height = self._size()
        at, room = view.mapViewToDevice(QPointF(x, y)), view.sceneBoundingRect()
        if at is None:
            return QRectF()
        left = at.x() + gap + width > room.right()
        high = at.y() - height / 2 < room.top()
        self.setAnchor((1 + gap / width if left else -gap / width, 0.0 if high else 0.5))
        self.setPos(x, y)
        start = at.x() - gap - width if left else at.x() + gap
        return QRectF(start, at.y() - (0 if high else height / 2), width, height)

    def _size(self) -> tuple[float, float]:
        rect = self.textItem.boundingRect()
        return max(rect.width(), 1.0), rect.height()


def nice_step(span: float, most: int) -> float:
    """1, 2 or 5 times a power of ten: so that at most so many steps cover the span."""
    if span <= 0:
        return 1.0
    raw = span / max(most, 1)
    power = 10.0 ** np.floor(np.log10(raw))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= raw * 0.999))


def every(count: int, most: int) -> range:
    """Which of so many points are named, so that at most so many are: the first, then evenly."""
    return range(0, count, max(1, -(-count // max(most, 1))))
