"""The bar over every page: pages, how camera, model and disk stand, language, theme, clock."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from station.gui.fonts import ui_font
from station.gui.texts import LANGUAGES, current_language, translate
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.status_chip import StatusChip

HEIGHT = 72
NARROW, SMALL = 0.75, 0.66
"""Below this scale the bar saves room between its keys, and below that at the keys themselves."""
SLIM_MM = 14.0


def least(widget: QWidget, theme: Theme) -> int:
    """How wide a key of the bar must be: a finger's width, in the smallest windows a slim one's."""
    return touch(widget) if theme.scale > SMALL else touch(widget, SLIM_MM)


class Tab(QPushButton):
    """The name of a page, with a count in amber where something waits there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tab")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme = DARK
        self._words = ""
        self._count = 0

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._fit()

    def set_words(self, words: str) -> None:
        """The page's name."""
        self._words = words
        self._fit()

    def set_count(self, count: int) -> None:
        """How many wait there; 0 shows nothing."""
        if count != self._count:
            self._count = count
            self._fit()

    def _fit(self) -> None:
        font = ui_font(self._theme.text_px(20), 600)
        self.setText("" if self._count else self._words)
        self.setAccessibleName(f"{self._words} {self._count or ''}".strip())
        width = paint.advance(font, self._words) + 2 * self._side()
        if self._count:
            width += self._badge_width() + self._theme.px(10)
        self.setFixedWidth(max(int(width), least(self, self._theme)))
        self.update()

    def _side(self) -> int:
        """Room beside the words: less in the smallest windows, where all tabs must fit."""
        return self._theme.px(22 if self._theme.scale > NARROW else 12)

    def _badge_width(self) -> float:
        font = ui_font(self._theme.text_px(18), 700, tabular=True)
        return max(self._theme.px(30), paint.advance(font, str(self._count)) + self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own tab, and over it name and badge where there is one."""
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        paint.smooth(painter)
        theme = self._theme
        rect = self.rect().toRectF()
        name = ui_font(theme.text_px(20), 600)
        color = theme.color("text" if self.isChecked() else "muted")
        start, width = self._side(), paint.advance(name, self._words)
        rect.setLeft(start)
        paint.text(painter, rect, self._words, name, color)
        height = theme.px(26)
        badge = self.rect().toRectF()
        badge.setRect(start + width + theme.px(10), (self.height() - height) / 2, 0, height)
        badge.setWidth(self._badge_width())
        paint.box(
            painter, badge, height / 2, theme.color("review_fill"), theme.color("review_fill"), 0
        )
        font = ui_font(theme.text_px(18), 700, tabular=True)
        paint.text(painter, badge, str(self._count), font, theme.color("review_ink"), paint.CENTER)


class HelpTab(Tab):
    """The time of day and a question mark: a touch leads to Help, and costs the bar little room."""

    def set_time(self, words: str) -> None:
        """The time of day."""
        if words != self._words:
            self._words = words
            self._fit()

    def set_words(self, words: str) -> None:
        """What the page is called, for a pointer that rests here and for whoever listens."""
        self.setAccessibleName(words)
        self.setToolTip(words)

    def _fit(self) -> None:
        self.setMinimumWidth(touch(self))
        width = paint.advance(self._font(), self._words) + self._ring() + self._theme.px(12)
        self.setFixedWidth(max(int(width) + 1, touch(self)))
        self.update()

    def _font(self) -> QFont:
        return ui_font(self._theme.text_px(26), 700, tabular=True)

    def _ring(self) -> float:
        return self._theme.text_px(18) * 1.5

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's own tab without words, the time, and the mark in its ring."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect, side = self._theme, self.rect().toRectF(), self._ring()
            paint.text(painter, rect, self._words, self._font(), theme.color("text"))
            ink = theme.color("accent_text" if self.isChecked() else "muted")
            ring = QRectF(rect.right() - side - 1, rect.center().y() - side / 2, side, side)
            paint.box(painter, ring, side / 2, QColor(0, 0, 0, 0), ink, max(1.5, theme.px(2)))
            paint.text(painter, ring, "?", ui_font(theme.text_px(18), 700), ink, paint.CENTER)


class TopBar(QWidget):
    """`page_chosen(index)`, `language_chosen(code)`, `theme_toggled()`: what a finger asked for."""

    page_chosen = Signal(int)
    language_chosen = Signal(str)
    theme_toggled = Signal()

    def __init__(self, chips: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = DARK
        self.tabs: list[Tab] = []
        self.chips: Mapping[str, StatusChip] = {name: StatusChip() for name in chips}
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._pages = QHBoxLayout()
        self._row.addLayout(self._pages)
        self._row.addStretch(1)
        for chip in self.chips.values():
            self._row.addWidget(chip)
        self._look = self._tool(self.theme_toggled.emit)
        self._language = self._tool(self.next_language)
        self.clock: QLabel | HelpTab = QLabel()
        self.clock.setProperty("role", "clock")
        self._row.addWidget(self.clock)
        self._second = QTimer(self)
        self._second.timeout.connect(self.show_time)
        self._second.start(1000)
        self.show_time()
        self.retranslate()

    def _tool(self, slot: object) -> QPushButton:
        key = QPushButton()
        key.setProperty("role", "tool")
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key.clicked.connect(slot)
        self._row.addWidget(key)
        return key

    def add_tab(self) -> Tab:
        """A tab for the next page."""
        tab = self._added(Tab())
        self._pages.addWidget(tab)
        return tab

    def add_help(self) -> Tab:
        """The clock becomes the tab of the next page, which is Help."""
        tab = HelpTab()
        self._row.replaceWidget(self.clock, tab)
        self.clock.deleteLater()
        self.clock = tab
        self.show_time()
        return self._added(tab)

    def _added(self, tab: Tab) -> Tab:
        index = len(self.tabs)
        self.tabs.append(tab)
        self._group.addButton(tab)
        tab.clicked.connect(lambda: self.page_chosen.emit(index))
        return tab

    def next_language(self) -> None:
        """The switch shows the language it leads to, in that language's own words."""
        self.language_chosen.emit(_next_language())

    def retranslate(self) -> None:
        """Write all words anew."""
        self._language.setText(LANGUAGES[_next_language()])
        self._language.setAccessibleName(LANGUAGES[_next_language()])
        self._look.setText("◐")
        self._look.setAccessibleName(translate("Window", "Light or dark"))
        self._look.setToolTip(translate("Window", "Light or dark"))
        self._fit_keys()

    def _fit_keys(self) -> None:
        font = ui_font(self._theme.text_px(18), 600)
        for key in (self._look, self._language):
            words = int(paint.advance(font, key.text())) + 2 * self._theme.px(14)
            key.setMinimumSize(max(words, least(self, self._theme)), self._theme.px(40))

    def show_time(self) -> None:
        """The time of day, as the clock on the wall shows it."""
        words = f"{datetime.now().astimezone():%H:%M}"
        if isinstance(self.clock, HelpTab):
            self.clock.set_time(words)
        else:
            self.clock.setText(words)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        side = touch(self)
        self.setFixedHeight(max(theme.px(HEIGHT), side))
        gap = 18 if theme.scale > NARROW else 10
        self._row.setContentsMargins(theme.px(gap), 0, theme.px(20), 0)
        self._row.setSpacing(theme.px(gap))
        self._pages.setSpacing(theme.px(4))
        for tab in self.tabs:
            tab.setFixedHeight(self.height())
        self._fit_keys()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line parts the bar from the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))


def _next_language() -> str:
    order = list(LANGUAGES)
    return order[(order.index(current_language()) + 1) % len(order)]
