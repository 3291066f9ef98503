"""How far the rows of a station have been copied to the plant: `<data folder>/plant-cursor.json`.

All tables only grow, so one position in each is enough. A cursor that is lost or behind does no
harm: rows that are at the plant already are left as they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from station.store.images import INCOMING, make_folder, write_durably

CURSOR_NAME = "plant-cursor.json"

Position = tuple[int, ...]
"""The keys of the last row that was copied, in the order in which the table is read."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is at the plant.

    plant: which plant that is. upto: by table. anchor: the uid of the last part copied, by which a
    database that was replaced is noticed. loss: the last entry in the audit trail that speaks of
    lost or recovered records, clock: of a clock that jumped; both were seen to.
    """

    plant: str = ""
    upto: Mapping[str, Position] = field(default_factory=dict)
    anchor: str = ""
    loss: int = 0
    clock: int = 0


def load_cursor(folder: Path) -> Cursor | None:
    """The cursor, None where there never was one; one that cannot be read begins at nothing."""
    try:
        values = json.loads((folder / CURSOR_NAME).read_text("utf-8"))
        upto = {str(name): tuple(map(int, keys)) for name, keys in values["upto"].items()}
        return Cursor(
            str(values["plant"]),
            upto,
            str(values["anchor"]),
            int(values["loss"]),
            int(values["clock"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Cursor()


def save_cursor(folder: Path, cursor: Cursor) -> None:
    """Write it so that it survives a power cut. Raises STORE_DISK_FULL or STORE_WRITE_FAILED."""
    values = {
        "plant": cursor.plant,
        "upto": {name: list(keys) for name, keys in cursor.upto.items()},
        "anchor": cursor.anchor,
        "loss": cursor.loss,
        "clock": cursor.clock,
    }
    make_folder(folder / INCOMING, folder)
    write_durably(folder / CURSOR_NAME, folder / INCOMING, json.dumps(values).encode())


def copied_up_to(folder: Path) -> int | None:
    """The highest id of an inspection of which row and picture are at the plant, with all before.

    None where no plant was ever set.
    """
    cursor = load_cursor(folder)
    if cursor is None:
        return None
    at = cursor.upto.get("inspections")
    return at[0] if at else 0
