"""Which samples are kept back to prove a model on: whole groups, some of each class, for good."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from station.training.dataset import MINIMUM, Sample

SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Unit:
    """Samples that are never parted: how many of each label, and a number drawn by content."""

    members: tuple[int, ...]
    labels: Counter[str]
    draw: str


def split(samples: Sequence[Sample], share: float = SHARE) -> tuple[Sample, ...]:
    """The samples with `test` set on about that share of each class.

    A group is kept back as a whole; what was test stays test, and with it its group. Of every class
    MINIMUM groups are left to learn from, so a small one has no test. The same samples give the
    same split in whatever order they come, and new ones change nothing about the old.
    """
    units = _units(samples)
    wanted = {label: round(share * n) for label, n in Counter(s.label for s in samples).items()}
    kept = [unit for unit in units if any(samples[i].test for i in unit.members)]
    free = sorted((unit for unit in units if unit not in kept), key=lambda unit: unit.draw)
    left = Counter(label for unit in free for label in unit.labels)
    held: Counter[str] = Counter()
    for unit in kept:
        held.update(unit.labels)
    for label in sorted(wanted, key=lambda name: (wanted[name], name)):
        for unit in list(free):
            if label in unit.labels and _fits(unit, held, wanted, left):
                kept.append(unit)
                free.remove(unit)
                held.update(unit.labels)
                left.subtract(unit.labels.keys())
    test = {i for unit in kept for i in unit.members}
    return tuple(replace(sample, test=i in test) for i, sample in enumerate(samples))


def _fits(unit: _Unit, held: Counter[str], wanted: dict[str, int], left: Counter[str]) -> bool:
    room = all(held[label] + n <= wanted[label] for label, n in unit.labels.items())
    return room and all(left[label] > MINIMUM for label in unit.labels)


def _units(samples: Sequence[Sample]) -> list[_Unit]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        by_name[sample.group or f"\0{i}"].append(i)
    return [
        _Unit(tuple(own), Counter(samples[i].label for i in own), _draw(samples[i] for i in own))
        for own in by_name.values()
    ]


def _draw(members: Iterable[Sample]) -> str:
    first = min(sample.sha256 for sample in members)
    return hashlib.sha256(f"station {first}".encode()).hexdigest()
