"""The demo that is shipped: does it say what is promised, and can it be made again."""

import runpy
from collections import Counter
from pathlib import Path

import numpy as np

from station.bundle import resource
from station.cameras.flange import draw_part
from station.cameras.image_file import read_image
from station.cameras.noise import SensorNoise
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.inference.engine import Engine
from station.recipe_file import bind_model, load_recipe
from tests.conftest import ROOT

PARTS = 40


def test_fresh_parts_neither_escape_nor_are_rejected_for_nothing() -> None:
    recipe = bind_model(load_recipe(resource("demo/flange.toml")))  # checks the hash
    engine = Engine(Path(recipe.model), "cpu")
    engine.open()
    noise, counts = SensorNoise((1280, 1024), 11), Counter[tuple[bool, Verdict]]()
    for index in range(PARTS):
        pixels, truth = draw_part(11, index)
        finding = engine.look(noise.over(pixels, index), recipe.roi)
        counts[truth == "good", judge(finding, recipe)] += 1
    good = sum(count for (is_good, _), count in counts.items() if is_good)
    assert 0 < good < PARTS
    assert counts[False, Verdict.OK] == 0
    assert counts[True, Verdict.NG] == 0
    assert counts[True, Verdict.OK] >= 0.95 * good
    golden = read_image(Path(recipe.golden))
    assert judge(engine.look(golden, recipe.roi), recipe) is Verdict.OK


def test_the_demo_is_made_again_bit_for_bit(tmp_path: Path) -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "make_demo.py"))
    few = dict.fromkeys(tool["PARTS"], 3)
    for name in ("one", "two"):
        tool["make"](tmp_path / name, few, 224)
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    shipped = resource("demo/flange.toml").read_text("utf-8").splitlines()
    made = (tmp_path / "one" / "flange.toml").read_text("utf-8").splitlines()
    apart = {line.split(" = ")[0] for line in np.setdiff1d(made, shipped)}
    assert apart == {"model_sha256"}
