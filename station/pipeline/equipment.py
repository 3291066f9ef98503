"""What a line is built from."""

from dataclasses import dataclass

from station.cameras.base import Camera
from station.cameras.presence import PresenceWatch
from station.domain.recipe import Recipe
from station.errors import Fault
from station.inference.engine import Engine
from station.machine.base import Machine
from station.machine.readings import Source
from station.store.store import Store


@dataclass(frozen=True, slots=True)
class Equipment:
    """The line opens and closes all but the store.

    doubt: why no part can be judged by it at all; see `Line.doubt`.
    """

    camera: Camera
    machine: Machine
    engine: Engine
    store: Store
    recipe: Recipe
    operator: str = ""
    lot: str = ""
    presence: PresenceWatch | None = None
    sources: tuple[Source, ...] = ()
    doubt: Fault | None = None
