import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from station import __version__, support
from station.check import Check
from station.domain.inspection import Inspection, Still, Verdict
from station.domain.part import Part, TriggerSource
from station.errors import ErrorCode, Fault, SettingsError
from station.logs import set_up_logs
from station.store.lock import LOCK_NAME
from station.store.png import read_png
from station.store.schema import DATABASE_NAME
from station.store.store import Store
from station.support import support_bundle
from tests.program import assert_says, station

PRIVATE = ("Anna Müller", "LOS-4711", "SN-", "geheim", "topsecret")
OF_THE_PROGRAM = {"program", "packages", "drivers", "models", "screen"}

SETTINGS = """
schema_version = 1
operator = "Anna Müller"
lot = "LOS-4711"

[camera]
kind = "simulated"
source = "rtsp://admin:geheim@10.0.0.7/1"

[camera.options]
password = "topsecret"
fps = 10
"""


def part(number: int, at_ms: int, **changes: Any) -> Inspection:
    values: dict[str, Any] = {
        "uid": f"{number:032x}",
        "part": Part(number, f"SN-{number}", "LOS-4711"),
        "at_ms": at_ms,
        "trigger": TriggerSource.KEY,
        "verdict": Verdict.OK,
        "recipe": "flange",
        "recipe_version": 1,
        "review_limit": 0.4,
        "ng_limit": 0.6,
        "roi": None,
        "model": "flange.onnx",
        "model_sha256": "ab" * 32,
        "provider": "CPUExecutionProvider",
        "camera": "simulated",
        "operator": "Anna Müller",
    }
    return Inspection(**(values | changes))


def still(inspection: Inspection) -> Still:
    dice = np.random.default_rng(inspection.part.number)
    pixels = dice.integers(0, 256, (48, 64), np.uint8)
    return Still(inspection.uid, pixels, None, None)


