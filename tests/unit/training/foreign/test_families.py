"""Each family is known by its own marks, with the reasons told; nothing else is."""

import json
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import helper

from station.errors import ErrorCode, ModelError
from station.gui.clue_texts import clue_text, family_word, question_word
from station.training.foreign.families import recognise
from station.training.foreign.recognised import (
    CROP,
    LETTERBOX,
    NHWC,
    STRETCH,
    Boxes,
    Family,
    Question,
    Recognised,
    Scores,
    Why,
    clue,
)
from station.training.foreign.source import Source
from tests.unit.training.foreign.graphs import classifier, fixed, model, source, yolo_notes

NAMES = ("good", "scratch", "dent")
HUGGING = {
    "config__json": json.dumps({"id2label": {str(i): n for i, n in enumerate(NAMES)}}),
}


def geti(**more: str) -> dict[str, str]:
    told = {"model_type": "Classification", "labels": "good scratch dent", **more}
    return {f"model_info {key}": value for key, value in told.items()}


def seen(**told: Any) -> dict[str, str]:
    return {**HUGGING, "preprocessor_config__json": json.dumps(told)}


def refused(one: Source) -> tuple[ErrorCode, str]:
    with pytest.raises(ModelError) as caught:
        recognise(one)
    return caught.value.code, caught.value.fault.fact("reason")


def named(found: Recognised) -> tuple[Family, str, tuple[str, ...]]:
    return found.family, found.task, found.classes


def test_ultralytics_classify() -> None:
    notes = yolo_notes("classify", NAMES)
    found = recognise(source(classifier(notes=notes, softmax=True, names=("images", "output0"))))
    assert named(found) == (Family.ULTRALYTICS, "classify", NAMES)
    assert (found.preparation.resize, found.preparation.short) == (CROP, 64)
    assert found.open == ()
    assert found.licence.startswith("AGPL-3.0")
    assert clue(Why.NOTE, key="author", value="Ultralytics") in found.clues


def test_ultralytics_names_that_do_not_fit_are_not_believed() -> None:
    notes = yolo_notes("classify", ("a", "b"))
    code, reason = refused(source(classifier(notes=notes, softmax=True)))
    assert (code, reason) == (ErrorCode.IMPORT_UNSUITABLE, "3 numbers for 2 class names")


@pytest.mark.parametrize("task", ["pose", "obb"])
def test_ultralytics_tasks_that_judge_nothing(task: str) -> None:
    one = source(fixed({"output0": np.zeros((1, 8, 5))}, notes=yolo_notes(task, NAMES)))
    assert refused(one) == (ErrorCode.IMPORT_UNSUITABLE, f"task {task}")


@pytest.mark.parametrize("text", ["__import__('os').getcwd()", "[" * 5000, "{0: 'a'", "7", ""])
def test_ultralytics_names_are_read_and_never_run(text: str) -> None:
    notes = {**yolo_notes("detect", NAMES), "names": text}
    one = source(fixed({"output0": np.zeros((1, 7, 5))}, notes=notes))
    assert refused(one) == (ErrorCode.IMPORT_UNSUITABLE, "names")


def test_ultralytics_of_any_size_takes_the_noted_one() -> None:
    proto = fixed({"output0": np.zeros((1, 7, 5))}, notes=yolo_notes("detect", NAMES))
    for place in (2, 3):
        proto.graph.input[0].type.tensor_type.shape.dim[place].dim_param = "side"
    found = recognise(source(proto))
    assert (found.preparation.height, found.preparation.width) == (64, 64)
    assert (found.preparation.resize, found.preparation.pad) == (LETTERBOX, 114)
    assert isinstance(found.reading, Boxes)
    assert found.reading.form == "v8"


def test_yolov5_notes_two_things_only() -> None:
    notes = {"stride": "32", "names": str(list(NAMES))}
    found = recognise(source(fixed({"output": np.zeros((1, 9, 8))}, notes=notes)))
    assert named(found) == (Family.ULTRALYTICS, "detect", NAMES)


def test_anomalib_2_by_its_outputs() -> None:
    outputs = {"pred_score": np.zeros(1), "anomaly_map": np.zeros((1, 1, 64, 64))}
    found = recognise(source(fixed(outputs, entry="input")))
    assert (found.family, found.open) == (Family.ANOMALIB, ())
    assert found.clues[0] == clue(Why.NAMES, names="pred_score, anomaly_map")


