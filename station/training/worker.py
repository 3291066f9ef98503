"""A lesson in a process of its own: it goes last on the processor, and may be killed at any moment.

The other side of the pipe is the hidden command `station lesson`. It reads one line, the lesson,
and writes lines: how far it is, and at the end what came of it. It ends when its input does, which
is when its parent is gone. A model is put in place whole or not at all, so a killed lesson leaves
nothing that looks like one.
"""

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from station.errors import ErrorCode, Fault
from station.helper import Helper
from station.whole import part_of

log = logging.getLogger(__name__)

FIRST_SECONDS = 2.0  # before that nobody can say how long it takes
TELL_SECONDS = 0.2
STEPS = {  # where a step begins and ends in the whole, as it was measured for the usual method
    "read": (0.0, 0.05),
    "sizes": (0.05, 0.25),
    "embed": (0.25, 0.65),
    "spots": (0.65, 0.70),
    "answers": (0.70, 0.75),
    "learn": (0.75, 0.84),
    "write": (0.84, 0.85),
    "evaluate": (0.85, 0.92),
    "disturb": (0.92, 1.0),
}
OTHER_STEP = (0.05, 0.84)
OF_SEVERAL = re.compile(r"(\d+)/(\d+) \w+\.(.+)")  # as `auto` names the step of a method
HALVES = {"plain": 0.0, "synthetic": 0.5}  # as `with_synthetic` names a step, and where it begins


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to teach from, and how.

    groups: a CSV file and its column, for data without groups. report: a folder; where it is
    given, the model is proven on the parts that were kept back, beside the incumbent's file as it
    judges by `limits`. robust: also on disturbed pictures, which takes longer. synthetic: as in
    `Wishes`.
    """

    folder: Path
    out: Path
    method: str = "auto"
    good: tuple[str, ...] | None = None
    seed: int = 0
    size: int | None = None
    folds: int = 5
    augment: tuple[str, ...] = ()
    balance: bool = True
    groups: tuple[str, str] | None = None
    report: Path | None = None
    incumbent: Path | None = None
    limits: tuple[float, float] | None = None
    robust: bool = True
    synthetic: str = ""


@dataclass(frozen=True, slots=True)
class LessonState:
    """How far a lesson is; `share` and `seconds_left` are of the whole.

    result: what was taught, as the command line prints it. A lesson ends with one of: a result, a
    fault, or cancelled.
    """

    running: bool = False
    step: str = ""
    share: float = 0.0
    seconds_left: float | None = None
    result: Mapping[str, Any] | None = None
    fault: Fault | None = None
    cancelled: bool = False


def encode_lesson(lesson: Lesson) -> bytes:
    """The line that tells the process what to do."""
    return (json.dumps(asdict(lesson), default=str) + "\n").encode()


def decode_lesson(line: bytes) -> Lesson:
    """That line read."""
    values = json.loads(line)
    for name in ("good", "augment", "groups", "limits"):
        values[name] = None if values[name] is None else tuple(values[name])
    for name in ("folder", "out", "report", "incumbent"):
        values[name] = None if values[name] is None else Path(values[name])
    return Lesson(**values)


class Course:
    """How far the whole is, from steps that only know of themselves. It never goes back."""

    def __init__(self) -> None:
        self._done = 0.0

    def at(self, step: str, share: float) -> float:
        """The share of the whole, where `share` of a step is done."""
        self._done = max(self._done, min(1.0, _within(step, share)))
        return self._done


def _within(step: str, share: float) -> float:
    """A lesson of several, or one that is taught twice, has lessons in it."""
    several = OF_SEVERAL.fullmatch(step)
    if several:
        return (int(several[1]) - 1 + _within(several[3], share)) / int(several[2])
    name, dot, rest = step.partition(".")
    if dot and name in HALVES:
        return HALVES[name] + _within(rest, share) / 2
    begins, ends = STEPS.get(step, OTHER_STEP)
    return begins + (ends - begins) * share


class Teller:
    """The lesson's side: lines on the pipe, not more than a person can read."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._course = Course()
        self._began = time.monotonic()
        self._told_at = 0.0
        self._step = ""

    def progress(self, step: str, share: float) -> None:
        """As `methods.base.Progress`."""
        done, now = self._course.at(step, share), time.monotonic()
        if step == self._step and now - self._told_at < TELL_SECONDS:
            return
        self._step, self._told_at = step, now
        self._line({"step": step, "share": done, "seconds_left": self._left(done, now)})

    def result(self, values: Mapping[str, Any]) -> None:
        """The end, and it is good."""
        self._line({"result": values})

    def fault(self, fault: Fault) -> None:
        """The end, and it is not."""
        self._line({"fault": fault.code.value, "facts": fault.facts})

    def _left(self, done: float, now: float) -> float | None:
        spent = now - self._began
        if spent < FIRST_SECONDS or done <= 0:
            return None
        return spent * (1 - done) / done

    def _line(self, values: Mapping[str, Any]) -> None:
        self._write(json.dumps(values, default=str) + "\n")


class Lessons:
    """Runs one lesson at a time. command: what starts the other side. All calls from one thread."""

    def __init__(self, command: Sequence[str]) -> None:
        self._helper = Helper(command, "lesson")
        self._lock = threading.Lock()
        self._state = LessonState()
        self._lesson: Lesson | None = None

    def start(self, lesson: Lesson) -> bool:
        """Begin; False where one is running. Returns at once."""
        if self.state().running:
            return False
        self.close()
        self._set(LessonState(running=True))
        self._lesson = lesson
        try:
            self._helper.start(encode_lesson(lesson), self._hear, self._gone)
        except OSError as error:
            self._set(LessonState(fault=_lost(error.strerror or str(error))))
        return True

    def state(self) -> LessonState:
        """How far it is, or how the last one ended."""
        with self._lock:
            return self._state

    def cancel(self) -> None:
        """End it now, whatever it does; nothing half-made is left. Safe where none is running."""
        if self._helper.process is None or not self.state().running:
            return
        self._helper.kill()
        self._helper.close()
        with self._lock:
            if self._state.result is None:
                self._state = LessonState(cancelled=True)

    def close(self) -> None:
        """Let go of everything; safe twice."""
        self.cancel()
        self._helper.close()

    def _gone(self, pid: int, how: str) -> None:
        self._clear_away(pid)
        with self._lock:
            if self._state.result is None and self._state.fault is None:
                self._state = replace(self._state, fault=_lost(how))
            self._state = replace(self._state, running=False, seconds_left=None)

    def _hear(self, said: Mapping[str, Any]) -> None:
        with self._lock:
            if "result" in said:
                self._state = replace(self._state, result=said["result"], share=1.0)
            elif "fault" in said:
                facts = tuple((str(name), str(value)) for name, value in said["facts"])
                fault = Fault(ErrorCode(said["fault"]), facts)
                self._state = replace(self._state, fault=fault)
            else:
                self._state = replace(
                    self._state,
                    step=str(said["step"]),
                    share=float(said["share"]),
                    seconds_left=said["seconds_left"],
                )

    def _clear_away(self, pid: int) -> None:
        """What a killed process had begun to write."""
        if self._lesson is not None:
            out = self._lesson.out
            with suppress(OSError):
                part_of(out, pid).unlink(missing_ok=True)

    def _set(self, state: LessonState) -> None:
        with self._lock:
            self._state = state


def _lost(reason: str) -> Fault:
    return Fault(ErrorCode.LESSON_LOST, (("reason", reason),))
