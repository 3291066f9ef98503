"""The Teach page over a real store: 20,000 samples, records that wait, labels and the way back."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import insert

from station.domain.inspection import Decision, DecisionKind, Still, Verdict
from station.gui.fonts import load_fonts
from station.gui.pages.teach_labels import label_images
from station.gui.pages.teach_look import LookDialog
from station.gui.pages.teach_room import (
    Ask,
    Board,
    LabelRoom,
    SampleRoom,
    Show,
    TeachRoom,
    sample_filter,
)
from station.gui.texts import install
from station.store.png import encode_png
from station.store.sample_writer import NewSample
from station.store.schema import labels, samples
from station.store.store import Store
from station.training.taking import take_decided
from tests.gui.parts import ROI, seen
from tests.gui.teach_desk import Book, Desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

MANY = 20_000
CONTROL = Qt.KeyboardModifier.ControlModifier


def room_of(store: Store, book: Book) -> TeachRoom:
    """The page's calls as the program joins them, where the store is at hand."""
    reader = store.reader

    def keys(product: str, ask: Ask) -> Sequence[int]:
        wanted = sample_filter(ask, datetime.now().astimezone(), ())
        return [] if wanted is None else reader.sample_keys(product, wanted)

    return replace(
        book.room(),
        samples=SampleRoom(
            lambda product: take_decided(store, reader, product, "02").added,
            lambda product: Board(reader.sample_counts(product)),
            keys,
            reader.sample_rows,
        ),
        labels=LabelRoom(
            lambda _product, keys, label: label_images(store, reader, keys, label, "02"),
            lambda before: store.label(before, "02"),
            lambda product, name, good: store.set_class(product, name, good, "02"),
        ),
    )


def fill(store: Store, count: int) -> None:
    """So many samples over a few files; as an import writes them, but all in one change."""
    folder = store.folder / "samples"
    folder.mkdir()
    for number in range(20):
        pixels = np.full((64, 64), 60 + number * 5, np.uint8)
        (folder / f"{number}.png").write_bytes(encode_png(pixels, {}))
    rows = [
        {
            "id": number,
            "uid": f"s{number}",
            "product": "flange",
            "image": f"samples/{number % 20}.png",
            "image_sha256": f"{number:064x}",
            "image_bytes": 100,
            "phash": "",
            "part_group": "",
            "origin": "import",
            "at_ms": number,
            "operator": "07",
        }
        for number in range(1, count + 1)
    ]
    words = [
        {
            "sample": row["id"],
            "label": "good" if row["id"] % 5 else "dent",
            "at_ms": 1,
            "operator": "07",
        }
        for row in rows
    ]
    with store.transaction() as connection:
        connection.execute(insert(samples), rows)
        connection.execute(insert(labels), words)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


@pytest.fixture
def desks(qtbot: QtBot, store: Store) -> Iterator[list[Desk]]:
    load_fonts()
    install("en")
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.close()


def open_desk(qtbot: QtBot, store: Store, desks: list[Desk]) -> Desk:
    book = Book(store.folder, {})
    desk = Desk(qtbot, book, room=room_of(store, book))
    desks.append(desk)
    return desk


def record(store: Store, number: int, verdict: Verdict, waits: bool) -> str:
    part = seen(number, verdict, 0.5, "scratch" if verdict is not Verdict.OK else "good")
    part = replace(part, at_ms=int(time.time() * 1000) + number)
    pixels = np.full((112, 128), 90 + number, np.uint8)
    heat = np.full((6, 6), 200, np.uint8)
    store.record(part, Still(part.uid, pixels, heat, ROI), waits)
    return part.uid


def test_twenty_thousand_samples_are_there_at_once_and_labelled_by_key(
    qtbot: QtBot, store: Store, desks: list[Desk]
) -> None:
    fill(store, MANY)
    began = time.monotonic()
    desk = open_desk(qtbot, store, desks)
    took = time.monotonic() - began
    page = desk.page
    assert page.grid.rows == list(range(MANY, 0, -1))
    assert took < 5.0, took
    assert [(one.name, one.count) for one in page.classes.tiles[:2]] == [
        ("good", "16\u2009000"),
        ("dent", "4\u2009000"),
    ]
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    desk.until(lambda: page.wall.row(1) is not None)
    row = page.wall.row(1)
    assert row is not None
    desk.until(lambda: page.wall.thumbs.get(row.image) is not None)
    desk.tap(MANY - 1)
    desk.press(Qt.Key.Key_2)
    desk.until(lambda: store.reader.sample_rows([1])[0].label == "dent")
    page.grid.setFocus()
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.until(lambda: store.reader.sample_rows([1])[0].label == "good")


