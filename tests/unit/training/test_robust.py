from pathlib import Path

import cv2
import numpy as np
import pytest

from station.domain.inspection import Verdict
from station.inference.engine import Engine
from station.training.dataset import Sample, scan
from station.training.evaluate import card_recipe
from station.training.robust import (
    MOST_ATTACKED,
    MOST_PARTS,
    REACH,
    SWEEP,
    Kind,
    Room,
    chosen,
    disturbed,
    room,
    sweep,
    worst_change,
    worst_patch,
)
from tests.models import build_bright_model

RNG = np.random.default_rng(0)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = Engine(build_bright_model(tmp_path / "m.onnx"), "cpu")
    engine.open()
    return engine


def flat(level: int, shape: tuple[int, ...] = (96, 120)) -> np.ndarray:
    return np.full(shape, level, np.uint8)


def test_each_disturbance_does_what_it_is_called() -> None:
    part = flat(100)
    part[:, 60:] = 200
    assert disturbed(part, Kind.LIGHT, 0.7, RNG)[0, 0] == 70
    assert disturbed(part, Kind.LIGHT, 1.3, RNG).max() == 255
    soft = disturbed(part, Kind.BLUR, 1.5, RNG)
    assert 100 < soft[48, 60] < 200
    assert disturbed(flat(100), Kind.NOISE, 8.0, RNG).std() == pytest.approx(8, abs=0.5)
    shifted = disturbed(part, Kind.SHIFT, 0.05, RNG)
    assert int((shifted[50] < 150).argmin()) == 66
    turned = disturbed(part, Kind.TURN, 5.0, RNG)
    assert (turned[10] < 150).sum() != (turned[-10] < 150).sum()
    assert turned.min() == 100, "no black corners"


@pytest.mark.parametrize("shape", [(64, 64), (50, 70, 3)])
def test_a_disturbed_picture_is_one_still_and_the_first_is_not_touched(
    shape: tuple[int, ...],
) -> None:
    part = RNG.integers(0, 256, shape, dtype=np.uint8)
    part.flags.writeable = False
    for kind, amount in SWEEP:
        found = disturbed(part, kind, amount, np.random.default_rng(0))
        assert found.shape == shape
        assert found.dtype == np.uint8


def test_a_patch_and_a_search_find_harm_where_there_is_some(engine: Engine) -> None:
    recipe = card_recipe(engine)
    near = flat(104)  # below 102 it is for review, below 98 NG
    assert engine.look(near).score < recipe.review_limit
    assert worst_patch(engine, recipe, near, good=True) is not Verdict.OK
    assert worst_change(engine, recipe, near, good=True) is not Verdict.OK
    assert (near == 104).all()
    assert worst_change(engine, recipe, flat(97), good=False) is not Verdict.NG
    clear = flat(250)
    assert worst_patch(engine, recipe, clear, good=True) is Verdict.OK
    assert worst_change(engine, recipe, clear, good=True) is Verdict.OK


def test_the_search_stays_within_its_reach(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    part, seen = flat(100), []
    look = Engine.look

    def spy(self: Engine, pixels: np.ndarray, *_: object) -> object:
        seen.append(pixels)
        return look(self, pixels, None)

    monkeypatch.setattr(Engine, "look", spy)
    worst_change(engine, card_recipe(engine), part, good=True)
    apart = [np.abs(one.astype(int) - 100).max() for one in seen]
    assert max(apart) == REACH


def folder_of(root: Path, counts: dict[str, int]) -> list[Sample]:
    for label, count in counts.items():
        for i in range(count):
            path = root / label / f"{i:03}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            level = 150 + i if label == "good" else 60 - i
            path.write_bytes(cv2.imencode(".png", flat(level, (64, 64)))[1].tobytes())
    return scan(root)


def test_the_sweep_has_every_row_and_the_same_parts_in_each(engine: Engine, tmp_path: Path) -> None:
    samples = folder_of(tmp_path / "p", {"good": 30, "dark": 20})
    rows = sweep(engine, card_recipe(engine), samples, ("good",))
    assert [(row.kind, row.amount) for row in rows[:-2]] == list(SWEEP)
    assert {(row.escapes.n, row.false_rejects.n) for row in rows[:-2]} == {(20, 30)}
    assert {row.escapes.n + row.false_rejects.n for row in rows[-2:]} == {MOST_ATTACKED}
    assert rows[0].kept.rate == 1.0
    dimmer = rows[1]
    assert dimmer.kind is Kind.LIGHT
    assert dimmer.kept.rate is not None
    assert sweep(engine, card_recipe(engine), samples, ("good",)) == rows, "the same every time"


def test_nothing_to_disturb(engine: Engine, tmp_path: Path) -> None:
    assert sweep(engine, card_recipe(engine), [], ("good",)) == ()
    gone = [Sample(tmp_path / "no.png", "good")]
    assert sweep(engine, card_recipe(engine), gone, ("good",)) == ()


def test_both_sides_are_chosen_evenly() -> None:
    samples = [Sample(Path(f"{i}"), "good") for i in range(100)]
    samples += [Sample(Path(f"b{i}"), "bad") for i in range(10)]
    few = chosen(samples, ("good",), 60)
    assert len(few) == 60
    assert sum(sample.label == "bad" for sample in few) == 10
    assert few[0].path == Path("0")
    assert few[49].path == Path("99")
    assert chosen(samples, (), 60) == chosen(samples, (), 60)
    assert len(chosen(samples[:3], ("good",), 60)) == 3


def test_slow_models_are_disturbed_on_fewer_parts(engine: Engine, tmp_path: Path) -> None:
    assert room(1.0) == Room(MOST_PARTS, MOST_ATTACKED)
    slow = room(100.0)
    assert slow == Room(8, 4)
    assert room(1e6) == Room(4, 4)
    samples = folder_of(tmp_path / "p", {"good": 30, "dark": 20})
    rows = sweep(engine, card_recipe(engine), samples, ("good",), most=slow)
    assert {row.kept.n for row in rows[:-2]} == {8}
    assert {row.kept.n for row in rows[-2:]} == {4}
