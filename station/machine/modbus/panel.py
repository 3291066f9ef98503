"""The signals of the Modbus hand-shake as a person sees and presses them. Thread-safe."""

import threading
from dataclasses import asdict, replace

from station.errors import ErrorCode, Fault, LineError
from station.machine.base import Signal, Value
from station.machine.modbus.map import (
    ANSWER_WORDS,
    INPUT_COILS,
    ORDER_WORDS,
    OUTPUT_COILS,
    REST,
    Inputs,
    ModbusMap,
    Order,
    Outputs,
)

_MOST = 65_535
PRESSED_COILS = tuple(name for name in OUTPUT_COILS if name != "hb")  # that one beats by itself


class Panel:
    """What was last seen and set, and what a person wants to stand in the outputs meanwhile."""

    def __init__(self, map_: ModbusMap, address: str) -> None:
        self._map = map_
        self._address = address
        self._lock = threading.Lock()
        self._inputs = Inputs()
        self._order = Order()
        self._outputs = REST
        self._pressed = REST
        self._testing = False

    @property
    def testing(self) -> bool:
        """Whether a person has the outputs."""
        return self._testing

    @property
    def silent_fault(self) -> Fault:
        """What to tell while the controller's heartbeat stands still."""
        signal = f"HB_PLC ({self._map.address_text('hb_plc')})"
        facts = (("address", self._address), ("signal", signal))
        return Fault(ErrorCode.MACHINE_SILENT, facts)

    def signals(self) -> tuple[Signal, ...]:
        """In the order of the wiring plan: what comes, then what goes."""
        with self._lock:
            seen = asdict(self._inputs) | asdict(self._order)
            set_ = asdict(self._outputs)
        return (
            *(self._signal(name, seen[name], False) for name in INPUT_COILS + ORDER_WORDS),
            *(self._signal(name, set_[name], True) for name in OUTPUT_COILS + ANSWER_WORDS),
        )

    def test(self, is_on: bool) -> None:
        """The outputs are a person's from now on, or no longer; both begin at rest."""
        with self._lock:
            self._testing, self._pressed = is_on, REST

    def press(self, name: str, value: Value) -> None:
        """Have that stand in an output. Raises MACHINE_NOT_IN_TEST or MACHINE_BAD_OPTION."""
        field = name.lower()
        if field not in PRESSED_COILS + ANSWER_WORDS:
            allowed = ", ".join(known.upper() for known in PRESSED_COILS + ANSWER_WORDS)
            raise _refused(name, allowed)
        wanted = _bit(name, value) if field in PRESSED_COILS else _word(name, value)
        with self._lock:
            if not self._testing:
                raise LineError(ErrorCode.MACHINE_NOT_IN_TEST)
            self._pressed = replace(self._pressed, **{field: wanted})  # type: ignore[arg-type]

    # ── the hand-shake's thread ─────────────────────────────────────────────────────────────

    def outputs(self, wanted: Outputs) -> Outputs:
        """What must stand there: the hand-shake's wish, or in the test mode the person's."""
        with self._lock:
            return replace(self._pressed, hb=wanted.hb) if self._testing else wanted

    def saw(self, inputs: Inputs) -> None:
        """The controller's coils."""
        with self._lock:
            self._inputs = inputs

    def saw_order(self, order: Order) -> None:
        """The controller's registers."""
        with self._lock:
            self._order = order

    def wrote(self, outputs: Outputs) -> None:
        """That stands in the outputs now."""
        with self._lock:
            self._outputs = outputs

    def lost(self) -> None:
        """The link is gone: what was pressed is forgotten."""
        with self._lock:
            self._outputs = self._pressed = REST

    def _signal(self, name: str, value: Value, is_output: bool) -> Signal:
        return Signal(name.upper(), value, is_output, self._map.address_text(name))


def _bit(name: str, value: Value) -> bool:
    if value not in (0, 1) or isinstance(value, float):
        raise _refused(name, "0, 1")
    return bool(value)


def _word(name: str, value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _refused(name, f"0 … {_MOST}")
    return value


def _refused(name: str, allowed: str) -> LineError:
    return LineError(ErrorCode.MACHINE_BAD_OPTION, kind="modbus", option=name, allowed=allowed)
