"""A row of keys, each with what is asked for and its name; in two rows where it is too long."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from station.gui.fonts import ui_font
from station.gui.theme import DARK, MIN_TEXT_PX, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.touch_key import Tone, TouchKey

_MOST = 0.4  # of the bar's width: a long word is cut rather than that it moves all others away


class FilterBar(QWidget):
    """`touched(name)` for a key; `cleared` for the last one, that takes all back."""

    touched = Signal(str)
    cleared = Signal()

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._active: dict[str, bool] = dict.fromkeys(names, False)
        self.keys = {name: TouchKey(self, tone=Tone.SEGMENT, title_px=18) for name in names}
        for name, key in self.keys.items():
            key.clicked.connect(lambda _=False, name=name: self._touch(name))
        self.clear_key = TouchKey(self, title_px=18)
        self.clear_key.clicked.connect(self.cleared)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the keys take over their own."""
        self._theme = theme
        self.fit()

    def set_key(self, name: str, words: str, value: str, active: bool) -> None:
        """The words and the value of a key; active: it leaves something out."""
        key = self.keys[name]
        key.set_title(value)
        key.set_hint(words)
        key.setToolTip(f"{words}: {value}")
        key.setChecked(active)
        self._active[name] = active

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys follow the window."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give each key its place; the height is that of the rows."""
        gap, edge, side = self._theme.px(8), self._theme.px(8), self._side()
        rows = self._rows(gap)
        for row, keys in enumerate(rows):
            spare = self._room() - gap * (len(keys) - 1) - sum(wish for _, wish in keys)
            left = float(edge)
            for key, wish in keys:
                width = wish + spare / len(keys)
                key.setGeometry(round(left), edge + row * (side + gap), round(width), side)
                left += width + gap
        self.setFixedHeight(len(rows) * (side + gap) - gap + 2 * edge)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel below the keys."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, area = self._theme, QRectF(self.rect())
            paint.box(painter, area, theme.px(12), theme.color("panel"), theme.color("line"), 1)

    def _room(self) -> int:
        return self.width() - 2 * self._theme.px(8)

    def _rows(self, gap: int) -> list[list[tuple[TouchKey, float]]]:
        """As few rows as hold all keys, with about as many keys in each."""
        keys = [(key, self._wish(key)) for key in (*self.keys.values(), self.clear_key)]
        total = sum(wish + gap for _, wish in keys) - gap
        rows: list[list[tuple[TouchKey, float]]] = [[]]
        count = max(1, -int(-total // max(1, self._room())))
        for key, wish in keys:
            used = sum(other + gap for _, other in rows[-1])
            full = used + wish > self._room()
            if rows[-1] and (full or (len(rows) < count and used >= total / count)):
                rows.append([])
            rows[-1].append((key, wish))
        return rows

    def _wish(self, key: TouchKey) -> float:
        hint = ui_font(MIN_TEXT_PX, QFont.Weight.Medium)
        words = paint.advance(hint, key.accessibleDescription()) + 2 * self._theme.px(8) + 4
        title = ui_font(self._theme.text_px(18), QFont.Weight.Bold)
        words = max(words, paint.advance(title, key.text()) + 2 * self._theme.px(8) + 4)
        return max(self._side(), min(words, self._room() * _MOST))

    def _side(self) -> int:
        return max(touch(self), self._theme.px(76))

    def _touch(self, name: str) -> None:
        self.keys[name].setChecked(self._active[name])  # the key shows a state, it has none
        self.touched.emit(name)
