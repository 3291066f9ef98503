"""A station that wrote something, and one copying of it."""

import random
import threading
from pathlib import Path

from station.plant.copier import Copier
from station.plant.place import Place
from station.plant.status import PlantStatus
from station.store.store import Store
from tests.peers.station_life import live

NAME = "press-1"


def fill(data: Path, seed: int, parts: int) -> None:
    with Store(data, NAME) as store:
        list(live(store, random.Random(seed), parts))


def copy(data: Path, place: Place) -> PlantStatus:
    return Copier(data, place).run(threading.Event(), until_done=True)


def copied(data: Path, place: Place) -> PlantStatus:
    status = copy(data, place)
    assert (status.error, status.rows_waiting) == (None, 0)
    return status
