"""How the Inspect page is arranged: widgets, gaps, heights; what they do is the page's."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.gui.theme import DARK, DECIDE_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.defect_keys import DefectKeys
from station.gui.widgets.film_strip import FilmStrip
from station.gui.widgets.foot_bar import FootBar
from station.gui.widgets.image_view import ImageView
from station.gui.widgets.judged_view import JudgedView
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey
from station.gui.widgets.verdict_banner import VerdictBanner


class InspectView(QWidget):
    """Left the live picture over the film strip; right verdict, judged picture and keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = DARK
        self.live = ImageView()
        self.notice = Notice(self.live)
        self.film = FilmStrip()
        self.banner = VerdictBanner()
        self.judged = JudgedView()
        self.defects = DefectKeys()
        self.accept_key = TouchKey(
            tone=Tone.ACCEPT, sign=paint.check, cap="A", title_px=38, size_mm=DECIDE_MM
        )
        self.reject_key = TouchKey(
            tone=Tone.REJECT, sign=paint.cross, cap="R", title_px=38, size_mm=DECIDE_MM
        )
        self.foot = FootBar()
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.live, 1)
        self._left.addWidget(self.film)
        self._actions = QHBoxLayout()
        self._actions.addWidget(self.accept_key, 1)
        self._actions.addWidget(self.reject_key, 1)
        self._right.addWidget(self.banner)
        self._right.addWidget(self.judged, 1)
        self._right.addWidget(self.defects)
        self._right.addLayout(self._actions)
        self._body = QHBoxLayout()
        self._body.addLayout(self._left, 1238)
        self._body.addLayout(self._right, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._body, 1)
        column.addWidget(self.foot)
        self.notice.changed.connect(self.place_notice)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._body.setContentsMargins(gap, gap, gap, gap)
        for layout in (self._body, self._left, self._right, self._actions):
            layout.setSpacing(gap)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self.film.setFixedHeight(max(theme.px(178), self.film.minimumSizeHint().height()))
        self.banner.setFixedHeight(max(theme.px(150), self.banner.minimumSizeHint().height()))
        self.defects.setFixedHeight(max(theme.px(88), touch(self)))
        height = max(theme.px(190), touch(self, DECIDE_MM[1]))
        for key in (self.accept_key, self.reject_key):
            key.setFixedHeight(height)
        self.foot.fit()
        self.place_notice()

    def place_notice(self) -> None:
        """Lay the notice over the live picture, below its tags."""
        gap = self._theme.px(15)
        top = gap * 2 + self.live.tag_height()
        width = self.live.width() - 2 * gap
        self.notice.setGeometry(QRect(gap, top, width, self.notice.height_for(width)))
