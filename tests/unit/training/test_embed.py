from pathlib import Path

import numpy as np
import pytest

from station.errors import ErrorCode, ImageError
from station.training import embed as asked
from station.training.augment import Varied
from station.training.backbone import FEATURES, Input
from station.training.cache import PLACE
from station.training.embed import embed, stream
from station.training.fuse import COARSE_TAP, FINE_TAP, taps_model
from station.training.turned import all_turns
from tests.unit.training.conftest import KINDS, draw, write

FORM = Input(64, 64, 1)
OUTPUTS = (FEATURES, FINE_TAP, COARSE_TAP)


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setenv(PLACE, str(tmp_path / "cache"))
    made = [tmp_path / f"{kind}-{seed}.png" for kind in KINDS for seed in range(4)]
    for path in made:
        kind, seed = path.stem.split("-")
        write(path, draw(kind, int(seed))[0])
    return made


def ask(paths: list[Path], **more: object) -> list[np.ndarray]:
    return embed(taps_model(FORM), paths, FORM, OUTPUTS, lambda done: None, OUTPUTS[1:])


def count_runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many images each run of the graph was given."""
    runs: list[int] = []
    real = asked.prepare

    def counted(*arguments: object) -> object:
        runs.append(1)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(asked, "prepare", counted)
    return runs


def test_the_second_time_nothing_is_computed_and_the_bits_are_the_same(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = count_runs(monkeypatch)
    first = ask(paths)
    assert len(runs) == len(paths)
    second = ask(paths)
    assert len(runs) == len(paths)
    assert [one.dtype for one in first] == [np.float32, np.float16, np.float16]
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one, other)


def test_new_images_among_known_ones_give_the_bits_that_they_give_alone(
    paths: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = ask(paths)
    monkeypatch.setenv(PLACE, str(tmp_path / "other"))
    runs = count_runs(monkeypatch)
    ask(paths[1::3])
    mixed = ask(paths)
    assert len(runs) == len(paths)
    for one, other in zip(whole, mixed, strict=True):
        assert np.array_equal(one, other)


def test_a_picture_that_changed_is_another_picture(paths: list[Path]) -> None:
    before = ask(paths)[0]
    write(paths[0], draw("blob", 77)[0])
    after = ask(paths)[0]
    assert not np.array_equal(before[0], after[0])
    assert np.array_equal(before[1:], after[1:])


def test_without_a_cache_it_is_the_same(paths: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ask(paths)
    monkeypatch.setenv(PLACE, "")
    for one, other in zip(kept, ask(paths), strict=True):
        assert np.array_equal(one, other)


def test_another_size_or_graph_has_its_own_answers(paths: list[Path]) -> None:
    ask(paths)
    wide = Input(96, 64, 1)
    (features,) = embed(taps_model(wide), paths, wide, [FEATURES], lambda done: None)
    assert not np.array_equal(features, ask(paths)[0])


def test_variations_differ_and_are_kept_under_their_own_names(paths: list[Path]) -> None:
    sources = [paths[0], *(Varied(paths[0], ("flip", "light", "noise"), k) for k in range(3))]
    model, none = taps_model(FORM), lambda done: None
    (first,) = embed(model, sources, FORM, [FEATURES], none)
    (second,) = embed(model, sources, FORM, [FEATURES], none)
    assert np.array_equal(first, second)
    assert len(np.unique(first.round(4), axis=0)) == 4


def test_turned_pictures_are_kept_under_their_own_names(paths: list[Path]) -> None:
    sources = [paths[0], *all_turns(paths[:1])]
    model, none = taps_model(FORM), lambda done: None
    (first,) = embed(model, sources, FORM, [FEATURES], none)
    (second,) = embed(model, sources, FORM, [FEATURES], none)
    assert np.array_equal(first, second)
    assert len(np.unique(first.round(4), axis=0)) == 4


def test_it_comes_batch_by_batch_in_order(paths: list[Path]) -> None:
    pieces = list(stream(taps_model(FORM), paths, FORM, [FEATURES]))
    assert [start for start, _ in pieces] == [0, asked.BATCH]
    assert sum(len(values[0]) for _, values in pieces) == len(paths)


def test_a_picture_that_has_gone_is_named(paths: list[Path]) -> None:
    paths[3].unlink()
    with pytest.raises(ImageError) as caught:
        ask(paths)
    assert caught.value.code is ErrorCode.IMAGE_NOT_FOUND
