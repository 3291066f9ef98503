"""Which camera looks at the parts; the demo line is always there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from station.cameras.features import Found
from station.errors import ErrorCode, Fault
from station.gui.address import ask_address, full_address
from station.gui.tasks import Tasks
from station.gui.texts import fault_text, translate
from station.gui.theme import Theme
from station.gui.welcome.room import DRAWN, Answers, Seen, WelcomeRoom
from station.gui.welcome.shot import Shot, read_shot
from station.gui.welcome.step import SIZE_MM, Done, Failed, Step, sentence
from station.gui.welcome.tiles import Choice, Tiles
from station.gui.widgets.touch_key import TouchKey

DEMO, FOLDER, ADDRESS = "demo", "folder", "address"
FILES = ("folder", "video")  # what is not there now will not come by itself


class CameraStep(Step):
    """Searched while the person is still at the first questions; each is shown as it sees now.

    searcher: a worker for the search alone.  looker: one for pictures.
    """

    def __init__(
        self,
        room: WelcomeRoom,
        searcher: Tasks,
        looker: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lambda: translate("Welcome", "Which camera looks at the parts?"), parent)
        self._room, self._searcher, self._looker = room, searcher, looker
        self._seen = Seen()
        self._named: Found | None = None
        self._searching = self._searched = False
        self._by_hand = False
        self._asked = 0
        self._looked: Found | None = None
        self._fault: Fault | None = None
        self.chosen = DRAWN
        self.tiles, self.shot = Tiles(high=76), Shot()
        self.about, self.missing = QLabel(), sentence()
        self.about.setProperty("role", "caption")
        self.search_key, self.again_key = TouchKey(size_mm=SIZE_MM), TouchKey(size_mm=SIZE_MM)
        self._arrange()
        self.tiles.picked.connect(self._pick)
        self.search_key.clicked.connect(self.search)
        self.again_key.clicked.connect(self.look)
        self.retranslate()

    def _arrange(self) -> None:
        area = QScrollArea()
        area.setWidget(self.tiles)
        area.setWidgetResizable(True)
        area.setStyleSheet("QScrollArea { background: transparent; }")
        area.viewport().setAutoFillBackground(False)
        self.tiles.setAutoFillBackground(False)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left, self._right, self._row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        self._left.addWidget(area, 1)
        self._left.addWidget(self.missing)
        self._left.addWidget(self.search_key)
        self._right.addWidget(self.about)
        self._right.addWidget(self.shot, 1)
        self._right.addWidget(self.again_key)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._left, 5)
        self._row.addLayout(self._right, 6)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        super().set_theme(theme)
        self._row.setSpacing(theme.px(36))
        self._left.setSpacing(theme.px(14))
        self._right.setSpacing(theme.px(12))

    def words(self) -> str:
        """What it is about."""
        return translate("Welcome", "Another one can be chosen at any time, on the Setup page.")

    @property
    def may_go_on(self) -> bool:
        """Files must have shown a picture; a device may come later."""
        return self.chosen.kind not in FILES or (self._looked == self.chosen and not self._fault)

    def opened(self, answers: Answers) -> None:
        """The keyboard is for the tiles."""
        del answers
        self.tiles.focus()
        if self._looked != self.chosen:
            self.look()

    def answer(self, answers: Answers) -> Answers:
        """With that camera."""
        return replace(answers, camera=self.chosen)

    def prove(self, done: Done, failed: Failed) -> None:
        """What is wrong with it was said; it may be plugged in later."""
        del failed
        done()

    # ── searching ───────────────────────────────────────────────────────────────────────────

    def search(self) -> None:
        """Look for cameras; nothing waits for it."""
        self._searching, self._searched = True, False
        self._show()
        self._searcher.run(self._room.search, self._found, self._not_found)

    def _found(self, seen: Seen) -> None:
        self._searching, self._searched, self._seen = False, True, seen
        free = [one for one in seen.found if not one.in_use]
        if free and not self._by_hand:
            self.chosen = free[0]
            if self.isVisible():
                self.look()
        self._show()

    def _not_found(self, fault: Fault) -> None:
        self._searching, self._searched = False, True
        self._seen = Seen(missing=(fault,))
        self._show()

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def choose(self, camera: Found) -> None:
        """That one, and have it shown."""
        self._by_hand = True
        if camera.kind in (*FILES, "stream"):
            self._named = camera
        self.chosen = camera
        self.look()

    def look(self) -> None:
        """One picture of the chosen camera."""
        self._asked += 1
        self._looked, self._fault = None, None
        self.shot.say(translate("Welcome", "A picture is taken…"))
        self._show()
        look, camera = self._room.look, self.chosen
        self._looker.run(
            lambda: read_shot(look(camera)),
            partial(self._saw, self._asked, camera),
            partial(self._not_seen, self._asked, camera),
        )

    def _saw(self, asked: int, camera: Found, image: QImage) -> None:
        if asked == self._asked:
            self._looked = camera
            self.shot.show_picture(image)
            self._show()

    def _not_seen(self, asked: int, camera: Found, fault: Fault) -> None:
        if asked == self._asked:
            self._looked, self._fault = camera, fault
            self.shot.say(fault_text(fault))
            self._show()

    def _pick(self, name: str) -> None:
        if name == FOLDER:
            self._ask_folder()
        elif name == ADDRESS:
            self._ask_address()
        else:
            self.choose(DRAWN if name == DEMO else self._cameras()[name])

    def _cameras(self) -> dict[str, Found]:
        """Those that can be chosen, by the name of their tile."""
        named = () if self._named is None else (self._named,)
        return {f"{one.kind} {one.source}": one for one in (*self._seen.found, *named)}

    def _ask_folder(self) -> None:
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        title = translate("Setup", "A folder of pictures")
        dialog = QFileDialog(self.window(), title, QStandardPaths.writableLocation(pictures))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(self.choose_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_folder(self, path: str) -> None:
        """Its pictures, one after the other."""
        self.choose(Found("folder", path, Path(path).name))

    def _ask_address(self) -> None:
        ask_address(self.choose_address, self._theme, self.window())

    def choose_address(self, words: str) -> None:
        """A stream by its address; without a protocol it is taken for RTSP."""
        self.choose(Found("stream", full_address(words), ""))

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        from station.gui.pages.setup_sources import kind_word
        from station.logs import mask

        choices = [
            Choice(name, mask(one.name or one.source), _hint(kind_word(one.kind), one))
            for name, one in self._cameras().items()
        ]
        demo = translate("Welcome", "Demo line")
        hint = translate("Welcome", "Drawn parts, no camera. A real one can be chosen later.")
        choices.append(Choice(DEMO, demo, hint))
        folder, address = (
            translate("Setup", "Folder of pictures…"),
            translate("Setup", "Address of a stream…"),
        )
        choices += [Choice(FOLDER, folder, orders=True), Choice(ADDRESS, address, orders=True)]
        chosen = DEMO if self.chosen == DRAWN else f"{self.chosen.kind} {self.chosen.source}"
        self.tiles.set_choices(choices, chosen)
        again = translate("Setup", "Search again")
        self.search_key.set_title(translate("Setup", "Searching…") if self._searching else again)
        self.search_key.setEnabled(not self._searching)
        self.again_key.set_title(translate("Welcome", "Take another picture"))
        self.again_key.setEnabled(self._looked is not None)
        self.about.setText(next(one.words for one in choices if one.name == chosen))
        reasons = [_missing(one, kind_word) for one in self._seen.missing]
        none = translate("Welcome", "No camera was found.")
        self.missing.setText("\n".join([none, *reasons]))
        self.missing.setVisible(self._searched and not self._seen.found)
        self.changed.emit()

    def retranslate(self) -> None:
        """Write all words anew."""
        if self._fault is not None:
            self.shot.say(fault_text(self._fault))
        self._show()


def _hint(kind: str, camera: Found) -> str:
    if camera.in_use:
        return translate("Setup", "in use")
    return f"{kind} · {camera.detail}" if camera.detail else kind


def _missing(fault: Fault, kind_word: Callable[[str], str]) -> str:
    """Short where it is only a driver that is not there: most stations need one of them."""
    if fault.code is ErrorCode.CAMERA_DRIVER_MISSING:
        return f"{kind_word(fault.fact('kind'))}: {fault.fact('reason')}"
    return fault_text(fault)
