"""How the right of the Teach page is arranged: progress, figures, scores with limits, release."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from station.gui.theme import DARK, Theme
from station.gui.widgets.class_tiles import LEAST
from station.gui.widgets.figures_table import FiguresTable
from station.gui.widgets.progress_panel import ProgressPanel
from station.gui.widgets.score_histogram import ScoreHistogram
from station.gui.widgets.touch_key import Tone, TouchKey

SIZE_MM = (12.0, 12.0)  # keys that stand close: 46 pixels at 96 dpi


class LessonView(QFrame):
    """Widgets and their places; what they say and do is the lesson's affair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = DARK
        self._build()
        self._arrange()
        self.set_theme(DARK)

    def _build(self) -> None:
        self.caption, self.figures_caption = _caption(), _caption()
        self.progress = ProgressPanel()
        self.teach_key = TouchKey(tone=Tone.PRIMARY, size_mm=SIZE_MM)
        self.cancel_key = TouchKey(size_mm=SIZE_MM)
        self.table = FiguresTable()
        self.histogram = ScoreHistogram()
        self.most_key = TouchKey(size_mm=SIZE_MM, title_px=18)
        self.proven = QLabel()
        self.proven.setProperty("role", "muted")
        self.proven.setWordWrap(True)
        self.watch_key = TouchKey(size_mm=SIZE_MM, title_px=18)
        self.shadow_key = TouchKey(size_mm=SIZE_MM)
        self.use_key = TouchKey(tone=Tone.PRIMARY, size_mm=SIZE_MM)
        self.back_key = TouchKey(size_mm=SIZE_MM, title_px=18)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        for label in (self.proven, self.note):
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setSizePolicy(policy)

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._head, self._limits = QHBoxLayout(), QHBoxLayout()
        self._keys, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.progress, 1)
        for key in (self.teach_key, self.cancel_key):
            self._head.addWidget(key, 0, Qt.AlignmentFlag.AlignTop)
        self._limits.addWidget(self.most_key)
        self._limits.addWidget(self.proven, 1)
        self._keys.addWidget(self.shadow_key, 1)
        self._keys.addWidget(self.use_key, 1)
        self._foot.addWidget(self.note, 1)
        self._foot.addWidget(self.watch_key, 1)
        self._foot.addWidget(self.back_key)
        self._column.addWidget(self.caption)
        self._column.addLayout(self._head)
        self._column.addWidget(self.figures_caption)
        self._column.addWidget(self.table)
        self._column.addWidget(self.histogram, 3)
        self._column.addLayout(self._limits)
        self._column.addStretch(1)
        self._column.addLayout(self._keys)
        self._column.addLayout(self._foot)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        edge = theme.px(18)
        self._column.setContentsMargins(edge, theme.px(14), edge, theme.px(12))
        self._column.setSpacing(theme.px(10))
        for row in (self._head, self._limits, self._keys, self._foot):
            row.setSpacing(theme.px(12))
        for words in (self.caption, self.figures_caption):
            words.setFixedHeight(int(theme.text_px(16) * 1.6))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        small, large = max(LEAST, self._theme.px(56)), max(LEAST, self._theme.px(76))
        for key in (self.teach_key, self.cancel_key, self.most_key, self.watch_key, self.back_key):
            key.setFixedHeight(small)
        for key in (self.shadow_key, self.use_key):
            key.setFixedHeight(large)
        for key in (self.teach_key, self.cancel_key, self.back_key):
            key.setFixedWidth(min(key.sizeHint().width(), self.width() // 2))
        self.most_key.setFixedWidth(max(1, int(self.width() * 0.42)))
        self.histogram.setMaximumHeight(self._theme.px(260))


def _caption() -> QLabel:
    words = QLabel()
    words.setProperty("role", "caption")
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return words
