"""A file, a folder or a zip: what belongs to the model is taken, what is a trap is refused."""

import io
import zipfile
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx.external_data_helper import convert_model_to_external_data
from onnx.numpy_helper import to_array

from station.errors import ErrorCode, ModelError
from station.training.foreign import package as packages
from station.training.foreign.opened import open_source
from station.training.foreign.package import read_package
from tests.models import build_bright_model
from tests.unit.training.foreign.graphs import classifier

MODEL = classifier().SerializeToString()


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def packed(path: Path, members: dict[str, bytes]) -> Path:
    return zipped(path, **members)


def refused(path: Path) -> tuple[ErrorCode, str]:
    with pytest.raises(ModelError) as caught:
        open_source(read_package(path))
    fault = caught.value.fault
    return fault.code, fault.fact("reason") or fault.fact("kind")


def test_a_file_brings_the_texts_beside_it(tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(MODEL)
    (tmp_path / "Labels.TXT").write_text("0 gut\n1 schlecht\n", "utf-8-sig")
    (tmp_path / "notes.txt").write_text("not for us")
    found = read_package(tmp_path / "m.onnx")
    assert dict(found.sides) == {"labels.txt": "0 gut\n1 schlecht\n"}


def test_a_folder_of_the_hub_has_its_model_one_below(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(MODEL)
    (tmp_path / "config.json").write_text("{}")
    assert "config.json" in read_package(tmp_path).sides
    assert "config.json" in read_package(tmp_path / "onnx" / "model.onnx").sides


def test_a_zip_is_read_without_a_file_on_the_disk(tmp_path: Path) -> None:
    members = {"export/model.onnx": MODEL, "export/labels.txt": b"a\nb\nc", "export/a.png": b"x"}
    path = packed(tmp_path / "法兰.zip", members)
    found = read_package(path)
    assert (found.model, dict(found.sides)) == (MODEL, {"labels.txt": "a\nb\nc"})
    assert sorted(one.name for one in tmp_path.iterdir()) == ["法兰.zip"]


@pytest.mark.parametrize(
    "name", ["../m.onnx", "/m.onnx", "a/../../m.onnx", "C:/m.onnx", "..\\m.onnx"]
)
def test_a_zip_that_reaches_outside(tmp_path: Path, name: str) -> None:
    code, reason = refused(packed(tmp_path / "m.zip", {name: MODEL}))
    assert code is ErrorCode.MODEL_UNSAFE
    assert reason.startswith("path ")


def test_a_zip_with_a_link_or_a_bomb(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("m.onnx")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
    assert refused(tmp_path / "link.zip") == (ErrorCode.MODEL_UNSAFE, "link 'm.onnx'")
    bomb = packed(tmp_path / "bomb.zip", {"m.onnx": bytes(20_000_000)})
    assert refused(bomb) == (ErrorCode.MODEL_UNSAFE, "'m.onnx': more than 200 : 1")


def test_a_zip_whose_head_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are counted, not the sizes that are claimed."""
    monkeypatch.setattr(packages, "MOST_SIDE_BYTES", 100)
    noise = np.random.default_rng(0).bytes(4000)
    path = packed(tmp_path / "m.zip", {"m.onnx": MODEL, "labels.txt": noise})
    assert refused(path)[0] is ErrorCode.MODEL_UNSAFE


def test_broken_zips(tmp_path: Path) -> None:
    whole = packed(tmp_path / "m.zip", {"m.onnx": MODEL}).read_bytes()
    broken = bytearray(whole)
    broken[60:90] = bytes(30)
    (tmp_path / "m.zip").write_bytes(bytes(broken))
    assert refused(tmp_path / "m.zip")[0] is ErrorCode.IMPORT_PACKAGE
    (tmp_path / "n.zip").write_bytes(whole[:-30])
    assert refused(tmp_path / "n.zip")[0] is ErrorCode.IMPORT_PACKAGE


def test_two_models_or_none(tmp_path: Path) -> None:
    two = packed(tmp_path / "two.zip", {"a.onnx": MODEL, "b.onnx": MODEL})
    assert refused(two) == (ErrorCode.IMPORT_PACKAGE, "models: a.onnx, b.onnx")
    best = packed(tmp_path / "best.zip", {"weights/best.onnx": MODEL, "weights/last.onnx": b"x"})
    assert read_package(best).model == MODEL
    assert refused(packed(tmp_path / "none.zip", {"a.txt": b"x"}))[0] is ErrorCode.IMPORT_PACKAGE


@pytest.mark.parametrize(("name", "kind"), [("m.pt", "PyTorch"), ("m.h5", "Keras / TensorFlow")])
def test_models_of_another_kind_are_called_by_name(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert refused(tmp_path / name) == (ErrorCode.IMPORT_WRONG_KIND, kind)
    assert refused(packed(tmp_path / "m.zip", {name: b"x"})) == (ErrorCode.IMPORT_WRONG_KIND, kind)


def test_absent_ours_and_no_model(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.onnx")[0] is ErrorCode.MODEL_NOT_FOUND
    assert refused(build_bright_model(tmp_path / "ours.onnx"))[0] is ErrorCode.IMPORT_OURS
    (tmp_path / "text.onnx").write_bytes(b"no model" * 99)
    assert refused(tmp_path / "text.onnx")[0] is ErrorCode.MODEL_NOT_ONNX


def apart(folder: Path, location: str) -> onnx.ModelProto:
    proto = onnx.load_from_string(MODEL)
    convert_model_to_external_data(proto, location=location, size_threshold=0)
    onnx.save_model(proto, folder / "m.onnx")
    return proto


def test_weights_in_a_file_beside_are_taken_in(tmp_path: Path) -> None:
    apart(tmp_path, "m.onnx.data")
    assert (tmp_path / "m.onnx.data").stat().st_size > 0
    found = open_source(read_package(tmp_path / "m.onnx"))
    wanted = onnx.load_from_string(MODEL).graph.initializer
    for ours, theirs in zip(found.proto.graph.initializer, wanted, strict=True):
        np.testing.assert_array_equal(to_array(ours), to_array(theirs))


@pytest.mark.parametrize("location", ["/etc/passwd", "../secret", "other.bin"])
def test_weights_anywhere_else_are_not(tmp_path: Path, location: str) -> None:
    apart(tmp_path, "m.onnx.data")
    proto = onnx.load_model(tmp_path / "m.onnx", load_external_data=False)
    for weight in proto.graph.initializer:
        for entry in weight.external_data:
            if entry.key == "location":
                entry.value = location
    (tmp_path / "m.onnx").write_bytes(proto.SerializeToString())
    assert refused(tmp_path / "m.onnx") == (ErrorCode.MODEL_UNSAFE, "external_data")


def test_weights_beyond_the_end_of_their_file(tmp_path: Path) -> None:
    apart(tmp_path, "m.onnx.data")
    (tmp_path / "m.onnx.data").write_bytes(b"x")
    assert refused(tmp_path / "m.onnx") == (ErrorCode.MODEL_UNSAFE, "external_data")


def test_a_zip_in_the_guise_of_a_model(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("m.onnx", MODEL)
    (tmp_path / "m.onnx").write_bytes(data.getvalue())
    assert read_package(tmp_path / "m.onnx").model == MODEL
