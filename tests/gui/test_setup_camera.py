"""The camera room of the Setup page, worked by mouse and keyboard over a simulated camera."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from pytestqt.qtbot import QtBot

from station.domain.recipe import Roi
from station.errors import CameraError, ErrorCode, Fault, LineError
from station.gui.pages.setup_room import Change, Search
from station.gui.pages.setup_scope import measure
from station.gui.texts import fault_text
from station.gui.widgets.area_editor import HANDLE, AreaEditor, Areas
from station.pipeline.events import Adopted, LineState, Refused, StateChanged
from station.settings import CameraSettings
from tests.gui.desks import desks
from tests.gui.setup_desk import RECIPE, Desk, Plant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
FAKE = CameraSettings(kind="aravis", source="SN1")


@pytest.fixture
def open_desk(qtbot: QtBot) -> Iterator[Callable[[Plant], Desk]]:
    with desks(partial(Desk, qtbot)) as opens:
        yield opens


@pytest.fixture
def desk(open_desk: Callable[[Plant], Desk]) -> Desk:
    made = open_desk(Plant())
    made.until(lambda: made.page.camera.editor.has_picture)
    return made


# ── choosing ─────────────────────────────────────────────────────────────────────────────────


def test_what_was_found_stands_beside_the_demo_and_the_used_one_is_marked(desk: Desk) -> None:
    sources = desk.page.camera.sources
    desk.until(lambda: len(sources.tiles.tiles) == 5)
    names = [one.words for one in sources.tiles.tiles]
    assert names[:3] == ["Aravis Fake", "Microscope", "Demo: drawn parts"]
    assert sources.tiles.tiles[1].count == "in use"
    assert [one.chosen for one in sources.tiles.tiles] == [False, False, True, False, False]
    assert not sources.use_key.isEnabled()
    desk.click(sources.tiles.key("aravis SN1"))
    assert "S/N SN1" in sources.note.text()
    assert sources.use_key.isEnabled()


def test_another_camera_is_used_and_the_old_one_is_one_touch_away(desk: Desk) -> None:
    page, sources = desk.page, desk.page.camera.sources
    desk.until(lambda: len(sources.tiles.tiles) == 5)
    desk.click(sources.tiles.key("aravis SN1"))
    desk.click(sources.use_key)
    desk.until(lambda: desk.plant.asked("camera") == [(FAKE,)])
    desk.until(lambda: "aravis" in page.notice.words)
    desk.until(lambda: sources.back_key.isVisible())
    assert "Demo" in sources.back_key.text()
    desk.click(sources.back_key)
    desk.until(lambda: desk.plant.asked("camera")[-1] == (CameraSettings(),))


def test_while_the_line_changes_over_nothing_else_can_be_ordered(
    open_desk: Callable[[Plant], Desk],
) -> None:
    desk = open_desk(Plant())
    sources, page = desk.page.camera.sources, desk.page
    page.camera.use(FAKE)
    assert "takes over" in page.state.text()
    assert not sources.use_key.isEnabled()
    assert not page.machine_key.isEnabled()
    desk.until(lambda: not page.state.text())
    assert page.machine_key.isEnabled()


@pytest.mark.parametrize(
    "change",
    [
        Change(LineState.FAULT, Fault(ErrorCode.CAMERA_IN_USE, (("source", "SN1"),)), "aravis"),
        Change(LineState.READY, None, "folder:/x", ignored=True),
    ],
)
def test_a_camera_that_does_not_come_is_told(
    open_desk: Callable[[Plant], Desk], change: Change
) -> None:
    desk = open_desk(Plant(change=change))
    desk.page.camera.use(FAKE)
    desk.until(lambda: desk.page.notice.words)
    said = desk.page.notice.words
    assert (fault_text(change.fault) if change.fault else "--camera") in said
    assert desk.page.camera.editor.areas == Areas(RECIPE.roi)
    assert desk.page.camera.sources.back_key.isVisible()


def test_a_camera_that_is_refused_leaves_the_old_one(open_desk: Callable[[Plant], Desk]) -> None:
    plant = Plant()
    plant.fails["camera"] = CameraError(
        ErrorCode.CAMERA_BAD_OPTION, kind="aravis", option="x", allowed="y"
    )
    desk = open_desk(plant)
    desk.page.camera.use(FAKE)
    desk.until(lambda: "does not take" in desk.page.notice.words)
    assert desk.page.camera.sources.use_key.isVisible()
    assert plant.camera == CameraSettings()


def test_a_station_that_must_be_started_anew_says_so(open_desk: Callable[[Plant], Desk]) -> None:
    plant = Plant()
    plant.fails["camera"] = LineError(ErrorCode.START_ANEW)
    desk = open_desk(plant)
    desk.page.camera.use(FAKE)
    desk.until(lambda: "started anew" in desk.page.notice.words)
    assert "product" not in desk.page.notice.words


def test_drivers_that_are_missing_are_named(open_desk: Callable[[Plant], Desk]) -> None:
    facts = (("kind", "basler"), ("reason", "No module named 'pypylon'"))
    desk = open_desk(Plant(search=Search((), (Fault(ErrorCode.CAMERA_DRIVER_MISSING, facts),))))
    desk.until(lambda: "pypylon" in desk.page.camera.sources.note.text())
    assert "Basler" in desk.page.camera.sources.note.text()


@pytest.mark.parametrize(
    ("words", "source"),
    [("rtsp://cam/1", "rtsp://cam/1"), (" cam/1 ", "rtsp://cam/1"), ("http://c/v", "http://c/v")],
)
def test_a_stream_is_named_by_its_address(desk: Desk, words: str, source: str) -> None:
    sources = desk.page.camera.sources
    sources.choose_address(words)
    assert sources.chosen == CameraSettings(kind="stream", source=source)
    desk.click(sources.use_key)
    desk.until(lambda: desk.plant.asked("camera"))


# ── what is set ──────────────────────────────────────────────────────────────────────────────


def test_exposure_and_gain_stand_first_with_the_cameras_own_limits(desk: Desk) -> None:
    features = desk.page.camera.features
    desk.until(lambda: "Gain" in features._rows)
    assert list(features._rows) == ["ExposureTime", "Gain"]
    assert features.row("ExposureTime").limits.text() == "10 … 100000 µs"
    desk.click(features.all_key)
    assert "PixelFormat" in features._rows
    assert not features.row("Width").slider.isVisible()
    assert features.row("Width").entry.isReadOnly()


def test_a_number_takes_effect_and_a_refused_one_leaves_the_old(desk: Desk) -> None:
    features, page = desk.page.camera.features, desk.page
    desk.until(lambda: "ExposureTime" in features._rows)
    row = features.row("ExposureTime")
    desk.type(row.entry, "2500")
    desk.until(lambda: desk.plant.asked("adjust") == [("ExposureTime", 2500)])
    desk.until(lambda: row.feature.value == 2500)
    desk.type(row.entry, "2000000")
    desk.until(lambda: "10 … 100000" in page.notice.words)
    assert "2000000" in page.notice.words
    desk.until(lambda: row.entry.text() == "2500")
    desk.type(row.entry, "bright")
    desk.until(lambda: "bright" in page.notice.words)
    desk.until(lambda: row.entry.text() == "2500")


def test_the_slider_goes_over_decades_and_by_key(desk: Desk) -> None:
    features = desk.page.camera.features
    desk.until(lambda: "ExposureTime" in features._rows)
    slider = features.row("ExposureTime").slider
    desk.drag(slider, QPoint(slider.width() // 2, slider.height() // 2), (4, 0))
    middle = slider.value
    assert 700 < middle < 1500  # the geometric middle of 10 … 100000 is 1000
    desk.key(slider, Qt.Key.Key_Right)
    assert middle < slider.value < 1.3 * middle
    desk.key(slider, Qt.Key.Key_End)
    assert slider.value == 100_000
    desk.until(lambda: features.row("ExposureTime").feature.value == 100_000)


def test_what_was_changed_is_kept_only_when_somebody_says_so(desk: Desk) -> None:
    features = desk.page.camera.features
    desk.until(lambda: "Gain" in features._rows)
    assert not features.keep_key.isEnabled()
    desk.type(features.row("Gain").entry, "6,5")
    desk.until(lambda: features.keep_key.isEnabled())
    assert desk.plant.kept == {}
    desk.click(features.keep_key)
    desk.until(lambda: desk.plant.kept == {"Gain": 6.5})
    desk.until(lambda: "opened" in desk.page.notice.words)
    assert not features.keep_key.isEnabled()


def test_how_the_pictures_come_is_chosen_where_the_driver_has_a_say(
    open_desk: Callable[[Plant], Desk],
) -> None:
    desk = open_desk(Plant(camera=FAKE.model_copy(update={"options": {"Gain": 2}})))
    features = desk.page.camera.features
    desk.until(lambda: features.trigger_key.isVisible())
    desk.click(features.trigger_key)
    desk.answer("One for each part, by software")
    wish = FAKE.model_copy(update={"options": {"Gain": 2, "trigger": "software"}})
    desk.until(lambda: desk.plant.asked("camera") == [(wish,)])
    desk.until(lambda: "software" in features.trigger_key.text())


def test_the_demo_has_no_trigger_to_choose(desk: Desk) -> None:
    assert not desk.page.camera.features.trigger_key.isVisible()


def test_a_camera_without_features_says_so(open_desk: Callable[[Plant], Desk]) -> None:
    plant = Plant()
    plant.fails["features"] = CameraError(ErrorCode.CAMERA_NO_FEATURES, source="folder:/x")
    desk = open_desk(plant)
    desk.until(lambda: "nothing that can be set" in desk.page.camera.features.note.text())
    assert not desk.page.camera.features.keep_key.isVisible()


# ── light and focus ──────────────────────────────────────────────────────────────────────────


def test_the_meters_follow_the_picture(desk: Desk) -> None:
    camera = desk.page.camera
    desk.until(lambda: camera.scope.light is not None and not camera.scope.light.is_dim)
    desk.until(lambda: "good" in camera.light.accessibleName())
    desk.plant.sensor.adjust("ExposureTime", 60)
    desk.until(lambda: "too dark" in camera.light.accessibleName())
    desk.plant.sensor.adjust("ExposureTime", 60_000)
    desk.until(lambda: "too bright" in camera.light.accessibleName())


def test_the_focus_meter_remembers_the_best(desk: Desk) -> None:
    camera = desk.page.camera
    desk.until(lambda: camera.scope.best > 0)
    desk.until(lambda: "at its best" in camera.focus.accessibleName())
    best = camera.scope.best
    desk.plant.sensor.fail("blurred")
    desk.until(lambda: "softer" in camera.focus.accessibleName())
    assert camera.scope.best == pytest.approx(best, rel=0.1)
    desk.click(camera.best_key)
    desk.until(lambda: 0 < camera.scope.best < best / 2)


def test_what_is_measured() -> None:
    pixels = np.full((100, 100), 100, np.uint8)
    pixels[:10] = 255
    pixels[10:30] = 0
    seen = measure(pixels, None)
    assert (seen.white, seen.black) == (pytest.approx(0.1), pytest.approx(0.2))
    assert seen.mean == pytest.approx(25.5 + 70)
    assert sum(seen.bins) == pytest.approx(1)
    assert seen.is_bright
    inside = measure(pixels, Roi(0, 40, 50, 50))
    assert (inside.white, inside.black, inside.mean) == (0, 0, 100)
    colour = measure(np.dstack([pixels] * 3), None)
    assert colour.white == pytest.approx(0.1)


# ── where to look ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def drawing(desk: Desk) -> Desk:
    camera = desk.page.camera
    desk.click(camera.areas_key)
    desk.click(camera.areas.freeze_key)
    assert camera.editor.is_editing
    desk.rest(0.3)  # the frozen picture is made
    return desk


def on_screen(editor: AreaEditor, x: int, y: int) -> QPoint:
    area, scale = editor._image_rect(), editor._scale()
    return QPoint(round(area.x() + x * scale), round(area.y() + y * scale))


def test_the_region_is_moved_and_stretched_with_the_mouse(drawing: Desk) -> None:
    editor = drawing.page.camera.editor
    assert editor.areas == Areas(RECIPE.roi)
    scale = editor._scale()
    drawing.drag(editor, on_screen(editor, 240, 220), (round(30 * scale), round(20 * scale)))
    roi = editor.areas.region
    assert roi is not None
    assert (roi.x, roi.y) == (40, 20)
    assert roi.width == pytest.approx(230, abs=2)
    assert roi.height == pytest.approx(220, abs=2)
    drawing.drag(editor, on_screen(editor, 120, 80), (-4000, -4000))
    assert editor.areas.region == replace(roi, x=0, y=0)


def test_handles_are_large_enough_for_a_finger(drawing: Desk) -> None:
    assert HANDLE >= 24
    editor = drawing.page.camera.editor
    corner = on_screen(editor, 40, 20)
    drawing.drag(editor, corner + QPoint(11, 11), (round(20 * editor._scale()), 0))
    assert editor.areas.region is not None
    assert editor.areas.region.x == pytest.approx(60, abs=2)
    assert editor.areas.region.width == pytest.approx(180, abs=2)


def test_areas_are_ignored_moved_by_key_and_deleted(drawing: Desk) -> None:
    camera, editor = drawing.page.camera, drawing.page.camera.editor
    drawing.click(camera.areas.add_key)
    drawing.click(camera.areas.add_key)
    assert len(editor.areas.ignored) == 2
    assert editor.chosen == 2
    before = editor.areas.ignored[1]
    drawing.key(editor, Qt.Key.Key_Right)
    drawing.key(editor, Qt.Key.Key_Down, SHIFT)
    assert editor.areas.ignored[1] == replace(before, x=before.x + 1, y=before.y + 10)
    drawing.key(editor, Qt.Key.Key_Right, CONTROL)
    drawing.key(editor, Qt.Key.Key_Up, CONTROL, SHIFT)
    moved = editor.areas.ignored[1]
    assert (moved.width, moved.height) == (before.width + 1, before.height - 10)
    drawing.key(editor, Qt.Key.Key_PageUp)
    assert editor.chosen == 1
    drawing.key(editor, Qt.Key.Key_Delete)
    assert editor.areas.ignored == (moved,)
    drawing.click(camera.areas.remove_key)
    assert editor.areas.ignored == ()


def test_no_area_leaves_the_frame_nor_becomes_too_small(drawing: Desk) -> None:
    editor = drawing.page.camera.editor
    corner = on_screen(editor, 240, 220)
    drawing.drag(editor, corner, (-4000, -4000))
    assert editor.areas.region == Roi(40, 20, 32, 32)
    drawing.drag(editor, on_screen(editor, 72, 52), (4000, 4000))
    assert editor.areas.region == Roi(40, 20, 280, 236)


def test_what_is_drawn_is_saved_once_it_was_confirmed(drawing: Desk) -> None:
    page, camera = drawing.page, drawing.page.camera
    assert not camera.areas.save_key.isEnabled()
    drawing.click(camera.areas.add_key)
    drawing.key(camera.editor, Qt.Key.Key_Left)
    area = camera.editor.areas.ignored[0]
    drawing.click(camera.areas.save_key)
    drawing.until(drawing.dialogs)
    said = drawing.dialogs()[0].windowTitle()
    assert f"{area.x}, {area.y} · {area.width} × {area.height}" in said
    assert drawing.plant.asked("save") == []
    drawing.answer("Save: it counts from the next part on")
    saved = replace(RECIPE, ignore=(area,))
    assert drawing.plant.asked("save") == [(saved,)]
    assert not camera.areas.save_key.isEnabled()
    page.show_event(Adopted(replace(saved, version=4)))
    assert "Version 4" in page.notice.words
    assert not camera.editor.is_editing
    assert not camera.areas.is_changed


def test_what_the_golden_sample_refuses_is_not_lost(drawing: Desk) -> None:
    page, camera = drawing.page, drawing.page.camera
    drawing.click(camera.areas.add_key)
    drawn = camera.editor.areas
    drawing.click(camera.areas.save_key)
    drawing.answer("Save: it counts from the next part on")
    facts = (("path", "g.png"), ("label", "dent"), ("score", "0.99"), ("limit", "0.6"))
    page.show_event(Refused(Fault(ErrorCode.GOLDEN_REJECTED, facts)))
    assert "golden" in page.notice.words
    assert camera.editor.areas == drawn
    assert camera.areas.save_key.isEnabled()
    page.show_event(Adopted(replace(RECIPE, version=4, review_limit=0.2)))  # from elsewhere
    assert camera.editor.areas == drawn
    drawing.click(camera.areas.back_key)
    assert camera.editor.areas == Areas(RECIPE.roi)


def test_nothing_but_ignored_is_refused(drawing: Desk) -> None:
    page, camera = drawing.page, drawing.page.camera
    camera.editor.set_areas(Areas(RECIPE.roi, (Roi(0, 0, 320, 256),)))
    camera.areas.ask_save()
    assert "cover all" in page.notice.words
    assert drawing.plant.asked("save") == []


def test_a_region_beside_the_pictures_of_this_camera_is_told(drawing: Desk) -> None:
    page, camera = drawing.page, drawing.page.camera
    assert camera.editor.frame_size == QSize(320, 256)
    camera.set_recipe(replace(RECIPE, roi=Roi(200, 72, 880, 880)))
    assert "320 × 256" in camera.areas.note.text()
    camera.editor.set_areas(Areas(Roi(100, 72, 880, 880)))
    camera.areas.ask_save()
    assert "320 × 256" in page.notice.words


def test_a_frozen_picture_stands_still_and_what_was_drawn_outlives_the_page(drawing: Desk) -> None:
    camera = drawing.page.camera
    drawing.click(camera.areas.add_key)
    shown = camera.editor._picture
    drawing.rest(0.3)
    assert camera.editor._picture is shown
    drawn = camera.editor.areas
    drawing.window.show_page(0)
    drawing.window.show_page(1)
    assert camera.editor.areas == drawn
    drawing.click(camera.areas.freeze_key)
    drawing.until(lambda: camera.editor._picture is not shown)


def test_a_line_in_trouble_is_told_in_the_head(desk: Desk) -> None:
    fault = Fault(ErrorCode.CAMERA_LOST, (("source", "cam"),))
    desk.page.show_event(StateChanged(LineState.FAULT, fault))
    assert desk.page.state.text() == fault_text(fault)
    assert desk.page.camera.editor._tag == "FAULT"
    before = len(desk.plant.asked("features"))
    desk.page.show_event(StateChanged(LineState.READY, None))
    assert desk.page.state.text() == ""
    desk.until(lambda: len(desk.plant.asked("features")) > before)


def test_the_picture_of_the_camera_before_is_not_shown_as_that_of_the_next(desk: Desk) -> None:
    camera = desk.page.camera
    camera.scope._live = lambda _: None
    camera.use(FAKE)
    desk.until(lambda: not camera.editor.has_picture)
    assert not camera.areas.freeze_key.isEnabled()