def test_records_that_wait_become_samples_and_the_wall_follows(
    qtbot: QtBot, store: Store, desks: list[Desk]
) -> None:
    for number in range(1, 7):
        record(store, number, Verdict.REVIEW, waits=True)
    store.set_class("flange", "good", True, "02")
    store.set_class("flange", "scratch", False, "02")
    desk = open_desk(qtbot, store, desks)
    page = desk.page
    desk.click(page.shows.key(Show.UNREVIEWED))
    desk.settled()
    assert len(page.grid.rows) == 6
    assert all(key < 0 for key in page.grid.rows)
    desk.until(lambda: page.wall.row(page.grid.rows[0]) is not None)
    page.grid.setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_2)
    desk.until(lambda: store.reader.sample_counts("flange").unreviewed == 0)
    desk.settled()
    assert all(key > 0 for key in page.grid.rows)
    rows = store.reader.sample_rows(page.grid.rows)
    assert [row.label for row in rows] == ["scratch"] * 6
    desk.until(lambda: {t.name: t.count for t in page.classes.tiles}["scratch"] == "6")
    desk.press(Qt.Key.Key_Z, CONTROL)
    desk.until(lambda: store.reader.sample_counts("flange").set_aside == 6)


def test_what_operators_said_is_taken_in_and_the_heat_map_is_shown(
    qtbot: QtBot, store: Store, desks: list[Desk]
) -> None:
    uid = record(store, 1, Verdict.NG, waits=True)
    store.decide(Decision(uid, DecisionKind.ACCEPT, int(time.time() * 1000), "07"))
    waiting = record(store, 2, Verdict.REVIEW, waits=True)
    desk = open_desk(qtbot, store, desks)
    page = desk.page
    desk.until(lambda: len(page.grid.rows) == 2)
    desk.click(page.shows.key(Show.OVERRULED))
    desk.settled()
    (key,) = page.grid.rows
    (row,) = store.reader.sample_rows([key])
    assert (row.label, row.seen) == ("good", "scratch")
    desk.click(page.shows.key(Show.UNREVIEWED))
    desk.settled()
    desk.until(lambda: page.wall.row(page.grid.rows[0]) is not None)
    page.look._still = store.reader.still
    page._open(0)
    dialog = desk.dialog()
    assert isinstance(dialog, LookDialog)
    assert dialog._item is not None
    assert dialog._item.part == waiting
    desk.until(lambda: dialog.judged._still.has_picture)
    picture = dialog.judged._still._picture
    assert picture is not None
    colour = picture.image.pixelColor(picture.image.rect().center())
    assert colour.red() != colour.blue()  # tinted by the map
    dialog.reject()


def test_a_new_class_is_kept_in_the_records(qtbot: QtBot, store: Store, desks: list[Desk]) -> None:
    store.add_sample(NewSample("flange", "import", data=b"x"), "good", "02")
    desk = open_desk(qtbot, store, desks)
    desk.page._add_class("burr", False)
    desk.until(lambda: "burr" in [one.name for one in store.reader.classes("flange")])
    desk.until(lambda: "burr" in [one.name for one in desk.page.classes.tiles])


def test_a_record_whose_picture_is_gone_stays_what_it_was_and_that_is_said(
    qtbot: QtBot, store: Store, desks: list[Desk]
) -> None:
    for number in (1, 2):
        record(store, number, Verdict.REVIEW, waits=True)
    store.set_class("flange", "scratch", False, "02")
    desk = open_desk(qtbot, store, desks)
    page = desk.page
    keys = list(page.grid.rows)
    (gone,) = store.reader.sample_rows(keys[:1])
    (store.folder / gone.image).unlink()
    page.grid.setFocus()
    desk.press(Qt.Key.Key_A, CONTROL)
    desk.press(Qt.Key.Key_1)
    desk.until(lambda: store.reader.sample_counts("flange").total == 1)
    desk.until(lambda: page.notice.isVisible())
    desk.settled()
    assert page.grid.rows[0] == keys[0]
    assert page.grid.rows[1] > 0
    assert Path(gone.image).name in page.notice.words
