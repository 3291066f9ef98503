"""A model that looks on: silent, never in the way, and with a word of its own on every part."""

import hashlib
import time
from dataclasses import replace
from pathlib import Path

import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.inspection import Verdict
from station.domain.judge import judge
from station.domain.recipe import Recipe
from station.domain.revision import RevisionState
from station.errors import ErrorCode, StoreError
from station.inference.engine import Engine
from station.inference.model import card_to_json
from station.pipeline import shadow as shadow_module
from station.pipeline.events import Inspected, LineState, Recorded, Refused, Warned
from station.pipeline.line import Equipment, Line
from station.recipe_file import bind_model
from station.store.releases import Release
from station.store.revisions import Draft
from tests.line.conftest import MakeRig, Rig
from tests.line.test_adopt import first_revision
from tests.line.test_remote import Hosted, hosted
from tests.models import CARD, build_bright_model

__all__ = ["hosted"]

NEW = replace(CARD, name="bright two", review_limit=0.3, ng_limit=0.7)


@pytest.fixture
def recipe(model: Path) -> Recipe:
    """For a model of which the content is known, as a plan makes it."""
    return bind_model(Recipe("flange", str(model)))


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    path = build_bright_model(tmp_path / "new.onnx", card_to_json(NEW), level=90)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Draft("flange", str(path), sha256, card_to_json(NEW), "test", evaluation_json="{}")


def fast() -> SimulatedCamera:
    return SimulatedCamera(width=160, height=128, fps=400, pool=8, defect_rate=0.4)


def wait_seen(line: Line, count: int) -> None:
    """Until the shadow has seen so many parts, or dropped them."""
    until = time.monotonic() + 20
    while (now := line.status()).shadow_seen + now.shadow_dropped < count:
        assert time.monotonic() < until, now
        time.sleep(0.01)


def wait_shadow(line: Line, sha256: str) -> None:
    until = time.monotonic() + 10
    while line.status().shadow != sha256:
        assert time.monotonic() < until, line.status()
        time.sleep(0.01)


def written(rig: Rig, sha256: str, count: int) -> None:
    until = time.monotonic() + 10
    while rig.store.reader.agreement("flange", sha256).parts < count:
        assert time.monotonic() < until, rig.line.status()
        time.sleep(0.02)


def inspected(rig: Rig, count: int) -> None:
    before = len(rig.wait(Recorded, 0))
    for _ in range(count):
        rig.inspect()
    rig.wait(Recorded, before + count)


