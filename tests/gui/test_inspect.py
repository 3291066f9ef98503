"""The Inspect page in the hands of an operator."""

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from station.cameras.flange import draw_part
from station.domain.counts import Counts
from station.domain.inspection import Decision, DecisionKind, Inspection, Still, Verdict
from station.domain.part import Frame, TriggerSource
from station.domain.recipe import Recipe, Roi
from station.errors import ErrorCode, Fault
from station.gui.fonts import load_fonts
from station.gui.pages import inspect as page_module
from station.gui.pages.inspect import InspectCalls, InspectPage
from station.gui.part_words import percent
from station.gui.product import ProductView
from station.gui.texts import LANGUAGES, install, translate
from station.gui.theme import DARK, LIGHT, apply_theme, mm, scaled
from station.gui.widgets.choice_dialog import ChoiceDialog
from station.gui.widgets.judged_view import View
from station.gui.widgets.touch_key import TouchKey
from station.pipeline.events import (
    Decided,
    Inspected,
    LineState,
    Refused,
    StateChanged,
    Warned,
)
from tests.gui import parts
from tests.gui.parts import DEFECTS
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

ROI = Roi(128, 0, 1024, 1024)
GONE = Fault(ErrorCode.CAMERA_LOST, (("source", "simulated"),))


class Desk:
    """Everything around the page: what it called, the pictures, the clock."""

    def __init__(self) -> None:
        self.triggers: list[TriggerSource] = []
        self.expected: list[str] = []
        self.decisions: list[tuple[str, DecisionKind, str | None, str]] = []
        self.undone: list[str] = []
        self.pixels, _ = draw_part(7, 1)
        self.heat = np.zeros((32, 32), np.uint8)
        self.heat[8:14, 18:26] = 255
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def calls(self) -> InspectCalls:
        return InspectCalls(
            trigger=self.triggers.append,
            decide=lambda *words: self.decisions.append(words),
            undo=self.undone.append,
            still=lambda uid: Still(uid, self.pixels, self.heat, ROI),
            live=self._live,
            expect=self.expected.append,
        )

    def _live(self, timeout: float) -> Frame:
        time.sleep(0.01)
        return Frame(self.pixels, 1, time.monotonic_ns())


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    load_fonts()
    install("en")
    yield
    install("en")


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(page_module, "time", desk)
    return desk


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[InspectPage]:
    page = InspectPage(desk.calls())
    qtbot.addWidget(page)
    page.resize(1920, 1008)
    apply_theme(page, DARK)
    recipe = Recipe("flange", "m.onnx", roi=ROI, review_limit=0.35)
    page.set_product(ProductView(recipe, "Flange 120", "26-1121-B", DEFECTS, desk.pixels))
    page.resume(Counts(ok=10, ng=2, review=1), ())
    page.show()
    qtbot.waitExposed(page)
    yield page
    page.closed()


def seen(
    number: int, verdict: Verdict = Verdict.OK, score: float = 0.02, label: str = "good"
) -> Inspection:
    return replace(parts.seen(number, verdict, score, label), roi=ROI)


def spoiled(number: int) -> Inspection:
    return replace(parts.spoiled(number), roi=ROI, fault=GONE)


def scratched(number: int) -> Inspection:
    return seen(number, Verdict.NG, 0.945, "scratch")


def arrive(page: InspectPage, desk: Desk, inspection: Inspection) -> None:
    """A part comes, and the operator has had the time to see it."""
    page.show_event(Inspected(inspection))
    desk.now += 1.0


def said(page: InspectPage, desk: Desk, kind: DecisionKind, label: str | None = None) -> None:
    uid = desk.undone[-1] if kind is DecisionKind.UNDO else desk.decisions[-1][0]
    page.show_event(Decided(Decision(uid, kind, 0, "", label)))


def numbers(page: InspectPage) -> Counts:
    return page._desk.counts


def test_a_bad_part_is_shown_in_word_label_and_figures(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, scratched(4871))
    shown = page.banner.shown
    assert shown is not None
    assert (shown.verdict, shown.word, shown.label) == (Verdict.NG, "NG", "Scratch")
    assert shown.detail == f"{percent(0.945)} · limit {percent(0.6)} · 38 ms"
    assert shown.detail.startswith("94")
    assert page.film.selected == "u4871"
    assert page.judged.view is View.HEAT
    assert page.defects.selected == "scratch"
    assert numbers(page) == Counts(ok=10, ng=3, review=1)


