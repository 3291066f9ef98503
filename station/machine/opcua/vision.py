"""The vision system behind the server: what a client's calls and the line's words do to it.

Nothing here knows of a network. One thread uses it; times are monotonic seconds.
"""

import logging
import secrets
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from station.domain.inspection import Disposition, Inspection
from station.domain.part import Part
from station.machine.base import Value
from station.machine.modbus.codes import Code, code_of
from station.machine.opcua.board import Board
from station.machine.opcua.news import (
    Failed,
    JobStarted,
    News,
    Ready,
    RecipePrepared,
    Resolved,
    Result,
    ResultReady,
    StateChanged,
    began_at,
    state_of,
)
from station.machine.opcua.states import EXECUTING, INNER, Refusal, ResultState, State, leads_to

log = logging.getLogger(__name__)

KEPT = 1000  # results that can be fetched by their id
SKEW_SECONDS = 1.0  # between the clock of the computer and that of the line
FAULT_SECONDS = 2.0  # without Ready and without a part in work: the line has a fault


@dataclass(frozen=True, slots=True)
class Manner:
    """How this vision system behaves.

    recipe: the one that runs.  automatic: go to Ready by itself when the line is ready for the
    first time.  hold: seconds for which OK, NG and Hold stay.  deadline: seconds after which a
    job without a result is over, and its part bad.  interval: seconds between two parts that
    StartContinuous asks for; 0: it asks for none, and reports those that others start.
    """

    recipe: str = ""
    automatic: bool = True
    hold: float = 2.0
    deadline: float = 5.0
    interval: float = 0.0


@dataclass(frozen=True, slots=True)
class _Job:
    uid: str
    serial: str
    began: float
    at: datetime


