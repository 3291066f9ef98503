"""What was learnt of a process, as one file: the graph, its card, and some of the rows seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.insight.graphs import Graph, serialised
from station.insight.process_band import NOMINAL
from station.insight.process_card import (
    FORETOLD,
    INPUT,
    NUMBER,
    Driver,
    ProcessCard,
    Seen,
    to_metadata,
)
from station.insight.process_features import add_features
from station.insight.process_figures import explained
from station.insight.process_near import reach_of
from station.insight.process_pieces import Numbers
from station.insight.process_rows import Matter
from station.insight.process_trial import Figures, Model
from station.insight.scaling import Scale

SEEN_ROWS = 1500


@dataclass(frozen=True, slots=True)
class Found:
    """All that goes into the file.

    beside: the models that the chosen one is compared with, rivals: how much each counts. again:
    the chosen one of that share of the rows, drawn anew. asked, foretold: the rows foretold by
    what had not learnt from them.
    """

    matter: Matter
    chosen: str
    shape: str
    model: Model
    beside: Mapping[str, Model]
    rivals: Mapping[str, float]
    again: Mapping[str, Model]
    again_share: float
    errors: Figures
    held_out: Figures
    band: Mapping[str, tuple[float, ...]]
    sure: bool
    drivers: tuple[Driver, ...]
    asked: npt.NDArray[np.intp]
    foretold: Numbers
    seed: int


def write(found: Found) -> tuple[bytes, ProcessCard]:
    """The file's bytes and its card."""
    matter, seen = found.matter, _seen(found)
    card = _card(found, seen)
    graph = Graph()
    every = {FORETOLD: found.model, **found.beside, **found.again}
    ways = sorted(frozenset().union(*(model.piece.ways for model in every.values())))
    features = {way: add_features(graph, matter.inputs, way) for way in ways}
    for output, model in every.items():
        model.add(graph, output, features)
    given = (INPUT, ("n", len(matter.inputs.names)))
    outputs: dict[str, tuple[str | int, ...]] = dict.fromkeys(every, ("n",))
    return serialised(graph, given, outputs, to_metadata(card, seen)), card


def _seen(found: Found) -> Seen:
    """Rows spread evenly over those that were foretold."""
    count = min(SEEN_ROWS, len(found.asked))
    some = np.unique(np.linspace(0, len(found.asked) - 1, count).round().astype(int))
    rows, foretold = found.asked[some], found.foretold[some]
    truth = found.matter.target[rows]
    return Seen(found.matter.rows[rows], truth, truth - foretold)


def _card(found: Found, seen: Seen) -> ProcessCard:
    matter, inputs = found.matter, found.matter.inputs
    numeric = [(place, inputs.names[place]) for place in inputs.numeric]
    wide, scale = matter.rows.astype(np.float64), Scale.of(matter.rows)
    card = ProcessCard(
        task=matter.task,
        method=found.chosen,
        columns=inputs.names,
        target=matter.target_name,
        time=matter.time,
        group=matter.group_name,
        calendar=matter.calendar,
        words=inputs.words,
        bad=matter.bad,
        good=matter.good,
        shape=found.shape,
        beside=tuple(found.beside),
        rivals=found.rivals,
        again=tuple(found.again),
        again_share=found.again_share,
        mean=float(matter.target.mean()),
        candidates=found.errors,
        held_out=found.held_out,
        explained=explained(matter.task, found.foretold, matter.target[found.asked]),
        sure=found.sure,
        drivers=found.drivers,
        nominal=NOMINAL if matter.task == NUMBER else 0.0,
        band=found.band,
        least={name: float(wide[:, place].min()) for place, name in numeric},
        most={name: float(wide[:, place].max()) for place, name in numeric},
        middle={name: float(np.median(wide[:, place])) for place, name in numeric},
        spread={name: float(scale.spread[place]) for place, name in numeric},
        decimals=matter.decimals,
        step=matter.step,
        rows=len(matter.rows),
        dataset_sha256=matter.table.sha256,
        seed=found.seed,
    )
    return reach_of(card, seen)
