from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from station.errors import DatasetError, ErrorCode
from station.inference.engine import Engine
from station.inference.model import CARD_KEY, ModelCard, card_to_json
from station.training import quantize
from station.training.dataset import Sample, scan
from station.training.job import train
from station.training.pack import Contender, Role, make_pack
from station.training.parts import Parts
from station.training.quantize import Refusal, quantise, split
from station.training.report import write_report
from tests.conftest import shared_data
from tests.models import build_bright_model

LAYERS, WIDE = 8, 8
CARD = ModelCard("edges", ("good", "dark"), ("good",), 64, 64, 1, method="test")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Sample]:
    root, rng = tmp_path_factory.mktemp("parts"), np.random.default_rng(0)
    for label, level in (("good", 170), ("dark", 60)):
        for i in range(15):
            path = root / label / f"{i:02}.png"
            path.parent.mkdir(exist_ok=True)
            pixels = np.clip(rng.normal(level, 20, (64, 64)), 0, 255).astype(np.uint8)
            path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    (root / "dark" / "broken.png").write_text("no picture")
    return scan(root)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chain of convolutions that carries the brightness along to its scores."""
    return build_network(tmp_path_factory.mktemp("model") / "法 network.onnx")


def build_network(path: Path) -> Path:
    rng = np.random.default_rng(1)
    weights = {}
    nodes = [
        helper.make_node("Cast", ["image"], ["float"], "float", to=TensorProto.FLOAT),
        helper.make_node("Div", ["float", "full"], ["unit"], "unit"),
        helper.make_node("Transpose", ["unit"], ["x0"], "planes", perm=[0, 3, 1, 2]),
    ]
    for i in range(LAYERS):
        deep = 1 if i == 0 else WIDE
        kernel = np.abs(rng.normal(1, 0.3, (WIDE, deep, 3, 3)))
        weights[f"w{i}"] = kernel / kernel.sum(axis=(1, 2, 3), keepdims=True)
        nodes += [
            helper.make_node("Conv", [f"x{i}", f"w{i}"], [f"y{i}"], f"conv{i}", pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"y{i}"], [f"x{i + 1}"], f"relu{i}"),
        ]
    head = np.zeros((WIDE, 2))
    head[:, 0], head[:, 1] = 30 / WIDE, -30 / WIDE
    nodes += [
        helper.make_node("GlobalAveragePool", [f"x{LAYERS}"], ["pooled"], "pooled"),
        helper.make_node("Flatten", ["pooled"], ["features"], "features"),
        helper.make_node("Gemm", ["features", "head", "bias"], ["logits"], "logits"),
        helper.make_node("Softmax", ["logits"], ["scores"], "scores"),
        helper.make_node("ReduceMean", [f"x{LAYERS}"], ["map"], "map", axes=[1], keepdims=0),
    ]
    constants = {"full": np.array(255), "head": head, "bias": np.array([-12, 12]), **weights}
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, 64, 64, 1])],
        [
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2]),
            helper.make_tensor_value_info("map", TensorProto.FLOAT, [1, 64, 64]),
        ],
        [numpy_helper.from_array(v.astype(np.float32), k) for k, v in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {CARD_KEY: card_to_json(CARD)})
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture
def any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """How fast a tiny network is proves nothing; what is offered for it must not hang on it."""
    monkeypatch.setattr(quantize, "LEAST_SPEEDUP", 0.0)


def kinds(path: Path) -> dict[str, str]:
    return {node.name: node.op_type for node in onnx.load(path).graph.node}


def test_what_is_offered_is_a_model_of_ours(
    network: Path, parts: list[Sample], tmp_path: Path, any_speed: None
) -> None:
    out = tmp_path / "new" / "small.onnx"
    found = quantise(network, parts, ("good",), out)
    assert found.offered
    assert found.refusal is None
    assert found.points_lost == 0.0
    assert (found.calibrated_on, found.n) == (10, 20)  # a third, and the rest but the broken one
    assert found.int8_bytes == out.stat().st_size < found.fp32_bytes
    assert 0 < found.apart < 0.1
    assert found.speedup == pytest.approx(found.fp32_ms / found.int8_ms)
    assert found.fp32 is not None
    assert found.int8 is not None
    assert found.fp32.accuracy == found.int8.accuracy
    with Engine(out, "cpu") as small, Engine(network, "cpu") as whole:
        card = small.card
        assert small.sha256 == found.sha256
        assert card.method == "test, int8"
        assert card.parent == f"edges sha256:{whole.sha256}"
        assert (card.classes, card.good) == (CARD.classes, CARD.good)
        pixels = np.full((64, 64), 101, np.uint8)
        assert small.look(pixels).score == pytest.approx(whole.look(pixels).score, abs=0.1)
    assert list(out.parent.iterdir()) == [out]


def test_heads_and_the_first_convolutions_stay_in_float(
    network: Path, parts: list[Sample], tmp_path: Path, any_speed: None
) -> None:
    out = tmp_path / "small.onnx"
    assert quantise(network, parts, ("good",), out).offered
    graph = onnx.load(out).graph
    made = {name: node for node in graph.node for name in node.output}
    takes = {node.name: [made[i].op_type for i in node.input if i in made] for node in graph.node}
    for i in range(LAYERS):
        eight_bits = "DequantizeLinear" in takes[f"conv{i}"]
        assert eight_bits is (i >= quantize.FIRST_IN_FLOAT[0]), i
    stored = {tensor.name: tensor.data_type for tensor in graph.initializer}
    assert stored["head"] == TensorProto.FLOAT
    assert sum(kind == TensorProto.INT8 for kind in stored.values()) >= LAYERS - 3
    scales = [t for t in graph.initializer if t.name.startswith("w5") and "scale" in t.name]
    assert {tuple(scale.dims) for scale in scales} == {(WIDE,)}, "each channel by itself"


def test_the_same_again_is_the_same_bytes(
    network: Path, parts: list[Sample], tmp_path: Path, any_speed: None
) -> None:
    one, two = (
        quantise(network, parts, ("good",), tmp_path / f"{i}.onnx").sha256 for i in range(2)
    )
    assert one == two != ""


def test_what_is_not_faster_is_not_offered(
    network: Path, parts: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantize, "LEAST_SPEEDUP", 1e6)
    found = quantise(network, parts, ("good",), tmp_path / "small.onnx")
    assert not found.offered
    assert found.refusal is Refusal.SLOW
    assert found.int8_ms > 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_less_right_is_not_offered(
    network: Path, parts: list[Sample], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same parts with half of their labels swapped for the one model only."""
    look = quantize.look_at_all

    def spoilt(*args: object, **kwargs: object) -> object:
        from dataclasses import replace

        (first, second), skipped = look(*args, **kwargs)  # type: ignore[arg-type]
        worse = replace(second[0], label="good" if second[0].truth == "dark" else "dark")
        return (first, (worse, *second[1:])), skipped

    monkeypatch.setattr(quantize, "look_at_all", spoilt)
    monkeypatch.setattr(quantize, "LEAST_SPEEDUP", 0.0)
    found = quantise(network, parts, ("good",), tmp_path / "small.onnx")
    assert not found.offered
    assert found.refusal is Refusal.INACCURATE
    assert found.points_lost == pytest.approx(100 / 20)
    assert list(tmp_path.iterdir()) == []


