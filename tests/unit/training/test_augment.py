from pathlib import Path

import numpy as np
import pytest

from station.errors import ErrorCode, RecipeError
from station.training.augment import KINDS, LIGHT, Varied, check_kinds, variations, vary
from tests.unit.training.conftest import draw, write

PART = draw("blob", 3)[0]
COLOUR = np.dstack([PART, PART // 2, 255 - PART])


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pixels", [PART, COLOUR], ids=["grey", "colour"])
def test_every_kind_keeps_shape_and_type_and_leaves_the_picture_alone(
    kind: str, pixels: np.ndarray
) -> None:
    before = pixels.copy()
    made = variations(pixels, (kind,), 8, rng())
    assert all(one.shape == pixels.shape and one.dtype == np.uint8 for one in made)
    assert any(not np.array_equal(one, pixels) for one in made)
    assert np.array_equal(pixels, before)
    assert all(not np.shares_memory(one, pixels) for one in made)


def test_a_flip_is_one_of_four() -> None:
    ways = {PART[::y, ::x].tobytes() for x in (1, -1) for y in (1, -1)}
    assert {one.tobytes() for one in variations(PART, ("flip",), 40, rng())} == ways


def test_light_changes_the_mean_to_both_sides_and_not_too_far() -> None:
    flat = np.full((32, 32), 120, np.uint8)
    means = [one.mean() / 120 for one in variations(flat, ("light",), 60, rng())]
    assert min(means) < 0.85
    assert max(means) > 1.1
    assert all(0.6 < mean < 1.0 + 2 * LIGHT for mean in means)


def test_noise_and_blur_leave_the_mean() -> None:
    for kind in ("noise", "blur", "rotate"):
        for one in variations(PART, (kind,), 5, rng()):
            assert abs(float(one.mean()) - float(PART.mean())) < 3


def test_a_turn_moves_what_is_far_from_the_middle() -> None:
    line = np.zeros((101, 101), np.uint8)
    line[50] = 255
    ends = {int(one[:, -3].argmax()) for one in variations(line, ("rotate",), 20, rng())}
    assert min(ends) < 46
    assert max(ends) > 54


def test_no_kind_changes_nothing() -> None:
    assert np.array_equal(vary(PART, (), rng()), PART)


def test_a_variation_is_the_same_every_time_and_its_own_for_each_picture(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.png", draw("line", ord(name))[0])
    one = Varied(tmp_path / "a.png", KINDS, 0)
    assert np.array_equal(one.read(), one.read())
    assert not np.array_equal(one.read(), Varied(one.path, KINDS, 1).read())
    write(tmp_path / "copy.png", draw("line", ord("a"))[0])
    assert np.array_equal(one.read(), Varied(tmp_path / "copy.png", KINDS, 0).read())


def test_kinds_come_in_one_order_and_unknown_ones_are_refused() -> None:
    assert check_kinds(("noise", "flip", "noise")) == ("flip", "noise")
    with pytest.raises(RecipeError) as caught:
        check_kinds(("flip", "mirror"))
    assert caught.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert caught.value.fault.fact("value") == "mirror"