def test_a_shadow_gives_its_word_on_every_part_and_changes_none(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(fast(), recipe)
    first = first_revision(rig.line)
    second = rig.line.add_revision(draft)
    rig.line.shadow(rig.store.folder / second.path, second.sha256)
    wait_shadow(rig.line, second.sha256)
    shadow = rig.store.reader.shadow("flange")
    assert shadow is not None
    assert (shadow.number, shadow.state) == (2, RevisionState.SHADOW)
    for count in range(1, 31):
        inspected(rig, 1)
        wait_seen(rig.line, count)  # one at a time, so that there is room for all
    assert rig.line.status().shadow_dropped == 0
    written(rig, second.sha256, 30)
    judged = {one.inspection.uid: one.inspection for one in rig.wait(Inspected, 30)}
    assert {one.model_sha256 for one in judged.values()} == {first.sha256}
    limits = replace(recipe, review_limit=0.3, ng_limit=0.7)
    differing = 0
    found = {one.look.uid: one for one in rig.store.reader.disagreements("flange", second.sha256)}
    with Engine(Path(draft.file), "cpu") as engine:
        for uid, inspection in judged.items():
            still = rig.store.reader.still(uid)
            assert still is not None
            finding = engine.look(still.pixels, inspection.roi)
            verdict = judge(finding, limits)
            assert (uid in found) == (verdict is not inspection.verdict)
            if uid in found:
                differing += 1
                look = found[uid].look
                assert (look.verdict, look.label) == (verdict, finding.label)
                assert look.score == pytest.approx(finding.score, abs=1e-5)
                assert found[uid].entry.inspection == inspection
    told = rig.store.reader.agreement("flange", second.sha256)
    assert told.differing == differing > 0
    assert told.only_shadow_ng > 0, "it is the stricter of the two"


def test_a_shadow_outlives_a_restart_and_leaves_when_told(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(fast(), recipe)
    first_revision(rig.line)
    second = rig.line.add_revision(draft)
    rig.line.shadow("", second.sha256)
    wait_shadow(rig.line, second.sha256)
    assert rig.line.stop()
    engine = Engine(Path(recipe.model), "cpu")
    rig.line = Line(Equipment(fast(), rig.machine, engine, rig.store, rig.recipe), rig._hear)
    rig.line.start()
    rig.wait_state(LineState.READY)
    wait_shadow(rig.line, second.sha256)
    inspected(rig, 1)
    wait_seen(rig.line, 1)
    rig.line.shadow(None)
    wait_shadow(rig.line, "")
    written(rig, second.sha256, 1)
    until = time.monotonic() + 5
    while rig.store.reader.shadow("flange") is not None:
        assert time.monotonic() < until
        time.sleep(0.01)
    inspected(rig, 2)
    assert rig.store.reader.agreement("flange", second.sha256).parts == 1


def test_a_shadow_that_is_released_is_a_shadow_no_more(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(fast(), recipe)
    first = first_revision(rig.line)
    second = rig.line.add_revision(draft)
    rig.line.move_revision("flange", 2, RevisionState.SHADOW, "try", "Anna")
    wait_shadow(rig.line, second.sha256)
    rig.line.release(Release("flange", 2, "it was right"))
    assert rig.line.status().shadow == ""
    rig.line.shadow("", first.sha256)  # and the other way round
    wait_shadow(rig.line, first.sha256)
    rig.line.roll_back("flange", "it was not")
    assert rig.line.status().shadow == ""
    rig.line.shadow("", first.sha256)
    refused = rig.wait(Refused)[-1].fault
    assert refused.code is ErrorCode.REVISION_STATE, "who is in charge cannot look on"


def test_who_cannot_look_on_is_told_and_harms_nobody(
    make_rig: MakeRig, recipe: Recipe, draft: Draft, tmp_path: Path
) -> None:
    rig = make_rig(fast(), recipe)
    first_revision(rig.line)
    rig.line.shadow(tmp_path / "none.onnx", "ab" * 32)
    assert rig.wait(Refused)[-1].fault.code is ErrorCode.MODEL_NOT_FOUND
    second = rig.line.add_revision(draft)
    rig.line.shadow("", second.sha256)
    wait_shadow(rig.line, second.sha256)
    (rig.store.folder / second.path).write_bytes(b"broken")
    assert rig.line.stop()
    engine = Engine(Path(recipe.model), "cpu")
    rig.line = Line(Equipment(fast(), rig.machine, engine, rig.store, rig.recipe), rig._hear)
    rig.line.start()
    rig.wait_state(LineState.READY)
    assert rig.wait(Warned)[-1].fault.code is ErrorCode.MODEL_CHANGED
    inspected(rig, 2)
    assert rig.wait(Inspected)[-1].inspection.verdict is not Verdict.NOT_INSPECTED


def test_what_a_shadow_has_no_time_for_is_dropped_and_counted(
    make_rig: MakeRig, recipe: Recipe, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Engine.look

    def look(self: Engine, *args: object) -> object:
        if self._threads == 1:  # the shadow's
            time.sleep(0.3)
        return slow(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "look", look)
    rig = make_rig(fast(), recipe)
    first_revision(rig.line)
    second = rig.line.add_revision(draft)
    rig.line.shadow("", second.sha256)
    wait_shadow(rig.line, second.sha256)
    began = time.monotonic()
    inspected(rig, 20)
    assert time.monotonic() - began < 20 * 0.3, "nobody waits for it"
    wait_seen(rig.line, 20)
    status = rig.line.status()
    assert status.shadow_dropped > 0
    assert status.shadow_seen >= shadow_module.WAITING
    assert status.recorded == status.admitted == 20
    written(rig, second.sha256, status.shadow_seen)


def test_looks_that_cannot_be_written_are_left_out(
    make_rig: MakeRig, recipe: Recipe, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig(fast(), recipe)
    first_revision(rig.line)
    second = rig.line.add_revision(draft)
    rig.line.shadow("", second.sha256)
    wait_shadow(rig.line, second.sha256)

    def full(_: object) -> int:
        raise StoreError(ErrorCode.STORE_DISK_FULL, path=rig.store.folder)

    with monkeypatch.context() as patched:
        patched.setattr(rig.store, "add_looks", full)
        inspected(rig, 1)
        until = time.monotonic() + 10
        while rig.line.status().shadow_dropped < 1:
            assert time.monotonic() < until
            time.sleep(0.02)
    inspected(rig, 1)
    written(rig, second.sha256, 1)
    assert rig.line.status().state in (LineState.READY, LineState.RUNNING)


def test_a_shadow_is_set_from_outside(hosted: Hosted, draft: Draft) -> None:
    client = hosted.client
    first_revision(hosted.line)
    second = client.add_revision(draft)
    client.shadow("", second.sha256)
    wait_shadow(hosted.line, second.sha256)
    until = time.monotonic() + 5
    while client.status().shadow != second.sha256:
        assert time.monotonic() < until
        time.sleep(0.02)
    client.shadow(None)
    wait_shadow(hosted.line, "")
    client.shadow("", "00" * 32)
    assert hosted.ear.wait(Refused).fault.code is ErrorCode.REVISION_NOT_FOUND
