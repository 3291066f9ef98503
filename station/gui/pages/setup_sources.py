"""Which camera: those that were found, the demo, a folder, the address of a stream."""

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QVBoxLayout, QWidget

from station.cameras.features import Found
from station.errors import ErrorCode, Fault
from station.gui.address import ask_address, full_address
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_room import Search
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.class_tiles import ClassTiles, Sign, Tile
from station.gui.widgets.touch_key import Tone
from station.logs import mask
from station.settings import CameraSettings

DEMO, FOLDER, ADDRESS = "demo", "folder", "address"
NAMED = ("simulated", "folder", "video", "stream")


class Sources(QFrame):
    """`wanted(settings)` when a camera is to be used, `search` when they are to be looked for.

    What is chosen and what is used are two things: the used one bears a check.
    """

    wanted = Signal(object)
    search = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = DARK
        self._found: tuple[Found, ...] = ()
        self._missing: tuple[Fault, ...] = ()
        self._used: CameraSettings | None = None
        self._before: CameraSettings | None = None
        self._named: CameraSettings | None = None
        self.chosen: CameraSettings | None = None
        self._is_searching = self._is_busy = False
        self.caption, self.note = parts.caption(), parts.note()
        self.tiles = ClassTiles(least=parts.LEAST)
        self.search_key, self.use_key = parts.key(), parts.key(Tone.PRIMARY)
        self.back_key = parts.key()
        layout = QVBoxLayout(self)
        self._area = parts.scroll(self.tiles)
        self._area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout.addWidget(self.caption)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.note)
        layout.addStretch(0)
        for key in (self.search_key, self.back_key, self.use_key):
            layout.addWidget(key)
        self.tiles.touched.connect(self._touch)
        self.search_key.clicked.connect(self.search)
        self.use_key.clicked.connect(self._use)
        self.back_key.clicked.connect(self._go_back)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        parts.column(self, theme)
        parts.high(theme, self.search_key, self.use_key, self.back_key)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.caption.setText(translate("Setup", "Camera").upper())
        self._show()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def set_used(self, used: CameraSettings, before: CameraSettings | None = None) -> None:
        """The camera of the settings, and the one that it took the place of."""
        self._used = used
        self._before = before if before is not None and not _same(before, used) else None
        if self.chosen is None or (self.chosen.kind, self.chosen.source) == (
            used.kind,
            used.source,
        ):
            self.chosen = used
        self._show()

    def set_searching(self, is_on: bool) -> None:
        """A search runs."""
        self._is_searching = is_on
        self._show()

    def set_busy(self, is_on: bool) -> None:
        """The line changes over: nothing else may be ordered."""
        self._is_busy = is_on
        self._show()

    def show_found(self, search: Search) -> None:
        """What the search found."""
        self._found = search.found
        self._missing = search.missing
        self._show()

    # ── what the person does ────────────────────────────────────────────────────────────────

    def choose(self, camera: CameraSettings) -> None:
        """Mark it, to be used next."""
        known = [one for one in (self._used, self._before) if one and _same(one, camera)]
        self.chosen = known[0] if known else camera  # with what was set on it
        if camera.kind in NAMED and camera.kind != "simulated":
            self._named = camera
        self._show()

    def _touch(self, name: str) -> None:
        if name == DEMO:
            self.choose(CameraSettings())
        elif name == FOLDER:
            self._ask_folder()
        elif name == ADDRESS:
            self._ask_address()
        else:
            kind, _, source = name.partition(" ")
            self.choose(CameraSettings(kind=kind, source=source))

    def _ask_folder(self) -> None:
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        start = QStandardPaths.writableLocation(pictures)
        title = translate("Setup", "A folder of pictures")
        dialog = QFileDialog(self.window(), title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(
            lambda path: self.choose(CameraSettings(kind="folder", source=path))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_address(self) -> None:
        ask_address(self.choose_address, self._theme, self.window())

    def choose_address(self, words: str) -> None:
        """A stream by its address; without a protocol it is taken for RTSP."""
        self.choose(CameraSettings(kind="stream", source=full_address(words)))

    def _use(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(self.chosen)

    def _go_back(self) -> None:
        if self._before is not None:
            self.chosen = self._before
            self.wanted.emit(self._before)

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        self.tiles.set_tiles([*self._cameras(), *self._others()])
        self._area.setMaximumHeight(self.tiles.sizeHint().height() + 2)
        search = translate("Setup", "Search again")
        looking = translate("Setup", "Searching…")
        self.search_key.set_title(looking if self._is_searching else search)
        self.search_key.setEnabled(not self._is_searching)
        self.use_key.set_title(translate("Setup", "Use this camera"))
        self.use_key.setEnabled(self._may_use)
        self.back_key.setVisible(self._before is not None)
        if self._before is not None:
            name = self._name(self._before)
            self.back_key.set_title(translate("Setup", "Back to {name}", name=name))
            self.back_key.setEnabled(not self._is_busy)
        self.note.setText(self._note())
        self.note.setVisible(bool(self.note.text()))

    @property
    def _may_use(self) -> bool:
        chosen, used = self.chosen, self._used
        return not self._is_busy and chosen is not None and used is not None and chosen != used

    def _cameras(self) -> list[Tile]:
        """Those that were found, and the used one where it was not."""
        shown = [
            (
                CameraSettings(kind=one.kind, source=one.source),
                one.name or one.source,
                translate("Setup", "in use") if one.in_use else "",
            )
            for one in self._found
        ]
        for extra in (self._used, self._named):
            if extra is None or extra.kind == "simulated":
                continue
            if not any(_same(one, extra) for one, _, _ in shown):
                shown.append((extra, self._name(extra), ""))
        return [
            self._tile(f"{one.kind} {one.source}", words, said, one) for one, words, said in shown
        ]

    def _others(self) -> list[Tile]:
        demo = translate("Setup", "Demo: drawn parts")
        return [
            self._tile(DEMO, demo, "", CameraSettings()),
            Tile(FOLDER, translate("Setup", "Folder of pictures…"), sign=Sign.ADD),
            Tile(ADDRESS, translate("Setup", "Address of a stream…"), sign=Sign.ADD),
        ]

    def _tile(self, name: str, words: str, said: str, camera: CameraSettings) -> Tile:
        used = self._used is not None and _same(self._used, camera)
        chosen = self.chosen is not None and _same(self.chosen, camera)
        sign = Sign.GOOD if used else Sign.NONE
        return Tile(name, words, "" if used else said, sign, chosen=chosen)

    def _name(self, camera: CameraSettings) -> str:
        for one in self._found:
            if (one.kind, one.source) == (camera.kind, camera.source):
                return one.name or one.source
        if camera.kind == "simulated":
            return translate("Setup", "Demo: drawn parts")
        return f"{kind_word(camera.kind)} {mask(camera.source)}".strip()

    def _note(self) -> str:
        """What the driver tells of the chosen one; else which drivers are missing."""
        for one in self._found:
            chosen = self.chosen
            if chosen is not None and (one.kind, one.source) == (chosen.kind, chosen.source):
                return (
                    f"{kind_word(one.kind)} · {one.detail}" if one.detail else kind_word(one.kind)
                )
        return "\n".join(_reason(one) for one in self._missing)


def _reason(fault: Fault) -> str:
    """Short where it is only a driver that is not there: most stations need one of them."""
    if fault.code is ErrorCode.CAMERA_DRIVER_MISSING:
        return f"{kind_word(fault.fact('kind'))}: {fault.fact('reason')}"
    return fault_text(fault)


def _same(one: CameraSettings, other: CameraSettings) -> bool:
    return (one.kind, one.source) == (other.kind, other.source)


def kind_word(kind: str) -> str:
    """What a kind of camera is called; names of the trade are the same everywhere."""
    match kind:
        case "aravis":
            return "GigE / USB3 Vision"
        case "gentl":
            return "GenTL"
        case "basler":
            return "Basler pylon"
        case "uvc" | "opencv":
            return translate("Setup", "Web camera")
        case "stream":
            return translate("Setup", "Stream")
        case "folder":
            return translate("Setup", "Folder")
        case "video":
            return translate("Setup", "Video file")
        case _:
            return kind
