"""How far judges of parts agree: with the known truth, with each other, with themselves.

Sources: AIAG, Measurement Systems Analysis, 4th edition, chapter III C; Cohen, Educational and
Psychological Measurement 20 (1960), 37; Fleiss, Cohen and Everitt, Psychological Bulletin 72
(1969), 323 (standard error of κ); Fleiss, Psychological Bulletin 76 (1971), 378; Efron, The
Jackknife (SIAM 1982), 3 (standard errors where a part is judged several times).

A part that is judged again adds less than a new part: intervals count parts, never judgements.
κ is 0 / 0 where only one class occurs; then there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from station.domain.statistics import Share, share, wilson

Z95 = 1.959964
FEW = 5  # parts in dispute, below which no error can be taken from them

Table = npt.NDArray[np.float64]
Words = Sequence[str]


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
    repeats: parts judged alike in every trial, right or wrong; None after a single one.
    kappa: against the truth, trials taken together; None where the truth has one class only.
    """

    effectiveness: Share
    misses: Share
    false_alarms: Share
    repeats: Share | None
    kappa: Kappa | None


def cohen(first: Sequence[object], second: Sequence[object]) -> Kappa | None:
    """Two judges over the same parts, once each; None where both use the same single class.

    Raises ValueError where they judged none, or not the same.
    """
    if len(first) != len(second) or not first:
        raise ValueError("two judges of the same parts, at least one")
    classes = {name: index for index, name in enumerate(dict.fromkeys([*first, *second]))}
    table = np.zeros((len(classes), len(classes)))
    for one, other in zip(first, second, strict=True):
        table[classes[one], classes[other]] += 1
    return cohen_of(table)


def cohen_of(table: Table | Sequence[Sequence[float]]) -> Kappa | None:
    """From counts of parts: rows are the first judge's classes, columns the second's."""
    counts = np.asarray(table, float)
    n = counts.sum()
    p = counts / n
    agreed, chance = _agreed(p), _chance(p)
    if _certain(chance):
        return None
    error = np.sqrt(max(_variance(p, agreed, chance), 0.0) / n) / (1 - chance) ** 2
    return _kappa(agreed, chance, float(error), n, n * (1 - agreed))


def _variance(p: Table, agreed: float, chance: float) -> float:
    """Of κ̂, by Fleiss, Cohen and Everitt, but for n and the power of 1 − chance."""
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    same = np.diag(p) * ((1 - chance) - (rows + columns) * (1 - agreed)) ** 2
    crossed = p * (columns[:, None] + rows[None, :]) ** 2
    np.fill_diagonal(crossed, 0.0)
    rest = (agreed * chance - 2 * chance + agreed) ** 2
    return float(same.sum() + (1 - agreed) ** 2 * crossed.sum() - rest)


def cohen_trials(first: Sequence[Words], second: Sequence[Words]) -> Kappa | None:
    """Two judges over the same parts in several trials: first[t][i] is the word on part i.

    Trials are crossed in their order as the AIAG crosses them; where one judge has fewer, they
    come round again. The interval is by the jackknife over the parts. Raises ValueError as `cohen`.
    """
    trials = max(len(first), len(second))
    if not first or not second or not first[0]:
        raise ValueError("two judges of the same parts, at least one")
    one = [first[t % len(first)] for t in range(trials)]
    other = [second[t % len(second)] for t in range(trials)]
    if any(len(words) != len(first[0]) for words in (*one, *other)):
        raise ValueError("two judges of the same parts, at least one")
    parts = _crossed(one, other)
    whole = parts.sum(axis=0) / parts.sum()
    agreed, chance = _agreed(whole), _chance(whole)
    if _certain(chance):
        return None
    disputed = int(np.sum(np.trace(parts, axis1=1, axis2=2) < parts.sum(axis=(1, 2))))
    return _kappa(agreed, chance, _jackknife(_cohen_without(parts)), len(parts), disputed)


def _crossed(one: Sequence[Words], other: Sequence[Words]) -> Table:
    """A table of counts for each part."""
    names = dict.fromkeys(word for words in (*one, *other) for word in words)
    place = {name: index for index, name in enumerate(names)}
    counts = np.zeros((len(one[0]), len(place), len(place)))
    for left, right in zip(one, other, strict=True):
        for part, (a, b) in enumerate(zip(left, right, strict=True)):
            counts[part, place[a], place[b]] += 1
    return counts


