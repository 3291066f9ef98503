"""What is wrong with tables and models given to `station health`, in the words a person reads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from station.cli import app
from tests.conftest import ROOT
from tests.wear import cut_lives, write_lives

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is

LESSON = ("--unit", "machine", "--time", "hour", "--cap", "50", "--window", "20")
Rows = list[list[str]]
Change = Callable[[Rows], None]


def health(*words: object) -> tuple[int, dict[str, object]]:
    """How it ended, and the last row."""
    result = CliRunner().invoke(app, ["health", *map(str, words), "--json"])
    lines = result.stdout.splitlines()
    return result.exit_code, json.loads(lines[-1]) if lines else {}


def changed(path: Path, change: Change, units: int = 6) -> Path:
    """A table of lives, changed: columns are machine, hour, heat, level, chance, fixed."""
    lines = write_lives(path, units).read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    change(rows)
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    return path


def at(rows: Rows, unit: str, number: int = 0) -> int:
    """The place of that unit's row."""
    return next(k for k, row in enumerate(rows) if row[0] == unit) + number


def learn(path: Path, *words: str) -> tuple[int, dict[str, object]]:
    out = path.with_name("m.onnx")
    lesson = (*LESSON, "--method", "boosting", "--out", out, "--no-background")
    found = health("train", path, *lesson, *words)
    assert out.exists() == (found[0] == 0)
    return found


def warned(row: dict[str, object], code: str) -> list[str]:
    """The sentences of the warnings of that code."""
    found = row["warnings"]
    assert isinstance(found, list)
    return [one["message"] for one in found if one["warning"] == code]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    assert learn(write_lives(folder / "lives.csv", 6))[0] == 0
    return folder / "m.onnx"


def _without_heat(rows: Rows) -> None:
    for row in rows:
        del row[2]


def _text(rows: Rows) -> None:
    rows[11][2] = "warm"


def _gap(rows: Rows) -> None:
    rows[11][2] = ""


def _twice(rows: Rows) -> None:
    rows[11][1] = rows[10][1]


def _serviced(rows: Rows) -> None:
    begin = at(rows, "M1", 40)
    for row in rows[begin : at(rows, "M2")]:
        row[1] = str(int(row[1]) - 40)


def _seconds(rows: Rows) -> None:
    for row in rows[at(rows, "M1") : at(rows, "M2")]:
        row[1] = str(int(row[1]) * 3600)


def _few_rows(rows: Rows) -> None:
    del rows[41:]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (_text, "table_not_a_number", ("line 12", "“heat”", "“warm”", "Correct it")),
        (_gap, "table_gap", ("line 12", "“heat”", '--skip "heat="')),
        (_twice, "table_time_twice", ("unit M0", "twice", "Leave one of the two lines out")),
        (_serviced, "table_time_back", ("unit M1", "runs backwards", "give it another name")),
        (_seconds, "table_time_unit", ("unit M1", "every 3600", "1 was expected")),
        (_few_rows, "table_too_few", ("only 40 rows", "50")),
    ],
)
def test_a_table_that_cannot_be_learnt_from(
    tmp_path: Path, change: Change, code: str, words: tuple[str, ...]
) -> None:
    code_found, row = learn(changed(tmp_path / "lives.csv", change))
    print(row["message"])
    assert (code_found, row["error"]) == (1, code)
    for word in words:
        assert word in str(row["message"])


def test_lines_that_are_empty_somewhere_can_be_left_out(tmp_path: Path) -> None:
    path = changed(tmp_path / "lives.csv", _gap)
    code, row = learn(path, "--skip", "heat=")
    assert code == 0, row
    assert warned(row, "table_time_missing")


def test_a_column_that_is_missing_is_told_with_those_that_are_there(
    tmp_path: Path, model: Path
) -> None:
    path = changed(tmp_path / "lives.csv", _without_heat)
    code, row = health("predict", model, path)
    print(row["message"])
    assert (code, row["error"]) == (2, "table_no_column")
    assert "“heat”" in str(row["message"])
    assert "machine, hour, level" in str(row["message"])
    assert learn(path, "--unit", "engine")[1]["error"] == "table_no_column"


def test_a_constant_column_is_left_out_with_a_warning(tmp_path: Path) -> None:
    code, row = learn(write_lives(tmp_path / "lives.csv", 6))
    (warning,) = warned(row, "table_constant")
    print(warning)
    assert code == 0
    assert "never change" in warning
    assert "fixed" in warning
    assert "fixed" in row["left_out"]  # type: ignore[operator]


