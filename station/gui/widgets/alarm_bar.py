"""A red strip under the top bar: what a person must take note of, and the key that says so."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import DARK, TOUCH_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.touch_key import TouchKey

ROWS = 3


class AlarmBar(QWidget):
    """Hidden while there is nothing; `confirmed` when the key was touched."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._words = ""
        self.key = TouchKey()
        self.key.setAutoRepeat(False)
        self.key.clicked.connect(self.confirmed)
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._row.addWidget(self.key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """What is shown; empty where nothing is."""
        return self._words

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._row.setContentsMargins(0, theme.px(8), theme.px(16), theme.px(8))
        self.key.set_theme(theme)
        self.fit()
        self.update()

    def show_words(self, words: str, key: str) -> None:
        """Show these words and that name of the key; empty words hide the strip."""
        self._words = words
        self.key.set_title(key)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.fit()
        self.update()

    def fit(self) -> None:
        """As high as the words and a finger need."""
        side = touch(self, TOUCH_MM * 0.75)
        self.key.setFixedHeight(side)
        self.key.setMinimumWidth(max(self.key.sizeHint().width(), self._theme.px(200)))
        rows = len(paint.lines(self._words, self._font(), self._room(), ROWS))
        words = int(self._theme.text_px(20) * 1.3 * rows)
        self.setFixedHeight(max(side, words) + 2 * self._theme.px(8))

    def sizeHint(self) -> QSize:
        """One line of words."""
        return QSize(600, self._theme.px(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words may need another number of rows."""
        super().resizeEvent(event)
        self.fit()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Ground, sign, words."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            ink = theme.color("ng_ink")
            painter.fillRect(self.rect(), theme.color("ng_fill"))
            side = theme.text_px(24)
            sign = QRectF(theme.px(22), rect.center().y() - side / 2, side, side)
            paint.mark(painter, Verdict.NG, sign, ink)
            area = QRectF(self._left(), 0, self._room(), rect.height())
            rows = paint.lines(self._words, self._font(), self._room(), ROWS)
            paint.block(painter, area, rows, self._font(), ink)

    def _left(self) -> float:
        return self._theme.px(22) + self._theme.text_px(24) + self._theme.px(16)

    def _room(self) -> float:
        key = max(self.key.width(), self.key.minimumWidth()) + 2 * self._theme.px(16)
        return max(80.0, self.width() - self._left() - key)

    def _font(self) -> QFont:
        return ui_font(self._theme.text_px(20), QFont.Weight.DemiBold)
