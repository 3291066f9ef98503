"""Which parts are studied, in which order they are judged, and what came of it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.domain.statistics import share
from station.errors import DatasetError, ErrorCode
from station.insight.agreement import Kappa
from station.insight.study import (
    Band,
    Plan,
    Role,
    Said,
    Study,
    StudyPart,
    Truth,
    Word,
    banded,
    choose,
    judged_by_all,
    judgements,
    last_word,
    order,
    people,
    standing,
    truths,
    turn,
)
from station.insight.study_notes import begin, last_result, outcome, say, studies, words
from station.insight.study_result import (
    Grade,
    Graded,
    Judged,
    Sheet,
    grade_effectiveness,
    grade_kappa,
    grade_misses,
    result,
    sheet,
)
from station.insight.study_table import sheet_of, table_of
from station.insight.tables import read_table
from station.store.beside import Beside
from station.store.store import Store
from tests.unit.insight.aiag import TRIALS, TRUTH, csv

LIMITS = (0.35, 0.6)
ANNA, BO = (Role.PERSON, "Anna"), (Role.PERSON, "Bo")


def part(number: int, truth: Said = Said.OK, score: float | None = 0.02) -> StudyPart:
    said = Said.NOTHING if score is None else Said.NG if score >= 0.6 else Said.OK
    return StudyPart(f"p{number}", f"images/{number}.png", truth=truth, said=said, score=score)


def pool(good: int, bad: int, border: int) -> list[StudyPart]:
    found = [part(n) for n in range(good)]
    found += [part(1000 + n, Said.NG, 0.95) for n in range(bad)]
    return found + [part(2000 + n, (Said.OK, Said.NG)[n % 2], 0.45) for n in range(border)]


def study(count: int = 6, people: int = 2, trials: int = 2, truth: Truth = Truth.LABELS) -> Study:
    told = [Said.NOTHING] * count if truth is Truth.EXPERT else [Said.OK, Said.NG] * count
    parts = tuple(part(n, told[n]) for n in range(count))
    return Study("u", Plan("flange", count, people, trials, truth), parts, seed=7)


def judged(of: Study, by: tuple[Role, str], trial: int, said: dict[int, Said]) -> list[Word]:
    return [Word(by[1], by[0], trial, place, word) for place, word in said.items()]


def by_truth(of: Study) -> dict[int, Said]:
    return {place: one.truth for place, one in enumerate(of.parts)}


# ── which parts ─────────────────────────────────────────────────────────────────────────────


def test_a_third_is_borderline_and_the_rest_half_good_half_bad() -> None:
    parts = choose(pool(200, 150, 60), 50, LIMITS, seed=1)
    bands = [banded(one, LIMITS) for one in parts]
    assert len(parts) == 50
    assert (bands.count(Band.BORDER), bands.count(Band.GOOD), bands.count(Band.BAD)) == (16, 17, 17)
    assert sum(one.truth is Said.OK for one in parts) == 25
    assert parts == choose(pool(200, 150, 60), 50, LIMITS, seed=1)
    assert parts != choose(pool(200, 150, 60), 50, LIMITS, seed=2)


@pytest.mark.parametrize(
    ("good", "bad", "border", "count"),
    [(500, 3, 0, 50), (3, 500, 0, 50), (0, 0, 80, 50), (10, 5, 4, 19), (500, 500, 500, 300)],
)
def test_what_there_are_too_few_of_is_made_up_by_others(
    good: int, bad: int, border: int, count: int
) -> None:
    parts = choose(pool(good, bad, border), count, LIMITS, seed=1)
    assert len(parts) == count
    assert len({one.name for one in parts}) == count
    worst = sum(one.truth is Said.NG for one in parts)
    assert worst >= min(bad + border // 2, count // 2) - 1
    few = choose(pool(good, bad, border)[:7], 50, LIMITS, seed=1)
    assert len(few) == min(7, good + bad + border)


def test_the_same_part_is_not_judged_under_two_names() -> None:
    twins = [
        dataclasses.replace(one, group=f"g{place // 2}")
        for place, one in enumerate(pool(20, 20, 0))
    ]
    parts = choose(twins, 50, LIMITS, seed=1)
    assert len(parts) == len({one.group for one in parts}) == 20


def test_where_the_station_was_wrong_is_borderline() -> None:
    assert banded(part(1, Said.NG, 0.02), LIMITS) is Band.BORDER
    assert banded(part(1, Said.OK, 0.21), LIMITS) is Band.BORDER
    assert banded(part(1, Said.OK, 0.19), LIMITS) is Band.GOOD
    assert banded(part(1, Said.NG, None), LIMITS) is Band.BAD
    unknown = dataclasses.replace(part(1, Said.NOTHING, 0.95))
    assert banded(unknown, LIMITS) is Band.BAD, "by the station, as long as no expert judged"


# ── who judges what, when ───────────────────────────────────────────────────────────────────


def test_every_judge_and_trial_has_an_order_of_its_own() -> None:
    of = study(50)
    orders = [order(of, judge, trial) for judge in (ANNA, BO) for trial in (1, 2)]
    assert all(sorted(one) == list(range(50)) for one in orders)
    assert len({tuple(one) for one in orders}) == 4
    assert orders[0] == order(of, ANNA, 1)
    assert order(of, ANNA, 1)[:8] == [16, 24, 38, 7, 33, 48, 47, 35], "on every machine"


def test_turn_by_turn_through_all_trials() -> None:
    of, said = study(6), []
    seen = []
    while (now := turn(of, standing(said), ANNA)) is not None:
        seen.append((now.trial, now.done, now.part))
        said.append(Word("Anna", Role.PERSON, now.trial, now.part, Said.OK))
    assert [one[:2] for one in seen] == [(t, n) for t in (1, 2) for n in range(6)]
    assert [one[2] for one in seen[:6]] == order(of, ANNA, 1)
    assert judgements(of, standing(said), ANNA) == (12, 12)
    assert turn(of, standing(said), BO) is not None
    assert people(standing(said)) == ("Anna",)


def test_a_word_taken_back_counts_no_more() -> None:
    of = study(6)
    first, second = order(of, ANNA, 1)[:2]
    said = judged(of, ANNA, 1, {first: Said.OK, second: Said.NG})
    assert last_word(of, standing(said), ANNA) == (1, second)
    said.append(Word("Anna", Role.PERSON, 1, second, Said.NOTHING))
    assert standing(said)[ANNA][1] == {first: Said.OK}
    now = turn(of, standing(said), ANNA)
    assert now is not None
    assert now.part == second
    said.append(Word("Anna", Role.PERSON, 1, second, Said.OK))
    assert standing(said)[ANNA][1] == {first: Said.OK, second: Said.OK}
    assert last_word(of, standing([]), ANNA) is None


def test_the_reference_of_an_expert_must_be_whole() -> None:
    of = study(4, truth=Truth.EXPERT)
    expert = (Role.EXPERT, "Li")
    said = judged(of, expert, 1, {0: Said.OK, 1: Said.NG, 2: Said.OK})
    assert truths(of, standing(said)) is None
    assert sheet(of, standing(said)) is None
    said += judged(of, expert, 1, {3: Said.NG})
    assert truths(of, standing(said)) == (Said.OK, Said.NG, Said.OK, Said.NG)
    assert judgements(of, standing(said), expert) == (4, 4), "once is enough for an expert"


def test_a_part_left_out_is_judged_by_nobody() -> None:
    of = study(4, trials=1)
    said = [*judged(of, ANNA, 1, by_truth(of)), Word("Bo", Role.OUT, 0, 2, Said.NG)]
    assert judged_by_all(of, standing(said)) == (0, 1, 3)
    assert judgements(of, standing(said), ANNA) == (3, 3)
    whole = sheet(of, standing(said))
    assert whole is not None
    assert whole.parts == ("p0", "p1", "p3")
    assert whole.places == (0, 1, 3)
    said += judged(of, BO, 1, {0: Said.OK, 1: Said.NG, 3: Said.OK})
    found = outcome(of, said)
    assert found is not None
    assert [one.part for one in found.disputes] == [3]


# ── what came of it ─────────────────────────────────────────────────────────────────────────


def test_only_whole_trials_count() -> None:
    of = study(4)
    said = judged(of, ANNA, 1, by_truth(of)) + judged(of, ANNA, 2, {0: Said.OK})
    found = outcome(of, said + judged(of, BO, 1, {1: Said.NG}))
    assert found is not None
    assert [(one.name, one.trials) for one in found.appraisers] == [("Anna", 1)]
    assert found.between is None
    assert found.station is None


def test_what_the_station_is_not_sure_of_does_not_pass() -> None:
    of = study(4, trials=1)  # OK, NG, OK, NG
    station = (Role.STATION, "")
    said = judged(of, station, 1, {0: Said.OK, 1: Said.REVIEW, 2: Said.REVIEW, 3: Said.OK})
    found = outcome(of, said)
    assert found is not None
    one = found.appraisers[0]
    assert one.station
    assert one.unsure == 2
    assert (one.seen.misses.count, one.seen.false_alarms.count) == (1, 1)
    assert {d.part: d.said for d in found.disputes} == {2: (("REVIEW",),), 3: (("OK",),)}


def test_the_study_of_the_aiag() -> None:
    judges = tuple(Judged(name, TRIALS[name]) for name in "ABC")
    found = result(Sheet(tuple(map(str, range(50))), TRUTH, judges))
    assert (found.good, found.bad) == (34, 16)
    assert [one.seen.effectiveness.count for one in found.appraisers] == [42, 45, 40]
    assert [round(pair.kappa.value, 2) for pair in found.pairs if pair.kappa] == [0.86, 0.78, 0.79]
    assert (found.alike.count, found.right.count) == (39, 39)
    assert len(found.disputes) == 11
    wrong = [
        sum(word != one.truth for words in one.said for word in words) for one in found.disputes
    ]
    assert wrong == sorted(wrong, reverse=True)


def test_classes_of_acceptance() -> None:
    """AIAG: effectiveness ≥ 90, 80 %; misses ≤ 2, 5 %. Proven only with enough parts."""
    good, marginal, bad = Grade.GOOD, Grade.MARGINAL, Grade.BAD
    assert grade_effectiveness(share(45, 50)) == Graded(good, False)
    assert grade_effectiveness(share(495, 500)) == Graded(good, True)
    assert grade_effectiveness(share(42, 50)) == Graded(marginal, False)
    assert grade_effectiveness(share(40, 50)) == Graded(marginal, False)
    assert grade_effectiveness(share(39, 50)) == Graded(bad, False)
    assert grade_effectiveness(share(10, 50)) == Graded(bad, True)
    assert grade_misses(share(0, 189)) == Graded(good, True)
    assert grade_misses(share(0, 188)) == Graded(good, False)
    assert grade_misses(share(1, 50)) == Graded(good, False)
    assert grade_misses(share(3, 60)) == Graded(marginal, False)
    assert grade_misses(share(0, 0)) is None
    assert grade_kappa(Kappa(0.8, 0.76, 0.9)) == Graded(good, True)
    assert grade_kappa(Kappa(0.5, 0.3, 0.7)) == Graded(marginal, False)
    assert grade_kappa(Kappa(0.3, 0.1, 0.39)) == Graded(bad, True)
    assert grade_kappa(Kappa(0.748, 0.6, 0.9)) == Graded(good, False), "it is shown as 0.75"
    assert grade_kappa(None) is None


def test_a_reference_of_one_kind_leaves_kappa_undefined() -> None:
    found = result(Sheet(("a", "b"), ("OK", "OK"), (Judged("A", (("OK", "NG"),)),)))
    assert found.bad == 0
    assert found.appraisers[0].seen.kappa is None
    assert found.appraisers[0].seen.misses.rate is None


# ── notes ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


def test_a_study_comes_back_from_its_notes_as_it_was(store: Store) -> None:
    of = study(4, trials=1)
    station = judged(of, (Role.STATION, ""), 1, {0: Said.OK, 1: Said.REVIEW})
    with Beside(store.folder) as beside:
        begun = begin(beside, of, station, "07")
        for word in judged(of, ANNA, 1, by_truth(of)):
            say(beside, begun.uid, word, "07")
    assert begun.parts == of.parts
    assert studies(store.reader) == [begun]
    kept = words(store.reader, begun.uid)
    assert kept[:2] == station
    found = last_result(store.reader)
    assert found is not None
    assert found[0] == begun
    assert found[1].appraisers[0].seen.effectiveness.rate == 1.0


def test_words_count_in_the_order_in_which_they_were_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where somebody set the clock back in between."""
    of = study(2, trials=1)
    begun = begin(store, of, [], "07")
    for at_ms, said in ((9_000, Said.OK), (5_000, Said.NOTHING), (1_000, Said.NG)):
        monkeypatch.setattr("station.store.sample_writer._now_ms", lambda at=at_ms: at)
        say(store, begun.uid, Word("Anna", Role.PERSON, 1, 0, said), "07")
    assert standing(words(store.reader, begun.uid))[ANNA][1] == {0: Said.NG}


