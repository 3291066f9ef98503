"""The address of a stream, asked from a person."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from station.gui.texts import translate
from station.gui.theme import Theme
from station.gui.widgets.choice_dialog import ChoiceDialog


def ask_address(take: Callable[[str], None], theme: Theme, window: QWidget) -> None:
    """Open the dialog over the window; `take` gets the address as it was written."""
    title = translate("Setup", "The address of a stream, such as rtsp://camera/1")
    dialog = ChoiceDialog(title, (), theme, window, translate("Setup", "Address"))
    dialog.chosen.connect(take)
    dialog.open()


def full_address(words: str) -> str:
    """That address with its protocol; without one it is taken for RTSP."""
    text = words.strip()
    return text if "://" in text else f"rtsp://{text}"
