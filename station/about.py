"""What is installed: the version of the program and of the libraries that matter to support."""

import platform
import sys
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from station import __version__
from station.bundle import resource
from station.inference.provider import installed_runtimes
from station.notices.bill import LICENCE
from station.notices.shipped import Shipped, shipped

PAGES = (
    *("first-start", "parts", "line", "faults", "agreement", "report", "values", "process"),
    *("health", "causes", "methods", "cameras", "modbus", "opcua", "mqtt", "pin"),
)
_LIBRARIES = {
    "qt": ("PySide6-Essentials",),
    "opencv": ("opencv-python-headless", "opencv-python"),
}


def read() -> tuple[dict[str, str], Shipped]:
    """What is installed, and the works of others in it."""
    found = shipped()
    return facts(found), found


def facts(found: Shipped) -> dict[str, str]:
    """By name, in the order in which they are shown; empty where something is not there."""
    return {
        "version": __version__,
        "build": build(found),
        "licence": LICENCE,
        "python": platform.python_version(),
        "qt": _version(_LIBRARIES["qt"]),
        "onnxruntime": _runtime(),
        "opencv": _version(_LIBRARIES["opencv"]),
        "system": platform.platform(),
        "program_folder": str(Path(sys.executable).parent),
        "bill": str(found.file or ""),
    }


def build(found: Shipped) -> str:
    """When the package was built and which it is; empty where no package was installed."""
    if found.file is None:
        return ""
    made = found.bill.get("metadata", {}).get("timestamp", "")
    day = f"{datetime.fromisoformat(made):%Y-%m-%d}" if made else ""
    serial = str(found.bill.get("serialNumber", "")).rpartition(":")[2][:8]
    return " · ".join(one for one in (day, serial) if one)


def titles(language: str) -> dict[str, str]:
    """The pages of the manual by name, those for whoever stands at the line first."""
    names = {path.name.split(".")[0] for path in resource("manual").glob("*.en.md")}
    order = [*(name for name in PAGES if name in names), *sorted(names - set(PAGES))]
    return {name: manual(name, language).lstrip().splitlines()[0].lstrip("# ") for name in order}


def manual(name: str, language: str) -> str:
    """A page of the manual in that language, or else in English. Raises FileNotFoundError."""
    for spoken in (language, "en"):
        try:
            return resource(f"manual/{name}.{spoken}.md").read_text("utf-8")
        except FileNotFoundError:
            continue
    raise FileNotFoundError(name)


def _runtime() -> str:
    names = installed_runtimes()
    return ", ".join(f"{version(name)} ({name})" for name in names)


def _version(names: Iterable[str]) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return ""
