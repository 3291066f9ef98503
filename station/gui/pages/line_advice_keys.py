"""Keys at the foot of the panels of advice, and the dialog that asks which values can be set."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from station.gui.texts import translate
from station.gui.theme import Theme, stylesheet
from station.gui.widgets.touch_key import Tone, TouchKey

COLUMNS = 2


def foot_key() -> TouchKey:
    """A key in the row below a panel, as those of its table."""
    key = TouchKey(tone=Tone.SEGMENT, title_px=16, size_mm=(20.0, 15.0))
    key.setCheckable(False)
    return key


class MarkDialog(QDialog):
    """`chosen(names)` once, with all that are marked. Shown with `open()`."""

    chosen = Signal(object)

    def __init__(
        self,
        values: tuple[tuple[str, str], ...],
        marked: tuple[str, ...],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setStyleSheet(stylesheet(theme))
        self._theme = theme
        title = translate("Line", "Which values can be set?")
        self.setWindowTitle(title)
        self.keys = {name: self._value(name, unit, name in marked) for name, unit in values}
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(24)] * 4)
        column.setSpacing(theme.px(16))
        column.addWidget(_label(title, "title"))
        column.addWidget(
            _label(
                translate(
                    "Line",
                    "Mark what somebody can set at the machine. What is only measured, such as a "
                    "temperature that comes as it comes, is not suggested.",
                ),
                "muted",
            )
        )
        column.addWidget(self._list(), 1)
        column.addLayout(self._foot())

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the middle of the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            wish, room = self.sizeHint(), parent.size()
            rows = -(-len(self.keys) // COLUMNS)
            high = wish.height() + min(rows, 6) * self._theme.px(76)
            self.resize(max(wish.width(), room.width() // 2), min(high, room.height()))
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())

    def _list(self) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self._theme.px(12))
        for place, key in enumerate(self.keys.values()):
            grid.addWidget(key, place // COLUMNS, place % COLUMNS)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)  # the list shines through
        return area

    def _value(self, name: str, unit: str, is_marked: bool) -> TouchKey:
        key = self._key(f"{name} ({unit})" if unit else name, Tone.SEGMENT)
        key.setChecked(is_marked)
        return key

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(14))
        cancel = self._key(translate("Dialog", "Cancel"), Tone.NEUTRAL)
        self.ok_key = self._key(translate("Dialog", "OK"), Tone.PRIMARY)
        cancel.clicked.connect(self.reject)
        self.ok_key.clicked.connect(self._choose)
        row.addWidget(cancel, 1)
        row.addWidget(self.ok_key, 1)
        return row

    def _key(self, words: str, tone: Tone) -> TouchKey:
        key = TouchKey(tone=tone, title_px=20)
        key.set_theme(self._theme)
        key.set_title(words)
        return key

    def _choose(self) -> None:
        marked = tuple(name for name, key in self.keys.items() if key.isChecked())
        self.accept()
        self.chosen.emit(marked)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