def test_a_study_that_nobody_has_gone_through_has_no_figures_yet(store: Store) -> None:
    of = study(2, trials=1)
    begin(store, of, judged(of, (Role.STATION, ""), 1, by_truth(of)), "07")
    assert last_result(store.reader) is None


# ── tables ──────────────────────────────────────────────────────────────────────────────────


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "study.csv"
    path.write_text(text, "utf-8")
    return path


def read(tmp_path: Path, text: str, good: tuple[str, ...] = ()) -> Sheet:
    return sheet_of(read_table(table(tmp_path, text)), good)


def test_the_table_of_the_aiag(tmp_path: Path) -> None:
    found = read(tmp_path, csv(station=True))
    assert found.truth == TRUTH
    assert {one.name: one.trials for one in found.judges if not one.station} == TRIALS
    assert found.judges[3].station
    assert found.judges[3].trials == (TRUTH,)
    assert read(tmp_path, csv().replace("\n", "\r\n").replace(",", ";")).truth == TRUTH


def test_our_own_table_reads_back_as_the_same_study(tmp_path: Path) -> None:
    of = study(4, trials=1, truth=Truth.EXPERT)
    told = {0: Said.OK, 1: Said.NG, 2: Said.OK, 3: Said.NG}
    said = judged(of, (Role.STATION, ""), 1, told | {1: Said.REVIEW})
    said += judged(of, (Role.EXPERT, "Li"), 1, told) + judged(of, ANNA, 1, told | {0: Said.NG})
    path = tmp_path / "words.csv"
    path.write_bytes(table_of(of, said))
    ours, again = outcome(of, said), result(sheet_of(read_table(path)))
    assert ours is not None
    assert {one.name: one.seen for one in ours.appraisers} == {
        one.name: one.seen for one in again.appraisers
    }
    assert again.appraisers[0].unsure == 1


