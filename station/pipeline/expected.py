"""The serial that a person scanned for the part that comes next."""

import threading


class Expecting:
    """A line that takes a serial ahead of its part; a trigger that brings its own goes first."""

    def __init__(self) -> None:
        self._expecting = threading.Lock()
        self._expected = ""

    def expect(self, serial: str) -> None:
        """The next part that brings no serial has this one; the last word counts, "" is none."""
        with self._expecting:
            self._expected = serial

    def _serial_for(self, serial: str) -> str:
        """What the part that comes now is called."""
        with self._expecting:
            return serial or self._expected

    def _came(self, serial: str) -> None:
        """That part was taken: its serial is no other's."""
        with self._expecting:
            if self._expected == serial:
                self._expected = ""
