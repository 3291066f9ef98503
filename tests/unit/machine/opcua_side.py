"""The station's side of an OPC UA server in a test: a machine, and a line that answers at once."""

import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from station.domain.inspection import Disposition, Inspection, Verdict
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault
from station.machine.base import Value
from station.machine.opcua.machine import OpcuaMachine
from tests.peers.servers import free_port


def inspection(
    uid: str, number: int = 1, serial: str = "", verdict: Verdict = Verdict.OK
) -> Inspection:
    return Inspection(
        uid=uid,
        part=Part(number, serial),
        at_ms=time.time_ns() // 10**6,
        trigger=TriggerSource.MACHINE,
        verdict=verdict,
        recipe="flange",
        recipe_version=3,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="flange.onnx",
        model_sha256="ab" * 32,
        provider="cpu",
        camera="simulated",
        label="good" if verdict is Verdict.OK else "scratch",
        score=0.125 if verdict is Verdict.OK else 0.875,
        ms=12.5,
    )


class Side:
    """Takes a part where `takes`; after `seconds` it says `says` of it, never where None."""

    def __init__(self, folder: Path, port: int | None = None, **options: object) -> None:
        self.port = port or free_port()
        self.url = f"opc.tcp://127.0.0.1:{self.port}/station"
        made = {"folder": str(folder), "recipe": "flange", **options}
        self.machine = OpcuaMachine("127.0.0.1", self.port, **made)  # type: ignore[arg-type]
        self.takes = True
        self.seconds = 0.0
        self.says: Disposition | None = Disposition.RELEASE
        self.verdict = Verdict.OK
        self.asked: list[str] = []
        self.uids: list[str] = []
        self.refusals: list[Exception] = []
        self.faults: list[tuple[float, Fault | None]] = []
        self._heard = threading.Condition()
        self._timers: list[threading.Timer] = []

    def open(self) -> None:
        self.machine.open(self._trigger, self._fault)

    def _trigger(self, source: TriggerSource, serial: str) -> str:
        assert source is TriggerSource.MACHINE
        self.asked.append(serial)
        if not self.takes:
            self.machine.signal(Part(0, serial), Disposition.REJECT)
            return ""
        uid = uuid.uuid4().hex
        self.uids.append(uid)
        if self.says is not None:
            part = (uid, len(self.uids), serial, self.verdict)
            timer = threading.Timer(self.seconds, self.say, (inspection(*part), self.says))
            self._timers.append(timer)
            timer.start()
        return uid

    def say(self, seen: Inspection, disposition: Disposition) -> None:
        try:
            self.machine.signal(seen.part, disposition, seen)
        except Exception as error:
            self.refusals.append(error)

    def _fault(self, fault: Fault | None) -> None:
        with self._heard:
            self.faults.append((time.monotonic(), fault))
            self._heard.notify_all()

    @property
    def codes(self) -> list[ErrorCode | None]:
        return [fault.code if fault else None for _, fault in self.faults]

    def wait_fault(self, code: ErrorCode | None, count: int = 1, seconds: float = 20.0) -> float:
        """Wait for that fault, None for well; when it was told last."""
        with self._heard:
            came = self._heard.wait_for(lambda: self.codes.count(code) >= count, seconds)
            assert came, self.faults
        return [at for at, fault in self.faults if (fault.code if fault else None) == code][-1]

    def values(self) -> dict[str, Value]:
        return {signal.name: signal.value for signal in self.machine.signals()}

    def wait(self, condition: Callable[[dict[str, Value]], bool], seconds: float = 5.0) -> None:
        until = time.monotonic() + seconds
        while not condition(self.values()):
            assert time.monotonic() < until, self.values()
            time.sleep(0.01)

    def wait_up(self) -> None:
        """Until the server listens."""
        self.wait(lambda values: values["State"] != "", 30.0)

    def ready(self) -> Self:
        """Open, listening, and ready for a job."""
        self.open()
        self.machine.ready(True)
        self.wait(lambda values: values["Ready"] is True, 30.0)
        return self

    def close(self) -> float:
        """How long it took."""
        began = time.monotonic()
        self.machine.close()
        lasted = time.monotonic() - began
        for timer in self._timers:
            timer.cancel()
            timer.join()
        return lasted

    def __enter__(self) -> Self:
        return self.ready()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
