"""Telling the station that a machine was serviced: which one, and how it was."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from station.gui import health_texts
from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.insight.health_tile import HealthTile

_WORN, _GOOD = "worn", "good"
Serviced = Callable[[str, bool], None]


def ask_machine(
    machines: Sequence[HealthTile], theme: Theme, parent: QWidget, served: Serviced
) -> None:
    """All that are watched, with how they stand; then how the one was that was serviced."""
    if len(machines) == 1:
        ask_how(machines[0].name, theme, parent, served)
        return
    title = translate("Line", "Which machine was serviced?")
    choices = tuple((tile.name, machine_word(tile)) for tile in machines)
    dialog = ChoiceDialog(title, choices, theme, parent)
    dialog.chosen.connect(lambda name: ask_how(name, theme, parent, served))
    dialog.open()


def ask_how(name: str, theme: Theme, parent: QWidget, served: Serviced) -> None:
    """What the model may learn from the run that ends here."""
    title = translate("Line", "{name} was serviced. How was it?", name=name)
    choices = (
        (_WORN, translate("Line", "Worn out, or it had failed")),
        (_GOOD, translate("Line", "Still good: serviced by plan")),
    )
    dialog = ChoiceDialog(title, choices, theme, parent)
    dialog.chosen.connect(partial(_answer, name, served))
    dialog.open()


def _answer(name: str, served: Serviced, how: str) -> None:
    served(name, how == _WORN)


def machine_word(tile: HealthTile) -> str:
    """A machine and how it stands, on one key."""
    return f"{tile.name}: {health_texts.figure(tile)}, {health_texts.detail(tile)}"
