"""The golden picture lets a model pass, or keeps it out with words."""

from pathlib import Path

import numpy as np
import pytest

from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, ImageError, ModelError
from station.inference.engine import Engine
from station.pipeline.golden import prove_golden
from tests.models import build_bright_model
from tests.program import write_picture


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build_bright_model(tmp_path / "m.onnx", level=100)


def recipe(model: Path, golden: Path | str, roi: Roi | None = None) -> Recipe:
    return Recipe("flange", str(model), golden=str(golden), roi=roi)


@pytest.mark.parametrize("level", [200, 100])
def test_what_is_ok_or_for_a_person_passes(model: Path, tmp_path: Path, level: int) -> None:
    picture = write_picture(tmp_path / "黄金 é.png", np.full((80, 100), level, np.uint8))
    with Engine(model, "cpu") as engine:
        prove_golden(engine, recipe(model, picture))
        prove_golden(engine, recipe(model, ""))


def test_what_is_rejected_does_not(model: Path, tmp_path: Path) -> None:
    pixels = np.full((80, 160), 200, np.uint8)
    pixels[:, 80:] = 20
    picture = write_picture(tmp_path / "golden.png", pixels)
    with Engine(model, "cpu") as engine:
        prove_golden(engine, recipe(model, picture, Roi(0, 0, 80, 80)))
        with pytest.raises(ModelError) as caught:
            prove_golden(engine, recipe(model, picture, Roi(80, 0, 80, 80)))
    assert caught.value.code is ErrorCode.GOLDEN_REJECTED
    assert dict(caught.value.fault.facts) == {
        "path": str(picture),
        "label": "dark",
        "score": "1.00",
        "limit": "0.6",
    }


def test_a_picture_that_is_gone_keeps_it_out_too(model: Path, tmp_path: Path) -> None:
    with Engine(model, "cpu") as engine, pytest.raises(ImageError):
        prove_golden(engine, recipe(model, tmp_path / "none.png"))
