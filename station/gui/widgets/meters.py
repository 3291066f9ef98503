"""How bright and how sharp the picture is, as meters that are read from two metres away."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint

_EDGE = 3  # of the bins at either end: what lies there is black, or white


class _Meter(QWidget):
    """A heading, a verdict in a colour, a figure, and a line of values."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._title = self._verdict = self._values = ""
        self._role = "muted"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_words(self, title: str, verdict: str, role: str, values: str) -> None:
        """role: of the colour in which the verdict is written."""
        self._title, self._verdict, self._role, self._values = title, verdict, role, values
        self.setAccessibleName(f"{title}: {verdict}. {values}")
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words and the figure between."""
        line = int(self._theme.text_px(18) * 1.5)
        return QSize(200, 2 * line + max(30, self._theme.px(60)) + 2 * self._theme.px(8))

    def minimumSizeHint(self) -> QSize:
        """The same height, for a narrow window."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Words over and under what the meter draws."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            line, gap = int(theme.text_px(18) * 1.5), theme.px(8)
            rect = QRectF(self.rect())
            head = QRectF(rect.left(), rect.top(), rect.width(), line)
            font = ui_font(theme.text_px(18), QFont.Weight.DemiBold)
            color = theme.color(self._role)
            taken = paint.text(painter, head, self._verdict, font, color, paint.RIGHT)
            small = ui_font(theme.text_px(16), QFont.Weight.DemiBold)
            title = head.adjusted(0, 0, -taken - gap, 0)
            paint.text(painter, title, self._title, small, theme.color("muted"))
            foot = QRectF(rect.left(), rect.bottom() - line, rect.width(), line)
            plain = paint.fitted(self._values, theme.text_px(18), 500, foot.width())
            paint.text(painter, foot, self._values, plain, theme.color("text"))
            body = QRectF(rect.left(), head.bottom() + gap / 2, rect.width(), 0)
            body.setBottom(foot.top() - gap / 2)
            self._paint_figure(painter, body)

    def _paint_figure(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError


class LightMeter(_Meter):
    """The histogram of the grey levels, red where the picture is black or white."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bins: tuple[float, ...] = ()

    def set_bins(self, bins: Sequence[float]) -> None:
        """Shares of the pixels from black to white."""
        self._bins = tuple(bins)
        self.update()

    def _paint_figure(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        paint.box(painter, area, theme.px(6), theme.color("key"), theme.color("key"), 0)
        if not self._bins:
            return
        inner = area.adjusted(theme.px(6), theme.px(4), -theme.px(6), 0)
        step = inner.width() / len(self._bins)
        top = max(sorted(self._bins)[-3], 1e-6)  # one full end must not hide all the rest
        for place, share in enumerate(self._bins):
            height = inner.height() * min(1.0, share / top)
            end = place < _EDGE or place >= len(self._bins) - _EDGE
            bar = QRectF(inner.left() + place * step, inner.bottom() - height, step, height)
            painter.fillRect(bar, theme.color("ng" if end else "accent"))


class FocusMeter(_Meter):
    """A bar against the best so far: turn the lens until it is full again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = self._best = 0.0

    def set_value(self, value: float, best: float) -> None:
        """How sharp it is now, and how sharp it was at its best."""
        self._value, self._best = value, best
        self.update()

    def _paint_figure(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        height = min(area.height(), theme.px(34))
        bar = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
        nothing = QColor(0, 0, 0, 0)
        paint.box(painter, bar, theme.px(6), theme.color("key"), nothing, 0)
        if self._best <= 0:
            return
        room = bar.width() * 0.94  # the best is not the end: it may get better
        share = min(self._value / self._best, 1.0)
        full = QRectF(bar.left(), bar.top(), max(1.0, room * share), bar.height())
        color = theme.color("ok" if share > 0.9 else "review")
        paint.box(painter, full, theme.px(6), color, nothing, 0)
        painter.setPen(Qt.PenStyle.NoPen)
        mark = QRectF(bar.left() + room - 2, bar.top() - 5, 4, bar.height() + 10)
        painter.fillRect(mark, theme.color("select"))
