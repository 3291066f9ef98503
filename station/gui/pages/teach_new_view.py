"""How *Teach a new product* is arranged: one thing to do at a time, and the camera's picture."""

from enum import IntEnum

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station.gui.theme import TOUCH_MM, Theme, apply_theme, mm
from station.gui.widgets.image_view import ImageView
from station.gui.widgets.notice import Notice
from station.gui.widgets.progress_panel import ProgressPanel
from station.gui.widgets.touch_key import Tone, TouchKey


class Step(IntEnum):
    """What is to be done, in this order."""

    NAME = 0
    GOOD = 1
    BAD = 2
    LEARN = 3
    DONE = 4


class NewView(QDialog):
    """Widgets and their places; which of them are there hangs on the step."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._build()
        self._arrange(theme)
        apply_theme(self, theme)
        self._fit(theme)
        self.notice.changed.connect(self.place_notice)

    def _build(self) -> None:
        self.where, self.title, self.words = QLabel(), QLabel(), QLabel()
        self.where.setProperty("role", "caption")
        self.title.setProperty("role", "title")
        self.words.setProperty("role", "muted")
        for label in (self.title, self.words):
            label.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.view = ImageView()
        self.progress = ProgressPanel()
        self.take_key = TouchKey(tone=Tone.PRIMARY, title_px=24)
        self.folder_key = TouchKey()
        self.back_key = TouchKey()
        self.close_key = TouchKey()
        self.next_key = TouchKey(tone=Tone.PRIMARY)
        self.notice = Notice(self)

    def _arrange(self, theme: Theme) -> None:
        column, body, side, foot = QVBoxLayout(self), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        column.setContentsMargins(*[theme.px(28)] * 4)
        for layout in (column, body, side, foot):
            layout.setSpacing(theme.px(16))
        for widget in (self.words, self.name, self.progress, self.take_key, self.folder_key):
            side.addWidget(widget)
        side.addStretch(1)
        body.addWidget(self.view, 3)
        body.addLayout(side, 2)
        for key in (self.close_key, self.back_key, self.next_key):
            foot.addWidget(key, 1)
        column.addWidget(self.where)
        column.addWidget(self.title)
        column.addLayout(body, 1)
        column.addLayout(foot)

    def _fit(self, theme: Theme) -> None:
        self.name.setMinimumHeight(mm(self, TOUCH_MM * 0.75))
        self.take_key.setMinimumHeight(max(theme.px(120), mm(self, TOUCH_MM)))
        for widget in (self.words, self.progress):
            policy = widget.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            widget.setSizePolicy(policy)

    def show_step(self, step: Step) -> None:
        """Only what this step needs."""
        shows = step in (Step.GOOD, Step.BAD)
        self.name.setVisible(step is Step.NAME)
        for widget in (self.view, self.take_key, self.folder_key):
            widget.setVisible(shows)
        self.progress.setVisible(step is not Step.NAME)
        self.back_key.setVisible(shows)

    def showEvent(self, event: QShowEvent) -> None:
        """Nearly as large as the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size() * 0.88)
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge."""
        edge = self._theme.px(20)
        width = max(1, self.width() - 2 * edge)
        self.notice.setGeometry(edge, edge, width, self.notice.height_for(width))
        self.notice.raise_()
