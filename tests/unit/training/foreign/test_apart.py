"""The import's process may crash, hang or swell; this one only hears of it."""

import sys
import time
from pathlib import Path

import pytest

from station.errors import DatasetError, ErrorCode, ModelError
from station.supervisor import program
from station.training.foreign.apart import Bounds, import_apart
from station.training.foreign.importing import Order, import_model
from tests.unit.training.foreign.graphs import classifier

OURS = program("model", "serve-import")


def quiet(step: str, share: float) -> None:
    """Nobody watches."""


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def stopped(command: list[str], bounds: Bounds | None = None) -> str:
    with pytest.raises(ModelError) as caught:
        import_apart(Order("m.onnx"), command, quiet, bounds)
    assert caught.value.code is ErrorCode.IMPORT_STOPPED
    assert caught.value.fault.fact("path") == "m.onnx"
    return caught.value.fault.fact("reason")


def test_it_says_the_same_as_here(tmp_path: Path) -> None:
    path, out = tmp_path / "m.onnx", tmp_path / "out.onnx"
    path.write_bytes(classifier((64, 64)).SerializeToString())
    order = Order(str(path), str(out), good=("class 0",))
    steps: list[str] = []
    report = import_apart(order, OURS, lambda step, share: steps.append(step))
    data = out.read_bytes()
    here = import_model(order, quiet)
    assert out.read_bytes() == data
    assert (report.sha256, report.clues, report.open) == (here.sha256, here.clues, here.open)
    assert steps == ["read", "convert"]


def test_its_errors_come_through(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        import_apart(Order(str(tmp_path / "gone.onnx")), OURS, quiet)
    assert caught.value.code is ErrorCode.MODEL_NOT_FOUND
    path = tmp_path / "m.onnx"
    path.write_bytes(classifier((64, 64)).SerializeToString())
    with pytest.raises(DatasetError) as wrong:
        import_apart(Order(str(path), good=("x",)), OURS, quiet)
    assert wrong.value.code is ErrorCode.DATASET_UNKNOWN_CLASS


def test_a_graph_that_nobody_foresaw_is_no_fault_of_the_program(tmp_path: Path) -> None:
    proto = classifier((64, 64), notes={"author": "Ultralytics", "names": "{0: 'a', 1: 'b'}"})
    del proto.graph.output[:]
    path = tmp_path / "m.onnx"
    path.write_bytes(proto.SerializeToString())
    with pytest.raises(ModelError) as caught:
        import_apart(Order(str(path)), OURS, quiet)
    assert caught.value.code is ErrorCode.IMPORT_STOPPED
    assert caught.value.fault.fact("reason").startswith("IndexError")


def test_a_crash_is_told() -> None:
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    assert stopped(python(crash)) == "SIGSEGV"
    assert stopped(python("raise SystemExit(3)")) == "exit 3"


def test_noise_is_no_answer() -> None:
    assert stopped(python("print('hello')")) == "no answer"
    done = '{"type":"done","report":{}}'
    assert stopped(python(f"print({done!r})")) == "no answer"


def test_too_long_and_too_large() -> None:
    began = time.monotonic()
    assert stopped(python("import time; time.sleep(60)"), Bounds(seconds=0.5)) == "0.5 s"
    swell = "import time; x = bytearray(400 * 2**20); time.sleep(60)"
    assert stopped(python(swell), Bounds(memory=2**28)) == "0.25 GB"
    assert time.monotonic() - began < 30


def test_a_chatterer_does_not_talk_its_way_past_the_time() -> None:
    talk = 'while True: print(\'{"type":"step","name":"a","share":0}\', flush=True)'
    assert stopped(python(talk), Bounds(seconds=1)) == "1 s"
