"""The Windows set-up program through its life, under Wine: installed, used, upgraded, removed.

What Wine cannot show (real Windows, its rights, signatures, graphics cards) is in
packaging/README.md. The tests tell one story in turn.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.package.root import Done, fresh_root
from tests.package.wine.pc import Pc
from tests.unit.store.olden import make_records

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]

HERE = Path(__file__).resolve().parent
WINDOWS = HERE.parent.parent / "packaging" / "windows"
PARTS = 20
LARGEST = 110_000_000  # bytes
FOLDER = "Program Files/Station"
STATION = r"C:\Program Files\Station\station.exe"
OTHER = "C:\\Prüf stände\\检测 Station"
UNINSTALL = r"Microsoft\Windows\CurrentVersion\Uninstall\Station"
RUN = r"Microsoft\Windows\CurrentVersion\Run"
OLD_WINDOWS, RUNNING, NEWER_HERE, NO_ROOM, FOREIGN_FOLDER, NO_STATION = 3, 4, 5, 6, 8, 9
EXTRAS = "addons/extras"
GRAB = ("camera", "grab", "--camera", "video", "--source", r"C:\film.mp4", "--out", r"C:\grabbed")
PLANT = """[plant]
database = "postgresql://station@127.0.0.1:1/plant"
pictures = "s3://bucket/station"
endpoint = "http://127.0.0.1:1"
"""
CPU = ("--provider", "cpu")  # Wine has no DirectX: the fall-back to the CPU is a fault, rightly


@pytest.fixture(scope="module")
def setup(packages: Path) -> Path:
    """The set-up program."""
    found = sorted(packages.glob("station-*-win64-setup.exe"))
    if not found:
        pytest.skip(f"no set-up in {packages}: make package-windows builds one")
    return found[-1]


@pytest.fixture(scope="module")
def extras(packages: Path) -> Path:
    """The add-on."""
    found = sorted(packages.glob("station-*-win64-extras.exe"))
    if not found:
        pytest.skip(f"no add-on in {packages}: make package-windows builds one")
    return found[-1]


@pytest.fixture(scope="module")
def older(setup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up of the same script with a lower version and next to nothing in it."""
    if shutil.which("makensis") is None:
        pytest.skip("nsis is not installed")
    folder = tmp_path_factory.mktemp("older")
    payload = folder / "payload"
    for name in ("station.exe", "stationw.exe", "runtime/python311.dll", "packages/gone.txt"):
        (payload / name).parent.mkdir(parents=True, exist_ok=True)
        (payload / name).write_bytes(b"of the older version")
    out = folder / "station-0.0.9-win64-setup.exe"
    files = folder / "files.nsh"
    files.write_text("\n".join(windows_module("order").lines(payload)), "utf-8-sig")
    values = {"VERSION": "0.0.9", "SIZE_MB": "1", "FILES": f"{files}", "OUT": f"{out}"}
    values |= {"HERE": f"{WINDOWS}", "COMPRESSION": "zlib"}
    words = [f"-D{name}={value}" for name, value in values.items()]
    done = subprocess.run(
        ["makensis", "-V2", "-NOCD", *words, str(WINDOWS / "station.nsi")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def pc(setup: Path, tmp_path_factory: pytest.TempPathFactory, screen: str) -> Iterator[Pc]:
    """A fresh Windows 10."""
    if shutil.which("x86_64-w64-mingw32-gcc") is None:
        pytest.skip("what Wine lacks is built with gcc-mingw-w64-x86-64, which is not installed")
    place = tmp_path_factory.mktemp("wine")
    with fresh_root("trixie", place, packages=("wine", "wine64")) as root:
        made = Pc(root, screen)
        made.begin()
        yield made
        made.end()


def rows(done: Done) -> list[dict[str, Any]]:
    """What it printed with --json."""
    return [json.loads(line) for line in done.out.splitlines() if line.startswith("{")]


def windows_module(name: str) -> Any:
    """One of packaging/windows, which is no package."""
    place = spec_from_file_location(f"packaging_windows_{name}", WINDOWS / f"{name}.py")
    assert place is not None
    assert place.loader is not None
    module = module_from_spec(place)
    place.loader.exec_module(module)
    return module


def installed_version(pc: Pc) -> str:
    """As Windows shows it in its list of programs."""
    return pc.registry(UNINSTALL, "DisplayVersion")


def data(pc: Pc) -> Path:
    """The folder that set-up makes for all users."""
    return pc.drive / "ProgramData" / "Station" / "data"


def logged(pc: Pc) -> str:
    """The end of each log, for a test that fails."""
    logs = sorted((data(pc) / "logs").glob("*.jsonl"))
    return "\n".join(f"{path.name}: {path.read_text('utf-8')[-1000:]}" for path in logs)


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_it_is_small_enough(setup: Path) -> None:
    size = setup.stat().st_size
    print(f"{setup.name}: {size / 1e6:.1f} MB")
    assert size <= LARGEST


# ── refusals, before anything is there ──────────────────────────────────────────────────────────


def test_an_old_windows_is_refused(pc: Pc, setup: Path) -> None:
    assert pc.run("winecfg", "-v", "win7").code == 0
    assert pc.run(pc.root.bring(setup), "/S").code == OLD_WINDOWS
    assert pc.run("winecfg", "-v", "win10").code == 0
    assert not (pc.drive / FOLDER).exists()


def test_a_damaged_file_installs_nothing(pc: Pc, setup: Path, tmp_path: Path) -> None:
    whole = bytearray(setup.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    bad = tmp_path / "damaged-setup.exe"
    bad.write_bytes(whole)
    assert pc.run(pc.root.bring(bad), "/S").code != 0
    (pc.root.path / "tmp" / bad.name).unlink()
    assert not (pc.drive / FOLDER).exists()
    assert installed_version(pc) == ""


def test_a_folder_of_others_is_left_alone(pc: Pc, setup: Path) -> None:
    before = sorted(path.name for path in (pc.drive / "windows").iterdir())
    assert pc.run(pc.root.bring(setup), "/S", r"/D=C:\windows").code == FOREIGN_FOLDER
    assert sorted(path.name for path in (pc.drive / "windows").iterdir()) == before


def test_a_full_disk_is_refused(pc: Pc, setup: Path) -> None:
    small = pc.root.path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(small)], check=True)
    link = pc.root.path / "w" / "dosdevices" / "e:"
    try:
        link.symlink_to("/small")
        assert pc.run(pc.root.bring(setup), "/S", r"/D=E:\Station").code == NO_ROOM
        assert list(small.iterdir()) == []
    finally:
        link.unlink()
        subprocess.run(["umount", "--lazy", str(small)], check=False)


# ── an older version, and this one over it ──────────────────────────────────────────────────────


def test_the_add_on_wants_the_station(pc: Pc, extras: Path) -> None:
    assert pc.run(pc.root.bring(extras), "/S").code == NO_STATION


def test_the_older_version_starts_with_windows(pc: Pc, older: Path) -> None:
    done = pc.run(pc.root.bring(older), "/S", "/AUTOSTART")
    assert done.code == 0, done.said
    assert installed_version(pc) == "0.0.9"
    assert "stationw.exe" in pc.registry(RUN, "Station")
    assert data(pc).is_dir()
    (data(pc) / "settings.toml").write_text('operator = "Anna"\n', "utf-8")
    brought = pc.drive / FOLDER / "addons" / "other" / "packages"
    brought.mkdir(parents=True)
    (brought / "other.txt").write_text("of another add-on")


def test_set_up_goes_on_where_the_power_went(pc: Pc, older: Path) -> None:
    """Between the two steps: the old program is put aside, and the new one not in its place."""
    here = pc.drive / FOLDER
    here.rename(here.with_name("Station.old"))
    assert pc.run(pc.root.bring(older), "/S").code == 0
    assert (here / "addons/other/packages/other.txt").exists()
    assert not here.with_name("Station.old").exists()


def test_the_add_on_wants_the_station_of_its_version(pc: Pc, extras: Path) -> None:
    assert pc.run(pc.root.bring(extras), "/S").code == NO_STATION
    assert not (pc.drive / FOLDER / EXTRAS).exists()


def test_an_upgrade_keeps_data_and_autostart(pc: Pc, setup: Path) -> None:
    begun = time.monotonic()
    done = pc.run(pc.root.bring(setup), "/S")
    assert done.code == 0, done.said
    print(f"set-up took {time.monotonic() - begun:.0f} s")
    assert installed_version(pc) not in ("", "0.0.9")
    assert "stationw.exe" in pc.registry(RUN, "Station")
    assert (data(pc) / "settings.toml").read_text("utf-8") == 'operator = "Anna"\n'
    assert not (pc.drive / FOLDER / "packages/gone.txt").exists()
    assert (pc.drive / FOLDER / "addons/other/packages/other.txt").exists()
    beside = sorted(path.name for path in (pc.drive / FOLDER).parent.iterdir())
    assert not [name for name in beside if name.startswith("Station.")]
    links = list((pc.drive / "ProgramData").rglob("Station.lnk"))
    assert len(links) == 1


def test_what_is_installed_is_whole_for_windows(pc: Pc) -> None:
    pe = windows_module("pe")
    installed = pc.drive / FOLDER
    assert pe.faults(installed) == []
    size = sum(path.stat().st_size for path in installed.rglob("*") if path.is_file()) / 1e6
    print(f"installed: {size:.0f} MB, {len(list(pe.executables(installed)))} executables looked at")


# ── it works ────────────────────────────────────────────────────────────────────────────────────


def test_all_that_it_needs_is_there(pc: Pc, tmp_path: Path) -> None:
    print(
        f"{pc.fill_gaps(pc.drive / FOLDER, tmp_path / 'gaps')} files ask Wine for complex numbers"
    )
    done = pc.run(STATION, "check", *CPU, "--json")
    found = {row["check"]: row for row in rows(done)}
    for row in found.values():
        print(row)
    assert done.code == 0, done.said
    assert all(row["ok"] for row in found.values())
    assert "bundle" in found["program"]["detail"]
    assert found["settings"]["detail"] == r"C:\ProgramData\Station\data"


def test_it_says_whose_work_it_is(pc: Pc) -> None:
    facts = rows(pc.run(STATION, "about", "--json"))[0]
    assert facts["bill"].endswith(r"\station.cdx.json")
    named = {row["name"] for row in rows(pc.run(STATION, "about", "--licences", "--json"))}
    assert {"Qt", "Microsoft Visual C++ runtime", "DirectML", "NSIS", "numpy"} <= named
    said = pc.run(STATION, "about", "--text", "PySide6_Essentials").out
    assert "LESSER GENERAL PUBLIC LICENSE" in said


def test_parts_are_inspected_and_recorded(pc: Pc) -> None:
    done = pc.run(STATION, "run", "--headless", "--parts", str(PARTS), *CPU, "--json")
    total = rows(done)[-1]
    print(total)
    assert total["parts"] == total["recorded"] == PARTS
    assert total["NOT_INSPECTED"] == 0
    assert pc.run(STATION, "records", "verify").code == 0


def test_records_of_a_former_program_are_copied_before_they_are_changed(pc: Pc) -> None:
    folder = pc.drive / "former"
    make_records(folder, "0004")
    words = ("run", "--headless", "--parts", "1", *CPU, "--data", r"C:\former", "--json")
    assert rows(pc.run(STATION, *words))[-1]["recorded"] == 1
    assert len(list((folder / "before-upgrade").glob("records-0004-*.sqlite3"))) == 1


def test_the_window_opens_and_its_line_runs_in_a_process_of_its_own(pc: Pc) -> None:
    words = ("--parts", "3", "--screenshot", r"C:\parts.png", *CPU, "--json")
    done = pc.run(STATION, "run", *words)
    assert rows(done)[-1]["recorded"] == 3, done.said
    assert (pc.drive / "parts.png").stat().st_size > 20_000
    kept = Path(os.environ.get("STATION_PACKAGES", ".")).parent / "demo-out"
    if kept.is_dir():
        shutil.copyfile(pc.drive / "parts.png", kept / "installed-windows.png")


def test_without_a_console_it_writes_into_the_log(pc: Pc) -> None:
    windowed = STATION.replace("station.exe", "stationw.exe")
    words = ("run", "--headless", "--parts", "1", *CPU)
    pc.run("start", "/wait", windowed, *words)
    log = data(pc) / "logs" / "console.log"
    assert "recorded" in log.read_text("utf-8")


# ── with the add-on ─────────────────────────────────────────────────────────────────────────────


def film(path: Path) -> None:
    """Two pictures that follow each other."""
    codec = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, codec, 5, (320, 240))
    for grey in (60, 200):
        writer.write(np.full((240, 320, 3), grey, np.uint8))
    writer.release()


