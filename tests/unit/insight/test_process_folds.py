"""What is learnt from and what is foretold never mix."""

import numpy as np

from station.insight.process_folds import grouped, last_part, ordered


def test_later_rows_are_foretold_by_earlier_ones_with_a_gap() -> None:
    folds = ordered(1000)
    for fold in folds:
        assert fold.learn.max() + 10 < fold.ask.min()
        assert fold.learn.min() == 0
    asked = np.concatenate([fold.ask for fold in folds])
    assert asked.tolist() == list(range(400, 1000))
    assert [len(fold.learn) for fold in folds] == sorted(len(fold.learn) for fold in folds)


def test_groups_are_never_parted() -> None:
    groups = np.random.default_rng(0).integers(0, 11, 500)
    folds = grouped(groups)
    for fold in folds:
        assert not set(groups[fold.learn].tolist()) & set(groups[fold.ask].tolist())
    asked = np.sort(np.concatenate([fold.ask for fold in folds]))
    assert asked.tolist() == list(range(500))
    sizes = [len(fold.ask) for fold in folds]
    assert max(sizes) < 1.6 * min(sizes)


def test_the_last_part_is_the_latest_rows_or_the_last_groups() -> None:
    assert np.flatnonzero(last_part(10, 0.2)).tolist() == [8, 9]
    groups = np.repeat(np.arange(5), 20)
    late = last_part(100, 0.2, groups)
    assert set(groups[late].tolist()) == {4}
    assert last_part(6, 0.1, np.array([0, 1, 1, 1, 1, 1])).sum() == 5
