"""Which lot and which time a person wants to see images of."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from station.gui.pages.teach_room import Since
from station.gui.pages.teach_words import since_word
from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog

ALL = "\0all"
NEWEST = 11  # lots on keys; any other can be typed


def ask_lot(
    lots: tuple[str, ...], theme: Theme, window: QWidget, chosen: Callable[[str], None]
) -> None:
    """Ask for one of the newest lots, any by its name, or all; all is empty."""
    choices = ((ALL, translate("Teach", "All lots")), *((lot, lot) for lot in lots[:NEWEST]))
    title = translate("Teach", "Of which lot?")
    dialog = ChoiceDialog(title, choices, theme, window, translate("History", "Or type it here"))
    dialog.chosen.connect(lambda lot: chosen("" if lot == ALL else lot))
    dialog.open()


def ask_since(theme: Theme, window: QWidget, chosen: Callable[[Since], None]) -> None:
    """Ask for a span of time."""
    choices = tuple((since.value, since_word(since)) for since in Since)
    dialog = ChoiceDialog(translate("Teach", "Of which time?"), choices, theme, window)
    dialog.chosen.connect(lambda since: chosen(Since(since)))
    dialog.open()
