"""Collects what the licences of others ask for: their texts, a list, and a bill of materials.

notices.py linux|windows PACKAGES OUT BUNDLE…

PACKAGES: the folder into which the Python packages were installed. BUNDLE: what is shipped; further
ones are add-ons of the first, of the same wheels.
Ends with 1 where something is shipped without a licence text, or under the GPL or AGPL, or where
the bill of materials is not valid CycloneDX.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import natives  # noqa: E402
from natives import GCC, GCC_TEXTS, QT_TEXTS, TEXTS  # noqa: E402

from station.notices.bill import FILE_NAME, bill_of, written  # noqa: E402
from station.notices.resources import of_interpreter, of_resources  # noqa: E402
from station.notices.wheels import of_folder, plain  # noqa: E402
from station.notices.work import Work  # noqa: E402

HEAD = """\
Station ships the work of others, under these licences. It uses Qt, PySide6, psycopg, asyncua and
FFmpeg under the GNU Lesser General Public License: SOURCES.txt says how to change them, and where
their source is.

Changed by Station: Python packages came without their tests, their type hints and what the station
never uses; docstrings were taken out, and a few modules replaced by empty ones (packaging/prune.py,
slim.py and stand_ins in Station's source).

"""
WITHOUT_TEXT = {  # wheels that bring none, or that of another offer, and which text is theirs
    "pyside6-essentials": QT_TEXTS,
    "shiboken6": QT_TEXTS,
    "obstore": ("obstore.txt",),
    "flatbuffers": ("Apache-2.0.txt",),
}
MUST = {"CPython", "Qt", "OpenBLAS", "OpenSSL"}
"""Works that are found by their files: without them the wrong folder was looked at."""
WITH_SOURCES = ("asyncua", "psycopg", "psycopg-binary")
ALLOWED_GPL = re.compile(r"\bLGPL-[\w.+-]+|\bGPL-[\w.+-]+ WITH [\w.+-]+")
GPL = re.compile(r"\bA?GPL|General Public", re.IGNORECASE)
OWN_TERMS = re.compile(r"\bLicenseRef-[\w.-]+")


def from_wheels(packages: Path, system: str) -> list[Work]:
    """The Python packages, with the texts that some of them lack."""
    return [_with_texts(one) for one in of_folder(packages, system)]


def _with_texts(one: Work) -> Work:
    names: tuple[str, ...] = WITHOUT_TEXT.get(plain(one.name), ())
    if plain(one.name) in WITH_SOURCES:
        names = ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")
    texts = (*one.texts, *(TEXTS / name for name in names))
    return replace(one, texts=texts, note="") if names else one


def from_elsewhere(system: str, bundle: Path) -> list[Work]:
    """What is no Python package: the interpreter, what starts it, models, fonts, the node set."""
    starters = from_windows if system == "windows" else from_linux
    return [*starters(bundle), *of_resources()]


def from_linux(_: Path) -> list[Work]:
    """The interpreter of this machine, and the starter that PyInstaller puts before it."""
    tool = distribution("pyinstaller")
    copying = next(path for path in tool.files or () if path.name == "COPYING.txt")
    starter = Work(
        name="PyInstaller's starter",
        version=tool.version,
        licence="GPL-2.0-or-later WITH Bootloader-exception AND Apache-2.0",
        texts=(Path(str(tool.locate_file(copying))),),
        kind="application",
        purl=f"pkg:pypi/pyinstaller@{tool.version}",
        home="https://pyinstaller.org",
        places=("station",),
    )
    return [of_interpreter(), starter]


def from_windows(bundle: Path) -> list[Work]:
    """The interpreter of the payload, the launchers' own runtime, and the set-up program."""
    library = next(bundle.rglob("python311.dll"))
    told = re.search(rb"\x00(3\.11\.\d+)\x00", library.read_bytes())
    python = of_interpreter(told[1].decode() if told else "")
    compiler, crt = "x86_64-w64-mingw32-gcc", "mingw-w64-common"
    return [
        replace(python, places=(library.relative_to(bundle).as_posix(),)),
        Work(
            name="mingw-w64 runtime",
            version=said("dpkg-query", "-W", "-f", "${Version}", crt),
            licence="ZPL-2.1",
            texts=(TEXTS / "mingw-w64.txt",),
            purl="pkg:generic/mingw-w64",
            home="https://www.mingw-w64.org",
            places=("station.exe", "stationw.exe"),
        ),
        Work(
            name="libgcc",
            version=said(compiler, "-dumpfullversion"),
            licence=GCC,
            texts=tuple(TEXTS / name for name in GCC_TEXTS),
            purl="pkg:generic/libgcc",
            home="https://gcc.gnu.org",
            places=("station.exe", "stationw.exe"),
        ),
        Work(
            name="NSIS",
            version=said("makensis", "-VERSION").lstrip("v"),
            licence="Zlib AND CPL-1.0",
            texts=(TEXTS / "nsis.txt",),
            kind="application",
            purl="pkg:generic/nsis",
            summary="The set-up program's own code; its LZMA decoder may be linked to anything",
            home="https://nsis.sourceforge.io",
        ),
    ]


def said(*command: str) -> str:
    """What that tool says its version is; the build needs it anyway."""
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return told.stdout.strip()


def write_texts(works: Iterable[Work], out: Path) -> list[Work]:
    """A folder for each work, and the list of all; the works, with these as their texts."""
    kept, rows = [], []
    for one in works:
        folder = out / "licences" / one.key
        folder.mkdir(parents=True)
        many = len(one.texts) > 1
        names = tuple(
            folder / (f"{number:02}-{text.name}" if many else text.name)
            for number, text in enumerate(one.texts, 1)
        )
        for text, name in zip(one.texts, names, strict=True):
            shutil.copyfile(text, name)
        rows.append(f"{one.name} {one.version}: {one.licence}\n    licences/{folder.name}/\n")
        kept.append(replace(one, texts=names))
    (out / "THIRD-PARTY.txt").write_text(HEAD + "".join(rows), "utf-8")
    shutil.copyfile(TEXTS / "qt.txt", out / "SOURCES.txt")
    return kept


def wrong(works: Iterable[Work]) -> list[str]:
    """Sentences: no text, no version, no licence named, or one that we do not ship."""
    found = []
    for one in works:
        name = f"{one.name} {one.version}"
        if not one.texts:
            found.append(f"{name}: no licence text")
        if not one.version or one.version == "unknown":
            found.append(f"{name}: no version")
        if not one.licence:
            found.append(f"{name}: no licence named")
        if forbidden(one):
            found.append(f"{name}: {one.licence}")
    return found


def forbidden(one: Work) -> bool:
    """Whether nothing but the GPL or AGPL, without an exception for us, lets it be used."""
    if not one.is_spdx:
        return GPL.search(one.licence) is not None and "Lesser" not in one.licence
    return all(GPL.search(ALLOWED_GPL.sub("", choice)) for choice in one.licence.split(" OR "))


def not_valid(bill: str) -> list[str]:
    """What CycloneDX's own schema, or SPDX's grammar, has against the bill."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.spdx import is_expression
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
    found = [f"{FILE_NAME}: {str(error)[:500]}"] if error else []
    for part in json.loads(bill)["components"]:
        for licence in part["licenses"]:
            said = licence.get("expression")
            if said is not None and not is_expression(OWN_TERMS.sub("MIT", said)):
                found.append(f"{part['name']}: {said} is no SPDX expression")
    return found


def main(system: str, packages: Path, out: Path, bundle: Path, *add_ons: Path) -> int:
    """Write all of it; 1 where something is wrong."""
    works = [*from_wheels(packages, system), *from_elsewhere(system, bundle)]
    problems = []
    for folder in (bundle, *(one for one in add_ons if one.is_dir())):
        works += natives.natives(folder, packages)
        problems += [f"{name}: whose is it?" for name in natives.unknown(folder)]
    problems += wrong(works)
    problems += [f"{name} is not in {bundle}" for name in sorted(MUST - {w.name for w in works})]
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    works = write_texts(sorted(works, key=lambda one: one.name.lower()), out)
    bill = written(bill_of(works, system))
    (out / FILE_NAME).write_text(bill, "utf-8")
    problems += not_valid(bill)
    for line in problems:
        sys.stderr.write(f"{line}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *(Path(word) for word in sys.argv[2:])))
