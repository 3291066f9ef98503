"""What calls, the line and time do to the vision system: above all, when OK may be true."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from station.domain.inspection import Disposition, Verdict
from station.domain.part import Part
from station.machine.modbus.codes import Code
from station.machine.opcua.news import (
    CODE_UNASKED,
    Failed,
    JobStarted,
    News,
    Ready,
    RecipePrepared,
    Resolved,
    ResultReady,
    StateChanged,
)
from station.machine.opcua.states import Refusal, ResultState, State
from station.machine.opcua.vision import FAULT_SECONDS, KEPT, Manner, Vision
from tests.unit.machine.opcua_side import inspection

RELEASE, REJECT, HOLD = Disposition.RELEASE, Disposition.REJECT, Disposition.HOLD


def made(**manner: object) -> Vision:
    """Ready for a job, its news taken."""
    vision = Vision(Manner("flange", **manner))  # type: ignore[arg-type]
    vision.line_ready(is_ready=True, now=0.0)
    list(vision.take_news())
    return vision


@pytest.fixture
def vision() -> Vision:
    return made()


def started(vision: Vision, uid: str = "a", now: float = 1.0) -> None:
    assert vision.may_start("StartSingleJob", "", ()) is Refusal.NONE
    vision.started(uid, "S1", now)


def say(
    vision: Vision,
    disposition: Disposition = RELEASE,
    uid: str = "a",
    now: float = 1.1,
    verdict: Verdict = Verdict.OK,
    number: int = 1,
    age: float = 0.0,
) -> None:
    seen = inspection(uid, number, "S1", verdict)
    seen = replace(seen, at_ms=seen.at_ms - int(age * 1000))
    vision.say(Part(number, "S1"), disposition, seen, now)


def word(vision: Vision) -> tuple[object, ...]:
    tags = vision.tags()
    return tags["OK"], tags["NG"], tags["Hold"], tags["Code"], tags["Seq"]


def results(news: Iterator[News]) -> list[tuple[str, ResultState, int]]:
    found = [one.result for one in news if isinstance(one, ResultReady)]
    return [(one.uid, one.state, one.code) for one in found]


def test_it_becomes_ready_with_the_line() -> None:
    vision = Vision(Manner("flange"))
    assert (vision.state, word(vision)) == (State.PREOPERATIONAL, (False, False, False, 0, 0))
    vision.line_ready(is_ready=True, now=0.0)
    assert list(vision.take_news()) == [
        StateChanged(State.PREOPERATIONAL, State.INITIALIZED),
        StateChanged(State.INITIALIZED, State.READY),
        RecipePrepared("flange"),
    ]
    assert vision.tags()["Ready"] is True


def test_it_waits_to_be_asked_where_that_is_wanted() -> None:
    vision = Vision(Manner("flange", automatic=False))
    vision.line_ready(is_ready=True, now=0.0)
    assert vision.state is State.PREOPERATIONAL
    say(vision)
    assert word(vision) == (False, True, False, CODE_UNASKED, 1)  # nobody asked for that part


def test_a_job_and_its_result(vision: Vision) -> None:
    started(vision)
    assert vision.tags()["Busy"] is True
    assert vision.tags()["Ready"] is False
    assert word(vision) == (False, False, False, 0, 0)
    say(vision)
    assert word(vision) == (True, False, False, 0, 1)
    news = list(vision.take_news())
    assert [type(one) for one in news] == [
        StateChanged,
        JobStarted,
        ResultReady,
        StateChanged,
        Ready,
    ]
    assert results(iter(news)) == [("a", ResultState.COMPLETED, 0)]
    assert vision.state is State.READY


@pytest.mark.parametrize(
    ("disposition", "verdict", "told", "state"),
    [
        (REJECT, Verdict.NG, (False, True, False, Code.DEFECT, 1), ResultState.COMPLETED),
        (HOLD, Verdict.REVIEW, (False, False, True, Code.REVIEW, 1), ResultState.PROCESSING),
        (
            REJECT,
            Verdict.NOT_INSPECTED,
            (False, True, False, Code.NOT_INSPECTED, 1),
            ResultState.FAILED,
        ),
    ],
)
def test_what_is_not_released_is_never_ok(
    vision: Vision,
    disposition: Disposition,
    verdict: Verdict,
    told: tuple[object, ...],
    state: ResultState,
) -> None:
    started(vision)
    say(vision, disposition, verdict=verdict)
    assert word(vision) == told
    assert [one[1] for one in results(vision.take_news())] == [state]


def test_the_word_of_a_person_comes_as_an_event_and_not_as_ok(vision: Vision) -> None:
    started(vision)
    say(vision, HOLD, verdict=Verdict.REVIEW)
    list(vision.take_news())
    vision.tick(10.0)  # the next part may be there by now
    say(vision, RELEASE, now=11.0, verdict=Verdict.REVIEW)
    assert word(vision) == (False, False, False, Code.REVIEW, 1)
    assert results(vision.take_news()) == [("a", ResultState.COMPLETED, 0)]
    found = vision.result("a")
    assert found is not None
    assert found.disposition is RELEASE


def test_ok_ends_after_its_time(vision: Vision) -> None:
    started(vision)
    say(vision, now=1.1)
    vision.tick(3.0)
    assert word(vision)[0] is True
    vision.tick(3.2)
    assert word(vision) == (False, False, False, 0, 1)


def test_ok_ends_with_the_next_part(vision: Vision) -> None:
    started(vision)
    say(vision)
    vision.line_ready(is_ready=False, now=1.2)  # somebody else's part was taken
    assert word(vision)[0] is False
    vision.line_ready(is_ready=True, now=1.3)
    assert word(vision)[0] is False


def test_another_part_is_not_ok_during_a_job(vision: Vision) -> None:
    started(vision, "a")
    say(vision, uid="somebody's")
    assert word(vision) == (False, True, False, CODE_UNASKED, 1)
    assert vision.state is State.SINGLE
    say(vision, uid="a", number=2)
    assert word(vision) == (True, False, False, 0, 2)


def test_a_refused_part_is_bad_and_counted(vision: Vision) -> None:
    vision.say(Part(0, "S1"), REJECT, None, 1.0)
    assert word(vision) == (False, True, False, Code.MISSED, 1)
    assert vision.tags()["CountMissed"] == 1
    assert results(vision.take_news()) == []


def test_a_job_without_a_result_is_over_in_time() -> None:
    vision = made(deadline=2.0)
    started(vision, now=1.0)
    vision.tick(2.9)
    assert vision.state is State.SINGLE
    vision.tick(3.1)
    assert vision.state is State.READY
    assert word(vision) == (False, True, False, Code.LATE, 1)
    assert results(vision.take_news()) == [("a", ResultState.FAILED, Code.LATE)]

    say(vision, now=3.2)  # too late: nobody may pass the part by it
    assert word(vision) == (False, True, False, Code.LATE, 1)
    assert vision.tags()["CountLate"] == 1
    assert results(vision.take_news()) == []
    assert "a" in vision.late


def test_an_aborted_job_gives_no_ok(vision: Vision) -> None:
    started(vision)
    assert vision.call("Abort", 1.1) is Refusal.NONE
    assert vision.state is State.READY
    say(vision)
    assert word(vision)[:2] == (False, True)
    assert results(vision.take_news()) == [("a", ResultState.ABORTED, Code.LATE)]


def test_a_stopped_job_keeps_its_result(vision: Vision) -> None:
    started(vision)
    assert vision.call("Stop", 1.1) is Refusal.NONE
    assert vision.state is State.READY
    say(vision)
    assert word(vision) == (True, False, False, 0, 1)


def test_nothing_is_ok_after_halt(vision: Vision) -> None:
    assert vision.call("Halt", 1.0) is Refusal.NONE
    say(vision)
    assert word(vision) == (False, True, False, CODE_UNASKED, 1)
    assert vision.tags()["Ready"] is False
    assert vision.may_start("StartSingleJob", "", ()) is Refusal.WRONG_STATE
    assert vision.tags()["CountMissed"] == 1
    assert "Halted" in str(vision.tags()["LastError"])


def test_a_line_that_stays_unready_is_an_error_until_it_is_ready(vision: Vision) -> None:
    vision.line_ready(is_ready=False, now=10.0)
    vision.tick(10.0 + FAULT_SECONDS / 2)
    assert vision.state is State.READY
    vision.tick(10.1 + FAULT_SECONDS)
    assert list(vision.take_news()) == [
        Failed(State.READY),
        StateChanged(State.READY, State.ERROR),
    ]
    vision.tick(20.0)
    assert list(vision.take_news()) == []
    vision.line_ready(is_ready=True, now=21.0)
    assert list(vision.take_news()) == [
        Resolved(State.READY),
        StateChanged(State.ERROR, State.READY),
    ]


def test_halted_stays_halted_whatever_the_line_does(vision: Vision) -> None:
    vision.call("Halt", 1.0)
    vision.line_ready(is_ready=False, now=2.0)
    vision.tick(10.0)
    vision.line_ready(is_ready=True, now=11.0)
    assert vision.state is State.HALTED


def test_the_running_recipe_alone_can_be_prepared(vision: Vision) -> None:
    known = ("flange", "bracket")
    assert vision.prepare("flange", known) is Refusal.NONE
    assert vision.prepare("bracket", known) is Refusal.RECIPE_NOT_RUNNING
    assert vision.prepare("cup", known) is Refusal.RECIPE_UNKNOWN
    assert vision.may_start("StartSingleJob", "bracket", known) is Refusal.RECIPE_NOT_RUNNING
    assert vision.unprepare("flange", known) is Refusal.NONE
    assert vision.may_start("StartSingleJob", "", ()) is Refusal.WRONG_STATE


def test_a_continuous_job_asks_for_its_parts() -> None:
    vision = made(interval=0.5)
    assert not vision.part_due(1.0)
    uid = vision.started_continuous(1.0)
    due = [now / 10 for now in range(10, 31) if vision.part_due(now / 10)]
    assert due == [1.0, 1.5, 2.0, 2.5, 3.0]
    say(vision, uid="a", now=1.1)
    assert word(vision)[0] is True
    found = vision.result("a")
    assert found is not None
    assert found.job == uid
    assert vision.call("Stop", 3.1) is Refusal.NONE
    assert not vision.part_due(9.0)


def test_a_test_of_the_outputs_begins_and_ends_at_rest(vision: Vision) -> None:
    started(vision)
    say(vision)
    vision.test(is_on=True, now=2.0)
    assert word(vision)[:3] == (False, False, False)
    assert vision.tags()["Ready"] is False
    assert vision.may_start("StartSingleJob", "", ()) is Refusal.IN_TEST
    say(vision, uid="b", now=2.1, number=2)
    assert word(vision)[0] is False  # what the line says is not shown meanwhile
    vision.press("OK", True)
    assert word(vision)[0] is True
    vision.test(is_on=False, now=3.0)
    assert word(vision)[0] is False
    assert vision.tags()["Ready"] is True
    vision.press("OK", True)
    assert word(vision)[0] is False


def test_a_new_server_begins_at_rest(vision: Vision) -> None:
    started(vision)
    vision.begin_anew(1.2)
    assert vision.state is State.READY
    assert word(vision)[0] is False
    assert list(vision.take_news()) == []
    say(vision)
    assert word(vision)[0] is False


def test_only_so_many_results_are_kept(vision: Vision) -> None:
    for number in range(KEPT + 5):
        say(vision, uid=f"uid-{number}", now=float(number), number=number + 1)
    assert len(vision.results()) == KEPT
    assert vision.result("uid-4") is None
    assert vision.results()[0].uid == f"uid-{KEPT + 4}"

    vision.tick(1e6)
    assert word(vision)[0] is False
    say(vision, uid="uid-2", now=1e6, number=3)  # held long ago, and now a person says release
    assert word(vision)[0] is False


@pytest.mark.parametrize("age", [5.1, 3600.0, -60.0])
def test_a_part_of_long_ago_is_not_ok(vision: Vision, age: float) -> None:
    """One that waited for a person when the program ended, and is released after its start."""
    say(vision, uid="old", number=7, age=age)
    assert word(vision) == (False, True, False, CODE_UNASKED, 1)
    say(vision, uid="new", number=8)
    assert word(vision) == (True, False, False, 0, 2)
