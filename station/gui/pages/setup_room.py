"""What the Setup page may ask for, and the few words in which it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from station.cameras.features import Feature, Found, Setting
from station.domain.part import Frame
from station.domain.recipe import Recipe
from station.errors import Fault
from station.gui.tasks import Tasks
from station.machine.base import Signal, Value
from station.pipeline.events import LineState
from station.settings import CameraSettings, MachineSettings


@dataclass(frozen=True, slots=True)
class Search:
    """Which cameras are there, and why a driver could not look for its own."""

    found: tuple[Found, ...] = ()
    missing: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """How the line stands after its settings were changed.

    fault: what keeps it from inspecting. camera: what it looks through now. ignored: the line was
    started with a camera of its own, and what the settings say does not count.
    """

    state: LineState
    fault: Fault | None = None
    camera: str = ""
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class CameraRoom:
    """The camera. All may block, `search` for many seconds; `live` belongs to one thread.

    chosen(): what the settings say.  use(settings): save them, have the line change over and wait
    for how it stands then.  live(timeout): the newest picture.  keep(features): have them set
    whenever the camera is opened.
    """

    search: Callable[[], Search]
    chosen: Callable[[], CameraSettings]
    use: Callable[[CameraSettings], Change]
    live: Callable[[float], Frame | None]
    features: Callable[[], tuple[Feature, ...]]
    adjust: Callable[[str, Setting], Feature]
    keep: Callable[[Mapping[str, Setting]], CameraSettings]


@dataclass(frozen=True, slots=True)
class MachineRoom:
    """The machine. All may block; `signals` for a moment.

    use(settings): as that of the camera.  test(is_on), press(output, value): see machine/base.py.
    """

    chosen: Callable[[], MachineSettings]
    use: Callable[[MachineSettings], Change]
    signals: Callable[[], tuple[Signal, ...]]
    test: Callable[[bool], None]
    press: Callable[[str, Value], None]


@dataclass(frozen=True, slots=True)
class PlcPart:
    """A part as the simulated PLC saw it. said: what was answered; passed: what became of it.

    busy_ms, valid_ms: from its trigger; None: never. steps: at which ms which signals were high.
    """

    serial: str
    said: str
    passed: bool
    busy_ms: float | None
    valid_ms: float | None
    steps: tuple[tuple[float, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class PlcView:
    """How the simulated PLC stands: its last parts, and why it ended by itself."""

    running: bool
    parts: tuple[PlcPart, ...] = ()
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class PlcRoom:
    """A simulated PLC as a process of its own. All but `look` may block.

    begin(): start it on a free port of this computer, and have the line serve it.  end(): stop it
    and take the machine back that was served before; None where it was not in use.
    """

    begin: Callable[[], Change]
    end: Callable[[], Change | None]
    look: Callable[[], PlcView]


@dataclass(frozen=True, slots=True)
class SetupRoom:
    """All of it.

    save(recipe): judge by that recipe from the next part on; Adopted or Refused follows as an
    event.
    """

    camera: CameraRoom
    machine: MachineRoom
    plc: PlcRoom
    save: Callable[[Recipe], None]


@dataclass(frozen=True, slots=True)
class Workers:
    """Threads of the page's own: orders, which may take a minute; looks; the search; the PIN."""

    orders: Tasks
    looks: Tasks
    search: Tasks
    access: Tasks
