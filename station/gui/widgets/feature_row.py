"""One feature of a camera, to be set by finger or by number."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from station.cameras.features import Feature, FeatureKind, Setting
from station.gui.theme import DARK, Theme
from station.gui.widgets.touch_key import TouchKey
from station.gui.widgets.touch_slider import LEAST, TouchSlider

NUMBERS = (FeatureKind.INTEGER, FeatureKind.NUMBER)
_WIDEST = 1e15  # limits that no slider can show


class FeatureRow(QWidget):
    """`wanted(value)` when a person sets it, `choice` when one is to be asked for.

    What is shown is what the camera granted, until `show_feature` says otherwise.
    """

    wanted = Signal(object)
    choice = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.feature = Feature("", FeatureKind.TEXT, "")
        self._words: tuple[str, str, str] = ("", "", "")
        self.name, self.limits = QLabel(), QLabel()
        self.limits.setProperty("role", "muted")
        self.name.setMinimumWidth(1)
        self.limits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider, self.entry, self.key = TouchSlider(), QLineEdit(), TouchKey(size_mm=(15, 15))
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._column = QVBoxLayout(self)
        self._head, self._line = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.name, 1)
        self._head.addWidget(self.limits)
        self._line.addWidget(self.slider, 3)
        self._line.addWidget(self.entry, 2)
        self._line.addWidget(self.key, 3)
        self._column.addLayout(self._head)
        self._column.addLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.slider.moved.connect(self._show_number)
        self.slider.let_go.connect(self._let_go)
        self.entry.editingFinished.connect(self._entered)
        self.key.clicked.connect(self._pressed)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; a row is made late, so it dresses what is in it as well."""
        self._theme = theme
        self.slider.set_theme(theme)
        self.key.set_theme(theme)
        self._column.setContentsMargins(0, theme.px(4), 0, theme.px(10))
        self._column.setSpacing(theme.px(2))
        self._line.setSpacing(theme.px(12))
        height = max(LEAST, theme.px(56))
        for one in (self.slider, self.entry, self.key):
            one.setFixedHeight(height)

    def set_words(self, name: str, on: str, off: str, do: str) -> None:
        """What it is called, and what stands on the key of a switch and of a command."""
        self.name.setText(name)
        self.name.setToolTip(self.feature.name)
        self._words = (on, off, do)
        for one in (self.slider, self.entry, self.key):
            one.setAccessibleName(name)
        self._show()

    def show_feature(self, feature: Feature) -> None:
        """As the camera has it now."""
        self.feature = feature
        self._show()

    def sizeHint(self) -> QSize:
        """As high as its two lines."""
        return QSize(300, self._column.sizeHint().height())

    def _show(self) -> None:
        feature = self.feature
        number = feature.kind in NUMBERS
        slides = number and feature.writable and self._range() is not None
        self.slider.setVisible(slides)
        self.entry.setVisible(number or feature.kind is FeatureKind.TEXT)
        self.key.setVisible(not self.entry.isVisibleTo(self))
        self.entry.setReadOnly(not feature.writable)
        self.key.setEnabled(feature.writable)
        limits = self._range()
        if slides and limits is not None:
            step = feature.step or (1.0 if feature.kind is FeatureKind.INTEGER else None)
            self.slider.set_range(*limits, step)
            self.slider.set_value(float(feature.value))
        self.limits.setText(self._limits())
        if not self.entry.hasFocus() or not self.entry.isModified():
            self._show_entry()
        self.key.set_title(self._title())

    def _show_entry(self) -> None:
        value = self.feature.value
        self.entry.setText(plain(value) if isinstance(value, int | float) else str(value))
        self.entry.setModified(False)

    def _title(self) -> str:
        on, off, do = self._words
        match self.feature.kind:
            case FeatureKind.SWITCH:
                return on if self.feature.value else off
            case FeatureKind.COMMAND:
                return do
            case _:
                return str(self.feature.value)

    def _limits(self) -> str:
        limits, unit = self._range(), self.feature.unit
        if limits is None or not self.feature.writable:
            return unit
        return f"{plain(limits[0])} … {plain(limits[1])} {unit}".strip()

    def _range(self) -> tuple[float, float] | None:
        low, high = self.feature.low, self.feature.high
        if low is None or high is None or not low < high or max(abs(low), abs(high)) > _WIDEST:
            return None
        return low, high

    # ── what the person does ────────────────────────────────────────────────────────────────

    def _show_number(self, value: float) -> None:
        self.entry.setText(plain(value))
        self.wanted.emit(self._typed(value))

    def _let_go(self, value: float) -> None:
        self.wanted.emit(self._typed(value))

    def _entered(self) -> None:
        """What is typed goes to the camera as it is: its limits judge, and say why."""
        if not self.entry.isModified():
            return
        text = self.entry.text().strip()
        self.entry.setModified(False)
        if self.feature.kind is FeatureKind.TEXT:
            self.wanted.emit(text)
            return
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            self.wanted.emit(text)
            return
        self.wanted.emit(self._typed(value) if math.isfinite(value) else text)

    def _pressed(self) -> None:
        match self.feature.kind:
            case FeatureKind.SWITCH:
                self.wanted.emit(not self.feature.value)
            case FeatureKind.COMMAND:
                self.wanted.emit(True)
            case _:
                self.choice.emit()

    def _typed(self, value: float) -> Setting:
        whole = self.feature.kind is FeatureKind.INTEGER and value == int(value)
        return int(value) if whole else value


def plain(value: float) -> str:
    """A number as an engineer types it: no groups, no more digits than it has."""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    return f"{value:.6g}"
