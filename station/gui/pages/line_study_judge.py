"""The second step of a study of agreement: who judges, and the part to be judged."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from station.gui.pages import line_study_words as saying
from station.gui.pages.line_study_picture import PartView
from station.gui.pages.line_study_sitting import Sitting
from station.gui.theme import DARK, DECIDE_MM, TOUCH_MM, Theme, mm, touch
from station.gui.widgets import paint
from station.gui.widgets.progress_panel import ProgressPanel
from station.gui.widgets.touch_key import Tone, TouchKey

_COLUMNS = 3


class WhoPanel(QWidget):
    """Who has begun to judge, as keys, and a line for another name. `named(name)`."""

    named = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.news, self.words = QLabel(), QLabel()
        self.news.setProperty("role", "title")
        for label in (self.news, self.words):
            label.setWordWrap(True)
        self.name = QLineEdit()
        self.name.setMaxLength(40)
        self.keys: list[TouchKey] = []
        self.tell("")
        self._theme = DARK
        self._grid = QGridLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.news)
        self._column.addWidget(self.words)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.name)
        self._column.addStretch(1)
        self.name.textChanged.connect(lambda _: self.changed.emit())

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        self._column.setSpacing(theme.px(18))
        self._grid.setSpacing(theme.px(12))
        self.name.setMinimumHeight(mm(self, TOUCH_MM * 0.75))

    def tell(self, words: str) -> None:
        """What has just come to an end; empty for nothing."""
        self.news.setText(words)
        self.news.setVisible(bool(words))

    @property
    def written(self) -> str:
        """The name in the line, without needless blanks."""
        return " ".join(self.name.text().split())

    def show_sitting(self, sitting: Sitting) -> None:
        """Who may judge now, and how far everybody is."""
        study, role = sitting.study, sitting.wanted
        self.words.setText(saying.who_words(role, study))
        self.name.setVisible(sitting.more)
        judges = [(by, saying.progress(study, sitting.said, role, by)) for by in sitting.judges]
        if judges != [(key.text(), key.accessibleDescription()) for key in self.keys]:
            self._make_keys(judges)

    def _make_keys(self, judges: Sequence[tuple[str, str]]) -> None:
        for key in self.keys:
            self._grid.removeWidget(key)
            key.deleteLater()
        self.keys = []
        for place, (name, hint) in enumerate(judges):
            key = TouchKey(self)
            key.set_theme(self._theme)
            key.set_title(name)
            key.set_hint(hint)
            key.setMinimumHeight(max(self._theme.px(84), touch(self)))
            key.clicked.connect(lambda _=False, chosen=name: self.named.emit(chosen))
            self._grid.addWidget(key, place // _COLUMNS, place % _COLUMNS)
            self.keys.append(key)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.name.setPlaceholderText(saying.name_prompt())


class JudgePanel(QWidget):
    """The picture as large as it goes, and two big keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self.view = PartView()
        self.where, self.help = QLabel(), QLabel()
        self.where.setProperty("role", "caption")
        self.help.setProperty("role", "muted")
        for label in (self.where, self.help):
            label.setWordWrap(True)
        self.progress = ProgressPanel()
        self.undo_key = TouchKey(sign=paint.undo_arrow, cap="Z")
        self.pause_key = TouchKey(cap="Esc")
        self.out_key = TouchKey()
        self.ok_key = TouchKey(
            tone=Tone.ACCEPT, sign=paint.check, cap="A", title_px=38, size_mm=DECIDE_MM
        )
        self.ng_key = TouchKey(
            tone=Tone.REJECT, sign=paint.cross, cap="R", title_px=38, size_mm=DECIDE_MM
        )
        self._arrange()

    def _arrange(self) -> None:
        self._row, self._side, self._keys = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.where, self.progress, self.help):
            self._side.addWidget(widget)
        self._side.addWidget(self.out_key)
        self._side.addStretch(1)
        low = QHBoxLayout()
        low.addWidget(self.undo_key, 1)
        low.addWidget(self.pause_key, 1)
        self._side.addLayout(low)
        self._keys.addWidget(self.ok_key, 1)
        self._keys.addWidget(self.ng_key, 1)
        self._side.addLayout(self._keys)
        self._row.addWidget(self.view, 13)
        self._row.addLayout(self._side, 7)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        gap = theme.px(14)
        for layout in (self._row, self._side, self._keys):
            layout.setSpacing(gap)
        for key in (self.undo_key, self.pause_key, self.out_key):
            key.setMinimumHeight(max(theme.px(72), touch(self)))
        for key in (self.ok_key, self.ng_key):
            key.setMinimumHeight(max(theme.px(190), touch(self, DECIDE_MM[1])))

    def retranslate(self) -> None:
        """Write all words anew."""
        keys = (self.ok_key, self.ng_key, self.undo_key, self.pause_key)
        for key, title in zip(keys, saying.keep_words(), strict=True):
            key.set_title(title)
        self.out_key.set_title(saying.leave_out())
        self.help.setText(saying.judge_help())
        self.view.set_missing(saying.gone())

    def show_sitting(self, sitting: Sitting, ready: bool, lost: bool) -> None:
        """Who judges, how far he is; the part may be judged, or its picture is lost."""
        study, now = sitting.study, sitting.turn
        if now is None:
            return
        self.where.setText(saying.judge_where(study, sitting.role, sitting.by, now))
        count = len(sitting.places)
        self.progress.show_state(saying.judge_progress(count, now), now.done / count)
        self.out_key.setVisible(lost)
        for key in (self.ok_key, self.ng_key):
            key.setEnabled(ready)
        self.undo_key.setEnabled(sitting.undoing() is not None)
