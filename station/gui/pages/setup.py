"""Setting the station up: its camera and where to look, its machine and the signals between."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault, SettingsError
from station.gui.focus import press_focused
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_access import AccessDesk
from station.gui.pages.setup_camera import CameraDesk
from station.gui.pages.setup_machine import MachineDesk
from station.gui.pages.setup_room import SetupRoom, Workers
from station.gui.product import ProductView
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.unlock import Guard
from station.gui.widgets import paint
from station.gui.widgets.band import Band
from station.gui.widgets.notice import Notice
from station.gui.widgets.touch_key import Tone, TouchKey
from station.pipeline.events import Adopted, Event, Refused, StateChanged

SAID_SECONDS, FAILED_SECONDS = 8.0, 20.0


class SetupPage(QWidget):
    """Three rooms, one of them in sight: the camera, the machine, the administrator's PIN."""

    def __init__(
        self, room: SetupRoom, workers: Workers, guard: Guard, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._room = room
        self._theme = DARK
        self._in_sight = False
        self._line_fault: Fault | None = None
        self._busy = ""
        self.camera = CameraDesk(room.camera, workers)
        self.machine = MachineDesk(room.machine, room.plc, workers)
        self.access = AccessDesk(guard, workers.access)
        self._guard = guard
        self._arrange()
        self._connect()
        self.set_theme(DARK)
        self.retranslate()

    def _arrange(self) -> None:
        self.camera_key, self.machine_key, self.access_key = keys = [
            parts.key(Tone.SEGMENT) for _ in range(3)
        ]
        self._desks = (self.camera, self.machine, self.access)
        self.lock_key = TouchKey(sign=paint.padlock, size_mm=parts.SIZE_MM)
        self.state = QLabel()
        self.state.setProperty("role", "muted")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.band = Band()
        self._stack = QStackedWidget()
        self._group = QButtonGroup(self)
        self._head, self._rooms = QHBoxLayout(), parts.panel()
        rooms = QHBoxLayout(self._rooms)
        rooms.setContentsMargins(0, 0, 0, 0)
        for key, desk in zip(keys, self._desks, strict=True):
            self._group.addButton(key, self._stack.count())
            rooms.addWidget(key)
            self._stack.addWidget(desk)
        self._head.addWidget(self._rooms)
        self._head.addWidget(self.lock_key)
        self._head.addWidget(self.state, 1)
        self.camera_key.setChecked(True)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.band)
        self._column.addWidget(self._stack, 1)
        self.notice = Notice(self)

    def _connect(self) -> None:
        for changing in (self.camera, self.machine):
            changing.busy.connect(self._set_busy)
        for desk in self._desks:
            desk.said.connect(lambda words: self.notice.warn(words, SAID_SECONDS))
            desk.failed.connect(self._failed)
        self.machine.warned.connect(lambda words: self.band.set_words(words))
        self.camera.save.connect(self._save)
        self.notice.changed.connect(self.place_notice)
        self._group.idToggled.connect(self._room_toggled)
        self.lock_key.clicked.connect(self._guard.lock)
        self._guard.changed.connect(self._show_lock)
        self.access.said.connect(self._show_lock)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes; the widgets take over their own."""
        self._theme = theme
        gap = theme.px(14)
        self._column.setContentsMargins(gap, gap, gap, gap)
        self._column.setSpacing(gap)
        self._head.setSpacing(theme.px(10))
        parts.high(theme, *self._group.buttons(), self.lock_key)
        for key in self._group.buttons():
            key.setFixedWidth(max(theme.px(240), 160))
        self.place_notice()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notice follows."""
        super().resizeEvent(event)
        self.place_notice()

    def place_notice(self) -> None:
        """Lay the strip of news beside the keys, where nothing else is pressed."""
        gap = self._theme.px(14)
        last = self.lock_key if self.lock_key.isVisible() else self._rooms
        left = last.geometry().right() + gap
        width = max(1, self.width() - left - gap)
        height = self.notice.height_for(width)
        self.notice.setGeometry(left, gap, width, max(height, self.machine_key.height()))
        self.notice.raise_()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        """Write all words anew."""
        self.camera_key.set_title(translate("Setup", "Camera"))
        self.machine_key.set_title(translate("Setup", "Machine"))
        self.camera.retranslate()
        self.machine.retranslate()
        self.access.retranslate()
        self.access_key.set_title(translate("Setup", "PIN"))
        self.lock_key.set_title(translate("Setup", "Lock"))
        self._show_state()
        self._show_lock()

    # ── what the window tells ───────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """The page came into sight."""
        self._in_sight = True
        self._desk.opened()
        self._show_state()
        self._show_lock()

    def closed(self) -> None:
        """The page went out of sight: no test goes on, no simulated PLC."""
        self._in_sight = False
        self._desk.closed()

    def set_product(self, product: ProductView) -> None:
        """The product that is inspected from now on."""
        self.camera.set_recipe(product.recipe)

    def show_event(self, event: Event) -> None:
        """Take in what the line tells."""
        match event:
            case StateChanged(_, fault):
                self._line_fault = fault
                self.camera.set_fault(fault)
                self._show_state()
            case Adopted(recipe):
                self._adopted(recipe)
            case Refused(fault, None) if self.camera.areas.is_saving:
                self.camera.areas.not_saved()
                self._failed(fault)
            case _:
                pass

    def _adopted(self, recipe: Recipe) -> None:
        saving = self.camera.areas.is_saving
        self.camera.set_recipe(recipe)
        if saving:
            self.camera.areas.saved()
            self.camera.freeze(False)
            said = translate(
                "Setup",
                "Version {version} of {name} is in use from the next part on.",
                version=recipe.version,
                name=recipe.name,
            )
            self.notice.warn(said, SAID_SECONDS)

    # ── what the person does ────────────────────────────────────────────────────────────────

    def _room_toggled(self, place: int, is_on: bool) -> None:
        if is_on:
            self.show_room(place)

    def show_room(self, place: int) -> None:
        """Camera, machine or PIN."""
        if place == self._stack.currentIndex():
            return
        if self._in_sight:
            self._desk.closed()
        self._stack.setCurrentIndex(place)
        if self._in_sight:
            self._desk.opened()

    @Slot()
    def inspect(self) -> None:
        """Space presses the key that has the focus."""
        press_focused()

    @Slot()
    def refresh(self) -> None:
        """Look for cameras again."""
        if self._desk is self.camera:
            self.camera.search()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the key that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.inspect()
        else:
            super().keyPressEvent(event)

    def _save(self, recipe: Recipe) -> None:
        try:
            self._room.save(recipe)
        except SettingsError as error:  # locked in this very moment
            self.camera.areas.not_saved()
            self._failed(error.fault)

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    @property
    def _desk(self) -> CameraDesk | MachineDesk | AccessDesk:
        return self._desks[self._stack.currentIndex()]

    def _set_busy(self, words: str) -> None:
        self._busy = words
        for key in self._group.buttons():
            key.setEnabled(not words)
        self._show_state()

    def _failed(self, fault: Fault) -> None:
        words = fault_text(fault)
        if fault.code is ErrorCode.START_ANEW:
            words = translate("Setup", "It is kept, and counts once the station is started anew.")
        self.notice.warn(words, FAILED_SECONDS)

    def _show_state(self) -> None:
        """What the line does, where that is not simply to inspect."""
        fault = self._line_fault
        self.state.setText(self._busy or (fault_text(fault) if fault is not None else ""))
        self.state.setWordWrap(True)

    def _show_lock(self) -> None:
        """The key that locks, where there is something to lock with."""
        self.lock_key.setVisible(self._guard.door.has_pin)
        self.place_notice()
