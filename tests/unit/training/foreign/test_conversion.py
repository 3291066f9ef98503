"""What a converted file says is what the foreign one says, reckoned here by hand."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import INPUT, MAP, SCORES
from station.inference.provider import new_session
from station.inference.safety import check_model
from station.training.foreign.convert import convert
from station.training.foreign.families import recognise
from station.training.foreign.source import Source
from station.training.methods.base import DEFECT
from tests.unit.training.foreign.graphs import (
    WEIGHTS,
    classifier,
    fixed,
    model,
    said,
    softmax,
    source,
    yolo_notes,
)

NAMES = ("good", "scratch", "dent")


def ask(data: bytes, image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    check_model(data, Path("m.onnx"))
    scores, evidence = new_session(data, "cpu", 1).run([SCORES, MAP], {INPUT: image[None]})
    return scores[0], evidence[0]


def picture(height: int, width: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    tone = rng.integers(30, 220, 3)
    return np.clip(tone + rng.integers(-20, 20, (height, width, 3)), 0, 255).astype(np.uint8)


def converted(one: Source, frame: tuple[int, int] | None = None, good=None) -> bytes:
    return convert(one, recognise(one), "m", good, frame)


def test_logits_of_torch_become_probabilities_of_a_normalised_picture() -> None:
    image = picture(256, 256)
    one = source(classifier((224, 224)))
    scores, evidence = ask(converted(one), image)
    inner = image[16:240, 16:240].reshape(-1, 3) / 255  # the middle 224 of 256
    mean = (inner.mean(0) - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    np.testing.assert_allclose(scores, said(mean), atol=1e-4)
    assert not evidence.any()


def test_the_middle_is_cut_from_a_frame_of_its_own_proportions() -> None:
    one = source(classifier((224, 224)))
    data = converted(one, (1024, 1280))
    image = picture(256, 320)
    inner = image[16:240, 48:272].reshape(-1, 3) / 255
    mean = (inner.mean(0) - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    np.testing.assert_allclose(ask(data, image)[0], said(mean), atol=1e-4)


def test_azure_takes_blue_first_and_bytes_as_they_are() -> None:
    notes = {
        "Image.BitmapPixelFormat": "Bgr8",
        "Image.NominalPixelRange": "NominalRange_0_255",
    }
    proto = classifier((64, 64), softmax=True, weights=WEIGHTS / 255, notes=notes)
    one = source(proto, labels__txt="good\nscratch\ndent\n")
    image = picture(64, 64)
    scores, _ = ask(converted(one), image)
    np.testing.assert_allclose(scores, said(image.reshape(-1, 3).mean(0)[::-1] / 255), atol=1e-5)


@pytest.mark.parametrize("size", [(64, 64), (28, 28), (50, 50)])
def test_keras_takes_its_colours_last(size: tuple[int, int]) -> None:
    one = source(classifier(size, nhwc=True, softmax=True, producer="tf2onnx"))
    data = converted(one)
    sides = new_session(data, "cpu", 1).get_inputs()[0].shape
    assert all(side % 32 == 0 for side in sides[1:3])
    flat = np.broadcast_to(np.array([200, 90, 40], np.uint8), tuple(sides[1:]))
    np.testing.assert_allclose(
        ask(data, np.ascontiguousarray(flat))[0], said(np.array([200, 90, 40]) / 255), atol=1e-5
    )


def test_a_layer_that_rescales_is_fed_bytes() -> None:
    one = source(classifier(nhwc=True, softmax=True, producer="tf2onnx", scale=1 / 255))
    image = picture(64, 64)
    scores, _ = ask(converted(one), image)
    np.testing.assert_allclose(scores, said(image.reshape(-1, 3).mean(0) / 255), atol=1e-5)


def test_a_single_number_is_the_second_class() -> None:
    proto = classifier(nhwc=True, weights=WEIGHTS[:1], bias=np.array([0.3]), producer="tf2onnx")
    proto.graph.output[0].name = "p"
    proto.graph.node.append(helper.make_node("Sigmoid", ["output"], ["p"]))
    one = source(proto, labels__txt="bad\ngood")
    image = picture(64, 64)
    scores, _ = ask(converted(one, good=("good",)), image)
    logit = image.reshape(-1, 3).mean(0) / 255 @ WEIGHTS[0] + 0.3
    np.testing.assert_allclose(scores[1], 1 / (1 + np.exp(-logit)), atol=1e-5)
    np.testing.assert_allclose(scores.sum(), 1, atol=1e-6)


def boxes_v8(count: int = 3) -> np.ndarray:
    """(1, 4 + classes, n): a sure scratch, an unsure dent, and a very sure good part."""
    table = np.zeros((4 + count, 5), np.float32)
    table[:4, 0], table[4 + 1, 0] = (16, 16, 16, 16), 0.7
    table[:4, 1], table[4 + 2, 1] = (48, 48, 8, 8), 0.3
    table[:4, 2], table[4 + 0, 2] = (32, 32, 60, 60), 0.95
    return table[None]


def test_the_surest_box_of_a_bad_class_is_the_score() -> None:
    one = source(fixed({"output0": boxes_v8()}, notes=yolo_notes("detect", NAMES)))
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores, [0.3, 0.7, 0], atol=1e-6)  # good boxes do not count
    assert evidence.shape == (8, 8)
    assert (evidence[1:3, 1:3] == np.float32(0.7)).all()
    assert evidence[6, 6] == pytest.approx(0.3)
    assert evidence[0, 5] == 0
    assert evidence[4, 1] == 0


def test_boxes_lie_on_the_part_and_not_on_the_edges_around_it() -> None:
    """A frame twice as wide as high: 16 rows of padding above it."""
    table = np.zeros((1, 6, 1), np.float32)
    table[0, :, 0] = (8, 24, 16, 16, 0, 0.6)
    one = source(fixed({"output0": table}, notes=yolo_notes("detect", ("a", "b"))))
    data = converted(one, (100, 200))
    scores, evidence = ask(data, picture(32, 64))
    np.testing.assert_allclose(scores, [0.4, 0, 0.6], atol=1e-6)
    assert evidence.shape == (4, 8)
    lit = np.argwhere(evidence > 0)
    assert lit.min(0).tolist() == [0, 0]
    assert lit.max(0).tolist() == [1, 1]


def test_yolov5_multiplies_object_and_class() -> None:
    rows = np.zeros((1, 4, 8), np.float32)
    rows[0, 2] = (30, 30, 10, 10, 0.8, 0, 0.5, 0.25)
    notes = {"stride": "32", "names": str(list(NAMES))}
    one = source(fixed({"output0": rows}, notes=notes))
    np.testing.assert_allclose(ask(converted(one), picture(64, 64))[0], [0.6, 0.4, 0], atol=1e-6)


def test_end_to_end_boxes_bring_their_class() -> None:
    rows = np.zeros((1, 300, 6), np.float32)
    rows[0, 0] = (8, 8, 24, 24, 0.9, 2)
    rows[0, 1] = (40, 40, 50, 50, 0.4, 1)
    one = source(fixed({"output0": rows}, notes=yolo_notes("detect", NAMES, end2end="True")))
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores, [0.1, 0, 0.9], atol=1e-6)
    assert evidence[1, 1] == pytest.approx(0.9)
    assert evidence[5, 5] == pytest.approx(0.4)


def test_a_mask_shows_the_half_of_its_box() -> None:
    table = np.zeros((1, 4 + 2 + 3, 2), np.float32)
    table[0, :, 0] = (32, 32, 64, 64, 0, 0.8, 1, 0, 0)
    protos = np.zeros((1, 3, 16, 16), np.float32)
    protos[0, 0] = -5
    protos[0, 0, :, 8:] = 5
    outputs = {"output0": table, "output1": protos}
    one = source(fixed(outputs, notes=yolo_notes("segment", ("a", "b"))))
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores, [0.2, 0, 0.8], atol=1e-6)
    assert (evidence[:, 4:] == np.float32(0.8)).all()
    assert not evidence[:, :4].any()


@pytest.mark.parametrize("rows", [0, 2])
def test_boxes_labels_and_scores_apart_may_be_none_at_all(rows: int) -> None:
    notes = {"model_info model_type": "ssd", "model_info labels": "scratch dent"}
    table = np.zeros((rows, 5), np.float32)
    table[:] = (8, 8, 24, 24, 0.6)
    labels = np.ones(rows, np.float32)
    one = source(fixed({"boxes": table, "labels": labels}, notes=notes))
    scores, evidence = ask(converted(one), picture(64, 64))
    wanted = [0.4, 0, 0.6] if rows else [1, 0, 0]
    np.testing.assert_allclose(scores, wanted, atol=1e-6)
    assert evidence.any() == bool(rows)


def test_azure_boxes_are_shares_of_the_picture() -> None:
    notes = {"Image.BitmapPixelFormat": "Rgb8", "Image.NominalPixelRange": "Normalized_0_1"}
    outputs = {
        "detected_boxes": np.array([[[0.5, 0.0, 1.0, 0.5]]]),
        "detected_classes": np.array([[1]]),
        "detected_scores": np.array([[0.75]]),
    }
    one = source(fixed(outputs, notes=notes), labels__txt="a\nb")
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores, [0.25, 0, 0.75], atol=1e-6)
    assert evidence[1, 6] == pytest.approx(0.75)
    assert evidence[6, 6] == evidence[1, 1] == 0


def test_anomalib_2_keeps_its_own_score_and_map() -> None:
    drawn = np.zeros((1, 1, 64, 64), np.float32)
    drawn[0, 0, 40:48, 8:16] = 0.9
    outputs = {"pred_score": np.array([0.73]), "pred_label": np.array([1.0]), "anomaly_map": drawn}
    one = source(fixed(outputs, entry="input"))
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores, [0.27, 0.73], atol=1e-6)
    assert evidence[5, 1] == pytest.approx(0.9)
    assert evidence.sum() == pytest.approx(0.9)
    assert recognise(one).classes == ("good", DEFECT)


@pytest.mark.parametrize("older", [True, False])
def test_anomalib_1_is_shifted_so_that_its_threshold_is_a_half(older: bool) -> None:
    drawn = np.full((1, 1, 64, 64), 2.0, np.float32)
    drawn[0, 0, 8:16, 48:56] = 7.0
    told = (
        '{"task": "segmentation", "image_threshold": 5.0, "pixel_threshold": 6.0, "min": 1.0, '
        '"max": 11.0, "transform": {"transform": {"transforms": [{"height": 64, "width": 64}, '
        '{"mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25], "max_pixel_value": 255.0}]}}}'
        if older
        else '{"task": "segmentation", "image_threshold": 5.0, "pixel_threshold": 6.0, '
        '"pred_scores.min": 1.0, "pred_scores.max": 11.0, '
        '"anomaly_maps.min": 0.0, "anomaly_maps.max": 4.0}'
    )
    one = source(fixed({"output": drawn}, entry="input"), metadata__json=told)
    found = recognise(one)
    assert found.preparation.mean == ((127.5,) * 3 if older else (0.0,))
    assert found.preparation.std == ((63.75,) * 3 if older else (255.0,))
    scores, evidence = ask(converted(one), picture(64, 64))
    np.testing.assert_allclose(scores[1], (7 - 5) / 10 + 0.5, atol=1e-6)
    spread = 10 if older else 4
    assert evidence[1, 6] == pytest.approx((7 - 6) / spread + 0.5)
    assert evidence[4, 4] == pytest.approx(max(0.0, (2 - 6) / spread + 0.5))


def test_scikit_learns_map_of_labels_gives_way_to_its_numbers() -> None:
    nodes = [
        helper.make_node("Gemm", ["X", "w", "b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
        helper.make_node(
            "ZipMap",
            ["probabilities"],
            ["output_probability"],
            domain="ai.onnx.ml",
            classlabels_strings=["bad", "good"],
        ),
    ]
    rng = np.random.default_rng(3)
    weights = rng.normal(0, 0.2, (64, 2)).astype(np.float32)
    proto = model(
        nodes,
        {"X": ["N", 64]},
        {},
        {"w": weights, "b": np.zeros(2, np.float32)},
        producer="skl2onnx",
        domains=[("ai.onnx.ml", 1)],
    )
    proto.graph.output.append(onnx.ValueInfoProto(name="output_probability"))
    one = source(proto)
    found = recognise(one)
    assert (found.classes, found.preparation.channels) == (("bad", "good"), 1)
    grey = rng.integers(0, 256, (8, 8), dtype=np.uint8)
    image = np.kron(grey, np.ones((4, 4), np.uint8))[..., None]
    scores, _ = ask(converted(one), image)
    np.testing.assert_allclose(scores, softmax(grey.ravel() / 255 @ weights), atol=1e-5)


def test_an_old_vocabulary_is_raised() -> None:
    one = source(classifier((64, 64), opset=11, softmax=True))
    data = converted(one)
    assert next(o.version for o in onnx.load_from_string(data).opset_import) >= 13


def test_half_precision_is_fed_and_read() -> None:
    proto = classifier((64, 64), kind=TensorProto.FLOAT16)
    proto.graph.node.insert(0, helper.make_node("Cast", ["input"], ["wide"], to=1))
    proto.graph.node[1].input[0] = "wide"
    image = picture(64, 64)
    one = source(proto)
    scores, _ = ask(converted(one), np.ascontiguousarray(np.tile(image, (2, 2, 1))[:96, :96]))
    assert scores.sum() == pytest.approx(1, abs=1e-5)


def test_the_engine_of_the_line_runs_it(tmp_path: Path) -> None:
    one = source(fixed({"output0": boxes_v8()}, notes=yolo_notes("detect", NAMES)))
    path = tmp_path / "m.onnx"
    path.write_bytes(converted(one))
    with Engine(path, "cpu") as engine:
        finding = engine.look(picture(90, 120))
        assert (finding.label, round(finding.score, 5)) == ("scratch", 0.7)
        assert engine.card.licence.startswith("AGPL")
        assert engine.card.method == "import: ultralytics detect"


def test_equal_arguments_are_equal_bytes() -> None:
    one = source(classifier((64, 64)))
    assert converted(one) == converted(one)


def test_good_classes_must_exist() -> None:
    one = source(fixed({"output0": boxes_v8()}, notes=yolo_notes("detect", NAMES)))
    with pytest.raises(DatasetError) as caught:
        converted(one, good=("fine",))
    assert caught.value.code is ErrorCode.DATASET_UNKNOWN_CLASS
