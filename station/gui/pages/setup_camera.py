"""The camera room of the Setup page: which one, what it shows, what is set, where to look."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.domain.part import Frame
from station.domain.recipe import Recipe
from station.errors import Fault
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_areas import AreaDesk
from station.gui.pages.setup_features import Features
from station.gui.pages.setup_room import CameraRoom, Change, Workers
from station.gui.pages.setup_scope import Light, Scope
from station.gui.pages.setup_sources import Sources
from station.gui.picture import Picture
from station.gui.pictures import resized, to_image
from station.gui.preview import Preview, StillStudio
from station.gui.texts import fault_text, number, percent, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.area_editor import AreaEditor
from station.gui.widgets.meters import FocusMeter, LightMeter
from station.gui.widgets.touch_key import Tone
from station.settings import CameraSettings

METER_MS = 200
NARROW = 520  # pixels: the meters stand one over the other then
FROZEN = "frozen"
SHARP_ENOUGH = 0.9  # of the best so far


class CameraDesk(QWidget):
    """`busy(words)` while the line changes over, empty when it did; `said` and `failed` are news.

    `save(recipe)`: somebody drew other areas and confirmed them.
    """

    busy = Signal(str)
    said = Signal(str)
    failed = Signal(object)
    save = Signal(object)

    def __init__(self, room: CameraRoom, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._workers = room, workers
        self._theme = DARK
        self._frozen: Frame | None = None
        self._used: CameraSettings | None = None
        self._searched = False
        self._fault: Fault | None = None
        self.scope = Scope(room.live)
        self._preview = Preview(self.scope.take, self)
        self._studio = StillStudio(self)
        self.sources = Sources()
        self.editor = AreaEditor()
        self.light, self.focus = LightMeter(), FocusMeter()
        self.features = Features(room, workers)
        self.areas = AreaDesk(self.editor)
        self.best_key = parts.key()
        self._arrange()
        self._connect()
        self.set_theme(DARK)

    def _arrange(self) -> None:
        self.settings_key, self.areas_key = parts.key(Tone.SEGMENT), parts.key(Tone.SEGMENT)
        group = QButtonGroup(self)
        self._segments = QHBoxLayout()
        self._stack = QStackedWidget()
        for key, room in ((self.settings_key, self.features), (self.areas_key, self.areas)):
            group.addButton(key)
            self._segments.addWidget(key, 1)
            self._stack.addWidget(room)
        self.settings_key.setChecked(True)
        self._right_panel, self._meter_panel = parts.panel(), parts.panel()
        right, self._meters = QVBoxLayout(self._right_panel), QHBoxLayout(self._meter_panel)
        right.addLayout(self._segments)
        right.addWidget(self._stack, 1)
        focus = QHBoxLayout()
        focus.addWidget(self.focus, 1)
        focus.addWidget(self.best_key)
        self._meters.addWidget(self.light, 3)
        self._meters.addLayout(focus, 3)
        self._middle, self._row = QVBoxLayout(), QHBoxLayout(self)
        self._middle.addWidget(self.editor, 1)
        self._middle.addWidget(self._meter_panel)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.sources)
        self._row.addLayout(self._middle, 1)
        self._row.addWidget(self._right_panel)

    def _connect(self) -> None:
        self.editor.room_changed.connect(self._room_changed)
        self._preview.ready.connect(self._show_live)
        self._studio.ready.connect(self._show_made)
        self.sources.search.connect(self.search)
        self.sources.wanted.connect(self.use)
        self.features.failed.connect(self.failed)
        self.features.kept.connect(self._kept)
        self.features.trigger.connect(self._trigger)
        self.areas.freeze.connect(self.freeze)
        self.areas.said.connect(self.said)
        self.areas.save.connect(self.save)
        self.best_key.clicked.connect(self._forget_best)
        self.settings_key.toggled.connect(lambda is_on: self._show_side(0 if is_on else 1))
        self._timer = QTimer(self)
        self._timer.setInterval(METER_MS)
        self._timer.timeout.connect(self._show_meters)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        gap = theme.px(14)
        for layout in (self._row, self._middle):
            layout.setSpacing(gap)
        parts.column(self._right_panel, theme)
        edge = theme.px(18)
        self._meters.setContentsMargins(edge, theme.px(10), edge, theme.px(10))
        self._meters.setSpacing(theme.px(24))
        parts.high(theme, self.settings_key, self.areas_key, self.best_key)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widths follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        self.sources.setFixedWidth(max(theme.px(360), 264))
        self._right_panel.setFixedWidth(max(theme.px(520), 372))
        room = self.width() - self.sources.width() - self._right_panel.width()
        narrow = room < NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._meters.setDirection(way)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.settings_key.set_title(translate("Setup", "Settings"))
        self.areas_key.set_title(translate("Setup", "Region"))
        self.best_key.set_title(translate("Setup", "Reset"))
        self.editor.set_empty(translate("Setup", "No picture yet"))
        for one in (self.sources, self.features, self.areas):
            one.retranslate()
        self._show_tag()
        self._show_meters()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """It came into sight: pictures flow, and the first time cameras are looked for."""
        self._room_changed()
        self._preview.open()
        self._studio.open()
        self._timer.start()
        self._read_used()
        self.features.reload()
        if not self._searched:
            self.search()

    def closed(self) -> None:
        """It went out of sight; what was drawn stays."""
        self._timer.stop()
        self._preview.close()
        self._studio.close()

    def set_recipe(self, recipe: Recipe) -> None:
        """By which recipe the line inspects."""
        self.scope.region = recipe.roi
        self.areas.set_recipe(recipe)

    def set_fault(self, fault: Fault | None) -> None:
        """What is wrong with the line; what can be set is asked anew when it is well again."""
        before, self._fault = self._fault, fault
        self._show_tag()
        if before is not None and fault is None and self._timer.isActive():
            self.features.reload()

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def search(self) -> None:
        """Look for cameras, in a process of its own."""
        self._searched = True
        self.sources.set_searching(True)
        self._workers.search.run(self._room.search, self._found, self._not_found)

    def _found(self, search: object) -> None:
        self.sources.set_searching(False)
        self.sources.show_found(search)  # type: ignore[arg-type]  # a Search

    def _not_found(self, fault: Fault) -> None:
        self.sources.set_searching(False)
        self.failed.emit(fault)

    def use(self, camera: CameraSettings) -> None:
        """Have the line look through that one."""
        before, order = self._used, self._room.use
        self.freeze(False)
        self.sources.set_busy(True)
        self.busy.emit(translate("Setup", "The line takes over the other camera…"))

        def done(change: Change) -> None:
            self._show_used(camera, before)
            self._settle()
            self.said.emit(_came_of(change))

        def failed(fault: Fault) -> None:
            self._read_used(before)
            self._settle()
            self.failed.emit(fault)

        self._workers.orders.run(lambda: order(camera), done, failed)

    def _settle(self) -> None:
        self.sources.set_busy(False)
        self.busy.emit("")
        self.scope.forget()
        self.editor.show_picture(None)  # that of the other camera would pass for this one's
        self.areas.retranslate()
        self.features.forget()
        self.features.reload()

    def _read_used(self, before: CameraSettings | None = None) -> None:
        self._workers.orders.run(
            self._room.chosen, lambda used: self._show_used(used, before), self.failed.emit
        )

    def _show_used(self, camera: CameraSettings, before: CameraSettings | None = None) -> None:
        self._used = camera
        self.sources.set_used(camera, before)
        self.features.set_used(camera)

    def _trigger(self, way: str) -> None:
        """The driver sets it when the camera is opened."""
        if self._used is not None:
            options = {**self._used.options, "trigger": way}
            self.use(self._used.model_copy(update={"options": options}))

    def _kept(self, camera: CameraSettings) -> None:
        self._show_used(camera)
        self.said.emit(translate("Setup", "Kept: it is set whenever the camera is opened."))

    # ── pictures ────────────────────────────────────────────────────────────────────────────

    def freeze(self, is_on: bool) -> None:
        """Let the picture stand still to draw on it, or live again."""
        if is_on and self.scope.frame is None:
            return
        self._frozen = self.scope.frame if is_on else None
        self.editor.set_editing(is_on)
        if is_on:
            self._order_frozen()
            self.areas_key.setChecked(True)
            self.editor.setFocus()
        self._show_tag()
        self.areas.retranslate()

    def _order_frozen(self) -> None:
        frame, room = self._frozen, self.editor.room
        if frame is not None:
            self._studio.order(FROZEN, lambda: _still(frame, room))

    def _room_changed(self) -> None:
        self._preview.set_room(self.editor.room)
        self._order_frozen()

    def _show_live(self) -> None:
        picture = self._preview.take_picture()
        if picture is not None and self._frozen is None:
            before = self.editor.frame_size
            self.editor.show_picture(picture)
            if picture.source != before:
                self.areas.retranslate()  # what fits into the one may not into the other

    def _show_made(self) -> None:
        made = self._studio.take_made().get(FROZEN)
        if made is not None and made.picture is not None and self._frozen is not None:
            self.editor.show_picture(made.picture)

    def _show_tag(self) -> None:
        tag = translate("Inspect", "LIVE")
        if self._frozen is not None:
            tag = translate("Setup", "FROZEN")
        elif self._fault is not None:
            tag = translate("Inspect", "FAULT")
        self.editor.set_tag(tag)

    def _show_side(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        if place == 0 and self.editor.is_editing:
            self.freeze(False)  # who sets the light wants to see it

    # ── meters ──────────────────────────────────────────────────────────────────────────────

    def _forget_best(self) -> None:
        self.scope.best = 0.0

    def _show_meters(self) -> None:
        light = self.scope.light
        words, role = _light_words(light)
        values = "–" if light is None else _light_values(light)
        self.light.set_words(translate("Setup", "Light").upper(), words, role, values)
        self.light.set_bins(light.bins if light else ())
        now, best = (light.focus if light else 0.0), self.scope.best
        sharp = best > 0 and now >= SHARP_ENOUGH * best
        verdict = translate("Setup", "at its best") if sharp else translate("Setup", "softer")
        figures = translate("Setup", "{now} · best {best}", now=number(now), best=number(best))
        title = translate("Setup", "Sharpness").upper()
        role = "ok_text" if sharp else "review_text"
        self.focus.set_words(title, verdict if light else "", role, figures if light else "–")
        self.focus.set_value(now, best)


def _light_words(light: Light | None) -> tuple[str, str]:
    if light is None:
        return "", "muted"
    if light.is_bright:
        return translate("Setup", "too bright"), "ng_text"
    if light.is_dim:
        return translate("Setup", "too dark"), "ng_text"
    return translate("Setup", "good"), "ok_text"


def _light_values(light: Light) -> str:
    return translate(
        "Setup",
        "mean {mean} · white {white} · black {black}",
        mean=number(light.mean),
        white=percent(light.white, 1),
        black=percent(light.black, 1),
    )


def _came_of(change: Change) -> str:
    """How the line stands with the new camera."""
    if change.ignored:
        return translate(
            "Setup",
            "The station was started with another camera, {camera}, which goes on. Start it anew"
            " without --camera and --source.",
            camera=change.camera,
        )
    if change.fault is not None:
        return fault_text(change.fault)
    return translate("Setup", "The line looks through {camera} now.", camera=change.camera)


def _still(frame: Frame, room: QSize) -> Picture:
    height, width = frame.pixels.shape[:2]
    return Picture(to_image(resized(frame.pixels, room, fine=True)), QSize(width, height))
