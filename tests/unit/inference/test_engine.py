import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from station.domain.recipe import Roi
from station.errors import ErrorCode, ImageError, ModelError
from station.inference import engine as engine_module
from station.inference.engine import Engine
from station.inference.model import card_to_json
from tests.models import CARD, build_bright_model


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return build_bright_model(tmp_path / "模型 ü.onnx")


def grey(level: int, height: int = 64, width: int = 64) -> np.ndarray:
    return np.full((height, width), level, np.uint8)


def refused(path: Path, provider: str = "cpu") -> ModelError:
    engine = Engine(path, provider)
    with pytest.raises(ModelError) as caught:
        engine.open()
    assert not engine.is_open
    return caught.value


def test_a_dark_part_is_bad_and_a_bright_one_good(model: Path) -> None:
    engine = Engine(model, "cpu")
    engine.open()
    dark, bright = engine.look(grey(40)), engine.look(grey(180))
    assert dark.label == "dark"
    assert dark.score > 0.99
    assert bright.label == "good"
    assert bright.score < 0.01
    assert bright.confidence == dict(bright.scores)["good"]
    assert [name for name, _ in bright.scores] == ["good", "dark"]
    assert sum(value for _, value in bright.scores) == pytest.approx(1, abs=1e-5)
    assert bright.score == pytest.approx(1 - bright.confidence, abs=1e-7)
    assert bright.ms > 0


def test_a_model_may_tell_how_unlike_a_part_is(tmp_path: Path, model: Path) -> None:
    with Engine(build_bright_model(tmp_path / "u.onnx", unlike=True), "cpu") as engine:
        assert engine.look(grey(100)).unlike == pytest.approx(0, abs=1e-5)
        assert engine.look(grey(250)).unlike == pytest.approx(1.5, abs=1e-5)
    with Engine(model, "cpu") as engine:
        assert engine.look(grey(250)).unlike is None


@pytest.mark.parametrize(("shape", "dtype"), [([1, 1], 1), ([2], 1), ([1], 11)])
def test_an_unlike_of_another_form_is_refused(tmp_path: Path, shape: list[int], dtype: int) -> None:
    graph = onnx.load(build_bright_model(tmp_path / "u.onnx"))
    constant = helper.make_tensor("constant", dtype, shape, [0.5] * (2 if shape == [2] else 1))
    graph.graph.node.append(helper.make_node("Constant", [], ["unlike"], value=constant))
    graph.graph.output.append(helper.make_tensor_value_info("unlike", dtype, shape))
    path = tmp_path / "odd.onnx"
    path.write_bytes(graph.SerializeToString())
    assert refused(path).code is ErrorCode.MODEL_WRONG_SHAPE


def test_one_beside_has_the_same_wishes(tmp_path: Path, model: Path) -> None:
    other = build_bright_model(tmp_path / "other.onnx", level=50)
    sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
    with Engine(model, "cpu", 1, no_device=True) as engine:
        beside = engine.beside(other, sha256, None)
        assert not beside.is_open
        with beside:
            assert beside.report.wish == "cpu"
            assert beside.sha256 == sha256
            assert beside.look(grey(75)).label == "good"
            assert engine.look(grey(75)).label == "dark"
        wrong = engine.beside(other, "00" * 32, None)
        with pytest.raises(ModelError):
            wrong.open()


def test_the_map_is_bytes_over_the_roi(model: Path) -> None:
    engine = Engine(model, "cpu")
    engine.open()
    frame = grey(255, 200, 200)
    frame[100:132, 100:164] = 0  # the upper half of the ROI
    found = engine.look(frame, Roi(100, 100, 64, 64))
    assert found.map is not None
    assert found.map.dtype == np.uint8
    assert found.map.shape == (8, 8)
    assert set(found.map[:4].flat) == {255}
    assert set(found.map[4:].flat) == {0}


def test_the_report_tells_what_runs(model: Path) -> None:
    engine = Engine(model)
    engine.open()
    report = engine.report
    assert (report.wish, report.actual, report.fell_back) == ("auto", "cpu", False)
    assert report.load_ms > 0
    assert report.warm_ms > 0
    assert report.runtime_version.count(".") >= 2
    assert engine.sha256 == hashlib.sha256(model.read_bytes()).hexdigest()
    assert engine.card == CARD


@pytest.mark.parametrize("wish", ["cuda", "directml", "openvino"])
def test_a_wish_that_is_not_installed_falls_back_visibly(model: Path, wish: str) -> None:
    import onnxruntime

    from station.inference.provider import PROVIDERS

    if PROVIDERS[wish] in onnxruntime.get_available_providers():
        pytest.skip(f"{wish} is built into this runtime")
    engine = Engine(model, wish)
    engine.open()
    assert engine.report.actual == "cpu"
    assert engine.report.fell_back
    assert engine.look(grey(180)).label == "good"


