"""What the Line page may ask for; built by station/overview/."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.gui.pages.line_advice_room import AdviceRoom
from station.gui.pages.line_handover_room import HandoverRoom
from station.gui.pages.line_study_room import StudyRoom
from station.gui.tasks import Tasks
from station.insight.agreement import Kappa
from station.insight.health_tile import HealthTile
from station.insight.overview import Seen
from station.store.history import Facets, Filter


@dataclass(frozen=True, slots=True)
class Studied:
    """What the newest study of agreement found among persons."""

    kappa: Kappa
    persons: int
    parts: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands on the page beside the figures of the parts."""

    facets: Facets
    machines: tuple[HealthTile, ...]
    studied: Studied | None


@dataclass(frozen=True, slots=True)
class LineRoom:
    """All may block but `stem` and `show_parts`.

    see(wanted, before): the figures of those parts; before: what it gave for the same last, then
    only what is new is read.  beside(): the rest.  serviced(machine, worn): somebody serviced
    it; worn: it was worn out or had failed.  report(wanted, target): write a report of them, as
    the target's ending says; stem: its name.  show_parts(wanted): bring them up as a list.
    """

    see: Callable[[Filter, Seen | None], Seen]
    beside: Callable[[], Beside]
    serviced: Callable[[str, bool], None]
    report: Callable[[Filter, Path], None]
    stem: Callable[[Filter], str]
    show_parts: Callable[[Filter], None]
    advice: AdviceRoom
    study: StudyRoom
    handover: HandoverRoom


@dataclass(frozen=True, slots=True)
class Workers:
    """Threads of the page's own: the figures; advice; studies; files and short orders."""

    figures: Tasks
    advice: Tasks
    studies: Tasks
    files: Tasks
