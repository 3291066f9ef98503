"""What the rooms of the Line page work with, and what they read of the records."""

from dataclasses import dataclass
from pathlib import Path

from station.gui.pages.line_room import Studied
from station.insight.overview import Seen, see
from station.insight.study_notes import last_result
from station.settings import Settings
from station.store.history import Filter
from station.store.queries import Reader
from station.store.store import now_ms


@dataclass(frozen=True, slots=True)
class Use:
    """The data folder, its records, the settings, and who works here."""

    data: Path
    reader: Reader
    settings: Settings
    operator: str


def figures(use: Use, wanted: Filter, before: Seen | None) -> Seen:
    """The figures of those parts; before: as they were last. Raises StoreError."""
    with use.reader.connection() as connection:
        shifts = use.settings.shifts
        return see(connection, wanted, use.settings.line, shifts, now_ms(), before)


def studied(reader: Reader) -> Studied | None:
    """What the newest study found that tells how persons agree. Raises StoreError."""
    found = last_result(reader)
    kappa = found[1].between if found else None
    if found is None or kappa is None:
        return None
    study, result = found
    persons = sum(not one.station for one in result.appraisers)
    return Studied(kappa, persons, result.parts, study.at_ms)
