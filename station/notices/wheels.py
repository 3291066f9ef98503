"""Works that came as Python packages, read from what their own metadata say."""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.requirements import Requirement

from station.notices.work import Work

OWN = "station"
TESTING = "dev"
"""The extra of whoever develops the station: nothing that only it asks for is shipped."""

SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
"""What the markers of requirements are told where a package is built for another system."""

SPDX = {  # what metadata say, where they say it in words
    "mit license": "MIT",
    "isc license": "ISC",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache software license v2.0": "Apache-2.0",
    "3-clause bsd license": "BSD-3-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 2-clause license": "BSD-2-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "gnu lesser general public license v3 (lgplv3)": "LGPL-3.0-only",
    "gnu lesser general public license v3 or later": "LGPL-3.0-or-later",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "python software foundation license": "PSF-2.0",
}
READ = {  # where the metadata say too little: what the licence files of that package say
    "colorama": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "isal": "PSF-2.0 AND BSD-3-Clause",
    "genicam": "LicenseRef-GenICam-1.6",
    "pyqtgraph": "MIT AND CC-BY-4.0",
    "opencv-python-headless": "Apache-2.0 AND LicenseRef-Intel-Simplified-Software-License",
}
CHOSEN = {  # where one may choose: what Station is shipped under
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
}
NOTES = {  # packages without a licence text; the packages of Station bring it
    "pyside6-essentials": "https://www.gnu.org/licenses/lgpl-3.0.html",
    "shiboken6": "https://www.gnu.org/licenses/lgpl-3.0.html",
    "obstore": "https://github.com/developmentseed/obstore/blob/main/LICENSE",
    "flatbuffers": "https://github.com/google/flatbuffers/blob/master/LICENSE",
}
_ONE_WORD = re.compile(r"[A-Za-z0-9.+-]+")
_TEXTS = re.compile(r"(licen[cs]e|copying|notice|authors|third-?party)", re.IGNORECASE)
_READABLE = frozenset(("", ".txt", ".md", ".rst", ".bsd", ".apache"))
_NOT_TAKEN = re.compile("Commercial", re.IGNORECASE)  # an offer of Qt that Station does not use


def of_environment() -> list[Work]:
    """The packages that the station asks for and that are installed here, without itself."""
    return works(wanted({plain(one.name): one for one in distributions()}))


def of_folder(folder: Path, system: str) -> list[Work]:
    """Every package in that folder of packages but the station itself."""
    found = (one for one in distributions(path=[str(folder)]) if plain(one.name) != OWN)
    return works(found, SYSTEMS[system])


def works(found: Iterable[Distribution], system: dict[str, str] | None = None) -> list[Work]:
    """Sorted by name."""
    here = {plain(one.name): one for one in found}
    return sorted(
        (of_wheel(one, here, system or {}) for one in here.values()),
        key=lambda one: one.name.lower(),
    )


def wanted(installed: dict[str, Distribution]) -> Iterator[Distribution]:
    """What the station asks for, directly or not, with every extra of its own but the tests'."""
    own = installed.get(OWN)
    waiting = list(asked(own, _extras(own), {})) if own is not None else []
    seen: set[tuple[str, frozenset[str]]] = set()
    told = {OWN}
    while waiting:
        name, extras = waiting.pop()
        one = installed.get(name)
        if one is None or (name, extras) in seen:
            continue
        seen.add((name, extras))
        waiting += asked(one, extras, {})
        if name not in told:
            told.add(name)
            yield one


def asked(
    one: Distribution, extras: frozenset[str], system: dict[str, str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """What that package asks for with those extras: name and the extras wanted of it."""
    for text in one.requires or ():
        need = Requirement(text)
        if need.marker is None or any(
            need.marker.evaluate({**system, "extra": extra}) for extra in ("", *extras)
        ):
            yield plain(need.name), frozenset(need.extras)


def _extras(own: Distribution) -> frozenset[str]:
    return frozenset(own.metadata.get_all("Provides-Extra") or ()) - {TESTING}


def of_wheel(one: Distribution, here: Iterable[str], system: dict[str, str]) -> Work:
    """All that its metadata tell of one package."""
    name = plain(one.name)
    licence, is_spdx = licence_of(one)
    needs = {need for need, _ in asked(one, frozenset(), system)}
    return Work(
        name=one.name,
        version=one.version,
        licence=licence,
        is_spdx=is_spdx,
        texts=texts_of(one),
        note=NOTES.get(name, ""),
        purl=f"pkg:pypi/{name}@{one.version}",
        summary=_said(one, "Summary"),
        home=_home(one),
        needs=tuple(sorted(needs & set(here) - {name})),
        inside=tuple(inside_of(one)),
    )


def licence_of(one: Distribution) -> tuple[str, bool]:
    """Under what it is used here, and whether that is an SPDX expression."""
    name = plain(one.name)
    expression = _said(one, "License-Expression")
    known = CHOSEN.get(name) or READ.get(name) or expression
    if known:
        return known, True
    words = _said(one, "License")
    classes = [
        text.rpartition(" :: ")[2]
        for text in one.metadata.get_all("Classifier") or ()
        if text.startswith("License ::")
    ]
    said = words if words and "\n" not in words else " / ".join(classes)
    for text in (said, *classes):
        if text.lower() in SPDX:
            return SPDX[text.lower()], True
    return said, _ONE_WORD.fullmatch(said) is not None


def _said(one: Distribution, name: str) -> str:
    """What its metadata say under that name, once; empty where nothing is."""
    return "\n".join((one.metadata.get_all(name) or ())[:1]).strip()


def texts_of(one: Distribution) -> tuple[Path, ...]:
    """Its licence texts: those that it names, and others that lie in the package."""
    named = one.metadata.get_all("License-File") or ()
    found = [
        path
        for path in one.files or ()
        if _is_text(path, named) and not _NOT_TAKEN.search(path.name)
    ]
    texts = (Path(str(one.locate_file(path))) for path in found)
    return tuple(path for path in texts if path.is_file())


def _is_text(path: PurePosixPath, named: Iterable[str]) -> bool:
    folder = path.parts[0] if path.parts else ""
    if folder.endswith(".dist-info"):
        inside = "/".join(path.parts[1:])
        if inside in named or inside.startswith("licenses/"):
            return True
    return bool(_TEXTS.search(path.name)) and path.suffix.lower() in _READABLE


def inside_of(one: Distribution) -> Iterator[dict[str, Any]]:
    """What bills of materials in the package itself name (PEP 770), without the package.

    Those of auditwheel are left out: they name some of the libraries that lie beside it.
    """
    for path in one.files or ():
        if "/sboms/" not in str(path) or path.suffix != ".json" or "auditwheel" in path.name:
            continue
        try:
            told = json.loads(Path(str(one.locate_file(path))).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(told, dict) and told.get("bomFormat") == "CycloneDX":
            for part in told.get("components") or ():
                if plain(part.get("name", "")) != plain(one.name):
                    yield part


def _home(one: Distribution) -> str:
    """Where its makers are, best the place of its source."""
    told = one.metadata.get_all("Project-URL") or ()
    urls = {
        name.strip().lower(): url.strip() for name, _, url in (text.partition(",") for text in told)
    }
    order = ("source", "repository", "source code", "github", "homepage", "home")
    found = next((urls[name] for name in order if name in urls), "")
    return found or _said(one, "Home-page") or next(iter(urls.values()), "")


def plain(name: str) -> str:
    """The one way to write that name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
