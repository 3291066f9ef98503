"""A process learnt from a table: several models are tried, and the one that errs least is kept.

What is chosen is chosen by errors on later rows (or other groups) than those learnt from, in the
first part of the table. On the last part all are then measured once, and the file is learnt from
all rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.errors import DatasetError, ErrorCode, Fault
from station.insight.process_band import covered
from station.insight.process_band import learn as learn_band
from station.insight.process_candidates import COMPARED, Candidate, Pool, candidates, learn
from station.insight.process_card import (
    FLAG,
    NUMBER,
    STANDS_IN,
    TOO_GOOD,
    Driver,
    Taught,
    too_good,
)
from station.insight.process_doubt import rivals, rows_again
from station.insight.process_drivers import Part, drivers
from station.insight.process_features import features
from station.insight.process_figures import explained, figures, surely_better
from station.insight.process_file import Found, write
from station.insight.process_folds import LATE, Fold, grouped, last_part, ordered
from station.insight.process_networks import Shape, search
from station.insight.process_pieces import Numbers
from station.insight.process_rows import Matter, Rows, read_matter
from station.insight.process_trial import (
    BLEND,
    MEAN,
    PERSISTENCE,
    Figures,
    Model,
    Progress,
    Trial,
    baseline,
    baselines,
    best,
    blend,
    blended,
    try_all,
)
from station.insight.tables import Table

TRIES, QUICK = 12, 4  # shapes of networks
LEAST_LEARNT = 40  # rows that are left when a part is held out
LEAST_BAD = 5  # flags of each kind among them

Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to learn.

    bad: the value of a flag that means bad, if it is not plain. hold_out: the share at the end
    that nothing is chosen by. quick: fewer shapes of networks are tried.
    """

    target: str
    drop: tuple[str, ...] = ()
    time: str = ""
    group: str = ""
    hold_out: float = 0.2
    bad: str = ""
    seed: int = 0
    quick: bool = False


def train(table: Table, wish: Wish, progress: Progress) -> Taught:
    """Learn. Raises DatasetError of the family TABLE_."""
    matter = read_matter(table, wish.target, wish.drop, wish.time, wish.group, wish.bad)
    late = _late(matter, wish.hold_out)
    early = np.flatnonzero(~late)
    _check_enough(matter, early)
    pool = Pool.of(matter.rows, matter.inputs, matter.target, matter.task == FLAG)
    folds = _folds(matter, early)
    shape = _search(matter, pool, folds[0], wish)
    progress("search", 1.0)
    tried = candidates(matter.inputs.ways, shape, pool.flag)
    trial = try_all(matter, pool, folds, tried, wish.seed, progress)
    errors = trial.errors(matter.task, matter.target)
    chosen = best(errors, tuple(trial.models))
    band = _band(matter, trial, chosen)
    held_out = _held_out(matter, pool, late, tried, trial, wish.seed, chosen, band)
    progress("check", 1.0)
    sure = surely_better(
        matter.task, trial.foretold[chosen], trial.foretold[MEAN], matter.target[trial.asked]
    )
    compared = [one for one in tried if one.name in COMPARED and one.name != chosen]
    names = [one.name for one in compared]
    told = explained(matter.task, trial.foretold[chosen], matter.target[trial.asked])
    drawn = list(rows_again(matter, wish.seed)) if told < STANDS_IN else []
    again = [
        _learn(chosen, tried, trial, matter, pool.some(rows), wish.seed + number)
        for number, rows in enumerate(drawn, start=1)
    ]
    found = Found(
        matter=matter,
        chosen=chosen,
        shape=shape.words,
        model=_learn(chosen, tried, trial, matter, pool, wish.seed),
        beside={one.name: Model.of(learn(one, pool, wish.seed), pool) for one in compared},
        rivals=rivals(matter.task, trial.foretold, names, chosen, matter.target[trial.asked]),
        again={f"again {number}": one for number, one in enumerate(again, start=1)},
        again_share=sum(map(len, drawn)) / max(1, len(drawn)) / len(matter.rows),
        errors=errors,
        held_out=held_out,
        band=band,
        sure=sure,
        drivers=_drivers(matter, trial, chosen, wish.seed) if sure else (),
        asked=trial.asked,
        foretold=trial.foretold[chosen],
        seed=wish.seed,
    )
    progress("learn", 1.0)
    model, card = write(found)
    used = (*card.columns, card.target, card.time, card.group)
    left_out = tuple(name for name in table.names if name not in used)
    return Taught(model, card, (*matter.faults, *_doubts(found, card.explained)), left_out)


def _late(matter: Matter, share: float) -> Flags:
    if not share:
        return np.zeros(len(matter.rows), np.bool_)
    return last_part(len(matter.rows), share, matter.groups)


def _check_enough(matter: Matter, early: Index) -> None:
    """Raises DatasetError TABLE_TOO_FEW, TABLE_ONE_CLASS, TABLE_TARGET_CONSTANT."""
    path, column, own = matter.table.path, matter.target_name, matter.target[early]
    if len(early) < LEAST_LEARNT:
        raise DatasetError(
            ErrorCode.TABLE_TOO_FEW, path=path, count=len(early), minimum=LEAST_LEARNT
        )
    first = own[: max(1, int(len(own) * 0.3))]
    if matter.task == FLAG and min(own.sum(), (1 - own).sum()) < LEAST_BAD:
        found = f"{matter.bad} × {int(own.sum())}, {matter.good} × {int((1 - own).sum())}"
        raise DatasetError(ErrorCode.TABLE_ONE_CLASS, path=path, column=column, found=found)
    if matter.task == NUMBER and matter.groups is None and first.min() == first.max():
        raise DatasetError(
            ErrorCode.TABLE_TARGET_CONSTANT, path=path, column=column, value=f"{first[0]:g}"
        )