def test_a_countdown_is_suspected_by_name_and_time_itself_is_not(tmp_path: Path) -> None:
    def countdown(rows: Rows) -> None:
        rows[0].append("orders_left")
        for unit in {row[0] for row in rows[1:]}:
            own = [row for row in rows if row[0] == unit]
            for left, row in zip(range(len(own) - 1, -1, -1), own, strict=True):
                row.append(str(left + 3))

    code, row = learn(changed(tmp_path / "lives.csv", countdown))
    leaks = warned(row, "table_leak")
    print(leaks)
    assert code == 0
    assert len(leaks) == 1
    assert "“orders_left”" in leaks[0]
    assert "--drop orders_left" in leaks[0]


def test_units_with_few_readings_are_a_warning(tmp_path: Path, model: Path) -> None:
    def short(rows: Rows) -> None:
        del rows[at(rows, "M1", 7) : at(rows, "M2")]

    path = changed(tmp_path / "lives.csv", short)
    code, row = learn(path)
    (warning,) = warned(row, "table_unit_short")
    print(warning)
    assert code == 0
    assert "first M1 with 7" in warning
    told = CliRunner().invoke(app, ["health", "predict", str(model), str(path)])
    assert "first M1 with 7" in told.stderr
    folder = tmp_path / "few"
    folder.mkdir()
    assert learn(write_lives(folder / "few.csv", 3))[1]["error"] == "table_too_few_units"


def test_seconds_where_hours_were_learnt_are_refused(tmp_path: Path, model: Path) -> None:
    def seconds(rows: Rows) -> None:
        for row in rows[1:]:
            row[1] = str(int(row[1]) * 3600)

    path = changed(tmp_path / "lives.csv", seconds)
    for command in ("predict", "evaluate"):
        code, row = health(command, model, path)
        print(row["message"])
        assert (code, row["error"]) == (1, "table_time_unit")
        assert "every 3600" in str(row["message"])
    code, row = learn(path)
    print(row["message"])
    assert (code, row["error"]) == (1, "table_cap")
    assert "--cap 50" in str(row["message"])


def test_a_model_of_pictures_is_refused_by_what_it_is(tmp_path: Path, model: Path) -> None:
    file = write_lives(tmp_path / "lives.csv", 6)
    code, row = health("predict", ROOT / "resources/demo/flange.onnx", file)
    print(row["message"])
    assert (code, row["error"]) == (1, "model_other_kind")
    assert "something else" in str(row["message"])
    (tmp_path / "p.onnx").write_bytes(_renamed(model, "station.process"))
    assert health("evaluate", tmp_path / "p.onnx", file)[1]["error"] == "model_other_kind"
    (tmp_path / "f.onnx").write_bytes(_renamed(model, "foreign"))
    assert health("evaluate", tmp_path / "f.onnx", file)[1]["error"] == "model_no_card"


def _renamed(model: Path, key: str) -> bytes:
    """The same file with its card under another key."""
    import onnx

    loaded = onnx.load_model_from_string(model.read_bytes())
    loaded.metadata_props[0].key = key
    return bytes(loaded.SerializeToString())


def test_a_truth_of_another_length_is_refused(tmp_path: Path, model: Path) -> None:
    file = write_lives(tmp_path / "lives.csv", 6)
    cut_lives(file, tmp_path / "cut.csv", tmp_path / "truth.txt")
    words = ("evaluate", model, tmp_path / "cut.csv", "--truth", tmp_path / "truth.txt")
    assert health(*words)[0] == 0
    (tmp_path / "truth.txt").write_text("1\n2\n", "utf-8")
    code, row = health(*words)
    print(row["message"])
    assert (code, row["error"]) == (1, "table_truth")
    assert "2 values for 6 units" in str(row["message"])
    (tmp_path / "truth.txt").write_text("1\ntwo\n", "utf-8")
    assert health(*words)[1]["error"] == "table_unreadable"


def test_a_unit_of_time_that_nobody_knows_is_wrong_use(tmp_path: Path) -> None:
    path = write_lives(tmp_path / "lives.csv", 6)
    words = (*LESSON, "--out", path.with_name("m.onnx"), "--time-unit", "weeks")
    assert CliRunner().invoke(app, ["health", "train", str(path), *map(str, words)]).exit_code == 2
