"""Desks that a test opens, closed when it ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, Protocol, TypeVar

from station.gui.fonts import load_fonts
from station.gui.texts import install


class Desk(Protocol):
    """A window or a page with a hand."""

    def close(self) -> None: ...


D = TypeVar("D", bound=Desk)
P = ParamSpec("P")


@contextmanager
def desks(make: Callable[P, D]) -> Iterator[Callable[P, D]]:
    """Gives `make`, in English and with the program's fonts; all that it made is closed."""
    load_fonts()
    install("en")
    opened: list[D] = []

    def open_one(*words: P.args, **named: P.kwargs) -> D:
        opened.append(make(*words, **named))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.close()
    install("en")
