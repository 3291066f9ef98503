"""What the plant says of its stations, by the database and by the command."""

import random
from dataclasses import replace

import numpy as np
import pytest
import tomli_w

from station import __version__
from station.domain.counts import Counts
from station.domain.inspection import Decision, DecisionKind, Still, Verdict
from station.errors import ErrorCode, Fault
from station.plant.fleet import fleet_status
from station.store.rollup import HOUR_MS
from station.store.store import Store
from tests.peers.copying import copied
from tests.peers.servers import PASSWORD
from tests.peers.station_life import now_ms, part
from tests.program import assert_says, station

DAY_MS = 24 * HOUR_MS
NOON = 1_790_000_000_000 // DAY_MS * DAY_MS + 12 * HOUR_MS + 1000

# When (before noon), verdict, waits: two of today, one of the last day, one older, one waiting.
PARTS = (
    (60_000, Verdict.OK, False),
    (3 * HOUR_MS, Verdict.NG, False),
    (4 * HOUR_MS, Verdict.REVIEW, True),
    (23 * HOUR_MS + 59 * 60_000, Verdict.OK, False),
    (24 * HOUR_MS + 60_000, Verdict.OK, False),
    (50 * HOUR_MS, Verdict.NG, False),
)


@pytest.fixture
def two_stations(tmp_path, place):
    """`A` with PARTS, `B` that never made one; both copied."""
    rng = random.Random(1)
    with Store(tmp_path / "A", "A") as store:
        for number, (before, verdict, waits) in enumerate(reversed(PARTS), 1):
            one = replace(part(number, rng, False), verdict=verdict, at_ms=NOON - before)
            still = Still(one.uid, np.full((40, 40), number, np.uint8), None, None)
            store.record(one, still, waits)
        ng = store.reader.history(2)[1].inspection
        store.decide(Decision(ng.uid, DecisionKind.ACCEPT, NOON, "Ann"))
        store.audit("fault", Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),)))
        store.audit("banner", Fault(ErrorCode.DISK_SLOW, (("path", "/"), ("ms", "900"))))
        store.audit("stopped")
    with Store(tmp_path / "B", "B"):
        pass
    for name in "AB":
        copied(tmp_path / name, replace(place, station=name))


def test_every_station_with_its_figures(two_stations, plant):
    with plant.transaction() as connection:
        a, b = fleet_status(connection, NOON, NOON - NOON % DAY_MS)
    assert (a.station, a.program, a.behind) == ("A", __version__, 0)
    assert abs(a.seen_ms - now_ms()) < 600_000
    assert a.last_part_ms == NOON - 60_000
    assert (a.recipe, a.recipe_version, a.model) == ("flange", 1, "flange.onnx")
    assert a.today == Counts(ok=2, ng=0, review=1)  # the NG one was accepted
    assert a.last_day == Counts(ok=3, ng=0, review=1)
    assert a.waiting == 1
    assert a.fault == Fault(ErrorCode.DISK_SLOW, (("path", "/"), ("ms", "900")))
    assert (b.station, b.last_part_ms, b.today, b.fault) == ("B", None, Counts(), None)


def test_the_command_tells_people_and_programs(two_stations, place, tmp_path, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    data = tmp_path / "office"
    data.mkdir()
    settings = {"schema_version": 1, "plant": {"database": place.database}}
    (data / "settings.toml").write_text(tomli_w.dumps(settings), "utf-8")
    answer = station(tmp_path, "fleet", "status", "--data", data, "--json")
    assert (answer.code, answer.err) == (0, "")
    a, b = answer.rows
    assert (a["station"], a["waiting_for_review"], a["last_fault"]) == ("A", 1, "disk_slow")
    assert a["last_part"].startswith("2026-09-21T")
    assert set(a["today"]) == {"parts", "ok", "ng", "review", "not_inspected", "yield"}
    assert b["last_part"] is None
    answer = station(tmp_path, "fleet", "status", "--data", data)
    assert [line.split()[0] for line in answer.out.splitlines()] == ["A", "B"]
    assert "1 wait for a person" in answer.out


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", [("fleet", "status"), ("plant-copy", "--once")])
def test_without_a_plant_a_command_says_what_an_address_is(tmp_path, words):
    answer = station(tmp_path, *words, "--data", tmp_path / "none", "--json")
    assert_says(answer, 2, ErrorCode.PLANT_BAD_ADDRESS)
