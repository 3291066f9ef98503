"""What the window needs of its pages and of the station."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from station.gui import chips
from station.pipeline.events import Event, LineStatus

Pages = tuple[tuple[Callable[[], str], QWidget | None], ...]

HELP = 6
"""The place of the Help page: its tab is the clock, which is always there."""


@dataclass(frozen=True, slots=True)
class WindowCalls:
    """What the window may ask for.

    status(): how the line stands.  disk(): the room for records, as last measured; None: not yet.
    operator(): who works here.  waiting(): how many parts wait for review.
    save(values): remember `language` or `theme`, as chosen.
    """

    status: Callable[[], LineStatus]
    disk: Callable[[], chips.Disk | None]
    operator: Callable[[], str]
    waiting: Callable[[], int]
    save: Callable[[dict[str, str]], None]


class Page(Protocol):
    """What the window needs of a page; slots of the keyboard are looked up by name."""

    def opened(self) -> None:
        """It came into sight."""

    def closed(self) -> None:
        """It went out of sight."""

    def show_event(self, event: Event) -> None:
        """Take in what the line tells."""
