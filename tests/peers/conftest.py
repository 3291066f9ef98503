"""A plant with real servers: a PostgreSQL database of its own for each test, and an S3 bucket."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.plant.database import PlantDatabase
from station.plant.pictures import Pictures, pictures_at
from station.plant.place import Place
from tests.peers import servers
from tests.peers.copying import NAME, fill
from tests.peers.mosquitto import Broker, Listener
from tests.peers.mqtt_side import Side
from tests.peers.servers import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with servers.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[Server]:
    with servers.s3() as server:
        yield server


@pytest.fixture(autouse=True)
def secrets_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATION_PLANT_PASSWORD", servers.PASSWORD)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_REGION", "us-east-1")


@pytest.fixture
def database(postgres: Server) -> str:
    """The name of an empty database."""
    psycopg = pytest.importorskip("psycopg", reason='pip install "station[postgres]"')
    name = f"plant_{secrets.token_hex(4)}"
    link = {"host": str(postgres.sockets), "port": postgres.port, "user": "station"}
    with psycopg.connect(**link, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return name


@pytest.fixture
def plant_url(postgres: Server, database: str) -> str:
    return f"postgresql://station@127.0.0.1:{postgres.port}/{database}"


@pytest.fixture
def pictures_url() -> str:
    """A place in the bucket that nobody else has."""
    return f"s3://parts/{secrets.token_hex(4)}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def place(plant_url: str, pictures_url: str, s3) -> Place:
    endpoint = f"http://127.0.0.1:{s3.port}"
    return Place(NAME, plant_url, pictures_url, endpoint, "us-east-1")


@pytest.fixture
def pictures(place: Place) -> Pictures:
    found = pictures_at(place.pictures, place.endpoint, place.region)
    found.open()
    return found


@pytest.fixture
def plant(place: Place) -> Iterator[PlantDatabase]:
    with PlantDatabase(place.database) as opened:
        yield opened


@pytest.fixture
def filled(data: Path) -> Path:
    fill(data, 1, 30)
    return data


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as broker:
        yield broker


@pytest.fixture
def ear(broker: Broker) -> Iterator[Listener]:
    with Listener(broker, "#") as ear:
        yield ear


@pytest.fixture
def sides() -> Iterator[list[Side]]:
    """To be closed in the end, whatever happens."""
    opened: list[Side] = []
    yield opened
    for side in opened:
        side.machine.close()
