"""`station insight report` and `spc` as they are typed."""

import json
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.settings import Settings, save_settings
from station.store.store import Store

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is

STILL = Still("", np.zeros((8, 8), np.uint8), None, None)
PARTS = 60
JUICE = (
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["insight", *map(str, words)])


def rows_of(*words: object) -> list[dict[str, Any]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def part(number: int, at_ms: int) -> Inspection:
    """Each tenth is bad; two lots and two operators."""
    bad = number % 10 == 0
    return Inspection(
        uid=f"{number:032x}",
        part=Part(number, f"S{number}", "A" if number <= PARTS // 2 else "B"),
        at_ms=at_ms,
        trigger=TriggerSource.KEY,
        verdict=Verdict.NG if bad else Verdict.OK,
        recipe="flange",
        recipe_version=1,
        review_limit=0.4,
        ng_limit=0.6,
        roi=None,
        model="m.onnx",
        model_sha256="ab" * 32,
        provider="",
        camera="",
        label=("dent" if number % 20 else "scratch") if bad else "good",
        score=0.9 if bad else 0.1,
        confidence=0.9,
        operator="Ada" if number % 2 else "Bob",
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A minute of parts that ended a minute ago, and parts of yesterday."""
    now = time.time_ns() // 1_000_000
    begun = datetime.now().astimezone() - timedelta(hours=12)  # no shift ends meanwhile
    save_settings(tmp_path / "data", Settings(shifts=(begun.time().replace(microsecond=0),)))
    with Store(tmp_path / "data") as store:
        for number in range(1, PARTS + 1):
            store.record(part(number, now - 120_000 + number * 1000), STILL, False)
        word = Decision(part(10, 0).uid, DecisionKind.ACCEPT, now - 50_000)
        store.decide(word)
    return tmp_path / "data"


def test_the_figures_signals_and_defects_of_a_span(data: Path) -> None:
    since = datetime.fromtimestamp(time.time() - 600).strftime("%Y-%m-%dT%H:%M:%S")  # noqa: DTZ006
    figures, *others = rows_of("report", "--data", data, "--since", since)
    assert (figures["row"], figures["of"], figures["parts"]) == ("figures", "all", PARTS)
    assert (figures["yield"]["count"], figures["yield"]["n"]) == (PARTS - 5, PARTS)
    assert (figures["first_pass"]["count"], figures["first_pass"]["n"]) == (PARTS - 6, PARTS)
    assert (figures["overruled"]["count"], figures["overruled"]["n"]) == (1, PARTS)
    assert figures["false_rejects"]["of_all"]["n"] == 6
    assert figures["kappa"] is None
    assert figures["judged"] == 1
    assert figures["cycle"] == 1.0
    assert figures["ideal_from"] == "shown"
    assert figures["planned_seconds"] == pytest.approx(600, abs=20)
    defects = {row["label"]: row["count"] for row in others if row["row"] == "defect"}
    assert defects == {"scratch": 3, "dent": 2}


def test_figures_of_all_parts_broken_down(data: Path) -> None:
    rows = rows_of("report", "--data", data, "--shift", "all", "--by", "lot")
    figures = {row["of"]: row["parts"] for row in rows if row["row"] == "figures"}
    assert figures == {"all": PARTS, "A": 30, "B": 30}
    (bob,) = (
        row
        for row in rows_of("report", "--data", data, "--shift", "all", "--operator", "Bob")
        if row["row"] == "figures"
    )
    assert bob["parts"] == PARTS // 2
    assert bob["yield"]["count"] == PARTS // 2 - 5
    plain = run("report", "--data", data, "--shift", "all")
    assert plain.exit_code == 0
    assert "60 parts" in plain.stdout
    assert "1.67%  (1 of 60" in plain.stdout


def test_a_chart_of_the_records(data: Path) -> None:
    *points, chart = rows_of("spc", "--data", data, "--shift", "all", "--size", 20)
    assert chart["points"] == 3
    assert [(row["n"], row["bad"], row["tested"]) for row in points if row["row"] == "point"] == [
        (20, 1, True),
        (20, 2, True),
        (20, 2, True),
    ]
    *points, chart = rows_of("spc", "--data", data, "--shift", "all", "--by", "lot")
    assert [row["name"] for row in points] == ["A", "B"]
    *points, chart = rows_of("spc", "--data", data, "--shift", "all", "--size", 20, "--centre", 0.9)
    assert chart["centre"] == 0.9
    assert [row["look_at"] for row in points if row["row"] == "signal"] == ["fewer"]


def test_the_orange_juice_of_montgomery(tmp_path: Path) -> None:
    file = table(tmp_path / "juice.csv", "bad,n", *(f"{bad},50" for bad in JUICE))
    rows = rows_of("spc", file, "--rules", "western_electric")
    points = [row for row in rows if row["row"] == "point"]
    assert rows[-1]["centre"] == pytest.approx(0.2313, abs=5e-5)
    assert rows[-1]["limits"] == "three sigma"
    assert points[0]["upper"] == pytest.approx(0.4102, abs=5e-5)
    assert points[0]["lower"] == pytest.approx(0.0524, abs=5e-5)
    assert [row["point"] for row in points if "beyond" in row["signals"]] == [15, 23]
    wide = rows_of("spc", file, "--laney")[-1]
    assert wide["sigma_z"] == pytest.approx(1.66, abs=0.01)
    plain = run("spc", file)
    assert "22 of 50" in plain.stdout
    assert "signal" in plain.stdout


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (("bad,parts", "1,2", "1,2"), "table_no_column", None),
        (("bad,n", "1,2", "x,3"), "table_not_a_number", "3"),
        (("bad,n", "1,2", ",3"), "table_gap", "3"),
        (("bad,n", "1,2", "0,0"), "table_counts", "3"),
        (("bad,n", "3,2", "0,5"), "table_counts", "2"),
        (("bad,n", "-1,2", "0,5"), "table_counts", "2"),
        (("bad,n", "1.5,2", "0,5"), "table_counts", "2"),
        (("bad,n", "1,2"), "table_too_few", None),
    ],
)
def test_wrong_tables_are_named(
    tmp_path: Path, lines: tuple[str, ...], code: str, line: str | None
) -> None:
    result = run("spc", table(tmp_path / "t.csv", *lines), "--json")
    row = json.loads(result.stdout)
    assert (row["error"], row["facts"].get("line")) == (code, line)
    assert result.exit_code == (2 if code == "table_no_column" else 1)
    assert row["message"].startswith(("In ", "There is no column", str(tmp_path)))


@pytest.mark.parametrize(
    "words",
    [
        ("spc", "--rules", "mine"),
        ("spc", "--centre", "1.5"),
        ("spc", "--by", "week"),
        ("report", "--by", "week"),
        ("report", "--shift", "tomorrow"),
        ("report", "--since", "2026-01-02", "--until", "2026-01-01"),
    ],
)
def test_wrong_use(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(*words, "--data", tmp_path).exit_code == 2


def test_of_very_many_parts_the_hours_tell(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.insight.overview.MOST_PARTS", PARTS - 1)
    figures = rows_of("report", "--data", data, "--shift", "all")[0]
    assert (figures["parts"], figures["by_hours"], figures["oee"]) == (PARTS, True, None)
    assert ", by whole hours" in run("report", "--data", data, "--shift", "all").stdout
    for words in (("report", "--by", "lot"), ("spc",)):
        assert run(*words, "--data", data, "--shift", "all").exit_code == 2


def test_no_records_and_no_table(tmp_path: Path) -> None:
    (nothing,) = (json.loads(run("report", "--data", tmp_path, "--json").stdout),)
    assert nothing["error"] == "store_not_found"
    assert run("spc", tmp_path / "none.csv").exit_code == 2
    with Store(tmp_path / "data"):
        pass
    rows = rows_of("report", "--data", tmp_path / "data")
    assert (len(rows), rows[0]["parts"], rows[0]["oee"]) == (1, 0, None)
    assert rows_of("report", "--data", tmp_path / "data", "--shift", "last")[0]["parts"] == 0
    assert rows_of("spc", "--data", tmp_path / "data") == [{"row": "chart", "points": 0}]
