"""Collects what the licences of others ask for: their texts, a list, and a bill of materials.

notices.py RUNTIME PYTHON_SBOM OUT

RUNTIME: the environment of what is shipped. PYTHON_SBOM: its CycloneDX file by cyclonedx-py.
Ends with 1 where something is shipped without a licence text, or under the GPL or AGPL.
"""

import json
import re
import shutil
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "licences"
NAMES = re.compile(r"(licen[cs]e|copying|notice|authors|thirdparty|third-party)", re.IGNORECASE)
WITHOUT_TEXT = {  # wheels that bring none, and which text is theirs
    "PySide6_Essentials": ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt"),
    "obstore": ("MIT.txt",),
    "flatbuffers": ("Apache-2.0.txt",),
}
FORBIDDEN = re.compile(r"\bA?GPL", re.IGNORECASE)
ALLOWED_OTHERWISE = re.compile(r"\bLGPL|Lesser|\bOR\b|Python Software Foundation", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shipped:
    """One thing of others: under which licence, and where its texts are."""

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    kind: str = "library"
    sha256: str = ""


def from_wheels(runtime: Path) -> list[Shipped]:
    """Every distribution of that environment but our own."""
    place = next(runtime.glob("[Ll]ib/**/site-packages"), None) or next(
        runtime.glob("lib/python*/site-packages")
    )
    found = [one for one in distributions(path=[str(place)]) if one.name != "station"]
    return sorted((of_wheel(one) for one in found), key=lambda one: one.name.lower())


def of_wheel(one: Distribution) -> Shipped:
    """The texts in a wheel lie anywhere; those of the packages' tests are not meant."""
    paths = (Path(str(one.locate_file(path))) for path in one.files or ())
    texts = tuple(
        path
        for path in paths
        if NAMES.search(path.name)
        and path.suffix.lower() in ("", ".txt", ".md", ".rst", ".bsd", ".apache")
        and path.is_file()
    )
    if not texts:
        texts = tuple(TEXTS / name for name in WITHOUT_TEXT.get(one.name, ()))
    return Shipped(one.name, one.version, licence_of(one), texts)


def licence_of(one: Distribution) -> str:
    """In the words of its own metadata, the shortest way that they say it."""

    def told(name: str) -> list[str]:
        return one.metadata.get_all(name) or []

    plain = "\n".join(told("License")).strip().splitlines()
    classes = [text.rpartition(" :: ")[2] for text in told("Classifier") if "License ::" in text]
    expression = "".join(told("License-Expression"))
    return expression or (plain[0] if len(plain) == 1 else "") or " / ".join(classes)


def from_elsewhere() -> list[Shipped]:
    """What is no Python package: the interpreter, the starter, models, fonts, the node set."""
    resources = HERE.parent / "resources"
    backbone = json.loads((resources / "models" / "PROVENANCE.json").read_text("utf-8"))
    nodes = json.loads((resources / "opcua" / "PROVENANCE.json").read_text("utf-8"))
    fonts = resources / "fonts"
    return [
        Shipped("CPython", sys.version.split()[0], "PSF-2.0", (python_licence(),), "framework"),
        Shipped(
            "efficientnet_lite0.onnx",
            "57934424",
            backbone["licence"],
            (resources / "models" / backbone["licence_file"],),
            "machine-learning-model",
            backbone["sha256"],
        ),
        Shipped("Inter", "4", "OFL-1.1", (fonts / "LICENSE-Inter.txt",), "file"),
        Shipped("Noto Sans SC", "2", "OFL-1.1", (fonts / "LICENSE-NotoSansSC.txt",), "file"),
        Shipped(
            nodes["file"], "1.0.0", nodes["licence"], (TEXTS / "MIT.txt",), "file", nodes["sha256"]
        ),
    ]


def python_licence() -> Path:
    """Where the interpreter keeps its own."""
    version = "{}.{}".format(*sys.version_info)
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python{version}/copyright"),
    )
    return next(path for path in places if path.is_file())


def write_texts(things: Iterable[Shipped], out: Path) -> None:
    """One folder for each, and the list of all."""
    rows = []
    for one in things:
        folder = out / "licences" / f"{one.name}-{one.version}".replace(" ", "-")
        folder.mkdir(parents=True)
        for number, text in enumerate(one.texts):
            taken = (folder / text.name).exists()
            shutil.copyfile(text, folder / (f"{number}-{text.name}" if taken else text.name))
        rows.append(f"{one.name} {one.version}: {one.licence}\n    licences/{folder.name}/\n")
    head = "Station ships the work of others, under these licences.\n\n"
    (out / "THIRD-PARTY.txt").write_text(head + "".join(rows), "utf-8")
    shutil.copyfile(TEXTS / "qt.txt", out / "SOURCES.txt")


def write_bill(python_bill: Path, others: Iterable[Shipped], out: Path) -> None:
    """The bill of the packages, with what is no package beside them and Station on top."""
    bill = json.loads(python_bill.read_text("utf-8"))
    for one in others:
        part: dict[str, object] = {
            "type": one.kind,
            "bom-ref": f"{one.name}=={one.version}",
            "name": one.name,
            "version": one.version,
            "licenses": [{"license": {"id": one.licence}}],
        }
        if one.sha256:
            part["hashes"] = [{"alg": "SHA-256", "content": one.sha256}]
        bill["components"].append(part)
    own = next(one for one in bill["components"] if one["name"] == "station")
    bill["components"].remove(own)
    own["type"] = "application"
    bill.setdefault("metadata", {})["component"] = own
    out.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", "utf-8")


def wrong(things: Iterable[Shipped]) -> list[str]:
    """Sentences: no text, no licence named, or one that we do not ship."""
    found = [f"{one.name}: no licence text" for one in things if not one.texts]
    found += [f"{one.name}: no licence named" for one in things if not one.licence]
    found += [
        f"{one.name}: {one.licence}"
        for one in things
        if FORBIDDEN.search(one.licence) and not ALLOWED_OTHERWISE.search(one.licence)
    ]
    return found


def main(runtime: Path, python_bill: Path, out: Path) -> int:
    """Write all of it; 1 where something is wrong."""
    wheels, others = from_wheels(runtime), from_elsewhere()
    problems = wrong([*wheels, *others])
    for line in problems:
        sys.stderr.write(f"{line}\n")
    out.mkdir(parents=True, exist_ok=True)
    write_texts([*wheels, *others], out)
    write_bill(python_bill, others, out / "station.cdx.json")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
