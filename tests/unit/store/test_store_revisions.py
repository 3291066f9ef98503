"""The models of a product: kept whole, moved by rule, and exactly one of them counts."""

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import harm
import pytest

from station.domain.recipe import Recipe, Roi
from station.domain.revision import Revision, RevisionState, may_become
from station.errors import ErrorCode, StationError
from station.store import model_files
from station.store.model_files import folder_name, model_name
from station.store.recover import last_loss, recover
from station.store.releases import Limits, Release
from station.store.revisions import Draft
from station.store.store import Store

CARD = json.dumps({"name": "m", "review_limit": 0.25, "ng_limit": 0.75})
RECIPE = Recipe("flange", "/somewhere/flange.onnx", "ab" * 32, roi=Roi(0, 0, 64, 64))
MakeDraft = Callable[..., Draft]


@pytest.fixture
def draft(tmp_path: Path) -> MakeDraft:
    """A model file with that content, which becomes a revision."""

    def make(content: str = "one", product: str = "flange", proven: bool = True) -> Draft:
        path = tmp_path / f"{content}.onnx"
        path.write_bytes(content.encode() * 1000)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        proof = '{"escapes": 0}' if proven else None
        return Draft(
            product, str(path), sha256, CARD, "linear", (("cv", 0.9),), None, "s" * 64, proof, "Li"
        )

    return make


@pytest.fixture
def ran(store: Store) -> Store:
    """A store in which the product has run by its file."""
    store.recipe_to_run(RECIPE)
    return store


def refused(code: ErrorCode, work: Callable[[], object]) -> StationError:
    with pytest.raises(StationError) as caught:
        work()
    assert caught.value.code is code
    return caught.value


def states(store: Store, product: str = "flange") -> dict[int, str]:
    return {one.number: one.state.value for one in store.reader.revisions(product)}


def whole(store: Store, revision: Revision) -> bool:
    data = (store.folder / revision.path).read_bytes()
    return hashlib.sha256(data).hexdigest() == revision.sha256


def test_a_model_becomes_the_next_revision_and_its_file_is_kept(
    store: Store, draft: MakeDraft
) -> None:
    first, second = store.add_revision(draft("one")), store.add_revision(draft("two"))
    other = store.add_revision(draft("one", product="盖/板 é"))
    assert (first.number, second.number, other.number) == (1, 2, 1)
    assert first.state is RevisionState.CANDIDATE
    assert first.path == f"models/flange/v1-{first.sha256[:8]}.onnx"
    assert all(whole(store, one) for one in (first, second, other))
    assert store.reader.revisions("flange") == [second, first]
    assert store.reader.revision("盖/板 é", 1) == other
    assert (first.method, first.metrics, first.snapshot) == ("linear", (("cv", 0.9),), "s" * 64)
    assert first.operator == "Li"
    assert list((store.folder / "models/incoming").iterdir()) == []


