"""The simulated PLC beside the machine: a hand-shake to learn from, part by part."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from station.gui.pages import setup_parts as parts
from station.gui.pages.setup_room import PlcPart, PlcView
from station.gui.texts import number, translate
from station.gui.theme import DARK, Theme
from station.gui.widgets.timing_diagram import TimingDiagram


class PlcPanel(QFrame):
    """`toggled` when it is to be started or ended."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._view = PlcView(running=False)
        self._is_busy = False
        self.caption, self.note = parts.caption(), parts.note()
        self.diagram, self.lines, self.key = TimingDiagram(), QPlainTextEdit(), parts.key()
        self.lines.setReadOnly(True)
        self.lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # or the window's keys would be its own
        self.lines.setMinimumHeight(60)
        layout = QVBoxLayout(self)
        layout.addWidget(self.caption)
        layout.addWidget(self.note)
        layout.addWidget(self.diagram)
        layout.addWidget(self.lines, 1)
        layout.addStretch(0)
        layout.addWidget(self.key)
        self.key.clicked.connect(self.toggled)
        self.set_theme(DARK)

    def set_theme(self, theme: Theme) -> None:
        """Take over sizes."""
        parts.column(self, theme)
        parts.high(theme, self.key)

    def retranslate(self) -> None:
        """Write all words anew."""
        self.caption.setText(translate("Setup", "Simulated PLC").upper())
        self.note.setText(
            translate(
                "Setup",
                "Learn the hand-shake at the desk: a PLC in this computer asks for parts, as a real"
                " one would. The machine of before comes back when it ends.",
            )
        )
        self.lines.setPlainText("")
        self._show()

    def show_view(self, view: PlcView, is_busy: bool) -> None:
        """How it stands now."""
        if (view, is_busy) != (self._view, self._is_busy):
            self._view, self._is_busy = view, is_busy
            self._show()

    def _show(self) -> None:
        view = self._view
        begin = translate("Setup", "Start the simulated PLC…")
        end = translate("Setup", "End the simulation")
        self.key.set_title(end if view.running else begin)
        self.key.setEnabled(not self._is_busy)
        shows = view.running or bool(view.parts)
        self.note.setVisible(not shows)
        self.diagram.setVisible(shows)
        self.lines.setVisible(shows)
        self.diagram.show_steps(view.parts[-1].steps if view.parts else ())
        text = "\n".join(_said(part) for part in reversed(view.parts))
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)


def _said(part: PlcPart) -> str:
    """One line, newest first."""
    what = translate("Setup", "passed") if part.passed else translate("Setup", "rejected")
    if part.valid_ms is None or part.busy_ms is None:
        late = translate("Setup", "no answer in time")
        return f"{part.serial} · {what} · {late}"
    times = translate(
        "Setup",
        "BUSY {busy} ms, VALID {valid} ms",
        busy=number(part.busy_ms, 1),
        valid=number(part.valid_ms),
    )
    return f"{part.serial} · {what} · {times}"
