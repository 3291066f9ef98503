"""The threads in which the window has its work done."""

from collections.abc import Callable
from dataclasses import dataclass

from station.errors import Fault
from station.gui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Hands:
    """The window's workers, a thread each.

    tasks: what the line and the other pages ask. teach, pictures, files, lessons: the Teach page's.
    setup, looks, search: the Setup page's.  figures, advice, studies, papers: the Line page's.
    help: the Help page's.
    access: for the administrator's PIN.
    """

    tasks: Tasks
    teach: Tasks
    exports: Tasks
    pictures: Tasks
    files: Tasks
    lessons: Tasks
    setup: Tasks
    looks: Tasks
    search: Tasks
    figures: Tasks
    advice: Tasks
    studies: Tasks
    papers: Tasks
    help: Tasks
    access: Tasks

    def close(self) -> None:
        """Let all of them end."""
        for one in (getattr(self, name) for name in self.__slots__):
            one.close()


def make_hands(on_error: Callable[[Fault], None]) -> Hands:
    """A thread each, which begins with its first work; on_error: see Tasks."""
    return Hands(*(Tasks(on_error) for _ in Hands.__slots__))