class Vision:
    """States, jobs and results. A part is good only while the tag OK is true for it."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self.state = State.PREOPERATIONAL
        self.board = Board(manner.hold, manner.recipe)
        self.late: set[str] = set()
        self._results: OrderedDict[str, Result] = OrderedDict()
        self._news: deque[News] = deque()
        self._job: _Job | None = None
        self._is_ready = False
        self._unready_since: float | None = None
        self._has_begun = not manner.automatic
        self.prepared = False
        self._next_part = 0.0
        self._continuous = ""
        self._highest = 0  # of the parts of which a word was said: they come in order
        self._before_error = State.PREOPERATIONAL

    # ── what the line says ──────────────────────────────────────────────────────────────────

    def line_ready(self, is_ready: bool, now: float) -> None:
        """Ready falls with every part that is taken; a fault is when it stays low."""
        self._is_ready = is_ready
        self._unready_since = None if is_ready else now
        if not is_ready:
            self.board.clear()
        elif self.state is State.ERROR:
            self._recover()
        elif not self._has_begun:
            self._has_begun = True
            self._go(State.INITIALIZED)
            self._prepare("")
        self._settle()

    def say(
        self, part: Part, disposition: Disposition, seen: Inspection | None, now: float
    ) -> None:
        """What happens to a part; one with number 0 was refused, and has no result."""
        if part.number == 0:
            self.board.refused(now)
            return
        result = self._result(part, disposition, seen)
        if result.uid in self.late:
            self.board.count("CountLate")
            log.warning("part %d: its result came too late and was not told", part.number)
            return
        is_first = part.number > self._highest
        self._keep(result)
        if is_first:
            self._highest = part.number
            self.board.show(result, now, may_release=self._may_release(result))
        if self._job is not None and self._job.uid == result.uid:
            self._end_job()
        self._settle()

    def tick(self, now: float) -> None:
        """What comes with time alone; to be called some ten times a second."""
        self.board.tick(now)
        job = self._job
        if job is not None and now - job.began > self.manner.deadline:
            self._give_up(job, ResultState.FAILED, now)
            self._end_job()
        since = self._unready_since
        if since is not None and self._job is None and now - since > FAULT_SECONDS:
            self._fail()
        self._settle()

    # ── what a client calls ─────────────────────────────────────────────────────────────────

    def call(self, name: str, now: float) -> Refusal:
        """Halt, Reset, SelectModeAutomatic, Stop or Abort."""
        after = leads_to(self.state, name)
        if after is None:
            return self.refuse(Refusal.WRONG_STATE, f"{name} is not possible in {self.state}")
        job, before = self._job, self.state
        self._job = None
        if name != "Stop" and job is not None:
            self._give_up(job, ResultState.ABORTED, now)
        self._go(after, name)
        if before in EXECUTING and after is State.READY:
            self._news.append(Ready(job.uid if job is not None else self._continuous))
        if after is not State.READY:
            self.prepared = False
            self.board.clear()
        self._settle()
        return Refusal.NONE

    def prepare(self, recipe: str, known: tuple[str, ...]) -> Refusal:
        """Ready for parts, if it is the recipe that runs."""
        refusal = self.check_recipe(recipe, known)
        if refusal is Refusal.NONE and leads_to(self.state, "PrepareRecipe") is None:
            words = f"PrepareRecipe is not possible in {self.state}"
            refusal = self.refuse(Refusal.WRONG_STATE, words)
        if refusal is Refusal.NONE:
            self._prepare("PrepareRecipe")
        return refusal

    def unprepare(self, recipe: str, known: tuple[str, ...]) -> Refusal:
        """No part may come until a recipe is prepared again."""
        refusal = self.check_recipe(recipe, known)
        if refusal is not Refusal.NONE:
            return refusal
        if leads_to(self.state, "UnprepareRecipe") is None:
            words = f"UnprepareRecipe is not possible in {self.state}"
            return self.refuse(Refusal.WRONG_STATE, words)
        self.prepared = False
        self._go(State.INITIALIZED, "UnprepareRecipe")
        self._settle()
        return Refusal.NONE

    def check_recipe(self, recipe: str, known: tuple[str, ...]) -> Refusal:
        """Whether that recipe is the one that runs."""
        if recipe == self.manner.recipe:
            return Refusal.NONE
        if recipe not in known:
            return self.refuse(Refusal.RECIPE_UNKNOWN, f"there is no recipe “{recipe}”")
        words = f"“{self.manner.recipe}” runs; change over to “{recipe}” at the station"
        return self.refuse(Refusal.RECIPE_NOT_RUNNING, words)

    def may_start(self, call: str, recipe: str, known: tuple[str, ...]) -> Refusal:
        """Whether StartSingleJob or StartContinuous may begin now; counted where not."""
        refusal = Refusal.NONE
        if self.board.testing:
            refusal = self.refuse(Refusal.IN_TEST, "the outputs are being tested")
        elif leads_to(self.state, call) is None:
            words = f"{call} is not possible in {self.state}"
            refusal = self.refuse(Refusal.WRONG_STATE, words)
        elif recipe:
            refusal = self.check_recipe(recipe, known)
        if refusal is not Refusal.NONE:
            self.board.count("CountMissed")
        return refusal

    def started(self, uid: str, serial: str, now: float) -> None:
        """The line took the part of a single job."""
        self.board.clear()
        self._job = _Job(uid, serial, now, datetime.now(UTC))
        self._go(State.SINGLE, "StartSingleJob")
        self._news.append(JobStarted(uid))
        self._settle()

    def started_continuous(self, now: float) -> str:
        """From now on parts belong to one job, until Stop or Abort; its id."""
        uid = secrets.token_hex(16)
        self._continuous = uid
        self._next_part = now
        self._go(State.CONTINUOUS, "StartContinuous")
        self._news.append(JobStarted(uid))
        self._settle()
        return uid

    def part_due(self, now: float) -> bool:
        """Whether the continuous job asks for its next part now."""
        due = self.state is State.CONTINUOUS and self.manner.interval > 0
        if not due or self.board.testing or now < self._next_part:
            return False
        self._next_part = max(now, self._next_part + self.manner.interval)
        return True

    def refuse(self, refusal: Refusal, words: str) -> Refusal:
        """Keep the words where a client can read them; the methods answer numbers only."""
        self.board.set("LastError", words)
        log.info("a call was refused: %s", words)
        return refusal

    # ── what is to be told ──────────────────────────────────────────────────────────────────

    def take_news(self) -> Iterator[News]:
        """Every event since the last time, in order."""
        while self._news:
            yield self._news.popleft()

    def tags(self) -> dict[str, Value]:
        """The plain tags as they are now."""
        return dict(self.board.values)

    def result(self, uid: str) -> Result | None:
        """One of the last results."""
        return self._results.get(uid)

    def results(self) -> tuple[Result, ...]:
        """The last results, newest first."""
        return tuple(reversed(self._results.values()))

    def press(self, name: str, value: Value) -> None:
        """Set a tag in the test mode."""
        if self.board.testing:
            self.board.set(name, value)

    def test(self, is_on: bool, now: float) -> None:
        """Begin or end the test of the outputs; a job in work is over."""
        if is_on and self._job is not None:
            self._give_up(self._job, ResultState.ABORTED, now)
            self._end_job()
        self.board.test(is_on)
        self._settle()

    def begin_anew(self, now: float) -> None:
        """The server was gone: nobody heard what was said, and every output is at its rest."""
        if self._job is not None:
            self._give_up(self._job, ResultState.ABORTED, now)
            self._end_job()
        self._news.clear()
        self.board.test(is_on=False)
        self._settle()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _result(self, part: Part, disposition: Disposition, seen: Inspection | None) -> Result:
        uid = seen.uid if seen is not None else f"part-{part.number}"
        known, job = self._results.get(uid), self._job
        serial = seen.part.serial if seen is not None else part.serial
        if job is not None and job.uid == uid:
            serial = job.serial or serial
        job_id = self._continuous if self.state is State.CONTINUOUS else uid
        now = datetime.now(UTC)
        return Result(
            uid,
            known.job if known is not None else job_id,
            known.serial if known is not None else serial,
            disposition,
            state_of(disposition, seen),
            code_of(disposition, seen),
            now,
            began_at(seen, now),
            part,
            seen,
        )

    def _may_release(self, result: Result) -> bool:
        """OK is given while parts may come, and during a single job for its own part only.

        A part of which a person spoke long afterwards lies somewhere else by now.
        """
        age = (result.at - result.began).total_seconds()
        if not -SKEW_SECONDS <= age <= self.manner.deadline:
            return False
        if self.state is State.SINGLE:
            return self._job is not None and self._job.uid == result.uid
        return self.state in INNER and self.state is not State.INITIALIZED

    def _keep(self, result: Result) -> None:
        self._results[result.uid] = result
        while len(self._results) > KEPT:
            gone, _ = self._results.popitem(last=False)
            self.late.discard(gone)
        self._news.append(ResultReady(result))

    def _give_up(self, job: _Job, state: ResultState, now: float) -> None:
        """The job is over without its result; should that still come, it is not told."""
        self.late.add(job.uid)
        at = datetime.now(UTC)
        reject = Disposition.REJECT
        result = Result(job.uid, job.uid, job.serial, reject, state, Code.LATE, at, job.at)
        self._keep(result)
        self.board.show(result, now, may_release=False)
        log.warning("the job %s ended without its result: %s", job.uid, state.name)

    def _end_job(self) -> None:
        """The single job has its result."""
        assert self._job is not None
        uid, self._job = self._job.uid, None
        self._go(State.READY)
        self._news.append(Ready(uid))

    def _prepare(self, call: str) -> None:
        self.prepared = True
        if self.state is not State.READY:
            self._go(State.READY, call)
        self._news.append(RecipePrepared(self.manner.recipe))

    def _fail(self) -> None:
        if self.state in (State.ERROR, State.HALTED) or not self._has_begun:
            return
        self._before_error = self.state
        self._news.append(Failed(self.state))
        self._go(State.ERROR)
        self.board.set("LastError", "the line inspects no parts; its screen says why")

    def _recover(self) -> None:
        after = self._before_error
        if after in INNER:
            after = State.READY if self.prepared else State.INITIALIZED
        self._news.append(Resolved(after))
        self._go(after)

    def _go(self, after: State, call: str = "") -> None:
        self._news.append(StateChanged(self.state, after, call))
        self.state = after

    def _settle(self) -> None:
        """The tags that follow from the state."""
        takes = self.state in (State.READY, State.CONTINUOUS)
        self.board.follow(
            is_ready=takes and self._is_ready,
            is_busy=self._job is not None,
            state=self.state.value,
        )
