"""How the History page is arranged: filters over the table, picture and story, figures below."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from station.gui.pages.history_filter import Field
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets.counters import Counters
from station.gui.widgets.filter_bar import FilterBar
from station.gui.widgets.judged_view import JudgedView
from station.gui.widgets.notice import Notice
from station.gui.widgets.parts_table import PartsTable
from station.gui.widgets.touch_key import Tone, TouchKey


class HistoryView(QWidget):
    """Widgets and their places; what they say and do is the page's affair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = DARK
        self._text: Callable[[Theme], str] = lambda _: ""
        self._html = ""
        self._build()
        self._arrange()
        self.notice.changed.connect(self.place_notice)
        self.set_theme(DARK)

    def _build(self) -> None:
        self.filters = FilterBar(tuple(Field))
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.table = PartsTable()
        self.part = QLabel()
        self.part.setProperty("role", "caption")
        self.part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.judged = JudgedView()
        self.notice = Notice(self.judged)
        self.story = QTextBrowser()
        self.story.setOpenLinks(False)
        self.story.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.counters = Counters()
        self.newer_key = TouchKey()
        self.older_key = TouchKey()
        self.export_key = TouchKey(tone=Tone.PRIMARY)

    def _arrange(self) -> None:
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(self.caption)
        self._left.addWidget(self.table, 1)
        panel = QFrame()
        panel.setProperty("role", "panel")
        self._panel = QVBoxLayout(panel)
        self._panel.addWidget(self.story)
        self._right.addWidget(self.part)
        self._right.addWidget(self.judged, 11)
        self._right.addWidget(panel, 10)
        self._body = QHBoxLayout()
        self._body.addLayout(self._left, 1040)
        self._body.addLayout(self._right, 840)
        foot = QFrame()
        foot.setProperty("role", "panel")
        self._foot = QHBoxLayout(foot)
        self._foot.addWidget(self.counters, 1)
        for key in (self.newer_key, self.older_key, self.export_key):
            self._foot.addWidget(key)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.filters)
        self._column.addLayout(self._body, 1)
        self._column.addWidget(foot)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._column.setContentsMargins(gap, gap, gap, gap)
        for layout in (self._column, self._body, self._foot):
            layout.setSpacing(gap)
        for column in (self._left, self._right):
            column.setSpacing(theme.px(8))
        for words in (self.caption, self.part):  # as high without words, and in any script
            words.setFixedHeight(int(theme.text_px(16) * 1.6))
        self._panel.setContentsMargins(theme.px(10), theme.px(6), 2, theme.px(6))
        self._foot.setContentsMargins(theme.px(18), theme.px(5), theme.px(6), theme.px(5))
        self.tell(self._text)
        self._fit()

    def tell(self, text: Callable[[Theme], str]) -> None:
        """Show this rich text, in the colours of each theme."""
        self._text, html = text, text(self._theme)
        if html != self._html:  # the same stays where it was scrolled to
            self._html = html
            self.story.setHtml(html)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side = max(self._theme.px(72), touch(self))
        for key, width in ((self.newer_key, 150), (self.older_key, 150), (self.export_key, 240)):
            key.setFixedHeight(side)
            key.setMinimumWidth(max(key.sizeHint().width(), self._theme.px(width)))
        self.filters.fit()
        self.place_notice()

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge of the picture."""
        edge = self._theme.px(16)
        width = max(1, self.judged.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()
