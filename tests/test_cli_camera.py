"""`station camera` by its contract; what needs a real camera is in tests/peers."""

import tomllib
from pathlib import Path

import pytest

from station.cameras.image_file import read_image
from station.errors import ErrorCode
from tests.program import Answer, station

SMALL = ("--option", "width=320", "--option", "height=256", "--option", "fps=100")
SIMULATED = ("--camera", "simulated", *SMALL)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home é 家")


def camera(home: Path, *words: object) -> Answer:
    return station(home, "camera", *words, "--data", home / "data")


def test_pictures_are_taken_into_a_folder(home: Path) -> None:
    out = home / "图片"
    done = camera(home, "grab", *SIMULATED, "--count", 3, "--out", out, "--json")
    assert done.code == 0, done
    paths = [Path(row["path"]) for row in done.rows]
    assert sorted(out.iterdir()) == paths
    assert [(row["width"], row["height"]) for row in done.rows] == [(320, 256)] * 3
    assert all(read_image(path).shape == (256, 320) for path in paths)
    again = camera(home, "grab", *SIMULATED, "--out", out)
    assert again.code == 0
    assert str(out) in again.out


def test_a_camera_is_put_to_the_test(home: Path) -> None:
    done = camera(home, "test", *SIMULATED, "--count", 10, "--json")
    assert done.code == 0, done
    (row,) = done.rows
    assert row["camera"] == "simulated"
    assert (row["frames"], row["incomplete"], row["faults"]) == (10, 0, [])
    assert row["latency_ms_median"] > 0
    assert row["brightness"] > 10
    assert row["focus"] > 0


def test_a_black_picture_fails_the_test_with_what_to_do(home: Path) -> None:
    folder = home / "black"
    folder.mkdir()
    assert camera(home, "grab", *SIMULATED, "--out", folder).code == 0
    (path,) = folder.iterdir()
    _blacken(path)
    words = ("--camera", "folder", "--source", folder, "--option", "loop=true")
    done = camera(home, "test", *words, "--count", 3, "--json")
    assert done.code == 1
    assert done.rows[-1]["faults"] == [ErrorCode.CAMERA_BLACK.value]
    assert "Check the light and the lens cap" in done.err


def _blacken(path: Path) -> None:
    from station.store.png import encode_png

    dark = read_image(path).copy()
    dark[:] = 0
    path.write_bytes(encode_png(dark, {}))


def test_what_was_set_is_shown_and_kept_in_the_settings(home: Path) -> None:
    shown = camera(home, "features", *SIMULATED, "--json")
    assert shown.code == 0, shown
    exposure = shown.rows[0]
    assert exposure["name"] == "ExposureTime"
    wish = exposure["low"]
    done = camera(home, "features", *SIMULATED, "--set", f"ExposureTime={wish}", "--save", "--json")
    assert done.code == 0, done
    assert [row["value"] for row in done.rows] == [wish]
    kept = tomllib.loads((home / "data" / "settings.toml").read_text("utf-8"))["camera"]
    assert kept["options"]["ExposureTime"] == wish
    assert kept["options"]["width"] == "320"
    again = camera(home, "features", "--json")  # the camera of the settings
    assert again.rows[0]["value"] == wish


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("test", "--camera", "telescope"), 2, ErrorCode.CAMERA_UNKNOWN_KIND),
        (("test", "--camera", "simulated", "--option", "fps=fast"), 2, ErrorCode.CAMERA_BAD_OPTION),
        (("list", "--kind", "telescope"), 2, ErrorCode.CAMERA_UNKNOWN_KIND),
        (
            ("features", "--camera", "folder", "--source", "{home}"),
            2,
            ErrorCode.CAMERA_NO_FEATURES,
        ),
        (
            ("features", *SIMULATED, "--set", "ExposureTime=1e99"),
            2,
            ErrorCode.CAMERA_FEATURE_REFUSED,
        ),
        (
            ("grab", "--camera", "folder", "--source", "{home}/no", "--out", "{home}/x"),
            2,
            ErrorCode.FOLDER_NOT_FOUND,
        ),
        (("grab", *SIMULATED, "--out", "/proc/x"), 2, ErrorCode.OUTPUT_NOT_WRITABLE),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    home: Path, words: tuple[str, ...], code: int, error: ErrorCode
) -> None:
    picture = home / "one.png"
    if not picture.exists():
        camera(home, "grab", *SIMULATED, "--out", home / "pictures")
        next((home / "pictures").iterdir()).rename(picture)
    done = camera(home, *(str(word).format(home=home) for word in words), "--json")
    assert done.error["error"] == error.value, done
    assert done.code == code
    assert done.error["message"]


def test_an_option_without_a_value_is_wrong_use(home: Path) -> None:
    done = camera(home, "test", "--option", "fps")
    assert done.code == 2
    assert "NAME=VALUE" in done.err


def test_every_kind_is_looked_for_and_none_can_spoil_it(home: Path) -> None:
    done = camera(home, "list", "--json")
    assert done.code == 0, done
    for row in done.rows:
        assert {"kind", "source", "name", "in_use"} <= set(row) or row["error"] == (
            ErrorCode.CAMERA_DRIVER_MISSING.value
        )
