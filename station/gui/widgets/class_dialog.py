"""A new class: its name, and whether a part of it may pass."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from station.gui.texts import translate
from station.gui.theme import TOUCH_MM, Theme, mm, stylesheet
from station.gui.widgets import paint
from station.gui.widgets.touch_key import Sign, Tone, TouchKey

LONGEST = 40


class ClassDialog(QDialog):
    """`chosen(name, good)` once. A name that is `known` is not taken twice. Shown with `open()`."""

    chosen = Signal(str, bool)

    def __init__(self, known: tuple[str, ...], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = {name.casefold() for name in known}
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Teach", "New class"))
        self.setStyleSheet(stylesheet(theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(16))
        title = QLabel(translate("Teach", "New class"))
        title.setProperty("role", "title")
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST)
        self.name.setMinimumHeight(mm(self, TOUCH_MM * 0.75))
        self.name.setPlaceholderText(translate("Teach", "What it is called, such as Scratch"))
        self.hint = QLabel(" ")
        self.hint.setProperty("role", "muted")
        self.bad_key = self._kind(translate("Teach", "Bad: such a part fails"), paint.cross)
        self.good_key = self._kind(translate("Teach", "Good: such a part passes"), paint.check)
        self._group = QButtonGroup(self)
        kinds = QHBoxLayout()
        for key in (self.bad_key, self.good_key):
            self._group.addButton(key)
            kinds.addWidget(key, 1)
        self.bad_key.setChecked(True)
        self.ok_key = self._key(translate("Dialog", "OK"), Tone.PRIMARY)
        cancel = self._key(translate("Dialog", "Cancel"), Tone.NEUTRAL)
        foot = QHBoxLayout()
        foot.addWidget(cancel, 1)
        foot.addWidget(self.ok_key, 1)
        for row in (kinds, foot):
            row.setSpacing(theme.px(14))
        for label in (title, self.name, self.hint):
            column.addWidget(label)
        column.addLayout(kinds)
        column.addLayout(foot)
        cancel.clicked.connect(self.reject)
        self.ok_key.clicked.connect(self._choose)
        self.name.returnPressed.connect(self._choose)
        self.name.textChanged.connect(self._check)
        self._check()

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window, ready to type."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(max(self.sizeHint().width(), parent.width() // 2), self.sizeHint().height())
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
        self.name.setFocus()

    def _kind(self, words: str, sign: Sign) -> TouchKey:
        key = TouchKey(tone=Tone.DEFECT, sign=sign, title_px=20)
        key.set_theme(self._theme)
        key.set_title(words)
        return key

    def _key(self, words: str, tone: Tone) -> TouchKey:
        key = TouchKey(tone=tone, title_px=20)
        key.set_theme(self._theme)
        key.set_title(words)
        return key

    @property
    def _words(self) -> str:
        return " ".join(self.name.text().split())

    def _check(self) -> None:
        taken = self._words.casefold() in self._known
        self.ok_key.setEnabled(bool(self._words) and not taken)
        self.hint.setText(translate("Teach", "This class is there already.") if taken else " ")

    def _choose(self) -> None:
        if self.ok_key.isEnabled():
            name, good = self._words, self.good_key.isChecked()
            self.accept()
            self.chosen.emit(name, good)
