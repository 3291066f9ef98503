"""How the scores of good and bad parts lie, with the two limits: to be dragged or moved by key."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

STEP, LEAP = 0.01, 0.1
_REACH = 24  # pixels: a finger may miss a limit by so much


class Limit(IntEnum):
    """Which limit is moved."""

    REVIEW = 0
    NG = 1


class ScoreHistogram(QWidget):
    """`moved(review_limit, ng_limit)` while a person moves one; `let_go` when it is done.

    ← → move the chosen limit by 0.01, Page Up and Down by 0.1; ↑ ↓ choose the other one. Two
    limits that lie on each other move together until one is pulled away.
    """

    moved = Signal(float, float)
    let_go = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._good: tuple[int, ...] = ()
        self._bad: tuple[int, ...] = ()
        self._names = ("", "", "")
        self.limits = (0.4, 0.6)
        self.active = Limit.NG
        self._held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_words(self, title: str, review: str, ng: str) -> None:
        """The heading, and what the limits are called."""
        self._names = (title, review, ng)
        self.setAccessibleName(title)
        self.update()

    def set_bins(self, good: Sequence[int], bad: Sequence[int]) -> None:
        """How many parts have a score in each of equally wide steps from 0 to 1."""
        self._good, self._bad = tuple(good), tuple(bad)
        self.setEnabled(bool(self._good))
        self.update()

    def set_limits(self, review_limit: float, ng_limit: float) -> None:
        """Where the limits stand; tells nobody."""
        self.limits = (review_limit, ng_limit)
        self.setAccessibleDescription(
            f"{self._names[1]} {review_limit:.2f}, {self._names[2]} {ng_limit:.2f}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(520), self._theme.px(210))

    def minimumSizeHint(self) -> QSize:
        """Low enough for a small window."""
        return QSize(240, max(104, self._theme.px(150)))

    # ── moving ──────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the nearer limit."""
        x = event.position().x()
        ways = [abs(x - self._x(limit)) for limit in self.limits]
        nearest = Limit(ways.index(min(ways)))
        if self.limits[0] == self.limits[1]:
            nearest = Limit.NG if x >= self._x(self.limits[1]) else Limit.REVIEW
        if self.isEnabled() and min(ways) <= _REACH:
            self.active, self._held = nearest, True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the limit along."""
        x = event.position().x()
        near = min(abs(x - self._x(limit)) for limit in self.limits) <= _REACH
        shape = Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        if self._held:
            area = self._plot()
            self._move_to((x - area.left()) / area.width())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        """Let go."""
        if self._held:
            self._held = False
            self.let_go.emit(*self.limits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the chosen limit, or choose the other."""
        steps = {
            int(Qt.Key.Key_Left): -STEP,
            int(Qt.Key.Key_Right): STEP,
            int(Qt.Key.Key_PageDown): -LEAP,
            int(Qt.Key.Key_PageUp): LEAP,
        }
        if event.key() in steps and self.isEnabled():
            self._move_to(round(self.limits[self.active] + steps[event.key()], 2))
            self.let_go.emit(*self.limits)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.active = Limit(1 - self.active)
            self.update()
        else:
            super().keyPressEvent(event)

    def _move_to(self, value: float) -> None:
        value = min(max(round(value, 3), 0.0), 1.0)
        review, ng = self.limits
        if self.active is Limit.REVIEW:
            review, ng = value, max(ng, value)
        else:
            review, ng = min(review, value), value
        if (review, ng) != self.limits:
            self.set_limits(review, ng)
            self.moved.emit(review, ng)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which limit the keys move."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, heading, bars, limits."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            edge = theme.color("select" if self.hasFocus() else "key")
            paint.box(painter, rect, theme.px(10), theme.color("key"), edge, 2)
            font = ui_font(theme.text_px(16), 600)
            head = QRectF(theme.px(16), theme.px(8), rect.width() - theme.px(32), self._line())
            paint.text(painter, head, self._names[0], font, theme.color("muted"))
            self._paint_bars(painter)
            if self._good:
                for limit in Limit:
                    self._paint_limit(painter, limit)

    def _paint_bars(self, painter: QPainter) -> None:
        """The heights follow the square root, so that a single part is seen beside thousands."""
        area, most = self._plot(), max((*self._good, *self._bad, 1)) ** 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        for role, bins, part in (("ok", self._good, 0), ("ng", self._bad, 1)):
            for index, count in enumerate(bins):
                if not count:
                    continue
                width = area.width() / len(bins)
                both = bool(self._good[index] and self._bad[index])
                share = 0.5 if both else 1.0
                left = area.left() + width * (index + (0.5 * part if both else 0.0))
                height = max(3.0, area.height() * count**0.5 / most)
                bar = QRectF(left + 1, area.bottom() - height, width * share - 1.5, height)
                painter.fillRect(bar, self._theme.color(role))
        painter.fillRect(
            QRectF(area.left(), area.bottom(), area.width(), 1), self._theme.color("line")
        )

    def _paint_limit(self, painter: QPainter, limit: Limit) -> None:
        theme, area, x = self._theme, self._plot(), self._x(self.limits[limit])
        chosen = limit is self.active and (self.hasFocus() or self._held)
        role = "review_text" if limit is Limit.REVIEW else "text"
        top = area.top() - self._line() * 1.15
        pen = QPen(theme.color(role), max(2, theme.px(4 if chosen else 2)))
        pen.setDashPattern([3, 2.2])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, top), QPointF(x, area.bottom()))
        self._paint_grip(painter, x, area.bottom(), role)
        font = ui_font(theme.text_px(16), 700 if chosen else 500, tabular=True)
        words = f"{self._names[1 + limit]} {_short(self.limits[limit])}"
        room = paint.advance(font, words) + 2
        gap = theme.px(8)
        right = x + gap + room < self.width() - gap
        if limit is Limit.REVIEW:  # away from the other one
            right = x - gap - room < gap
        left = x + gap if right else x - gap - room
        line = QRectF(left, top - 2, room, self._line())
        paint.text(painter, line, words, font, theme.color(role))

    def _paint_grip(self, painter: QPainter, x: float, y: float, role: str) -> None:
        side = max(7, self._theme.px(9))
        corners = [QPointF(x, y - side), QPointF(x + side, y + 4), QPointF(x - side, y + 4)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(role))
        painter.drawPolygon(QPolygonF(corners))

    def _line(self) -> float:
        return self._theme.text_px(16) * 1.3

    def _plot(self) -> QRectF:
        theme = self._theme
        head = theme.px(12) + self._line() * 2.4
        return QRectF(self.rect()).adjusted(theme.px(24), head, -theme.px(24), -theme.px(16))

    def _x(self, value: float) -> float:
        area = self._plot()
        return area.left() + area.width() * value


def _short(value: float) -> str:
    """.60 for 0.6, as scores are written; with a third digit only where there is one."""
    words = f"{value:.3f}" if round(value, 2) != round(value, 3) else f"{value:.2f}"
    return words[1:] if words.startswith("0") else words
