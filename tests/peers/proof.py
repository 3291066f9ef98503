"""Compares a plant with the stations it was copied from: every row once, every picture once."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from station.plant.database import PlantDatabase
from station.plant.pictures import Pictures
from station.store.queries import Reader

Rows = Counter[tuple[Any, ...]]

# What each table says, without the ids of one side or the other.
_SAID = {
    "inspections": """
        SELECT uid, number, serial, lot, at_ms, verdict, waits, recipe, label, score, fault,
               fault_facts, image, image_sha256, image_bytes, station FROM inspections""",
    "decisions": """
        SELECT i.uid, d.kind, d.at_ms, d.operator, d.label, d.reason, u.kind, u.at_ms
        FROM decisions d JOIN inspections i ON i.id = d.inspection
        LEFT JOIN decisions u ON u.id = d.undoes""",
    "dispositions": """
        SELECT i.uid, d.disposition, d.at_ms
        FROM dispositions d JOIN inspections i ON i.id = d.inspection""",
    "keeps": """
        SELECT i.uid, k.why, k.at_ms, k.operator
        FROM keeps k JOIN inspections i ON i.id = k.inspection""",
    "removals": """
        SELECT i.uid, r.at_ms, r.why
        FROM removals r JOIN inspections i ON i.id = r.inspection""",
    "audit": """
        SELECT a.at_ms, a.operator, a.action, a.code, a.facts, b.code, b.at_ms, b.facts
        FROM audit a LEFT JOIN audit b ON b.id = a.confirms""",
    "recipes": "SELECT name, version, body, at_ms FROM recipes",
    "stands": "SELECT uid, decision, decision_label, disposition FROM current",
    "hours": """
        SELECT hour_ms, station, recipe, lot, model, operator, verdict, decision, waiting, outcome,
               label, n FROM hours""",
}


def said(connection: Connection) -> dict[str, Rows]:
    """Every row of every table, as often as it is there."""
    return {
        name: Counter(tuple(row) for row in connection.execute(text(query)))
        for name, query in _SAID.items()
    }


def said_by_stations(folders: Mapping[str, Path]) -> dict[str, Rows]:
    total: dict[str, Rows] = {name: Counter() for name in _SAID}
    for folder in folders.values():
        with Reader(folder) as reader, reader.connection() as connection:
            for name, rows in said(connection).items():
                total[name] += rows
    return total


def pictures_of_stations(folders: Mapping[str, Path]) -> dict[str, str]:
    """The hash that each picture must have at the plant, by its name there."""
    found = {}
    for name, folder in folders.items():
        with Reader(folder) as reader:
            for entry in reader.after(0, 10**6):
                if entry.image is not None:
                    found[f"{name}/{entry.image}"] = str(entry.image_sha256)
    return found


def pictures_at_plant(pictures: Pictures) -> tuple[dict[str, str], int]:
    """The hash of each picture as it comes back, and how many names there are."""
    names = list(pictures.names())
    return {name: hashlib.sha256(pictures.get(name) or b"").hexdigest() for name in names}, len(
        names
    )


def prove(folders: Mapping[str, Path], plant: PlantDatabase, pictures: Pictures) -> None:
    """Nothing is missing, nothing is there twice, nothing was changed on the way."""
    ours = said_by_stations(folders)
    with plant.transaction() as connection:
        theirs = said(connection)
    for name, rows in ours.items():
        assert (name, rows - theirs[name], theirs[name] - rows) == (name, Counter(), Counter())
    wanted = pictures_of_stations(folders)
    found, names = pictures_at_plant(pictures)
    assert names == len(found)
    assert found == wanted
