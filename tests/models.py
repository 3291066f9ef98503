"""A real model, small enough to build in a test: dark parts are bad, bright ones good."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from station.inference.model import CARD_KEY, ModelCard, card_to_json

CARD = ModelCard("bright", ("good", "dark"), ("good",), 64, 64, 1, method="test")


def build_bright_model(
    path: Path,
    card: str | None = None,
    level: float = 100.0,
    classes: int = 2,
    unlike: bool = False,
) -> Path:
    """Write a model whose probability of `dark` is a soft step of the mean grey at `level`.

    card: other text for its card; empty: none at all. unlike: it also tells how far the mean grey
    lies from `level`, by the hundred.
    """
    weights = np.zeros((1, classes), np.float32)
    bias = np.zeros(classes, np.float32)
    weights[0, :2] = (0.1, -0.1)
    bias[:2] = (-0.1 * level, 0.1 * level)
    nodes = [
        helper.make_node("Cast", ["image"], ["x"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["x", "all"], ["mean"], keepdims=0),
        helper.make_node("Reshape", ["mean", "row"], ["feature"]),
        helper.make_node("Gemm", ["feature", "w", "b"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["scores"], axis=1),
        helper.make_node("Transpose", ["x"], ["nchw"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["nchw"], ["pooled"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Div", ["pooled", "full"], ["bright"]),
        helper.make_node("Sub", ["one", "bright"], ["dark"]),
        helper.make_node("Squeeze", ["dark", "channel"], ["map"]),
    ]
    constants = {
        "all": np.array([1, 2, 3], np.int64),
        "row": np.array([1, 1], np.int64),
        "w": weights,
        "b": bias,
        "full": np.array(255, np.float32),
        "one": np.array(1, np.float32),
        "channel": np.array([1], np.int64),
    }
    outputs = [
        helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, classes]),
        helper.make_tensor_value_info("map", TensorProto.FLOAT, [1, 8, 8]),
    ]
    if unlike:
        constants |= {"level": np.array(level, np.float32), "far": np.array(100, np.float32)}
        nodes += [
            helper.make_node("Sub", ["mean", "level"], ["offset"]),
            helper.make_node("Abs", ["offset"], ["distance"]),
            helper.make_node("Div", ["distance", "far"], ["unlike"]),
        ]
        outputs.append(helper.make_tensor_value_info("unlike", TensorProto.FLOAT, [1]))
    graph = helper.make_graph(
        nodes,
        "bright",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, [1, 64, 64, 1])],
        outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    if card != "":
        entry = model.metadata_props.add()
        entry.key, entry.value = CARD_KEY, card or card_to_json(CARD)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
    return path
