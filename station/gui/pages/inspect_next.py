"""What the next part is called, where a scanner read that ahead of it."""

from collections.abc import Callable

from station.gui.texts import translate
from station.gui.widgets.touch_key import TouchKey

SHOWN = 18  # characters that the key has room for


class NextPart:
    """Keeps the serial until its part has come; the key says which part it inspects."""

    def __init__(self, key: TouchKey, expect: Callable[[str], None]) -> None:
        self._key = key
        self._expect = expect
        self.serial = ""

    def scanned(self, serial: str) -> None:
        """A scanner read it; another scan takes its place, and "" takes it back."""
        self._expect(serial)
        self._set(serial)

    def forget(self) -> None:
        """That part does not come."""
        if self.serial:
            self.scanned("")

    def arrived(self, serial: str) -> None:
        """A part was inspected."""
        if self.serial and serial == self.serial:
            self._set("")

    def retranslate(self) -> None:
        """Write the key anew."""
        title = translate("Inspect", "Inspect part")
        if self.serial:
            serial = self.serial if len(self.serial) <= SHOWN else f"{self.serial[:SHOWN]}…"
            title = translate("Inspect", "Inspect {serial}", serial=serial)
        self._key.set_title(title)

    def _set(self, serial: str) -> None:
        self.serial = serial
        self.retranslate()
