"""How the copying to the plant stands, for people: `<data folder>/plant-status.json`."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from station.errors import ErrorCode, Fault

STATUS_NAME = "plant-status.json"


@dataclass(frozen=True, slots=True)
class PlantStatus:
    """Times in ms, UTC.

    waiting: rows not yet copied, by table, each counted up to some 100,000. error: why the last
    try failed, None when it did not. missing: pictures that were gone or damaged when their row was
    copied, since the copying began. encrypted: whether nobody can listen in on the way; None: not
    known.
    """

    at_ms: int = 0
    station: str = ""
    waiting: Mapping[str, int] = field(default_factory=dict)
    last_success_ms: int | None = None
    error: Fault | None = None
    missing: int = 0
    encrypted: bool | None = None

    @property
    def rows_waiting(self) -> int:
        """All of them."""
        return sum(self.waiting.values())


def read_status(folder: Path) -> PlantStatus | None:
    """How it stood last, None where nothing was ever copied from that folder."""
    try:
        values = json.loads((folder / STATUS_NAME).read_text("utf-8"))
        error = values.pop("error")
        fault = None if error is None else _fault(error)
        return PlantStatus(**values, error=fault)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_status(folder: Path, status: PlantStatus) -> None:
    """Put it in place whole. It need not survive a power cut, and is left where it cannot be."""
    path = folder / STATUS_NAME
    fresh = path.with_name(f"{STATUS_NAME}.new")
    with suppress(OSError):
        fresh.write_text(json.dumps(status_values(status)), "utf-8")
        fresh.replace(path)


def status_values(status: PlantStatus) -> dict[str, Any]:
    """As plain values."""
    values = asdict(status)
    values["waiting"] = dict(status.waiting)
    fault = status.error
    values["error"] = fault and {"code": fault.code.value, "facts": dict(fault.facts)}
    return values


def _fault(values: Mapping[str, Any]) -> Fault:
    return Fault(ErrorCode(values["code"]), tuple(values["facts"].items()))
