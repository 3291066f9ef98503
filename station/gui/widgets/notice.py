"""A strip over the live view that says what is wrong and what to do."""

from enum import StrEnum

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from station.domain.inspection import Verdict
from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint


class NoticeTone(StrEnum):
    """How grave it is."""

    FAULT = "ng"
    WARNING = "review"


class Notice(QWidget):
    """Lies over a part of its parent; a fault stays until `clear_fault`, the rest goes by itself.

    A touch puts away what is not a fault. `changed` when the height may have to change.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fault = ""
        self._passing = ""
        self._theme = DARK
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._put_away)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self.changed.emit()
        self.update()

    def set_fault(self, words: str) -> None:
        """A state that lasts; empty when it is over."""
        self._fault = words
        self._show()

    def warn(self, words: str, seconds: float) -> None:
        """News that goes away after a while."""
        self._passing = words
        self._timer.start(int(seconds * 1000))
        self._show()

    @property
    def words(self) -> str:
        """What is shown now: news over a lasting fault, so that nothing new is missed."""
        return self._passing or self._fault

    @property
    def tone(self) -> NoticeTone:
        """How grave what is shown now is."""
        return NoticeTone.WARNING if self._passing else NoticeTone.FAULT

    def height_for(self, width: int) -> int:
        """The height that the words take at that width."""
        rows = len(paint.lines(self.words, self._font(), self._room(width), 3))
        return int(self._theme.text_px(20) * 1.3 * rows) + 2 * self._theme.px(12)

    def mousePressEvent(self, _: QMouseEvent) -> None:
        """A touch puts news away."""
        self._put_away()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Box, sign, words."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect, role = self._theme, QRectF(self.rect()), self.tone.value
            fill, ink = theme.color(f"{role}_fill"), theme.color(f"{role}_ink")
            paint.box(painter, rect, theme.px(10), fill, fill, 0)
            side = theme.text_px(22)
            sign = QRectF(theme.px(16), rect.center().y() - side / 2, side, side)
            verdict = Verdict.NG if self.tone is NoticeTone.FAULT else Verdict.REVIEW
            paint.mark(painter, verdict, sign, ink)
            left = sign.right() + theme.px(14)
            area = QRectF(left, 0, self._room(self.width()), rect.height())
            rows = paint.lines(self.words, self._font(), area.width(), 3)
            paint.block(painter, area, rows, self._font(), ink)

    def _put_away(self) -> None:
        self._timer.stop()
        self._passing = ""
        self._show()

    def _show(self) -> None:
        self.setAccessibleName(self.words)
        self.setVisible(bool(self.words))
        self.changed.emit()
        self.update()

    def _room(self, width: int) -> float:
        theme = self._theme
        return width - theme.px(16) - theme.text_px(22) - theme.px(14) - theme.px(16)

    def _font(self) -> QFont:
        return ui_font(self._theme.text_px(20), QFont.Weight.DemiBold)
