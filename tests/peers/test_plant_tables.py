"""The plant's tables: made by the stations' own migrations, and they only grow."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from station.errors import StationError
from station.plant.database import PlantDatabase, metadata
from station.store.schema import current
from station.store.store import Store
from tests.peers.copying import copied


def test_the_tables_in_code_are_those_of_the_migrations(plant_url):
    def tables_and_columns(thing, name, kind, reflected, other):
        return kind in ("table", "column") and name != "alembic_version"

    with PlantDatabase(plant_url) as plant, plant.transaction() as connection:
        options = {"include_object": tables_and_columns, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        query = """SELECT column_name FROM information_schema.columns
            WHERE table_name = 'current' ORDER BY ordinal_position"""
        names = list(connection.execute(text(query)).scalars())
        assert sorted(names) == sorted(column.name for column in current.columns)


def test_stations_that_come_first_together_make_the_tables_once(plant_url):
    errors = []

    def come() -> None:
        try:
            with PlantDatabase(plant_url) as plant, plant.transaction() as connection:
                connection.execute(text("SELECT count(*) FROM inspections"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=come) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.parametrize("table", ["inspections", "decisions", "dispositions", "keeps", "audit"])
def test_no_row_at_the_plant_is_ever_changed(filled, place, plant, table):
    copied(filled, place)
    orders = (f"DELETE FROM {table}", f"UPDATE {table} SET at_ms = 0", f"TRUNCATE {table} CASCADE")
    for order in orders:
        with pytest.raises(StationError, match="only grows"), plant.transaction() as connection:
            connection.execute(text(order))


def test_on_a_station_the_plants_revision_adds_nothing(tmp_path):
    with Store(tmp_path / "data") as store, store.reader.connection() as connection:
        names = connection.exec_driver_sql("SELECT name FROM pragma_table_info('audit')").scalars()
        assert "origin" not in list(names)
