"""One image as large as the window, with its heat map: Enter on the wall, arrows to the next."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.cameras.image_file import read_image
from station.domain.inspection import Still
from station.domain.picture_name import IMAGES
from station.domain.recipe import Roi
from station.errors import StationError
from station.gui.picture import Picture
from station.gui.pictures import still_picture
from station.gui.preview import StillStudio
from station.gui.texts import translate
from station.gui.theme import Theme, apply_theme
from station.gui.widgets.judged_view import JudgedView, View
from station.gui.widgets.touch_key import TouchKey
from station.store.images import uid_in
from station.store.samples import SampleRow

FindStill = Callable[[str], Still | None]
SIZE_MM = (15.0, 15.0)


@dataclass(frozen=True, slots=True)
class LookItem:
    """What is shown large. part: the uid of its record, whose picture has a heat map; or empty."""

    part: str
    path: Path
    roi: Roi | None
    title: str
    score: float | None = None


class LookDialog(QDialog):
    """`stepped(±1)` for the arrows, `numbered(n)` for a number key. Esc and Enter close it."""

    stepped = Signal(int)
    numbered = Signal(int)

    def __init__(self, still: FindStill, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Teach", "Image"))
        self._still = still
        self._item: LookItem | None = None
        self._studio = StillStudio(self)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.judged = JudgedView()
        self.judged.choose(View.HEAT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange(theme)
        apply_theme(self, theme)
        self.judged.wanted.connect(self._order)
        self._studio.ready.connect(self._show_made)
        self.finished.connect(self._studio.close)
        self._studio.open()

    def _arrange(self, theme: Theme) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(*[theme.px(18)] * 4)
        column.setSpacing(theme.px(12))
        foot.setSpacing(theme.px(12))
        keys = (
            (translate("Teach", "Before"), lambda: self.stepped.emit(-1)),
            (translate("Teach", "Next"), lambda: self.stepped.emit(1)),
            (translate("Teach", "Close"), self.accept),
        )
        for words, slot in keys:
            key = TouchKey(size_mm=SIZE_MM)
            key.set_title(words)
            key.clicked.connect(slot)
            foot.addWidget(key, 1)
        column.addWidget(self.title)
        column.addWidget(self.judged, 1)
        column.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Nearly as large as the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size() * 0.9)
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
        self.setFocus()  # no key of the view: arrows would go along those

    def show_item(self, item: LookItem | None, limits: tuple[float, float]) -> None:
        """Show that one; None: it is not known yet."""
        if item == self._item and item is not None:
            return
        self._item = item
        self.title.setText(item.title if item else "…")
        self.judged.set_score(item.score if item else None, *limits)
        self._order()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, numbers, Enter."""
        key = event.key()
        steps = {
            int(Qt.Key.Key_Left): -1,
            int(Qt.Key.Key_Up): -1,
            int(Qt.Key.Key_Right): 1,
            int(Qt.Key.Key_Down): 1,
        }
        if key in steps:
            self.stepped.emit(steps[key])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.numbered.emit(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _order(self) -> None:
        item, view = self._item, self.judged.view
        if item is None:
            self.judged.show_picture(None, "")
            return
        make = partial(_picture, self._still, item, self.judged.room, view is View.HEAT)
        self._studio.order("look", make, tag=f"{item.path} {view}")

    def _show_made(self) -> None:
        made = self._studio.take_made().get("look")
        item = self._item
        if made is not None and item is not None and made.tag == f"{item.path} {self.judged.view}":
            missing = translate("Inspect", "The picture is not at hand")
            self.judged.show_picture(made.picture, missing)


def _picture(find: FindStill, item: LookItem, room: QSize, heat: bool) -> Picture | None:
    """From its record where there is one, else from the file alone."""
    found = None
    if item.part:
        with suppress(StationError):
            found = find(item.part)
    if found is None:
        if not item.path.is_file():
            return None
        found = Still(item.part, read_image(item.path), None, item.roi)
    return still_picture(found, room, heat)


def record_of(row: SampleRow) -> str:
    """The uid of the record whose picture it is, and which may have a heat map; else empty."""
    if row.waits:
        return row.uid
    return uid_in(Path(row.image).name) if row.image.startswith(f"{IMAGES}/") else ""


class Look(QObject):
    """Opens the dialog on one of many: `item(place)` says what lies there, None: not known yet."""

    moved = Signal(int)
    numbered = Signal(int)

    def __init__(self, still: FindStill, parent: QObject) -> None:
        super().__init__(parent)
        self._still = still
        self.dialog: LookDialog | None = None
        self._item: Callable[[int], LookItem | None] = lambda _: None
        self._count = self.place = 0
        self.limits = (0.4, 0.6)

    def show(
        self,
        item: Callable[[int], LookItem | None],
        place: int,
        count: int,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        """Show the one at that place, large."""
        self._item, self.place, self._count = item, place, count
        dialog = self.dialog = LookDialog(self._still, theme, parent)
        dialog.stepped.connect(lambda step: self.go(self.place + step))
        dialog.numbered.connect(self.numbered)
        dialog.finished.connect(self._closed)
        dialog.open()
        self.refresh()

    def go(self, place: int) -> None:
        """Show another one, if there is one."""
        if self.dialog is not None and 0 <= place < self._count and place != self.place:
            self.place = place
            self.moved.emit(place)
            self.refresh()

    def refresh(self) -> None:
        """More is known now."""
        if self.dialog is not None:
            self.dialog.show_item(self._item(self.place), self.limits)

    def close(self) -> None:
        """The page is left."""
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self) -> None:
        self.dialog = None