WRONG = Fault(ErrorCode.RECIPE_WRONG_PRODUCT, (("serial", "SN-3"), ("recipe", "flange")))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A station that has run: settings, a recipe, a log, parts of every kind."""
    data = tmp_path / "检测站"
    with set_up_logs(data, "line"):
        logging.getLogger("station.test").warning("lost rtsp://admin:geheim@10.0.0.7/1")
    (data / "settings.toml").write_text(SETTINGS, "utf-8")
    (data / "recipes").mkdir()
    (data / "recipes" / "法兰.toml").write_text('name = "法兰"\n', "utf-8")
    now = time.time_ns() // 10**6
    with Store(data) as store:
        for number in range(1, 31):
            verdict = (Verdict.OK, Verdict.NG, Verdict.REVIEW)[number % 3]
            one = part(number, now - (30 - number) * 600_000, verdict=verdict)
            store.record(one, still(one), waits=False)
        lost = part(31, now, verdict=Verdict.NOT_INSPECTED, fault=WRONG)
        store.record(lost, None, waits=False)
        store.audit("fault", WRONG, operator="Anna Müller")
    return data


Bundle = dict[str, bytes]


def bundle(data: Path, **options: Any) -> Bundle:
    """Every file of a fresh bundle, each proven whole."""
    target = support_bundle(data, data.parent / "out" / "bundle.zip", **options)
    with ZipFile(target) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def problems(found: Bundle) -> dict[str, str]:
    answer = json.loads(found["problems.json"])
    assert isinstance(answer, dict)
    return answer


def test_it_holds_what_support_asks_for(data: Path) -> None:
    found = bundle(data)
    assert problems(found) == {}
    about = json.loads(found["about.json"])
    assert about["station"] == __version__
    assert "numpy" in about["packages"]
    assert "CPUExecutionProvider" in json.loads(found["providers.json"])["providers"]
    assert found["recipes/法兰.toml"]
    health = json.loads(found["health.json"])
    assert health["running"] is False
    assert health["disk"]["free"] > 0
    checks = {row["check"]: row["ok"] for row in health["checks"]}
    assert set(checks) == OF_THE_PROGRAM | {"settings", "disk", "model", "camera"}
    assert checks["settings"] is True
    database = json.loads(found["database.json"])
    assert database["last_number"] == 31
    assert database["quick_check"] == "ok"
    assert database["last_24_h"]["not_inspected"] == 1
    (fault,) = json.loads(found["faults.json"])
    assert (fault["number"], fault["fault"]) == (31, "recipe_wrong_product")
    assert fault["fault_facts"] == {"serial": "***", "recipe": "flange"}
    (entry,) = json.loads(found["audit.json"])
    assert (entry["action"], entry["fault"]["code"]) == ("fault", "recipe_wrong_product")
    assert entry["fault"]["facts"] == {"serial": "***", "recipe": "flange"}
    hours = json.loads(found["hours.json"])
    assert sum(row["parts"] for row in hours) == 31
    assert len({row["hour"] for row in hours}) > 4
    assert all(row["hour"].endswith(":00:00.000+00:00") for row in hours)
    names = {row["name"] for row in json.loads(found["files.json"])}
    assert {DATABASE_NAME, "settings.toml", "images", "logs"} <= names
    assert b"lost rtsp" in found["logs/line.jsonl"]
    assert "logs/line.crash" in found


@pytest.mark.parametrize("with_images", [False, True])
def test_nothing_private_is_in_it(data: Path, with_images: bool) -> None:
    found = bundle(data, with_images=with_images)
    for name, content in found.items():
        for word in PRIVATE:
            assert word.encode() not in content, (name, word)
            assert json.dumps(word)[1:-1].encode() not in content, (name, word)
    settings = found["settings.toml"].decode()
    assert "rtsp://admin:***@10.0.0.7/1" in settings
    assert "fps = 10" in settings


def test_broken_settings_are_shown_without_their_secrets(data: Path) -> None:
    (data / "settings.toml").write_text(SETTINGS + "\nthis is = = broken", "utf-8")
    (data / "settings.toml.1").write_text(SETTINGS, "utf-8")
    found = bundle(data)
    assert "this is = = broken" in found["settings.toml"].decode()
    for name in ("settings.toml", "settings.toml.1"):
        assert not any(word in found[name].decode() for word in PRIVATE)
    (check,) = (
        row for row in json.loads(found["health.json"])["checks"] if row["check"] == "settings"
    )
    assert check["fault"]["code"] == "settings_broken"


def test_pictures_only_when_asked(data: Path) -> None:
    assert not any(name.startswith("pictures/") for name in bundle(data))
    found = bundle(data, with_images=True)
    pictures = {name: read_png(found[name]) for name in found if name.startswith("pictures/")}
    assert len(pictures) == 20  # of 30, a third is OK
    for name, (pixels, texts) in pictures.items():
        number = int(Path(name).name.split("_")[0])
        assert number % 3 != 0
        assert texts == {}
        assert np.array_equal(pixels, still(part(number, 0)).pixels)


def test_one_broken_picture_hides_no_other(data: Path) -> None:
    pictures = sorted((data / "images").rglob("*.png"))
    pictures[0].write_bytes(b"no picture")
    pictures[3].unlink()
    found = bundle(data, with_images=True)
    assert problems(found) == {}
    told = [name for name in found if name.startswith("pictures/")]
    assert len([name for name in told if name.endswith(".png")]) == 18
    assert len([name for name in told if name.endswith(".png.txt")]) == 2


def _zero(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10_000])


def _other_tables(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE inspections (id)")
    connection.close()


@pytest.mark.parametrize("breaks", [_zero, _truncate, _other_tables, Path.unlink])
def test_a_broken_database_is_told_inside(data: Path, breaks: Callable[[Path], None]) -> None:
    breaks(data / DATABASE_NAME)
    content = (data / DATABASE_NAME).read_bytes() if breaks is not Path.unlink else None
    found = bundle(data, with_images=True)
    told = problems(found)
    assert {"database", "hours", "faults", "pictures"} <= set(told)
    assert "StoreError" in told["database"]
    assert {"about.json", "settings.toml", "health.json", "logs/line.jsonl"} <= set(found)
    left = (data / DATABASE_NAME).read_bytes() if (data / DATABASE_NAME).exists() else None
    assert left == content, "it changed what it was to report"


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    found = bundle(tmp_path / "nowhere")
    assert {"files", "health", "database"} <= set(problems(found))
    assert "about.json" in found
    assert not (tmp_path / "nowhere").exists()


def test_a_running_station_is_left_alone(data: Path) -> None:
    with Store(data) as store:
        found = bundle(data)
        one = part(32, 1)
        store.record(one, still(one), waits=False)  # it still has its lock, and writes
    health = json.loads(found["health.json"])
    assert health["running"] is True
    checks = {row["check"] for row in health["checks"]}
    assert checks == OF_THE_PROGRAM | {"settings", "disk", "model"}
    assert problems(found) == {}
    with Store(data) as store:
        assert store.last_number() == 32


def test_it_changes_nothing(data: Path) -> None:
    def all_of_it() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in data.rglob("*")
            if path.is_file() and path.name != LOCK_NAME and not path.name.endswith("-shm")
        }

    before = all_of_it()
    bundle(data, with_images=True)
    after = all_of_it()
    after.pop(str(data / f"{DATABASE_NAME}-wal"), None)  # empty, of a reader
    assert after == before


def test_a_camera_that_hangs_is_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_: object) -> Iterator[Check]:
        yield Check("settings", ok=True, detail="")
        time.sleep(30)

    monkeypatch.setattr(support, "run_checks", hangs)
    monkeypatch.setattr(support, "CHECK_SECONDS", 0.3)
    checks = json.loads(bundle(data)["health.json"])["checks"]
    assert [row["ok"] for row in checks] == [True, False]


def test_a_place_that_cannot_be_written_is_told(data: Path) -> None:
    blocked = data.parent / "file"
    blocked.write_text("x")
    with pytest.raises(SettingsError) as caught:
        support_bundle(data, blocked / "bundle.zip")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_a_full_disk_leaves_no_half_bundle(data: Path, mounted: Callable[[str], Path]) -> None:
    disk = mounted("size=8k")
    with pytest.raises(SettingsError) as caught:
        support_bundle(data, disk / "bundle.zip", with_images=True)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list(disk.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_the_command(data: Path) -> None:
    target = data.parent / "für den Service.zip"
    answer = station(data.parent, "support-bundle", "--data", data, "--out", target, "--json")
    assert answer.code == 0, answer
    (row,) = answer.rows
    assert Path(row["file"]) == target
    assert row["bytes"] == target.stat().st_size
    bad = data / "settings.toml" / "x.zip"
    refused = station(data.parent, "support-bundle", "--data", data, "--out", bad, "--json")
    assert_says(refused, 2, ErrorCode.OUTPUT_NOT_WRITABLE)
