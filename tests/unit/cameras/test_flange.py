import time
from itertools import pairwise

import cv2
import numpy as np
import pytest

from station.cameras import flange
from station.cameras.flange import DEFECTS, GOOD, draw_part, draw_truth

SIZE = (1280, 1024)


def test_equal_arguments_give_equal_pixels() -> None:
    first, truth = draw_part(3, 14)
    again, same_truth = draw_part(3, 14)
    assert np.array_equal(first, again)
    assert truth == same_truth
    assert first.shape == (1024, 1280)
    assert first.dtype == np.uint8


def test_parts_differ_by_seed_and_by_index() -> None:
    pictures = [draw_part(seed, index, (320, 256))[0] for seed in (1, 2) for index in range(3)]
    for one, other in pairwise(pictures):
        assert np.abs(one.astype(int) - other).mean() > 1


@pytest.mark.parametrize("rate", [0.0, 0.2, 1.0])
def test_the_defect_rate_is_kept_and_all_kinds_occur(rate: float) -> None:
    count = 160
    truths = [draw_part(5, index, (96, 80), rate)[1] for index in range(count)]
    bad = [truth for truth in truths if truth != GOOD]
    assert abs(len(bad) / count - rate) < 0.1
    if rate:
        assert set(bad) == set(DEFECTS)


@pytest.mark.parametrize("truth", DEFECTS)
def test_every_defect_lies_on_the_face_and_is_visible(truth: str) -> None:
    """The faintest of some parts still changes this many pixels by more than the noise."""
    assert min(_changed(truth, seed) for seed in range(12)) > 60


def _changed(truth: str, seed: int) -> int:
    """In how many pixels the finished picture differs by that defect alone."""
    rng = np.random.default_rng(seed)
    look = flange._look(rng, SIZE)
    blank = np.full((1024, 1280), look.level, np.float32)
    marked = blank.copy()
    if truth == "stain":
        marked *= flange._stain(rng, look, SIZE)
    if truth == "dent":
        marked += flange._dent(rng, look, SIZE)
    if truth == "scratch":
        marked += flange._scratch(rng, look, SIZE)
    missing = 3 if truth == "missing_hole" else -1
    good = flange._assemble(np.random.default_rng(1), look, blank, -1, SIZE)
    bad = flange._assemble(np.random.default_rng(1), look, marked, missing, SIZE)
    return int((np.abs(good.astype(int) - bad) > 8).sum())


def test_brightness_alone_tells_nothing() -> None:
    """The means of good and bad parts lie within the spread of the good ones."""
    means = {
        truth: [
            draw_truth(np.random.default_rng((7, seed)), truth, (320, 256)).mean()
            for seed in range(30)
        ]
        for truth in (GOOD, *DEFECTS)
    }
    spread = np.std(means[GOOD])
    for truth in DEFECTS:
        assert abs(np.mean(means[truth]) - np.mean(means[GOOD])) < 1.5 * spread


def test_a_scratch_fades_with_the_resolution() -> None:
    """What stands out at full size is lost among the tool marks at 224."""

    def stands_out(side: int) -> float:
        ratios = []
        for seed in range(8):
            part = draw_truth(np.random.default_rng((11, seed)), "scratch", SIZE)
            crop = cv2.resize(part[:, 128:1152], (side, side), interpolation=cv2.INTER_AREA)
            face = crop.astype(np.float32)
            detail = np.abs(face - cv2.medianBlur(crop, 5).astype(np.float32))
            radius = np.hypot(*(np.indices((side, side)) - side / 2)) / (0.412 * side)
            ring = detail[(radius > 0.35) & (radius < 0.6)]  # no bore, no holes
            ratios.append(float(np.percentile(ring, 99.95) / ring.std()))
        return float(np.median(ratios))

    assert stands_out(1024) > 1.3 * stands_out(224)


def test_a_part_is_drawn_in_time() -> None:
    took = []
    for index in range(6):
        began = time.perf_counter()
        draw_part(1, index)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.06
