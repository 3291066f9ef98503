"""Teaches the articles' small CNN handwritten digits, and says how it does on a kept-back fifth.

    python tools/mnist.py ../shared/data/mnist

Needs the extra `train-torch`. Of the 60,000 training images every fifth is kept back; of the rest,
one in twelve shows when to stop. After every epoch the exported graph is asked of the kept-back
ones by ONNX Runtime; they choose nothing.
"""

import argparse
import gzip
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.domain.part import Pixels
from station.inference.model import INPUT
from station.inference.prepare import prepare
from station.inference.provider import CPU, default_threads, new_session
from station.training.backbone import Graph, Input, assembled
from station.training.methods.cnn import small_way
from station.training.methods.torch_small import add_small
from station.training.methods.torch_train import Net, Plan, cross_entropy, learn, numpy_of

FORM = Input(32, 32, 1)
KEPT_BACK, WATCHED = 5, 12  # every so many-th image
PLAN = Plan(epochs=12, rate=1.5e-3, batch=64, decay=1e-4, patience=4)
AT_ONCE = 250


def read_idx(path: Path) -> npt.NDArray[np.uint8]:
    """An array as LeCun wrote it: two zeros, type, sides, numbers."""
    data = gzip.decompress(path.read_bytes())
    sides = np.frombuffer(data, ">u4", data[3], 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sides)


def accuracy(model: bytes, images: Pixels, labels: npt.NDArray[np.intp]) -> float:
    """Of the graph as the line would run it."""
    session = new_session(model, CPU, default_threads())
    hits = 0
    for start in range(0, len(images), AT_ONCE):
        (logits,) = session.run(["logits"], {INPUT: images[start : start + AT_ONCE]})
        hits += int((logits.argmax(axis=1) == labels[start : start + AT_ONCE]).sum())
    return hits / len(images)


def exported(net: Net) -> bytes:
    """The graph of the network as it is now, for any number of images."""
    graph = Graph()
    add_small(graph, numpy_of(net))
    value = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 10])
    return assembled(graph, FORM, [value], "n").SerializeToString()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    wish = parser.parse_args()
    images = read_idx(wish.folder / "train-images-idx3-ubyte.gz")
    labels = read_idx(wish.folder / "train-labels-idx1-ubyte.gz").astype(np.intp)
    pixels = np.concatenate([prepare(one, None, FORM) for one in images])
    rows = np.arange(len(pixels))
    kept_back = rows % KEPT_BACK == KEPT_BACK - 1
    seen = rows[~kept_back]
    watched = seen[WATCHED - 1 :: WATCHED]
    began = time.monotonic()
    way = small_way(FORM, pixels, 10, ("rotate",), wish.seed)
    net = way.new()

    def told(share: float) -> None:
        found = accuracy(exported(net), pixels[kept_back], labels[kept_back])
        took = time.monotonic() - began
        print(f"{share:4.0%}  {found:.4f}  {took:.0f} s", file=sys.stderr, flush=True)

    loss = cross_entropy(labels, 10, balance=False)
    own = np.setdiff1d(seen, watched)
    epochs = learn(net, way.pick(wish.seed), loss, own, watched, PLAN, wish.seed, told)
    model = exported(net)
    found = accuracy(model, pixels[kept_back], labels[kept_back])
    print(f"{len(own)} images learnt from, {epochs} epochs, {time.monotonic() - began:.0f} s")
    print(f"accuracy {found:.4f} on {int(kept_back.sum())} kept back; {len(model) / 1e6:.2f} MB")
    return 0 if found >= 0.99 else 1


if __name__ == "__main__":
    raise SystemExit(main())
