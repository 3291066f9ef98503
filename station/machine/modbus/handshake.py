r"""The Modbus hand-shake as a pure state machine: no sockets, no clock, no threads.

    READY  ‾‾‾‾‾‾\_______________________________/‾‾‾   only while TRIG and ACK are low
    TRIG   ______/‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾‾\______________   dropped on VALID or on the PLC's own window
    BUSY   _______/‾‾‾‾‾‾‾‾‾‾‾‾‾‾\___________________
    OK/NG  ______________________/‾‾verdict‾\________   exactly one of them
    VALID  ______________________/‾‾‾‾‾‾\____________   held until ACK
    ACK    _________________________/‾‾‾‾‾\__________

All times are seconds of one monotonic clock. The outputs at rest mean reject.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Literal

from station.machine.modbus.codes import NO_SCORE, Code
from station.machine.modbus.map import REST, Inputs, Order, Outputs

BEAT_SECONDS = 0.25  # between two edges of our heartbeat
SILENT_SECONDS = 1.5  # without an edge of theirs: nobody is there
PAUSE_SECONDS = 10.0  # after too many late results, unless RESET comes first
MOST = 65_535  # what a register holds


@dataclass(frozen=True, slots=True)
class Rules:
    """deadline: from TRIG to the answer. ack: for VALID to be answered. Both in seconds.

    heartbeat: both sides show one. expect_recipe: what RECIPE must say; 0 is not looked at.
    late_limit: so many late results in a row pause the hand-shake; 0: never.
    """

    deadline: float = 0.4
    ack: float = 1.0
    heartbeat: bool = True
    expect_recipe: int = 0
    late_limit: int = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said of a part: `ok` only for one that was released."""

    ok: bool
    code: Code
    score: int = NO_SCORE


@dataclass(slots=True)
class Counts:
    """What became of every TRIG; each ends in exactly one of these."""

    ok: int = 0
    ng: int = 0
    late: int = 0
    withdrawn: int = 0
    missed: int = 0
    wrong_recipe: int = 0
    broken: int = 0  # by a lost link, RESET, the test mode or a silent controller
    not_acknowledged: int = 0  # of those that were answered


class _Phase(Enum):
    CLEARING = auto()  # until TRIG and ACK are low
    WAITING = auto()
    BUSY = auto()
    SHOWING = auto()  # VALID is up