def test_a_good_part_is_shown_as_it_is(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, seen(1))
    assert page.judged.view is View.IMAGE
    assert page.defects.selected == ""
    assert page.banner.shown is not None
    assert f"limit {percent(0.35)}" in page.banner.shown.detail


def test_a_part_that_was_not_inspected_says_why(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, spoiled(1))
    shown = page.banner.shown
    assert shown is not None
    assert shown.word == "Not inspected"
    assert "simulated" in shown.detail
    assert numbers(page).not_inspected == 1


def test_a_verdict_that_was_replaced_changes_in_its_place(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, seen(1))
    arrive(page, desk, seen(2))
    arrive(page, desk, replace(spoiled(1), uid="u1"))
    assert [item.uid for item in page.film.shown] == ["u1", "u2"]
    assert page.film.shown[0].verdict is Verdict.NOT_INSPECTED
    assert page.film.selected == "u2"
    assert numbers(page) == Counts(ok=11, ng=2, review=1, not_inspected=1)


def test_accept_and_undo(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, scratched(1))
    assert not page.foot.undo.isEnabled()
    page.accept()
    assert desk.decisions == [("u1", DecisionKind.ACCEPT, None, "")]
    assert numbers(page).ok == 10  # not before it is recorded
    assert page.banner.shown is not None
    assert page.banner.shown.said == "Being recorded…"
    said(page, desk, DecisionKind.ACCEPT)
    assert numbers(page) == Counts(ok=11, ng=2, review=1)
    assert page.banner.shown.said == "Accepted by hand"
    assert page.film.shown[-1].said is DecisionKind.ACCEPT
    assert page.foot.undo.isEnabled()
    desk.now += 4.0
    page.undo()
    assert desk.undone == ["u1"]
    said(page, desk, DecisionKind.UNDO)
    assert numbers(page) == Counts(ok=10, ng=3, review=1)
    assert not page.foot.undo.isEnabled()


def test_undo_ends_after_five_seconds(page: InspectPage, desk: Desk, qtbot: QtBot) -> None:
    arrive(page, desk, scratched(1))
    page.accept()
    said(page, desk, DecisionKind.ACCEPT)
    desk.now += 5.1
    qtbot.waitUntil(lambda: not page.foot.undo.isEnabled(), timeout=1000)
    page.undo()
    assert desk.undone == []


def test_reject_names_the_kind_and_says_so_before(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, scratched(1))
    assert page.reject_key.accessibleDescription() == "confirm scratch"
    page.choose_defect(2)
    assert page.reject_key.accessibleDescription() == "reject as dent"
    page.choose_defect(9)
    page.reject()
    assert desk.decisions == [("u1", DecisionKind.REJECT, "dent", "")]
    said(page, desk, DecisionKind.REJECT, "dent")
    assert page.banner.shown is not None
    assert page.banner.shown.said == "Rejected by hand: Dent"


def test_a_good_part_may_be_rejected_without_a_kind(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, seen(1))
    assert page.reject_key.accessibleDescription() == "part is bad"
    page.reject()
    assert desk.decisions == [("u1", DecisionKind.REJECT, None, "")]


def test_a_bouncing_key_counts_once(page: InspectPage, desk: Desk, qtbot: QtBot) -> None:
    arrive(page, desk, scratched(1))
    qtbot.mouseClick(page.accept_key, Qt.MouseButton.LeftButton)
    desk.now += 0.2
    qtbot.mouseClick(page.reject_key, Qt.MouseButton.LeftButton)
    assert len(desk.decisions) == 1
    qtbot.mouseClick(page.foot.inspect, Qt.MouseButton.LeftButton)
    desk.now += 0.2
    page.inspect()
    desk.now += 0.2
    page.inspect()
    assert desk.triggers == [TriggerSource.BUTTON, TriggerSource.KEY]


def test_a_press_meant_for_the_part_before_is_not_taken(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, seen(1))
    page.show_event(Inspected(scratched(2)))
    desk.now += 0.1
    page.accept()
    assert desk.decisions == []
    assert "just come" in page.notice.words
    desk.now += 0.5
    page.accept()
    assert desk.decisions[0][0] == "u2"


