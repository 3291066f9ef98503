"""The works that came with the program that runs: from its package, or from its environment."""

import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from station.bundle import resource
from station.errors import ErrorCode, SettingsError
from station.notices.bill import FILE_NAME, Json, bill_of, works_of, written
from station.notices.resources import of_interpreter, of_resources
from station.notices.wheels import OWN, of_environment
from station.notices.work import Work

FOLDER = "notices"
"""Where the packages of Station put the bill and the licence texts, under the resources."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The works by name, and their bill; `file` is where it lies, None where nothing was packed."""

    works: tuple[Work, ...]
    bill: Json
    file: Path | None

    def text(self) -> str:
        """The bill as it is written to a file: the very one of the package, where there is one."""
        return self.file.read_text("utf-8") if self.file is not None else written(self.bill)


def shipped() -> Shipped:
    """Reads all of it: up to some seconds in an environment with many packages."""
    try:
        folder = resource(FOLDER)
    except FileNotFoundError:
        return _of_environment()
    return _of_package(folder)


def _of_package(folder: Path) -> Shipped:
    file = folder / FILE_NAME
    try:
        bill = json.loads(file.read_text("utf-8"))
        works = works_of(bill, folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingsError(ErrorCode.INSTALLATION_BROKEN, part=FILE_NAME, reason=error) from None
    return Shipped(_sorted(works), bill, file)


def _of_environment() -> Shipped:
    works = [*of_environment(), *of_resources(), of_interpreter()]
    return Shipped(_sorted(works), bill_of(works, sys.platform), None)


def _sorted(works: list[Work]) -> tuple[Work, ...]:
    return tuple(sorted(works, key=lambda one: one.name.lower()))


def licence_text(work: Work) -> str:
    """The full texts of a work's licence, one below the other; empty where it came without."""
    many = len(work.texts) > 1
    texts = (_read(path, many) for path in work.texts)
    return "\n\n".join(texts)


def _read(path: Path, named: bool) -> str:
    try:
        text = path.read_text("utf-8", "replace").strip("\ufeff\n")
    except OSError as error:
        part = f"{path.parent.name}/{path.name}"
        raise SettingsError(ErrorCode.INSTALLATION_BROKEN, part=part, reason=error) from None
    return f"── {path.name} ──\n\n{text}" if named else text


def own_licence() -> str:
    """The text of the product's own licence; empty where an installation lost it."""
    with suppress(PackageNotFoundError):
        if text := distribution(OWN).read_text("licenses/LICENSE"):
            return text
    checkout = Path(__file__).resolve().parent.parent.parent / "LICENSE"
    return checkout.read_text("utf-8") if checkout.is_file() else ""
