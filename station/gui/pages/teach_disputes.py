"""The parts of the line on which the shadow and the model in use do not agree, as pictures."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from station.domain.inspection import Verdict
from station.gui.pages.teach_look import FindStill, Look, LookItem
from station.gui.pages.teach_room import Dispute, Shadow
from station.gui.texts import number, percent, translate, verdict_word
from station.gui.theme import Theme, apply_theme
from station.gui.thumbs import Thumbs, Wanted
from station.gui.widgets.grid_tile import GridItem
from station.gui.widgets.image_grid import ImageGrid
from station.gui.widgets.touch_key import TouchKey


class DisputesDialog(QDialog):
    """Newest first; Enter shows one large. Framed in red: the shadow would have let it pass."""

    def __init__(
        self,
        shadow: Shadow,
        data: Path,
        thumbs: Thumbs,
        still: FindStill,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(translate("Teach", "Where the shadow differs"))
        self._data = data
        self._thumbs = thumbs
        self._theme = theme
        self._look = Look(still, self)
        self.grid = ImageGrid(dispute_item, thumbs.get, tile_px=220)
        title = QLabel(dispute_title(shadow))
        title.setProperty("role", "title")
        title.setWordWrap(True)
        close = TouchKey()
        close.set_title(translate("Teach", "Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(18)] * 4)
        column.setSpacing(theme.px(12))
        for widget in (title, self.grid, close):
            column.addWidget(widget, 1 if widget is self.grid else 0)
        apply_theme(self, theme)
        close.clicked.connect(self.accept)
        thumbs.came.connect(self.grid.refresh)
        self.grid.seen.connect(self._want)
        self.grid.opened.connect(self._open)
        self._look.moved.connect(self._moved)
        self.grid.set_rows(shadow.disputes)

    def showEvent(self, event: QShowEvent) -> None:
        """Nearly as large as the window."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            self.resize(parent.size() * 0.85)
            self.move(parent.mapToGlobal(parent.rect().center()) - self.rect().center())
        self.grid.setFocus()

    def _want(self, disputes: Sequence[Dispute]) -> None:
        self._thumbs.set_room(self.grid.room)
        self._thumbs.want(Wanted(one.image, self._data / one.image, one.roi) for one in disputes)

    def _open(self, place: int) -> None:
        self._look.show(self._item, place, len(self.grid.rows), self._theme, self)

    def _moved(self, place: int) -> None:
        self.grid.picks.only(place)
        self.grid.show_place(place)

    def _item(self, place: int) -> LookItem:
        one: Dispute = self.grid.rows[place]
        path = self._data / one.image
        return LookItem(one.uid, path, one.roi, dispute_words(one), one.score)


def dispute_item(one: Dispute) -> GridItem:
    """OK → NG .91."""
    words = f"{verdict_word(one.verdict)} → {verdict_word(one.shadow_verdict)}"
    score = f"{one.shadow_score:.2f}".lstrip("0")
    passes = one.shadow_verdict is Verdict.OK
    return GridItem(one.image, words, score, passes)


def dispute_words(one: Dispute) -> str:
    """What both say of a part."""
    return translate(
        "Teach",
        "In use: {ours} {score} · shadow: {theirs} {other}",
        ours=verdict_word(one.verdict),
        score=percent(one.score),
        theirs=verdict_word(one.shadow_verdict),
        other=percent(one.shadow_score),
    )


def dispute_title(shadow: Shadow) -> str:
    """How many there are, and how many of them are shown."""
    return translate(
        "Teach",
        "{count} of {parts} parts differ: the verdict in use → that of the shadow",
        count=number(shadow.count),
        parts=number(shadow.parts),
    )
