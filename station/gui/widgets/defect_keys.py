"""The kinds of defects as big keys; what does not fit is behind the last one."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station.gui.fonts import ui_font
from station.gui.texts import label_word, translate
from station.gui.theme import DARK, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.touch_key import Tone, TouchKey

MOST = 4  # keys in the row, as drawn in the design


class DefectKeys(QWidget):
    """`chosen(label)` when a person picks a kind.

    The digits 1–9 count the classes from the left, also those behind *Other…*.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._selected = ""
        self._theme = DARK
        self._keys: list[TouchKey] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for index in range(MOST):
            key = TouchKey(tone=Tone.DEFECT, title_px=20)
            key.setObjectName(f"defect-{index + 1}")
            key.clicked.connect(lambda _=False, i=index: self._clicked(i))
            self._keys.append(key)
            self._row.addWidget(key, 1)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._row.setSpacing(theme.px(10))
        self._lay_out()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The class names of bad parts, in the order of their digits."""
        self._classes = classes
        self._lay_out()

    @property
    def classes(self) -> tuple[str, ...]:
        """The class names, in the order of their digits."""
        return self._classes

    @property
    def selected(self) -> str:
        """The class that is chosen, or empty."""
        return self._selected

    def select(self, label: str) -> None:
        """Mark a class, or none with an empty name; tells nobody."""
        self._selected = label
        self._show_selected()

    def retranslate(self) -> None:
        """Write all words anew."""
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of keys."""
        super().resizeEvent(event)
        self._lay_out()

    def open_list(self) -> ChoiceDialog:
        """All classes as a touch list."""
        dialog = ChoiceDialog(
            translate("Inspect", "What is wrong with the part?"),
            tuple((label, label_word(label)) for label in self._classes),
            self._theme,
            self.window(),
        )
        dialog.chosen.connect(self._pick)
        dialog.open()
        return dialog

    def _clicked(self, index: int) -> None:
        direct = self._direct()
        if index < direct:
            self._pick(self._classes[index])
        else:
            self._show_selected()  # a touch toggles the key by itself; the dialog has the word
            self.open_list()

    def _pick(self, label: str) -> None:
        self.select(label)
        self.chosen.emit(label)

    def _direct(self) -> int:
        """How many classes have a key of their own."""
        columns = self._columns()
        return len(self._classes) if len(self._classes) <= columns else columns - 1

    def _columns(self) -> int:
        """As many keys as can be read and hit in this width."""
        gap = self._row.spacing()
        for count in range(MOST, 2, -1):
            width = (self.width() - gap * (count - 1)) / count
            if width >= touch(self) and self._readable(count, width - self._theme.px(18)):
                return count
        return 2

    def _readable(self, count: int, width: float) -> bool:
        direct = len(self._classes) if len(self._classes) <= count else count - 1
        words = [label_word(label) for label in self._classes[:direct]] + [_other()]
        font = ui_font(self._theme.text_px(18), 700)
        return all(paint.fits(word, font, width, 2) for word in words)

    def _lay_out(self) -> None:
        direct = self._direct()
        more = len(self._classes) > direct
        for index, key in enumerate(self._keys):
            key.setMinimumHeight(touch(self))
            key.setVisible(index < direct + more)
            if index < direct:
                key.set_title(label_word(self._classes[index]))
                key.set_index(str(index + 1))
        self._show_selected()

    def _show_selected(self) -> None:
        direct = self._direct()
        for index, key in enumerate(self._keys[:direct]):
            key.setChecked(self._classes[index] == self._selected)
        if len(self._classes) > direct:
            hidden = self._selected in self._classes[direct:]
            key = self._keys[direct]
            key.set_title(label_word(self._selected) if hidden else _other())
            key.set_index("")
            key.setChecked(hidden)


def _other() -> str:
    return translate("Inspect", "Other…")
