"""How the Review page is arranged: the queue, the picture, the verdict and the keys."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station.gui.theme import DARK, DECIDE_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.defect_keys import DefectKeys
from station.gui.widgets.judged_view import JudgedView
from station.gui.widgets.notice import Notice
from station.gui.widgets.queue_list import QueueList
from station.gui.widgets.touch_key import Tone, TouchKey
from station.gui.widgets.verdict_banner import VerdictBanner


class ReviewView(QWidget):
    """Widgets and their places; what they say and do is the page's affair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = DARK
        self._build()
        self._arrange()
        self.notice.changed.connect(self.place_notice)
        self.set_theme(DARK)

    def _build(self) -> None:
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.list = QueueList()
        self.part = QLabel()
        self.part.setProperty("role", "caption")
        self.part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.judged = JudgedView()
        self.notice = Notice(self.judged)
        self.banner = VerdictBanner()
        self.defects = DefectKeys()
        self.accept_key = TouchKey(
            tone=Tone.ACCEPT, sign=paint.check, cap="A", title_px=38, size_mm=DECIDE_MM
        )
        self.reject_key = TouchKey(
            tone=Tone.REJECT, sign=paint.cross, cap="R", title_px=38, size_mm=DECIDE_MM
        )
        self.undo_key = TouchKey(sign=paint.undo_arrow, cap="Z")

    def _arrange(self) -> None:
        self._left, self._middle, self._right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.caption)
        self._left.addWidget(self.list, 1)
        self._middle.addWidget(self.part)
        self._middle.addWidget(self.judged, 1)
        self._keys = QHBoxLayout()
        self._keys.addWidget(self.accept_key, 1)
        self._keys.addWidget(self.reject_key, 1)
        self._right.addWidget(self.banner)
        self._right.addStretch(1)
        self._right.addWidget(self.undo_key)
        self._right.addWidget(self.defects)
        self._right.addLayout(self._keys)
        self._body = QHBoxLayout(self)
        self._body.addLayout(self._left, 380)
        self._body.addLayout(self._middle, 860)
        self._body.addLayout(self._right, 640)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._body.setContentsMargins(gap, gap, gap, gap)
        for layout in (self._body, self._left, self._middle, self._right, self._keys):
            layout.setSpacing(gap)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self.banner.setFixedHeight(max(theme.px(150), self.banner.minimumSizeHint().height()))
        self.defects.setFixedHeight(max(theme.px(88), touch(self)))
        self.undo_key.setFixedHeight(max(theme.px(72), touch(self)))
        for key in (self.accept_key, self.reject_key):
            key.setFixedHeight(max(theme.px(190), touch(self, DECIDE_MM[1])))
        self.place_notice()

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge of the picture."""
        edge = self._theme.px(16)
        width = max(1, self.judged.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()