def test_an_older_part_stays_while_the_operator_looks_at_it(
    page: InspectPage, desk: Desk, qtbot: QtBot
) -> None:
    arrive(page, desk, scratched(1))
    arrive(page, desk, seen(2))
    rect = page.film.rect_of("u1")
    assert rect is not None
    qtbot.mouseClick(page.film, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert page.defects.selected == "scratch"
    arrive(page, desk, seen(3))
    assert page.film.selected == "u1"
    page.accept()
    assert desk.decisions[0][0] == "u1"
    desk.now += 8.0
    arrive(page, desk, seen(4))
    assert page.film.selected == "u4"


def test_another_word_within_five_seconds_takes_the_first_back(
    page: InspectPage, desk: Desk
) -> None:
    arrive(page, desk, scratched(1))
    page.accept()
    said(page, desk, DecisionKind.ACCEPT)
    desk.now += 2.0
    page.accept()
    assert len(desk.decisions) == 1  # it stands already
    desk.now += 1.0
    page.reject()
    assert desk.undone == ["u1"]
    assert desk.decisions[1:] == [("u1", DecisionKind.REJECT, "scratch", "")]


def test_a_later_change_asks_for_the_reason(page: InspectPage, desk: Desk, qtbot: QtBot) -> None:
    arrive(page, desk, scratched(1))
    page.accept()
    said(page, desk, DecisionKind.ACCEPT)
    desk.now += 6.0
    page.reject()
    assert len(desk.decisions) == 1
    dialog = page.findChild(ChoiceDialog)
    assert dialog is not None
    keys = dialog.findChildren(TouchKey)
    assert len(keys) >= 6
    qtbot.mouseClick(keys[0], Qt.MouseButton.LeftButton)
    assert desk.decisions[1] == ("u1", DecisionKind.REJECT, "scratch", keys[0].text())


def test_what_the_line_refuses_is_said_and_stands_as_before(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, scratched(1))
    page.accept()
    page.show_event(Refused(Fault(ErrorCode.DECISION_NEEDS_REASON, (("number", "1"),))))
    assert page.notice.words
    assert page.banner.shown is not None
    assert page.banner.shown.said == ""
    assert numbers(page) == Counts(ok=10, ng=3, review=1)
    desk.now += 1.0
    page.accept()
    assert len(desk.decisions) == 2


def test_a_fault_is_written_over_the_live_view_until_it_is_over(
    page: InspectPage, desk: Desk
) -> None:
    page.show_event(StateChanged(LineState.READY))
    assert page.live._state.words == "LIVE"
    page.show_event(StateChanged(LineState.FAULT, GONE))
    assert (page.live._state.words, page.live._state.dot) == ("FAULT", "tag_ng")
    assert page.notice.isVisible()
    assert page.live.rect().contains(page.notice.geometry())
    page.show_event(Warned(Fault(ErrorCode.PROVIDER_FELL_BACK)))
    assert page.notice.words != ""
    page.notice._put_away()
    assert "simulated" in page.notice.words
    page.show_event(StateChanged(LineState.READY))
    assert not page.notice.isVisible()


def test_a_press_is_seen_before_anything_else_happens(page: InspectPage, desk: Desk) -> None:
    arrive(page, desk, scratched(1))

    class Watch(QObject):
        painted = 0

        def eventFilter(self, _: QObject, event: QEvent) -> bool:
            self.painted += event.type() == QEvent.Type.Paint
            return False

    watch = Watch()
    page.accept_key.installEventFilter(watch)
    page.foot.inspect.installEventFilter(watch)
    page.accept()
    assert watch.painted == 1
    page.inspect()
    assert watch.painted == 2


def test_a_scanned_serial_waits_on_the_key_for_its_part(page: InspectPage, desk: Desk) -> None:
    page.scanned("SN-0042")
    assert desk.expected == ["SN-0042"]
    assert page.foot.inspect.text() == "Inspect SN-0042"
    arrive(page, desk, seen(1))
    assert page.foot.inspect.text() == "Inspect SN-0042"
    named = seen(2)
    arrive(page, desk, replace(named, part=replace(named.part, serial="SN-0042")))
    assert page.foot.inspect.text() == "Inspect part"
    assert desk.expected == ["SN-0042"]


def test_a_scanned_serial_is_replaced_by_the_next_and_taken_back_by_escape(
    page: InspectPage, desk: Desk
) -> None:
    page.scanned("SN-1")
    page.scanned("SN-0002-of-a-very-long-name")
    assert page.foot.inspect.text() == "Inspect SN-0002-of-a-very-…"
    page.forget_scanned()
    page.forget_scanned()
    assert desk.expected == ["SN-1", "SN-0002-of-a-very-long-name", ""]
    assert page.foot.inspect.text() == "Inspect part"


def test_live_picture_still_and_film_come_by_themselves(
    page: InspectPage, desk: Desk, qtbot: QtBot
) -> None:
    page.opened()
    arrive(page, desk, scratched(1))
    qtbot.waitUntil(lambda: page.live.has_picture and "u1" in page.film._images, timeout=5000)
    still = page.judged._still
    qtbot.waitUntil(lambda: still.has_picture, timeout=5000)
    picture = still.grab().toImage()
    spot = picture.pixelColor(
        picture.width() // 2 + int((22 / 32 - 0.5) * picture.height()),
        int(11 / 32 * picture.height()),
    )
    assert spot.red() > spot.blue() + 60
    qtbot.mouseClick(page.judged._keys[View.GOLDEN], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: still.grab().toImage() != picture, timeout=5000)
    live = page.live.grab().toImage()
    assert live.pixelColor(live.width() // 2, live.height() // 6).lightness() > 60
    page.closed()


def test_a_missing_picture_is_not_that_of_another_part(
    page: InspectPage, desk: Desk, qtbot: QtBot
) -> None:
    page.opened()
    arrive(page, desk, scratched(1))
    qtbot.waitUntil(lambda: page.judged._still.has_picture, timeout=5000)
    desk.pixels, known = desk.pixels, page._calls
    page._calls = replace(known, still=lambda _: None)
    arrive(page, desk, spoiled(2))
    qtbot.waitUntil(lambda: not page.judged._still.has_picture, timeout=5000)


def test_the_curve_shows_the_pace(page: InspectPage, desk: Desk) -> None:
    for number in range(40):
        page.show_event(Inspected(seen(number)))
        desk.now += 3.0
    pace, course = page._desk.pace(desk.now)
    assert pace == pytest.approx(20, abs=1)
    assert len(course) == 8
    assert all(value == pytest.approx(20, abs=4) for value in course[1:])


# ── sizes, at every size of the window, in every language ───────────────────────────────────

WINDOWS = pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (3840, 2160)], ids=str)
BAR = 72 / 1080


