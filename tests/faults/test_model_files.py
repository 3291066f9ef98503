"""Models that are damaged, wrong, harmful or too large: the line does not start, and says why."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault
from station.pipeline.events import Warned
from tests.faults.conftest import MakeStation
from tests.faults.rig import all_kept, prepare, write_recipe
from tests.faults.screen import Screen, says_in_each_language
from tests.models import build_bright_model
from tests.program import assert_says
from tests.program import station as command

pytestmark = pytest.mark.usefixtures("qapp")


def cut(model: Path) -> None:
    whole = model.read_bytes()
    model.write_bytes(whole[: len(whole) // 2])


def noise(model: Path) -> None:
    model.write_bytes(np.random.default_rng(1).bytes(4096))


def other_shape(model: Path) -> None:
    build_bright_model(model, classes=3)


def no_card(model: Path) -> None:
    build_bright_model(model, card="")


def reads_a_file(model: Path) -> None:
    """Weights that lie in another file: the way to read what the station must not give away."""
    (model.parent / "secret.bin").write_bytes(bytes(4096))
    graph = onnx.load(str(model), load_external_data=False)
    weight = graph.graph.initializer[1]
    weight.ClearField("raw_data")
    weight.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "secret.bin"), ("offset", "0"), ("length", "8")):
        entry = weight.external_data.add()
        entry.key, entry.value = key, value
    model.write_bytes(graph.SerializeToString())


def foreign_operator(model: Path) -> None:
    graph = onnx.load(str(model))
    graph.graph.node[0].domain = "evil.corp"
    graph.opset_import.append(helper.make_opsetid("evil.corp", 1))
    model.write_bytes(graph.SerializeToString())


def four_terabytes(model: Path) -> None:
    """The map is made from a constant of 4 TB."""
    graph = onnx.load(str(model))
    size = numpy_helper.from_array(np.array([2**40], np.int64), "size")
    graph.graph.initializer.append(size)
    graph.graph.node.extend(
        [
            helper.make_node("ConstantOfShape", ["size"], ["huge"]),
            helper.make_node("ReduceMax", ["huge"], ["most"], keepdims=0),
            helper.make_node("Add", ["map_small", "most"], ["map"]),
        ]
    )
    for node in graph.graph.node:
        if node.op_type == "Squeeze":
            node.output[0] = "map_small"
    model.write_bytes(graph.SerializeToString())


def refused(tmp_path: Path, code: ErrorCode, language: str) -> None:
    """The line does not start, says why, and has judged nothing."""
    words = ("run", "--headless", "--json", "--parts", 1, "--data", tmp_path / "data")
    answer = command(tmp_path, *words, language=language)
    says_in_each_language(Fault(code, tuple(assert_says(answer, 1, code, language).items())))
    assert answer.parts == []


@pytest.mark.fault("corrupt-model")
@pytest.mark.parametrize(("harm", "language"), [(cut, "en"), (noise, "zh_CN")])
def test_a_damaged_model(tmp_path: Path, harm: Callable[[Path], None], language: str) -> None:
    harm(prepare(tmp_path / "data"))
    refused(tmp_path, ErrorCode.MODEL_NOT_ONNX, language)


@pytest.mark.fault("corrupt-model")
@pytest.mark.fault("wrong-model")
def test_a_model_that_was_not_released(tmp_path: Path) -> None:
    model = prepare(tmp_path / "data")
    write_recipe(tmp_path / "data", model, model_sha256="0" * 64)
    refused(tmp_path, ErrorCode.MODEL_CHANGED, "de")


@pytest.mark.fault("wrong-model")
@pytest.mark.parametrize(
    ("harm", "code", "language"),
    [(other_shape, ErrorCode.MODEL_WRONG_SHAPE, "de"), (no_card, ErrorCode.MODEL_NO_CARD, "en")],
)
def test_a_model_that_is_another(
    tmp_path: Path, harm: Callable[[Path], None], code: ErrorCode, language: str
) -> None:
    harm(prepare(tmp_path / "data"))
    refused(tmp_path, code, language)


@pytest.mark.fault("malicious-model")
@pytest.mark.parametrize(("harm", "language"), [(reads_a_file, "zh_CN"), (foreign_operator, "de")])
def test_a_harmful_model(tmp_path: Path, harm: Callable[[Path], None], language: str) -> None:
    harm(prepare(tmp_path / "data"))
    refused(tmp_path, ErrorCode.MODEL_UNSAFE, language)


@pytest.mark.fault("huge-allocation")
def test_a_model_that_wants_four_terabytes(tmp_path: Path) -> None:
    four_terabytes(prepare(tmp_path / "data"))
    refused(tmp_path, ErrorCode.OUT_OF_MEMORY, "zh_CN")


@pytest.mark.fault("cpu-fall-back")
def test_a_device_that_is_not_there(
    tmp_path: Path, make_station: MakeStation, screen: Screen
) -> None:
    prepare(tmp_path / "data", provider="cuda")
    station = make_station(tmp_path / "data")
    station.start()
    told = station.wait_fault(ErrorCode.PROVIDER_FELL_BACK)
    assert isinstance(told, Warned)
    assert told.fault.fact("wish") == "cuda"
    screen.shows(told)
    entry = station.inspect()
    assert (entry.inspection.verdict, entry.inspection.provider) == (Verdict.OK, "cpu")
    assert station.end() == 0
    all_kept(station)


@pytest.mark.fault("cpu-fall-back")
def test_too_slow_for_the_recipe(tmp_path: Path) -> None:
    model = prepare(tmp_path / "data", provider="cuda")
    write_recipe(tmp_path / "data", model, budget_ms=0.001)
    refused(tmp_path, ErrorCode.MODEL_TOO_SLOW, "en")
