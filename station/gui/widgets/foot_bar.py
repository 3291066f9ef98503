"""The foot of the Inspect page: the numbers of the shift, Undo, and Inspect."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station.gui.theme import DARK, TOUCH_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.counters import Counters
from station.gui.widgets.touch_key import Tone, TouchKey


class FootBar(QWidget):
    """`counters`, `undo` and `inspect` are the page's to fill and to connect."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.counters = Counters()
        self.undo = TouchKey(sign=paint.undo_arrow, cap="Z")
        self.inspect = TouchKey(tone=Tone.PRIMARY)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.counters, 1)
        self._row.addWidget(self.undo)
        self._row.addWidget(self.inspect)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._row.setContentsMargins(theme.px(22), 1, theme.px(11), 0)
        self._row.setSpacing(theme.px(30))
        self.fit()
        self.update()

    def fit(self) -> None:
        """Sizes that hang on the window and its screen."""
        pill = max(self._theme.px(62), self._theme.text_px(20) * 2)
        side = max(touch(self, TOUCH_MM), pill)
        self.setFixedHeight(max(self._theme.px(84), side + 4))
        for key, width in ((self.undo, 180), (self.inspect, 276)):
            key.set_pill(pill, (side - pill) // 2)
            key.setFixedHeight(side)
            key.setMinimumWidth(max(key.sizeHint().width(), self._theme.px(width)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, and a line that parts it from the page."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.color("panel"))
            painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.color("line"))
