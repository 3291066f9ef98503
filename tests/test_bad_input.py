"""Every bad input that a person can give: a sentence that helps, no traceback, nothing lost."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.cli import app
from station.errors import ErrorCode
from station.inference.model import card_to_json
from station.pipeline import batch, recorder
from station.store.verify import verify
from tests.models import CARD, build_bright_model
from tests.program import (
    Answer,
    Running,
    assert_says,
    grey,
    sentence,
    station,
    write_picture,
)
from tests.unit.cameras.mjpeg import MjpegServer

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build_bright_model(tmp_path / "bright.onnx")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    for i in range(3):
        write_picture(folder / "good" / f"{i}.png", grey(200, i))
    return folder


def run(home: Path, data: Path, *words: object, language: str = "en") -> Answer:
    command = ("run", "--headless", "--json", "--data", data)
    return station(home, *command, *words, language=language)


def good_records(data: Path) -> int:
    """How many are recorded; every one of them is whole."""
    rows = list(verify(data))
    assert [row for row in rows if not row.good] == []
    return len(rows)


# ── folders and images ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "make", "exit_code", "code"),
    [
        ("zh_CN", False, 2, ErrorCode.FOLDER_NOT_FOUND),
        ("de", True, 1, ErrorCode.FOLDER_EMPTY),
    ],
)
def test_a_wrong_or_empty_folder_inspects_nothing(
    tmp_path: Path, model: Path, language: str, make: bool, exit_code: int, code: ErrorCode
) -> None:
    folder = tmp_path / "图片 ü"
    if make:
        folder.mkdir()
        (folder / "notes.txt").write_text("no picture")
    words = ("--camera", "folder", "--source", folder, "--model", model)
    began = time.monotonic()
    answer = run(tmp_path, tmp_path / "data", *words, language=language)
    assert time.monotonic() - began < 10, "files do not come by themselves, so nobody waits"
    assert assert_says(answer, exit_code, code, language)["path"] == str(folder)
    assert answer.parts == []
    judged = station(tmp_path, "inspect", folder, "--model", model, "--json", language=language)
    assert judged.code == 1
    assert "error" in judged.rows[-1]


@pytest.fixture
def odd_pictures(tmp_path: Path) -> Path:
    """One of each kind, and what the names promise."""
    folder = tmp_path / "odd" / "parts"
    plain = grey(60, 1)
    png = write_picture(folder / "1 plain.png", plain).read_bytes()
    write_picture(folder / "2 sixteen.png", plain.astype(np.uint16) * 257)
    alpha = np.full((80, 100), 7, np.uint8)
    write_picture(folder / "3 rgba.png", cv2.merge([plain, plain, plain, alpha]))
    (folder / "4 cut.png").write_bytes(png[: len(png) // 2])
    (folder / "5 text.png").write_text("this is a text, whatever its name says")
    write_picture(folder / "6 one.png", np.full((1, 1), 200, np.uint8))
    (folder / "7 nothing.png").write_bytes(b"")
    write_picture(folder / "8 float.tiff", plain.astype(np.float32))
    return folder


BAD_PICTURES = {
    "4 cut.png": ErrorCode.IMAGE_UNREADABLE,
    "5 text.png": ErrorCode.IMAGE_UNREADABLE,
    "6 one.png": ErrorCode.IMAGE_TOO_SMALL,
    "7 nothing.png": ErrorCode.IMAGE_UNREADABLE,
    "8 float.tiff": ErrorCode.IMAGE_UNSUPPORTED,
}


@pytest.mark.parametrize("language", ["en", "zh_CN", "de"])
def test_a_picture_that_is_none_is_not_inspected_and_named(
    tmp_path: Path, model: Path, odd_pictures: Path, language: str
) -> None:
    words = ("inspect", odd_pictures, odd_pictures / "gone.png", "--model", model, "--json")
    answer = station(tmp_path, *words, language=language)
    assert answer.code == 1
    rows = {Path(row["path"]).name: row for row in answer.rows}
    assert len(rows) == len(answer.rows) == 9
    wrong = BAD_PICTURES | {"gone.png": ErrorCode.IMAGE_NOT_FOUND}
    for name, code in wrong.items():
        row, path = rows.pop(name), str(odd_pictures / name)
        size = {"width": "1", "height": "1", "minimum": "32"} if "one" in name else {}
        facts = {"path": path, "format": "float32", **size}
        assert (row["verdict"], row["error"]) == ("NOT_INSPECTED", code)
        assert row["message"] == sentence(code, facts, language)
        assert row["score"] is row["label"] is None
    assert {row["verdict"] for row in rows.values()} == {"NG"}
    assert len({(row["score"], row["label"]) for row in rows.values()}) == 1, (
        "16 bits and RGBA are converted, and judged as the same part"
    )


def test_a_line_records_what_it_could_not_inspect(
    tmp_path: Path, model: Path, odd_pictures: Path
) -> None:
    data = tmp_path / "data"
    words = ("--camera", "folder", "--source", odd_pictures.parent, "--model", model)
    answer = run(tmp_path, data, *words)
    assert answer.code == 1, "not all that came was inspected"
    assert [row["verdict"] for row in answer.parts] == ["NG"] * 3 + ["NOT_INSPECTED"] * 5
    bad = answer.parts[3:]
    assert [row["fault"] for row in bad] == list(BAD_PICTURES.values())
    for row, name in zip(bad, BAD_PICTURES, strict=True):
        assert str(odd_pictures / name) in row["message"]
    total = answer.rows[-1]
    assert (total["recorded"], total["NOT_INSPECTED"]) == (8, 5)
    assert good_records(data) == 8
    listed = station(tmp_path, "records", "list", "--data", data, "--json").rows
    assert [row["verdict"] for row in listed[::-1]] == [row["verdict"] for row in answer.parts]


# ── models, recipes, settings ───────────────────────────────────────────────────────────────────


def text_model(path: Path) -> None:
    path.write_text("this is no model")


def cut_model(path: Path) -> None:
    whole = build_bright_model(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def other_shape(path: Path) -> None:
    build_bright_model(path, classes=3)


def without_card(path: Path) -> None:
    build_bright_model(path, card="")


def bad_card(path: Path) -> None:
    build_bright_model(path, card=card_to_json(CARD).replace('"stretch"', '"letterbox"'))


def no_model(path: Path) -> None:
    del path


@pytest.mark.parametrize(
    ("make", "exit_code", "code", "language"),
    [
        (text_model, 1, ErrorCode.MODEL_NOT_ONNX, "zh_CN"),
        (cut_model, 1, ErrorCode.MODEL_NOT_ONNX, "en"),
        (other_shape, 1, ErrorCode.MODEL_WRONG_SHAPE, "de"),
        (without_card, 1, ErrorCode.MODEL_NO_CARD, "en"),
        (bad_card, 1, ErrorCode.MODEL_BAD_CARD, "de"),
        (no_model, 2, ErrorCode.MODEL_NOT_FOUND, "zh_CN"),
    ],
)
def test_a_model_that_is_none(
    tmp_path: Path,
    pictures: Path,
    make: Callable[[Path], None],
    exit_code: int,
    code: ErrorCode,
    language: str,
) -> None:
    path = tmp_path / "bad.onnx"
    make(path)
    answer = station(tmp_path, "inspect", pictures, "--model", path, "--json", language=language)
    assert assert_says(answer, exit_code, code, language)["path"] == str(path)
    assert len(answer.rows) == 1


def test_a_line_with_a_broken_model_inspects_nothing(tmp_path: Path, pictures: Path) -> None:
    path = tmp_path / "bad.onnx"
    other_shape(path)
    words = ("--camera", "folder", "--source", pictures, "--model", path)
    answer = run(tmp_path, tmp_path / "data", *words, language="zh_CN")
    assert_says(answer, 1, ErrorCode.MODEL_WRONG_SHAPE, "zh_CN")
    assert answer.parts == []


RECIPE = 'name = "flange"\nmodel = "../../bright.onnx"\n'


@pytest.mark.parametrize(
    ("text", "name", "exit_code", "code", "fact", "language"),
    [
        ("ng_limit = 1.5", "flange", 1, ErrorCode.RECIPE_BAD_VALUE, ("field", "ng_limit"), "en"),
        ("review = 'ok'", "flange", 1, ErrorCode.RECIPE_BAD_VALUE, ("field", "review"), "zh_CN"),
        ("limit = 0.5", "flange", 1, ErrorCode.RECIPE_BAD_VALUE, ("field", "limit"), "de"),
        ("ng_limit = ", "flange", 1, ErrorCode.RECIPE_BROKEN, (), "de"),
        ("model_sha256 = '00'", "flange", 1, ErrorCode.MODEL_CHANGED, (), "en"),
        ("", "Flansch", 2, ErrorCode.RECIPE_NOT_FOUND, ("known", "flange"), "zh_CN"),
    ],
)
def test_a_recipe_with_a_bad_value(
    tmp_path: Path,
    model: Path,
    text: str,
    name: str,
    exit_code: int,
    code: ErrorCode,
    fact: tuple[str, str] | tuple[()],
    language: str,
) -> None:
    path = tmp_path / "data" / "recipes" / "flange.toml"
    path.parent.mkdir(parents=True)
    path.write_text(RECIPE + text)
    answer = run(tmp_path, tmp_path / "data", "--recipe", name, language=language)
    facts = assert_says(answer, exit_code, code, language)
    assert not fact or facts[fact[0]] == fact[1]


def test_wrong_words(tmp_path: Path, model: Path, pictures: Path) -> None:
    data = tmp_path / "data"
    answer = run(tmp_path, data, "--camera", "webcam", "--model", model)
    assert_says(answer, 2, ErrorCode.CAMERA_UNKNOWN_KIND)
    words = ("inspect", pictures, "--model", model, "--json", "--provider", "tpu")
    assert_says(station(tmp_path, *words), 2, ErrorCode.PROVIDER_UNKNOWN)


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("language = 'fr'", ErrorCode.SETTINGS_BROKEN, "language"),
        ("language = ", ErrorCode.SETTINGS_BROKEN, ""),
        ("schema_version = 99", ErrorCode.SETTINGS_NEWER, None),
    ],
)
def test_broken_settings(tmp_path: Path, text: str, code: ErrorCode, field: str | None) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text(text)
    facts = assert_says(run(tmp_path, data), 1, code)
    assert facts["path"] == str(data / "settings.toml")
    assert facts.get("field") == field


def test_what_nobody_expected_is_a_sentence_too(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text('recipe = "a\\u0000b"')
    answer = run(tmp_path, data, language="zh_CN")
    facts = assert_says(answer, 1, ErrorCode.INTERNAL, "zh_CN")
    assert facts["reason"].startswith("ValueError: ")


def test_the_language_of_the_settings_goes_before_that_of_the_system(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text("language = 'de'")
    answer = run(tmp_path, data, "--recipe", "none", language="zh_CN")
    assert_says(answer, 2, ErrorCode.RECIPE_NOT_FOUND, "de")


@pytest.mark.parametrize("language", ["zh_CN", "de"])
def test_an_unknown_class(tmp_path: Path, model: Path, language: str) -> None:
    folder = tmp_path / "classes"
    for name in ("good", "scratch"):
        for i in range(3):
            write_picture(folder / name / f"{i}.png", grey(100, i))
    out = tmp_path / "out.onnx"
    words = ("train", folder, "--out", out, "--good", "perfect", "--json")
    answer = station(tmp_path, *words, language=language)
    facts = assert_says(answer, 2, ErrorCode.DATASET_UNKNOWN_CLASS, language)
    assert facts == {"label": "perfect", "known": "good, scratch"}
    assert not out.exists()
    answer = station(tmp_path, "evaluate", model, folder, "--json", language=language)
    facts = assert_says(answer, 2, ErrorCode.DATASET_UNKNOWN_CLASS, language)
    assert facts == {"label": "scratch", "known": "good, dark"}


# ── data folders and disks ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_data_folder_below_a_file(tmp_path: Path, language: str) -> None:
    (tmp_path / "file").write_text("")
    data = tmp_path / "file" / "data"
    answer = run(tmp_path, data, language=language)
    facts = assert_says(answer, 1, ErrorCode.DATA_FOLDER_NOT_WRITABLE, language)
    assert facts["path"] == str(data)


def test_a_data_folder_without_write_permission(
    tmp_path: Path, model: Path, pictures: Path, mounted: Callable[[str], Path]
) -> None:
    disk = mounted("size=8m")
    words = ("--camera", "folder", "--source", pictures, "--model", model)
    assert run(tmp_path, disk / "data", *words).code == 0
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    answer = run(tmp_path, disk / "data", *words, language="de")
    assert_says(answer, 1, ErrorCode.DATA_FOLDER_NOT_WRITABLE, "de")
    assert answer.parts == []
    proof = station(tmp_path, "records", "verify", "--data", disk / "data", "--json")
    assert proof.code == 0, "what is recorded can still be read"
    assert proof.rows[-1]["good"] == 3


def test_the_window_says_it_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = ("run", "--parts", "1", "--json", "--data", tmp_path / "file" / "data")
    answer = station(tmp_path, *words, language="de")
    assert_says(answer, 1, ErrorCode.DATA_FOLDER_NOT_WRITABLE, "de")


def test_a_disk_that_is_full_at_the_start(
    tmp_path: Path, model: Path, pictures: Path, mounted: Callable[[str], Path]
) -> None:
    disk = mounted("size=4m")
    words = ("--camera", "folder", "--source", pictures, "--model", model)
    assert run(tmp_path, disk / "data", *words).code == 0
    fill(disk / "ballast")
    answer = run(tmp_path, disk / "data", *words, language="zh_CN")
    assert_says(answer, 1, ErrorCode.STORE_DISK_FULL, "zh_CN")
    (disk / "ballast").unlink()
    assert good_records(disk / "data") == 3


def fill(path: Path) -> None:
    file = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(file, b"\0" * 4096):
            pass
    except OSError:
        os.close(file)


Start = Callable[..., Running]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    running: list[Running] = []

    def begin(*words: object, language: str = "en") -> Running:
        running.append(Running(tmp_path, *words, language=language))
        return running[-1]

    yield begin
    for one in running:
        one.close()


def test_a_disk_that_fills_up_meanwhile(
    tmp_path: Path, model: Path, mounted: Callable[[str], Path], start: Start
) -> None:
    disk = mounted("size=3m")
    folder = tmp_path / "many"
    for i in range(24):
        noise = np.random.default_rng(i).integers(150, 256, (480, 640), np.uint8)
        write_picture(folder / "good" / f"{i:02}.png", noise)
    words = ("--camera", "folder", "--source", folder, "--model", model)
    (disk / "ballast").write_bytes(b"\0" * 2**20)
    line = start("run", "--headless", "--json", "--data", disk / "data", *words)
    line.wait_parts("OK", 3)
    line.wait_quiet(1)
    (disk / "ballast").unlink()
    line.wait_parts("NOT_INSPECTED", 1)
    subprocess.run(["mount", "-o", "remount,size=2g", disk], check=True)
    answer = line.end()
    assert answer.code == 1
    spoiled = [row for row in answer.parts if row["verdict"] == "NOT_INSPECTED"]
    faults = {row["fault"]: row for row in spoiled}
    assert set(faults) <= {ErrorCode.STORE_DISK_FULL, ErrorCode.DISK_TOO_LOW}
    assert faults[ErrorCode.STORE_DISK_FULL]["message"] == sentence(
        ErrorCode.STORE_DISK_FULL,
        {"path": str(next((disk / "data" / "images").glob("*-*/*")))},
        "en",
    )
    assert answer.rows[-1]["parts"] == answer.rows[-1]["recorded"] == 24
    assert good_records(disk / "data") == 24


def test_a_disk_that_stays_full(
    tmp_path: Path,
    model: Path,
    mounted: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    no_logged_errors: list[str],
) -> None:
    monkeypatch.setattr(batch, "PATIENCE_SECONDS", 5.0)
    monkeypatch.setattr(recorder, "STOP_SECONDS", 0.2)
    disk = mounted("size=3m")
    folder = tmp_path / "many"
    for i in range(24):
        noise = np.random.default_rng(i).integers(150, 256, (480, 640), np.uint8)
        write_picture(folder / "good" / f"{i:02}.png", noise)
    words = ["--camera", "folder", "--source", str(folder), "--model", str(model)]
    data = disk / "data"
    with pytest.raises(SystemExit) as end:
        app(["run", "--headless", "--json", "--data", str(data), *words])
    said = capsys.readouterr()
    answer = Answer(int(end.value.code or 0), said.out, said.err)
    assert_says(answer, 1, ErrorCode.STORE_DISK_FULL)
    assert {row["verdict"] for row in answer.parts} == {"OK"}
    assert good_records(data) == len(answer.parts) > 3
    assert no_logged_errors
    assert all("could not be recorded" in line for line in no_logged_errors)
    no_logged_errors.clear()


# ── two stations, and a camera that goes ────────────────────────────────────────────────────────


SMALL_CAMERA = "[camera]\noptions = { width = 320, height = 256, pool = 2 }\n"


def test_a_second_start_on_the_same_data_folder(tmp_path: Path, model: Path, start: Start) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "settings.toml").write_text(SMALL_CAMERA)
    words = ("run", "--headless", "--json", "--data", data)
    first = start(*words, "--model", model)
    first.wait_parts("OK NG REVIEW", 1)
    second = station(tmp_path, *words, "--model", model, language="de")
    assert assert_says(second, 1, ErrorCode.DATA_FOLDER_IN_USE, "de")["path"] == str(data)
    assert second.parts == []
    looked = station(tmp_path, "check", "--data", data, "--model", model, "--json").rows
    store = next(row for row in looked if row["check"] == "store")
    assert store["ok"]
    assert store["advice"]
    first.wait_parts("OK NG REVIEW", 3)
    answer = first.end(signal.SIGTERM)
    assert good_records(data) >= len(answer.parts) >= 3


def test_a_camera_that_vanishes_and_comes_back(tmp_path: Path, model: Path, start: Start) -> None:
    server = MjpegServer(fps=30)
    server.start()
    try:
        words = ("--camera", "opencv", "--source", server.url, "--parts", "40")
        data = tmp_path / "data"
        line = start("run", "--headless", "--json", "--data", data, "--model", model, *words)
        line.wait_parts("NG", 5)
        server.kill()
        line.wait_parts("NOT_INSPECTED", 1)
        server.start()
        answer = line.end()
    finally:
        server.kill()
    assert answer.code == 1
    assert len(answer.parts) == 40
    lost = [row for row in answer.parts if row["verdict"] == "NOT_INSPECTED"]
    for row in lost:
        code = ErrorCode(row["fault"])
        assert code in (ErrorCode.CAMERA_LOST, ErrorCode.CAMERA_NO_FRAME)
        facts = {"source": server.url, "seconds": "2"}
        assert row["message"] in (
            sentence(code, facts, "en"),
            sentence(code, facts | {"source": f"stream:{server.url}"}, "en"),
        )
    assert good_records(data) == 40


def test_a_camera_that_never_comes(
    tmp_path: Path,
    model: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "PATIENCE_SECONDS", 5.0)
    words = ["--camera", "opencv", "--source", "http://127.0.0.1:9/none", "--model", str(model)]
    with pytest.raises(SystemExit) as end:
        app(["run", "--headless", "--json", "--data", str(tmp_path / "data"), *words])
    said = capsys.readouterr()
    answer = Answer(int(end.value.code or 0), said.out, said.err)
    assert_says(answer, 1, ErrorCode.CAMERA_NOT_FOUND)
    assert {row["fault"] for row in answer.parts} <= {ErrorCode.CAMERA_NOT_FOUND}
    assert good_records(tmp_path / "data") == len(answer.parts)
