"""One life of the process that runs the line: parts, troubles, people, stops, and maybe its end."""

import faulthandler
import logging
import os
import random
import signal
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path

from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe, ReviewRule
from station.errors import StationError
from station.pipeline.events import Decided, Event, Inspected, LineState, Recorded
from station.pipeline.line import Equipment, Line
from tests.rigs.chaos_truth import Ledger
from tests.rigs.chaos_world import (
    CAMERA,
    UNDO_SECONDS,
    ChaosCamera,
    ChaosEngine,
    ChaosMachine,
    ChaosStore,
    Clock,
    Trouble,
    Troubles,
    hold_database,
    hurry,
    install_disk_troubles,
)

TROUBLE_RATE = 1 / 25  # of parts that begin one
LONGEST_TROUBLE = 0.4
HANG_SECONDS = 20.0
PARTS_PER_LINE = (20, 500)
DECISION_RATE = 0.25
JUMPS = (-86400.0, -3600.0, -2.0, -0.2, 0.2, 2.0, 3600.0, 86400.0)


@dataclass(frozen=True)
class Life:
    """What this life is to do: so many parts, and the kill after so many of them, if any."""

    folder: Path
    ledger: Path
    model: Path
    seed: int
    name: str
    parts: int
    kill_after: int | None


class Witness:
    """Hears every event and every word to the machine, and holds them against each other."""

    def __init__(self, ledger: Ledger, store: ChaosStore) -> None:
        self._ledger = ledger
        self._store = store
        self._verdicts: dict[str, Verdict] = {}  # by serial, the last that was told
        self._accepted: dict[str, list[str]] = {}  # by serial: what a person said, in order
        self._serials: dict[str, str] = {}
        self._final: dict[str, int] = {}  # by serial: how many of them the machine acted on
        self.recent: deque[str] = deque(maxlen=30)
        self.last_sign = time.monotonic()

    def hear(self, event: Event) -> None:
        """From the line's own threads."""
        self.last_sign = time.monotonic()
        match event:
            case Inspected(inspection):
                serial = inspection.part.serial
                self._serials[inspection.uid] = serial
                self._verdicts[serial] = inspection.verdict
                self._ledger.say("I", inspection.uid, serial, inspection.verdict.value)
            case Recorded(uid, _, _):
                self._ledger.say("R", uid)
                self._check_recorded(uid)
                self.recent.append(uid)
            case Decided(decision):
                self._ledger.say("D", decision.uid, decision.kind.value)
                serial = self._serials.get(decision.uid, "")
                said = self._accepted.setdefault(serial, [])
                if decision.kind is not DecisionKind.UNDO:
                    said.append(decision.kind.value)
                    return
                if len(said) <= self._final.get(serial, 0):
                    self._ledger.say("G", f"{serial}: undone after the machine was told")
                if said:
                    said.pop()

    def told(self, part: Part, disposition: Disposition) -> None:
        """The machine heard this."""
        verdict, said = self._verdicts.get(part.serial), self._accepted.get(part.serial, [])
        self._final[part.serial] = len(said)
        if disposition is not Disposition.RELEASE or verdict is None:
            return  # of a life before this one: judged at the end
        if verdict is not Verdict.OK and said[-1:] != ["accept"]:
            self._ledger.say("G", f"{part.serial} let pass: {verdict}, {said}")

    def _check_recorded(self, uid: str) -> None:
        """What is told recorded is there now, with its picture."""
        try:
            entry = self._store.reader.entry(uid)
        except StationError as error:
            self._ledger.say("G", f"{uid} told recorded: {error}")
            return
        if entry.image is None and entry.inspection.fault is None:
            self._ledger.say("G", f"{uid} recorded without picture and fault")
        if entry.image is not None and not (self._store.folder / entry.image).is_file():
            self._ledger.say("G", f"{uid} recorded, and its picture is not there")


