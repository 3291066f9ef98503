"""Where the data are kept, and how far the room there goes."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from station.errors import Fault
from station.gui.tasks import Tasks
from station.gui.texts import number, translate
from station.gui.theme import Theme
from station.gui.welcome.room import Answers, Place, WelcomeRoom
from station.gui.welcome.step import Done, Failed, Step, sentence
from station.gui.welcome.tiles import Choice, Tiles

PICTURE_BYTES = 10**6  # of a camera with 1.3 megapixels, as PNG
PARTS_A_DAY = 10_000
OTHER = "other"


class FolderStep(Step):
    """The proposed folder, other disks, and any other folder by a dialog.

    It is proven whenever one is chosen, and once more before one goes on.
    """

    def __init__(self, room: WelcomeRoom, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(
            lambda: translate("Welcome", "Where are pictures and records kept?"), parent
        )
        self._room, self._tasks = room, tasks
        self.folder = room.proposed
        self.place: Place | None = None
        self._shown: dict[Path, int | None] = {room.proposed: None}
        self._asked = 0
        self._busy = False
        self._inside = False
        self.tiles, self.note = Tiles(high=92), sentence()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tiles)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self.tiles.picked.connect(self._pick)
        self.retranslate()

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        super().set_theme(theme)
        self._column.setSpacing(theme.px(24))

    def words(self) -> str:
        """What it is about."""
        return translate(
            "Welcome",
            "Every part leaves a picture and a record. A disk of its own for them is a good place.",
        )

    def next_word(self) -> str:
        """With a station's data there all else is known."""
        if self.place is not None and self.place.used:
            return translate("Welcome", "Start with these data")
        return super().next_word()

    @property
    def may_go_on(self) -> bool:
        """Once it is known that the folder will do."""
        return self.place is not None and not self._busy

    def opened(self, answers: Answers) -> None:
        """Look at the folder that is proposed, and for other disks."""
        del answers
        self.tiles.focus()
        if self.place is None and not self._busy:
            self.choose(self.folder)
            if not self._room.named:
                self._tasks.run(self._room.disks, self._show_disks, self.failed.emit)

    def answer(self, answers: Answers) -> Answers:
        """With that folder."""
        return replace(answers, place=self.place)

    def choose(self, folder: Path) -> None:
        """That one, if it will do; one of its own in it where other things lie."""
        fitting = self._room.fitting
        self._busy, self.place = True, None
        self._asked += 1
        self.folder, self._inside = folder, False
        self.failed.emit(None)
        self._show()
        asked = self._asked
        self._tasks.run(
            lambda: fitting(folder), partial(self._prove_fitting, asked), partial(self._not, asked)
        )

    def prove(self, done: Done, failed: Failed) -> None:
        """Once more: a disk may have been taken away since."""
        judge, folder = self._room.judge, self.folder

        def found(place: Place) -> None:
            self.place = place
            done()

        self._tasks.run(lambda: judge(folder), found, failed)

    def _prove_fitting(self, asked: int, folder: Path) -> None:
        if asked != self._asked:
            return
        self._inside = folder != self.folder
        self.folder = folder
        judge = self._room.judge
        self._tasks.run(
            lambda: judge(folder), partial(self._judged, asked), partial(self._not, asked)
        )

    def _judged(self, asked: int, place: Place) -> None:
        if asked == self._asked:
            self._busy, self.place = False, place
            self._shown[place.folder] = place.free
            self._show()

    def _not(self, asked: int, fault: Fault) -> None:
        if asked == self._asked:
            self._busy = False
            self._show()
            self.failed.emit(fault)

    def _show_disks(self, disks: tuple[Place, ...]) -> None:
        for one in disks:
            self._shown.setdefault(one.folder, one.free)
        self._show()

    def _pick(self, name: str) -> None:
        if name == OTHER:
            self._ask_folder()
        elif Path(name) != self.folder or self.place is None:
            self.choose(Path(name))

    def _ask_folder(self) -> None:
        title = translate("Welcome", "A folder for the station's data")
        start = next((one for one in (self.folder, *self.folder.parents) if one.is_dir()), None)
        dialog = QFileDialog(self.window(), title, str(start or ""))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda path: self.choose(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        folders = dict.fromkeys([*self._shown, self.folder])
        choices = [Choice(str(one), str(one), self._hint(one)) for one in folders]
        if not self._room.named:
            words = translate("Welcome", "Another folder…")
            choices.append(Choice(OTHER, words, orders=True))
        self.tiles.set_choices(choices, str(self.folder))
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))
        self.changed.emit()

    def _hint(self, folder: Path) -> str:
        free = self._shown.get(folder)
        if self._busy and folder == self.folder:
            return translate("Welcome", "Looking whether it will do…")
        if free is None:
            return ""
        pictures = free / PICTURE_BYTES
        return translate(
            "Welcome",
            "{free} GB free: about {pictures} pictures of 1 MB, or {days} days with {parts} parts"
            " a day",
            free=number(free / 1e9),
            pictures=number(round(pictures, -3)),
            days=number(pictures / PARTS_A_DAY),
            parts=number(PARTS_A_DAY),
        )

    def _note(self) -> str:
        if self.place is not None and self.place.used:
            return translate(
                "Welcome",
                "A station's data lie there already. Its settings, products and records hold, and"
                " nothing else is asked.",
            )
        if self._inside:
            return translate(
                "Welcome",
                "Other files lie in the folder that you chose; so this one is made in it.",
            )
        if self._room.named:
            return translate("Welcome", "This folder was named when the station was started.")
        return ""

    def retranslate(self) -> None:
        """Write all words anew."""
        self._show()
