"""Which machine is served, at which address, and whether the station runs dry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from station.errors import SettingsError
from station.gui.pages import setup_fields as fields
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_fields import Field, FieldKind
from station.gui.texts import translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.touch_key import Tone, TouchKey
from station.machine.registry import known_kinds
from station.settings import MachineSettings


class MachineForm(QFrame):
    """`wanted(settings)` when a machine is to be served, `failed(fault)` for what makes no sense.

    What was entered stays until it is used or the kind is changed.
    """

    wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = DARK
        self._used: MachineSettings | None = None
        self._before: MachineSettings | None = None
        self._kind = "manual"
        self._values: dict[str, str] = {}
        self._shown: tuple[Field, ...] = ()
        self.entries: dict[str, QLineEdit | TouchKey] = {}
        self._labels: dict[str, QLabel] = {}
        self._is_busy = False
        self.caption, self.note, self.dry_note = parts.caption(), parts.note(), parts.note()
        self.kind_key, self.dry_key = parts.key(), parts.key(Tone.DEFECT)
        self.back_key, self.use_key = parts.key(), parts.key(Tone.PRIMARY)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        for one in (self.caption, self.kind_key, self.note):
            layout.addWidget(one)
        layout.addWidget(parts.scroll(self._body), 1)
        for one in (self.dry_note, self.dry_key, self.back_key, self.use_key):
            layout.addWidget(one)
        self.kind_key.clicked.connect(self._ask_kind)
        self.dry_key.clicked.connect(self._toggle_dry)
        self.use_key.clicked.connect(self._use)
        self.back_key.clicked.connect(self._go_back)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        parts.column(self, theme)
        self._column.setContentsMargins(0, 0, theme.px(14), 0)
        self._column.setSpacing(theme.px(4))
        parts.high(theme, self.kind_key, self.dry_key, self.back_key, self.use_key)
        parts.high(theme, *self.entries.values())

    def retranslate(self) -> None:
        """Write all words anew."""
        self.caption.setText(translate("Setup", "Machine").upper())
        self.use_key.set_title(translate("Setup", "Use this machine"))
        self.dry_note.setText(
            translate("Setup", "Dry: parts are inspected, and the machine is left alone.")
        )
        self._show()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def set_used(self, used: MachineSettings, before: MachineSettings | None = None) -> None:
        """The machine of the settings, and the one that it took the place of."""
        fresh = self._used is None or self._used != used
        self._used = used
        self._before = before if before is not None and before != used else None
        if fresh:
            self._kind, self._values = used.kind, fields.values_of(used)
            self._rebuild()
        self._show()

    def set_busy(self, is_on: bool) -> None:
        """The line changes over: nothing else may be ordered."""
        self._is_busy = is_on
        self._show()

    @property
    def kind(self) -> str:
        """Which kind is chosen."""
        return self._kind

    # ── what the person does ────────────────────────────────────────────────────────────────

    def choose_kind(self, kind: str) -> None:
        """Ask for the options of that kind."""
        if kind != self._kind:
            self._kind = kind
            used = self._used
            self._values = fields.values_of(used) if used and used.kind == kind else {}
            self._rebuild()
            self._show()

    def enter(self, name: str, value: str) -> None:
        """Give an option that value."""
        self._values[name] = value
        self._show()

    def _ask_kind(self) -> None:
        choices = tuple((kind, fields.kind_word(kind)) for kind in known_kinds())
        title = translate("Setup", "What does the station serve?")
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(self.choose_kind)
        dialog.open()

    def _ask_choice(self, field: Field) -> None:
        choices = tuple((one or "-", fields.choice_word(one)) for one in field.choices)
        title = fields.field_word(field.name)
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(lambda one: self.enter(field.name, "" if one == "-" else one))
        dialog.open()

    def _use(self) -> None:
        self._order(self._kind, self._values, self._used is not None and self._used.dry)

    def _toggle_dry(self) -> None:
        """With the machine that is served; what is only entered is not used by this."""
        used = self._used
        self.dry_key.setChecked(used is not None and used.dry)
        if used is not None:
            self.wanted.emit(used.model_copy(update={"dry": not used.dry}))

    def _go_back(self) -> None:
        if self._before is not None:
            self.wanted.emit(self._before)

    def _order(self, kind: str, values: dict[str, str], dry: bool) -> None:
        try:
            self.wanted.emit(fields.machine_of(kind, values, dry))
        except SettingsError as error:
            self.failed.emit(error.fault)

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _rebuild(self) -> None:
        for one in (*self._labels.values(), *self.entries.values()):
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._labels, self.entries = {}, {}
        self._shown = fields.fields_of(self._kind)
        for field in self._shown:
            label, entry = QLabel(), self._entry(field)
            label.setProperty("role", "muted")
            self._labels[field.name], self.entries[field.name] = label, entry
            for one in (label, entry):
                self._column.insertWidget(self._column.count() - 1, one)
            if isinstance(entry, TouchKey):
                entry.set_theme(self._theme)
        parts.high(self._theme, *self.entries.values())

    def _entry(self, field: Field) -> QLineEdit | TouchKey:
        if field.kind is FieldKind.TEXT:
            entry = QLineEdit()
            entry.setPlaceholderText(field.usual)
            entry.textEdited.connect(lambda text: self._values.update({field.name: text}))
            entry.returnPressed.connect(self._use)
            return entry
        key = parts.key()
        if field.kind is FieldKind.CHOICE:
            key.clicked.connect(lambda: self._ask_choice(field))
        else:
            key.clicked.connect(lambda: self._switch(field))
        return key

    def _switch(self, field: Field) -> None:
        is_on = self._values.get(field.name) or field.usual
        self.enter(field.name, "false" if is_on == "true" else "true")

    def _show(self) -> None:
        self.kind_key.set_title(fields.kind_word(self._kind))
        self.note.setText(fields.kind_note(self._kind))
        self.note.setVisible(bool(self.note.text()))
        for field in self._shown:
            self._show_field(field)
        used, free = self._used, not self._is_busy
        self.use_key.setEnabled(free and used is not None)
        self.dry_key.setEnabled(free and used is not None)
        self.dry_key.setChecked(used is not None and used.dry)
        on, off = translate("Setup", "Dry run: on"), translate("Setup", "Dry run: off")
        self.dry_key.set_title(on if used is not None and used.dry else off)
        self.back_key.setVisible(self._before is not None)
        self.dry_note.setVisible(self._before is None)  # a low window has no room for both
        self.back_key.setEnabled(free)
        if self._before is not None:
            name = f"{fields.kind_word(self._before.kind)} {self._before.address}".strip()
            self.back_key.set_title(translate("Setup", "Back to {name}", name=name))

    def _show_field(self, field: Field) -> None:
        label, entry = self._labels[field.name], self.entries[field.name]
        word = fields.field_word(field.name)
        label.setText(word)
        entry.setAccessibleName(word)
        value = self._values.get(field.name, "")
        if isinstance(entry, QLineEdit):
            if entry.text() != value:
                entry.setText(value)
        elif field.kind is FieldKind.CHOICE:
            entry.set_title(fields.choice_word(value or field.usual))
        else:
            on, off = translate("Setup", "On"), translate("Setup", "Off")
            entry.set_title(on if (value or field.usual) == "true" else off)
