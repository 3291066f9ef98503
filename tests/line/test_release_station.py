"""Releases at the real station: through its door, killed in the middle, and after a restart."""

import hashlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station.board import Role
from station.domain.inspection import Inspection
from station.domain.judge import judge
from station.domain.revision import Revision
from station.errors import StationError
from station.inference.engine import Engine
from station.inference.model import card_to_json
from station.store.queries import Reader
from station.store.releases import Release
from station.store.revisions import Draft
from station.store.store import Store
from tests.faults.rig import Station, all_kept, prepare
from tests.models import CARD, build_bright_model
from tests.program import Answer, station

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
NEW = replace(CARD, name="bright two", review_limit=0.3, ng_limit=0.7)
DELAYS = (0.01, 0.05, 0.12, 0.3)  # five kills within a minute, and the supervisor gives up


@pytest.fixture
def alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    data = tmp_path / "data é"
    prepare(data)
    made = Station(tmp_path / "home", data)
    made.start()
    yield made
    made.kill()


def draft(folder: Path) -> Draft:
    path = build_bright_model(folder / "new.onnx", card_to_json(NEW), level=90)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Draft("bright", str(path), sha256, card_to_json(NEW), "test", evaluation_json="{}")


def released(station: Station) -> Revision:
    """Which model counts, once there is one."""
    until = time.monotonic() + 20
    while True:
        with station.reader as reader:
            found = reader.released("bright")
        if found is not None:
            return found
        assert time.monotonic() < until
        time.sleep(0.05)


def consistent(data: Path, rows: list[Inspection]) -> None:
    """Each record names one recipe, its model and its limits, and the score is that model's."""
    with Reader(data) as reader:
        engines = {
            one.sha256: Engine(data / one.path, "cpu", threads=1)
            for one in reader.revisions("bright")
        }
        for engine in engines.values():
            engine.open()
        for row in rows:
            recipe = reader.recipe("bright", row.recipe_version)
            assert row.model_sha256 == recipe.model_sha256
            assert (row.review_limit, row.ng_limit) == (recipe.review_limit, recipe.ng_limit)
            if row.fault is None:
                still = reader.still(row.uid)
                assert still is not None
                finding = engines[row.model_sha256].look(still.pixels, row.roi)
                assert row.score == pytest.approx(finding.score, abs=1e-5)
                assert row.verdict is judge(finding, recipe)


@pytest.mark.timeout(240)
def test_a_line_that_is_killed_while_it_releases_judges_by_the_one_or_the_other(
    alive: Station, tmp_path: Path
) -> None:
    released(alive)
    alive.line.add_revision(draft(tmp_path))
    outcomes = []
    for turn in range(len(DELAYS)):
        before = released(alive)
        alive.inspect()
        other = 3 - before.number
        order = Release("bright", other, f"turn {turn}", "Anna")
        answers: list[str] = []

        def give(order: Release = order, answers: list[str] = answers) -> None:
            try:
                alive.line.release(order)
                answers.append("released")
            except StationError as error:
                answers.append(error.code.value)

        thread = threading.Thread(target=give)
        uid = alive.ask()
        thread.start()
        time.sleep(DELAYS[turn])
        line = alive.board.pid(Role.LINE)
        assert line is not None
        os.kill(line, signal.SIGKILL)
        alive.recorded(uid, 30)
        thread.join(200)
        alive.wait_well()
        now = released(alive)
        assert now.number == other or answers[0] != "released", "what was told has happened"
        with alive.reader as reader:
            standing = [one for one in reader.revisions("bright") if one.state == "released"]
        assert [one.number for one in standing] == [now.number], "exactly one"
        seen = alive.inspect().inspection
        assert seen.model_sha256 == now.sha256
        outcomes.append((answers[0], now.number == other))
    print(outcomes)
    assert alive.end() == 0
    rows = all_kept(alive)
    consistent(alive.data, rows)
    assert [row.part.number for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.timeout(180)
def test_the_command_line_releases_at_a_running_station_and_it_stays_so(
    alive: Station, tmp_path: Path
) -> None:
    home, data = tmp_path, alive.data
    first = released(alive)
    second = alive.line.add_revision(draft(tmp_path))

    def model(*words: object) -> Answer:
        return station(home, "model", *words, "--data", data, "--json")

    assert alive.inspect().inspection.model_sha256 == first.sha256
    answer = model("release", 2, "--reason", "better", "--operator", "Anna")
    assert answer.code == 0, answer
    (row,) = answer.rows
    assert (row["version"], row["sha256"], row["running"]) == (2, second.sha256, True)
    assert alive.inspect().inspection.model_sha256 == second.sha256
    listed = {row["number"]: row["state"] for row in model("list").rows}
    assert listed == {1: "retired", 2: "released"}

    assert model("release", 2, "--reason", "again").error["error"] == "revision_state"
    assert model("release", 7, "--reason", "none").code == 2
    assert model("release", 1).error["error"] == "revision_needs_reason"
    line = alive.board.pid(Role.LINE)
    assert line is not None
    os.kill(line, signal.SIGKILL)
    alive.wait_well()
    assert alive.inspect(seconds=20).inspection.model_sha256 == second.sha256, "of the line"
    assert alive.end() == 0

    again = Station(tmp_path / "home2", data)
    again.start()
    try:
        assert again.inspect().inspection.model_sha256 == second.sha256, "and of the station"
    finally:
        again.end()

    answer = model("rollback", "--reason", "worse")
    assert answer.code == 0, answer
    assert (answer.rows[0]["sha256"], answer.rows[0]["running"]) == (first.sha256, False)
    with Store(data) as store:
        wanted = store.recipe("bright", 1)
        assert store.recipe_to_run(wanted).model_sha256 == first.sha256
    with Reader(data) as reader:
        trail = [entry for entry in reader.audit(50) if entry.action == "released"]
    assert [entry.operator for entry in trail] == ["", "Anna"]
    reasons = [entry.fault.fact("reason") for entry in trail if entry.fault is not None]
    assert reasons == ["worse", "better"]
