"""The chosen part of the History page; and its sizes, at every size of the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt

from station.domain.inspection import Decision, DecisionKind, Disposition, Verdict, ViewResult
from station.domain.part import Part
from station.domain.process import ProcessValue
from station.domain.recipe import Roi
from station.errors import ErrorCode, Fault
from station.gui.pages.history_filter import Field, Span, Wish
from station.gui.product import ProductView
from station.gui.texts import LANGUAGES, fault_text, install, translate
from station.gui.theme import DARK, LIGHT, apply_theme, mm, scaled
from station.gui.widgets.judged_view import View
from station.gui.widgets.touch_key import TouchKey
from station.pipeline.events import Decided, Inspected, LineState, StateChanged
from station.store.store import Store
from tests.gui.history_desk import MINUTE, PIXELS, Desk, Open, numbered, over, put
from tests.gui.parts import GONE, RECIPE, seen, spoiled
from tests.gui.words import watch_words

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


# ── the chosen part ──────────────────────────────────────────────────────────────────────────


def test_the_whole_story_of_a_part_is_told(open_desk: Open, own: Store) -> None:
    part = put(own, numbered(5, label="missing_hole"))
    own.decide(Decision("u5", DecisionKind.ACCEPT, part.at_ms + 1000, "07"))
    own.decide(Decision("u5", DecisionKind.UNDO, part.at_ms + 2000, "07"))
    own.decide(Decision("u5", DecisionKind.REJECT, part.at_ms + 3000, "12", "dent"))
    own.dispose("u5", Disposition.REJECT, part.at_ms + 4000)
    own.keep("u5", "golden", "Weber <boss>")
    told = over(open_desk, own).shown()
    wanted = [
        "Verdict NG · Missing hole · 93 %",
        "Accepted (07) (taken back)",
        "Taken back (07)",
        "Rejected · Dent (12)",
        "The machine was told: sort out",
        "Picture kept for good: golden sample (Weber <boss>)",
        "flange v7",
        "review from 35 %, NG from 60 %",
        "CPUExecutionProvider",
        str(own.reader.entry("u5").image),
        str(own.reader.entry("u5").image_sha256),
    ]
    places = [told.find(words) for words in wanted]
    assert -1 not in places, told
    assert places[:7] == sorted(places[:7])


def test_process_values_are_shown_with_the_part_that_has_some(open_desk: Open, own: Store) -> None:
    read = (("oven <1>", 180.5, "°C"), ("tool", 7.0, ""), ("count", 12345678.0, "pcs"))
    values = tuple(
        ProcessValue(name, value, unit, "modbus plc:502", 1_790_000_000_000)
        for name, value, unit in (*read, ("p", 0.0123, "bar"), ("q", -1234.56, "N"))
    )
    put(own, replace(numbered(5), values=values))
    told = over(open_desk, own).shown()
    assert "Process values" in told
    for words in ("oven <1>", "180.5 °C", "tool 7", "12 345 678 pcs", "0.01230 bar", "1 235 N"):
        assert words in told, told


def test_every_view_of_a_part_is_shown_with_what_was_seen_in_it(
    open_desk: Open, own: Store
) -> None:
    looks = (
        ViewResult("flange", Roi(0, 0, 64, 64), Verdict.OK, "good", 0.02, 0.98, "ab" * 32),
        ViewResult("flange back", Roi(64, 0, 64, 64), Verdict.NG, "dent", 0.97, 0.97, "cd" * 32),
    )
    put(own, replace(numbered(5), views=looks))
    told = over(open_desk, own).shown()
    assert "Views" in told
    assert "flange back" in told
    assert "NG · Dent · 97" in told


def test_a_part_without_process_values_shows_no_heading_for_them(
    open_desk: Open, own: Store
) -> None:
    put(own, numbered(5))
    assert "Process values" not in over(open_desk, own).shown()


def test_a_word_that_is_said_now_is_told_at_once(open_desk: Open, own: Store) -> None:
    part = put(own, numbered(5))
    desk = over(open_desk, own)
    assert "Rejected" not in desk.shown()
    said = Decision("u5", DecisionKind.REJECT, part.at_ms + 3000, "12", "dent")
    own.decide(said)
    desk.page.show_event(Decided(said))
    desk.until(lambda: "Rejected · Dent (12)" in desk.page.story.toPlainText())


def test_image_heat_map_and_golden_are_three_pictures(open_desk: Open, own: Store) -> None:
    put(own, numbered(5))
    desk = over(open_desk, own)
    judged = desk.page.judged
    seen_now: set[bytes] = set()

    def grabbed() -> bytes:
        picture = judged._still._picture
        return b"" if picture is None else bytes(picture.image.constBits())

    desk.until(lambda: judged._still.has_picture)
    seen_now.add(grabbed())
    assert not judged._keys[View.GOLDEN].isEnabled()
    desk.page.set_product(ProductView(RECIPE, "Flange", "L", (), PIXELS // 2))
    for view in (View.IMAGE, View.GOLDEN):
        assert judged._keys[view].isEnabled()
        desk.click(judged._keys[view])
        desk.until(lambda: grabbed() not in seen_now)
        seen_now.add(grabbed())
    assert len(seen_now) == 3
    other = replace(RECIPE, name="another product")
    desk.page.set_product(ProductView(other, "Other", "L", (), PIXELS))
    assert not judged._keys[View.GOLDEN].isEnabled()


def test_a_picture_that_is_not_there_is_explained(open_desk: Open, own: Store) -> None:
    for number in (1, 2):
        put(own, numbered(number, ago_minutes=9 - number))
    put(own, replace(spoiled(3), at_ms=numbered(3).at_ms))
    own.removed(["u1"], "retention")
    (own.folder / str(own.reader.entry("u2").image)).unlink()
    desk = over(open_desk, own)
    words = desk.page.judged._still
    desk.until(lambda: words._empty == "There is no picture of this part")
    assert fault_text(GONE) in desk.shown()
    desk.press(Qt.Key.Key_Down)
    path = own.folder / str(own.reader.entry("u2").image)
    gone = Fault(ErrorCode.IMAGE_NOT_FOUND, (("path", str(path)),))
    desk.until(lambda: words._empty == fault_text(gone))
    desk.press(Qt.Key.Key_Down)
    desk.until(lambda: words._empty.startswith("The picture was deleted on 2"))
    assert "Picture deleted: its time was over" in desk.shown()
    assert not words.has_picture


# ── sizes, at every size of the window, in every language ────────────────────────────────────

WINDOWS = pytest.mark.parametrize(
    "size", [(1280, 800), (1600, 900), (1920, 1080), (3840, 2160)], ids=str
)


def test_the_page_is_as_it_was_when_it_comes_back(desk: Desk) -> None:
    desk.page.closed()
    desk.page.older()
    place = desk.page.table.list.verticalScrollBar().value()
    desk.page.opened()
    desk.settled()
    assert desk.page.table.list.verticalScrollBar().value() == place
    desk.until(desk.page.table.list.hasFocus)


def dress(desk: Desk, size: tuple[int, int], light: bool = False) -> None:
    desk.window.resize(*size)
    apply_theme(desk.window, scaled(LIGHT if light else DARK, QSize(*size)))
    desk.qtbot.wait(20)


@WINDOWS
def test_keys_have_the_size_of_a_finger(desk: Desk, size: tuple[int, int]) -> None:
    dress(desk, size)
    keys = [key for key in desk.page.findChildren(TouchKey) if key.isVisible()]
    assert len(keys) >= len(Field) + 4
    for key in keys:
        assert min(key.width(), key.height()) >= mm(key, 20), key.text()
        inside = key.rect().translated(key.mapTo(desk.page, key.rect().topLeft()))
        assert desk.page.rect().contains(inside), key.text()
    view = desk.page.table.list
    assert view.visualRect(view.model().index(0, 0)).height() >= mm(view, 20)


@WINDOWS
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut(
    open_desk: Open,
    own: Store,
    size: tuple[int, int],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    part = replace(seen(104_871, Verdict.NG, 0.999, "missing_hole"), at_ms=numbered(1, 3).at_ms)
    put(own, replace(part, part=Part(104_871, "8842-00193", "26-1121-B")))
    own.decide(Decision(part.uid, DecisionKind.REJECT, part.at_ms + 500, "07", "missing_hole"))
    put(own, replace(spoiled(104_872), at_ms=part.at_ms + MINUTE))
    desk = over(open_desk, own)
    install(language)
    dress(desk, size, light=language == "de")
    cut = watch_words(monkeypatch)
    desk.page.grab()
    desk.page.show_event(Inspected(seen(104_873)))
    for wish in (
        Wish().chosen(Field.VERDICT, "NOT_INSPECTED").chosen(Field.LOT, "26-1121-B"),
        Wish().chosen(Field.DECISION, "reject").chosen(Field.LABEL, "missing_hole"),
        Wish(Span.SHIFT).chosen(Field.SERIAL, "nowhere*"),
    ):
        desk.page.set_wish(wish)
        desk.settled()
        desk.shown() if desk.numbers() else None
        desk.page.show_event(StateChanged(LineState.FAULT, GONE))
        desk.page.grab()
    assert cut == []


def test_moved_pages_of_choices_are_reached_by_more(
    open_desk: Open, own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("station.gui.word_pages.AT_ONCE", 2)
    for number in range(1, 6):
        put(
            own,
            numbered(number, part=Part(number, "", f"L{number}"), ago_minutes=60 * (9 - number)),
        )
    desk = over(open_desk, own)
    desk.click(desk.page.filters.keys[Field.LOT])
    for _ in range(2):
        desk.answer(translate("History", "More…"))
    desk.answer("L1")
    desk.settled()
    assert desk.numbers() == [1]
