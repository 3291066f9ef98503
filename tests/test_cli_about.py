"""`station about`, as a person and a program ask for it."""

import json
import subprocess
import sys
from pathlib import Path

from station import __version__


def ask(*words: str, data: Path) -> subprocess.CompletedProcess[str]:
    """The real command."""
    command = [sys.executable, "-m", "station", "about", "--data", str(data), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)


def test_what_runs_here(tmp_path: Path) -> None:
    said = ask("--json", data=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    row = json.loads(said.stdout)
    assert row["version"] == __version__
    assert row["data_folder"] == str(tmp_path)
    assert (row["provider_asked"], row["recipe"]) == ("auto", "flange")
    assert len(row["model_sha256"]) == 64
    assert list(tmp_path.iterdir()) == []


def test_the_licences_and_one_of_them_in_full(tmp_path: Path) -> None:
    rows = [
        json.loads(line)
        for line in ask("--json", "--licences", data=tmp_path).stdout.split("\n")
        if line
    ]
    named = {row["name"]: row["licence"] for row in rows}
    assert named["Inter"] == "OFL-1.1"
    assert "SIL OPEN FONT LICENSE" in ask("--text", "inter", data=tmp_path).stdout


def test_the_bill_is_saved_or_not(tmp_path: Path) -> None:
    target = tmp_path / "料" / "bill.json"
    assert ask("--bill", str(target), data=tmp_path).returncode == 0
    assert json.loads(target.read_text("utf-8"))["bomFormat"] == "CycloneDX"
    (tmp_path / "file").write_text("no folder")
    said = ask("--bill", str(tmp_path / "file" / "bill.json"), data=tmp_path)
    assert said.returncode == 2
    assert "cannot be written" in said.stderr


def test_a_name_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    said = ask("--text", "nothing", data=tmp_path)
    assert said.returncode == 2
    assert "nothing" in said.stderr
    assert "Traceback" not in said.stderr