class _Complaints(logging.Handler):
    """What the program logs as an error of its own making is one."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(logging.ERROR)
        self._ledger = ledger

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "could not be recorded" in message or "failed in a way it should not" in message:
            return  # the disk's and the camera driver's own, on purpose
        self._ledger.say("G", f"logged: {message} {record.exc_info and record.exc_info[1]!r}")


class Driver:
    """Plays machine, operator and fate for one life."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._rng = random.Random(f"{life.seed}/{life.name}")
        self._ledger = Ledger(life.ledger)
        self._troubles = Troubles()
        self._clock = Clock()
        self._store = ChaosStore(life.folder, self._troubles, self._ledger)
        self._witness = Witness(self._ledger, self._store)
        self._serial = 0
        self._taken = 0

    def run(self) -> None:
        """Until all parts were taken; then once more, in peace, for what was left open."""
        hurry()
        self._clock.install()
        install_disk_troubles(self._troubles)
        threading.excepthook = lambda args: self._ledger.say(
            "G", f"a thread died: {args.thread and args.thread.name} {args.exc_value!r}"
        )
        logging.getLogger("station").addHandler(_Complaints(self._ledger))
        threading.Thread(target=self._watch, name="watch", daemon=True).start()
        with self._store:
            while self._taken < self._life.parts:
                self._one_line(self._rng.randint(*PARTS_PER_LINE))
            self._troubles.clear()
            time.sleep(LONGEST_TROUBLE)
            self._one_line(0)

    def _one_line(self, parts: int) -> None:
        """Start a line, send parts, stop it."""
        line = self._started()
        if line is None:
            return
        if parts == 0:
            time.sleep(0.1)
        end = min(self._taken + parts, self._life.parts)
        while self._taken < end:
            self._fate()
            self._operator(line)
            self._trigger(line)
        if not line.stop():
            self._give_up("the line did not stop")
        status = line.status()
        unrecorded = status.admitted - status.recorded
        self._ledger.say("C", status.admitted, status.recorded, unrecorded)

    def _started(self) -> Line | None:
        rule = self._rng.choice(list(ReviewRule))
        seconds = self._rng.choice((None, 0.05, 0.5))
        recipe = Recipe("chaos", str(self._life.model), review=rule, decision_seconds=seconds)
        machine = ChaosMachine(self._troubles, self._ledger, self._witness.told)
        try:
            recipe = self._store.save_recipe(recipe)
        except StationError:
            return None
        use = Equipment(
            ChaosCamera(self._troubles, random.Random(self._rng.random())),
            machine,
            ChaosEngine(self._life.model, self._troubles, self._ledger),
            self._store,
            recipe,
        )
        line = Line(use, self._witness.hear)
        line.start()
        self._witness.last_sign = time.monotonic()
        while line.status().state is LineState.STARTING or line.status().state is LineState.STOPPED:
            time.sleep(0.002)
            if line.broken is not None:
                break
        if line.broken is None:
            return line
        self._ledger.say("X", f"no_start_{line.broken.code.value}")
        line.stop()
        return None

    def _fate(self) -> None:
        if self._life.kill_after is not None and self._taken >= self._life.kill_after:
            self._life = replace(self._life, kill_after=None)
            threading.Thread(target=self._die, args=(self._rng.uniform(0, 0.05),)).start()
        if self._rng.random() > TROUBLE_RATE:
            return
        seconds = self._rng.uniform(0.005, LONGEST_TROUBLE)
        what = self._rng.choice([*Trouble, "clock"])
        self._ledger.say("X", what)
        if what == "clock":
            self._clock.jump(self._rng.choice(JUMPS))
        elif what is Trouble.LOCKED:
            hold_database(self._life.folder, seconds)
        else:
            assert isinstance(what, Trouble)
            self._troubles.begin(what, seconds if what in CAMERA else seconds / 2)

    def _die(self, seconds: float) -> None:
        time.sleep(seconds)
        self._ledger.say("K")
        os.kill(os.getpid(), signal.SIGKILL)

    def _operator(self, line: Line) -> None:
        if self._rng.random() > DECISION_RATE or not self._witness.recent:
            return
        uid = self._rng.choice(self._witness.recent)
        kind = self._rng.choice(list(DecisionKind))
        line.decide(uid, kind, reason=self._rng.choice(("", "looked again")))
        if self._rng.random() < 0.05:  # at the very end of the time to undo
            time.sleep(UNDO_SECONDS * self._rng.uniform(0.9, 1.1))
            line.decide(uid, DecisionKind.UNDO)

    def _trigger(self, line: Line) -> None:
        if self._rng.random() < 0.9:
            line.wait_ready(0.02)
        if self._rng.random() < 0.03:
            twin = threading.Thread(target=self._one_trigger, args=(line,))
            twin.start()
            self._one_trigger(line)
            twin.join()
        else:
            self._one_trigger(line)

    def _one_trigger(self, line: Line) -> None:
        self._serial += 1
        serial = f"{self._life.name}-{self._serial}-{threading.get_ident()}"
        try:
            uid = line.trigger(TriggerSource.MACHINE, serial)
        except Exception as error:
            self._ledger.say("G", f"a trigger raised: {error!r}")
            return
        if uid:
            self._taken += 1
            self._ledger.say("T", serial, uid)
        else:
            self._ledger.say("N", serial)

    def _watch(self) -> None:
        """A life that makes no sign for so long hangs: where it does goes to stderr."""
        while time.monotonic() - self._witness.last_sign < HANG_SECONDS:
            time.sleep(0.5)
        self._give_up("no sign of life")

    def _give_up(self, why: str) -> None:
        self._ledger.say("G", why)
        faulthandler.dump_traceback(sys.stderr)
        os._exit(3)


def live(life: Life) -> None:
    """The body of the process."""
    Driver(life).run()
