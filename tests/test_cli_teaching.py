"""`station train` as it is typed."""

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from station.inference.engine import Engine
from tests.unit.training.conftest import draw, write, write_parts

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, words)])


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "parts", 0, 5)


def test_a_model_and_its_report_are_written(parts: Path, tmp_path: Path) -> None:
    table = tmp_path / "lots.csv"
    table.write_text("file,lot\nline/000.png,A\nline/001.png,A\n", "utf-8")
    result = run(
        *(parts, "--out", tmp_path / "m.onnx", "--group", f"{table}:lot", "--folds", 3),
        *("--augment", "light,flip", "--report", tmp_path / "report", "--json"),
    )
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert row["n"] == 15
    assert row["table"] == []
    assert (row["bad_total"], row["good_total"]) == (10, 5)
    assert Path(row["report"]).is_file()
    assert (tmp_path / "report" / "evaluation.json").is_file()
    assert Path(row["out"]).read_bytes()


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--method", "magic", "method_unknown"),
        ("--augment", "explode", "recipe_bad_value"),
        ("--synthetic", "dream", "recipe_bad_value"),
        ("--folds", "1", "recipe_bad_value"),
        ("--size", "225", "recipe_bad_value"),
        ("--group", "lots.csv", "recipe_bad_value"),
        ("--group", "no.csv:lot", "recipe_bad_value"),
        ("--good", "perfect", "dataset_unknown_class"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(
    parts: Path, tmp_path: Path, option: str, value: str, code: str
) -> None:
    result = run(parts, "--out", tmp_path / "m.onnx", option, value, "--json")
    assert result.exit_code == 2, result.output
    assert json.loads(result.stdout.splitlines()[-1])["error"] == code
    assert not (tmp_path / "m.onnx").exists()


@pytest.fixture(scope="module")
def few_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines are a rare defect."""
    folder = tmp_path_factory.mktemp("rare")
    for kind, count in (("good", 16), ("blob", 12), ("line", 4)):
        for seed in range(count):
            write(folder / kind / f"{seed:02}.png", draw(kind, seed)[0])
    return folder


def test_synthetic_defects_are_tried_and_both_figures_are_told_and_on_the_card(
    few_lines: Path, tmp_path: Path
) -> None:
    out = tmp_path / "m.onnx"
    result = run(few_lines, "--out", out, "--synthetic", "cutpaste", "--size", 224, "--json")
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    trial = row["synthetic"]
    assert (trial["way"], trial["made"]) == ("cutpaste", 8)
    assert row["n"] == 32, "no synthetic picture is counted or judged"
    assert (row["bad_total"], row["good_total"]) == (16, 16)
    plain, helped = trial["plain"], trial["helped"]
    assert all(0 <= side["balanced"] <= 1 for side in (plain, helped))
    rank = [(-s["escapes"], round(s["balanced"], 9), -s["false_rejects"]) for s in (plain, helped)]
    assert trial["used"] == (8 if rank[1] > rank[0] else 0)
    assert row["escapes"] == (helped if trial["used"] else plain)["escapes"]
    engine = Engine(out, "cpu")
    engine.open()
    told = dict(engine.card.metrics)
    assert (told["synthetic"], told["synthetic.made"]) == (trial["used"], 8)
    assert (told["plain.balanced"], told["synthetic.balanced"]) == (
        plain["balanced"],
        helped["balanced"],
    )
    assert engine.card.method.endswith("+ synthetic") == bool(trial["used"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.onnx"]


def test_people_read_both_figures(few_lines: Path, tmp_path: Path) -> None:
    words = ("--synthetic", "cutpaste", "--method", "classical", "--folds", 2)
    result = run(few_lines, "--out", tmp_path / "m.onnx", *words)
    assert result.exit_code == 0, result.output
    (line,) = (one for one in result.stdout.splitlines() if one.startswith("synthetic"))
    at = result.stdout.index(line)
    told = result.stdout[at:]
    assert "way" in told
    assert "cutpaste" in told
    assert told.index("plain") < told.index("helped")
    assert told.count("balanced") == 2


def test_where_no_class_is_rare_it_says_so_and_teaches_once(parts: Path, tmp_path: Path) -> None:
    result = run(parts, "--out", tmp_path / "m.onnx", "--synthetic", "cutpaste", "--json")
    assert result.exit_code == 0, result.output
    trial = json.loads(result.stdout.splitlines()[-1])["synthetic"]
    assert trial == {"way": "cutpaste", "made": 0, "used": 0, "plain": None, "helped": None}


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is installed")
def test_drawn_defects_without_torch_name_what_is_missing(parts: Path, tmp_path: Path) -> None:
    result = run(parts, "--out", tmp_path / "m.onnx", "--synthetic", "gan", "--json")
    assert result.exit_code == 2, result.output
    row = json.loads(result.stdout.splitlines()[-1])
    assert row["error"] == "extra_missing"
    assert "train-torch" in row["message"]
    assert not (tmp_path / "m.onnx").exists()


@pytest.mark.skipif(
    importlib.util.find_spec("torch") is None,
    reason="torch is not installed (extra train-torch)",
)
def test_drawn_defects_are_tried_with_torch(few_lines: Path, tmp_path: Path) -> None:
    result = run(
        few_lines, "--out", tmp_path / "m.onnx", "--synthetic", "gan", "--size", 224, "--json"
    )
    assert result.exit_code == 0, result.output
    trial = json.loads(result.stdout.splitlines()[-1])["synthetic"]
    assert (trial["way"], trial["made"]) == ("gan", 8)