def test_what_the_add_on_brings_is_told_where_it_is_not(pc: Pc) -> None:
    found = {row["check"]: row for row in rows(pc.run(STATION, "check", *CPU, "--json"))}
    assert "win64-extras.exe" in found["drivers"]["detail"]
    film(pc.drive / "film.mp4")
    done = pc.run(STATION, *GRAB)
    assert done.code != 0
    assert "win64-extras.exe" in done.err
    words = ("--headless", "--parts", "1", *CPU, "--data", r"C:\plant")
    assert pc.run(STATION, "run", *words).code == 0
    (pc.drive / "plant" / "settings.toml").write_text(PLANT, "utf-8")
    done = pc.run(STATION, "plant-copy", "--once", "--data", r"C:\plant")
    assert done.code != 0
    assert "win64-extras.exe" in done.err


def test_the_add_on_reads_video_and_finds_the_plant(pc: Pc, extras: Path) -> None:
    print(f"{extras.name}: {extras.stat().st_size / 1e6:.1f} MB")
    done = pc.run(pc.root.bring(extras), "/S")
    assert done.code == 0, done.said
    found = {row["check"]: row for row in rows(pc.run(STATION, "check", *CPU, "--json"))}
    assert found["program"]["detail"].endswith("extras · other")
    assert "extras.exe" not in found["drivers"]["detail"]
    done = pc.run(STATION, *GRAB, "--count", "2")
    assert done.code == 0, done.said
    assert len(list((pc.drive / "grabbed").glob("*.png"))) == 2
    done = pc.run(STATION, "plant-copy", "--once", "--data", r"C:\plant")
    print(done.said)
    assert "extras.exe" not in done.err
    assert "127.0.0.1" in done.said


