"""The window: the bar, the pages, the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from station.gui import chips
from station.gui.actions import Action, bind
from station.gui.product import ProductView
from station.gui.texts import install
from station.gui.theme import DARK, LIGHT, Theme, apply_theme, dress, scaled
from station.gui.widgets.alarm_bar import AlarmBar
from station.gui.widgets.coming import Coming
from station.gui.widgets.top_bar import TopBar
from station.gui.window_calls import HELP, Pages, WindowCalls
from station.pipeline.events import Event, StateChanged


class MainWindow(QMainWindow):
    """`pages` are (name, page) in the order of their tabs; a name is asked for in each language.

    A page may be None: `put_page` brings it, and `filled` is for whoever waits for the last one.
    pedal: a key that inspects.  `keys` says what each key does.
    """

    filled = Signal()

    def __init__(
        self, pages: Pages, calls: WindowCalls, theme: str = "dark", pedal: str = ""
    ) -> None:
        super().__init__()
        self._calls = calls
        self._names = [name for name, _ in pages]
        self.pages = [page or Coming() for _, page in pages]
        self._product: ProductView | None = None
        self._state: StateChanged | None = None
        self._theme = LIGHT if theme == "light" else DARK
        self.bar = TopBar(chips.NAMES)
        self.alarm = AlarmBar()
        self.stack = QStackedWidget()
        for index, page in enumerate(self.pages):
            (self.bar.add_help if index == HELP else self.bar.add_tab)()
            self.stack.addWidget(page)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.alarm)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(body)
        self.setWindowTitle("Station")
        self.setMinimumSize(1024, 720)
        self.bar.page_chosen.connect(self.show_page)
        self.bar.language_chosen.connect(self.speak)
        self.bar.theme_toggled.connect(self.toggle_theme)
        self.keys = bind(self, self._do, pedal)
        self._second = QTimer(self)
        self._second.timeout.connect(self.refresh)
        self._second.start(1000)
        self.retranslate()
        self.resize(1600, 900)
        self._open(0)

    # ── pages ───────────────────────────────────────────────────────────────────────────────

    @property
    def page(self) -> QWidget:
        """The page in sight."""
        page = self.stack.currentWidget()
        assert page is not None
        return page

    def show_page(self, index: int) -> None:
        """Bring a page into sight."""
        if index != self.stack.currentIndex() and index < len(self.pages):
            _call(self.page, "closed")
            self._open(index)

    def put_page(self, index: int, page: QWidget) -> None:
        """A page that was not there yet takes its place, and hears how things stand."""
        before, self.pages[index] = self.pages[index], page
        is_seen = before is self.page
        self.stack.insertWidget(index, page)
        dress(page, self.theme)
        if self._product is not None:
            _call(page, "set_product", self._product)
        if self._state is not None:
            _call(page, "show_event", self._state)
        if is_seen:
            self._open(index)
        self.stack.removeWidget(before)
        before.deleteLater()

    def _open(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.bar.tabs[index].setChecked(True)
        _call(self.page, "opened")

    @Slot(object)
    def show_event(self, event: Event) -> None:
        """Pass on what the line tells, to every page."""
        if isinstance(event, StateChanged):
            self._state = event
        for page in self.pages:
            _call(page, "show_event", event)
        if isinstance(event, StateChanged):
            self.refresh()
        else:
            self.show_waiting()

    def set_product(self, product: ProductView) -> None:
        """Tell every page which product is inspected."""
        self._product = product
        for page in self.pages:
            _call(page, "set_product", product)

    def refresh(self) -> None:
        """Bring chips and badge up to date."""
        chips.show(
            self.bar.chips,
            self._calls.status(),
            self._calls.disk(),
            self._calls.operator(),
        )
        self.show_waiting()

    def show_waiting(self) -> None:
        """Bring the badge up to date."""
        if len(self.bar.tabs) > 1:
            self.bar.tabs[1].set_count(self._calls.waiting())

    # ── keyboard ────────────────────────────────────────────────────────────────────────────

    def _do(self, action: Action) -> None:
        arguments = () if action.argument is None else (action.argument,)
        _call(self if action.window else self.page, action.slot, *arguments)

    def scan(self, code: str) -> None:
        """A scanner read a code: for the page in sight, or else for the next part."""
        _call(self.page if hasattr(self.page, "scanned") else self.pages[0], "scanned", code)

    def toggle_full_screen(self) -> None:
        """All of the screen, or a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # ── language and theme ──────────────────────────────────────────────────────────────────

    def next_language(self) -> None:
        """Go on to the next language."""
        self.bar.next_language()

    def speak(self, language: str) -> None:
        """Speak that language from now on, and remember it."""
        install(language)
        self._calls.save({"language": language})

    def toggle_theme(self) -> None:
        """From dark to light and back, and remember it."""
        self._theme = DARK if self._theme.name == LIGHT.name else LIGHT
        self._dress()
        self._calls.save({"theme": self._theme.name})

    def retranslate(self) -> None:
        """Write all words anew."""
        self.bar.retranslate()
        for tab, name in zip(self.bar.tabs, self._names, strict=True):
            tab.set_words(name())
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """The language may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    @property
    def theme(self) -> Theme:
        """What the window wears, in its present size."""
        return scaled(self._theme, self.size())

    def _dress(self) -> None:
        apply_theme(self, self.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All sizes follow the window."""
        super().resizeEvent(event)
        self._dress()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the page in sight go quiet; the line is stopped by whoever started it."""
        self._second.stop()
        _call(self.page, "closed")
        super().closeEvent(event)


def _call(target: QObject, name: str, *arguments: object) -> None:
    """Call what a page offers under that name; a page without it has no use for the call."""
    found = getattr(target, name, None)
    if callable(found):
        found(*arguments)
