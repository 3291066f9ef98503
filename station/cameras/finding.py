"""Looks for cameras of every kind: each driver in a process of its own, for so long and no longer.

A driver that hangs or crashes costs its own answer, and that is said.
"""

import importlib
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from station.cameras.features import Found
from station.errors import ErrorCode, Fault, StationError, internal

log = logging.getLogger(__name__)

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "aravis": "station.cameras.aravis.place",
        "gentl": "station.cameras.gentl",
        "basler": "station.cameras.basler",
        "uvc": "station.cameras.uvc",
    }
)
"""Kinds whose cameras can be looked for; each module has `find() -> tuple[Found, ...]`."""

SECONDS = 8.0  # a web camera's driver may take so long, and a network that is asked takes 1 s


@dataclass(frozen=True, slots=True)
class Listing:
    """What was found of one kind. fault: why nothing could be, or not all."""

    kind: str
    cameras: tuple[Found, ...] = ()
    fault: Fault | None = None


def find_cameras(
    kinds: Iterable[str] = tuple(MODULES), seconds: float = SECONDS
) -> tuple[Listing, ...]:
    """Look for all kinds at once; blocks no longer than that, and a moment."""
    searches = [_Search(kind, seconds) for kind in kinds]
    return tuple(search.listing() for search in searches)


def search_here(kind: str) -> Listing:
    """Look for one kind in this process; whatever its driver raises becomes a fault."""
    try:
        found = importlib.import_module(MODULES[kind]).find()
    except StationError as error:
        return Listing(kind, fault=error.fault)
    except ImportError as error:
        return Listing(kind, fault=_missing(kind, str(error)))
    except Exception as error:
        log.exception("the driver %s failed to look for cameras", kind)
        return Listing(kind, fault=internal(error))
    return Listing(kind, tuple(found))


def main(arguments: list[str]) -> int:
    """Be the process that looks for one kind: one line of JSON on stdout, the driver's noise not.

    arguments: the kind.
    """
    answer, sys.stdout = sys.stdout, sys.stderr
    listing = search_here(arguments[0])
    fault = listing.fault and [listing.fault.code.value, dict(listing.fault.facts)]
    row = {"cameras": [asdict(one) for one in listing.cameras], "fault": fault}
    answer.write(f"\n{MARK}{json.dumps(row)}\n")
    answer.flush()
    return 0


MARK = "cameras: "  # a driver of C may write to stdout as well


class _Search:
    """One process that looks for one kind, begun at once."""

    def __init__(self, kind: str, seconds: float) -> None:
        self._kind = kind
        self._seconds = seconds
        self._out = b""
        self._ended = False
        self._thread = threading.Thread(target=self._run, name=f"find-{kind}", daemon=True)
        self._thread.start()

    def listing(self) -> Listing:
        """Wait for its end."""
        self._thread.join()
        if not self._ended:
            return Listing(self._kind, fault=_missing(self._kind, self._silence()))
        for line in reversed(self._out.decode("utf-8", "replace").splitlines()):
            if line.startswith(MARK):
                return _listing(self._kind, json.loads(line.removeprefix(MARK)))
        return Listing(self._kind, fault=_missing(self._kind, "the driver crashed"))

    def _run(self) -> None:
        process = subprocess.Popen(  # noqa: S603 - our own program
            _command(self._kind),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        with process:
            try:
                self._out = process.communicate(timeout=self._seconds)[0]
                self._ended = True
            except subprocess.TimeoutExpired:
                with suppress(OSError):
                    process.kill()

    def _silence(self) -> str:
        return f"no answer within {self._seconds:g} s"


def _missing(kind: str, reason: str) -> Fault:
    return Fault(ErrorCode.CAMERA_DRIVER_MISSING, (("kind", kind), ("reason", reason)))


def _listing(kind: str, row: Mapping[str, Any]) -> Listing:
    fault = row["fault"]
    return Listing(
        kind,
        tuple(Found(**one) for one in row["cameras"]),
        None if fault is None else Fault(ErrorCode(fault[0]), tuple(fault[1].items())),
    )


def _command(kind: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "camera", "search", kind]
    return [sys.executable, "-m", "station.cameras.finding", kind]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
