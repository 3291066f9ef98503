"""What a person hands over: a model file, a folder or a zip of one; nothing is unpacked to disk."""

import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from station.errors import ErrorCode, ModelError
from station.inference.safety import MOST_BYTES, TOO_LARGE

SIDES = frozenset(  # the files that say something of a model; all are small texts
    (
        *("metadata.json", "config.json", "preprocessor_config.json", "environment.json"),
        *("model_config.json", "inference_config.json", "class_names.txt", "labels.txt"),
        *("classes.txt", "cvexport.manifest", "data.yaml", "model_artifacts.json"),
    )
)
MOST_SIDE_BYTES = 2**20
MOST_MEMBERS = 2000
MOST_RATIO = 200  # of a member's size to its packed size
KINDS = {  # what is often handed over instead
    **dict.fromkeys((".pt", ".pth", ".ckpt", ".safetensors", ".torchscript"), "PyTorch"),
    **dict.fromkeys((".h5", ".hdf5", ".keras", ".pb", ".savedmodel"), "Keras / TensorFlow"),
    **dict.fromkeys((".tflite",), "TensorFlow Lite"),
    **dict.fromkeys((".pkl", ".joblib", ".pickle"), "Python pickle"),
    **dict.fromkeys((".engine", ".trt", ".plan"), "TensorRT"),
    **dict.fromkeys((".xml", ".bin"), "OpenVINO"),
    **dict.fromkeys((".mlmodel", ".mlpackage"), "Core ML"),
    **dict.fromkeys((".eim",), "Edge Impulse"),
}
ZIP = b"PK\x03\x04"
PREFERRED = ("model.onnx", "weights.onnx", "best.onnx")


@dataclass(frozen=True, slots=True)
class Package:
    """The model's bytes as they came, the texts beside it, and data that lies in other files.

    path: for people. beside: the names of files with a part of the weights, and how to read them.
    """

    path: Path
    model: bytes
    sides: Mapping[str, str]
    beside: Mapping[str, bytes]


def read_package(path: Path) -> Package:
    """Look into a file, folder or zip, and take what belongs to the one model in it.

    Raises ModelError MODEL_NOT_FOUND, MODEL_UNSAFE, IMPORT_WRONG_KIND or IMPORT_PACKAGE.
    """
    try:
        if path.is_dir():
            return _from_folder(path)
        with path.open("rb") as file:
            packed = file.read(len(ZIP)) == ZIP
        if packed:
            return _from_zip(path)
        return _from_file(path)
    except FileNotFoundError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ModelError(ErrorCode.IMPORT_PACKAGE, path=path, reason=error) from None


def _from_file(path: Path) -> Package:
    _check_kind(path, [path.name])
    model = _read(path, MOST_BYTES, path)
    places = [path.parent.parent, path.parent] if path.parent.name == "onnx" else [path.parent]
    return Package(path, model, _sides_on_disk(places), _weights_on_disk(path))


def _from_folder(path: Path) -> Package:
    files = [one for one in sorted(path.rglob("*")) if one.is_file() and not one.is_symlink()]
    if len(files) > MOST_MEMBERS:
        raise ModelError(ErrorCode.IMPORT_PACKAGE, path=path, reason=f"files > {MOST_MEMBERS}")
    chosen = path / _chosen(path, [one.relative_to(path).as_posix() for one in files])
    sides = _sides_on_disk([path, chosen.parent])
    return Package(path, _read(chosen, MOST_BYTES, path), sides, _weights_on_disk(chosen))


def _sides_on_disk(folders: Iterable[Path]) -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in folders:
        for one in sorted(folder.iterdir()):
            if one.name.lower() in SIDES and one.is_file():
                found[one.name.lower()] = _text(_read(one, MOST_SIDE_BYTES, one))
    return found


