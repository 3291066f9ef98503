"""An installation that lost something says what."""

import shutil
from pathlib import Path

import pytest

from station import bundle, installation
from station.check import run_checks
from station.choice import RunChoice
from station.errors import ErrorCode
from station.installation import Piece, pieces

NAMES = ["program", "packages", "drivers", "models", "screen"]


def looked() -> dict[str, Piece]:
    return {piece.name: piece for piece in pieces()}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Resources of our own, to be damaged."""
    for name in ("models", "demo"):
        shutil.copytree(bundle.resource(name), tmp_path / name)
    monkeypatch.setattr(bundle, "_ROOTS", (tmp_path,))
    return tmp_path


def test_this_one_is_whole() -> None:
    found = looked()
    assert list(found) == NAMES
    assert [piece.wrong for piece in found.values()] == [""] * 5
    assert "onnxruntime 1." in found["packages"].detail
    assert Path(found["screen"].detail, "platforms").is_dir()


def test_a_model_that_is_not_the_shipped_one_is_told(shipped: Path) -> None:
    model = shipped / "models" / "efficientnet_lite0.onnx"
    model.write_bytes(model.read_bytes()[:-1] + b"x")
    assert "efficientnet_lite0.onnx" in looked()["models"].wrong
    assert not looked()["program"].wrong


def test_a_file_that_is_missing_is_told(shipped: Path) -> None:
    (shipped / "demo" / "flange.onnx").unlink()
    assert "flange.onnx" in looked()["models"].wrong


def test_a_package_that_does_not_load_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "PACKAGES", ("json", "no_such_package"))
    assert "no_such_package" in looked()["packages"].wrong


def test_another_programs_plug_ins_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "PLATFORMS", {"linux": "libqxcb5.so", "win32": "q5.dll"})
    assert "libqxcb5.so" in looked()["screen"].wrong or "q5.dll" in looked()["screen"].wrong


def test_the_check_says_it_in_words(shipped: Path, tmp_path: Path) -> None:
    (shipped / "models" / "PROVENANCE.json").unlink()
    without = frozenset({"settings", "store", "disk", "model", "camera"})
    checks = {one.name: one for one in run_checks(RunChoice(tmp_path), without)}
    assert [name for name, one in checks.items() if not one.ok] == ["models"]
    fault = checks["models"].fault
    assert fault is not None
    assert fault.code is ErrorCode.INSTALLATION_BROKEN
    assert fault.fact("part") == "models"
