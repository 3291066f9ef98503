"""The figures of a study of agreement in words, for the screen and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from station.domain.statistics import Share, wilson
from station.gui.texts import number, percent, translate
from station.insight.agreement import Kappa
from station.insight.study import PARTS, PEOPLE, TRIALS, Plan, Said, Study, Truth
from station.insight.study_result import (
    Appraiser,
    Grade,
    Graded,
    Result,
    grade_effectiveness,
    grade_false_alarms,
    grade_kappa,
    grade_misses,
)

SECONDS = 6  # a person looks at a part about so long
TONES = {Grade.GOOD: "ok", Grade.MARGINAL: "review", Grade.BAD: "ng"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with its interval and what it is worth; tone: ok, review, ng, or empty."""

    value: str
    interval: str = ""
    note: str = ""
    tone: str = ""


def heading() -> str:
    """What it is called."""
    return translate("Study", "Agreement study")


def facts(study: Study) -> str:
    """What was studied: Flange 120 · 50 parts × 3 people × 3 trials."""
    plan = study.plan
    return translate(
        "Study",
        "{product} · {parts} parts × {people} people × {trials} trials",
        product=plan.product,
        parts=number(len(study.parts)),
        people=number(plan.people),
        trials=number(plan.trials),
    )


def reference(study: Study, experts: Sequence[str]) -> str:
    """Where the reference comes from."""
    if study.plan.truth is Truth.LABELS:
        return translate("Study", "Reference: labels that persons confirmed")
    return translate("Study", "Reference: judged by {name}", name=", ".join(experts) or "–")


def name(one: Appraiser) -> str:
    """A person's name, or the station."""
    return translate("Study", "Station") if one.station else one.name


def word(said: str) -> str:
    """One word of a judge."""
    match said:
        case Said.OK:
            return translate("Verdict", "OK")
        case Said.NG:
            return translate("Verdict", "NG")
        case _:
            return translate("Verdict", "Review")


def grade(of: Graded | None) -> tuple[str, str]:
    """The class of acceptance in words, and its tone: what is not proven is not green."""
    if of is None:
        return "", ""
    words = {
        Grade.GOOD: translate("Study", "acceptable"),
        Grade.MARGINAL: translate("Study", "marginal"),
        Grade.BAD: translate("Study", "not acceptable"),
    }[of.grade]
    if of.proven:
        return words, TONES[of.grade]
    tone = "" if of.grade is Grade.GOOD else TONES[of.grade]
    return translate("Study", "{class_}, not proven", class_=words), tone


def share(of: Share | None, graded: Graded | None) -> Cell:
    """84.0 %, 71.5–91.7 %, and its class."""
    if of is None or of.rate is None:
        return Cell("–")
    interval = f"{number(of.low * 100, 1)}–{percent(of.high, 1)}"
    return Cell(percent(of.rate, 1), interval, *grade(graded))


def kappa(of: Kappa | None) -> Cell:
    """0.88, 0.80–0.96, and its class."""
    if of is None:
        return Cell("–", note=translate("Study", "not defined"))
    interval = f"{number(of.low, 2)}–{number(of.high, 2)}"
    return Cell(number(of.value, 2), interval, *grade(grade_kappa(of)))


def columns() -> tuple[str, ...]:
    """What stands over the figures of the judges."""
    return (
        translate("Study", "Judge"),
        translate("Study", "Effectiveness"),
        translate("Study", "Misses"),
        translate("Study", "False alarms"),
        translate("Study", "Repeatability"),
        translate("Study", "κ with the reference"),
    )


def row(one: Appraiser) -> tuple[Cell, ...]:
    """The figures of one judge, below those headings."""
    seen = one.seen
    trials = translate("Study", "{count} trials", count=number(one.trials))
    once = translate("Study", "1 trial")
    repeats = share(seen.repeats, None)
    if one.station and seen.repeats is None:
        repeats = Cell("–", note=translate("Study", "same picture, same word"))
    return (
        Cell(name(one), note=once if one.trials == 1 else trials),
        share(seen.effectiveness, grade_effectiveness(seen.effectiveness)),
        share(seen.misses, grade_misses(seen.misses)),
        share(seen.false_alarms, grade_false_alarms(seen.false_alarms)),
        repeats,
        kappa(seen.kappa),
    )


def pairs_title() -> str:
    """Over the κ of every pair."""
    return translate("Study", "Cohen's κ of each pair")


def matrix(found: Result) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    """Cohen's κ of every pair: headings and rows; the lower half only."""
    judges = found.appraisers
    pairs = {(pair.second, pair.first): pair.kappa for pair in found.pairs}
    heads = ("", *(name(one) for one in judges[:-1]))
    rows = tuple(
        (
            Cell(name(judges[at])),
            *(
                kappa(pairs[at, other]) if other < at else Cell("")
                for other in range(len(heads) - 1)
            ),
        )
        for at in range(1, len(judges))
    )
    return heads, rows


