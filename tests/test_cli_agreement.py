"""`station insight agreement` as it is typed."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from station.cli import app
from station.insight.study import Plan, Role, Said, Study, StudyPart, Word
from station.insight.study_notes import begin
from station.store.store import Store
from tests.unit.insight.aiag import csv

pytestmark = pytest.mark.usefixtures("qapp")  # a sentence takes the application that there is


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["insight", "agreement", *map(str, words)])


def rows(result: Result) -> list[dict[str, object]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "aiag.csv"
    path.write_text(csv(station=True), "utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder with two studies; of the newer one Anna has done all, and Bo a bit."""
    parts = tuple(
        StudyPart(f"p{n}", f"images/{n}.png", truth=(Said.OK, Said.NG)[n % 2]) for n in range(10)
    )
    study = Study("", Plan("flange", 10, 2, 1), parts, seed=1)
    said = [Word("", Role.STATION, 1, n, part.truth) for n, part in enumerate(parts)]
    said += [Word("Anna", Role.PERSON, 1, n, part.truth) for n, part in enumerate(parts)]
    said += [Word("Bo", Role.PERSON, 1, 0, Said.NG)]
    with Store(tmp_path / "data") as store:
        begin(store, study, [], "07")
        begin(store, study, said, "07")
        yield store.folder


def test_the_study_of_the_aiag_from_its_table(table: Path) -> None:
    """The figures that the manual prints: 84, 90, 80 %; κ 0.88, 0.92, 0.77; 0.86, 0.78, 0.79."""
    found = rows(run(table, "--json"))
    judges = [row for row in found if "appraiser" in row]
    assert [row["appraiser"] for row in judges] == ["A", "B", "C", "(station)"]
    assert [row["effectiveness"]["rate"] for row in judges[:3]] == [0.84, 0.90, 0.80]  # type: ignore[index]
    assert [row["misses"]["count"] for row in judges[:3]] == [3, 3, 6]  # type: ignore[index]
    assert [round(row["kappa"]["value"], 2) for row in judges[:3]] == [0.88, 0.92, 0.77]  # type: ignore[index]
    pairs = {tuple(row["pair"]): row["kappa"]["value"] for row in found if "pair" in row}  # type: ignore[arg-type, index]
    assert [round(pairs[p], 2) for p in (("A", "B"), ("A", "C"), ("B", "C"))] == [0.86, 0.78, 0.79]
    last = found[-1]
    assert (last["parts"], last["good"], last["bad"]) == (50, 34, 16)
    assert last["fleiss"]["value"] == pytest.approx(0.7936, abs=5e-5)  # type: ignore[index]
    assert last["all_alike"]["count"] == 39  # type: ignore[index]


def test_for_people(table: Path) -> None:
    result = run(table)
    assert result.exit_code == 0
    assert "84.0% (71.5%-91.7%) marginal?" in result.stdout
    assert "part 6 is OK: A OK OK NG  B OK OK NG  C OK NG NG" in result.stdout
    assert "50 parts, 34 good, 16 bad by the reference" in result.stdout


def test_studies_are_listed_newest_first(data: Path) -> None:
    newer, older = rows(run("--data", data, "--json"))
    assert (newer["judged"], newer["of"]) == ({"Anna": 10, "Bo": 1}, 20)
    assert older["judged"] == {}
    result = run("--data", data)
    assert "flange: 10 parts x 2 people x 1 trials, 11 of 20 judgements" in result.stdout


def test_one_study_with_its_files(data: Path, tmp_path: Path) -> None:
    pdf, table = tmp_path / "study.pdf", tmp_path / "words.csv"
    found = rows(run("--data", data, "--study", "last", "--csv", table, "--json"))
    assert [row["appraiser"] for row in found if "appraiser" in row] == ["Anna", "(station)"]
    assert found[-1]["fleiss"] is None, "one person alone"
    assert "part,appraiser,trial,rating,reference" in table.read_text("utf-8-sig")
    command = [sys.executable, "-m", "station", "insight", "agreement", "--data", str(data)]
    command += ["--study", str(found[0]["study"]), "--pdf", str(pdf)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert pdf.read_bytes().startswith(b"%PDF")


def test_no_figures_yet(data: Path) -> None:
    older = rows(run("--data", data, "--json"))[1]
    result = run("--data", data, "--study", older["study"])
    assert result.exit_code == 1
    assert "Nobody has gone through all parts yet" in result.stdout


def test_no_study_yet(tmp_path: Path) -> None:
    with Store(tmp_path / "empty") as store:
        result = run("--data", store.folder)
    assert result.exit_code == 0
    assert result.stdout == "No study was begun yet.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--study", "nix"), 2, "There is no study nix. Known: "),
        (("TABLE", "--study", "last"), 2, ""),
        (("--pdf", "x.pdf"), 2, ""),
        (("TABLE", "--csv", "x.csv"), 2, ""),
        (("TABLE", "--good", "GO"), 2, "There is no class “GO”. Known: 1, 0."),
        (("missing.csv",), 2, "missing.csv does not exist"),
    ],
)
def test_wrong_use(data: Path, table: Path, words: tuple[str, ...], code: int, said: str) -> None:
    typed = [str(table) if word == "TABLE" else word for word in words]
    result = run("--data", data, *typed)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Rating", "Urteil"), "There is no column “rating”"),
        (("\n7,A,1,1,1", "\n6,A,1,1,1"), "judges the part 6 in trial 1 a second time"),
        (("\n7,A,1,1,1", ""), "A did not judge the part 7 in trial 1"),
        (("\n7,A,1,1,1", "\n7,A,1,1,0"), "the part 7 has two references"),
        (("\n7,A,1,1,1", "\n7,A,1,1,"), "the column “Reference” is empty"),
        (("\n7,A,1,1,1", "\n7,A,1,x,1"), "“x” in the column “rating” says neither good nor bad"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_one_sentence(
    table: Path, change: tuple[str, str], said: str
) -> None:
    table.write_text(csv().replace(*change), "utf-8")
    result = run(table, "--json")
    assert result.exit_code in (1, 2)
    row = json.loads(result.stdout.splitlines()[-1])
    assert said in row["message"]
    assert len(result.stderr.splitlines()) == 1
