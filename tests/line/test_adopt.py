"""Another model while parts are judged: none is lost, and none gets half of one and half of two."""

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from station.cameras.simulated import SimulatedCamera
from station.domain.judge import judge
from station.domain.recipe import Recipe, ReviewRule
from station.domain.revision import Revision, RevisionState
from station.errors import ErrorCode, LineError, StationError
from station.inference.engine import Engine
from station.inference.model import card_to_json
from station.pipeline import adoption as adoption_module
from station.pipeline.batch import Batch
from station.pipeline.events import Adopted, Event, Inspected, LineState, Recorded, Refused
from station.pipeline.line import Line
from station.pipeline.remote import RemoteLine
from station.recipe_file import bind_model
from station.store.releases import Limits, Release
from station.store.revisions import Draft
from tests.line.conftest import MakeRig, Rig
from tests.line.test_remote import Hosted, hosted
from tests.models import CARD, build_bright_model
from tests.program import write_picture

__all__ = ["hosted"]

NEW = replace(CARD, name="bright two", review_limit=0.3, ng_limit=0.7)
OTHER = Limits(0.2, 0.8)
PARTS = 1000


@pytest.fixture
def recipe(model: Path) -> Recipe:
    """For a model of which the content is known, as a plan makes it."""
    return bind_model(Recipe("flange", str(model)))


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A model that says something else of every picture."""
    path = build_bright_model(tmp_path / "new.onnx", card_to_json(NEW), level=90)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Draft("flange", str(path), sha256, card_to_json(NEW), "test", evaluation_json="{}")


def fast() -> SimulatedCamera:
    return SimulatedCamera(width=160, height=128, fps=400, pool=8, defect_rate=0.4)


def first_revision(line: Line) -> Revision:
    """The model that was there, once the registry knows it."""
    until = time.monotonic() + 10
    while (found := line._store.reader.released("flange")) is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def both(*listeners: Callable[[Event], None]) -> Callable[[Event], None]:
    """One listener for several."""

    def hear(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return hear


def drive(
    line: Line | RemoteLine, batch: Batch, orders: dict[int, Callable[[], object]]
) -> list[Exception]:
    """PARTS parts one after the other; each order is given, beside them, at its part."""
    failed: list[Exception] = []
    threads = []

    def give(order: Callable[[], object]) -> None:
        try:
            order()
        except Exception as error:
            failed.append(error)

    for count, _ in enumerate(batch.run(line, PARTS), 1):
        if count in orders:
            threads.append(threading.Thread(target=give, args=(orders[count],)))
            threads[-1].start()
    for thread in threads:
        thread.join(20)
    return failed


def prove(rig: Rig, versions: int) -> None:
    """Every part is recorded once, and all that its record says comes from one and the same."""
    store = rig.store
    entries = store.reader.after(0, 10 * PARTS)
    assert [entry.inspection.part.number for entry in entries] == list(range(1, PARTS + 1))
    status = rig.line.status()
    assert (status.admitted, status.recorded, status.refused) == (PARTS, PARTS, 0)
    engines: dict[str, Engine] = {}
    for revision in store.reader.revisions("flange"):
        engines[revision.sha256] = Engine(store.folder / revision.path, "cpu", threads=1)
        engines[revision.sha256].open()
    seen = [entry.inspection for entry in entries]
    used = [one.recipe_version for one in seen]
    assert used == sorted(used), "from one part on, and never back"
    assert len(set(used)) == versions
    for one in seen:
        recipe = store.recipe("flange", one.recipe_version)
        engine = engines[one.model_sha256]
        assert one.model_sha256 == recipe.model_sha256
        assert one.model == engine.card.name
        assert (one.review_limit, one.ng_limit) == (recipe.review_limit, recipe.ng_limit)
        still = store.reader.still(one.uid)
        assert still is not None
        finding = engine.look(still.pixels, one.roi)
        assert dict(one.scores) == pytest.approx(dict(finding.scores), abs=1e-5)
        assert one.verdict is judge(finding, recipe)
        assert still.map is not None
        assert finding.map is not None
        assert np.array_equal(still.map, finding.map)
        others = [other for sha, other in engines.items() if sha != one.model_sha256]
        for other in others:
            assert abs(other.look(still.pixels, one.roi).score - finding.score) > 1e-3


@pytest.mark.timeout(240)
def test_a_release_and_a_way_back_among_a_thousand_parts(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(fast(), recipe)
    line, batch = rig.line, Batch(ahead=2)
    line._on_event = both(rig._hear, batch.post)
    first = first_revision(line)
    second = line.add_revision(draft)
    order = Release("flange", second.number, "better", "Anna")
    failed = drive(
        line,
        batch,
        {
            250: lambda: line.release(order),
            500: lambda: line.roll_back("flange", "worse"),
            750: lambda: line.release(replace(order, limits=OTHER, reason="limits")),
        },
    )
    assert failed == []
    adopted = [event.recipe for event in rig.wait(Adopted, 3)]
    assert [one.model_sha256 for one in adopted] == [second.sha256, first.sha256, second.sha256]
    limits = [(one.review_limit, one.ng_limit) for one in adopted]
    assert limits == [(0.3, 0.7), (0.4, 0.6), (OTHER.review_limit, OTHER.ng_limit)]
    prove(rig, versions=4)
    assert line.recipe == adopted[-1]
    assert line.card == NEW


@pytest.mark.timeout(240)
def test_the_same_over_the_wire(hosted: Hosted, draft: Draft) -> None:
    rig, ear = hosted.rig, hosted.ear
    first = first_revision(hosted.line)
    batch = Batch(ahead=2)
    client = RemoteLine(hosted.folder, both(batch.post, ear.hear))
    client.start()
    assert client.wait_here(5)
    draft = replace(draft, evaluation_json=None)
    second = client.add_revision(draft)
    order = Release("flange", second.number, "better", "Anna")
    with pytest.raises(StationError) as caught:
        client.release(order)
    assert caught.value.code is ErrorCode.REVISION_INCOMPLETE
    assert ear.wait(Refused).fault == caught.value.fault
    client.evaluate_revision("flange", second.number, "{}")
    failed = drive(
        client,
        batch,
        {
            300: lambda: client.release(order),
            700: lambda: client.roll_back("flange", "worse"),
        },
    )
    assert failed == []
    ear.wait(Adopted, lambda event: event.recipe.model_sha256 == first.sha256)
    assert client.recipe == hosted.line.recipe
    assert client.recipe is not None
    assert client.recipe.model_sha256 == first.sha256
    assert client.card == hosted.line.card
    prove(rig, versions=3)
    client.stop()


def test_adopt_judges_by_other_limits_and_outlives_a_restart(
    make_rig: MakeRig, recipe: Recipe
) -> None:
    rig = make_rig(recipe=recipe)
    first = first_revision(rig.line)
    rig.line.adopt(replace(rig.line.recipe, review_limit=0.0, review=ReviewRule.ALL))
    adopted = rig.wait(Adopted)[0].recipe
    assert (adopted.version, adopted.model_sha256) == (2, first.sha256)
    assert rig.line.recipe == adopted
    rig.inspect()
    seen = rig.wait(Inspected)[-1].inspection
    assert (seen.recipe_version, seen.review_limit, seen.verdict) == (2, 0.0, "REVIEW")
    rig.wait(Recorded)
    assert rig.store.reader.waiting_count() == 1, "by the new rule"
    assert rig.machine.signals == [], "it is held"
    wanted = rig.store.recipe("flange", 1)
    assert rig.store.recipe_to_run(wanted) == adopted


def test_what_cannot_be_adopted_leaves_the_incumbent(
    make_rig: MakeRig, recipe: Recipe, tmp_path: Path
) -> None:
    rig = make_rig(recipe=recipe)
    first_revision(rig.line)
    before, card = rig.line.recipe, rig.line.card
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    for wanted, code in (
        (replace(before, model=str(broken), model_sha256=""), ErrorCode.MODEL_NOT_ONNX),
        (replace(before, model=str(tmp_path / "none.onnx")), ErrorCode.MODEL_NOT_FOUND),
        (replace(before, model_sha256="ab" * 32), ErrorCode.MODEL_CHANGED),
        (replace(before, name="cap"), ErrorCode.LINE_OTHER_PRODUCT),
        (replace(before, budget_ms=1e-6), ErrorCode.MODEL_TOO_SLOW),
    ):
        known = len(rig.wait(Refused, 0))
        rig.line.adopt(wanted)
        assert rig.wait(Refused, known + 1)[-1].fault.code is code
        assert (rig.line.recipe, rig.line.card) == (before, card)
        rig.inspect()
    judged = rig.wait(Inspected, 5)
    assert {one.inspection.recipe_version for one in judged} == {1}
    assert all(one.inspection.fault is None for one in judged)
    assert rig.store.recipe("flange").version == 1


def test_a_golden_picture_that_would_be_rejected_refuses_the_release(
    make_rig: MakeRig, recipe: Recipe, draft: Draft, tmp_path: Path
) -> None:
    golden = write_picture(tmp_path / "golden.png", np.full((128, 160), 70, np.uint8))
    rig = make_rig(recipe=replace(recipe, golden=str(golden)))
    first = first_revision(rig.line)
    second = rig.line.add_revision(draft)  # for which 70 is dark
    before = rig.line.recipe
    with pytest.raises(StationError) as caught:
        rig.line.release(Release("flange", second.number, "better"))
    assert caught.value.code is ErrorCode.GOLDEN_REJECTED
    assert caught.value.fault.fact("label") == "dark"
    assert rig.wait(Refused)[-1].fault == caught.value.fault
    assert rig.line.recipe == before
    assert rig.store.recipe("flange").version == 1
    assert rig.store.reader.released("flange") == first
    rig.inspect()
    assert rig.wait(Inspected)[-1].inspection.model_sha256 == first.sha256


def test_a_release_of_another_product_is_recorded_only(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(recipe=recipe)
    first_revision(rig.line)
    rig.store.save_recipe(replace(recipe, name="cap", model_sha256="ab" * 32))
    added = rig.line.add_revision(replace(draft, product="cap"))
    made = rig.line.release(Release("cap", added.number, "for tomorrow"))
    assert (made.name, made.version) == ("cap", 2)
    assert rig.line.recipe.name == "flange"
    rig.inspect()
    assert rig.wait(Inspected)[-1].inspection.recipe == "flange"
    assert [event for event in rig.events if isinstance(event, Adopted)] == []


def test_nothing_is_released_once_the_line_has_stopped(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(recipe=recipe)
    first_revision(rig.line)
    second = rig.line.add_revision(draft)
    assert rig.line.stop()
    with pytest.raises(LineError) as caught:
        rig.line.release(Release("flange", second.number, "late"))
    assert caught.value.code is ErrorCode.LINE_NOT_READY
    assert rig.store.recipe("flange").version == 1


def test_while_a_model_takes_its_time_to_load_parts_are_judged(
    make_rig: MakeRig, recipe: Recipe, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = make_rig(recipe=recipe)
    first = first_revision(rig.line)
    second = rig.line.add_revision(draft)
    goes_on = threading.Event()
    monkeypatch.setattr(adoption_module, "prove_golden", lambda *_: goes_on.wait(20))
    order = Release("flange", second.number, "slow")
    thread = threading.Thread(target=lambda: rig.line.release(order))
    thread.start()
    for _ in range(5):
        rig.inspect()
    judged = rig.wait(Inspected, 5)
    assert {one.inspection.model_sha256 for one in judged} == {first.sha256}
    assert rig.line.status().state in (LineState.READY, LineState.RUNNING)
    goes_on.set()
    thread.join(10)
    rig.inspect()
    assert rig.wait(Inspected, 6)[-1].inspection.model_sha256 == second.sha256


def test_the_evaluation_of_a_revision_is_kept(
    make_rig: MakeRig, recipe: Recipe, draft: Draft
) -> None:
    rig = make_rig(recipe=recipe)
    first_revision(rig.line)
    added = rig.line.add_revision(draft)
    text = json.dumps({"escapes": [0, 12]})
    assert rig.line.evaluate_revision("flange", added.number, text).evaluation_json == text
    moved = rig.line.move_revision("flange", added.number, RevisionState.RETIRED, "no", "Anna")
    assert moved.state is RevisionState.RETIRED
