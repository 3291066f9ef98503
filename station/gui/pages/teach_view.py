"""How the Teach page is arranged: classes and filters, the wall of images, the lesson."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from station.gui.pages.teach_lesson import Lesson
from station.gui.pages.teach_lesson_view import SIZE_MM
from station.gui.theme import DARK, Theme
from station.gui.widgets import paint
from station.gui.widgets.class_tiles import LEAST, ClassTiles
from station.gui.widgets.image_grid import ImageGrid
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey

LOW = 900  # below this height two keys share a row


class TeachView(QWidget):
    """Widgets and their places; what they say and do is the page's affair."""

    def __init__(self, grid: ImageGrid, lesson: Lesson, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._theme = DARK
        self.grid = grid
        self.lesson = lesson
        self._build()
        self._arrange()
        self.notice.changed.connect(self.place_notice)
        self.set_theme(DARK)

    def _build(self) -> None:
        self.classes_caption, self.show_caption = _caption(), _caption()
        self.classes, self.shows = ClassTiles(), ClassTiles()
        self.new_key = TouchKey(size_mm=SIZE_MM)
        self.import_key = TouchKey(size_mm=SIZE_MM)
        self.export_key = TouchKey(size_mm=SIZE_MM)
        self.caption = _caption()
        self.undo_key = TouchKey(size_mm=SIZE_MM, title_px=18, sign=paint.undo_arrow)
        self.lot_key = TouchKey(tone=Tone.SEGMENT, size_mm=SIZE_MM, title_px=18)
        self.since_key = TouchKey(tone=Tone.SEGMENT, size_mm=SIZE_MM, title_px=18)
        self.notice = Notice(self.grid)

    def _arrange(self) -> None:
        self._row = QHBoxLayout(self)
        self._left_panel, self._wall_panel = _panel(), _panel()
        self._left, self._wall = QVBoxLayout(self._left_panel), QVBoxLayout(self._wall_panel)
        self._head, self._keys = QHBoxLayout(), QGridLayout()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.classes)
        self._scroll.setWidgetResizable(True)
        self.classes.setAutoFillBackground(False)  # the panel shines through
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left.addWidget(self.classes_caption)
        self._left.addWidget(self._scroll, 1)
        self._left.addWidget(self.show_caption)
        self._left.addWidget(self.shows)
        self._left.addStretch(0)
        self._left.addLayout(self._keys)
        self._head.addWidget(self.caption, 1)
        for key in (self.undo_key, self.lot_key, self.since_key):
            self._head.addWidget(key)
        self._wall.addLayout(self._head)
        self._wall.addWidget(self.grid, 1)
        self._row.addWidget(self._left_panel)
        self._row.addWidget(self._wall_panel, 1)
        self._row.addWidget(self.lesson)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap, edge = theme.px(14), theme.px(18)
        self._row.setContentsMargins(gap, gap, gap, gap)
        self._row.setSpacing(gap)
        for column in (self._left, self._wall):
            column.setContentsMargins(edge, theme.px(12), edge, theme.px(14))
            column.setSpacing(theme.px(9))
        self._wall.setContentsMargins(edge, theme.px(8), 2, theme.px(14))
        self._head.setContentsMargins(0, 0, edge, 0)
        self._head.setSpacing(theme.px(10))
        self._keys.setSpacing(theme.px(9))
        for words in (self.classes_caption, self.show_caption, self.caption):
            words.setFixedHeight(int(theme.text_px(16) * 1.6))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widths and heights follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self._left_panel.setFixedWidth(max(theme.px(300), 236))
        self.lesson.setFixedWidth(max(theme.px(560), 472))
        height = max(LEAST, theme.px(56))
        for key in (self.new_key, self.import_key, self.export_key):
            key.setFixedHeight(height)
        for key in (self.undo_key, self.lot_key, self.since_key):
            key.setFixedHeight(LEAST)
            key.set_pill(max(theme.px(36), theme.text_px(18) + 14), 5)
            key.setFixedWidth(min(max(key.sizeHint().width(), 2 * LEAST), theme.px(300)))
        low = self.height() < LOW
        self._keys.addWidget(self.new_key, 0, 0, 1, 2)
        self._keys.addWidget(self.import_key, 1, 0, 1, 1 if low else 2)
        self._keys.addWidget(self.export_key, 1 if low else 2, 1 if low else 0, 1, 1 if low else 2)
        self.place_notice()

    def fit_classes(self) -> None:
        """The list of classes is as high as they need, where there is room."""
        self._scroll.setMaximumHeight(self.classes.sizeHint().height() + 2)
        self._scroll.setMinimumHeight(min(self.classes.sizeHint().height(), 3 * LEAST))

    def place_notice(self) -> None:
        """Lay the strip of news over the upper edge of the wall."""
        width = max(1, self.grid.viewport().width() - self._theme.px(12))
        self.notice.setGeometry(0, 0, width, self.notice.height_for(width))
        self.notice.raise_()


def _panel() -> QFrame:
    panel = QFrame()
    panel.setProperty("role", "panel")
    return panel


def _caption() -> QLabel:
    words = QLabel()
    words.setProperty("role", "caption")
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return words
