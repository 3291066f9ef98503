"""A list of big keys, one of which is the answer; own words may be allowed too."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from station.gui.texts import translate
from station.gui.theme import TOUCH_MM, Theme, mm, stylesheet
from station.gui.widgets.touch_key import Tone, TouchKey

Choices = tuple[tuple[str, str], ...]


class ChoiceDialog(QDialog):
    """`chosen(value)` once, when a key was touched or own words were confirmed.

    `choices` are (value, words). `own` is the prompt of a line for own words, empty for none.
    Shown with `open()`: the line's events go on below it.
    """

    chosen = Signal(str)

    def __init__(
        self, title: str, choices: Choices, theme: Theme, parent: QWidget, own: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setStyleSheet(stylesheet(theme))
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(16))
        heading = QLabel(title)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addLayout(self._grid(choices))
        self._own = QLineEdit()
        if own:
            self._own.setPlaceholderText(own)
            column.addLayout(self._own_row())
        cancel = self._key(translate("Dialog", "Cancel"), Tone.NEUTRAL)
        cancel.clicked.connect(self.reject)
        column.addWidget(cancel)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(max(self.sizeHint().width(), parent.width() // 2), self.sizeHint().height())
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())

    def _grid(self, choices: Choices) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self._theme.px(12))
        columns = 2 if len(choices) <= 8 else 3
        for index, (value, words) in enumerate(choices):
            key = self._key(words, Tone.NEUTRAL)
            key.clicked.connect(lambda _=False, v=value: self._choose(v))
            grid.addWidget(key, index // columns, index % columns)
        return grid

    def _own_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._own.setMinimumHeight(mm(self, TOUCH_MM * 0.75))
        confirm = self._key(translate("Dialog", "OK"), Tone.PRIMARY)
        confirm.setEnabled(False)
        self._own.textChanged.connect(lambda words: confirm.setEnabled(bool(words.strip())))
        self._own.returnPressed.connect(confirm.click)
        confirm.clicked.connect(lambda: self._choose(self._own.text().strip()))
        row.addWidget(self._own, 1)
        row.addWidget(confirm)
        return row

    def _key(self, words: str, tone: Tone) -> TouchKey:
        key = TouchKey(tone=tone, title_px=20)
        key.set_theme(self._theme)
        key.set_title(words)
        key.setAutoRepeat(False)
        return key

    def _choose(self, value: str) -> None:
        if value:
            self.accept()
            self.chosen.emit(value)
