"""The operator's screen in each language, told what the real program told."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from station.errors import Fault
from station.gui.fault_texts import SENTENCES
from station.gui.pages.inspect import InspectCalls, InspectPage
from station.gui.texts import LANGUAGES, fault_text, install
from station.pipeline.events import Event, Inspected
from tests.faults.rig import fault_of


class Screen:
    """A real Inspect page; `speak` has its retranslation happen at once."""

    def __init__(self, add: Callable[[QWidget], None]) -> None:
        nothing = InspectCalls(*(lambda *_: None for _ in range(6)))
        self._page = InspectPage(nothing)
        add(self._page)

    def shows(self, event: Event) -> None:
        """Its fault stands there in every language."""
        fault = fault_of(event)
        assert fault is not None
        for language, words in says_in_each_language(fault).items():
            install(language)
            QTest.mouseClick(self._page.notice, Qt.MouseButton.LeftButton)  # the news before
            self._page.show_event(event)
            assert self._words(event) == words
        install("en")

    def _words(self, event: Event) -> str:
        if isinstance(event, Inspected):
            shown = self._page.banner.shown
            assert shown is not None
            return shown.detail
        return self._page.notice.words


def says_in_each_language(fault: Fault) -> dict[str, str]:
    """Its sentence by language, each in words of its own and with no fact missing."""
    said = {}
    for language in LANGUAGES:
        install(language)
        said[language] = fault_text(fault)
        assert "…" not in said[language], f"a fact is missing: {fault}"
    install("en")
    assert len(set(said.values())) == len(LANGUAGES), said
    assert said["en"] == SENTENCES[fault.code].format(**dict(fault.facts))
    return said