def test_what_has_no_convolutions_or_is_small_already(
    network: Path, parts: list[Sample], tmp_path: Path, any_speed: None
) -> None:
    plain = build_bright_model(tmp_path / "plain.onnx")
    found = quantise(plain, parts, ("good",), tmp_path / "a.onnx")
    assert (found.offered, found.refusal) == (False, Refusal.NOTHING)
    small = tmp_path / "small.onnx"
    assert quantise(network, parts, ("good",), small).offered
    again = quantise(small, parts, ("good",), tmp_path / "b.onnx")
    assert (again.offered, again.refusal) == (False, Refusal.ALREADY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plain.onnx", "small.onnx"]


def test_places_and_parts_that_will_not_do(
    network: Path, parts: list[Sample], tmp_path: Path
) -> None:
    with pytest.raises(DatasetError) as caught:
        quantise(network, parts, ("good",), tmp_path)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    gone = [Sample(tmp_path / f"{i}.png", "good") for i in range(4)]
    with pytest.raises(DatasetError) as caught:
        quantise(network, gone, ("good",), tmp_path / "x.onnx")
    assert caught.value.code is ErrorCode.FOLDER_EMPTY


def test_labels_that_the_model_does_not_know_are_counted_by_side(
    network: Path, parts: list[Sample], tmp_path: Path, any_speed: None
) -> None:
    names = {"good": "fine", "dark": "crack"}
    strange = [Sample(part.path, names[part.label]) for part in parts]
    found = quantise(network, strange, ("fine",), tmp_path / "small.onnx")
    assert found.offered
    assert found.fp32 is not None
    assert found.fp32.accuracy is None
    swapped = quantise(network, strange, ("crack",), tmp_path / "other.onnx")
    assert swapped.fp32 is not None
    assert swapped.fp32.escapes.rate == 1.0, "nothing is lost where all was wrong before"
    assert swapped.points_lost == 0.0


def test_cancel_leaves_nothing(network: Path, parts: list[Sample], tmp_path: Path) -> None:
    def stop(step: str, share: float) -> None:
        if step == "evaluate":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        quantise(network, parts, ("good",), tmp_path / "x.onnx", stop)
    assert list(tmp_path.iterdir()) == []


def test_what_calibrates_is_not_what_is_measured() -> None:
    plain = [Sample(Path(f"{i}"), "good") for i in range(90)]
    learning, trial = split(plain)
    assert (len(learning), len(trial)) == (30, 60)
    assert not {s.path for s in learning} & {s.path for s in trial}
    marked = [Sample(Path(f"{i}"), "good", test=i < 20) for i in range(90)]
    learning, trial = split(marked)
    assert len(learning) == quantize.CALIBRATION
    assert {s.path for s in trial} == {Path(f"{i}") for i in range(20)}
    assert split(plain[:1]) == (plain[:1], plain[:1])


@pytest.mark.data
@pytest.mark.slow
def test_steel_in_int8_is_as_right_and_half_again_as_fast(tmp_path: Path) -> None:
    """On real pictures and a model that is taught here: the two promises, measured now."""
    source = shared_data("neu_cls") / "train"
    pictures = {place.name: sorted(place.iterdir()) for place in sorted(source.iterdir())}
    folder = tmp_path / "steel"
    for label, paths in pictures.items():
        (folder / label).mkdir(parents=True)
        for path in paths[:12]:
            (folder / label / path.name).write_bytes(path.read_bytes())
    model = train(folder, tmp_path / "steel.onnx", good=["patches"], size=224).out
    samples = [
        Sample(path, label, test=i >= 12)
        for label, paths in pictures.items()
        for i, path in enumerate(paths[:22])
    ]
    found = quantise(model, samples, ("patches",), tmp_path / "int8.onnx")
    assert found.n == 60
    assert found.points_lost <= quantize.MOST_LOST, found
    assert found.speedup >= quantize.LEAST_SPEEDUP, found
    assert found.offered
    kept = Parts(tuple(s for s in samples if s.test), ("patches",), "steel", kept_back=True)
    contenders = [Contender(Role.CANDIDATE, model), Contender(Role.INT8, tmp_path / "int8.onnx")]
    pack = make_pack(contenders, kept, "2026-11-21T14:00:00+00:00", robust=False)
    whole, small = (one.figures for one in pack.models)
    assert whole.accuracy is not None
    assert small.accuracy is not None
    assert whole.accuracy.count >= 57
    assert small.accuracy.count == whole.accuracy.count
    assert whole.auroc is not None
    assert whole.auroc > 0.98
    assert pack.models[1].bytes < pack.models[0].bytes / 2
    assert write_report(pack, tmp_path / "report").is_file()
