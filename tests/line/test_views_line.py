"""Parts that several cameras see: each view has its model, and the worst verdict is the part's."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.cameras.folder import FolderCamera
from station.cameras.image_file import read_image
from station.cameras.views import views_of
from station.domain.inspection import DecisionKind, Disposition, Verdict
from station.domain.part import Pixels
from station.domain.recipe import Recipe, Roi, View
from station.errors import ErrorCode
from station.pipeline.events import Adopted, Decided, Inspected, LineState, Recorded
from station.store.png import encode_png
from station.store.recover import rebuild
from station.training.taking import take_decided
from tests.line.conftest import MakeRig
from tests.models import build_bright_model

SIDE = 64
BRIGHT, MIDDLE, DARK = 160, 100, 40


def flat(level: int) -> Pixels:
    noise = np.random.default_rng(level).integers(0, 3, (SIDE, SIDE))
    return (level + noise).astype(np.uint8)


def folder_of(folder: Path, levels: list[int]) -> FolderCamera:
    """A camera whose parts are as bright as that, one after the other."""
    folder.mkdir(exist_ok=True)
    for number, level in enumerate(levels):
        (folder / f"{number:02}.png").write_bytes(encode_png(flat(level), {}))
    return FolderCamera(str(folder))


@pytest.fixture
def seen_twice(recipe: Recipe, tmp_path: Path) -> Recipe:
    """Above 60 the front is good, above 120 the back is."""
    back = build_bright_model(tmp_path / "back.onnx", level=120)
    view = View("back", str(back), Roi(SIDE, 0, SIDE, SIDE))
    return replace(recipe, roi=Roi(0, 0, SIDE, SIDE), views=(view,))


def test_the_worst_view_is_the_verdict_of_the_part(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    front = folder_of(tmp_path / "front", [BRIGHT, BRIGHT, DARK, DARK])
    back = folder_of(tmp_path / "back", [BRIGHT, MIDDLE, BRIGHT, MIDDLE])
    rig = make_rig(views_of((front, back)), seen_twice)
    for _ in range(4):
        rig.inspect()
    rig.wait(Recorded, 4)
    parts = [event.inspection for event in rig.wait(Inspected, 4)]
    assert [one.verdict for one in parts] == [Verdict.OK, *[Verdict.NG] * 3]
    by_view = [[(look.name, look.verdict) for look in one.views] for one in parts]
    ok, ng = Verdict.OK, Verdict.NG
    assert by_view == [
        [("flange", ok), ("back", ok)],
        [("flange", ok), ("back", ng)],
        [("flange", ng), ("back", ok)],
        [("flange", ng), ("back", ng)],
    ]
    assert [said for number, said in rig.machine.signals if number] == [
        Disposition.RELEASE,
        *[Disposition.REJECT] * 3,
    ]
    kept = rig.store.inspection(parts[1].uid)
    assert kept == parts[1]
    assert kept.roi == Roi(0, 0, SIDE, SIDE)
    assert kept.region == Roi(0, 0, 2 * SIDE, SIDE)
    assert kept.label == "dark"
    assert kept.score == max(look.score for look in kept.views)


def test_picture_and_evidence_hold_all_views(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    front, back = (folder_of(tmp_path / name, [level]) for name, level in
                   (("front", BRIGHT), ("back", DARK)))  # fmt: skip
    rig = make_rig(views_of((front, back)), seen_twice)
    rig.inspect()
    uid = rig.wait(Recorded)[0].uid
    still = rig.store.reader.still(uid)
    assert still is not None
    assert np.array_equal(still.pixels, np.hstack([flat(BRIGHT), flat(DARK)]))
    assert still.map is not None
    half = still.map.shape[1] // 2
    assert still.map[:, half:].mean() > still.map[:, :half].mean() + 50  # the dark one is the bad


def test_the_looks_survive_the_loss_of_the_database(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    front, back = (folder_of(tmp_path / name, [BRIGHT]) for name in ("front", "back"))
    rig = make_rig(views_of((front, back)), seen_twice)
    rig.inspect()
    uid = rig.wait(Recorded)[0].uid
    before = rig.store.inspection(uid)
    rig.stop()
    for one in rig.store.folder.glob("records.sqlite*"):
        one.unlink()
    rebuild(rig.store.folder)
    rig.store.open()
    assert rig.store.inspection(uid) == before
    assert len(before.views) == 2


def test_a_view_without_light_is_a_part_that_was_not_inspected(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    rig = make_rig(
        views_of((folder_of(tmp_path / "front", [BRIGHT]), folder_of(tmp_path / "back", [0]))),
        seen_twice,
    )
    rig.inspect()
    rig.wait(Recorded)
    part = rig.wait(Inspected)[0].inspection
    assert part.verdict is Verdict.NOT_INSPECTED
    assert part.fault is not None
    assert part.fault.code is ErrorCode.CAMERA_BLACK
    assert "back" in part.fault.fact("source")


def test_a_picture_with_fewer_views_than_the_recipe_is_not_judged(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    rig = make_rig(folder_of(tmp_path / "front", [BRIGHT]), seen_twice)
    rig.inspect()
    rig.wait(Recorded)
    part = rig.wait(Inspected)[0].inspection
    assert part.verdict is Verdict.NOT_INSPECTED
    assert part.fault is not None
    assert part.fault.code is ErrorCode.ROI_OUTSIDE_FRAME


def test_another_recipe_takes_over_with_all_its_models(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    front = folder_of(tmp_path / "front", [BRIGHT] * 2)
    back = folder_of(tmp_path / "back", [MIDDLE] * 2)
    rig = make_rig(views_of((front, back)), seen_twice)
    rig.inspect()
    rig.wait(Recorded, 1)
    milder = build_bright_model(tmp_path / "milder.onnx", level=60)
    view = replace(seen_twice.views[0], model=str(milder), model_sha256="")
    rig.line.adopt(replace(seen_twice, model_sha256="", views=(view,)))
    adopted = rig.wait(Adopted)[0].recipe
    assert adopted.views[0].model_sha256 not in ("", rig.recipe.views[0].model_sha256)
    rig.inspect()
    rig.wait(Recorded, 2)
    parts = [event.inspection for event in rig.wait(Inspected, 2)]
    assert [one.verdict for one in parts] == [Verdict.NG, Verdict.OK]
    assert parts[1].views[1].model_sha256 == adopted.views[0].model_sha256


def test_a_view_whose_model_is_missing_keeps_the_line_from_starting(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    gone = replace(seen_twice.views[0], model=str(tmp_path / "gone.onnx"))
    rig = make_rig(
        folder_of(tmp_path / "front", [BRIGHT]), replace(seen_twice, views=(gone,)), start=False
    )
    rig.line.start()
    rig.wait_state(LineState.FAULT)
    broken = rig.line.broken
    assert broken is not None
    assert broken.code is ErrorCode.MODEL_NOT_FOUND


def test_what_is_learnt_from_is_what_the_own_model_saw(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    """Of rejected parts only those count whose fault nobody but the product's own model saw."""
    front = folder_of(tmp_path / "front", [BRIGHT, BRIGHT, DARK, DARK])
    back = folder_of(tmp_path / "back", [BRIGHT, MIDDLE, BRIGHT, MIDDLE])
    rig = make_rig(views_of((front, back)), seen_twice)
    for _ in range(4):
        rig.inspect()
    rig.wait(Recorded, 4)
    parts = [event.inspection for event in rig.wait(Inspected, 4)]
    rig.line.decide(parts[0].uid, DecisionKind.ACCEPT)
    for part in parts[1:]:
        rig.line.decide(part.uid, DecisionKind.REJECT, "dark")
    rig.wait(Decided, 4)
    taken = take_decided(rig.store, rig.store.reader, "flange", "Li")
    assert (taken.added, taken.skipped) == (2, ())
    rows = [row for row in rig.store.reader.sample_page("flange") if row.label]
    kept = {row.label: read_image(rig.store.folder / row.image) for row in rows}
    assert np.array_equal(kept["good"], flat(BRIGHT))
    assert np.array_equal(kept["dark"], flat(DARK))


