"""The station's side of the hand-shake for tests: a machine, what it told, and a line of straw."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

from station.domain.inspection import Disposition, Inspection, Verdict
from station.domain.options import Option
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault, LineError
from station.machine.modbus.options import make_modbus

GOOD, BAD = Disposition.RELEASE, Disposition.REJECT


def inspection(
    uid: str, number: int = 1, verdict: Verdict = Verdict.OK, **more: object
) -> Inspection:
    """A record of one part."""
    values: dict[str, object] = {
        "uid": uid,
        "part": Part(number, f"S{number}"),
        "at_ms": 0,
        "trigger": TriggerSource.MACHINE,
        "verdict": verdict,
        "recipe": "r",
        "recipe_version": 1,
        "review_limit": 0.4,
        "ng_limit": 0.6,
        "roi": None,
        "model": "m",
        "model_sha256": "0",
        "provider": "cpu",
        "camera": "c",
        "score": 0.25,
    }
    return Inspection(**(values | more))  # type: ignore[arg-type]


class Side:
    """Answers each trigger after a while with what `says` tells, from a thread of its own."""

    def __init__(
        self,
        port: int,
        says: Callable[[int], Disposition | None] = lambda number: GOOD,
        after: float = 0.005,
        **options: Option,
    ) -> None:
        self.machine = make_modbus("127.0.0.1", port, options)
        self._says, self.after = says, after
        self.serials: list[str] = []
        self.faults: list[Fault | None] = []
        self.refused: list[ErrorCode] = []
        self.warnings: list[Fault] = []
        self.machine.listen(self.warnings.append)
        self.threads: list[threading.Thread] = []
        self._heard = threading.Condition()

    def __enter__(self) -> "Side":
        self.machine.open(self._trigger, self._fault)
        self.machine.ready(True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.machine.close()
        for thread in self.threads:
            thread.join()

    @property
    def codes(self) -> list[ErrorCode | None]:
        return [fault.code if fault else None for fault in self.faults]

    def wait(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        with self._heard:
            assert self._heard.wait_for(condition, seconds), (self.serials, self.faults)

    def value(self, name: str) -> object:
        """Of that signal."""
        return next(one.value for one in self.machine.signals() if one.name == name)

    def levels(self) -> dict[str, object]:
        """All outputs but the heartbeat."""
        signals = self.machine.signals()
        return {one.name: one.value for one in signals if one.is_output and one.name != "HB"}

    def _trigger(self, source: TriggerSource, serial: str) -> str:
        assert source is TriggerSource.MACHINE
        with self._heard:
            self.serials.append(serial)
            number = len(self.serials)
            self._heard.notify_all()
        thread = threading.Thread(target=self._answer, args=(number,))
        self.threads.append(thread)
        thread.start()
        return f"u{number}"

    def _answer(self, number: int) -> None:
        time.sleep(self.after)
        said = self._says(number)
        if said is None:
            return
        verdict = {GOOD: Verdict.OK, BAD: Verdict.NG}.get(said, Verdict.REVIEW)
        one = inspection(f"u{number}", number, verdict)
        try:
            if said is Disposition.HOLD:
                self.machine.hold(one.part, one)
            else:
                self.machine.signal(one.part, said, one)
        except LineError as error:
            with self._heard:
                self.refused.append(error.code)
                self._heard.notify_all()

    def _fault(self, fault: Fault | None) -> None:
        with self._heard:
            self.faults.append(fault)
            self._heard.notify_all()


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Until that holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
