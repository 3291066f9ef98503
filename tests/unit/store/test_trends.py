"""How parts looked when a model was new, and since: figures that numpy gives too."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from station.domain.inspection import Inspection, Verdict
from station.domain.part import Part
from station.domain.recipe import Recipe
from station.store.rebuild import rebuild_from_pictures
from station.store.releases import Release
from station.store.revisions import Draft
from station.store.store import Store

HOUR = 3_600_000
BEGIN = 1_790_000_000_000 // HOUR * HOUR
MODEL = "ab" * 32


def at(hour: int, index: int) -> int:
    return BEGIN + hour * HOUR + index * 1000


def test_each_hour_has_its_figures(store: Store, keep: Callable[..., Inspection]) -> None:
    rng, number = np.random.default_rng(3), 0
    values: dict[int, list[float]] = {}
    for hour, count in ((0, 40), (2, 25)):
        values[hour] = [float(value) for value in rng.uniform(0.2, 2.0, count)]
        for index, unlike in enumerate(values[hour]):
            number += 1
            keep(
                number,
                at_ms=at(hour, index),
                unlike=unlike,
                brightness=100 + unlike,
                sharpness=None,
                verdict=Verdict.REVIEW if unlike > 1 else Verdict.OK,
            )
    keep(number + 1, at_ms=at(1, 0), model_sha256="ef" * 32, unlike=9.0)
    found = store.reader.hourly(MODEL, BEGIN, at(3, 0))
    assert [hour.at_ms for hour in found] == [at(0, 0), at(2, 0)]
    for hour, known in zip(found, values.values(), strict=True):
        spread = hour.spread
        assert spread.parts == len(known)
        assert spread.sharpness is None
        assert spread.unlike is not None
        assert spread.brightness is not None
        assert spread.unlike.mean == pytest.approx(np.mean(known))
        low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
        got = (spread.unlike.q05, spread.unlike.q50, spread.unlike.q95)
        assert got == pytest.approx((low, middle, high))
        assert spread.brightness.q50 == pytest.approx(100 + middle)
        assert spread.review == pytest.approx(np.mean(np.array(known) > 1))
    assert store.reader.hourly(MODEL, at(0, 0), at(1, 0)) == found[:1]


def test_the_baseline_is_of_the_first_parts_since_the_release(
    store: Store, keep: Callable[..., Inspection], tmp_path: Path
) -> None:
    assert store.reader.baseline(MODEL) is None
    path = tmp_path / "m.onnx"
    path.write_bytes(b"model")
    sha256 = hashlib.sha256(b"model").hexdigest()
    store.save_recipe(Recipe("flange", "m.onnx", MODEL))
    store.add_revision(Draft("flange", str(path), sha256, "{}", evaluation_json="{}"))
    store.release(Release("flange", 1, "new"))
    now = store.reader.audit(1)[0].at_ms
    keep(1, at_ms=now - HOUR, model_sha256=sha256, unlike=5.0)  # before: as a shadow, say
    for number, unlike in enumerate((0.5, 0.7, 0.9, 3.0), 2):
        keep(number, at_ms=now + number, model_sha256=sha256, unlike=unlike)
    found = store.reader.baseline(sha256, parts=3)
    assert found is not None
    assert found.unlike is not None
    assert (found.parts, found.unlike.mean) == (3, pytest.approx(0.7))


def test_a_part_that_was_not_judged_counts_for_nothing(
    store: Store, keep: Callable[..., Inspection]
) -> None:
    keep(1, at_ms=at(0, 0), score=None, unlike=None, brightness=3.0)
    assert store.reader.hourly(MODEL, BEGIN, at(1, 0)) == []


def test_what_was_measured_comes_back_from_the_picture(
    store: Store,
    make: Callable[..., Inspection],
    picture: Callable[..., object],
    tmp_path: Path,
) -> None:

    part = make(1, unlike=1.25, brightness=101.5, sharpness=7.75, part=Part(1))
    store.record(part, picture(part), False)  # type: ignore[arg-type]
    assert store.inspection(part.uid) == part
    with Store(tmp_path / "again") as other:
        target = other.folder / "images"
        (store.folder / "images").rename(tmp_path / "moved")
        for file in (tmp_path / "moved").rglob("*.png"):
            place = target / file.relative_to(tmp_path / "moved")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
        assert rebuild_from_pictures(other, threading.Event()).rows == 1
        assert other.inspection(part.uid) == part
