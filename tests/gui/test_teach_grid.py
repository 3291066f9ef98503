"""The wall of pictures: choosing by mouse, finger and keyboard, at any size of it."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from station.domain.recipe import Roi
from station.errors import Fault
from station.gui import thumbs as making
from station.gui.fonts import load_fonts
from station.gui.tasks import Tasks
from station.gui.thumbs import Thumbs, Wanted, prune_folder
from station.gui.widgets.grid_places import Places
from station.gui.widgets.grid_tile import GridItem
from station.gui.widgets.image_grid import ImageGrid
from station.gui.widgets.picks import Picks
from station.store.png import encode_png

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


# ── what is chosen ───────────────────────────────────────────────────────────────────────────


def test_a_click_chooses_one_ctrl_one_more_and_shift_all_between() -> None:
    picks = Picks()
    picks.reset(100)
    picks.only(5)
    picks.toggle(9)
    assert picks.chosen == {5, 9}
    picks.reach(12)
    assert picks.chosen == {9, 10, 11, 12}
    picks.reach(7)
    assert picks.chosen == {7, 8, 9}
    picks.toggle(8)
    picks.reach(6, keep=True)
    assert picks.chosen == {6, 7, 8, 9}
    picks.only(100)
    assert picks.chosen == {6, 7, 8, 9}


def test_new_pictures_take_the_choice_away_and_more_pictures_do_not() -> None:
    picks = Picks()
    picks.reset(3)
    picks.all()
    picks.grow(5)
    assert picks.chosen == {0, 1, 2}
    picks.reset(5)
    assert (picks.chosen, picks.current) == (set(), -1)


# ── where it lies ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [130, 400, 633, 974, 2200])
def test_every_place_is_found_where_it_is_drawn_and_in_sight(width: int) -> None:
    places = Places(QSize(width, 700), 1000, 4321)
    for place in places.span():
        tile = places.tile(place)
        assert places.at(tile.center()) == place
        assert tile.right() <= width
        assert tile.bottom() > 0
        assert tile.top() <= 700
    assert places.at(QPointF(width + 50, 10)) == -1


def test_the_keys_lead_where_they_say_and_never_out_of_the_wall() -> None:
    places = Places(QSize(974, 700), 100)
    assert places.columns == 6
    key = Qt.Key
    for at, pressed, target in (
        (0, key.Key_Left, 0),
        (0, key.Key_Up, 0),
        (0, key.Key_Down, 6),
        (97, key.Key_Down, 97),
        (50, key.Key_Home, 0),
        (50, key.Key_End, 99),
        (50, key.Key_PageDown, 68),
        (99, key.Key_Right, 99),
        (-1, key.Key_Right, 0),
    ):
        assert places.target(at, int(pressed)) == target, (at, pressed)
    assert places.target(5, int(key.Key_A)) is None


def test_a_band_covers_what_it_touches() -> None:
    places = Places(QSize(974, 700), 100)
    band = places.tile(0).united(places.tile(8)).adjusted(5, 5, -5, -5)
    assert places.covered(band) == [0, 1, 2, 6, 7, 8]
    assert places.covered(QRectF(0, 5000, 10, 10)) == []


# ── the wall itself ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def wall(qtbot: QtBot) -> ImageGrid:
    load_fonts()
    grid = ImageGrid(lambda row: GridItem(str(row), f"left {row}"), lambda _: None)
    qtbot.addWidget(grid)
    grid.resize(1000, 700)
    grid.show()
    qtbot.waitExposed(grid)
    grid.set_rows(range(1000))
    grid.setFocus()
    return grid


def at(grid: ImageGrid, place: int) -> QPoint:
    return grid.places.tile(place).center().toPoint()


def click(
    qtbot: QtBot, grid: ImageGrid, place: int, keys: Qt.KeyboardModifier | None = None
) -> None:
    held = keys or Qt.KeyboardModifier.NoModifier
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, at(grid, place))


def test_mouse_and_modifiers_choose(qtbot: QtBot, wall: ImageGrid) -> None:
    click(qtbot, wall, 3)
    assert wall.chosen == [3]
    click(qtbot, wall, 8, SHIFT)
    assert wall.chosen == [3, 4, 5, 6, 7, 8]
    click(qtbot, wall, 5, CONTROL)
    assert wall.chosen == [3, 4, 6, 7, 8]
    click(qtbot, wall, 1)
    assert wall.chosen == [1]


def test_a_finger_chooses_more_at_the_corner(qtbot: QtBot, wall: ImageGrid) -> None:
    for place in (2, 4):
        corner = wall.places.tile(place).topRight().toPoint() + QPoint(-20, 20)
        qtbot.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert wall.chosen == [2, 4]


def test_a_rubber_band_chooses_and_ctrl_keeps_what_was(qtbot: QtBot, wall: ImageGrid) -> None:
    def band(first: int, last: int, keys: Qt.KeyboardModifier) -> None:
        view, left = wall.viewport(), Qt.MouseButton.LeftButton
        qtbot.mousePress(view, left, keys, at(wall, first))
        qtbot.mouseMove(view, (at(wall, first) + at(wall, last)) / 2)
        qtbot.mouseMove(view, at(wall, last))
        qtbot.mouseRelease(view, left, keys, at(wall, last))

    columns = wall.places.columns
    band(0, columns + 1, Qt.KeyboardModifier.NoModifier)
    assert wall.chosen == [0, 1, columns, columns + 1]
    band(3, 4, CONTROL)
    assert wall.chosen == sorted([0, 1, columns, columns + 1, 3, 4])


def test_a_band_pulled_over_the_edge_scrolls_on(qtbot: QtBot, wall: ImageGrid) -> None:
    view, left = wall.viewport(), Qt.MouseButton.LeftButton
    qtbot.mousePress(view, left, pos=at(wall, 0))
    qtbot.mouseMove(view, at(wall, 7))
    qtbot.mouseMove(view, QPoint(300, view.height() + 40))
    qtbot.waitUntil(lambda: wall.verticalScrollBar().value() > 400)
    qtbot.mouseRelease(view, left, pos=QPoint(300, view.height() + 40))
    assert len(wall.chosen) > 2 * (view.height() // wall.places.step)
    assert 0 in wall.chosen


def test_the_keyboard_goes_reaches_toggles_and_opens(qtbot: QtBot, wall: ImageGrid) -> None:
    def press(key: Qt.Key, keys: Qt.KeyboardModifier | None = None) -> None:
        qtbot.keyClick(wall, key, keys or Qt.KeyboardModifier.NoModifier)

    press(Qt.Key.Key_Right)
    assert wall.chosen == [1]
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Right, SHIFT)
    assert wall.chosen == [1, 2, 3]
    press(Qt.Key.Key_Right, CONTROL)
    press(Qt.Key.Key_Right, CONTROL)
    press(Qt.Key.Key_Space)
    assert wall.chosen == [1, 2, 3, 5]
    with qtbot.waitSignal(wall.opened) as opened:
        press(Qt.Key.Key_Return)
    assert opened.args == [5]
    press(Qt.Key.Key_End)
    assert wall.chosen == [999]
    assert wall.places.tile(999).bottom() <= wall.viewport().height() + 1
    press(Qt.Key.Key_A, CONTROL)
    assert len(wall.chosen) == 1000
    press(Qt.Key.Key_Escape)
    assert wall.chosen == []
    assert "left 999" in wall.accessibleDescription()


def test_a_double_click_opens_and_the_place_stays_when_the_window_changes(
    qtbot: QtBot, wall: ImageGrid
) -> None:
    with qtbot.waitSignal(wall.opened) as opened:
        qtbot.mouseDClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=at(wall, 9))
    assert opened.args == [9]
    wall.verticalScrollBar().setValue(wall.places.step * 40)
    first = wall.places.span().start
    wall.resize(600, 500)
    assert first in range(wall.places.span().start, wall.places.span().start + 8)


def test_what_is_seen_comes_first_then_what_is_around(qtbot: QtBot, wall: ImageGrid) -> None:
    told: list[list[int]] = []
    wall.seen.connect(told.append)
    wall.verticalScrollBar().setValue(wall.places.step * 20)
    qtbot.waitUntil(lambda: bool(told))
    span = wall.places.span()
    assert told[-1][: len(span)] == list(span)
    assert set(told[-1]) == set(range(span.start - len(span), span.stop + len(span)))


def test_a_hundred_thousand_scroll_smoothly(qtbot: QtBot) -> None:
    """A frame describes and draws only what is in sight: as quick as with a few."""
    load_fonts()
    described: list[int] = []
    image = QImage(150, 130, QImage.Format.Format_RGB32)

    def describe(row: int) -> GridItem:
        described.append(row)
        return GridItem(str(row), "op. 07", ".42", row % 9 == 0)

    grid = ImageGrid(describe, lambda _: image)
    qtbot.addWidget(grid)
    grid.resize(1000, 760)
    grid.show()
    qtbot.waitExposed(grid)
    began = time.perf_counter()
    grid.set_rows(range(100_000))
    assert time.perf_counter() - began < 0.5
    qtbot.waitUntil(lambda: bool(described))
    bar, frames = grid.verticalScrollBar(), []
    for step in range(60):
        bar.setValue(bar.maximum() * step // 59)
        described.clear()
        began = time.perf_counter()
        grid.viewport().repaint()
        frames.append(time.perf_counter() - began)
        assert len(described) == len(grid.places.span()) < 60
    assert bar.value() == bar.maximum()
    assert sorted(frames)[30] < 0.05, sorted(frames)[30]


# ── small pictures ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Thumbs]]:
    faults: list[Fault] = []
    shelves: list[Tasks] = []

    def new() -> Thumbs:
        shelves.append(Tasks(faults.append))
        return Thumbs(tmp_path / "cache", shelves[-1])

    yield new
    for tasks in shelves:
        tasks.close()
    assert not faults


def picture(folder: Path, number: int, side: int = 400) -> Wanted:
    path = folder / f"{number}.png"
    path.write_bytes(encode_png(np.full((side, side), number % 250, np.uint8), {}))
    return Wanted(f"{number}.png", path)


def test_pictures_come_and_a_second_program_reads_the_copies(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path
) -> None:
    wanted = [picture(tmp_path, number) for number in range(10)]
    thumbs = make()
    thumbs.want(wanted)
    qtbot.waitUntil(lambda: all(thumbs.get(one.key) is not None for one in wanted))
    image = thumbs.get("7.png")
    assert image is not None
    assert max(image.width(), image.height()) <= 150
    assert abs(image.pixelColor(50, 50).red() - 7) <= 2
    for one in wanted:
        one.path.unlink()
    again = make()
    again.want(wanted)
    qtbot.waitUntil(lambda: all(again.get(one.key) is not None for one in wanted))
    found = again.get("9.png")
    assert found is not None
    assert abs(found.pixelColor(50, 50).red() - 9) <= 2


def test_a_region_is_cut_out_and_a_missing_file_is_an_empty_picture(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path
) -> None:
    pixels = np.zeros((200, 200), np.uint8)
    pixels[100:, 100:] = 250
    path = tmp_path / "cut.png"
    path.write_bytes(encode_png(pixels, {}))
    thumbs = make()
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG nothing")
    thumbs.want(
        [
            Wanted("cut", path, Roi(100, 100, 100, 100)),
            Wanted("gone", tmp_path / "gone.png"),
            Wanted("broken", broken),
        ]
    )
    qtbot.waitUntil(lambda: thumbs.get("broken") is not None)
    cut, gone = thumbs.get("cut"), thumbs.get("gone")
    assert cut is not None
    assert cut.pixelColor(2, 2).red() > 240
    assert gone is not None
    assert gone.isNull()


def test_what_is_wanted_no_more_is_not_made(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path
) -> None:
    wanted = [picture(tmp_path, number) for number in range(40)]
    thumbs = make()
    thumbs.want(wanted[:30])
    thumbs.want(wanted[30:])
    qtbot.waitUntil(lambda: all(thumbs.get(one.key) is not None for one in wanted[30:]))
    made = [one for one in wanted[:30] if thumbs.get(one.key) is not None]
    assert len(made) <= making.AT_ONCE
    assert thumbs.waiting == 0


def test_memory_is_bounded_and_the_oldest_go(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert making.MEMORY <= 64 * 2**20
    monkeypatch.setattr(making, "MEMORY", 10 * 140 * 140 * 4)
    thumbs = make()
    for start in range(0, 40, 8):
        some = [picture(tmp_path, number) for number in range(start, start + 8)]
        thumbs.want(some)
        qtbot.waitUntil(lambda some=some: thumbs.get(some[-1].key) is not None)
        assert thumbs.used <= making.MEMORY
    assert thumbs.get("39.png") is not None
    assert thumbs.get("0.png") is None


def test_the_copies_on_disk_are_bounded(tmp_path: Path) -> None:
    for number in range(6):
        place = tmp_path / "ab" / f"{number}.jpg"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"x" * 100)
        os.utime(place, (1000 + number, 1000 + number))
    prune_folder(tmp_path, 250)
    assert sorted(path.name for path in tmp_path.glob("*/*.jpg")) == ["4.jpg", "5.jpg"]


def test_the_copies_are_pruned_when_nothing_is_wanted(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "DISK", 3000)
    thumbs = make()
    for start in (0, 10):
        thumbs.want([picture(tmp_path, number) for number in range(start, start + 10)])
        qtbot.waitUntil(lambda: not thumbs.waiting and not thumbs._runs)

    def size() -> int:
        return sum(path.stat().st_size for path in (tmp_path / "cache").glob("*/*.jpg"))

    before = size()
    again = make()
    again.want([])
    qtbot.waitUntil(lambda: not again._runs)
    assert size() <= 3000 < before


def test_a_full_disk_costs_only_the_copies(
    qtbot: QtBot, make: Callable[[], Thumbs], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    thumbs = make()
    thumbs.want([picture(tmp_path, 5)])
    qtbot.waitUntil(lambda: thumbs.get("5.png") is not None)
    found = thumbs.get("5.png")
    assert found is not None
    assert not found.isNull()
