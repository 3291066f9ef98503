"""The line as it is seen: from a real database, read on as parts come."""

import time as clock
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.insight import overview
from station.insight.drift import State
from station.insight.figures import By
from station.insight.overview import DAYS_BEFORE, Seen, break_down, known_before, see
from station.insight.spans import local
from station.settings import LineSettings
from station.store.history import Filter
from station.store.passages import read_passages
from station.store.queries import Reader
from station.store.store import Store
from tools.history_bench import START_MS, STEP_MS, build

LINE = LineSettings(subgroup=50)
STARTS = (local(START_MS).time(),)  # days that begin with the first part, wherever this runs
MODEL = "ab" * 32
HOUR, DAY = 3_600_000, 24 * 3_600_000
ROWS = 40_000
STILL = Still("", np.zeros((8, 8), np.uint8), None, None)
END = START_MS + (ROWS + 1) * STEP_MS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("line")
    build(made, ROWS)
    return made


def seen_of(folder: Path, wanted: Filter, before: Seen | None = None, now_ms: int = END) -> Seen:
    with Reader(folder) as reader, reader.connection() as connection:
        return see(connection, wanted, LINE, STARTS, now_ms, before)


def part(number: int, verdict: Verdict = Verdict.NG) -> Inspection:
    return Inspection(
        uid=f"{number:032x}",
        part=Part(number, f"N{number}", "LOT-new"),
        at_ms=END + number,
        trigger=TriggerSource.KEY,
        verdict=verdict,
        recipe="flange",
        recipe_version=3,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="model-0",
        model_sha256=MODEL,
        provider="",
        camera="",
        label="scratch",
        score=0.9,
        confidence=0.9,
    )


def test_all_figures_of_a_span_are_of_the_same_parts(folder: Path) -> None:
    seen = seen_of(folder, Filter(since_ms=START_MS + 20_000 * STEP_MS, recipe="cover"))
    assert seen.fresh
    assert abs(seen.figures.parts - 8_800) <= 1
    assert seen.chart is not None
    assert sum(one.bad for one in seen.chart.points) == seen.pareto.ng
    assert seen.chart.known > 9_000  # those of that recipe before
    assert seen.chart.centre == pytest.approx(0.03, abs=0.003)
    assert len(seen.drifts) == 4
    assert {one.state for one in seen.drifts} == {State.INSIDE}
    assert seen.figures.cycle == pytest.approx(3.0, abs=0.05)
    assert seen.figures.oee is not None
    assert seen.figures.ideal is not None
    assert seen.figures.ideal.shown
    for by in By:
        assert sum(one.parts for _, one in break_down(seen, by, LINE, STARTS)) == seen.figures.parts


def test_the_share_before_is_that_of_the_fortnight(folder: Path) -> None:
    since = START_MS + 20_000 * STEP_MS
    with Reader(folder) as reader, reader.connection() as connection:
        wanted = Filter(since_ms=since, recipe="cover")
        parts = read_passages(connection, wanted)
        known = known_before(connection, wanted, parts, 100)
        late = known_before(connection, replace(wanted, since_ms=since + 30 * DAY), parts, 100)
    assert known is not None
    assert known.parts > 2500
    assert late is None
    assert DAYS_BEFORE == 14


def test_a_page_that_stays_open_reads_what_is_new(folder: Path) -> None:
    wanted = Filter(since_ms=START_MS + 30_000 * STEP_MS)
    first = seen_of(folder, wanted)
    again = seen_of(folder, wanted, first, END + HOUR)
    assert not again.fresh
    assert again.parts is first.parts
    assert again.chart is first.chart
    assert again.figures.planned == pytest.approx(first.figures.planned + 3600)
    with Store(folder) as store:
        for number in range(1, 4):
            store.record(part(ROWS + number), STILL, False)
        word = Decision(part(ROWS + 1).uid, DecisionKind.ACCEPT, END + HOUR)
        store.decide(word)
    then = seen_of(folder, wanted, again, END + HOUR)
    anew = seen_of(folder, wanted, None, END + HOUR)
    assert then.fresh
    assert then.figures.parts == first.figures.parts + 3
    assert then.pareto.ng == first.pareto.ng + 2
    assert then.figures == anew.figures
    assert then.chart == anew.chart
    assert then.pareto == anew.pareto
    assert then.drifts == anew.drifts


def test_a_lot_has_its_own_span(folder: Path) -> None:
    seen = seen_of(folder, Filter(lot="LOT-00003"))
    assert seen.figures.parts == 4000
    assert seen.since_ms == seen.parts.at_ms[0]
    assert seen.until_ms == seen.parts.at_ms[-1]
    assert seen.figures.planned == pytest.approx(4000 * 3, rel=0.01)
    assert seen.figures.stopped == 0


def test_of_very_many_parts_the_hours_tell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = Filter(since_ms=START_MS // HOUR * HOUR, until_ms=START_MS // HOUR * HOUR + 20 * HOUR)
    one_by_one = seen_of(folder, wanted)
    monkeypatch.setattr(overview, "MOST_PARTS", 1000)
    seen = seen_of(folder, wanted, one_by_one)
    assert seen.by_hours
    assert len(seen.parts) == 0
    for name in ("parts", "not_inspected", "waiting", "good", "first_pass", "overruled", "judged"):
        assert getattr(seen.figures, name) == getattr(one_by_one.figures, name), name
    assert seen.figures.escapes == one_by_one.figures.escapes
    assert seen.figures.false_rejects == one_by_one.figures.false_rejects
    assert seen.pareto == one_by_one.pareto
    assert (seen.figures.oee, seen.figures.pace, seen.drifts) == (None, None, ())
    assert seen.chart is not None
    assert len(seen.chart.points) == 20
    assert sum(one.bad for one in seen.chart.points) == seen.pareto.ng
    monkeypatch.setattr(overview, "MOST_HOURS", 10)
    by_day = seen_of(folder, wanted, seen)
    assert by_day.chart is not None
    assert len(by_day.chart.points) in (1, 2)
    assert sum(one.n for one in by_day.chart.points) == sum(one.n for one in seen.chart.points)
    assert break_down(seen, By.LOT, LINE, STARTS) == ()
    monkeypatch.setattr(overview, "MOST_PARTS", 100_000)
    assert seen_of(folder, wanted, seen).figures == one_by_one.figures


def test_nothing_there(folder: Path) -> None:
    seen = seen_of(folder, Filter(since_ms=END + DAY), now_ms=END + DAY + HOUR)
    assert (seen.figures.parts, seen.chart, seen.pareto.bars, seen.drifts) == (0, None, (), ())
    assert seen.figures.stopped == 3600
    nothing = seen_of(folder, Filter(lot="none"))
    assert (nothing.figures.parts, nothing.figures.planned) == (0, 0)
    assert np.size(nothing.parts.ids) == 0


def test_a_shift_is_seen_in_a_moment(folder: Path) -> None:
    wanted = Filter(since_ms=START_MS + 20_000 * STEP_MS)
    began = clock.thread_time()
    first = seen_of(folder, wanted)
    cold = clock.thread_time() - began
    began = clock.thread_time()
    seen_of(folder, wanted, first, END + 1)
    still = clock.thread_time() - began
    print(f"20,000 parts seen in {1e3 * cold:.0f} ms of work, again in {1e3 * still:.0f} ms")
    assert cold < 1.0  # 0.15 s on a quiet machine
    assert still < 0.3