def test_a_shadow_judges_the_own_view_and_leaves_the_others_their_word(
    make_rig: MakeRig, seen_twice: Recipe, tmp_path: Path
) -> None:
    front = folder_of(tmp_path / "front", [MIDDLE, MIDDLE, BRIGHT, BRIGHT])
    back = folder_of(tmp_path / "back", [BRIGHT, DARK, BRIGHT, DARK])
    rig = make_rig(views_of((front, back)), seen_twice)
    stricter = build_bright_model(tmp_path / "stricter.onnx", level=120)  # MIDDLE is bad to it
    rig.line.shadow(stricter)
    until = time.monotonic() + 10
    while not rig.line.status().shadow:
        assert time.monotonic() < until
        time.sleep(0.01)
    for _ in range(4):
        rig.inspect()
    rig.wait(Recorded, 4)
    while rig.line.status().shadow_seen < 4:
        assert time.monotonic() < until
        time.sleep(0.01)
    sha256 = rig.line.status().shadow
    rig.line.shadow(None)  # as it leaves, it writes what it saw
    while rig.store.reader.agreement("flange", sha256).parts < 4:
        assert time.monotonic() < until
        time.sleep(0.01)
    differing = rig.store.reader.disagreements("flange", sha256, 10)
    assert [(one.entry.inspection.part.number, one.look.verdict) for one in differing] == [
        (1, Verdict.NG)
    ]