def together(found: Result) -> tuple[tuple[str, Cell], ...]:
    """The figures of all judges together: what it is, and the figure."""
    rows = []
    if sum(not one.station for one in found.appraisers) > 1:
        rows.append((translate("Study", "Fleiss' κ among the persons"), kappa(found.between)))
    if found.station and len(found.appraisers) > 1:
        words = translate("Study", "Fleiss' κ with the station")
        rows.append((words, kappa(found.with_station)))
    words = translate("Study", "Parts of which all persons always said the same")
    rows.append((words, share(found.alike, None)))
    words = translate("Study", "… and that was right")
    return (*rows, (words, share(found.right, None)))


def notes(study: Study | None, found: Result) -> list[str]:
    """What must be said beside the figures: how they count, and what they do not prove."""
    said = [
        translate(
            "Study",
            "{good} good and {bad} bad parts by the reference.",
            good=number(found.good),
            bad=number(found.bad),
        ),
        *_left_out(study, found),
        *_not_proven(found),
        translate(
            "Study",
            "Effectiveness: parts judged right in every trial, of all. Misses: bad parts called "
            "OK, of all judgements of bad parts. False alarms: good parts called NG, of all "
            "judgements of good ones. Below each the 95 % interval; it counts parts, for "
            "judging a part again proves no more.",
        ),
        translate(
            "Study",
            "Acceptable (AIAG MSA): effectiveness 90 % or more, misses 2 % or less, false alarms "
            "5 % or less; marginal: 80 %, 5 %, 10 %. κ: 0.75 or more is good, below 0.40 poor. "
            "“Not proven”: with so few parts another class is possible too.",
        ),
    ]
    return [*said, *_station(study, found)]


def _left_out(study: Study | None, found: Result) -> list[str]:
    count = 0 if study is None else len(study.parts) - found.parts
    if not count:
        return []
    shown = number(count)
    return [translate("Study", "Parts left out because their pictures are gone: {n}.", n=shown)]


def _not_proven(found: Result) -> list[str]:
    if not found.bad or not found.good:
        missing = (
            translate("Study", "There is no bad part, so nothing is known of misses, nor is κ.")
            if not found.bad
            else translate(
                "Study", "There is no good part, so nothing is known of false alarms, nor is κ."
            )
        )
        return [missing]
    if found.bad >= found.needed:
        return []
    return [
        translate(
            "Study",
            "Who misses none of {bad} bad parts may still miss up to {most} of them; to prove "
            "2 %, {needed} bad parts are needed.",
            bad=number(found.bad),
            most=percent(wilson(0, found.bad)[1]),
            needed=number(found.needed),
        )
    ]


def _station(study: Study | None, found: Result) -> list[str]:
    station = found.station
    if station is None:
        return [translate("Study", "The station is not among the judges: it has no word on them.")]
    said = [
        translate(
            "Study",
            "The station judges each picture once: the same picture gives the same word every "
            "time. How it repeats with a new picture of the same part is not known from this.",
        )
    ]
    if study is not None and not study.looked:
        said = [translate("Study", "The station's words are those of the records.")]
    if station.unsure:
        said.append(
            translate(
                "Study",
                "The station was not sure of {count} parts (Review). They count as NG: they do "
                "not pass.",
                count=number(station.unsure),
            )
        )
    return said


def advice(plan: Plan) -> list[str]:
    """What such a plan costs, and what it can prove."""
    judgements = plan.parts * plan.people * plan.trials
    bad = plan.parts // 2
    said = [
        translate(
            "Study",
            "{count} judgements, about {minutes} min for each person.",
            count=number(judgements),
            minutes=number(max(1, round(plan.parts * plan.trials * SECONDS / 60))),
        ),
        translate(
            "Study",
            "A third of the parts is taken from near the limits, the rest half good and half "
            "bad. Everybody sees them in an order of their own, and nobody sees what the model "
            "or another person said.",
        ),
        translate(
            "Study",
            "Who misses none of about {bad} bad parts may still miss up to {most} of them.",
            bad=number(bad),
            most=percent(wilson(0, bad)[1]),
        ),
    ]
    if (plan.parts, plan.people, plan.trials) != (PARTS, PEOPLE, TRIALS):
        said.append(translate("Study", "The AIAG advises about 50 parts, 3 people and 3 trials."))
    if plan.people == 1:
        said.append(translate("Study", "One person alone: nothing is learnt of how persons agree."))
    if plan.trials == 1:
        said.append(
            translate("Study", "One trial: nothing is learnt of how a person repeats himself.")
        )
    return said
