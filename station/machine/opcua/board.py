"""The plain tags as they stand: shown with each first word on a part, cleared with the next."""

from station.domain.inspection import Disposition
from station.machine.base import Value
from station.machine.modbus.codes import Code
from station.machine.opcua.news import CODE_UNASKED, NO_SCORE, Result
from station.machine.opcua.tags import TAGS

_SPOKEN = ("OK", "NG", "Hold")


class Board:
    """OK is true for a released part alone, for so many seconds at most, and never in a test."""

    def __init__(self, hold: float, recipe: str) -> None:
        self._hold = hold
        self._until: float | None = None
        self.testing = False
        self.values: dict[str, Value] = {tag.name: tag.rest for tag in TAGS}
        self.values["Recipe"] = recipe

    def set(self, name: str, value: Value) -> None:
        """One tag, as it is."""
        self.values[name] = value

    def count(self, name: str) -> None:
        """One more."""
        self.values[name] = int(self.values[name]) + 1

    def show(self, result: Result, now: float, may_release: bool) -> None:
        """The first word on a part; where it may not be released it is bad for the controller."""
        disposition, code = result.disposition, result.code
        if disposition is Disposition.RELEASE and not may_release:
            disposition, code = Disposition.REJECT, CODE_UNASKED
        self.count(
            {
                Disposition.RELEASE: "CountOK",
                Disposition.REJECT: "CountNG",
                Disposition.HOLD: "CountHold",
            }[disposition]
        )
        seen = result.inspection
        about: dict[str, Value] = {
            "Number": result.part.number if result.part is not None else 0,
            "Serial": result.serial,
            "Verdict": result.verdict,
            "Code": int(code),
            "Score": result.score,
            "CycleMs": seen.ms if seen is not None and seen.ms is not None else NO_SCORE,
        }
        self._speak(about, disposition, now)

    def refused(self, now: float) -> None:
        """A part came that nobody takes: bad."""
        self.count("CountMissed")
        about: dict[str, Value] = {"Number": 0, "Serial": "", "Verdict": "", "Score": NO_SCORE}
        self._speak({**about, "Code": int(Code.MISSED)}, Disposition.REJECT, now)

    def clear(self) -> None:
        """Nothing is said of any part."""
        self._until = None
        if not self.testing:
            self.values.update(dict.fromkeys(_SPOKEN, False))

    def tick(self, now: float) -> None:
        """Clear what has stood for long enough."""
        if self._until is not None and now > self._until:
            self.clear()

    def test(self, is_on: bool) -> None:
        """At the begin and at the end of a test every output is at its rest."""
        self.testing = False
        self.clear()
        self.testing = is_on
        rest: dict[str, Value] = {"Ready": False, "Busy": False, "Code": 0, "Score": NO_SCORE}
        self.values.update({**rest, "Testing": is_on})

    def follow(self, is_ready: bool, is_busy: bool, state: str) -> None:
        """What follows from the state; in a test the outputs are the person's."""
        self.values["State"] = state
        if not self.testing:
            self.values.update({"Ready": is_ready, "Busy": is_busy})

    def _speak(self, about: dict[str, Value], disposition: Disposition, now: float) -> None:
        if self.testing:
            return
        self._until = now + self._hold
        self.values.update(about)
        self.values["OK"] = disposition is Disposition.RELEASE
        self.values["NG"] = disposition is Disposition.REJECT
        self.values["Hold"] = disposition is Disposition.HOLD
        self.count("Seq")
