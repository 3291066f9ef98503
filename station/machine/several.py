"""The machine that is served, and those beside it: all may ask, and all are told.

The one that is served comes first and alone counts: what it is told is told before, and whatever
the others do. One beside that fails is a warning, unless parts come at its word: then nobody
could ask any more, and the line is not ready.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part
from station.errors import ErrorCode, Fault, LineError
from station.machine.base import (
    CannotWait,
    Machine,
    OnFault,
    OnTrigger,
    Signal,
    Value,
    Warns,
    Wired,
)

log = logging.getLogger(__name__)

SERVED = -1


class Several:
    """For the line it is one machine; its signals are those of the one that is served.

    beside: by name. A machine says with `may_trigger = False` that it never asks for a part.
    """

    def __init__(self, served: Machine, beside: Sequence[tuple[str, Machine]]) -> None:
        self._served = served
        self._beside = tuple(beside)
        self._standing: dict[int, Fault] = {}
        self._on_warning: Callable[[Fault], None] = lambda _: None
        self._telling = False
        self._lock = threading.Lock()

    def listen(self, on_warning: Callable[[Fault], None]) -> None:
        """Whom to tell of what fails beside."""
        self._on_warning = on_warning
        for machine in (self._served, *self._others):
            if isinstance(machine, Warns):
                machine.listen(on_warning)

    def open(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        """One beside that cannot be opened is a warning like any later failure of it."""
        self._served.open(on_trigger, lambda fault: self._gate(SERVED, fault, on_fault))
        for place, (name, machine) in enumerate(self._beside):
            tell: OnFault = partial(self._warn, name)
            if getattr(machine, "may_trigger", True):
                tell = partial(self._gate, place, on_fault=on_fault)
            try:
                machine.open(on_trigger, tell)
            except LineError as error:
                tell(error.fault)
            except Exception as error:
                log.exception("the machine %s beside could not be opened", name)
                tell(Fault(ErrorCode.INTERNAL, (("reason", f"{name}: {error}"),)))

    def ready(self, is_ready: bool) -> None:
        """To all."""
        self._served.ready(is_ready)
        for name, machine in self._beside:
            _try(name, partial(machine.ready, is_ready))

    def signal(
        self, part: Part, disposition: Disposition, inspection: Inspection | None = None
    ) -> None:
        """To all. Raises what the one that is served raises, after the others were told."""
        try:
            self._served.signal(part, disposition, inspection)
        finally:
            for name, machine in self._beside:
                _try(name, partial(machine.signal, part, disposition, inspection))

    def hold(self, part: Part, inspection: Inspection) -> None:
        """To all that cannot wait."""
        try:
            if isinstance(self._served, CannotWait):
                self._served.hold(part, inspection)
        finally:
            for name, machine in self._beside:
                if isinstance(machine, CannotWait):
                    _try(name, partial(machine.hold, part, inspection))

    def close(self) -> None:
        """All, those beside first: the served one drops its Ready last."""
        try:
            self._served.ready(False)
        finally:
            for name, machine in self._beside:
                _try(name, machine.close)
            self._served.close()

    def signals(self) -> tuple[Signal, ...]:
        """Those of the served one, then those beside, with their names before.

        Raises MACHINE_NO_SIGNALS where none of them has any.
        """
        found = list(self._served.signals()) if isinstance(self._served, Wired) else []
        for name, machine in self._beside:
            if isinstance(machine, Wired):
                found += [_named(name, one) for one in machine.signals()]
        return tuple(found) if found else self._wired().signals()

    def test(self, is_on: bool) -> None:
        """Of the served one. Raises MACHINE_NO_SIGNALS."""
        self._wired().test(is_on)

    def press(self, name: str, value: Value) -> None:
        """Of the served one. Raises as `Wired.press`, and MACHINE_NO_SIGNALS."""
        self._wired().press(name, value)

    @property
    def _others(self) -> tuple[Machine, ...]:
        return tuple(machine for _, machine in self._beside)

    def _wired(self) -> Wired:
        if not isinstance(self._served, Wired):
            kind = type(self._served).__name__.removesuffix("Machine").lower()
            raise LineError(ErrorCode.MACHINE_NO_SIGNALS, kind=kind)
        return self._served

    def _gate(self, place: int, fault: Fault | None, on_fault: OnFault) -> None:
        """The first that stands is told, that of the served one before all others.

        One thread tells at a time and none holds the lock meanwhile; the last that is told stands.
        """
        with self._lock:
            if fault is None:
                self._standing.pop(place, None)
            else:
                self._standing[place] = fault
            if self._telling:
                return
            self._telling = True
        while True:
            with self._lock:
                told = self._first()
            try:
                on_fault(told)
            except Exception:
                log.exception("a listener failed on the fault of a machine")
            with self._lock:
                if told == self._first():
                    self._telling = False
                    return

    def _first(self) -> Fault | None:
        return self._standing[min(self._standing)] if self._standing else None

    def _warn(self, name: str, fault: Fault | None) -> None:
        if fault is not None:
            self._on_warning(_beside(name, fault))


def _beside(name: str, fault: Fault) -> Fault:
    """The fault in words that do not say that parts stop."""
    match fault.code:
        case ErrorCode.MACHINE_LINK_LOST:
            return Fault(ErrorCode.MACHINE_BESIDE_LOST, (("machine", name),))
        case ErrorCode.MACHINE_REFUSED_LOGIN:
            return Fault(ErrorCode.MACHINE_BESIDE_REFUSED, (("machine", name),))
    reason = fault.fact("reason") or ", ".join([fault.code.value, *dict(fault.facts).values()])
    return Fault(ErrorCode.MACHINE_BESIDE_FAILED, (("machine", name), ("reason", reason)))


def _named(name: str, signal: Signal) -> Signal:
    return Signal(f"{name}: {signal.name}", signal.value, False, signal.address)


def _try(name: str, call: Callable[[], None]) -> None:
    """What goes wrong beside stays there."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - a driver may fail in any way
        log.warning("the machine %s beside: %s", name, error)
