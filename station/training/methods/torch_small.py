"""The articles' small network: conv 32 – pool – conv 64 – pool – dense 64 – classes."""

from typing import Any

import numpy as np
import numpy.typing as npt

from station.inference.model import INPUT
from station.training.backbone import Graph, Input
from station.training.methods.torch_train import Net, import_torch, parameter, scattered

FIRST, SECOND, DENSE = 32, 64, 64
DROPS = (0.25, 0.25)  # of what is dropped while learning: before the dense layer, and after it
SHADE, SPAN = 127.0, 128.0  # grey that becomes 0, and what is as far from it as white

Weights = dict[str, npt.NDArray[np.float32]]


def new_small(form: Input, classes: int, seed: int) -> Net:
    """With weights by chance."""
    torch = import_torch()
    rng = np.random.default_rng(seed)
    places = (form.height // 4) * (form.width // 4)
    first: dict[str, npt.NDArray[np.floating]] = {
        "conv1.weight": scattered(rng, FIRST, form.channels, 3, 3),
        "conv1.bias": np.zeros(FIRST),
        "conv2.weight": scattered(rng, SECOND, FIRST, 3, 3),
        "conv2.bias": np.zeros(SECOND),
        "dense.weight": scattered(rng, DENSE, SECOND * places),
        "dense.bias": np.zeros(DENSE),
        "classes.weight": scattered(rng, classes, DENSE) / 4,
        "classes.bias": np.zeros(classes),
    }
    return Net({name: parameter(torch, one) for name, one in first.items()}, _answer)


def features_of(net: Net) -> Net:
    """The same weights, answering with the dense layer."""
    return Net(net.weights, _dense)


def add_small(graph: Graph, weights: Weights) -> str:
    """Input to `features` (1, DENSE) and `logits` (1, classes)."""
    graph.constant("shade", np.float32(SHADE))
    graph.add("Cast", "levels", INPUT, to=1)
    graph.add(
        "Transpose", "planes", graph.add("Sub", "centred", "levels", "shade"), perm=[0, 3, 1, 2]
    )
    source = "planes"
    for number, name in enumerate(("conv1", "conv2")):
        scale = 1 / SPAN if number == 0 else 1.0
        graph.constant(f"{name}.weight", weights[f"{name}.weight"] * scale)
        graph.constant(f"{name}.bias", weights[f"{name}.bias"])
        conv = graph.add("Conv", name, source, f"{name}.weight", f"{name}.bias", pads=[1, 1, 1, 1])
        lit = graph.add("Relu", f"{name}.relu", conv)
        source = graph.add("MaxPool", f"{name}.pool", lit, kernel_shape=[2, 2], strides=[2, 2])
    graph.constant("dense.weight", weights["dense.weight"])
    graph.constant("dense.bias", weights["dense.bias"])
    graph.constant("classes.weight", weights["classes.weight"])
    graph.constant("classes.bias", weights["classes.bias"])
    flat = graph.add("Flatten", "flat", source, axis=1)
    graph.add("Gemm", "dense", flat, "dense.weight", "dense.bias", transB=1)
    features = graph.add("Relu", "features", "dense")
    return graph.add("Gemm", "logits", features, "classes.weight", "classes.bias", transB=1)


def add_small_evidence(graph: Graph, form: Input, classes: str) -> str:
    """`evidence` (count, h, w): what each place of the last pooled layer adds to the logits.

    The network is linear between its corners, so this sum is exact but for the offsets. classes:
    their numbers, int64, by name. For one image, after `add_small`.
    """
    graph.constant("evidence.zero", np.float32(0))
    graph.constant("evidence.shape", [-1, SECOND, form.height // 4, form.width // 4])
    graph.constant("evidence.axis", [1])
    active = graph.add("Greater", "evidence.active", "dense", "evidence.zero")
    gate = graph.add("Cast", "evidence.gate", active, to=1)
    rows = graph.add("Gather", "evidence.rows", "classes.weight", classes, axis=0)
    gated = graph.add("Mul", "evidence.gated", rows, gate)
    slopes = graph.add("MatMul", "evidence.slopes", gated, "dense.weight")
    shares = graph.add("Mul", "evidence.shares", slopes, "flat")
    planes = graph.add("Reshape", "evidence.planes", shares, "evidence.shape")
    return graph.add("ReduceSum", "evidence", planes, "evidence.axis", keepdims=0)


def small_grid(form: Input) -> tuple[int, int]:
    """Rows and columns of the evidence."""
    return (form.height // 4, form.width // 4)


def _dense(weights: dict[str, Any], x: Any, drops: bool) -> Any:
    """x: (n, channels, h, w) in grey levels."""
    torch = import_torch()
    act = torch.nn.functional
    x = (x - SHADE) / SPAN
    for name in ("conv1", "conv2"):
        x = act.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], padding=1)
        x = act.max_pool2d(act.relu(x), 2)
    flat = act.dropout(x.flatten(1), DROPS[0], drops)
    return act.relu(act.linear(flat, weights["dense.weight"], weights["dense.bias"]))


def _answer(weights: dict[str, Any], x: Any, drops: bool) -> Any:
    torch = import_torch()
    act = torch.nn.functional
    seen = act.dropout(_dense(weights, x, drops), DROPS[1], drops)
    return act.linear(seen, weights["classes.weight"], weights["classes.bias"])