def test_a_file_that_is_not_what_was_said_leaves_nothing(store: Store, draft: MakeDraft) -> None:
    refused(ErrorCode.MODEL_CHANGED, lambda: store.add_revision(replace(draft(), sha256="00" * 32)))
    gone = replace(draft(), file=str(store.folder / "none.onnx"))
    refused(ErrorCode.MODEL_NOT_FOUND, lambda: store.add_revision(gone))
    assert store.reader.revisions("flange") == []
    assert [path for path in (store.folder / "models").rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_nothing_half_made(
    store: Store, draft: MakeDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    made = draft()
    with monkeypatch.context() as patched:
        patched.setattr(model_files.os, "fsync", full)
        refused(ErrorCode.STORE_DISK_FULL, lambda: store.add_revision(made))
    assert store.reader.revisions("flange") == []
    assert [path for path in (store.folder / "models").rglob("*") if path.is_file()] == []
    assert store.add_revision(made).number == 1


def test_a_file_is_never_overwritten(store: Store, draft: MakeDraft) -> None:
    made = draft()
    path = store.folder / model_name("flange", 1, made.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"another")
    refused(ErrorCode.STORE_WRITE_FAILED, lambda: store.add_revision(made))
    assert path.read_bytes() == b"another"
    path.write_bytes(Path(made.file).read_bytes())  # left by a crash before its row
    assert store.add_revision(made).number == 1


@pytest.mark.parametrize(
    "product", ["..", "a/b", "CON", "nul.x", " x ", "", "x" * 300, "ü:*?", "."]
)
def test_every_product_has_a_folder_of_its_own(product: str) -> None:
    name = folder_name(product)
    assert name == Path(name).name
    assert name.strip(". ")
    assert not set(name) & set('<>:"/\\|?*')
    assert len(name.encode()) < 100
    assert name != folder_name(product + "2")
    assert folder_name("flange 7_b") == "flange 7_b"


def test_only_the_rule_moves_a_revision(store: Store, draft: MakeDraft) -> None:
    for content in ("one", "two"):
        store.add_revision(draft(content))
    shadow = store.move_revision("flange", 1, RevisionState.SHADOW, "try", "Li")
    assert shadow.state is RevisionState.SHADOW
    assert store.reader.shadow("flange") == shadow
    store.move_revision("flange", 2, RevisionState.SHADOW, "try this", "Li")
    assert states(store) == {1: "candidate", 2: "shadow"}, "one shadow at a time"
    store.move_revision("flange", 2, RevisionState.RETIRED, "no good", "Li")
    error = refused(
        ErrorCode.REVISION_STATE,
        lambda: store.move_revision("flange", 2, RevisionState.CANDIDATE, "again", "Li"),
    )
    assert error.fault.fact("state") == "retired"
    refused(
        ErrorCode.REVISION_NOT_FOUND,
        lambda: store.move_revision("flange", 9, RevisionState.RETIRED, "", ""),
    )
    assert not may_become(RevisionState.RELEASED, RevisionState.CANDIDATE)
    assert not may_become(RevisionState.RELEASED, RevisionState.SHADOW)


def test_only_a_whole_and_proven_revision_is_released(ran: Store, draft: MakeDraft) -> None:
    made = ran.add_revision(draft("one", proven=False))
    order = Release("flange", 1, "better", "Anna")
    error = refused(ErrorCode.REVISION_INCOMPLETE, lambda: ran.release(order))
    assert error.fault.fact("missing") == "evaluation"
    assert ran.evaluate_revision("flange", 1, '{"n": 3}', "Li").evaluation_json == '{"n": 3}'
    path = ran.folder / made.path
    path.write_bytes(b"broken")
    error = refused(ErrorCode.REVISION_INCOMPLETE, lambda: ran.release(order))
    assert error.fault.fact("missing") == "file"
    path.unlink()
    refused(ErrorCode.REVISION_INCOMPLETE, lambda: ran.release(order))
    ran.add_revision(draft("two"))
    refused(ErrorCode.REVISION_NEEDS_REASON, lambda: ran.release(Release("flange", 2, "  ")))
    assert ran.recipe("flange") == replace(RECIPE, version=1), "nothing of it was recorded"
    assert set(states(ran).values()) == {"candidate"}


def test_a_release_is_recipe_states_and_trail_in_one(ran: Store, draft: MakeDraft) -> None:
    first, second = ran.add_revision(draft("one")), ran.add_revision(draft("two"))
    recipe = ran.release(Release("flange", 1, "better", "Anna"))
    assert recipe == replace(
        RECIPE,
        version=2,
        model=str(ran.folder / first.path),
        model_sha256=first.sha256,
        review_limit=0.25,
        ng_limit=0.75,
    )
    limits = Limits(0.1, 0.9, 1.5)
    recipe = ran.release(Release("flange", 2, "even better", "Anna", limits))
    assert (recipe.version, recipe.model_sha256) == (3, second.sha256)
    assert (recipe.review_limit, recipe.ng_limit, recipe.max_unlike) == (0.1, 0.9, 1.5)
    assert states(ran) == {1: "retired", 2: "released"}
    assert ran.reader.released("flange") == ran.reader.revision("flange", 2)
    trail = ran.reader.audit(2)
    assert [one.action for one in trail] == ["released", "released"]
    assert trail[0].fault is not None
    assert trail[0].operator == "Anna"
    assert dict(trail[0].fault.facts) == {
        "product": "flange",
        "number": "2",
        "version": "3",
        "reason": "even better",
    }


def test_the_same_again_is_no_release_but_other_limits_are(ran: Store, draft: MakeDraft) -> None:
    ran.add_revision(draft("one"))
    ran.release(Release("flange", 1, "better"))
    refused(ErrorCode.REVISION_STATE, lambda: ran.release(Release("flange", 1, "again")))
    limits = Limits(0.05, 0.9)
    assert ran.release(Release("flange", 1, "fewer escapes", "", limits)).review_limit == 0.05
    assert states(ran) == {1: "released"}


def test_the_way_back_is_the_one_before_with_its_limits(ran: Store, draft: MakeDraft) -> None:
    refused(ErrorCode.NOTHING_TO_ROLL_BACK, lambda: ran.roll_back("flange", "why"))
    first = ran.add_revision(draft("one"))
    ran.add_revision(draft("two"))
    ran.release(Release("flange", 1, "a", "", Limits(0.11, 0.88)))
    refused(ErrorCode.NOTHING_TO_ROLL_BACK, lambda: ran.roll_back("flange", "why"))
    ran.release(Release("flange", 2, "b"))
    back = ran.roll_back("flange", "too many rejects", "Anna")
    assert (back.version, back.model_sha256) == (4, first.sha256)
    assert (back.review_limit, back.ng_limit) == (0.11, 0.88)
    assert states(ran) == {1: "released", 2: "retired"}
    entry = ran.reader.audit(1)[0]
    assert entry.fault is not None
    assert entry.fault.code is ErrorCode.MODEL_ROLLED_BACK
    assert ran.roll_back("flange", "and forth").version == 5
    assert states(ran) == {1: "retired", 2: "released"}


def test_what_fails_in_a_release_leaves_all_as_it_was(
    ran: Store, draft: MakeDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran.add_revision(draft("one"))
    ran.add_revision(draft("two"))
    ran.release(Release("flange", 1, "a"))

    def broken(*_: object) -> int:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr("station.store.releases.append_audit", broken)
        with pytest.raises(RuntimeError):
            ran.release(Release("flange", 2, "b"))
    assert states(ran) == {1: "released", 2: "candidate"}
    assert ran.recipe("flange").version == 2


def test_a_station_starts_with_what_was_released_last(ran: Store, draft: MakeDraft) -> None:
    ran.add_revision(draft("one"))
    recipe = ran.release(Release("flange", 1, "better"))
    moved = replace(RECIPE, model="/after/an/update.onnx", golden="/new/golden.png")
    assert ran.recipe_to_run(moved) == replace(recipe, golden="/new/golden.png")
    folder = ran.folder
    ran.close()
    with Store(folder) as again:
        assert again.recipe_to_run(RECIPE) == recipe


def test_a_file_that_a_person_changed_since_counts_again(ran: Store, draft: MakeDraft) -> None:
    ran.add_revision(draft("one"))
    released = ran.release(Release("flange", 1, "better"))
    changed = replace(RECIPE, review_limit=0.2)
    assert ran.recipe_to_run(changed) == replace(changed, version=3)
    assert ran.recipe_to_run(changed).version == 3
    back = ran.release(Release("flange", 1, "again"))
    assert back == replace(released, version=4)
    assert ran.recipe_to_run(changed) == back


def test_the_model_that_was_there_first_is_revision_one(ran: Store, draft: MakeDraft) -> None:
    first = draft("one", proven=False)
    ran.take_incumbent(first)
    ran.take_incumbent(first)
    found = ran.reader.released("flange")
    assert found is not None
    assert (found.number, found.sha256, found.evaluation_json) == (1, first.sha256, None)
    assert whole(ran, found)
    second = draft("two")
    ran.add_revision(second)
    ran.release(Release("flange", 2, "better"))
    assert ran.roll_back("flange", "worse").model_sha256 == first.sha256, "proven by its use"
    ran.take_incumbent(draft("three", proven=False))  # by a file that a person changed
    assert states(ran) == {1: "retired", 2: "retired", 3: "released"}
    ran.take_incumbent(second)
    assert states(ran) == {1: "retired", 2: "released", 3: "retired"}
    assert len(ran.reader.revisions("flange")) == 3


def test_a_folder_that_moved_still_finds_its_models(
    ran: Store, draft: MakeDraft, tmp_path: Path
) -> None:
    made = ran.add_revision(draft("one"))
    ran.release(Release("flange", 1, "better"))
    ran.close()
    elsewhere = ran.folder.rename(tmp_path / "moved")
    with Store(elsewhere) as store:
        assert store.recipe_to_run(RECIPE).model == str(elsewhere / made.path)


def test_a_model_that_never_ran_cannot_be_released(store: Store, draft: MakeDraft) -> None:
    store.add_revision(draft("one"))
    refused(ErrorCode.RECIPE_NOT_FOUND, lambda: store.release(Release("flange", 1, "better")))


@pytest.mark.parametrize("harmed", [harm.first_page, harm.header])
def test_a_damaged_database_gives_its_revisions_back(
    store: Store, draft: MakeDraft, keep: Callable[..., object], harmed: Callable[[Path], None]
) -> None:
    keep(1)  # so that something is lost
    store.recipe_to_run(RECIPE)
    store.take_incumbent(draft("one", proven=False))
    store.add_revision(draft("two"))
    store.add_revision(draft("three", proven=False))
    store.evaluate_revision("flange", 3, '{"escapes": 1}', "Li")
    store.release(Release("flange", 2, "better"))
    store.release(Release("flange", 3, "even better"))
    back = store.roll_back("flange", "worse")
    before = store.reader.revisions("flange")
    store.close()
    harmed(store.folder)
    with Store(store.folder) as again:
        assert again.recipe_to_run(RECIPE) == back, "before anything else came back"
        assert last_loss(again.reader) is not None
        recover(again, threading.Event())
        assert again.reader.revisions("flange") == before
        assert again.roll_back("flange", "and forth").model_sha256 == before[0].sha256
        assert again.reader.released("flange") == again.reader.revision("flange", 3)


def test_without_any_database_the_last_release_still_counts(store: Store, draft: MakeDraft) -> None:
    store.recipe_to_run(RECIPE)
    store.take_incumbent(draft("one", proven=False))
    made = store.add_revision(draft("two"))
    recipe = store.release(Release("flange", 2, "better"))
    store.close()
    harm.all_deleted(store.folder)
    with Store(store.folder) as again:
        found = again.recipe_to_run(RECIPE)
        assert found == replace(recipe, version=found.version)
        assert again.recipe_to_run(RECIPE) == found
        changed = replace(RECIPE, review_limit=0.2)
        assert again.recipe_to_run(changed).model_sha256 == RECIPE.model_sha256
    harm.all_deleted(store.folder)
    with Store(store.folder) as again:
        assert again.recipe_to_run(changed).model == RECIPE.model, "the file has changed since"
    harm.all_deleted(store.folder)
    (store.folder / made.path).unlink()
    with Store(store.folder) as again:
        assert again.recipe_to_run(RECIPE).model == RECIPE.model, "there is nothing to run"
