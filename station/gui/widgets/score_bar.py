"""The score of a part against the two limits: green, amber, red, and a marker."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class ScoreBar(QWidget):
    """Left is surely good, right is surely bad."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = (0.4, 0.6)
        self._score: float | None = None
        self._theme = DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_score(self, score: float | None, review_limit: float, ng_limit: float) -> None:
        """Where the marker and the borders stand, 0 … 1; None hides the marker."""
        self._score = score
        self._limits = (review_limit, ng_limit)
        self.update()

    def sizeHint(self) -> QSize:
        """As drawn in the design."""
        return QSize(self._theme.px(298), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Short enough for a narrow window."""
        return QSize(60, 24)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Three zones with round ends, then the marker with an edge that parts it from them."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme = self._theme
            height = max(8, theme.px(14))
            bar = QRectF(2, self.height() / 2 - height / 2, self.width() - 4, height)
            self._paint_zones(painter, bar)
            if self._score is None:
                return
            x = bar.left() + bar.width() * min(max(self._score, 0.0), 1.0)
            width = max(4, theme.px(5))
            x = min(max(x, bar.left() + width), bar.right() - width)
            reach = theme.px(7)
            marker = QRectF(x - width / 2, bar.top() - reach, width, height + 2 * reach)
            edge = marker.adjusted(-2, -2, 2, 2)
            paint.box(painter, edge, 3, theme.color("panel"), theme.color("panel"), 0)
            paint.box(painter, marker, 2, theme.color("select"), theme.color("select"), 0)

    def _paint_zones(self, painter: QPainter, bar: QRectF) -> None:
        rounded = QPainterPath()
        rounded.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        borders = (0.0, *self._limits, 1.0)
        for role, start, end in zip(("ok", "review", "ng"), borders, borders[1:], strict=False):
            zone = QPainterPath()
            left = bar.left() + bar.width() * start
            zone.addRect(QRectF(left, bar.top(), bar.width() * (end - start), bar.height()))
            painter.setBrush(self._theme.color(role))
            painter.drawPath(rounded.intersected(zone))
