"""The judged picture of one part: as it is, with its heat map, or beside a known good one."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from station.gui.fonts import ui_font
from station.gui.picture import Picture
from station.gui.texts import translate
from station.gui.theme import DARK, TOUCH_MM, Theme, touch
from station.gui.widgets import paint
from station.gui.widgets.image_view import PictureView
from station.gui.widgets.score_bar import ScoreBar
from station.gui.widgets.touch_key import Tone, TouchKey


class View(StrEnum):
    """What is shown of the part."""

    IMAGE = "image"
    HEAT = "heat"
    GOLDEN = "golden"


class _StillView(PictureView):
    """A still, with words in its place while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = ""

    def set_empty(self, words: str) -> None:
        self._empty = words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the words."""
        with QPainter(self) as painter:
            self._paint_picture(painter, event.region())
            paint.smooth(painter)
            radius = self._theme.px(12)
            tall = QRectF(self.rect()).adjusted(0, 0, 0, 2 * radius)
            paint.corners(painter, tall, radius, self._theme.color("page"))
            if not self.has_picture and self._empty:
                rect = QRectF(self.rect()).adjusted(12, 0, -12, 0)
                font = ui_font(self._theme.text_px(18), QFont.Weight.Medium)
                rows = paint.lines(self._empty, font, rect.width(), 3)
                paint.block(painter, rect, rows, font, self._theme.color("tag_text"), paint.CENTER)


class JudgedView(QWidget):
    """Asks for pictures with `wanted`: whenever another view or another size is due.

    The keys are as high as a finger needs; only their middle is drawn.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._still = _StillView(self)
        self._bar = ScoreBar(self)
        self._keys = {view: TouchKey(self, tone=Tone.SEGMENT, title_px=18) for view in View}
        self._group = QButtonGroup(self)
        for view, key in self._keys.items():
            self._group.addButton(key)
            key.clicked.connect(self.wanted)
            key.setObjectName(f"view-{view}")
        self._keys[View.IMAGE].setChecked(True)
        self._still.room_changed.connect(self.wanted)
        self.set_golden(False)
        self.set_theme(DARK)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and sizes."""
        self._theme = theme
        self._lay_out()
        self.update()

    def retranslate(self) -> None:
        """Write all words anew."""
        self._keys[View.IMAGE].set_title(translate("Inspect", "Image"))
        self._keys[View.HEAT].set_title(translate("Inspect", "Heat map"))
        self._keys[View.GOLDEN].set_title(translate("Inspect", "Golden"))
        self._keys[View.GOLDEN].setToolTip(
            translate("Inspect", "A picture of a known good part, to compare with")
        )
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys follow the window."""
        super().resizeEvent(event)
        self._lay_out()

    @property
    def view(self) -> View:
        """Which view is chosen."""
        return next(view for view, key in self._keys.items() if key.isChecked())

    def choose(self, view: View) -> None:
        """Choose a view without asking for its picture."""
        self._keys[view].setChecked(True)

    @property
    def room(self) -> QSize:
        """The device pixels for the picture."""
        return self._still.room

    def set_golden(self, there: bool) -> None:
        """Whether there is a picture of a good part to compare with."""
        self._keys[View.GOLDEN].setEnabled(there)
        if not there and self.view is View.GOLDEN:
            self.choose(View.IMAGE)

    def set_score(self, score: float | None, review_limit: float, ng_limit: float) -> None:
        """Where the marker of the score and the limits stand."""
        self._bar.set_score(score, review_limit, ng_limit)

    def show_picture(self, picture: Picture | None, empty: str = "") -> None:
        """Show it, or those words instead."""
        self._still.set_empty(empty)
        self._still.show_picture(picture)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The panel below; the picture above is drawn by itself."""
        with QPainter(self) as painter:
            paint.smooth(painter)
            theme, rect = self._theme, QRectF(self.rect())
            paint.box(painter, rect, theme.px(12), theme.color("panel"), theme.color("line"), 1)

    def _lay_out(self) -> None:
        """The keys reach up over the picture, invisibly, as far as a finger needs."""
        theme = self._theme
        pill = max(theme.px(35), int(theme.text_px(18) * 1.75))
        foot = max(theme.px(55), pill + 12)
        side = max(touch(self, TOUCH_MM), foot)
        self._still.setGeometry(1, 1, self.width() - 2, self.height() - foot - 1)
        left = theme.px(9)
        for key in self._keys.values():
            width = max(side, key.sizeHint().width())
            key.set_pill(pill, (foot - pill) // 2)
            key.setGeometry(left, self.height() - side, width, side)
            left += width
        left += theme.px(5)
        self._bar.setGeometry(left, self.height() - foot, self.width() - left - theme.px(14), foot)