def test_no_name_in_our_table_is_taken_for_a_formula() -> None:
    of = study(2, trials=1)
    said = judged(of, (Role.PERSON, "=1+1"), 1, by_truth(of))
    assert ",'=1+1," in table_of(of, said).decode("utf-8-sig")


ROWS = ("part,appraiser,trial,rating,reference", "1,A,1,OK,OK", "1,A,2,OK,OK", "2,A,1,NG,NG")


@pytest.mark.parametrize(
    ("rows", "code", "facts"),
    [
        (("part,appraiser,trial,rating", "1,A,1,OK"), "TABLE_NO_COLUMN", {"column": "reference"}),
        ((*ROWS, "2,A,1,NG,NG"), "STUDY_TWICE", {"line": "5", "part": "2", "trial": "1"}),
        (ROWS, "STUDY_UNEVEN", {"part": "2", "appraiser": "A", "trial": "2"}),
        ((*ROWS, "2,A,2,NG,"), "STUDY_GAP", {"line": "5", "column": "reference"}),
        ((*ROWS, "2,A,2,,NG"), "STUDY_GAP", {"line": "5", "column": "rating"}),
        ((*ROWS, "2,A,2,maybe,NG"), "STUDY_WORD", {"line": "5", "value": "maybe"}),
        ((*ROWS, "2,A,2,NG,OK"), "STUDY_TRUTH", {"part": "2"}),
        ((*ROWS, "2,A,2,NG,REVIEW"), "STUDY_WORD", {"column": "reference"}),
        (
            (*ROWS, "2,A,2,NG,NG", "1,B,1,OK,OK", "2,B,1,OK,NG"),
            "STUDY_UNEVEN",
            {"appraiser": "B", "trial": "2"},
        ),
        ((ROWS[0], ROWS[1]), "STUDY_TOO_FEW", {"count": "1"}),
    ],
)
def test_what_is_wrong_with_a_table_is_named(
    tmp_path: Path, rows: tuple[str, ...], code: str, facts: dict[str, str]
) -> None:
    with pytest.raises(DatasetError) as caught:
        read(tmp_path, "\n".join(rows))
    assert caught.value.code is ErrorCode[code]
    assert facts.items() <= dict(caught.value.fault.facts).items()


def test_which_words_pass_can_be_said(tmp_path: Path) -> None:
    text = "\n".join((*ROWS, "2,A,2,NG,NG")).replace("OK", "typ 1").replace("NG", "typ 2")
    with pytest.raises(DatasetError, match="STUDY_WORD".lower()):
        read(tmp_path, text)
    assert read(tmp_path, text, ("Typ 1",)).truth == ("OK", "NG")
    with pytest.raises(DatasetError) as caught:
        read(tmp_path, text, ("typ 3",))
    assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS
