"""Pictures are made ready off the GUI thread, right in size and colour, and never pile up."""

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from station.domain.inspection import Still
from station.domain.part import Frame
from station.domain.recipe import Roi
from station.gui.picture import Picture
from station.gui.pictures import (
    cropped,
    fitted_size,
    golden_picture,
    heated,
    still_picture,
    to_image,
)
from station.gui.preview import MOST_ORDERS, Preview, StillStudio


def _frame(number: int, level: int = 100) -> Frame:
    return Frame(np.full((80, 120), level, np.uint8), number, time.monotonic_ns())


@pytest.mark.parametrize(
    ("size", "room", "fitted"),
    [
        ((1280, 1024), (1238, 704), (880, 704)),
        ((100, 10), (50, 50), (50, 5)),
        ((10, 10), (400, 300), (300, 300)),
        ((5000, 1), (100, 100), (100, 1)),
    ],
)
def test_pictures_fit(
    size: tuple[int, int], room: tuple[int, int], fitted: tuple[int, int]
) -> None:
    assert fitted_size(*size, QSize(*room)) == fitted


def test_colours_arrive_as_they_were() -> None:
    pixels = np.zeros((5, 7, 3), np.uint8)
    pixels[2, 3] = (200, 100, 50)
    image = to_image(pixels)
    pixels[:] = 0
    assert image.pixelColor(3, 2) == QColor(200, 100, 50)
    grey = to_image(np.full((3, 5), 77, np.uint8))
    assert grey.pixelColor(4, 2) == QColor(77, 77, 77)


def test_the_region_is_cut_where_it_lies_inside() -> None:
    pixels = np.arange(10000, dtype=np.uint32).astype(np.uint8).reshape(100, 100)
    assert cropped(pixels, Roi(2, 3, 40, 50)).shape == (50, 40)
    assert cropped(pixels, Roi(2, 3, 40, 50))[0, 0] == pixels[3, 2]
    assert cropped(pixels, Roi(80, 0, 40, 40)) is pixels
    assert cropped(pixels, None) is pixels


def test_only_strong_evidence_is_tinted() -> None:
    pixels = np.full((64, 64), 120, np.uint8)
    heat = np.zeros((8, 8), np.uint8)
    heat[6, 6] = 255
    out = heated(pixels, heat)
    assert tuple(out[5, 5]) == (120, 120, 120)
    red, _, blue = (int(value) for value in out[52, 52])
    assert red > blue + 60


def test_a_still_is_cut_and_its_map_lies_over_the_cut() -> None:
    pixels = np.full((100, 200), 120, np.uint8)
    pixels[:, 100:] = 40
    heat = np.zeros((10, 10), np.uint8)
    heat[:, 8:] = 255
    still = Still("u", pixels, heat, Roi(100, 0, 100, 100))
    plain = still_picture(still, QSize(50, 80), heat=False)
    assert (plain.image.width(), plain.image.height()) == (50, 50)
    assert plain.source == QSize(100, 100)
    assert plain.image.pixelColor(25, 25) == QColor(40, 40, 40)
    hot = still_picture(still, QSize(50, 80), heat=True)
    assert hot.image.pixelColor(10, 25) == QColor(40, 40, 40)
    assert hot.image.pixelColor(47, 25).red() > 150
    without = Still("u", pixels, None, None)
    assert still_picture(without, QSize(50, 80), heat=True).source == QSize(200, 100)


def test_a_golden_picture_is_cut_only_where_it_is_a_whole_frame() -> None:
    roi = Roi(100, 0, 100, 100)
    whole = golden_picture(np.zeros((100, 200), np.uint8), roi, QSize(50, 50))
    cut = golden_picture(np.zeros((100, 100), np.uint8), roi, QSize(50, 50))
    assert whole.source == cut.source == QSize(100, 100)


