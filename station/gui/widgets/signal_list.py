"""The signals between station and machine: a lamp or a number each, and keys in the test mode."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint
from station.gui.widgets.touch_key import TouchKey
from station.machine.base import Signal as MachineSignal
from station.machine.base import Value

LEAST, LEAST_KEY = 40, 56  # pixels


class SignalList(QWidget):
    """`pressed(name, value)` when a person sets an output; only while `is_testing`."""

    pressed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._rows: dict[str, _Row] = {}
        self._words = ("", "", "", "")
        self.is_testing = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        self._column.setSpacing(theme.px(4))
        for row in self._rows.values():
            row.set_theme(theme)

    def set_words(self, inward: str, outward: str, on: str, off: str) -> None:
        """The direction of a signal, and what stands on the keys."""
        self._words = (inward, outward, on, off)
        for row in self._rows.values():
            row.set_words(self._words)

    def set_testing(self, is_on: bool) -> None:
        """Show the keys of the outputs, or not."""
        if is_on != self.is_testing:
            self.is_testing = is_on
            for row in self._rows.values():
                row.set_testing(is_on)

    def show_signals(self, signals: Sequence[MachineSignal]) -> None:
        """As they are now, in the order of the wiring plan."""
        if [one.name for one in signals] != list(self._rows):
            self._rebuild(signals)
        for one in signals:
            self._rows[one.name].show_signal(one)

    def row(self, name: str) -> "_Row":
        """The row of that signal."""
        return self._rows[name]

    def _rebuild(self, signals: Sequence[MachineSignal]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for one in signals:
            row = _Row(one, self)
            row.set_words(self._words)
            row.set_theme(self._theme)
            row.set_testing(self.is_testing)
            row.pressed.connect(self.pressed)
            self._rows[one.name] = row
            self._column.insertWidget(self._column.count() - 1, row)


class _Row(QWidget):
    pressed = Signal(str, object)

    def __init__(self, signal: MachineSignal, parent: QWidget) -> None:
        super().__init__(parent)
        self.signal = signal
        self._theme = DARK
        self._words = ("", "", "", "")
        self.key, self.entry = TouchKey(size_mm=(15, 15), title_px=18), QLineEdit()
        self.entry.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line = QHBoxLayout(self)
        self._line.addStretch(1)
        self._line.addWidget(self.key)
        self._line.addWidget(self.entry)
        self._is_testing = False
        self.key.clicked.connect(self._toggle)
        self.entry.returnPressed.connect(self._enter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_testing(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.key.set_theme(theme)
        self._line.setContentsMargins(0, 0, theme.px(12), 0)
        for one in (self.key, self.entry):
            one.setFixedSize(max(110, theme.px(130)), max(LEAST_KEY, theme.px(56)))
        self.updateGeometry()
        self.update()

    def set_words(self, words: tuple[str, str, str, str]) -> None:
        self._words = words
        self._show()

    def set_testing(self, is_on: bool) -> None:
        self._is_testing = is_on
        switch = isinstance(self.signal.value, bool)
        self.key.setVisible(is_on and self.signal.is_output and switch)
        self.entry.setVisible(is_on and self.signal.is_output and not switch)
        self.updateGeometry()

    def show_signal(self, signal: MachineSignal) -> None:
        if signal != self.signal:
            self.signal = signal
            self._show()

    def sizeHint(self) -> QSize:
        keyed = self.key.isVisibleTo(self) or self.entry.isVisibleTo(self)
        return QSize(300, max(LEAST_KEY if keyed else LEAST, self._theme.px(60 if keyed else 44)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _show(self) -> None:
        signal, (_, _, on, off) = self.signal, self._words
        self.key.set_title(off if signal.value else on)
        self.key.setAccessibleName(f"{signal.name}: {off if signal.value else on}")
        if not self.entry.hasFocus():
            self.entry.setText(str(signal.value))
        self.setAccessibleName(f"{signal.name} {signal.address}: {signal.value}")
        self.update()

    def _toggle(self) -> None:
        self.pressed.emit(self.signal.name, not self.signal.value)

    def _enter(self) -> None:
        self.pressed.emit(self.signal.name, _typed(self.entry.text(), self.signal.value))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Lamp, name, direction and address, value."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            clear = QColor(0, 0, 0, 0)
            paint.box(painter, rect, theme.px(8), theme.color("key"), clear, 0)
            side, left = theme.text_px(20), theme.px(14)
            value = self.signal.value
            if isinstance(value, bool):
                lamp = QRectF(left, rect.center().y() - side / 2, side, side)
                lit = theme.color("ok") if value else clear
                edge = theme.color("ok" if value else "disabled")
                paint.box(painter, lamp, side / 2, lit, edge, 2.5)
            keyed = self.key.isVisibleTo(self) or self.entry.isVisibleTo(self)
            room = rect.width() - left - (self.key.width() + theme.px(24) if keyed else left)
            body = QRectF(left + side + theme.px(12), 0, room - side - theme.px(12), rect.height())
            if not keyed:
                body = self._paint_value(painter, body)
            self._paint_name(painter, body)

    def _paint_value(self, painter: QPainter, body: QRectF) -> QRectF:
        theme, value = self._theme, self.signal.value
        if isinstance(value, bool):
            words = "1" if value else "0"
        else:
            words = f"{value:.6g}" if isinstance(value, float) else str(value)
        font = ui_font(theme.text_px(20), QFont.Weight.DemiBold, tabular=True)
        taken = paint.text(painter, body, words, font, theme.color("text"), paint.RIGHT)
        return body.adjusted(0, 0, -taken - theme.px(10), 0)

    def _paint_name(self, painter: QPainter, body: QRectF) -> None:
        theme, signal = self._theme, self.signal
        bold = ui_font(theme.text_px(18), QFont.Weight.DemiBold)
        taken = paint.text(painter, body, signal.name, bold, theme.color("text"))
        way = self._words[1] if signal.is_output else self._words[0]
        small = ui_font(theme.text_px(16), QFont.Weight.Medium)
        rest = body.adjusted(max(taken, theme.px(140)) + theme.px(10), 0, 0, 0)
        said = f"{way} · {signal.address}" if signal.address else way
        paint.text(painter, rest, said, small, theme.color("muted"))


def _typed(text: str, like: Value) -> Value:
    """What was entered, in the type of the value that stands there; else as it is."""
    text = text.strip()
    try:
        if isinstance(like, int):
            return int(text)
        if isinstance(like, float):
            return float(text.replace(",", "."))
    except ValueError:
        return text
    return text