def test_anomalib_1_without_its_range_cannot_be_read() -> None:
    proto = fixed({"output": np.zeros(1)}, entry="input")
    one = source(proto, metadata__json='{"image_threshold": 5.0}')
    assert refused(one)[0] is ErrorCode.IMPORT_UNSUITABLE


def test_azure_without_labels_asks_for_names() -> None:
    notes = {"Image.BitmapPixelFormat": "Bgr8", "Image.NominalPixelRange": "NominalRange_0_255"}
    found = recognise(source(classifier(notes=notes)))
    assert (found.family, found.named, found.open) == (Family.AZURE, False, (Question.CLASSES,))
    assert (found.preparation.colour, found.preparation.std) == ("bgr", (1.0,))


def test_geti_says_all() -> None:
    notes = geti(
        mean_values="123.675 116.28 103.53",
        scale_values="58.395 57.12 57.375",
        resize_type="fit_to_window_letterbox",
        pad_value="114",
    )
    found = recognise(source(classifier(notes=notes)))
    assert named(found) == (Family.GETI, "classify", NAMES)
    assert (found.preparation.colour, found.open) == ("rgb", ())
    assert found.preparation.std == (58.395, 57.12, 57.375)
    assert (found.preparation.resize, found.preparation.pad) == (LETTERBOX, 114)
    turned = recognise(source(classifier(notes=geti(mean_values="103.53 116.28 123.675"))))
    assert turned.preparation.colour == "bgr"
    assert recognise(source(classifier(notes=geti()))).open == (Question.COLOUR,)


@pytest.mark.parametrize(
    "more", [{"multilabel": "True"}, {"resize_type": "odd"}, {"mean_values": "x"}, {"labels": "a"}]
)
def test_geti_that_cannot_be_followed(more: dict[str, str]) -> None:
    assert refused(source(classifier(notes=geti(**more))))[0] is ErrorCode.IMPORT_UNSUITABLE


def test_roboflow_cache() -> None:
    steps = {"auto-orient": {"enabled": True}, "resize": {"format": "Fit (black edges) in"}}
    told = json.dumps({"PREPROCESSING": json.dumps(steps)})
    proto = fixed({"output0": np.zeros((1, 7, 9))})
    one = source(proto, environment__json=told, class_names__txt="good\nscratch\ndent\n")
    found = recognise(one)
    assert named(found) == (Family.ROBOFLOW, "detect", NAMES)
    assert (found.preparation.resize, found.preparation.pad) == (LETTERBOX, 0)
    steps["contrast"] = {"type": "Contrast Stretching"}
    other = json.dumps({"PREPROCESSING": json.dumps(steps)})
    two = source(proto, environment__json=other, class_names__txt="good\nscratch\ndent\n")
    assert refused(two) == (ErrorCode.IMPORT_UNSUITABLE, "contrast or static-crop")


def test_roboflow_package() -> None:
    entry = {
        "color_mode": "bgr",
        "resize_mode": "letterbox",
        "padding_value": 114,
        "scaling_factor": 255,
        "normalization": [[0.5, 0.5, 0.5], [0.25, 0.25, 0.25]],
    }
    told = json.dumps({"network_input": entry})
    one = source(classifier(), inference_config__json=told, class_names__txt="a\nb\nc")
    found = recognise(one)
    assert (found.family, found.task, found.open) == (Family.ROBOFLOW, "classify", ())
    assert (found.preparation.mean, found.preparation.std) == ((127.5,) * 3, (63.75,) * 3)
    assert (found.preparation.colour, found.preparation.pad) == ("bgr", 114)