def _window(qtbot: QtBot, page: InspectPage, size: tuple[int, int], light: bool = False) -> QWidget:
    """The page as it stands in the window: the top bar takes its share of the height."""
    page.resize(size[0], size[1] - max(76, round(size[1] * BAR)))
    apply_theme(page, scaled(LIGHT if light else DARK, QSize(*size)))
    qtbot.wait(1)
    return page


@WINDOWS
def test_keys_have_the_size_of_a_finger(
    qtbot: QtBot, page: InspectPage, desk: Desk, size: tuple[int, int]
) -> None:
    _window(qtbot, page, size)
    keys = [key for key in page.findChildren(TouchKey) if key.isVisible()]
    assert len(keys) >= 11
    for key in keys:
        assert key.width() >= mm(key, 20), key.text()
        assert key.height() >= mm(key, 20), key.text()
        assert page.rect().contains(key.rect().translated(key.mapTo(page, key.rect().topLeft()))), (
            key.text()
        )
    for key in (page.accept_key, page.reject_key):
        assert key.width() >= mm(key, 30)
        assert key.height() >= mm(key, 20)
    film = page.film.shown
    for item in film:
        rect = page.film.rect_of(item.uid)
        assert rect is not None
        assert rect.width() >= mm(page, 20)


@WINDOWS
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(
    qtbot: QtBot,
    page: InspectPage,
    desk: Desk,
    size: tuple[int, int],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(language)
    page.retranslate()
    _window(qtbot, page, size, light=language == "de")
    page.resume(Counts(ok=48_802, ng=1_366, review=103, not_inspected=2), ())
    for part in (seen(1), scratched(2), seen(3, Verdict.REVIEW, 0.48, "missing_hole"), spoiled(4)):
        arrive(page, desk, part)
    cut = watch_words(monkeypatch)
    for uid in ("u1", "u2", "u3", "u4"):
        page._pick(uid)
        page.choose_defect(4)
        page.grab()
    page._pick("u2")
    page.reject()
    said(page, desk, DecisionKind.REJECT, "missing_hole")
    page.show_event(StateChanged(LineState.FAULT, GONE))
    page.grab()
    assert cut == []


def test_a_new_language_is_spoken_at_once(page: InspectPage, desk: Desk, qtbot: QtBot) -> None:
    arrive(page, desk, scratched(1))
    install("de")
    qtbot.wait(10)
    assert page.accept_key.text() == translate("Inspect", "Accept")
    assert page.banner.shown is not None
    assert page.banner.shown.word == translate("Verdict", "NG")
    assert page.film.shown[-1].word == translate("Verdict", "NG")
    install("en")
    qtbot.wait(10)
    assert page.accept_key.text() == "Accept"