# ── and away with it ────────────────────────────────────────────────────────────────────────────


def test_an_older_one_over_it_is_refused(pc: Pc, older: Path) -> None:
    newer = installed_version(pc)
    assert pc.run(pc.root.bring(older), "/S").code == NEWER_HERE
    assert installed_version(pc) == newer
    assert pc.run(STATION, "--version").out.strip() == newer


def test_a_running_station_is_left_alone(pc: Pc, setup: Path) -> None:
    running = pc.start(STATION, "serve", *CPU)
    try:
        until = time.monotonic() + 90
        while (told := pc.run(STATION, "status")).code != 0:
            assert time.monotonic() < until, (running.poll(), told.said, logged(pc))
            time.sleep(1)
        assert pc.run(pc.root.bring(setup), "/S").code == RUNNING
        assert pc.run(STATION, "status").code == 0
    finally:
        pc.end()
        running.wait(60)


def test_it_moves_to_a_folder_of_any_name(pc: Pc, setup: Path, tmp_path: Path) -> None:
    done = pc.run(pc.root.bring(setup), "/S", *f"/D={OTHER}".split(" "))  # Wine would quote it
    assert done.code == 0, done.said
    installed = pc.drive / OTHER.removeprefix("C:\\").replace("\\", "/")
    assert not (pc.drive / FOLDER).exists()
    autostart = pc.registry(RUN, "Station")  # in the console's code page
    assert "stationw.exe" in autostart
    assert "Program Files" not in autostart
    assert (installed / "addons/other/packages/other.txt").exists()
    pc.fill_gaps(installed, tmp_path / "gaps")
    words = ("run", "--headless", "--parts", "1", *CPU, "--json")
    assert rows(pc.run(f"{OTHER}\\station.exe", *words))[-1]["recorded"] == 1
    if (installed / EXTRAS).exists():
        done = pc.run(f"{OTHER}\\station.exe", *GRAB)
        assert done.code == 0, done.said


def test_removing_keeps_what_was_recorded(pc: Pc) -> None:
    installed = pc.drive / OTHER.removeprefix("C:\\").replace("\\", "/")
    (installed / "of somebody else.txt").write_text("x")
    done = pc.run(f"{OTHER}\\uninstall.exe", "/S", *f"_?={OTHER}".split(" "))
    assert done.code == 0, done.said
    left = {path.name for path in installed.iterdir()}
    assert left - {"uninstall.exe"} == {
        "of somebody else.txt"
    }  # told to run there, it stays itself
    assert installed_version(pc) == ""
    assert pc.registry(RUN, "Station") == ""
    assert not list((pc.drive / "ProgramData").rglob("Station.lnk"))
    assert (data(pc) / "records.sqlite").exists()
    assert (data(pc) / "settings.toml").read_text("utf-8") == 'operator = "Anna"\n'
