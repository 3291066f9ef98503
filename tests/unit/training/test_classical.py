"""Described and classified in the graph: against plain numpy, OpenCV and scikit-learn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from onnx import TensorProto, helper

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import INPUT, MAP
from station.inference.prepare import prepare
from station.inference.provider import new_session
from station.inference.safety import check_model
from station.training.backbone import Graph, Input
from station.training.dataset import Dataset, read_dataset
from station.training.expected import expected_of
from station.training.folds import fold_numbers
from station.training.methods import classical
from station.training.methods.base import Fitted, Wishes
from station.training.methods.classical_graph import (
    DESCRIPTOR,
    RADII,
    UNIFORM,
    add_descriptors,
    add_patterns,
    add_plane,
    uniform_table,
)
from station.training.methods.classical_heads import CLASSIFIERS, Head
from station.training.methods.classical_look import look, rows_of
from station.training.methods.classical_view import (
    HOG,
    LBP,
    SEEN,
    WORDS,
    View,
    add_places,
    add_view,
    whole,
)
from tests.conftest import shared_data
from tests.unit.training.conftest import KINDS, draw, write_parts

GREY = Input(64, 96, 1)


RANKS = {SEEN: 2, "words.where": 2, "places": 3}
WHOLE = ("words.where", "patterns")


def ask(graph: Graph, form: Input, image: np.ndarray, names: Sequence[str]) -> list[np.ndarray]:
    values = [
        helper.make_tensor_value_info(
            name,
            TensorProto.INT64 if name in WHOLE else TensorProto.FLOAT,
            [None] * RANKS.get(name, 4),
        )
        for name in names
    ]
    model = whole(graph, form, values, len(image)).SerializeToString()
    return list(new_session(model, "cpu", 1).run(list(names), {INPUT: image}))


@pytest.fixture(scope="module")
def image() -> np.ndarray:
    small = np.random.default_rng(2).integers(0, 256, (2, 16, 24), dtype=np.uint8)
    return np.stack([cv2.resize(one, (96, 64)) for one in small])[..., None]


@pytest.mark.parametrize("preparation", ["plain", "dilate", "erode", "edges"])
def test_a_picture_is_prepared_as_opencv_would(image: np.ndarray, preparation: str) -> None:
    graph = Graph()
    (found,) = ask(graph, GREY, image, [add_plane(graph, GREY, preparation)])
    plain = image[0, ..., 0].astype(np.float32)
    square = np.ones((3, 3), np.uint8)
    across = cv2.Sobel(plain, cv2.CV_32F, 1, 0, borderType=cv2.BORDER_REPLICATE) / 4
    along = cv2.Sobel(plain, cv2.CV_32F, 0, 1, borderType=cv2.BORDER_REPLICATE) / 4
    expected = {
        "plain": plain,
        "dilate": cv2.dilate(plain, square),
        "erode": cv2.erode(plain, square),
        "edges": np.minimum(np.hypot(across, along), 255),
    }[preparation]
    assert found.shape == (2, 1, 64, 96)
    assert np.abs(found[0, 0] - expected).max() < 1e-2


def test_colour_counts_as_opencv_weighs_it() -> None:
    form = Input(32, 32, 3)
    colour = np.random.default_rng(1).integers(0, 256, (1, 32, 32, 3), dtype=np.uint8)
    graph = Graph()
    (found,) = ask(graph, form, colour, [add_plane(graph, form, "plain")])
    expected = cv2.cvtColor(colour[0], cv2.COLOR_RGB2GRAY)
    assert np.abs(found[0, 0] - expected).max() <= 0.51


def test_patterns_of_the_first_ring_are_those_of_the_textbook(image: np.ndarray) -> None:
    graph = Graph()
    (found,) = ask(graph, GREY, image, [add_patterns(graph, add_plane(graph, GREY, "plain"))])
    wide = np.pad(image[0, ..., 0].astype(np.float64), 1, mode="edge")
    codes = np.zeros((64, 96), int)
    for k in range(8):
        angle = np.pi * k / 4
        y, x = 1 - np.sin(angle), 1 + np.cos(angle)
        top, left = min(int(y + 1e-9), 1), min(int(x + 1e-9), 1)
        a, b = y - top, x - left
        parts = [
            (1 - a) * (1 - b) * wide[top : top + 64, left : left + 96],
            (1 - a) * b * wide[top : top + 64, left + 1 : left + 97],
            a * (1 - b) * wide[top + 1 : top + 65, left : left + 96],
            a * b * wide[top + 1 : top + 65, left + 1 : left + 97],
        ]
        codes += (sum(parts) - wide[1:-1, 1:-1] >= -0.01) << k
    assert np.mean(found[0, 0] == uniform_table()[codes]) > 0.999


def test_uniform_patterns_have_numbers_of_their_own() -> None:
    table = uniform_table()
    assert len(table) == 256
    assert table.max() == UNIFORM - 1 == 58
    assert np.sum(table == 58) == 256 - 58


def test_shares_of_patterns_sum_to_one_and_a_flat_picture_has_one(image: np.ndarray) -> None:
    graph, view = Graph(), View(GREY, "plain", (LBP,))
    (rows,) = ask(graph, GREY, image, [add_view(graph, view)])
    shares = np.square(rows).reshape(2, len(RADII), UNIFORM)
    assert shares.sum(axis=2) == pytest.approx(1, abs=1e-3)
    graph = Graph()
    (even,) = ask(graph, GREY, np.full_like(image, 90), [add_view(graph, view)])
    assert sorted(np.unique(even)) == pytest.approx([0, 1], abs=1e-3)


def test_a_slanted_edge_falls_between_its_two_directions() -> None:
    form = Input(32, 32, 1)
    rows, columns = np.mgrid[0:32, 0:32]
    ramp = (4 * columns * np.cos(0.5) + 4 * rows * np.sin(0.5)).clip(0, 255).astype(np.uint8)
    graph, view = Graph(), View(form, "plain", (HOG,))
    add_view(graph, view)
    (cells,) = ask(graph, form, ramp[None, ..., None], ["hog.cells"])
    strengths = cells[0].sum(axis=(1, 2))
    place = (0.5 + np.pi / 2) / np.pi * 9 - 0.5
    assert set(np.argsort(strengths)[-2:]) == {int(place), int(place) + 1}
    share = strengths[int(place) + 1] / strengths.sum()
    assert share == pytest.approx(place - int(place), abs=0.1)


def test_descriptors_turn_with_the_picture_and_know_light_from_dark() -> None:
    form = Input(32, 32, 1)
    ramp = np.tile(np.arange(32, dtype=np.uint8) * 6, (32, 1))
    found = []
    for picture in (ramp, ramp[:, ::-1], ramp.T):
        graph = Graph()
        add_descriptors(graph, add_plane(graph, form, "plain"))
        image = np.ascontiguousarray(picture)[None, ..., None]
        (each,) = ask(graph, form, image, ["descriptors"])
        assert each.shape == (1, DESCRIPTOR, 3, 3)
        found.append(each[0, :, 1, 1].reshape(16, 8).sum(axis=0))
    strongest = [set(np.flatnonzero(one > one.max() / 2)) for one in found]
    assert not strongest[0] & strongest[1]
    assert not strongest[0] & strongest[2]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return read_dataset(write_parts(tmp_path_factory.mktemp("parts"), 0, 10))


def test_words_are_the_nearest_of_a_book_that_has_not_seen_the_fold(parts: Dataset) -> None:
    labels = np.array(parts.labels, np.intp)
    rows = rows_of(parts, fold_numbers(labels, 0), Wishes())
    form = Input(64, 64, 1)
    looked = look(rows, form, "plain", (WORDS,), 0, lambda done: None)
    assert len(looked.books) == rows.fold_count + 1
    assert len({book.tobytes() for book in looked.books}) == len(looked.books)
    view = looked.view((WORDS,))
    graph = Graph()
    add_view(graph, view)
    pixels = prepare(draw("line", 7)[0], None, form)
    each, where, row = ask(graph, form, pixels, ["descriptors", "words.where", SEEN])
    flat = each[0].reshape(DESCRIPTOR, -1).T
    apart = np.square(flat[:, None] - view.books[0][None]).sum(axis=2)
    near = np.take_along_axis(apart, where[0][:, None], axis=1)[:, 0]
    assert np.abs(near - apart.min(axis=1)).max() < 1e-4
    counts = np.bincount(where[0], minlength=len(view.books[0]))
    assert np.abs(np.square(row[0]) - counts / counts.sum()).max() < 1e-4


def clouds() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    labels = np.repeat(np.arange(3), 30)
    x = rng.normal(0, 1, (3, 12))[labels] + rng.normal(0, 0.8, (90, 12))
    return x.astype(np.float32), labels


def in_graph(head: Head, x: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """Logits and slopes of class 1 for rows, as ONNX Runtime says them."""
    graph = Graph()
    head.add_logits(graph, "x")
    graph.constant("which", [1])
    slopes = head.add_slopes(graph, "which")
    names = ["logits", *([slopes] if slopes else [])]
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, x.shape[1]])
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [None, None]) for n in names]
    body = helper.make_graph(graph.nodes, "head", [value], outputs, graph.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(body, opset_imports=opsets, ir_version=8).SerializeToString()
    session = new_session(model, "cpu", 1)
    found = [session.run(names, {"x": row[None]}) for row in x]
    return np.concatenate([one[0] for one in found]), (
        np.concatenate([one[1] for one in found]) if slopes else None
    )


@pytest.mark.parametrize("name", list(CLASSIFIERS))
def test_a_classifier_says_the_same_in_the_graph(name: str) -> None:
    x, labels = clouds()
    head = CLASSIFIERS[name](x, labels, True, 0)
    logits, _ = in_graph(head, x[::3])
    assert np.abs(logits - head.logits(x[::3])).max() < 1e-3
    assert np.mean(head.logits(x).argmax(axis=1) == labels) > 0.9


@pytest.mark.parametrize("name", ["linear SVM", "radial SVM"])
def test_slopes_are_what_a_small_step_changes(name: str) -> None:
    x, labels = clouds()
    head = CLASSIFIERS[name](x, labels, True, 0)
    _, slopes = in_graph(head, x[:3])
    assert slopes is not None
    wide = x[:3].astype(np.float64)
    for k in range(x.shape[1]):
        step = np.zeros(x.shape[1])
        step[k] = 1e-3
        change = (head.logits(wide + step) - head.logits(wide - step))[:, 1] / 2e-3
        assert slopes[:, k] == pytest.approx(change, abs=2e-2)


def test_a_forest_never_votes_otherwise_at_a_threshold() -> None:
    """Thresholds lie between float32 numbers; each side of them must go the same way."""
    x, labels = clouds()
    head = CLASSIFIERS["forest"](x, labels, True, 0)
    tree = head.model.estimators_[0].tree_  # type: ignore[attr-defined]
    edges = np.repeat(x[:1], 2 * tree.node_count, axis=0)
    for node in range(tree.node_count):
        if tree.children_left[node] >= 0:
            near = np.float32(tree.threshold[node])
            edges[2 * node, tree.feature[node]] = near
            edges[2 * node + 1, tree.feature[node]] = np.nextafter(near, np.float32(np.inf))
    logits, _ = in_graph(head, edges)
    assert np.abs(logits - head.logits(edges)).max() < 1e-4


@pytest.mark.parametrize("described", [(LBP,), (HOG,)])
def test_places_sum_to_what_a_linear_head_says(image: np.ndarray, described: tuple[str]) -> None:
    view = View(GREY, "plain", described)
    graph = Graph()
    add_view(graph, view)
    (row,) = ask(graph, GREY, image[:1], [SEEN])
    slopes = np.random.default_rng(0).normal(0, 1, (2, row.shape[1])).astype(np.float32)
    graph = Graph()
    add_view(graph, view)
    graph.constant("slopes", slopes)
    (places,) = ask(graph, GREY, image[:1], [add_places(graph, view, "slopes")])
    assert places.shape == (2, *view.grid)
    if described == (HOG,):  # no averaging at the rim: exact
        assert places.sum(axis=(1, 2)) == pytest.approx((slopes @ row[0]), abs=1e-3)


@dataclass(frozen=True)
class Lesson:
    data: Dataset
    folds: np.ndarray
    fitted: Fitted
    steps: tuple[tuple[str, float], ...]


def learn(data: Dataset, wishes: Wishes = Wishes()) -> Lesson:  # noqa: B008 - it is frozen
    folds = fold_numbers(np.array(data.labels, np.intp), 0)
    steps: list[tuple[str, float]] = []
    fitted = classical.fit(data, folds, wishes, "m", lambda s, f: steps.append((s, f)))
    return Lesson(data, folds, fitted, tuple(steps))


@pytest.fixture(scope="module")
def lesson(parts: Dataset) -> Lesson:
    return learn(parts)


def test_fresh_parts_are_judged_by_the_file(lesson: Lesson, tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(lesson.fitted.model)
    check_model(lesson.fitted.model, tmp_path / "m.onnx")
    hits = []
    with Engine(tmp_path / "m.onnx", "cpu") as engine:
        assert engine.card.method == f"classical: {lesson.fitted.kind}"
        for kind in KINDS:
            for seed in range(100, 106):
                found = engine.look(draw(kind, seed)[0])
                hits.append(found.label == kind)
                assert found.unlike is not None
    assert np.mean(hits) >= 0.85
    assert expected_of(lesson.fitted, lesson.data, lesson.folds).cv_accuracy >= 0.85


def test_progress_stays_within_bounds(lesson: Lesson) -> None:
    assert {step for step, _ in lesson.steps} == {"embed", "learn"}
    assert all(0 <= share <= 1 for _, share in lesson.steps)
    assert lesson.steps[-1] == ("learn", 1.0)


def test_equal_lessons_are_equal_bytes(parts: Dataset) -> None:
    few = replace(parts, samples=parts.samples[::3])
    assert learn(few).fitted.model == learn(few).fitted.model


def test_what_progress_raises_ends_the_lesson(parts: Dataset) -> None:
    def cancel(step: str, share: float) -> None:
        raise KeyboardInterrupt

    folds = fold_numbers(np.array(parts.labels, np.intp), 0)
    with pytest.raises(KeyboardInterrupt):
        classical.fit(parts, folds, Wishes(), "m", cancel)


def test_one_class_cannot_be_told_from_nothing(parts: Dataset) -> None:
    one = replace(parts, classes=("good",), samples=parts.samples[10:20])
    with pytest.raises(DatasetError) as caught:
        classical.fit(one, np.arange(10) % 2, Wishes(), "m", lambda step, share: None)
    assert caught.value.code is ErrorCode.DATASET_ONE_CLASS


def test_the_map_of_a_support_vector_machine_lights_up_at_the_defect(
    lesson: Lesson, tmp_path: Path
) -> None:
    if "forest" in lesson.fitted.kind:
        pytest.skip("a forest was best here, and it has no map")
    model, card = lesson.fitted.model, lesson.fitted.card
    session = new_session(model, "cpu", 1)
    near, brighter = [], []
    for seed in range(200, 210):
        pixels, (x, y) = draw("line", seed)
        (evidence,) = session.run([MAP], {INPUT: prepare(pixels, None, card)})
        assert 0 <= evidence.min() <= evidence.max() <= 1
        good = session.run([MAP], {INPUT: prepare(draw("good", seed)[0], None, card)})[0]
        brighter.append(evidence.mean() > good.mean())
        total = evidence[0].sum()
        if total > 0:
            rows, columns = np.indices(evidence[0].shape)
            step = 160 / evidence.shape[1]
            centre = [float((axis * evidence[0]).sum() / total) for axis in (columns, rows)]
            near.append(np.hypot((centre[0] + 0.5) * step - x, (centre[1] + 0.5) * step - y) < 45)
    assert np.mean(brighter) >= 0.8
    assert np.mean(near) >= 0.6


@pytest.mark.data
@pytest.mark.slow
def test_real_steel_by_hand_made_features() -> None:
    whole = read_dataset(shared_data("neu_cls") / "train")
    data = replace(whole, samples=whole.samples[::5])  # 42 images a class
    made = learn(data)
    assert expected_of(made.fitted, data, made.folds).cv_accuracy >= 0.93
