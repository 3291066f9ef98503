"""The machine room of the Setup page: which one, its signals live, the test, the simulated PLC."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.errors import ErrorCode, Fault
from station.gui.pages import setup_fields as fields
from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_form import MachineForm
from station.gui.pages.setup_plc import PlcPanel
from station.gui.pages.setup_room import Change, MachineRoom, PlcRoom, PlcView, Workers
from station.gui.texts import fault_text, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.signal_list import SignalList
from station.gui.widgets.touch_key import Tone
from station.machine.base import Signal as MachineSignal
from station.machine.base import Value
from station.settings import MachineSettings

LOOK_MS = 200
YES = "yes"


class MachineDesk(QWidget):
    """`busy(words)` while the line changes over, empty when it did; `said` and `failed` are news.

    `warned(words)`: what must stand large over the page as long as it holds; empty: nothing.
    """

    busy = Signal(str)
    said = Signal(str)
    failed = Signal(object)
    warned = Signal(str)

    def __init__(
        self,
        room: MachineRoom,
        plc: PlcRoom,
        workers: Workers,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._room, self._plc, self._workers = room, plc, workers
        self._theme = DARK
        self._used: MachineSettings | None = None
        self._is_looking = self._is_busy = False
        self.is_testing = False
        self._plc_told: Fault | None = None
        self._no_signals = ""
        self.form = MachineForm()
        self.signals = SignalList()
        self._arrange()
        self._connect()
        self.set_theme(DARK)

    def _arrange(self) -> None:
        self._panel, self.plc = parts.panel(), PlcPanel()
        self.caption, self.empty = parts.caption(), parts.note()
        self.test_key = parts.key(Tone.DANGER)
        middle = QVBoxLayout(self._panel)
        self._area = parts.scroll(self.signals)
        middle.addWidget(self.caption)
        middle.addWidget(self.empty)
        middle.addWidget(self._area, 1)
        middle.addWidget(self.test_key)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.form)
        self._row.addWidget(self._panel, 3)
        self._row.addWidget(self.plc, 2)

    def _connect(self) -> None:
        self.form.wanted.connect(self.use)
        self.form.failed.connect(self.failed)
        self.signals.pressed.connect(self.press)
        self.test_key.clicked.connect(lambda: self.test(not self.is_testing))
        self.plc.toggled.connect(self._toggle_plc)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        self._theme = theme
        self._row.setSpacing(theme.px(14))
        parts.column(self._panel, theme)
        parts.high(theme, self.test_key)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widths follow the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.form.setFixedWidth(max(self._theme.px(460), 324))

    def retranslate(self) -> None:
        """Write all words anew."""
        self.caption.setText(translate("Setup", "Signals").upper())
        self.plc.retranslate()
        self.signals.set_words(
            translate("Setup", "in"),
            translate("Setup", "out"),
            translate("Setup", "On"),
            translate("Setup", "Off"),
        )
        self.form.retranslate()
        self._show()

    # ── what the page tells ─────────────────────────────────────────────────────────────────

    def opened(self) -> None:
        """It came into sight; what a window that died left behind is put back."""
        self._timer.start()
        self._read_used()
        if not self.is_testing and not self._is_busy and not self._plc.look().running:
            self._workers.orders.run(self._plc.end, self._plc_ended, self._failed_over)

    def closed(self) -> None:
        """It went out of sight: the test and the simulated PLC end."""
        self._timer.stop()
        if self.is_testing:
            self.test(False)
        if self._plc.look().running:
            self._end_plc()

    # ── serving ─────────────────────────────────────────────────────────────────────────────

    def use(self, machine: MachineSettings) -> None:
        """Have the line serve that one."""
        before, order = self._used, self._room.use
        if self.is_testing:
            self.test(False)
        self._change_over()

        def done(change: Change) -> None:
            self._used = machine
            self.form.set_used(machine, before)
            self._settle()
            self.said.emit(_came_of(change, machine))

        self._workers.orders.run(lambda: order(machine), done, self._failed_over)

    def _change_over(self) -> None:
        self._is_busy = True
        self.form.set_busy(True)
        self.busy.emit(translate("Setup", "The line takes over the machine…"))
        self._show()

    def _settle(self) -> None:
        self._is_busy = False
        self.form.set_busy(False)
        self.busy.emit("")
        self._show()

    def _failed_over(self, fault: Fault) -> None:
        self._read_used(self._used)
        self._settle()
        self.failed.emit(fault)

    def _read_used(self, before: MachineSettings | None = None) -> None:
        def came(machine: MachineSettings) -> None:
            self._used = machine
            self.form.set_used(machine, before)
            self._show()

        self._workers.orders.run(self._room.chosen, came, self.failed.emit)

    # ── signals and test ────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """Ask anew once the last answer came."""
        self._show_plc(self._plc.look())
        if not self._is_looking and not self._is_busy:
            self._is_looking = True
            self._workers.looks.run(self._room.signals, self._seen, self._not_seen)

    def _seen(self, signals: tuple[MachineSignal, ...]) -> None:
        self._is_looking = False
        self._no_signals = ""
        self.signals.show_signals(signals)
        self._show()

    def _not_seen(self, fault: Fault) -> None:
        self._is_looking = False
        self._no_signals = fault_text(fault)
        self.signals.show_signals(())
        if self.is_testing and fault.code in (ErrorCode.LINE_LOST, ErrorCode.MACHINE_NO_SIGNALS):
            self._tested(False)  # the line that was in the test is gone
        self._show()

    def test(self, is_on: bool) -> None:
        """Begin or end the test mode; the first after a question."""
        order = self._room.test
        if not is_on:
            self._workers.looks.run(
                lambda: order(False), lambda _: self._tested(False), self.failed.emit
            )
            self._tested(False)
            return
        title = translate(
            "Setup",
            "Test the outputs? No part is inspected meanwhile, and each output does what you"
            " press. Make sure that nobody is near the machine.",
        )
        choices = ((YES, translate("Setup", "Begin the test")),)
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(
            lambda _: self._workers.looks.run(
                lambda: order(True), lambda _: self._tested(True), self.failed.emit
            )
        )
        dialog.open()

    def _tested(self, is_on: bool) -> None:
        if is_on and not self._timer.isActive():  # the page was left before the answer came
            self.test(False)
            return
        self.is_testing = is_on
        self.signals.set_testing(is_on)
        self._show()

    def press(self, name: str, value: Value) -> None:
        """Set an output."""
        order = self._room.press
        self._workers.looks.run(lambda: order(name, value), lambda _: None, self.failed.emit)

    # ── the simulated PLC ───────────────────────────────────────────────────────────────────

    def _toggle_plc(self) -> None:
        if self._plc.look().running:
            self._end_plc()
            return
        name = f"{fields.kind_word(self._used.kind)} {self._used.address}" if self._used else ""
        title = translate(
            "Setup",
            "Serve the simulated PLC instead of “{name}”? It comes back when the simulation ends.",
            name=name.strip(),
        )
        choices = ((YES, translate("Setup", "Start the simulated PLC")),)
        dialog = ChoiceDialog(title, choices, self._theme, self.window())
        dialog.chosen.connect(lambda _: self.begin_plc())
        dialog.open()

    def begin_plc(self) -> None:
        """Start it, and have the line serve it."""
        self._plc_told = None
        self._change_over()
        self._workers.orders.run(self._plc.begin, self._plc_began, self._failed_over)

    def _plc_began(self, change: Change) -> None:
        self._read_used()
        self._settle()
        if change.fault is not None:
            self.said.emit(fault_text(change.fault))
        if not self._timer.isActive():  # the page was left meanwhile
            self._end_plc()

    def _end_plc(self) -> None:
        self._change_over()
        self._workers.orders.run(self._plc.end, self._plc_ended, self._failed_over)

    def _plc_ended(self, change: Change | None) -> None:
        self._read_used()
        self._settle()
        if change is not None:
            words = translate("Setup", "The simulation has ended; the machine of before is served.")
            self.said.emit(words if change.fault is None else fault_text(change.fault))

    def _show_plc(self, view: PlcView) -> None:
        self.plc.show_view(view, self._is_busy)
        if view.fault is not None and view.fault != self._plc_told and not self._is_busy:
            self._plc_told = view.fault
            self.failed.emit(view.fault)
            self._end_plc()

    # ── showing ─────────────────────────────────────────────────────────────────────────────

    def _show(self) -> None:
        self.empty.setText(self._no_signals)
        self.empty.setVisible(bool(self._no_signals))
        begin, end = translate("Setup", "Test the outputs…"), translate("Setup", "End the test")
        self.test_key.set_title(end if self.is_testing else begin)
        self.test_key.setEnabled(self.is_testing or not (self._no_signals or self._is_busy))
        self._show_plc(self._plc.look())
        self.warned.emit(self.warning())

    def warning(self) -> str:
        """What must be seen as long as it holds."""
        if self.is_testing:
            return translate(
                "Setup", "TEST: no part is inspected, outputs do what is pressed here."
            )
        if self._used is not None and self._used.dry:
            return translate("Setup", "DRY RUN: parts are inspected, the machine is told nothing.")
        if self._plc.look().running:
            return translate("Setup", "SIMULATED PLC: the real machine is not served.")
        return ""


def _came_of(change: Change, machine: MachineSettings) -> str:
    """How the line stands with the new machine."""
    if change.fault is not None:
        return fault_text(change.fault)
    if machine.dry:
        return translate("Setup", "The station runs dry now.")
    name = f"{fields.kind_word(machine.kind)} {machine.address}".strip()
    return translate("Setup", "The line serves {name} now.", name=name)