def _cohen_without(parts: Table) -> Table:
    """κ without each of the parts in turn; of a single part there is none."""
    if len(parts) < 2:
        return np.array([])
    rest = parts.sum(axis=0) - parts
    p = rest / rest.sum(axis=(1, 2), keepdims=True)
    agreed = np.trace(p, axis1=1, axis2=2)
    chance = np.sum(p.sum(axis=2) * p.sum(axis=1), axis=1)
    return _beyond(agreed, chance)


def fleiss(counts: Table | Sequence[Sequence[int]]) -> Kappa | None:
    """Many judges: counts[i, j] of them put part i into class j, the same number for each part.

    The interval is by the jackknife over the parts. None where all use one class only. Raises
    ValueError for uneven numbers, and for fewer than two parts or judges.
    """
    table = np.asarray(counts, float)
    judges = table.sum(axis=1)
    if len(table) < 2 or judges.min() != judges.max() or judges[0] < 2:
        raise ValueError("the same two or more judges for each of two or more parts")
    alike = (np.sum(table**2, axis=1) - judges) / (judges * (judges - 1))
    agreed = float(alike.mean())
    chance = float(np.sum((table.sum(axis=0) / table.sum()) ** 2))
    if _certain(chance):
        return None
    disputed = int(np.sum(table.max(axis=1) < judges))
    error = _jackknife(_fleiss_without(table, alike))
    return _kappa(agreed, chance, error, len(table), disputed)


def _fleiss_without(table: Table, alike: Table) -> Table:
    """κ without each of the parts in turn."""
    rest = table.sum(axis=0) - table
    p = rest / rest.sum(axis=1, keepdims=True)
    return _beyond((alike.sum() - alike) / (len(alike) - 1), np.sum(p**2, axis=1))


def _beyond(agreed: Table, chance: Table) -> Table:
    """κ of many; 1 where one class explains all there is."""
    certain = chance >= 1 - 1e-12
    return np.where(certain, 1.0, (agreed - chance) / np.where(certain, 1.0, 1 - chance))


def counted(trials: Sequence[Words]) -> Table:
    """What `fleiss` needs: how many of these trials put each part into each class."""
    names = dict.fromkeys(word for words in trials for word in words)
    said = list(zip(*trials, strict=True))
    return np.array([[words.count(name) for name in names] for words in said], float)


def appraise(truth: Words, trials: Sequence[Words], good: Words) -> Appraised:
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
        misses=repeated_share(sum(bad), len(bad), len(trials)),
        false_alarms=repeated_share(sum(not one for one in fine), len(fine), len(trials)),
        repeats=share(alike, len(truth)) if len(trials) > 1 else None,
        kappa=cohen_trials([truth], trials) if len(set(truth)) > 1 else None,
    )


def repeated_share(count: int, n: int, trials: int) -> Share:
    """A share of judgements of which `trials` are of the same part; the interval counts parts.

    That is right where a judge repeats himself, and too wide rather than too narrow where not.
    """
    if not n:
        return share(0, 0)
    low, high = wilson(count / trials, n / trials)
    return Share(count, n, count / n, low, high)


def _agreed(p: Table) -> float:
    return float(np.trace(p))


def _chance(p: Table) -> float:
    return float(p.sum(axis=1) @ p.sum(axis=0))


def _certain(chance: float) -> bool:
    """Whether one class explains all there is."""
    return chance >= 1 - 1e-12


def _jackknife(left_out: Table) -> float:
    """The standard error of a figure of parts, from what it is without each in turn."""
    n = len(left_out)
    if n < 2:
        return float("inf")
    return float(np.sqrt((n - 1) / n * np.sum((left_out - left_out.mean()) ** 2)))


def _kappa(agreed: float, chance: float, error: float, parts: float, disputed: float) -> Kappa:
    """With its interval; where fewer than FEW parts are in dispute, as low as so few leave open.

    There the error vanishes and is no guide, and the lower limit is κ at the lower Wilson limit of
    the agreement, chance kept: perfect agreement on ten parts is no proof of a perfect judge.
    """
    kappa = (agreed - chance) / (1 - chance)
    low = kappa - Z95 * error
    if disputed < FEW:
        least = wilson(min(agreed, 1.0) * parts, parts)[0]
        low = min(low, (least - chance) / (1 - chance))
    return Kappa(kappa, max(-1.0, float(low)), min(1.0, float(kappa + Z95 * error)))