def _folds(matter: Matter, early: Index) -> tuple[Fold, ...]:
    """In the numbers of all rows."""
    if matter.groups is None:
        found = ordered(len(early))
    else:
        _, own = np.unique(matter.groups[early], return_inverse=True)
        found = grouped(own)
    whole = tuple(Fold(early[fold.learn], early[fold.ask]) for fold in found)
    if matter.task == NUMBER:
        return whole
    target = matter.target
    kept = tuple(fold for fold in whole if 0 < target[fold.learn].mean() < 1)
    if not kept:
        found_words = f"{matter.good} × {len(whole[0].learn)}"
        raise DatasetError(
            ErrorCode.TABLE_ONE_CLASS,
            path=matter.table.path,
            column=matter.target_name,
            found=found_words,
        )
    return kept


def _search(matter: Matter, pool: Pool, fold: Fold, wish: Wish) -> Shape:
    """By rows that no fold is measured on: the end of what the first one learns from."""
    own = pool.some(fold.learn)
    groups = None
    if matter.groups is not None:
        _, groups = np.unique(matter.groups[fold.learn], return_inverse=True)
    late = last_part(len(fold.learn), LATE, groups)
    if own.flag and _one_kind(own.target[~late]):
        return Shape(matter.inputs.ways[0])
    tries = QUICK if wish.quick else TRIES
    return search(matter.inputs.ways, own.by_way, own.target, own.flag, late, tries, wish.seed)


def _one_kind(target: Numbers) -> bool:
    return bool(target.min() == target.max())


def _band(matter: Matter, trial: Trial, chosen: str) -> dict[str, tuple[float, ...]]:
    if matter.task == FLAG:
        return {}
    return learn_band(trial.foretold[chosen], matter.target[trial.asked], trial.fold)


def _held_out(
    matter: Matter,
    pool: Pool,
    late: Flags,
    tried: tuple[Candidate, ...],
    trial: Trial,
    seed: int,
    chosen: str,
    band: dict[str, tuple[float, ...]],
) -> Figures:
    """All of them learnt from the first part and measured on the last."""
    if not late.any():
        return {}
    early, ask = np.flatnonzero(~late), np.flatnonzero(late)
    learnt, asked, truth = pool.some(early), pool.some(ask), matter.target[late]
    models = {one.name: Model.of(learn(one, learnt, seed), learnt) for one in tried}
    pair = blended(trial.errors(matter.task, matter.target), tried)
    models[BLEND] = blend(*(models[name] for name in pair))
    foretold = {name: one.foretell(asked.by_way) for name, one in models.items()}
    foretold |= {name: baseline(name, matter, early, ask) for name in baselines(matter)}
    found = {name: figures(matter.task, one, truth) for name, one in foretold.items()}
    if band:
        found[chosen]["coverage"] = covered(band, foretold[chosen], truth)
    return found


def _learn(
    chosen: str,
    tried: tuple[Candidate, ...],
    trial: Trial,
    matter: Matter,
    pool: Pool,
    seed: int,
) -> Model:
    """From all rows."""
    names = [chosen]
    if chosen == BLEND:
        names = blended(trial.errors(matter.task, matter.target), tried)
    by_name = {one.name: one for one in tried}
    models = [Model.of(learn(by_name[name], pool, seed), pool) for name in names]
    return models[0] if len(models) == 1 else blend(*models)


def _drivers(matter: Matter, trial: Trial, chosen: str, seed: int) -> tuple[Driver, ...]:
    """Of each fold's model on the rows that it did not learn from."""

    def part(number: int, model: Model) -> Part:
        def ask(rows: Rows) -> Numbers:
            ways = model.piece.ways
            return model.foretell({way: features(rows, matter.inputs, way) for way in ways})

        own = trial.asked[trial.fold == number]
        return Part(ask, matter.rows[own], matter.target[own])

    parts = [part(number, model) for number, model in enumerate(trial.models[chosen])]
    words = tuple(matter.inputs.words)
    return drivers(parts, matter.inputs.names, words, matter.task, seed)


def _doubts(found: Found, explained: float) -> tuple[Fault, ...]:
    """Where a model is of no use, or too good to be true."""
    first = {name: next(iter(one.values())) for name, one in found.errors.items()}
    own, target = first[found.chosen], found.matter.target_name
    faults = []
    if not found.sure:
        faults.append(Fault(ErrorCode.PROCESS_NOTHING, (("target", target),)))
    elif PERSISTENCE in first and own >= first[PERSISTENCE]:
        facts = (("error", f"{own:.4g}"), ("last", f"{first[PERSISTENCE]:.4g}"))
        faults.append(Fault(ErrorCode.PROCESS_PERSISTS, facts))
    if explained > TOO_GOOD:
        faults.append(too_good(target, explained))
    return tuple(faults)
