"""The Teach page's rooms over a running line: images in, taught, proven, put in use, and back."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from station.access import Door, set_pin
from station.cameras.flange import draw_part
from station.cameras.image_file import read_image
from station.cameras.simulated import SimulatedCamera
from station.errors import ErrorCode, SettingsError
from station.gui.pages.teach_room import Ask, LessonStep, Show, TeachRoom
from station.pipeline.events import Adopted, Recorded
from station.store.doorbook import note_access
from station.store.png import encode_png
from station.store.releases import Limits
from station.supervisor import program
from station.teach.doubts import doubted, keep_doubts
from station.teach.room import teach_room
from station.teach.use import LESSONS, Use
from station.training.worker import Lessons
from tests.line.conftest import MakeRig, Rig

EACH = 12
PIN = "428193"


@pytest.fixture
def rig(make_rig: MakeRig) -> Rig:
    rig = make_rig()
    rig.line.wait_ready(20)
    return rig


@pytest.fixture
def use(rig: Rig) -> Iterator[Use]:
    lessons = Lessons(program("lesson"))
    yield Use(rig.store.folder, rig.store.reader, rig.line, "07", lessons)
    lessons.close()


@pytest.fixture
def room(use: Use) -> TeachRoom:
    return teach_room(use, Door(use.data))


def draw(folder: Path) -> Path:
    """Plates with grain; the bad ones bear a bright bar somewhere."""
    rng = np.random.default_rng(5)
    for number in range(EACH):
        for label in ("good", "bar"):
            plate = rng.normal(110, 9, (96, 96)).clip(0, 255).astype(np.uint8)
            if label == "bar":
                at = rng.integers(10, 70)
                plate[at : at + 10, 8:88] = 235
            place = folder / label
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{number}.png").write_bytes(encode_png(plate, {}))
    return folder


def told(_: str, __: float) -> None:
    """For an import that nobody watches."""


def test_a_lesson_becomes_a_proven_revision_that_judges_and_goes_back(
    rig: Rig, use: Use, room: TeachRoom, tmp_path: Path
) -> None:
    product = rig.recipe.name
    brought = room.files.bring(product, draw(tmp_path / "parts"), "", told, lambda: False)
    assert brought is not None
    assert (brought.count, brought.skipped) == (2 * EACH, ())
    board = room.samples.board(product)
    assert {one.name: (one.good, one.n) for one in board.classes} == {
        "good": (True, EACH),
        "bar": (False, EACH),
    }
    incumbent = use.reader.released(product)
    assert incumbent is not None

    steps: list[LessonStep] = []
    number = room.lessons.teach(product, steps.append, lambda: False)
    assert number == incumbent.number + 1
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    revision = room.lessons.revisions(product)[0]
    assert (revision.number, revision.parent) == (number, incumbent.number)
    assert json.loads(revision.card_json)["name"] == f"{product} v{number}"
    kept_back = room.samples.board(product).counts.held_out
    proof = room.lessons.proof(product, number, number)
    assert proof is not None
    assert len(proof.parts.good) + len(proof.parts.bad) == kept_back > 0
    assert room.lessons.proof(product, incumbent.number, number) is not None
    assert not list((use.data / LESSONS).glob("*/*.onnx"))

    room.releases.release(product, number, None, "fewer escapes")
    rig.wait(Adopted)
    rig.inspect()
    uid = rig.wait(Recorded)[-1].uid
    assert rig.store.inspection(uid).model_sha256 == revision.sha256
    room.releases.roll_back(product, "it was a test")
    rig.wait(Adopted, 2)
    rig.inspect()
    uid = rig.wait(Recorded, 2)[-1].uid
    assert rig.store.inspection(uid).model_sha256 == incumbent.sha256


def test_while_it_is_locked_nothing_is_released_or_taken_back(rig: Rig, use: Use) -> None:
    """And who opened it, or tried to, stands in the audit trail of the running line."""
    set_pin(use.data, PIN)
    door = Door(use.data, partial(note_access, use.data, use.operator))
    room, product = teach_room(use, door), rig.recipe.name
    incumbent = use.reader.released(product)
    assert incumbent is not None
    orders = (
        partial(room.releases.release, product, incumbent.number, Limits(0.2, 0.9), "why not"),
        partial(room.releases.roll_back, product, "why not"),
    )
    for order in orders:
        with pytest.raises(SettingsError) as refused:
            order()
        assert refused.value.code is ErrorCode.PIN_NEEDED
    assert not door.unlock(PIN[::-1]).right
    assert door.unlock(PIN).right
    orders[0]()
    rig.wait(Adopted)
    told = [(one.action, one.operator) for one in use.reader.audit(3)[::-1]]
    assert told == [("wrong_pin", "07"), ("unlocked", "07"), ("released", "07")]


def test_a_cancelled_lesson_leaves_no_revision(
    rig: Rig, use: Use, room: TeachRoom, tmp_path: Path
) -> None:
    product, begun = rig.recipe.name, threading.Event()
    room.files.bring(product, draw(tmp_path / "parts"), "", told, lambda: False)
    before = room.lessons.revisions(product)

    def tell(step: LessonStep) -> None:
        if step.share > 0:
            begun.set()

    assert room.lessons.teach(product, tell, begun.is_set) is None
    assert begun.is_set()
    assert room.lessons.revisions(product) == before
    assert not use.lessons.state().running
    assert not list((use.data / LESSONS).rglob("*.part"))


def test_a_cancelled_export_leaves_nothing_and_another_is_whole(
    rig: Rig, room: TeachRoom, tmp_path: Path
) -> None:
    product, out = rig.recipe.name, tmp_path / "out" / "set"
    room.files.bring(product, draw(tmp_path / "parts"), "", told, lambda: False)
    shares: list[float] = []

    def half_done() -> bool:
        return bool(shares) and shares[-1] >= 0.5

    stopped = room.files.export(
        product, out, "csv", lambda step, share: shares.append(share), half_done
    )
    assert stopped is None
    assert 0.5 <= shares[-1] < 0.6, "it stops at the next file"
    assert not out.exists()
    assert not any(path.is_file() for path in (tmp_path / "out").rglob("*"))
    made = room.files.export(product, out, "csv", told, lambda: False)
    assert made is not None
    assert made.count == 2 * EACH
    assert len(list((out / "images").iterdir())) == 2 * EACH


def test_each_picture_of_a_new_product_shows_another_part_and_the_line_goes_on_as_seeded(
    make_rig: MakeRig,
) -> None:
    seed, size, taken = 6, (320, 256), 5
    camera = SimulatedCamera(seed, fps=100, width=size[0], height=size[1])
    rig = make_rig(camera)
    rig.line.wait_ready(20)
    lessons = Lessons(program("lesson"))
    use = Use(rig.store.folder, rig.store.reader, rig.line, "07", lessons)
    room = teach_room(use, Door(use.data))
    rig.inspect()
    rig.wait(Recorded)
    counts = [room.first.capture("cover", "good") for _ in range(taken)]
    assert counts == list(range(1, taken + 1))
    rows = [rig.store.reader.members("cover")[k].image for k in range(taken)]
    pictures = [read_image(rig.store.folder / row).astype(int) for row in rows]
    apart = [np.abs(a - b).mean() for a, b in combinations(pictures, 2)]
    assert min(apart) > 4, "noise alone makes 2.5"
    rig.inspect()
    rig.inspect()
    found = [rig.store.reader.entry(one.uid) for one in rig.wait(Recorded, 3)]
    for index, entry in enumerate(found, start=1):
        part, _ = draw_part(seed, index, size)
        assert entry.image is not None
        seen = read_image(rig.store.folder / entry.image).astype(int)
        assert np.abs(seen - part).mean() < 2.5


def test_doubts_go_when_somebody_labels_the_image_anew(
    rig: Rig, use: Use, room: TeachRoom, tmp_path: Path
) -> None:
    product = rig.recipe.name
    room.files.bring(product, draw(tmp_path / "parts"), "", told, lambda: False)
    first, second = use.reader.members(product)[:2]
    keep_doubts(use.data, use.reader, product, [first.sha256, second.sha256, "0" * 64])
    assert set(doubted(use.data, use.reader, product)) == {first.key, second.key}
    other = "good" if first.label == "bar" else "bar"
    done = room.labels.label(product, [first.key], other)
    assert doubted(use.data, use.reader, product) == (second.key,)
    assert list(room.samples.keys(product, Ask(show=Show.MISLABELLED))) == [second.key]
    room.labels.undo(done.before)
    assert set(doubted(use.data, use.reader, product)) == {first.key, second.key}
