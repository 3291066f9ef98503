"""What the keyboard does, as a table that the window walks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget


@dataclass(frozen=True, slots=True)
class Action:
    """Keys, and which slot of the page in sight they call; `window`: of the window itself."""

    slot: str
    keys: tuple[str, ...]
    argument: int | None = None
    window: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("inspect", ("Space",)),
    Action("accept", ("A", "F1")),
    Action("reject", ("R", "F2")),
    Action("undo", ("Z", "Backspace")),
    *(Action("choose_defect", (str(n),), n) for n in range(1, 10)),
    Action("forget_scanned", ("Escape",)),
    Action("find_serial", ("Ctrl+F",)),
    Action("export", ("Ctrl+E",)),
    Action("refresh", ("F5",)),
    Action("toggle_full_screen", ("F11",), window=True),
    Action("next_language", ("Ctrl+L",), window=True),
    *(Action("show_page", (f"Ctrl+{n + 1}",), n, window=True) for n in range(6)),
    Action("show_page", ("Ctrl+7", "Shift+F1"), 6, window=True),
)


def bind(
    window: QWidget, do: Callable[[Action], None], pedal: str = ""
) -> dict[str, Callable[[], None]]:
    """Have the window's keys call `do`: once for each press, and not while somebody writes.

    pedal: one more key that inspects. Gives what each key does.
    """

    def pressed(action: Action) -> None:
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            do(action)

    bound: dict[str, Callable[[], None]] = {}
    extra = (Action("inspect", (pedal,)),) if pedal else ()
    for action in (*ACTIONS, *extra):
        for key in action.keys:
            sequence = QKeySequence(key)
            act = bound[sequence.toString()] = partial(pressed, action)
            shortcut = QShortcut(sequence, window)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
    return bound
