"""A convolutional autoencoder that repairs pictures of good parts, and the error it leaves.

Pictures are flattened first: less what their wide surroundings show, over their own spread, so
that exposure says nothing. While it learns, grain is added and the clean picture is asked for.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper

from station.inference.model import INPUT
from station.training.backbone import Graph, Input, assembled
from station.training.methods.torch_train import Net, import_torch, parameter, scattered

WIDTHS = (8, 16, 32)  # channels, each at half the sides of the one before
NARROW = 8  # channels that all must pass through, at an eighth of the sides
WIDE = 33  # pixels of the surroundings
FLOOR = 4.0  # grey levels added to the spread, so that an even part is not all grain
GRAIN = 0.3  # of the spread, added while learning
NEAR = 5  # pixels of a side over which the error is averaged
COARSE = 4  # pixels of a side for a place of the map
TOP = 0.02  # share of the places whose mean error speaks for the part
LEAST = 1e-3  # added to an error before its logarithm
ERROR, ANSWER = "error", "answer"

Weights = dict[str, npt.NDArray[np.float32]]


def new_coder(form: Input, seed: int) -> Net:
    """With weights by chance."""
    torch = import_torch()
    rng = np.random.default_rng(seed)
    first: dict[str, npt.NDArray[np.floating]] = {}
    for name, out, into in _layers(form.channels):
        side = 1 if name == "narrow" else 3
        first[f"{name}.weight"] = scattered(rng, out, into, side, side)
        first[f"{name}.bias"] = np.zeros(out)
    return Net({name: parameter(torch, one) for name, one in first.items()}, _repair)


def add_coder(graph: Graph, form: Input, weights: Weights) -> None:
    """Input to ERROR (n, 1, h, w), one place for COARSE pixels, and ANSWER (n, 1), a logarithm."""
    _add_flat(graph)
    for name, value in weights.items():
        graph.constant(name, value)
    graph.constant("double", [1.0, 1.0, 2.0, 2.0])
    x = "flat"
    for k in range(len(WIDTHS)):
        x = _add_conv(graph, f"down{k}", x, strides=[2, 2], pads=[1, 1, 1, 1])
    x = graph.add("Conv", "narrow", x, "narrow.weight", "narrow.bias")
    for k in range(len(WIDTHS)):
        raised = _add_doubled(graph, f"up{k}.raised", x)
        x = _add_conv(graph, f"up{k}", raised, pads=[1, 1, 1, 1])
    repaired = graph.add("Conv", "last", x, "last.weight", "last.bias", pads=[1, 1, 1, 1])
    apart = graph.add("Sub", "apart", "flat", repaired)
    graph.add("Mul", "apart.squares", apart, apart)
    graph.add("ReduceMean", "each", "apart.squares", axes=[1], keepdims=1)
    pad = NEAR // 2
    near = graph.add(
        "AveragePool", "near", "each", kernel_shape=[NEAR, NEAR], pads=[pad] * 4, strides=[1, 1]
    )
    graph.add("MaxPool", ERROR, near, kernel_shape=[COARSE] * 2, strides=[COARSE] * 2)
    _add_answer(graph, form)


def coder_model(form: Input, weights: Weights) -> bytes:
    """Any number of images to ANSWER (n, 1)."""
    graph = Graph()
    add_coder(graph, form, weights)
    value = helper.make_tensor_value_info(ANSWER, TensorProto.FLOAT, ["n", 1])
    return assembled(graph, form, [value], "n").SerializeToString()  # type: ignore[no-any-return]


def loss_of(torch: Any) -> Any:
    """What the net answers is the squared error itself."""
    return lambda answers, _rows: torch.mean(answers)


def _layers(channels: int) -> list[tuple[str, int, int]]:
    """Name, channels out, channels in."""
    down = [(f"down{k}", width, (channels, *WIDTHS)[k]) for k, width in enumerate(WIDTHS)]
    widths = WIDTHS[::-1]
    up = [(f"up{k}", width, (NARROW, *widths)[k]) for k, width in enumerate(widths)]
    return [*down, ("narrow", NARROW, WIDTHS[-1]), *up, ("last", channels, widths[-1])]


def _add_flat(graph: Graph) -> None:
    """`flat` (n, channels, h, w)."""
    graph.add("Cast", "levels", INPUT, to=1)
    graph.add("Transpose", "planes", "levels", perm=[0, 3, 1, 2])
    pad = WIDE // 2
    graph.add("AveragePool", "tall", "planes", kernel_shape=[WIDE, 1], pads=[pad, 0, pad, 0])
    graph.add("AveragePool", "wide", "tall", kernel_shape=[1, WIDE], pads=[0, pad, 0, pad])
    graph.add("Sub", "over", "planes", "wide")
    graph.add("Mul", "over.squares", "over", "over")
    graph.add("ReduceMean", "variance", "over.squares", axes=[1, 2, 3], keepdims=1)
    graph.constant("floor", np.float32(FLOOR))
    graph.add("Add", "spread", graph.add("Sqrt", "deviation", "variance"), "floor")
    graph.add("Div", "flat", "over", "spread")


def _add_conv(graph: Graph, name: str, x: str, **how: object) -> str:
    conv = graph.add("Conv", name, x, f"{name}.weight", f"{name}.bias", **how)
    return graph.add("Relu", f"{name}.relu", conv)


def _add_doubled(graph: Graph, name: str, x: str) -> str:
    return graph.add(
        "Resize",
        name,
        x,
        "",
        "double",
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )


def _add_answer(graph: Graph, form: Input) -> None:
    places = (form.height // COARSE) * (form.width // COARSE)
    graph.constant("answer.flat", [-1, places])
    graph.constant("answer.count", [max(1, round(TOP * places))])
    graph.constant("answer.least", np.float32(LEAST))
    flat = graph.add("Reshape", "answer.places", ERROR, "answer.flat")
    graph.nodes.append(
        helper.make_node(
            "TopK",
            [flat, "answer.count"],
            ["answer.top", "answer.where"],
            name="answer.top",
            sorted=0,
        )
    )
    graph.add("ReduceMean", "answer.mean", "answer.top", axes=[1], keepdims=1)
    graph.add("Log", ANSWER, graph.add("Add", "answer.lifted", "answer.mean", "answer.least"))


def _flat(torch: Any, x: Any) -> Any:
    act = torch.nn.functional
    pad = WIDE // 2
    tall = act.avg_pool2d(x, (WIDE, 1), 1, (pad, 0), count_include_pad=False)
    over = x - act.avg_pool2d(tall, (1, WIDE), 1, (0, pad), count_include_pad=False)
    spread = over.square().mean((1, 2, 3), keepdim=True).sqrt() + FLOOR
    return over / spread


def _repair(weights: dict[str, Any], x: Any, drops: bool) -> Any:
    """x: (n, channels, h, w) in grey levels; the squared error of every image."""
    torch = import_torch()
    act = torch.nn.functional

    def conv(name: str, x: Any, **how: Any) -> Any:
        return act.conv2d(x, weights[f"{name}.weight"], weights[f"{name}.bias"], **how)

    clean = _flat(torch, x)
    y = clean + GRAIN * torch.randn_like(clean) if drops else clean
    for k in range(len(WIDTHS)):
        y = act.relu(conv(f"down{k}", y, stride=2, padding=1))
    y = conv("narrow", y)
    for k in range(len(WIDTHS)):
        y = act.relu(conv(f"up{k}", act.interpolate(y, scale_factor=2), padding=1))
    return (clean - conv("last", y, padding=1)).square().mean((1, 2, 3))
