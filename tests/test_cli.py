"""The commands by their contract: rows, exit codes, and nothing but JSON where JSON was asked."""

import os
import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from station import __version__
from station.domain.process import ProcessValue
from station.errors import ErrorCode
from station.store.store import Store
from station.store.verify import verify
from tests.models import build_bright_model
from tests.program import (
    COMMAND,
    Answer,
    assert_says,
    environment,
    grey,
    parse,
    station,
    write_picture,
)

pytestmark = pytest.mark.usefixtures("qapp")

LEVELS = (200, 10, 110, 101, 100, 99, 60, 240)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home é 家")


@pytest.fixture(scope="module")
def model(home: Path) -> Path:
    return build_bright_model(home / "bright.onnx")


@pytest.fixture(scope="module")
def pictures(home: Path) -> Path:
    folder = home / "图片"
    for i, level in enumerate(LEVELS):
        label = "good" if level > 100 else "dark"
        suffix = (".png", ".bmp", ".tif", ".jpg")[i % 4]
        write_picture(folder / label / f"{i}{suffix}", grey(level, i, (80 + i, 100)))
    return folder


@pytest.fixture(scope="module")
def data(home: Path) -> Path:
    return home / "data"


@pytest.fixture(scope="module")
def ran(home: Path, data: Path, model: Path, pictures: Path) -> Answer:
    """One run over the folder that the other tests look at."""
    words = ("--camera", "folder", "--source", pictures, "--model", model)
    return station(home, "run", "--headless", "--json", "--data", data, *words)


# ── run ─────────────────────────────────────────────────────────────────────────────────────────


def test_run_records_all(ran: Answer, data: Path, pictures: Path) -> None:
    assert ran.code == 0, ran
    assert ran.err == ""
    assert [row["part"] for row in ran.parts] == list(range(1, 9))
    files = sorted(path for path in pictures.rglob("*.*") if path.is_file())
    assert [row["source"] for row in ran.parts] == [str(path) for path in files]
    assert [row["truth"] for row in ran.parts] == [path.parent.name for path in files]
    wanted = {"part", "uid", "verdict", "label", "score", "ms", "recorded_ms", "provider", "fault"}
    assert all(wanted <= set(row) for row in ran.parts)
    total = ran.rows[-1]
    assert total["parts"] == total["recorded"] == 8
    verdicts = [row["verdict"] for row in ran.parts]
    for verdict in ("OK", "NG", "REVIEW", "NOT_INSPECTED"):
        assert total[verdict] == verdicts.count(verdict)
    assert {"OK", "NG", "REVIEW"} == set(verdicts)
    assert [row.good for row in verify(data)] == [True] * 8


def test_records_verify_finds_all_good(ran: Answer, home: Path, data: Path) -> None:
    answer = station(home, "records", "verify", "--data", data, "--json")
    assert answer.code == 0
    assert answer.rows == [{"rows": 8, "good": 8, "bad": 0, "files_without_row": []}]


def test_records_list_is_newest_first(ran: Answer, home: Path, data: Path) -> None:
    answer = station(home, "records", "list", "--data", data, "--json")
    assert answer.code == 0
    for listed, said in zip(answer.rows[::-1], ran.parts, strict=True):
        for field in ("part", "uid", "verdict", "label", "score", "provider", "source", "truth"):
            assert listed[field] == said[field]
        assert (data / listed["image"]).is_file()
        assert listed["decision"] is listed["fault"] is None
        assert listed["disposition"] == {"OK": "release", "NG": "reject"}.get(listed["verdict"])
    few = station(home, "records", "list", "--data", data, "--limit", 3)
    assert [line.split()[0] for line in few.out.splitlines()] == ["8", "7", "6"]


def test_inspect_agrees_with_the_line_to_the_last_bit(
    ran: Answer, home: Path, model: Path, pictures: Path
) -> None:
    files = [row["source"] for row in ran.parts]
    for paths in ([pictures], files[::-1]):
        answer = station(home, "inspect", *paths, "--model", model, "--json")
        assert answer.code == 0
        judged = {row["path"]: row for row in answer.rows}
        assert len(judged) == len(answer.rows) == 8
        for said in ran.parts:
            row = judged[said["source"]]
            assert {"path", "verdict", "label", "score", "ms", "provider"} <= set(row)
            for field in ("verdict", "label", "score", "confidence", "provider"):
                assert row[field] == said[field], field


