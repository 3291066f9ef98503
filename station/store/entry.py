"""One record as it stands now, from a row of the view `current`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from station.domain.inspection import Decision, Disposition, Inspection
from station.store.decisions import standing_in
from station.store.rows import from_row


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as it stands now.

    id rises with every record. waits: the verdict waited for a person when it fell. image: path
    below the data folder, with `/`; None where there was no picture. removed_at_ms: when the
    picture was deleted on purpose, None while it is kept.
    """

    id: int
    inspection: Inspection
    waits: bool
    decision: Decision | None
    disposition: Disposition | None
    image: str | None
    image_sha256: str | None
    image_bytes: int | None
    station: str
    removed_at_ms: int | None


def entry_from(row: Mapping[str, Any]) -> Entry:
    """The entry in a row of `current`."""
    disposition = row["disposition"]
    return Entry(
        id=row["id"],
        inspection=from_row(row),
        waits=bool(row["waits"]),
        decision=standing_in(row),
        disposition=None if disposition is None else Disposition(disposition),
        image=row["image"],
        image_sha256=row["image_sha256"],
        image_bytes=row["image_bytes"],
        station=row["station"],
        removed_at_ms=row["removed_at_ms"],
    )