def _weights_on_disk(model: Path) -> dict[str, bytes]:
    """Of the files whose names say that they belong to the model."""
    found: dict[str, bytes] = {}
    for one in sorted(model.parent.glob("*")):
        if _is_weights(one.name, model.name) and one.is_file() and not one.is_symlink():
            found[one.name] = _read(one, MOST_BYTES, one)
    return found


def _is_weights(name: str, model: str) -> bool:
    return name != model and name.startswith(model) and name[len(model) :] in (".data", "_data")


def _read(path: Path, most: int, named: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(most + 1)
    return _sized(data, most, named)


def _sized(data: bytes, most: int, path: Path) -> bytes:
    if len(data) > most:
        reason = TOO_LARGE if most == MOST_BYTES else f"{path.name} > {most} bytes"
        raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=reason)
    return data


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _chosen(path: Path, names: list[str]) -> str:
    """The one model among those names."""
    _check_kind(path, names)
    models = [name for name in names if name.lower().endswith(".onnx")]
    for wish in PREFERRED:
        wished = [name for name in models if PurePosixPath(name).name.lower() == wish]
        models = wished if len(wished) == 1 else models
    if len(models) != 1:
        said = ", ".join(models[:5]) or ", ".join(names[:5])
        raise ModelError(ErrorCode.IMPORT_PACKAGE, path=path, reason=f"models: {said}")
    return models[0]


def _check_kind(path: Path, names: list[str]) -> None:
    """Raises IMPORT_WRONG_KIND where there is only a model of another kind."""
    if any(name.lower().endswith(".onnx") for name in names):
        return
    for name in names:
        kind = KINDS.get(PurePosixPath(name).suffix.lower())
        if kind is not None:
            raise ModelError(ErrorCode.IMPORT_WRONG_KIND, path=path, kind=kind)


def _from_zip(path: Path) -> Package:
    if path.stat().st_size > MOST_BYTES:
        raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=TOO_LARGE)
    with zipfile.ZipFile(path) as packed:
        members = {m.filename: m for m in packed.infolist() if not m.is_dir()}
        if len(members) > MOST_MEMBERS:
            raise ModelError(ErrorCode.IMPORT_PACKAGE, path=path, reason=f"files > {MOST_MEMBERS}")
        for member in members.values():
            _check_member(path, member)
        chosen = PurePosixPath(_chosen(path, list(members)))
        model = _unpacked(packed, members[str(chosen)], MOST_BYTES, path)
        sides: dict[str, str] = {}
        beside: dict[str, bytes] = {}
        for name, member in sorted(members.items(), key=lambda one: -one[0].count("/")):
            place = PurePosixPath(name)
            if place.name.lower() in SIDES:
                text = _unpacked(packed, member, MOST_SIDE_BYTES, path)
                sides[place.name.lower()] = _text(text)
            elif place.parent == chosen.parent and _is_weights(place.name, chosen.name):
                beside[place.name] = _unpacked(packed, member, MOST_BYTES, path)
    return Package(path, model, sides, beside)


def _check_member(path: Path, member: zipfile.ZipInfo) -> None:
    """Refuses what reaches outside, is a link, is locked, or unfolds without measure."""
    place = PurePosixPath(member.filename.replace("\\", "/"))
    reason = ""
    if place.is_absolute() or ".." in place.parts or (place.parts and ":" in place.parts[0]):
        reason = f"path {ascii(member.filename)[:60]}"
    elif stat.S_ISLNK(member.external_attr >> 16):
        reason = f"link {ascii(member.filename)[:60]}"
    elif member.flag_bits & 1:
        reason = "password"
    elif member.file_size > max(MOST_SIDE_BYTES, MOST_RATIO * member.compress_size):
        reason = f"{ascii(member.filename)[:60]}: more than {MOST_RATIO} : 1"
    if reason:
        raise ModelError(ErrorCode.MODEL_UNSAFE, path=path, reason=reason)


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, path: Path) -> bytes:
    """A member's bytes, whatever size its head claims."""
    with packed.open(member) as file:
        return _sized(file.read(most + 1), most, path)