class HandShake:
    """Call `scan` with every look at the inputs; then `outputs` is what must stand there.

    When `scan` says that a trigger is there, read the order and call `ask`; when that says so, ask
    the line and call `taken`. Owned by one thread; `line_ready` may be set by any.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._phase = _Phase.CLEARING
        self._outputs = REST
        self._seen = Inputs()
        self._began = 0.0
        self._shown = 0.0
        self._uid = ""
        self._seq = 0
        self._beat_at = 0.0
        self._edge_at: float | None = None
        self._since: float | None = None
        self._tripped_at: float | None = None
        self._late_row = 0
        self._unsaid: Literal["ok", "ng"] | None = None
        self._broken_seq: int | None = None
        self.line_ready = False
        self.testing = False
        self.counts = Counts()

    @property
    def outputs(self) -> Outputs:
        """What must stand in the station's coils and registers now."""
        return self._outputs

    @property
    def under_way(self) -> str:
        """The uid of the part whose result is awaited, or ""."""
        return self._uid if self._phase is _Phase.BUSY else ""

    @property
    def late_in_a_row(self) -> int:
        """How many results in a row came too late."""
        return self._late_row

    @property
    def tripped(self) -> bool:
        """Whether too many in a row were late, and nobody has reset it yet."""
        return self._tripped_at is not None

    def silent(self, now: float) -> bool:
        """Whether the controller shows no life; where none is known yet, after some time."""
        since = self._edge_at if self._edge_at is not None else self._since
        return self._rules.heartbeat and since is not None and now - since > SILENT_SECONDS

    # ── what comes ──────────────────────────────────────────────────────────────────────────

    def scan(self, now: float, inputs: Inputs) -> bool:
        """Look at the inputs; True when TRIG stands for a part whose order must be read."""
        before, self._seen = self._seen, inputs
        self._watch_heartbeats(now, inputs, before)
        if inputs.reset and not before.reset:
            self._reset()
        if self._tripped_at is not None and now - self._tripped_at > PAUSE_SECONDS:
            self._untrip()
        asked = False
        trig = inputs.trig and not before.trig
        if self.testing:
            self.counts.missed += trig
        elif asked := self._step(now, inputs, trig):
            self._began = now
        self._show_ready(now)
        return asked

    def ask(self, now: float, order: Order) -> bool:
        """Take the order; whether the line must be asked for it. Else it is answered already."""
        self._seq = order.seq
        broken, self._broken_seq = self._broken_seq, None
        if broken == order.seq and self._phase is _Phase.CLEARING:
            self._answer(now, Answer(False, Code.LINK_LOST))
            return False
        if self._phase is not _Phase.WAITING or not self._may_take(now):
            self._miss(now)
            return False
        if self._rules.expect_recipe and order.recipe != self._rules.expect_recipe:
            self.counts.wrong_recipe += 1
            self._answer(now, Answer(False, Code.WRONG_RECIPE))
            return False
        return True

    def taken(self, now: float, uid: str) -> None:
        """The line has said: the part's uid, or "" where it was missed."""
        if not uid:
            self._miss(now)
            return
        self._uid, self._phase = uid, _Phase.BUSY
        self._put(ready=False, busy=True)

    def result(self, now: float, uid: str, answer: Answer) -> bool:
        """A result came; whether it may still be said, and now stands in the outputs."""
        if uid != self.under_way or not uid:
            return False
        if now - self._began > self._rules.deadline:
            self._give_up_late(now)
            return False
        self._late_row = 0
        self._unsaid = "ok" if answer.ok else "ng"
        self._answer(now, answer)
        return True

    def said(self) -> None:
        """The outputs stand there as they should: a result among them was said."""
        if self._unsaid == "ok":
            self.counts.ok += 1
        elif self._unsaid == "ng":
            self.counts.ng += 1
        self._unsaid = None

    def test(self, is_on: bool) -> None:
        """Begin or end the test mode: the part under way is given up, the outputs go to rest."""
        self.testing = is_on
        self._break_off()
        self._rest()

    def lost(self) -> None:
        """The link is gone. What was under way is given up; nothing known of the PLC holds."""
        self._break_off()
        self._rest()
        self._seen = Inputs()
        self._edge_at = self._since = None

    # ── one step ────────────────────────────────────────────────────────────────────────────

    def _step(self, now: float, inputs: Inputs, trig: bool) -> bool:
        match self._phase:
            case _Phase.BUSY:
                self._wait_for_result(now, inputs)
                return False
            case _Phase.SHOWING:
                self._wait_for_ack(now, inputs, trig)
                return False
            case _Phase.CLEARING if not inputs.trig and not inputs.ack:
                self._phase = _Phase.WAITING
            case _Phase.WAITING if inputs.ack:  # of what?
                self._phase = _Phase.CLEARING
        return trig

    def _wait_for_result(self, now: float, inputs: Inputs) -> None:
        if not inputs.trig:  # its own window is over: it rejects, and any word is too late
            self.counts.withdrawn += 1
            self._count_late(now)
            self._clear()
        elif self.silent(now):
            self.counts.broken += 1
            self._answer(now, Answer(False, Code.LINK_LOST))
        elif now - self._began > self._rules.deadline:
            self._give_up_late(now)

    def _wait_for_ack(self, now: float, inputs: Inputs, trig: bool) -> None:
        if inputs.ack:
            self._put(fault=self.tripped)
            self._clear()
        elif trig or now - self._shown > self._rules.ack:
            self.counts.not_acknowledged += 1
            self._clear()
            self._put(fault=True, code=int(Code.NOT_ACKNOWLEDGED))
            if trig:  # it has gone on; VALID must be seen low before the next answer
                self._seen = replace(self._seen, trig=False)

    def _watch_heartbeats(self, now: float, inputs: Inputs, before: Inputs) -> None:
        if self._since is None:
            self._since = now
        elif inputs.hb_plc is not before.hb_plc:
            self._edge_at = now
        if self._rules.heartbeat and now - self._beat_at >= BEAT_SECONDS:
            self._beat_at = now
            self._put(hb=not self._outputs.hb)

    # ── what is said ────────────────────────────────────────────────────────────────────────

    def _miss(self, now: float) -> None:
        self.counts.missed += 1
        self._answer(now, Answer(False, Code.MISSED))

    def _give_up_late(self, now: float) -> None:
        self.counts.late += 1
        self._count_late(now)
        self._answer(now, Answer(False, Code.LATE))

    def _count_late(self, now: float) -> None:
        self._late_row += 1
        if self._rules.late_limit and self._late_row >= self._rules.late_limit:
            self._tripped_at = now
            self._put(fault=True)

    def _answer(self, now: float, answer: Answer) -> None:
        self._phase, self._shown, self._uid = _Phase.SHOWING, now, ""
        self._put(
            ready=False,
            busy=False,
            valid=True,
            ok=answer.ok,
            ng=not answer.ok,
            seq_echo=self._seq,
            code=int(answer.code),
            score=answer.score,
            cycle_ms=min(MOST, round((now - self._began) * 1000)),
        )

    def _clear(self) -> None:
        self._phase, self._uid = _Phase.CLEARING, ""
        self._put(ready=False, busy=False, valid=False, ok=False, ng=False)

    def _reset(self) -> None:
        self._untrip()
        self._put(fault=False)
        if self._phase in (_Phase.BUSY, _Phase.SHOWING):
            self._break_off()
            self._clear()

    def _untrip(self) -> None:
        if self._tripped_at is not None:
            self._tripped_at, self._late_row = None, 0
            self._put(fault=False)

    def _break_off(self) -> None:
        if self._phase is _Phase.BUSY or self._unsaid:
            self.counts.broken += 1
            self._broken_seq, self._unsaid = self._seq, None

    def _rest(self) -> None:
        self._phase, self._uid = _Phase.CLEARING, ""
        self._outputs = replace(REST, hb=self._outputs.hb, fault=self.tripped)

    def _may_take(self, now: float) -> bool:
        alive = not self._rules.heartbeat or (self._edge_at is not None and not self.silent(now))
        return self.line_ready and alive and not self.tripped and not self.testing

    def _show_ready(self, now: float) -> None:
        self._put(ready=self._phase is _Phase.WAITING and self._may_take(now))

    def _put(self, **changes: bool | int) -> None:
        if any(getattr(self._outputs, name) != value for name, value in changes.items()):
            self._outputs = replace(self._outputs, **changes)  # type: ignore[arg-type]
