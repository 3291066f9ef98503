import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from station.errors import ErrorCode, Fault
from station.inference.engine import Engine
from station.supervisor import program
from station.training.worker import (
    Course,
    Lesson,
    Lessons,
    LessonState,
    Teller,
    decode_lesson,
    encode_lesson,
)
from tests.unit.training.conftest import draw, write, write_parts


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "零件", 0, 4)


@pytest.fixture
def lessons() -> Iterator[Lessons]:
    made = Lessons(program("lesson"))
    yield made
    made.close()


def wait(lessons: Lessons, until: Callable[[LessonState], bool]) -> LessonState:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        state = lessons.state()
        if until(state):
            return state
        time.sleep(0.02)
    raise AssertionError(f"still {lessons.state()}")


def ended(state: LessonState) -> bool:
    return not state.running


def child(lessons: Lessons) -> psutil.Process:
    assert lessons._helper.process is not None
    return psutil.Process(lessons._helper.process.pid)


def test_a_lesson_is_taught_beside_and_told(lessons: Lessons, parts: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "model.onnx"
    assert lessons.start(Lesson(parts, out, "linear", seed=3))
    assert not lessons.start(Lesson(parts, out, "linear"))
    seen = []

    def look(state: LessonState) -> bool:
        seen.append(state)
        return ended(state)

    state = wait(lessons, look)
    assert state.fault is None
    assert not state.cancelled
    assert state.result is not None
    assert state.result["classes"] == ["blob", "good", "line"]
    assert state.share == 1.0
    shares = [one.share for one in seen]
    assert shares == sorted(shares)
    assert {"read", "embed"} & {one.step for one in seen}
    with Engine(out, "cpu") as engine:
        assert engine.sha256 == state.result["sha256"]


@pytest.mark.skipif(os.name != "posix", reason="niceness is POSIX'; Windows has a class")
def test_it_goes_last(lessons: Lessons, parts: Path, tmp_path: Path) -> None:
    lessons.start(Lesson(parts, tmp_path / "m.onnx", "linear"))
    wait(lessons, lambda state: state.step != "")
    assert child(lessons).nice() >= 15
    if sys.platform == "linux":
        assert os.sched_getscheduler(child(lessons).pid) == os.SCHED_BATCH


def test_cancel_ends_it_at_once_and_leaves_nothing(
    lessons: Lessons, parts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "m.onnx"
    lessons.start(Lesson(parts, out, "linear"))
    wait(lessons, lambda state: state.step in ("embed", "spots", "learn"))
    process = child(lessons)
    began = time.monotonic()
    lessons.cancel()
    assert time.monotonic() - began < 5
    assert lessons.state() == LessonState(cancelled=True)
    assert not process.is_running()
    assert list(out.parent.iterdir()) == []
    lessons.cancel()
    assert lessons.start(Lesson(parts, out, "linear"))
    assert wait(lessons, ended).result is not None


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX'")
def test_a_process_that_is_killed_is_a_fault_and_leaves_the_old_model(
    lessons: Lessons, parts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "m.onnx"
    out.write_bytes(b"old")
    lessons.start(Lesson(parts, out, "linear"))
    wait(lessons, lambda state: state.step == "embed")
    child(lessons).send_signal(signal.SIGKILL)
    state = wait(lessons, ended)
    assert state.fault == Fault(ErrorCode.LESSON_LOST, (("reason", "signal 9"),))
    assert state.result is None
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_it_ends_when_whoever_asked_is_gone(parts: Path, tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from station.supervisor import program\n"
        "from station.training.worker import Lesson, Lessons\n"
        "lessons = Lessons(program('lesson'))\n"
        "lessons.start(Lesson(Path(sys.argv[1]), Path(sys.argv[2]), 'linear'))\n"
        "while not lessons.state().step: time.sleep(0.02)\n"
        "print(lessons._helper.process.pid, flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(parts), str(tmp_path / "m.onnx")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        taught = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    taught.wait(10)


def test_a_fault_comes_as_a_fault(lessons: Lessons, tmp_path: Path) -> None:
    lessons.start(Lesson(tmp_path / "nowhere", tmp_path / "m.onnx", "linear"))
    state = wait(lessons, ended)
    assert state.fault is not None
    assert state.fault.code is ErrorCode.FOLDER_NOT_FOUND
    assert state.fault.fact("path") == str(tmp_path / "nowhere")


def test_a_program_that_cannot_be_started_is_a_fault(tmp_path: Path) -> None:
    lessons = Lessons([str(tmp_path / "no program")])
    lessons.start(Lesson(tmp_path, tmp_path / "m.onnx"))
    fault = lessons.state().fault
    assert fault is not None
    assert fault.code is ErrorCode.LESSON_LOST
    lessons.close()


def test_a_lesson_is_the_same_on_the_other_side() -> None:
    for lesson in (
        Lesson(Path("a"), Path("b")),
        Lesson(
            *(Path("法"), Path("b.onnx"), "linear", ("ok", "gut"), 4, 320, 3, ("flip",), False),
            *(("t.csv", "lot"), Path("r"), Path("old.onnx")),
        ),
        Lesson(Path("a"), Path("b"), synthetic="cutpaste"),
    ):
        assert decode_lesson(encode_lesson(lesson)) == lesson


def test_the_whole_never_goes_back_and_ends_at_one() -> None:
    course = Course()
    steps = [("read", 0.5), ("1/2 linear.embed", 0.5), ("1/2 linear.learn", 1.0)]
    steps += [("2/2 classical.embed", 0.0), ("2/2 classical.learn", 1.0), ("write", 1.0)]
    shares = [course.at(step, share) for step, share in [*steps, ("read", 0.0)]]
    assert shares == sorted(shares)
    assert 0.3 < shares[2] < 0.5 <= shares[3] + 0.1
    assert course.at("disturb", 1.0) == 1.0


def test_a_lesson_beside_tries_synthetic_defects_too(lessons: Lessons, tmp_path: Path) -> None:
    folder = tmp_path / "rare"
    for kind, count in (("good", 12), ("blob", 12), ("line", 4)):
        for seed in range(count):
            write(folder / kind / f"{seed:02}.png", draw(kind, seed)[0])
    out = tmp_path / "m.onnx"
    assert lessons.start(Lesson(folder, out, "linear", size=224, folds=2, synthetic="cutpaste"))
    state = wait(lessons, ended)
    assert state.fault is None
    assert state.result is not None
    trial = state.result["synthetic"]
    assert trial["made"] == 8
    assert json.loads(state.result["card_json"])["metrics"]["synthetic.made"] == 8
    assert trial["plain"]["balanced"] > 0
    assert [path.name for path in tmp_path.glob("*.onnx")] == ["m.onnx"]


def test_a_lesson_that_is_taught_twice_is_half_done_after_the_first() -> None:
    course = Course()
    assert course.at("plain.learn", 1.0) < 0.5
    assert course.at("synthetic.read", 0.0) == 0.5
    assert 0.7 < course.at("synthetic.embed", 1.0) < course.at("write", 1.0)
    several = Course()
    assert several.at("1/2 linear.synthetic.learn", 1.0) < 0.5
    assert several.at("2/2 classical.plain.embed", 1.0) == 0.5 + (0.65 / 2) / 2


def test_lines_are_few_and_say_what_is_left() -> None:
    lines: list[str] = []
    teller = Teller(lines.append)
    teller._began -= 30
    for number in range(1000):
        teller.progress("embed", number / 1000)
    teller.fault(Fault(ErrorCode.DATASET_ONE_CLASS, (("path", "p"),)))
    said = [json.loads(line) for line in lines]
    assert len(said) < 20
    assert said[0]["seconds_left"] == pytest.approx(30 * 0.75 / 0.25, rel=0.05)
    assert said[-1] == {"fault": "dataset_one_class", "facts": [["path", "p"]]}
