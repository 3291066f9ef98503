"""A controller to learn the hand-shake with: it makes parts, and passes only what it may.

It is the Modbus server of the default map, as a PLC is; a station in the role of client polls it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from station.machine.modbus.map import (
    ANSWER_WORDS,
    INPUT_COILS,
    OUTPUT_COILS,
    REST,
    ModbusMap,
    words_of,
)
from station.machine.modbus.memory import Memory, ModbusServer
from station.machine.plc_diagram import Sample

SCAN_SECONDS = 0.002
BEAT_SECONDS = 0.25
WATCHDOG_SECONDS = 1.5  # without an edge of the station's heartbeat its outputs count for nothing
ACK_SECONDS = 5.0  # for VALID to fall after ACK
AWAY_SECONDS = 0.5  # between two parts the station is not READY for a moment; that is no news
BEFORE_SECONDS = 0.02  # what the diagram shows from before TRIG
SHOWN = ("ready", "trig", "busy", "ok", "ng", "valid", "ack")


@dataclass(frozen=True, slots=True)
class PlcPart:
    """What became of one part. Times in ms from TRIG; None for what was never seen.

    said: `ok` (the only one that is passed), `ng`, `window` (no answer in time), `wrong seq`.
    """

    seq: int
    part_id: str
    said: str
    code: int
    score: int
    cycle_ms: int
    busy_ms: float | None
    valid_ms: float | None
    samples: tuple[Sample, ...]

    @property
    def is_passed(self) -> bool:
        """Whether the gate lets it through."""
        return self.said == "ok"


@dataclass(slots=True)
class _UnderWay:
    seq: int
    part_id: str
    raised: float
    samples: list[Sample] = field(default_factory=list)
    busy_ms: float | None = None
    valid_ms: float | None = None
    said: str = ""
    answer: dict[str, int] = field(default_factory=dict)
    answered: float = 0.0


class SimulatedPlc:
    """Serves its registers and scans them in a thread of its own.

    on_part is told of every part at its end, on_ready when the station is READY for parts and when
    it is so no longer; both in that thread.
    """

    def __init__(
        self,
        host: str,
        port: int,
        on_part: Callable[[PlcPart], None],
        on_ready: Callable[[bool], None] = lambda _: None,
        window: float = 1.0,
        unit: int = 1,
        map_: ModbusMap | None = None,
    ) -> None:
        self._map = map_ or ModbusMap()
        self._wake = threading.Event()
        self._memory = Memory(self._map, OUTPUT_COILS + ANSWER_WORDS, self._wake.set)
        self._server = ModbusServer(host, port, unit, self._memory)
        self._on_part = on_part
        self._on_ready = on_ready
        self._window = window
        self._wanted: list[str] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._part: _UnderWay | None = None
        self._seq = 0
        self._beat_at = self._edge_at = 0.0
        self._station_hb = False
        self._ready = False
        self._ready_at = 0.0

    def open(self) -> None:
        """Listen and scan. Raises LineError MACHINE_PORT_TAKEN or MACHINE_CANNOT_LISTEN."""
        self._server.start()
        self._closing.clear()
        self._thread = threading.Thread(target=self._run, name="simulated-plc", daemon=True)
        self._thread.start()

    def make_part(self, part_id: str = "") -> None:
        """One part more; it is triggered as soon as the station is READY."""
        with self._lock:
            self._wanted.append(part_id)

    @property
    def waiting(self) -> int:
        """How many parts wait to be triggered."""
        with self._lock:
            return len(self._wanted)

    @property
    def is_ready(self) -> bool:
        """Whether the station takes parts, and shows life."""
        return self._ready

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._closing.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        self._thread = None
        self._server.stop()

    # ── the scan ────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wake.wait(SCAN_SECONDS)
            self._wake.clear()
            self._scan(time.monotonic())

    def _scan(self, now: float) -> None:
        self._beat(now)
        coils = self._memory.coils(INPUT_COILS + OUTPUT_COILS)
        self._show_ready(now, coils["ready"] or self._part is not None)
        if self._part is not None:
            self._go_on(now, self._part, coils)
        elif coils["ready"] and not coils["valid"]:
            self._begin(now, coils)

    def _beat(self, now: float) -> None:
        if now - self._beat_at >= BEAT_SECONDS:
            self._beat_at = now
            self._memory.put({"hb_plc": not self._memory.coil("hb_plc")})
        beat = self._memory.coil("hb")
        if beat is not self._station_hb:
            self._station_hb, self._edge_at = beat, now
        if now - self._edge_at > WATCHDOG_SECONDS and self._memory.coil("ready"):
            rest = asdict(REST)
            self._memory.put({name: rest[name] for name in OUTPUT_COILS if name != "hb"})

    def _show_ready(self, now: float, is_ready: bool) -> None:
        if is_ready:
            self._ready_at = now
        stands = is_ready or (self._ready and now - self._ready_at < AWAY_SECONDS)
        if stands is not self._ready:
            self._ready = stands
            self._on_ready(stands)

    def _begin(self, now: float, coils: dict[str, bool]) -> None:
        with self._lock:
            if not self._wanted:
                return
            part_id = self._wanted.pop(0)
        self._seq = self._seq % 65_535 + 1
        part_id = part_id or f"SIM-{self._seq:05d}"
        self._part = part = _UnderWay(self._seq, part_id, now)
        part.samples.append(_sample(-BEFORE_SECONDS, coils))
        text = words_of(part_id, self._map.part_id_words, big=True)
        self._memory.put({}, {"seq": self._seq, "part_id": text})
        self._memory.put({"trig": True, "ack": False})
        part.samples.append(_sample(0.0, coils | {"trig": True, "ack": False}))

    def _go_on(self, now: float, part: _UnderWay, coils: dict[str, bool]) -> None:
        since = now - part.raised
        if part.samples[-1].levels != _levels(coils):
            part.samples.append(_sample(since, coils))
        if coils["busy"] and part.busy_ms is None:
            part.busy_ms = since * 1000
        if part.said:
            self._end(now, part, coils)
        elif since > self._window:
            self._answered(now, part, "window")
        elif coils["valid"]:
            part.valid_ms = since * 1000
            self._answered(now, part, self._judge(part, coils))

    def _judge(self, part: _UnderWay, coils: dict[str, bool]) -> str:
        """Passed only on VALID, OK, not NG, and the echo of its own SEQ."""
        part.answer = {name: self._memory.words(name)[0] for name in ANSWER_WORDS}
        if part.answer["seq_echo"] != part.seq:
            return "wrong seq"
        return "ok" if coils["ok"] and not coils["ng"] else "ng"

    def _answered(self, now: float, part: _UnderWay, said: str) -> None:
        part.said, part.answered = said, now
        self._memory.put({"trig": False, "ack": said != "window"})

    def _end(self, now: float, part: _UnderWay, coils: dict[str, bool]) -> None:
        """When VALID has fallen, or nobody lets it fall."""
        late = now - part.answered > ACK_SECONDS
        if coils["valid"] and not late:
            if part.said == "window" and not coils["ack"]:
                self._memory.put({"ack": True})  # seen, and too late: it is not acted on
            return
        if coils["ack"]:
            self._memory.put({"ack": False})
            return
        if not late and not coils["ready"] and now - part.answered < BEFORE_SECONDS:
            return
        self._part = None
        self._on_part(_told(part))


def _told(part: _UnderWay) -> PlcPart:
    answer = part.answer
    return PlcPart(
        part.seq,
        part.part_id,
        part.said,
        answer.get("code", 0),
        answer.get("score", 0),
        answer.get("cycle_ms", 0),
        part.busy_ms,
        part.valid_ms,
        tuple(part.samples),
    )


def _levels(coils: dict[str, bool]) -> tuple[bool, ...]:
    return tuple(coils[name] for name in SHOWN)


def _sample(since: float, coils: dict[str, bool]) -> Sample:
    return Sample(since * 1000, _levels(coils))