def test_the_newest_live_frame_is_shown_and_not_too_often(qtbot: QtBot) -> None:
    taken = [0]

    def take(timeout: float) -> Frame:
        taken[0] += 1
        return _frame(taken[0], taken[0] % 200)

    preview = Preview(take)
    preview.set_room(QSize(60, 60))
    heard = [0]
    preview.ready.connect(lambda: heard.__setitem__(0, heard[0] + 1))
    preview.open()
    preview.open()
    qtbot.wait(500)
    assert 5 <= taken[0] <= 17
    assert heard[0] == 1  # nobody fetched: it is not told again and again
    picture = preview.take_picture()
    assert picture is not None
    assert picture.source == QSize(120, 80)
    assert (picture.image.width(), picture.image.height()) == (60, 40)
    assert picture.image.pixelColor(5, 5).red() >= taken[0] - 1
    qtbot.waitUntil(lambda: heard[0] == 2, timeout=1000)
    preview.close()
    preview.close()
    stopped = taken[0]
    qtbot.wait(80)
    assert taken[0] == stopped


def test_a_preview_without_room_or_frames_waits_quietly(qtbot: QtBot) -> None:
    calls = [0]

    def take(timeout: float) -> None:
        calls[0] += 1
        time.sleep(timeout / 10)

    preview = Preview(take)
    preview.open()
    qtbot.wait(100)
    preview.close()
    assert preview.take_picture() is None
    assert calls[0] > 0


def test_a_failing_source_does_not_end_the_preview(
    qtbot: QtBot, no_logged_errors: list[str]
) -> None:
    taken = [0]

    def take(timeout: float) -> Frame:
        taken[0] += 1
        if taken[0] == 1:
            raise OSError("gone")
        return _frame(taken[0])

    preview = Preview(take)
    preview.set_room(QSize(60, 60))
    with qtbot.waitSignal(preview.ready, timeout=2000):
        preview.open()
    preview.close()
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()


def _picture() -> Picture:
    return Picture(to_image(np.zeros((4, 4), np.uint8)), QSize(4, 4))


def test_the_studio_makes_pictures_and_tells_when_there_is_none(qtbot: QtBot) -> None:
    studio = StillStudio()
    studio.open()
    made: dict[str, object] = {}
    studio.ready.connect(lambda: made.update(studio.take_made()))
    studio.order("a", _picture, tag="first")
    studio.order("b", lambda: None)
    qtbot.waitUntil(lambda: len(made) == 2, timeout=2000)
    assert (made["a"].tag, made["a"].picture is None) == ("first", False)  # type: ignore[attr-defined]
    assert made["b"].picture is None  # type: ignore[attr-defined]
    studio.close()


def test_a_newer_order_takes_the_place_of_one_that_waits(qtbot: QtBot) -> None:
    studio, go, begun = StillStudio(), threading.Event(), []

    def slow() -> None:
        go.wait(5)

    studio.order("slow", slow)
    studio.open()
    for index in range(3):
        studio.order("judged", lambda i=index: begun.append(i))
    go.set()
    qtbot.waitUntil(lambda: bool(begun), timeout=2000)
    studio.close()
    assert begun == [2]


def test_orders_of_a_closed_studio_do_not_pile_up(qtbot: QtBot) -> None:
    studio, begun = StillStudio(), []
    for index in range(MOST_ORDERS + 10):
        studio.order(f"film:{index}", lambda i=index: begun.append(i))
    studio.open()
    qtbot.waitUntil(lambda: len(begun) == MOST_ORDERS, timeout=2000)
    studio.close()
    assert begun == list(range(10, MOST_ORDERS + 10))


def test_a_picture_that_fails_is_logged_and_missing(
    qtbot: QtBot, no_logged_errors: list[str]
) -> None:
    studio = StillStudio()
    studio.open()
    made: dict[str, object] = {}
    studio.ready.connect(lambda: made.update(studio.take_made()))
    studio.order("a", lambda: 1 / 0)  # type: ignore[arg-type,return-value]
    qtbot.waitUntil(lambda: "a" in made, timeout=2000)
    studio.close()
    assert made["a"].picture is None  # type: ignore[attr-defined]
    assert len(no_logged_errors) == 1
    no_logged_errors.clear()