def test_hugging_face_processors() -> None:
    proto = classifier((224, 224), names=("pixel_values", "logits"))
    plain = seen(size={"height": 224, "width": 224}, image_mean=[0.5] * 3, image_std=[0.5] * 3)
    found = recognise(source(proto, **plain))
    assert named(found) == (Family.HUGGING_FACE, "classify", NAMES)
    assert (found.preparation.resize, found.open) == (STRETCH, ())
    np.testing.assert_allclose(found.preparation.mean, 127.5)
    cut = seen(size={"shortest_edge": 256}, crop_size=224, do_center_crop=True, do_normalize=False)
    found = recognise(source(proto, **cut))
    assert (found.preparation.resize, found.preparation.short) == (CROP, 256)
    np.testing.assert_allclose(found.preparation.std, 255)
    convnext = seen(size={"shortest_edge": 224}, crop_pct=0.875)
    assert recognise(source(proto, **convnext)).preparation.short == 256


def test_timm_on_the_hub_needs_no_question() -> None:
    told = {
        "pretrained_cfg": {
            "input_size": [3, 224, 224],
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "crop_pct": 0.9,
        },
        "label_names": list(NAMES),
    }
    found = recognise(source(classifier((224, 224)), config__json=json.dumps(told)))
    assert named(found) == (Family.HUGGING_FACE, "classify", NAMES)
    assert (found.preparation.short, found.open) == (248, ())


def test_keras_and_teachable_machine() -> None:
    proto = classifier((224, 224), nhwc=True, softmax=True, producer="tf2onnx")
    keras = recognise(source(proto))
    assert (keras.family, keras.preparation.layout) == (Family.KERAS, NHWC)
    assert keras.open == (Question.SCALING, Question.CLASSES)
    machine = recognise(source(proto, labels__txt="0 good\n1 scratch\n2 dent\n"))
    assert named(machine) == (Family.TEACHABLE, "classify", NAMES)
    assert (machine.preparation.mean, machine.preparation.std) == ((127.5,), (127.5,))
    assert machine.open == ()
    listed = recognise(source(proto, labels__txt="good\nscratch\ndent\n"))
    assert (listed.family, listed.open) == (Family.KERAS, (Question.SCALING,))


def test_timm_and_torchvision_leave_four_questions() -> None:
    found = recognise(source(classifier((224, 224), names=("input0", "output0"))))
    assert found.family is Family.TORCH
    assert set(found.open) == set(Question)
    assert found.reading == Scores("output0", "softmax")
    assert found.classes == ("class 0", "class 1", "class 2")
    done = recognise(source(classifier((224, 224), softmax=True)))
    assert done.reading == Scores("output", "none")


def test_several_labels_at_once_are_no_verdict() -> None:
    proto = classifier()
    proto.graph.output[0].name = "p"
    proto.graph.node.append(helper.make_node("Sigmoid", ["output"], ["p"]))
    code = ErrorCode.IMPORT_UNSUITABLE
    assert refused(source(proto)) == (code, "several labels at once")


def test_measurements_are_no_picture() -> None:
    nodes = [helper.make_node("Gemm", ["X", "w"], ["probabilities"])]
    weights = {"w": np.zeros((7, 2), np.float32)}
    proto = model(nodes, {"X": ["N", 7]}, {"probabilities": ["N", 2]}, weights, producer="skl2onnx")
    assert refused(source(proto)) == (ErrorCode.IMPORT_UNSUITABLE, "features 7: no picture")


def test_what_nobody_knows() -> None:
    nodes = [helper.make_node("Relu", ["x"], ["y"])]
    proto = model(nodes, {"x": [1, 16000]}, {"y": [1, 16000]}, {})
    code, _ = refused(source(proto))
    assert code is ErrorCode.IMPORT_UNKNOWN


@pytest.mark.parametrize("text", ["[]", "{", '{"image_threshold": "x"}', "null", "[" * 99999])
@pytest.mark.parametrize("name", ["metadata__json", "config__json", "inference_config__json"])
def test_broken_files_beside_it_never_break_more(name: str, text: str) -> None:
    proto: onnx.ModelProto = classifier()
    try:
        assert recognise(source(proto, **{name: text})).family is Family.TORCH
    except ModelError as error:
        assert error.code is ErrorCode.IMPORT_UNSUITABLE  # noqa: PT017


def test_every_reason_and_family_has_words(qapp: object) -> None:
    said = [
        *(clue_text(clue(why, question="colour", share=1)) for why in Why),
        *(question_word(question) for question in Question),
        *(family_word(family) for family in Family),
    ]
    assert all(said)
    assert len(set(said)) == len(said)