def test_an_unknown_wish(model: Path) -> None:
    assert refused(model, "gpu").code is ErrorCode.PROVIDER_UNKNOWN


def test_no_file_and_a_folder_are_not_found(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.onnx").code is ErrorCode.MODEL_NOT_FOUND
    assert refused(tmp_path).code is ErrorCode.MODEL_NOT_FOUND


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_model(model: Path, share: float, capfd: pytest.CaptureFixture[str]) -> None:
    data = model.read_bytes()
    model.write_bytes(data[: int(share * len(data))])
    error = refused(model)
    assert error.code is ErrorCode.MODEL_NOT_ONNX
    assert error.fault.fact("path") == str(model)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "data",
    [b"This is a letter, not a model.\n" * 50, bytes(range(256)) * 40, b"\x00" * 5000, b"\n"],
    ids=["text", "bytes", "zeros", "line"],
)
def test_garbage(tmp_path: Path, data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "garbage.onnx"
    path.write_bytes(data)
    assert refused(path).code is ErrorCode.MODEL_NOT_ONNX
    assert capfd.readouterr() == ("", "")


def test_no_card_and_a_bad_card(tmp_path: Path) -> None:
    path = build_bright_model(tmp_path / "m.onnx", card="")
    assert refused(path).code is ErrorCode.MODEL_NO_CARD
    build_bright_model(path, card="{}")
    assert refused(path).code is ErrorCode.MODEL_BAD_CARD


@pytest.mark.parametrize(
    "card",
    [
        replace(CARD, height=96),
        replace(CARD, channels=3),
        replace(CARD, classes=("good", "dark", "dent")),
    ],
    ids=["height", "channels", "classes"],
)
def test_a_card_that_does_not_fit_its_graph(tmp_path: Path, card: object) -> None:
    path = build_bright_model(tmp_path / "m.onnx", card=card_to_json(card))  # type: ignore[arg-type]
    error = refused(path)
    assert error.code is ErrorCode.MODEL_WRONG_SHAPE
    assert error.fault.fact("expected")
    assert error.fault.fact("found")


def test_outputs_of_other_names(model: Path) -> None:
    proto = onnx.load_from_string(model.read_bytes())
    for name in ("scores", "map"):
        broken = onnx.ModelProto()
        broken.CopyFrom(proto)
        kept = [value for value in broken.graph.output if value.name != name]
        del broken.graph.output[:]
        broken.graph.output.extend(kept)
        model.write_bytes(broken.SerializeToString())
        assert refused(model).code is ErrorCode.MODEL_WRONG_SHAPE


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_scores_that_are_no_numbers(model: Path, value: float) -> None:
    assert refused(with_bias(model, value)).code is ErrorCode.MODEL_FAILED


def test_scores_that_are_no_probabilities(model: Path) -> None:
    proto = onnx.load_from_string(model.read_bytes())
    for node in proto.graph.node:
        if node.op_type == "Softmax":
            node.op_type = "Relu"
            del node.attribute[:]
    model.write_bytes(proto.SerializeToString())
    assert refused(model).code is ErrorCode.MODEL_FAILED


def test_a_graph_that_breaks_on_some_parts_only(
    model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A Gather whose index is the mean grey, over a table that ends at 200."""
    proto = onnx.load_from_string(model.read_bytes())
    nodes = [
        helper.make_node("Cast", ["mean"], ["index"], to=TensorProto.INT64),
        helper.make_node("Gather", ["table", "index"], ["zero"]),
        helper.make_node("Add", ["logits", "zero"], ["shifted"]),
    ]
    softmax = next(i for i, node in enumerate(proto.graph.node) if node.op_type == "Softmax")
    proto.graph.node[softmax].input[0] = "shifted"
    rest = list(proto.graph.node)
    del proto.graph.node[:]
    proto.graph.node.extend(rest[:softmax] + nodes + rest[softmax:])
    proto.graph.initializer.append(numpy_helper.from_array(np.zeros(200, np.float32), "table"))
    model.write_bytes(proto.SerializeToString())
    engine = Engine(model, "cpu")
    engine.open()
    with pytest.raises(ModelError) as caught:
        engine.look(grey(250))
    assert caught.value.code is ErrorCode.MODEL_FAILED
    assert "\n" not in caught.value.fault.fact("reason")
    assert engine.look(grey(180)).label == "good"
    assert capfd.readouterr() == ("", "")


def test_a_model_without_good_classes_calls_everything_bad(tmp_path: Path) -> None:
    card = card_to_json(replace(CARD, good=()))
    engine = Engine(build_bright_model(tmp_path / "m.onnx", card=card), "cpu")
    engine.open()
    assert engine.look(grey(180)).score == 1.0


def test_a_roi_outside_the_frame(model: Path) -> None:
    engine = Engine(model, "cpu")
    engine.open()
    with pytest.raises(ImageError) as caught:
        engine.look(grey(180), Roi(32, 32, 64, 64))
    assert caught.value.code is ErrorCode.ROI_OUTSIDE_FRAME


def test_it_opens_again_after_it_was_closed(model: Path) -> None:
    engine = Engine(model, "cpu")
    engine.close()
    engine.open()
    before = engine.look(grey(101)).score
    engine.close()
    engine.close()
    assert not engine.is_open
    with pytest.raises(RuntimeError):
        engine.look(grey(101))
    engine.open()
    assert engine.look(grey(101)).score == before


def with_bias(model: Path, value: float) -> Path:
    proto = onnx.load_from_string(model.read_bytes())
    for weight in proto.graph.initializer:
        if weight.name == "b":
            weight.CopyFrom(numpy_helper.from_array(np.full(2, value, np.float32), "b"))
    model.write_bytes(proto.SerializeToString())
    return model


def test_a_file_that_is_not_the_one_the_recipe_names(model: Path) -> None:
    sha256 = hashlib.sha256(model.read_bytes()).hexdigest()
    with Engine(model, "cpu", sha256=sha256) as engine:
        assert engine.sha256 == sha256
    engine = Engine(model, "cpu", sha256="0" * 64)
    with pytest.raises(ModelError) as caught:
        engine.open()
    assert caught.value.code is ErrorCode.MODEL_CHANGED
    assert caught.value.fault.fact("path") == str(model)
    assert not engine.is_open


def test_a_model_slower_than_the_recipe_allows_does_not_start(model: Path) -> None:
    with Engine(model, "cpu", budget_ms=10_000) as engine:
        assert 0 < engine.report.warm_ms <= engine.report.p95_ms < 10_000
    engine = Engine(model, "cpu", budget_ms=1e-6)
    with pytest.raises(ModelError) as caught:
        engine.open()
    assert caught.value.code is ErrorCode.MODEL_TOO_SLOW
    assert float(caught.value.fault.fact("ms")) >= 0
    assert caught.value.fault.fact("limit") == "1e-06"
    assert not engine.is_open


@pytest.mark.parametrize(
    ("run_ms", "late", "slow"), [(10, 1, False), (10, 2, True), (90, 0, True), (400, 0, True)]
)
def test_one_late_run_of_twenty_is_an_accident_and_two_are_not(
    model: Path, monkeypatch: pytest.MonkeyPatch, run_ms: int, late: int, slow: bool
) -> None:
    """On a clock of its own: each warm run takes `run_ms`, the last `late` of them 500 ms."""
    ticks: list[int] = []

    class Clock:
        @staticmethod
        def monotonic_ns() -> int:
            runs = len(ticks) // 2  # two looks at the clock come before, then two a run
            ticks.append(500 if runs > 20 - late else run_ms)
            return sum(ticks) * 10**6

    monkeypatch.setattr(engine_module, "time", Clock)
    engine = Engine(model, "cpu", budget_ms=50)
    if not slow:
        engine.open()
        assert engine.report.p95_ms == run_ms
        return
    with pytest.raises(ModelError) as caught:
        engine.open()
    assert caught.value.code is ErrorCode.MODEL_TOO_SLOW


def test_a_device_that_failed_before_is_left_alone_and_that_is_said(model: Path) -> None:
    with Engine(model, "cuda", no_device=True) as engine:
        report = engine.report
        assert (report.wish, report.actual, report.fell_back) == ("cuda", "cpu", True)
        assert engine.look(grey(180)).label == "good"
    with Engine(model, "cpu", no_device=True) as engine:
        assert not engine.report.fell_back


def test_what_is_ignored_neither_counts_nor_shows_as_evidence(model: Path) -> None:
    frame = grey(180, 128, 128)
    frame[:64, :64] = 0  # a dark quarter
    corner = [Roi(0, 0, 64, 64)]
    with Engine(model, "cpu") as engine:
        assert engine.look(frame).score > engine.look(frame, None, corner).score
        bare, dark = engine.look(grey(40)), engine.look(grey(40), None, [Roi(0, 0, 64, 32)])
        assert bare.map is not None
        assert dark.map is not None
        half = dark.map.shape[0] // 2
        assert dark.map[:half].max() == 0
        assert bare.map[:half].max() > 0
