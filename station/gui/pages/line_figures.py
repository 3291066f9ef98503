"""The figures of the line in words: what stands on each tile."""

from collections.abc import Sequence
from datetime import datetime

from station.gui import health_texts
from station.gui.pages.line_room import Studied
from station.gui.texts import number, percent, translate
from station.gui.widgets.figure_tile import Figure
from station.insight.figures import Known, LineFigures
from station.insight.health_tile import Condition, HealthTile

_NONE = "–"


def passes(found: LineFigures | None) -> Figure:
    """First-pass yield, with the yield after persons have spoken; None: not read yet."""
    name = translate("Line", "First-pass yield")
    if found is None:
        return Figure(name, _NONE)
    if not found.parts:
        return Figure(name, _NONE, below=translate("Line", "No part in this time"))
    first, good = found.first_pass, found.good
    below = translate(
        "Line",
        "yield {share} of {parts}",
        parts=number(found.parts),
        share=percent(good.rate, 1),
    )
    return Figure(name, percent(first.rate, 2), below=below)


def oee(found: LineFigures | None) -> Figure:
    """OEE with its three factors, pace and cycle."""
    name = translate("Line", "OEE")
    is_ = found.oee if found else None
    if found is None or is_ is None:
        return Figure(name, _NONE, below=pace(found) if found else "")
    letters = translate(
        "Line",
        "A{availability} P{performance} Q{quality}",
        availability=number(is_.availability * 100),
        performance=number(is_.performance * 100),
        quality=number(is_.quality * 100),
    )
    return Figure(name, percent(is_.value, 1), letters, pace(found))


def pace(found: LineFigures) -> str:
    """Parts per minute and the time that one takes."""
    if found.pace is None:
        return ""
    words = translate("Line", "{pace} parts/min", pace=number(found.pace, 1))
    if found.cycle is None:
        return words
    cycle = translate("Line", "cycle {seconds} s", seconds=number(found.cycle, 1))
    return f"{words}, {cycle}"


def overruled(found: LineFigures | None) -> Figure:
    """How often persons said otherwise than the station, and which way."""
    name = translate("Line", "Overruled by operators")
    if found is None:
        return Figure(name, _NONE)
    said = found.overruled
    aside = ""
    if said.n:
        aside = translate("Line", "{count} of {n}", count=number(said.count), n=number(said.n))
    return Figure(name, percent(said.rate, 2), aside, _mistakes(found))


def _mistakes(found: LineFigures) -> str:
    """With the denominator, always: of how many that a person looked at."""
    words = []
    if found.escapes.of_reviewed.n:
        words.append(translate("Line", "escapes {share}", share=_of(found.escapes)))
    if found.false_rejects.of_reviewed.n:
        words.append(translate("Line", "false rejects {share}", share=_of(found.false_rejects)))
    return ", ".join(words)


def _of(known: Known) -> str:
    share = known.of_reviewed
    return translate("Line", "{count} of {n}", count=number(share.count), n=number(share.n))


def agreement(found: LineFigures | None, studied: Studied | None) -> Figure:
    """Of the newest study among persons; without one, of the station with those who reviewed."""
    name = translate("Line", "Agreement (κ)")
    kappa = found.kappa if found else None
    if studied is not None:
        day = f"{datetime.fromtimestamp(studied.at_ms / 1000).astimezone():%Y-%m-%d}"
        below = translate("Line", "{n} persons, {day}", n=number(studied.persons), day=day)
        kappa = studied.kappa
    elif found and kappa is not None:
        below = translate("Line", "{n} parts reviewed", n=number(found.judged))
    else:
        below = translate("Line", "No study yet")
    if kappa is None:
        return Figure(name, _NONE, below=below)
    aside = f"{number(kappa.low, 2)}–{number(kappa.high, 2)}"
    return Figure(name, number(kappa.value, 2), aside, below)


def most_urgent(machines: Sequence[HealthTile]) -> HealthTile | None:
    """The one that is due first; those of which nothing is known come last."""

    def order(tile: HealthTile) -> tuple[bool, bool, float]:
        life = tile.life if tile.life is not None else float("inf")
        return (not tile.due, tile.condition is not Condition.FORETOLD, life)

    return min(machines, key=order, default=None)


def machine(machines: Sequence[HealthTile]) -> Figure:
    """How long the machine goes on that needs a hand first."""
    tile = most_urgent(machines)
    if tile is None:
        name = translate("Line", "Machine health")
        return Figure(name, _NONE, below=translate("Line", "No machine is watched yet"))
    detail, others = health_texts.detail(tile), len(machines) - 1
    told = tile.condition is Condition.FORETOLD
    more = translate("Line", "and {n} more", n=number(others)) if others else ""
    aside, below = (detail, more) if told else ("", detail)
    return Figure(health_texts.title(tile), health_texts.figure(tile), aside, below, tile.due)
