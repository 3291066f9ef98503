"""The migrations, the tables in code, and the triggers say the same."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from station.domain.inspection import DecisionKind, Disposition
from station.domain.recipe import Recipe
from station.errors import ErrorCode, Fault
from station.store import migrations
from station.store.schema import DATABASE_NAME, REVISIONS, counted, current, metadata

GROWING = [
    "inspections",
    "decisions",
    "dispositions",
    "recipes",
    "models",
    "removals",
    "keeps",
    "audit",
    "samples",
    "labels",
    "classes",
    "snapshots",
    "snapshot_members",
    "revisions",
    "revision_states",
    "evaluations",
    "second_looks",
    "series",
    "process_values",
    "notes",
]
REPEATING = ["hours", "sample_states"]
TAUGHT = (
    "INSERT INTO samples VALUES"
    " (1, 'aa', 'flange', 'samples/a.png', 'aa', 1, '', '', 'record', 1, 1, 'Li')",
    "INSERT INTO labels VALUES (1, 1, 'dent', 1, 'Li')",
    "INSERT INTO classes VALUES (1, 'flange', 'dent', 0, 1, 'Li')",
    "INSERT INTO snapshots VALUES (1, 'flange', 'bb', 'snapshots/bb.json', 1, 1, 'Li')",
    "INSERT INTO snapshot_members VALUES (1, 1, 'dent', 1)",
    "INSERT INTO revisions VALUES"
    " (1, 'flange', 1, 'cc', 'models/cc.onnx', NULL, 'bb', 'linear', '{}', '{}', NULL, 1, 'Li')",
    "INSERT INTO revision_states VALUES (1, 1, 'candidate', '', 1, 'Li')",
    "INSERT INTO evaluations VALUES (1, 1, 1, 'Li', '{}')",
    "INSERT INTO second_looks VALUES (1, 1, 'cc', 'dent', 0.5, 'REVIEW', 3.5)",
    "INSERT INTO series VALUES (1, 'oven', '°C', 'modbus plc:502')",
    "INSERT INTO process_values VALUES (1, 1, 5, 1, 180.5)",
    "INSERT INTO notes VALUES (1, 'service', 'spindle', 5, 'Li', '{}')",
)


@pytest.fixture
def filled(store, keep, says):
    """The plain sqlite3 connection to a store with a row in every table."""
    part = keep()
    store.decide(says(part, DecisionKind.ACCEPT))
    store.dispose(part.uid, Disposition.RELEASE, 1)
    store.save_recipe(Recipe("flange", "flange.onnx"))
    store.save_model("ab" * 32, "flange", "{}", "flange.onnx", 1)
    store.keep(part.uid, "golden", "Li")
    store.removed([part.uid], "retention")
    store.confirm(store.audit("banner", Fault(ErrorCode.LINE_LOST)), "Li")
    with store.transaction() as writing:
        for row in TAUGHT:
            writing.exec_driver_sql(row)
    connection = sqlite3.connect(store.folder / DATABASE_NAME)
    yield connection
    connection.close()


def test_the_known_revisions_are_those_in_the_package():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_the_tables_in_code_are_those_of_the_migrations(store):
    def tables_and_columns(thing, name, kind, reflected, other):
        return kind in ("table", "column") and name != "alembic_version"

    with store.reader.connection() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": tables_and_columns, "compare_type": True}
        )
        assert compare_metadata(context, metadata) == []
        for view in (current, counted):
            names = connection.exec_driver_sql(f"SELECT name FROM pragma_table_info('{view.name}')")
            assert [name for (name,) in names] == [column.name for column in view.columns]


def test_every_table_is_under_test(filled):
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
    assert sorted(name for (name,) in filled.execute(query)) == sorted([*GROWING, *REPEATING])
    assert sorted(metadata.tables) == sorted([*GROWING, *REPEATING])


@pytest.mark.parametrize("table", GROWING)
def test_no_row_is_ever_changed_removed_or_replaced(filled, table):
    before = filled.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    columns = [name for (name,) in filled.execute(f"SELECT name FROM pragma_table_info('{table}')")]
    statements = [f"UPDATE {table} SET {column} = {column}" for column in columns]
    statements += [f"DELETE FROM {table}", f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"]
    for statement in statements:
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} only grows"):
            filled.execute(statement)
    assert filled.execute(f"SELECT * FROM {table}").fetchall() == before


def test_a_replace_by_another_key_is_refused_too(filled):
    names = [n for (n,) in filled.execute("SELECT name FROM pragma_table_info('inspections')")]
    values = ", ".join("999" if name == "id" else name for name in names)
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        filled.execute(f"INSERT OR REPLACE INTO inspections SELECT {values} FROM inspections")


def test_a_record_without_picture_and_without_fault_cannot_be(filled):
    names = [n for (n,) in filled.execute("SELECT name FROM pragma_table_info('inspections')")]
    other = {
        "id": "NULL",
        "uid": "'x'",
        "image": "NULL",
        "image_sha256": "NULL",
        "image_bytes": "NULL",
    }
    values = ", ".join(other.get(name, name) for name in names)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        filled.execute(f"INSERT INTO inspections SELECT {values} FROM inspections")


def test_the_state_of_a_sample_repeats_what_was_said(filled):
    row = filled.execute("SELECT label, seen, test FROM sample_states").fetchone()
    assert row == ("dent", "good", 1)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT id FROM inspections WHERE at_ms >= 5", "inspections_at"),
        ("SELECT id FROM inspections WHERE serial = 'x'", "inspections_serial_at"),
        ("SELECT max(number) FROM inspections", "inspections_number"),
        (
            "SELECT id FROM inspections WHERE verdict <> 'OK' AND at_ms > 5",
            "inspections_not_ok_at",
        ),
        ("SELECT id FROM current WHERE waits = 1 ORDER BY at_ms", "inspections_waits_at"),
        ("SELECT decision FROM current WHERE waits = 1", "decisions_inspection"),
        ("SELECT decision FROM current WHERE waits = 1", "decisions_undoes"),
        ("SELECT inspection FROM removals WHERE at_ms > 1", "removals_at"),
        ("SELECT id FROM audit WHERE action = 'banner' ORDER BY id", "audit_banners"),
        ("SELECT id FROM audit WHERE confirms = 1", "audit_confirms"),
        ("SELECT id FROM audit WHERE code IN ('x', 'y')", "audit_code"),
        ("SELECT disposition FROM current WHERE id = 1", "dispositions_inspection"),
        ("SELECT id FROM samples WHERE inspection = 1", "samples_inspection"),
        ("SELECT max(id) FROM labels WHERE sample = 1", "labels_sample"),
        ("SELECT name FROM classes WHERE product = 'x' ORDER BY id", "classes_product"),
        ("SELECT path FROM snapshots WHERE product = 'x' ORDER BY id", "snapshots_product"),
        ("SELECT label FROM snapshot_members WHERE sample = 1", "snapshot_members_sample"),
        ("SELECT max(id) FROM revision_states WHERE revision = 1", "revision_states_revision"),
        ("SELECT max(id) FROM evaluations WHERE revision = 1", "evaluations_revision"),
        ("SELECT id FROM second_looks WHERE model_sha256 = 'x'", "second_looks_model"),
        (
            "SELECT sample FROM sample_states WHERE product = 'x' ORDER BY sample DESC",
            "sample_states_all",
        ),
        (
            "SELECT sample FROM sample_states WHERE product = 'x' AND label = 'y' ORDER BY sample",
            "sample_states_label",
        ),
        (
            "SELECT label, seen, test, count(*) FROM sample_states WHERE product = 'x'"
            " GROUP BY label, seen, test",
            "sample_states_count",
        ),
        (
            "SELECT sample FROM sample_states WHERE product = 'x' AND seen <> '' AND label <> ''"
            " AND seen <> label ORDER BY sample",
            "sample_states_overruled",
        ),
        (
            "SELECT value FROM process_values WHERE series = 1 AND at_ms >= 5 ORDER BY at_ms, id",
            "process_values_series",
        ),
        ("SELECT value FROM process_values WHERE inspection = 1", "process_values_inspection"),
        (
            "SELECT id FROM notes WHERE kind = 'service' AND subject = 'x' AND at_ms >= 5",
            "notes_kind",
        ),
        (
            "SELECT sample FROM sample_states WHERE product = 'x' AND test = 1 ORDER BY sample",
            "sample_states_test",
        ),
    ],
)
def test_each_index_serves_its_query(filled, query, index):
    plan = " ".join(row[3] for row in filled.execute(f"EXPLAIN QUERY PLAN {query}"))
    assert index in plan
