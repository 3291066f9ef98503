"""The window as it is first drawn: its bar, the page to inspect at, and places for the others.

What it needs is loaded in a fraction of a second; `pages` brings the rest.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from station.face import Face
from station.gui.hands import Hands, make_hands
from station.gui.main_window import MainWindow
from station.gui.pages.inspect import InspectCalls, InspectPage
from station.gui.texts import translate
from station.gui.window_calls import Pages, WindowCalls
from station.pipeline.events import Event, StateChanged, Warned
from station.reach import Reach


@dataclass(frozen=True, slots=True)
class Front:
    """The window, its first page, its workers, and its way to the line and the records."""

    window: MainWindow
    inspect: InspectPage
    hands: Hands
    reach: Reach


@contextmanager
def open_front(face: Face, data: Path, post: Callable[[Event], None]) -> Iterator[Front]:
    """The window, not yet shown; its workers end with it.  post: hears what nobody else handles."""
    hands = make_hands(lambda fault: post(Warned(fault)))
    reach = Reach(post, hands.tasks)
    asked = InspectCalls(
        reach.trigger, reach.decide, reach.undo, reach.still, reach.live, reach.expect, awaits=True
    )
    inspect = InspectPage(asked)

    def save(values: dict[str, str]) -> None:
        hands.tasks.run(lambda: _remember(data, values), lambda _: None)

    operator = face.operator
    calls = WindowCalls(reach.status, reach.room, lambda: operator, lambda: reach.waiting(), save)
    window = MainWindow(_pages(inspect), calls, face.theme, face.pedal)
    window.show_event(StateChanged(reach.status().state))
    try:
        yield Front(window, inspect, hands, reach)
    finally:
        hands.close()


def _pages(inspect: InspectPage) -> Pages:
    return (
        (lambda: translate("Window", "Inspect"), inspect),
        (lambda: translate("Window", "Review"), None),
        (lambda: translate("Window", "History"), None),
        (lambda: translate("Window", "Teach"), None),
        (lambda: translate("Window", "Line"), None),
        (lambda: translate("Window", "Setup"), None),
        (lambda: translate("Window", "Help"), None),
    )


def _remember(data: Path, values: dict[str, str]) -> None:
    from station.opening import remember  # with the settings and their rules

    remember(data, values)
