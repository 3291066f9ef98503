"""Files that could take the process with them are opened in one of their own."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from station.bundle import resource
from station.inference.engine import Engine
from station.inference.safety import check_model
from tests.models import build_bright_model

FLIPS = """
import random, sys
from pathlib import Path
from station.errors import ModelError
from station.inference.engine import Engine

path, pinned = Path(sys.argv[1]), sys.argv[2]
whole = bytearray(path.read_bytes())
rng, told = random.Random(8), []
with path.open("r+b", buffering=0) as file:
    for _ in range(int(sys.argv[3])):
        at, bit = rng.randrange(len(whole)), 1 << rng.randrange(8)
        file.seek(at)
        file.write(bytes([whole[at] ^ bit]))
        try:
            Engine(path, "cpu", 1, sha256=pinned).open()
            told.append("opened")
        except ModelError as error:
            told.append(str(error.code))
        file.seek(at)
        file.write(bytes([whole[at]]))
print(*sorted({f"{name}={told.count(name)}" for name in told}))
"""

OPEN_ONCE = """
import sys
from pathlib import Path
from station.errors import ModelError
from station.inference.engine import Engine
try:
    Engine(Path(sys.argv[1]), "cpu").open()
except ModelError as error:
    print(error.code)
"""


def in_a_process(script: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        timeout=110,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


def test_four_terabytes_wished_at_run_time_end_in_a_clean_error(tmp_path: Path) -> None:
    """The file is small and says nothing wrong; the machine has not the memory."""
    path = build_bright_model(tmp_path / "m.onnx")
    proto = onnx.load_from_string(path.read_bytes())
    shape = numpy_helper.from_array(np.array([10**6, 10**6], np.int64), "shape")
    nodes = [
        helper.make_node("ConstantOfShape", ["shape"], ["huge"]),
        helper.make_node("ReduceSum", ["huge"], ["sum"], keepdims=0),
        helper.make_node("Add", ["logits", "sum"], ["moved"]),
    ]
    before = list(proto.graph.node)
    place = next(i for i, node in enumerate(before) if node.op_type == "Softmax")
    before[place].input[0] = "moved"
    del proto.graph.node[:]
    proto.graph.node.extend([*before[:place], *nodes, *before[place:]])
    proto.graph.initializer.append(shape)
    path.write_bytes(proto.SerializeToString())
    check_model(path.read_bytes(), path)
    done = in_a_process(OPEN_ONCE, path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["out_of_memory"]


@pytest.mark.slow
def test_of_a_thousand_flipped_bits_every_one_is_found(tmp_path: Path) -> None:
    path = tmp_path / "flange.onnx"
    path.write_bytes(resource("demo/flange.onnx").read_bytes())
    with Engine(path, "cpu", 1) as engine:
        pinned = engine.sha256
    done = in_a_process(FLIPS, path, pinned, 1000)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "model_changed=1000"


def test_flipped_bits_never_crash_what_has_no_hash_to_go_by(tmp_path: Path) -> None:
    """A file that comes from elsewhere: it opens, or is refused with a code of ours."""
    path = build_bright_model(tmp_path / "m.onnx")
    done = in_a_process(FLIPS, path, "", 1000)
    assert done.returncode == 0, done.stderr
    told = dict(pair.split("=") for pair in done.stdout.split())
    assert sum(map(int, told.values())) == 1000
    assert "model_not_onnx" in told
    assert "internal" not in told