def test_a_flipped_byte_is_found(home: Path, model: Path, pictures: Path) -> None:
    data = home / "flipped"
    words = ("--camera", "folder", "--source", pictures, "--model", model, "--parts", 3)
    ran = station(home, "run", "--headless", "--json", "--data", data, *words)
    assert (ran.code, len(ran.parts)) == (0, 3)
    uid = ran.parts[1]["uid"]
    picture = next((data / "images").rglob(f"*{uid}.png"))
    spoiled = bytearray(picture.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    picture.write_bytes(spoiled)
    answer = station(home, "records", "verify", "--data", data, "--json")
    assert answer.code == 1
    bad, total = answer.rows
    assert (bad["part"], bad["uid"], bad["problem"]) == (2, uid, "changed")
    assert data / bad["image"] == picture
    assert (total["rows"], total["good"], total["bad"]) == (3, 2, 1)


def test_fewer_pictures_than_parts_is_said(home: Path, model: Path, pictures: Path) -> None:
    words = ("--camera", "folder", "--source", pictures, "--model", model, "--parts", 9)
    answer = station(home, "run", "--headless", "--data", home / "fewer", *words)
    assert answer.code == 1
    assert "8 parts: " in answer.out.splitlines()[-1]
    assert "All images of" in answer.err


def test_a_run_for_people_is_a_table(home: Path, model: Path, pictures: Path) -> None:
    words = ("--camera", "folder", "--source", pictures / "good", "--model", model)
    answer = station(home, "run", "--headless", "--data", home / "table", *words)
    assert answer.code == 0
    head, *lines, total = answer.out.splitlines()
    assert head.split() == ["part", "verdict", "label", "score", "ms", "truth/source"]
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4"]
    assert total.startswith("4 parts: ")
    assert answer.err == ""


def test_a_name_that_is_no_text_is_written_all_the_same(home: Path, model: Path) -> None:
    folder = os.fsencode(home / "names")
    picture = write_picture(home / "names" / "a.png", grey(200))
    odd = folder + b"/\xff\xe9.png"
    try:
        Path(os.fsdecode(odd)).write_bytes(picture.read_bytes())
    except OSError:
        pytest.skip("this file system takes only names that are text")
    answer = station(home, "inspect", home / "names", "--model", model, "--json")
    assert answer.code == 0
    assert sorted(os.fsencode(row["path"]) for row in answer.rows)[-1] == odd
    words = ("--camera", "folder", "--source", home / "names", "--model", model)
    ran = station(home, "run", "--headless", "--json", "--data", home / "named", *words)
    assert (ran.code, ran.rows[-1]["recorded"]) == (0, 2), ran
    listed = station(home, "records", "list", "--data", home / "named", "--json")
    assert len(listed.rows) == 2
    assert [row.good for row in verify(home / "named")] == [True, True]


def test_output_is_utf8_whatever_the_code_page(home: Path, model: Path, pictures: Path) -> None:
    environ = environment(home) | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [*COMMAND, "inspect", str(pictures), "--model", str(model), "--json"]
    done = subprocess.run(command, env=environ, capture_output=True, timeout=60)
    rows = [parse(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert done.returncode == 0
    assert len(rows) == 8
    assert all("图片" in row["path"] for row in rows)


def test_a_reader_who_had_enough_gets_no_traceback(home: Path, model: Path, pictures: Path) -> None:
    command = [*COMMAND, "inspect", str(pictures), "--model", str(model)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment(home), stdout=pipe, stderr=pipe) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait(60)


# ── check ───────────────────────────────────────────────────────────────────────────────────────


def test_check_finds_all_well(ran: Answer, home: Path, model: Path, pictures: Path) -> None:
    words = ("--data", home / "data", "--model", model, "--camera", "folder")
    answer = station(home, "check", *words, "--source", pictures, "--json")
    assert answer.code == 0, answer
    names = [row["check"] for row in answer.rows]
    assert names[:5] == ["program", "packages", "drivers", "models", "screen"]
    assert names[5:] == ["settings", "store", "disk", "model", "camera"]
    assert all(row["ok"] for row in answer.rows)
    details = {row["check"]: row["detail"] for row in answer.rows}
    assert details["store"] == "8 parts"
    assert "cpu" in details["model"]
    assert "100×" in details["camera"]


def test_check_says_what_to_do_and_goes_on(home: Path) -> None:
    folder = home / "broken"
    folder.mkdir()
    (folder / "settings.toml").write_text("theme = 'pink'")
    answer = station(home, "check", "--data", folder, "--model", home / "no.onnx", "--json")
    assert answer.code == 1
    rows = {row["check"]: row for row in answer.rows}
    assert [name for name, row in rows.items() if row["ok"]][5:] == ["store", "disk"]
    assert all(rows[name]["advice"] for name in ("settings", "model", "camera"))


def test_check_of_a_camera_that_is_not_there(home: Path, model: Path) -> None:
    words = ("--data", home / "other", "--model", model, "--camera", "opencv")
    answer = station(home, "check", *words, "--source", "/dev/video99")
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["ok"] * 9 + ["BAD"]
    assert "/dev/video99" in lines[-1]
    assert "Check the cable" in lines[-1]


# ── usage ───────────────────────────────────────────────────────────────────────────────────────


def test_version_and_help(home: Path) -> None:
    assert station(home, "--version").out.split() == [__version__]
    answer = station(home, "--help")
    assert answer.code == 0
    for command in ("run", "inspect", "train", "evaluate", "records", "check"):
        assert f" {command} " in answer.out


@pytest.mark.parametrize(
    "words",
    [
        ("paint",),
        ("run", "--colour", "red", "--json"),
        ("run", "--parts", "0", "--json"),
        ("run", "--parts", "many", "--json"),
        ("inspect", "--model", "m.onnx", "--json"),
        ("inspect", "a.png", "--json"),
        ("train", "folder", "--json"),
        ("train", "folder", "--out", "a.onnx", "--size", "big"),
        ("evaluate", "model.onnx", "--json"),
        ("records", "burn"),
        ("records", "list", "--limit", "0"),
    ],
)
def test_wrong_use_ends_with_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    from station.cli import app

    with pytest.raises(SystemExit) as end:
        app(list(words))
    said = capsys.readouterr()
    assert end.value.code == 2
    assert said.out == ""
    assert said.err


def test_records_values_writes_what_sensors_said(tmp_path: Path) -> None:
    data, out = tmp_path / "values", tmp_path / "Werte.csv"
    with Store(data) as store:
        oven = ProcessValue("Ofen", 180.5, "°C", "modbus plc:502", 1_790_000_000_000)
        store.add_values([replace(oven, at_ms=oven.at_ms + 60_000 * n) for n in range(3)])
    words = ("records", "values", "--data", data, "--out", out, "--json")
    assert station(tmp_path, *words).rows == [{"file": str(out), "values": 3}]
    lines = out.read_text("utf-8-sig").splitlines()
    assert lines[1] == "Ofen,°C,modbus plc:502,2026-09-21T14:13:20.000Z,180.5,"
    later = datetime.fromtimestamp(oven.at_ms / 1000 + 30).astimezone()
    some = station(tmp_path, *words, "--from", f"{later:%Y-%m-%dT%H:%M:%S}")
    assert some.rows[0]["values"] == 2
    none = station(tmp_path, *words, "--to", "2001-01-01")
    assert (none.code, none.error["error"]) == (1, "export_nothing")
    assert len(out.read_text("utf-8-sig").splitlines()) == 3  # as it was
    nowhere = station(tmp_path, *words[:-2], tmp_path / "no" / "v.csv", "--json")
    assert nowhere.error["error"] == "output_not_writable"


def test_no_records_yet(home: Path) -> None:
    for command in ("verify", "list"):
        answer = station(home, "records", command, "--data", home / "nothing", "--json")
        assert_says(answer, 1, ErrorCode.STORE_NOT_FOUND)
    assert not (home / "nothing").exists(), "looking on makes nothing"


# ── train and evaluate ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def classes(home: Path) -> Path:
    """Bright good parts and dark ones with a stripe, a few of each, one of them broken."""
    folder = home / "classes"
    for i in range(6):
        write_picture(folder / "ok" / f"{i}.png", grey(180, i, (96, 96)))
        striped = grey(90, i, (96, 96))
        striped[20 + 4 * i : 30 + 4 * i] = 20
        write_picture(folder / "stripe" / f"{i}.png", striped)
    (folder / "ok" / "broken.png").write_text("no picture")
    return folder


@pytest.fixture(scope="module")
def taught(home: Path, classes: Path) -> tuple[Path, Answer]:
    out = home / "taught" / "stripe.onnx"
    words = ("train", classes, "--out", out, "--size", 224, "--seed", 3, "--json")
    return out, station(home, *words, timeout=110)


def test_train_ends_with_its_row(taught: tuple[Path, Answer], classes: Path) -> None:
    out, answer = taught
    assert answer.code == 0, answer
    row = answer.rows[-1]
    assert row["classes"] == ["ok", "stripe"]
    assert row["good"] == ["ok"]
    assert row["n"] == 12
    assert row["cv_accuracy"] == 1.0
    assert row["cv_std"] == 0.0
    assert row["seconds"] > 0
    assert row["method"].startswith("linear")
    assert row["out"] == str(out)
    assert out.is_file()
    broken = str(classes / "ok" / "broken.png")
    assert [skipped["path"] for skipped in row["skipped"]] == [broken]
    assert broken in answer.err


def test_evaluate_and_inspect_agree(taught: tuple[Path, Answer], classes: Path, home: Path) -> None:
    out, _ = taught
    answer = station(home, "evaluate", out, classes, "--json")
    assert answer.code == 0, answer
    *rows, total = answer.rows
    assert (total["n"], total["accuracy"], total["macro_f1"]) == (12, 1.0, 1.0)
    assert total["confusion"] == [[6, 0], [0, 6]]
    assert (total["escapes"], total["false_rejects"], total["auroc"]) == (0, 0, 1.0)
    assert list(total["per_class"]) == ["ok", "stripe"]
    judged = station(home, "inspect", classes, "--model", out, "--json")
    assert judged.code == 1, "one image is broken"
    scores = {row["path"]: row["score"] for row in judged.rows if row["score"] is not None}
    assert scores == {row["path"]: row["score"] for row in rows}
    words = ("--camera", "folder", "--source", classes / "stripe", "--model", out)
    ran = station(home, "run", "--headless", "--json", "--data", home / "taught data", *words)
    assert {row["source"]: row["score"] for row in ran.parts}.items() <= scores.items()
    assert len(ran.parts) == 6


def test_evaluate_for_people_is_legible(
    taught: tuple[Path, Answer], classes: Path, home: Path
) -> None:
    answer = station(home, "evaluate", taught[0], classes)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[1:3] == ["classes          ok, stripe", "n                12"]
    assert "stripe  precision 1  recall 1  f1 1  n 6" in answer.out
    assert not set("[]{}()") & set(answer.out)


@pytest.mark.parametrize(
    ("make", "words", "exit_code", "code"),
    [
        ({"good": 4}, (), 1, ErrorCode.DATASET_ONE_CLASS),
        ({"good": 4, "bad": 1}, (), 1, ErrorCode.DATASET_TOO_FEW),
        ({"good": 4, "bad": 4}, ("--good", "fine"), 2, ErrorCode.DATASET_UNKNOWN_CLASS),
        ({"good": 4, "bad": 4}, ("--good", "good,bad"), 1, ErrorCode.DATASET_ONE_CLASS),
        ({"good": 4, "bad": 4}, ("--method", "magic"), 2, ErrorCode.METHOD_UNKNOWN),
        ({"good": 4, "bad": 4}, ("--size", 225), 2, ErrorCode.RECIPE_BAD_VALUE),
        ({}, (), 1, ErrorCode.FOLDER_EMPTY),
        (None, (), 2, ErrorCode.FOLDER_NOT_FOUND),
    ],
)
def test_what_cannot_be_learnt(
    tmp_path: Path,
    make: dict[str, int] | None,
    words: tuple[object, ...],
    exit_code: int,
    code: ErrorCode,
) -> None:
    folder = tmp_path / "classes"
    if make is not None:
        folder.mkdir()
    for name, count in (make or {}).items():
        for i in range(count):
            write_picture(folder / name / f"{i}.png", grey(100, i))
    out = tmp_path / "out.onnx"
    answer = station(tmp_path, "train", folder, "--out", out, "--json", *words)
    assert_says(answer, exit_code, code)
    assert not out.exists()


def test_a_place_that_cannot_be_written(classes: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file" / "out.onnx", tmp_path):
        answer = station(tmp_path, "train", classes, "--out", out, "--json")
        assert assert_says(answer, 2, ErrorCode.OUTPUT_NOT_WRITABLE)["path"] == str(out)


def test_evaluate_what_is_not_there(tmp_path: Path, model: Path) -> None:
    answer = station(tmp_path, "evaluate", model, tmp_path / "no", "--json")
    assert_says(answer, 2, ErrorCode.FOLDER_NOT_FOUND)
    (tmp_path / "empty").mkdir()
    answer = station(tmp_path, "evaluate", model, tmp_path / "empty", "--json")
    assert_says(answer, 1, ErrorCode.FOLDER_EMPTY)
