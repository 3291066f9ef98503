"""What is set on the camera: exposure, gain and trigger first, then all, within its own limits."""

import re

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.cameras.features import Feature, FeatureKind, Setting
from station.errors import ErrorCode, Fault
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_room import CameraRoom, Workers
from station.gui.texts import fault_text, number, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.feature_row import FeatureRow
from station.gui.widgets.touch_key import Tone
from station.settings import CameraSettings

FIRST = ("ExposureTime", "Gain", "TriggerMode")
AGAIN_MS = 700  # after a change others may have other limits
TRIGGERED = ("aravis", "gentl", "basler")  # kinds whose driver sets the trigger as a whole
TRIGGERS = ("free", "software", "line")


class Features(QWidget):
    """`failed(fault)` with what the camera refused; `kept(settings)` once it is in the settings.

    `trigger(value)` when pictures are to come in another way: for that the line begins anew.

    What a person sets takes effect at once, and lasts until the line ends unless it is kept.
    """

    failed = Signal(object)
    kept = Signal(object)
    trigger = Signal(str)

    def __init__(self, room: CameraRoom, workers: Workers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._workers = room, workers
        self._theme = DARK
        self._features: tuple[Feature, ...] = ()
        self._rows: dict[str, FeatureRow] = {}
        self._asked: dict[str, Setting] = {}
        self._is_busy = self._is_full = False
        self._fault: Fault | None = None
        self._changed: dict[str, Setting] = {}
        self._way = ""
        self.trigger_note, self.trigger_key = parts.note(), parts.key()
        self.note, self.keep_note = parts.note(), parts.note()
        self.all_key, self.keep_key = parts.key(), parts.key(Tone.PRIMARY)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for one in (self.trigger_note, self.trigger_key, self.note):
            layout.addWidget(one)
        layout.addWidget(parts.scroll(self._list), 1)
        for one in (self.all_key, self.keep_note, self.keep_key):
            layout.addWidget(one)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.reload)
        self.trigger_key.clicked.connect(self._ask_trigger)
        self.all_key.clicked.connect(self._toggle)
        self.keep_key.clicked.connect(self.keep)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        parts.high(theme, self.trigger_key, self.all_key, self.keep_key)
        self._column.setContentsMargins(0, 0, theme.px(14), 0)

    def retranslate(self) -> None:
        """Write all words anew."""
        for name, row in self._rows.items():
            self._name(row, name)
        self._show()

    def set_used(self, camera: CameraSettings) -> None:
        """The camera of the settings: how its pictures come, where its driver has a say in that."""
        triggered = camera.kind in TRIGGERED
        self._way = str(camera.options.get("trigger", TRIGGERS[0])) if triggered else ""
        self._show()

    def _ask_trigger(self) -> None:
        choices = tuple((one, trigger_word(one)) for one in TRIGGERS)
        title = translate("Setup", "How do the pictures come?")
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(self._choose_trigger)
        dialog.open()

    def _choose_trigger(self, way: str) -> None:
        if way != self._way:
            self.trigger.emit(way)

    # ── reading ─────────────────────────────────────────────────────────────────────────────

    def forget(self) -> None:
        """Another camera: nothing of this one counts."""
        self._features, self._changed, self._fault = (), {}, None
        self._asked.clear()
        self._show()

    def reload(self) -> None:
        """Ask the camera what can be set."""
        self._workers.looks.run(self._room.features, self._came, self._not_there)

    def _came(self, features: tuple[Feature, ...]) -> None:
        self._features = features
        self._fault = None
        self._show()

    def _not_there(self, fault: Fault) -> None:
        self._fault = fault
        if fault.code is ErrorCode.CAMERA_NO_FEATURES:
            self._features = ()
        self._show()

    # ── setting ─────────────────────────────────────────────────────────────────────────────

    def ask(self, name: str, value: Setting) -> None:
        """Set it; while the camera is busy only the last wish for each is remembered."""
        self._asked[name] = value
        self._next()

    def _next(self) -> None:
        if self._is_busy or not self._asked:
            return
        name, value = next(iter(self._asked.items()))
        del self._asked[name]
        self._is_busy = True
        adjust = self._room.adjust
        self._workers.looks.run(
            lambda: adjust(name, value), self._granted, lambda fault: self._refused(name, fault)
        )

    def _granted(self, feature: Feature) -> None:
        self._is_busy = False
        if feature.kind is not FeatureKind.COMMAND:
            self._changed[feature.name] = feature.value
        self._features = tuple(
            feature if one.name == feature.name else one for one in self._features
        )
        self._show()
        self._again.start(AGAIN_MS)
        self._next()

    def _refused(self, name: str, fault: Fault) -> None:
        """Say why, and show again what the camera has."""
        self._is_busy = False
        self._asked.pop(name, None)
        self._show()
        self.failed.emit(fault)
        self._again.start(AGAIN_MS)
        self._next()

    def keep(self) -> None:
        """Have what was changed set whenever the camera is opened."""
        changed, keep = dict(self._changed), self._room.keep
        if changed:
            self.keep_key.setEnabled(False)
            self._workers.orders.run(
                lambda: keep(changed), lambda camera: self._are_kept(changed, camera), self._unkept
            )

    def _are_kept(self, kept: dict[str, Setting], camera: CameraSettings) -> None:
        self._changed = {
            name: value for name, value in self._changed.items() if kept.get(name) != value
        }
        self._show()
        self.kept.emit(camera)

    def _unkept(self, fault: Fault) -> None:
        self._show()
        self.failed.emit(fault)

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def row(self, name: str) -> FeatureRow:
        """The row of that feature."""
        return self._rows[name]

    def _toggle(self) -> None:
        self._is_full = not self._is_full
        self._show()

    def _shown(self) -> list[Feature]:
        known = {one.name: one for one in self._features}
        first = [known[name] for name in FIRST if name in known]
        rest = [one for one in self._features if one.name not in FIRST]
        return [*first, *rest] if self._is_full or not first else first

    def _show(self) -> None:
        shown = self._shown()
        if [one.name for one in shown] != list(self._rows):
            self._rebuild(shown)
        for feature in shown:
            self._rows[feature.name].show_feature(feature)
        self.trigger_note.setText(translate("Setup", "Trigger"))
        self.trigger_key.set_title(trigger_word(self._way))
        for one in (self.trigger_note, self.trigger_key):
            one.setVisible(bool(self._way))
        more = len(self._features) - len(shown)
        fewer = translate("Setup", "Fewer settings")
        all_ = translate("Setup", "All settings ({count} more)", count=number(more))
        self.all_key.set_title(fewer if self._is_full else all_)
        self.all_key.setVisible(more > 0 or self._is_full)
        self.note.setText("" if self._fault is None else fault_text(self._fault))
        self.note.setVisible(self._fault is not None)
        count = len(self._changed)
        self.keep_key.set_title(translate("Setup", "Keep"))
        self.keep_key.setEnabled(count > 0)
        self.keep_key.setVisible(bool(self._features))
        self.keep_note.setText(
            translate("Setup", "What was changed lasts until the line ends, unless it is kept.")
        )
        self.keep_note.setVisible(count > 0)

    def _rebuild(self, shown: list[Feature]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for one in shown:
            row = FeatureRow()
            self._column.insertWidget(self._column.count() - 1, row)
            row.show_feature(one)
            self._name(row, one.name)
            row.wanted.connect(lambda value, name=one.name: self.ask(name, value))
            row.choice.connect(lambda name=one.name: self._ask_choice(name))
            self._rows[one.name] = row
            row.set_theme(self._theme)

    def _name(self, row: FeatureRow, name: str) -> None:
        row.set_words(
            feature_word(name),
            translate("Setup", "On"),
            translate("Setup", "Off"),
            translate("Setup", "Do it"),
        )

    def _ask_choice(self, name: str) -> None:
        feature = self._rows[name].feature
        choices = tuple((one, one) for one in feature.choices)
        dialog = ChoiceDialog(feature_word(name), choices, self._theme, self.window())
        dialog.chosen.connect(lambda value: self.ask(name, value))
        dialog.open()


def trigger_word(way: str) -> str:
    """How pictures come, in words."""
    known = {
        "free": translate("Setup", "Pictures come by themselves"),
        "software": translate("Setup", "One for each part, by software"),
        "line": translate("Setup", "At the camera’s own input line"),
    }
    return known.get(way, way)


def feature_word(name: str) -> str:
    """What a feature is called; those that nobody translated by their name, in words."""
    known = {
        "ExposureTime": translate("Setup", "Exposure time"),
        "ExposureAuto": translate("Setup", "Exposure by itself"),
        "Gain": translate("Setup", "Gain"),
        "GainAuto": translate("Setup", "Gain by itself"),
        "TriggerMode": translate("Setup", "Trigger"),
        "TriggerSource": translate("Setup", "Trigger source"),
        "AcquisitionFrameRate": translate("Setup", "Frame rate"),
        "PixelFormat": translate("Setup", "Pixel format"),
        "BlackLevel": translate("Setup", "Black level"),
        "Width": translate("Setup", "Width"),
        "Height": translate("Setup", "Height"),
    }
    return known.get(name) or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
