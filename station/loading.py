"""What a window loads when it is drawn already, and in which thread: it goes on meanwhile.

Whatever has to do with Qt is loaded in the window's own thread, a module at a time: PySide makes
its classes when they are first asked for, and two threads that ask at once can end the process.
All else takes longer, and is loaded beside it.
"""

from collections.abc import Iterator
from importlib import import_module
from threading import Thread

LINE_BESIDE = ("cv2", "station.pipeline.remote")
LINE_HERE = ("station.gui.pictures",)  # before the live picture's own thread asks for it
"""For the line and its pictures."""

PAGES_BESIDE = (
    "psutil",
    "station.settings",
    "station.store.queries",
    "station.store.export",
    "station.plan",
    "station.teach.doubts",
    "station.training.registry",
    "station.overview.health",
    "station.overview.advice",
    "station.overview.study",
    "station.gui.pages.line_handover_room",
    "station.about",
)
PAGES_HERE = (
    "station.present",
    "station.gui.pages.review",
    "station.gui.pages.history_part",
    "station.gui.pages.history",
    "station.gui.unlock",
    "station.gui.thumbs",
    "station.gui.pages.teach_wall",
    "station.gui.pages.teach_lesson",
    "station.gui.pages.teach_new",
    "station.gui.pages.teach",
    "station.gui.pages.line_charts",
    "station.gui.pages.line_figures",
    "station.gui.pages.line_advice",
    "station.gui.pages.line",
    "station.gui.pages.setup_camera",
    "station.gui.pages.setup_machine",
    "station.gui.pages.setup",
    "station.gui.pages.help",
    "station.gui.paper",
    "station.gui.shift_report",
    "station.overview.room",
    "station.setup.room",
    "station.teach.room",
    "station.pages",
)
"""For the records and the other pages."""


def load_line() -> Iterator[None]:
    """What a line needs; yields while it comes."""
    yield from load_beside(*LINE_BESIDE)
    yield from load_here(*LINE_HERE)


def load_pages() -> Iterator[None]:
    """What the pages need; yields while it comes."""
    yield from load_beside(*PAGES_BESIDE)
    yield from load_here(*PAGES_HERE)


def preload() -> None:
    """Load all that a window needs, so that a spare process takes over in a moment."""
    for name in (*LINE_BESIDE, *LINE_HERE, *PAGES_BESIDE, *PAGES_HERE):
        import_module(name)


def load_here(*modules: str) -> Iterator[None]:
    """Load them in this thread, and yield after each."""
    for name in modules:
        import_module(name)
        yield


def load_beside(*modules: str) -> Iterator[None]:
    """Load them in another thread, and yield until they are there.

    What fails there fails again where it is needed, and is told there.
    """
    for name in modules:
        thread = Thread(target=import_module, args=(name,), name=f"load-{name}")
        thread.start()
        while thread.is_alive():
            yield
