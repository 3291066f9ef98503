"""What the Help page may ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.gui.tasks import Tasks
from station.notices.shipped import Shipped
from station.pipeline.events import LineStatus


@dataclass(frozen=True, slots=True)
class HelpRoom:
    """status(): how the line stands.

    read(): what is installed, by name (see `about.facts`), and the works of others in it; blocks.
    titles(language), manual(name, language): the pages of the manual by name, and one of them in
    Markdown; both block.
    provider: what the settings ask to run models with.  data: the station's data folder.
    """

    status: Callable[[], LineStatus]
    read: Callable[[], tuple[dict[str, str], Shipped]]
    titles: Callable[[str], dict[str, str]]
    manual: Callable[[str, str], str]
    provider: str
    data: Path
    tasks: Tasks
