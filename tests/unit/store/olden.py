"""Records as former programs left them, and newer programs with a migration of a test's own."""

import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from station.store import before_upgrade, former, migrations
from station.store.engine import write_engine
from station.store.schema import DATABASE_NAME, REVISIONS

NEXT = "9000"
"""The form of a program that is newer than this one."""

Rows = dict[str, list[tuple[Any, ...]]]

_PART = (
    "INSERT INTO inspections (id, uid, number, serial, lot, at_ms, triggered_by, verdict, waits,"
    " recipe, recipe_version, review_limit, ng_limit, model, model_sha256, provider, camera, label,"
    " score, confidence, scores, ms, model_ms, fault, fault_facts, operator, source, image,"
    " image_sha256, image_bytes) VALUES"
)
_FIRST = (
    f"{_PART} (1, 'a1', 1, 'SN-1', 'L-7', 1790000000000, 'key', 'OK', 0, 'flange', 3, 0.4, 0.6,"
    " 'f.onnx', 'aa', 'cpu', 'simulated', 'good', 0.1, 0.9, '[[\"good\",0.9]]', 31.5, 22.5, NULL,"
    " NULL, '王', '', 'images/2026-01-01/00/1_a1.png', 'cc', 1234)",
    f"{_PART} (2, 'a2', 2, 'SN-2', 'L-7', 1790000003000, 'key', 'REVIEW', 1, 'flange', 3, 0.4,"
    " 0.6, 'f.onnx', 'aa', 'cpu', 'simulated', 'dent', 0.5, 0.5, '[[\"dent\",0.5]]', 31.5, 22.5,"
    " NULL, NULL, 'Jörg', '', 'images/2026-01-01/00/2_a2.png', 'dd', 1235)",
    f"{_PART} (3, 'a3', 3, '', '', 1790000006000, 'key', 'NOT_INSPECTED', 0, 'flange', 3, 0.4,"
    " 0.6, 'f.onnx', 'aa', 'cpu', 'simulated', NULL, NULL, NULL, '[]', NULL, NULL, 'camera_lost',"
    " '[[\"source\",\"x\"]]', '', '', NULL, NULL, NULL)",
    "INSERT INTO decisions VALUES (1, 2, 'reject', 1790000009000, 'Jörg', 'dent', '', NULL)",
    "INSERT INTO decisions VALUES (2, 2, 'undo', 1790000010000, 'Jörg', NULL, '', 1)",
    "INSERT INTO dispositions VALUES (1, 2, 'reject', 1790000010000)",
    "INSERT INTO recipes (id, name, version, body, at_ms) VALUES (1, 'flange', 3,"
    ' \'{"name": "flange", "model": "f.onnx"}\', 5)',
    "INSERT INTO models VALUES (1, 'aa', 'flange', '{}', 'f.onnx', 5)",
)
_ADDED = {
    "0002": (
        "INSERT INTO removals VALUES (1, 1790000009000, 'retention')",
        "INSERT INTO keeps VALUES (1, 2, 'golden', 1790000009000, 'Li')",
        "INSERT INTO audit VALUES (1, 1790000000000, '', 'started', NULL, NULL, NULL)",
    ),
    "0004": (
        "INSERT INTO samples VALUES"
        " (1, 'aa', 'flange', 'samples/a.png', 'aa', 1, '', '', 'record', 2, 1, 'Li')",
        "INSERT INTO labels VALUES (1, 1, 'dent', 1, 'Li')",
        "INSERT INTO classes VALUES (1, 'flange', 'dent', 0, 1, 'Li')",
        "INSERT INTO snapshots VALUES (1, 'flange', 'bb', 'snapshots/bb.json', 1, 1, 'Li')",
        "INSERT INTO snapshot_members VALUES (1, 1, 'dent', 1)",
        "INSERT INTO revisions VALUES (1, 'flange', 1, 'cc', 'models/cc.onnx', NULL, 'bb',"
        " 'linear', '{}', '{}', NULL, 1, 'Li')",
        "INSERT INTO revision_states VALUES (1, 1, 'candidate', '', 1, 'Li')",
        "INSERT INTO evaluations VALUES (1, 1, 1, 'Li', '{}')",
        "INSERT INTO second_looks VALUES (1, 1, 'cc', 'dent', 0.5, 'REVIEW', 3.5)",
    ),
    "0005": (
        "INSERT INTO series VALUES (1, 'oven', '°C', 'modbus plc:502')",
        "INSERT INTO process_values VALUES (1, 1, 5, 1, 180.5)",
    ),
    "0007": ("INSERT INTO notes VALUES (1, 'service', 'spindle', 5, 'Li', '{}')",),
}


def make_records(folder: Path, revision: str) -> Path:
    """A database as the program of that form made it, with a row in each of its tables."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DATABASE_NAME
    engine = write_engine(path)
    with engine.begin() as connection:
        migrations.bring_forward(connection, path, to=revision)
        connection.exec_driver_sql("PRAGMA user_version = 0")  # those programs did not say
        for statement in _FIRST:
            connection.exec_driver_sql(statement)
        for added, statements in _ADDED.items():
            for statement in statements if added <= revision else ():
                connection.exec_driver_sql(statement)
    engine.dispose()
    return path


def rows(path: Path, like: Rows | None = None) -> Rows:
    """Every row of every table; like: only the tables and columns that are there."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        if like is None:
            names = (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
            )
            tables = {name: "*" for (name,) in database.execute(names)}
        else:
            tables = {name: ", ".join(found[0]) for name, found in like.items()}
        found = {}
        for name, columns in tables.items():
            cursor = database.execute(f"SELECT {columns} FROM {name}")
            found[name] = [tuple(one[0] for one in cursor.description), *sorted(cursor, key=repr)]
        return found


def form(path: Path) -> str:
    """The revision of a database."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def digest(path: Path) -> str:
    """Of the bytes of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def newer_program(place: Path, body: str, put: Callable[[object, str, object], object]) -> None:
    """From now on this is a newer program, whose migration does that; `put` sets an attribute."""
    scripts = place / "scripts"
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(migrations.SCRIPTS, scripts, ignore=unwanted, dirs_exist_ok=True)
    head = f'revision = "{NEXT}"\ndown_revision = "{REVISIONS[-1]}"\n'
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    run = "from alembic import op\n\n\ndef upgrade():\n    run = op.get_bind().exec_driver_sql\n"
    (scripts / "versions" / "r9000_next.py").write_text(f"{head}{run}{lines}", "utf-8")
    put(migrations, "SCRIPTS", scripts)
    put(migrations, "__version__", "7.8.9")
    for module in (migrations, before_upgrade, former):
        put(module, "REVISIONS", (*REVISIONS, NEXT))


def main() -> None:
    """A process that is a newer program: `python olden.py PLACE BODY then what it does`."""
    place, body, what = sys.argv[1:]
    newer_program(Path(place), body, setattr)
    exec(what, {"place": Path(place)})


if __name__ == "__main__":
    main()
