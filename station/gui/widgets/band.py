"""A band across a page that says, large, in what unusual state the station is."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.domain.inspection import Verdict
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class Band(QWidget):
    """Hidden without words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_words(self, words: str) -> None:
        """What it says; empty: there is none."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(words)
            self.setVisible(bool(words))
            self.update()

    def sizeHint(self) -> QSize:
        """One large line."""
        return QSize(300, max(44, self._theme.px(64)))

    def minimumSizeHint(self) -> QSize:
        """The same, for a narrow window."""
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Stripes at both ends, the sign, the words."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            fill, ink = theme.color("review_fill"), theme.color("review_ink")
            paint.box(painter, rect, theme.px(10), fill, fill, 0)
            end = theme.px(90)
            for left in (rect.left(), rect.right() - end):
                area = QRectF(left, rect.top(), end, rect.height())
                paint.stripes(painter, area, theme.px(10), ink, theme.px(26))
            side = theme.text_px(26)
            at = end + theme.px(18)
            sign = QRectF(at, rect.center().y() - side / 2, side, side)
            paint.mark(painter, Verdict.REVIEW, sign, ink)
            left = sign.right() + theme.px(14)
            body = QRectF(left, 0, rect.right() - end - theme.px(14) - left, rect.height())
            weight = QFont.Weight.Bold
            font = paint.fitted(self.words, theme.text_px(26), weight, body.width(), 2)
            rows = paint.lines(self.words, font, body.width(), 2)
            paint.block(painter, body, rows, font, ink)
