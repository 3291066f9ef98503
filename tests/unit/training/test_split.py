"""What is kept back: whole groups, of each class, and for good."""

import hashlib
import random
from pathlib import Path

from station.training.dataset import Sample
from station.training.split import split


def sample(number: int, label: str, group: str = "", test: bool = False) -> Sample:
    digest = hashlib.sha256(f"{label}{number}".encode()).hexdigest()
    return Sample(Path(f"{label}/{number}.png"), label, group, digest, test)


def test_a_fifth_of_each_class() -> None:
    parts = [sample(i, "good") for i in range(100)] + [sample(i, "dent") for i in range(20)]
    done = split(parts)
    assert sum(s.test for s in done if s.label == "good") == 20
    assert sum(s.test for s in done if s.label == "dent") == 4


def test_a_group_is_never_parted() -> None:
    parts = [sample(i, "good", f"tile {i // 6}") for i in range(120)]
    done = split(parts)
    by_group: dict[str, set[bool]] = {}
    for one in done:
        by_group.setdefault(one.group, set()).add(one.test)
    assert all(len(sides) == 1 for sides in by_group.values())
    assert sum(s.test for s in done) == 24


def test_what_was_test_stays_test_and_takes_its_group_along() -> None:
    parts = [sample(i, "good", test=i in (3, 4)) for i in range(40)]
    parts += [sample(90, "good", "part", test=True), sample(91, "good", "part")]
    done = split(parts)
    assert all(done[i].test for i in (3, 4, 40, 41))
    assert sum(s.test for s in done) == 8


def test_later_samples_change_nothing_about_the_earlier() -> None:
    first = split([sample(i, "good") for i in range(50)])
    more = split([*first, *(sample(i, "good") for i in range(50, 100))])
    assert {s.path for s in first if s.test} <= {s.path for s in more if s.test}
    assert sum(s.test for s in more) == 20


def test_the_order_is_of_no_account() -> None:
    parts = [sample(i, "good", f"g{i % 11}") for i in range(60)]
    parts += [sample(i, "dent", f"g{i % 7}") for i in range(30)]
    mixed = random.Random(1).sample(parts, len(parts))
    one, other = split(parts), split(mixed)
    assert {s.path for s in one if s.test} == {s.path for s in other if s.test}


def test_of_a_small_class_all_is_learnt_from() -> None:
    done = split([sample(i, "good") for i in range(50)] + [sample(i, "dent") for i in range(3)])
    assert not any(s.test for s in done if s.label == "dent")
    done = split([sample(i, "good", "one part") for i in range(50)])
    assert not any(s.test for s in done)
