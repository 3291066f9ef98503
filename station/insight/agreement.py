"""How far judges of parts agree: with the known truth, with each other, with themselves.

Sources: AIAG, Measurement Systems Analysis, 4th edition, chapter III C; Cohen, Educational and
Psychological Measurement 20 (1960), 37; Fleiss, Cohen and Everitt, Psychological Bulletin 72
(1969), 323 (standard error of κ); Fleiss, Psychological Bulletin 76 (1971), 378.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.domain.statistics import Share, share

Z95 = 1.959964

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance, 1 for perfect, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Appraised:
    """One judge against the truth.

    effectiveness: parts judged right in every trial.  misses: bad parts called good, of all
    judgements of bad parts.  false_alarms: good parts called bad, of all of good ones.
    repeats: parts judged alike in every trial, right or wrong.
    """

    effectiveness: Share
    misses: Share
    false_alarms: Share
    repeats: Share
    kappa: Kappa


def cohen(first: Sequence[object], second: Sequence[object]) -> Kappa:
    """Two judges over the same parts. Raises ValueError where they judged none, or not the same.

    Where both use one class only, chance explains everything: perfect agreement is then 1.
    """
    if len(first) != len(second) or not first:
        raise ValueError("two judges of the same parts, at least one")
    classes = {name: index for index, name in enumerate(dict.fromkeys([*first, *second]))}
    table = np.zeros((len(classes), len(classes)))
    for one, other in zip(first, second, strict=True):
        table[classes[one], classes[other]] += 1
    return cohen_of(table)


def cohen_of(table: Table | Sequence[Sequence[float]]) -> Kappa:
    """From counts: rows are the first judge's classes, columns the second's."""
    counts = np.asarray(table, float)
    n = counts.sum()
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    agreed, chance = float(np.trace(p)), float(rows @ columns)
    if chance >= 1 - 1e-12:
        return Kappa(1.0, 1.0, 1.0)
    kappa = (agreed - chance) / (1 - chance)
    error = np.sqrt(max(_variance(p, agreed, chance), 0.0) / n) / (1 - chance) ** 2
    return _interval(kappa, error)


def _variance(p: Table, agreed: float, chance: float) -> float:
    """Of κ̂, by Fleiss, Cohen and Everitt, but for n and the power of 1 − chance."""
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    same = np.diag(p) * ((1 - chance) - (rows + columns) * (1 - agreed)) ** 2
    crossed = p * (columns[:, None] + rows[None, :]) ** 2
    np.fill_diagonal(crossed, 0.0)
    rest = (agreed * chance - 2 * chance + agreed) ** 2
    return float(same.sum() + (1 - agreed) ** 2 * crossed.sum() - rest)


def fleiss(counts: Table | Sequence[Sequence[int]]) -> Kappa:
    """Many judges: counts[i, j] of them put part i into class j, the same number for each part.

    The interval is by the jackknife over the parts. Raises ValueError for uneven numbers, and
    for fewer than two parts or judges.
    """
    table = np.asarray(counts, float)
    judges = table.sum(axis=1)
    if len(table) < 2 or judges.min() != judges.max() or judges[0] < 2:
        raise ValueError("the same two or more judges for each of two or more parts")
    kappa = _fleiss(table)
    left_out = np.array([_fleiss(np.delete(table, i, axis=0)) for i in range(len(table))])
    n = len(table)
    error = np.sqrt((n - 1) / n * np.sum((left_out - left_out.mean()) ** 2))
    return _interval(kappa, float(error))


def _fleiss(table: Table) -> float:
    judges = table[0].sum()
    alike = (np.sum(table**2, axis=1) - judges) / (judges * (judges - 1))
    chance = float(np.sum((table.sum(axis=0) / table.sum()) ** 2))
    return 1.0 if chance >= 1 - 1e-12 else float((alike.mean() - chance) / (1 - chance))


def appraise(
    truth: Sequence[str], trials: Sequence[Sequence[str]], good: Sequence[str]
) -> Appraised:
    """One judge's trials over all parts: trials[t][i] is the word on part i in trial t.

    good: which classes pass. Raises ValueError without a trial, or where one misses parts.
    """
    if not trials or not truth or any(len(trial) != len(truth) for trial in trials):
        raise ValueError("at least one trial, each over all parts")
    said = list(zip(*trials, strict=True))
    passes = [name in good for name in truth]
    judged = [(is_good, word in good) for is_good, words in zip(passes, said, strict=True)
              for word in words]  # fmt: skip
    right = sum(
        all(word == name for word in words) for name, words in zip(truth, said, strict=True)
    )
    alike = sum(len(set(words)) == 1 for words in said)
    bad = [passed for is_good, passed in judged if not is_good]
    fine = [passed for is_good, passed in judged if is_good]
    return Appraised(
        effectiveness=share(right, len(truth)),
        misses=share(sum(bad), len(bad)),
        false_alarms=share(sum(not passed for passed in fine), len(fine)),
        repeats=share(alike, len(truth)),
        kappa=cohen(list(truth) * len(trials), [word for trial in trials for word in trial]),
    )


def _interval(kappa: float, error: float) -> Kappa:
    return Kappa(kappa, max(-1.0, kappa - Z95 * error), min(1.0, kappa + Z95 * error))
