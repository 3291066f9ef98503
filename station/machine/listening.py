"""Whom a machine or a source of process values tells; a listener that fails is logged."""

import logging

from station.domain.part import TriggerSource
from station.errors import Fault
from station.machine.base import OnFault, OnTrigger

log = logging.getLogger(__name__)


class Teller:
    """Tells a fault when it is another than the last; for one thread."""

    def __init__(self, on_fault: OnFault) -> None:
        self._on_fault = on_fault
        self._told: Fault | None = None

    def tell(self, fault: Fault | None) -> None:
        """What is wrong now; None: nothing."""
        if fault == self._told:
            return
        self._told = fault
        try:
            self._on_fault(fault)
        except Exception:
            log.exception("a listener failed on the machine's fault")


class Listener(Teller):
    """The line, as a machine knows it."""

    def __init__(self, on_trigger: OnTrigger, on_fault: OnFault) -> None:
        super().__init__(on_fault)
        self._on_trigger = on_trigger

    def trigger(self, serial: str) -> str:
        """The uid of the part, "" where the trigger was missed, as by a line that fails."""
        try:
            return self._on_trigger(TriggerSource.MACHINE, serial)
        except Exception:
            log.exception("the machine's trigger failed")
            return ""
