"""Exports one model by its own program, and writes what that program says of ten images.

Run by tools/foreign_models.sh, in environments of their own; the station needs none of it. Of each
case: OUT/CASE/given/ (what a person would hand over), images/ (ten that have the size the model
wants, and ten frames that have not) and expected.json. Weights are drawn, as no hub is reached;
they are spread so that the answers differ from image to image.
"""

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from foreign_scenes import (
    FRAME,
    IMAGES,
    NAMES,
    Answers,
    Case,
    Image,
    awaken,
    scene,
    spread_logits,
    tensor,
    torch_modules,
)

# ── Ultralytics ─────────────────────────────────────────────────────────────────────────────────


def yolo(case: Case, config: str, task: str, size: int, **wishes: Any) -> None:
    """YOLO(…yaml) with weights as drawn, exported and asked by its own `predict` on the ONNX."""
    torch = torch_modules()
    from ultralytics import YOLO

    sized = case.images("sized", size, size)
    frames = case.images("frames", *FRAME)
    wrapped = YOLO(config, task=task)
    net = wrapped.model
    net.names = dict(enumerate(NAMES))
    awaken(torch, net, tensor(torch, sized))
    if task == "classify":
        spread_logits(torch, net, net.model[-1].linear, tensor(torch, sized))
    else:
        spread_boxes(torch, net)
    path = wrapped.export(format="onnx", imgsz=size, **wishes)
    shutil.move(path, case.given / "best.onnx")
    origin = YOLO(case.given / "best.onnx", task=task)
    answers = {"sized": [], "frames": []}
    for kind, images in (("sized", sized), ("frames", frames)):
        for image in images:
            told = origin.predict(image[..., ::-1], imgsz=size, conf=0.001, verbose=False)[0]
            answers[kind].append(yolo_answer(task, told))
    case.done(["ultralytics", "torch"], answers, family="ultralytics", task=task, classes=NAMES)


def spread_boxes(torch: Any, net: Any) -> None:
    """Class scores that are not all next to nothing, and differ from place to place."""
    head = net.model[-1]
    branches = [head.cv3, *([head.one2one_cv3] if hasattr(head, "one2one_cv3") else [])]
    with torch.no_grad():
        for branch in branches:
            for level in branch:
                level[-1].bias.fill_(-4.0)
                level[-1].weight.mul_(2.0)


def yolo_answer(task: str, told: Any) -> list[float]:
    """Probabilities, or of each class its surest box."""
    if task == "classify":
        return [float(value) for value in told.probs.data]
    best = [0.0] * len(NAMES)
    for label, sure in zip(told.boxes.cls.tolist(), told.boxes.conf.tolist(), strict=True):
        best[int(label)] = max(best[int(label)], sure)
    return best


def yolo_classify(case: Case) -> None:
    yolo(case, yaml_of(case, "yolo11n-cls.yaml"), "classify", 224)


def yolo_detect(case: Case) -> None:
    yolo(case, yaml_of(case, "yolo11n.yaml"), "detect", 320)


def yolo_segment(case: Case) -> None:
    yolo(case, yaml_of(case, "yolo11n-seg.yaml"), "segment", 320)


def yolo_end2end(case: Case) -> None:
    yolo(case, yaml_of(case, "yolo26n.yaml"), "detect", 320, nms=False)


def yaml_of(case: Case, name: str) -> str:
    """The network's own description with four classes instead of eighty."""
    import ultralytics
    import yaml

    root = Path(ultralytics.__file__).parent / "cfg" / "models"
    plain = name.replace("n.yaml", ".yaml").replace("n-", "-")
    found = next(root.rglob(plain))
    told = yaml.safe_load(found.read_text("utf-8"))
    told["nc"], told["scale"] = len(NAMES), "n"
    path = case.folder / name
    path.write_text(yaml.safe_dump(told), "utf-8")
    return str(path)


# ── timm, torchvision, Hugging Face ─────────────────────────────────────────────────────────────


def export_torch(torch: Any, model: Any, path: Path, size: int, **names: Any) -> None:
    sample = torch.rand(1, 3, size, size)
    torch.onnx.export(model, (sample,), str(path), dynamo=False, opset_version=17, **names)


def timm(case: Case) -> None:
    """By its own `onnx_export`, and its own `create_transform` as the pipeline."""
    torch = torch_modules()
    import timm as package
    from PIL import Image as Pillow
    from timm.data import create_transform, resolve_data_config
    from timm.utils.onnx import onnx_export

    net = package.create_model("mobilenetv3_small_050", pretrained=False, num_classes=len(NAMES))
    config = resolve_data_config({}, model=net)
    transform = create_transform(**config)
    size, short = config["input_size"][1], int(config["input_size"][1] / config["crop_pct"])
    kinds = {"sized": case.images("sized", short, short), "frames": case.images("frames", *FRAME)}
    batch = torch.stack([transform(Pillow.fromarray(one)) for one in kinds["sized"]])
    awaken(torch, net, batch)
    spread_logits(torch, net, net.classifier, batch)
    onnx_export(net, str(case.given / "model.onnx"), input_size=(3, size, size))
    ask_torch(case, torch, net, transform, kinds, "timm", ["timm", "torch"])


def ask_torch(
    case: Case,
    torch: Any,
    net: Any,
    transform: Callable[[Any], Any],
    kinds: dict[str, list[Image]],
    family: str,
    origin: list[str],
) -> None:
    from PIL import Image as Pillow

    answers: dict[str, Answers] = {}
    for kind, images in kinds.items():
        batch = torch.stack([transform(Pillow.fromarray(one)) for one in images])
        with torch.no_grad():
            logits = net(batch)
        answers[kind] = getattr(logits, "logits", logits).softmax(1).tolist()
    case.done(origin, answers, family=family, task="classify", classes=NAMES)


def torchvision(case: Case) -> None:
    """A ResNet by torch's newer exporter, and the preset of its weights as the pipeline."""
    torch = torch_modules()
    from torchvision.models import resnet18
    from torchvision.transforms._presets import ImageClassification

    net = resnet18(weights=None, num_classes=len(NAMES))
    transform = ImageClassification(crop_size=224)
    kinds = {"sized": case.images("sized", 256, 256), "frames": case.images("frames", *FRAME)}
    from PIL import Image as Pillow

    batch = torch.stack([transform(Pillow.fromarray(one)) for one in kinds["sized"]])
    awaken(torch, net, batch)
    spread_logits(torch, net, net.fc, batch)
    torch.onnx.export(
        net,
        (torch.rand(1, 3, 224, 224),),
        str(case.given / "model.onnx"),
        dynamo=True,
        input_names=["input"],
        output_names=["output"],
        external_data=True,
    )
    ask_torch(case, torch, net, transform, kinds, "torch", ["torchvision", "torch"])


def hugging_face(case: Case) -> None:
    """A ViT of transformers with its own processor; the files as `save_pretrained` writes them."""
    torch = torch_modules()
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor

    config = ViTConfig(
        hidden_size=96,
        num_hidden_layers=3,
        num_attention_heads=3,
        intermediate_size=192,
        image_size=96,
        patch_size=16,
        num_labels=len(NAMES),
        id2label=dict(enumerate(NAMES)),
        label2id={name: i for i, name in enumerate(NAMES)},
    )
    net = ViTForImageClassification(config).eval()
    processor = ViTImageProcessor(size={"height": 96, "width": 96})
    kinds = {"sized": case.images("sized", 96, 96), "frames": case.images("frames", *FRAME)}

    def transform(picture: Any) -> Any:
        return processor(picture, return_tensors="pt")["pixel_values"][0]

    spread_logits(
        torch, net, net.classifier, torch.stack([transform(one) for one in kinds["sized"]])
    )
    config.save_pretrained(case.given)
    processor.save_pretrained(case.given)
    names = {"input_names": ["pixel_values"], "output_names": ["logits"]}
    export_torch(torch, Logits(torch, net), case.given / "model.onnx", 96, **names)
    origin = ["transformers", "torch"]
    ask_torch(case, torch, net, transform, kinds, "hugging_face", origin)


def Logits(torch: Any, net: Any) -> Any:  # noqa: N802 - stands for a class that needs torch
    """The network with its one output as a tensor."""

    class Plain(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(self, pixel_values: Any) -> Any:
            return self.net(pixel_values).logits

    return Plain().eval()


# ── scikit-learn ────────────────────────────────────────────────────────────────────────────────


def sklearn_case(case: Case, model: Any, side: int, **options: Any) -> None:
    """A classifier of pixels, 0 … 1, exported by skl2onnx; its own predict_proba."""
    from skl2onnx import to_onnx

    factor = 224 // side  # the smallest that our card can say, and a whole multiple
    large = case.images("sized", side * factor, side * factor, 1)
    rows = np.stack([shrunk(one, side) for one in large])
    more = [shrunk(cv2.cvtColor(scene(n, 224, 224), cv2.COLOR_RGB2GRAY), side) for n in range(400)]
    train = np.stack(more)
    labels = np.array(NAMES)[np.argsort(np.argsort(train.mean(1))) * len(NAMES) // len(train)]
    model.fit(train, labels)
    proto = to_onnx(model, train[:1].astype(np.float32), **options)
    (case.given / "model.onnx").write_bytes(proto.SerializeToString())
    answers = {"sized": model.predict_proba(rows).tolist()}
    names = [str(name) for name in model.classes_]
    case.done(
        ["scikit-learn", "skl2onnx"], answers, family="sklearn", task="classify", classes=names
    )


def shrunk(image: Image, side: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """As features: the mean of each block, 0 … 1."""
    block = image.shape[0] // side
    means = image.reshape(side, block, side, block).mean((1, 3))
    return (means / 255).astype(np.float32).ravel()


def sklearn_forest(case: Case) -> None:
    from sklearn.ensemble import RandomForestClassifier

    sklearn_case(case, RandomForestClassifier(30, random_state=0), 28)


def sklearn_logistic(case: Case) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    sklearn_case(case, model, 16, options={"zipmap": False})


# ── Keras ───────────────────────────────────────────────────────────────────────────────────────


def keras_case(case: Case, size: int, layers: Callable[[Any], list[Any]], family: str) -> Any:
    """A small network, taught for a moment so that its answers differ; exported by tf2onnx."""
    import keras as package
    import tensorflow as tf
    import tf2onnx

    package.utils.set_random_seed(7)
    net = package.Sequential([package.Input((size, size, 3), name="input_1"), *layers(package)])
    one = net.output_shape[-1] == 1
    large = case.images("sized", size, size)
    many = np.stack([scene(seed, size, size) for seed in range(100, 196)])
    fed = fed_as(family, many)
    rank = np.argsort(np.argsort(many.mean((1, 2, 3)) - many[..., 0].mean((1, 2))))
    labels = rank * (2 if one else len(NAMES)) // len(many)
    loss = "binary_crossentropy" if one else "sparse_categorical_crossentropy"
    net.compile(package.optimizers.Adam(3e-3), loss)
    net.fit(fed, labels, epochs=12, batch_size=16, verbose=0)
    spec = [tf.TensorSpec((None, size, size, 3), tf.float32, name="input_1")]
    call = tf.function(lambda x: net(x, training=False), input_signature=spec)
    proto, _ = tf2onnx.convert.from_function(call, input_signature=spec, opset=15)
    (case.given / "model.onnx").write_bytes(proto.SerializeToString())
    answers = {"sized": net.predict(fed_as(family, np.stack(large)), verbose=0)}
    if size >= 64:
        frames = [
            cv2.resize(middle(one, family), (size, size), interpolation=cv2.INTER_LINEAR)
            for one in case.images("frames", *FRAME)
        ]
        answers["frames"] = net.predict(fed_as(family, np.stack(frames)), verbose=0)
    rows = {
        kind: (np.hstack([1 - told, told]) if one else told).tolist()
        for kind, told in answers.items()
    }
    classes = ["good", "bad"] if one else list(NAMES)
    case.done(["keras", "tensorflow-cpu", "tf2onnx"], rows, family=family, task="classify",
              classes=classes)  # fmt: skip


def middle(image: Image, family: str) -> Image:
    """The square in the middle for Teachable Machine, as its own example cuts it."""
    if family != "teachable":
        return image
    side = min(image.shape[:2])
    top, left = ((whole - side) // 2 for whole in image.shape[:2])
    return image[top : top + side, left : left + side]


def fed_as(family: str, images: Any) -> Any:
    """What the person who taught the network did to a picture."""
    raw = images.astype(np.float32)
    return {"keras": raw / 255, "keras_inside": raw, "teachable": raw / 127.5 - 1}[family]


def body(package: Any, classes: int, last: str) -> list[Any]:
    layers = package.layers
    return [
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.Conv2D(32, 3, strides=2, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(classes, activation=last),
    ]


def keras(case: Case) -> None:
    keras_case(case, 64, lambda package: body(package, len(NAMES), "softmax"), "keras")


def keras_rescaling(case: Case) -> None:
    def layers(package: Any) -> list[Any]:
        first = package.layers.Rescaling(1 / 127.5, offset=-1)
        return [first, *body(package, len(NAMES), "softmax")]

    keras_case(case, 96, layers, "keras_inside")


def keras_sigmoid(case: Case) -> None:
    keras_case(case, 64, lambda package: body(package, 1, "sigmoid"), "keras")


def teachable_machine(case: Case) -> None:
    keras_case(case, 224, lambda package: body(package, len(NAMES), "softmax"), "teachable")
    lines = "".join(f"{number} {name}\n" for number, name in enumerate(NAMES))
    (case.given / "labels.txt").write_text(lines, "utf-8")


# ── anomalib ────────────────────────────────────────────────────────────────────────────────────


def anomalib(case: Case, name: str, **wishes: Any) -> None:
    """Fitted by anomalib's Engine on good pictures; its own model as the pipeline."""
    torch = torch_modules()
    from anomalib import models
    from anomalib.data import Folder
    from anomalib.engine import Engine

    size = 256
    root = case.folder / "parts"
    for kind, seeds in (("good", range(200, 224)), ("bad", range(300, 306))):
        (root / kind).mkdir(parents=True)
        for seed in seeds:
            picture = part(seed, size, kind == "bad")[..., ::-1]
            path = root / kind / f"{seed}.png"
            path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())
    net = getattr(models, name)(
        backbone="resnet18", layers=["layer2"], pre_trained=False, visualizer=False, **wishes
    )
    data = Folder(
        name="parts", root=root, normal_dir="good", abnormal_dir="bad", num_workers=0,
        train_batch_size=8, eval_batch_size=8,
    )  # fmt: skip
    engine = Engine(default_root_dir=case.folder / "runs", accelerator="cpu", logger=False)
    engine.fit(net, datamodule=data)
    net.eval()
    path = net.to_onnx(case.folder / "export", input_size=(size, size))
    for one in path.parent.iterdir():
        shutil.move(one, case.given / one.name)
    kinds = {"sized": (size, size), "frames": FRAME}
    answers: dict[str, Answers] = {}
    for kind, (height, width) in kinds.items():
        folder = case.folder / "images" / kind
        folder.mkdir(parents=True)
        answers[kind] = []
        for seed in range(IMAGES):
            image = cv2.resize(part(400 + seed, size, seed % 2 == 1), (width, height))
            stored = cv2.imencode(".png", image[..., ::-1])[1].tobytes()
            (folder / f"{seed:02}.png").write_bytes(stored)
            with torch.no_grad():
                told = net(tensor(torch, [image]))
            answers[kind].append([float(told.pred_score)])
    for name in ("parts", "runs", "export"):
        shutil.rmtree(case.folder / name, ignore_errors=True)
    case.done(["anomalib", "torch"], answers, family="anomalib", task="anomaly", classes=[])


def part(seed: int, size: int, bad: bool) -> Image:
    """A grey-brown plate, with or without a stain."""
    rng = np.random.default_rng(seed)
    plate = np.full((size, size, 3), (150, 130, 110), np.float32)
    plate += rng.normal(0, rng.uniform(3, 12), plate.shape)
    if bad:
        at = tuple(int(value) for value in rng.integers(40, size - 40, 2))
        shade = tuple(float(value) for value in rng.integers(70, 190, 3))
        cv2.circle(plate, at, int(rng.integers(8, 30)), shade, -1)
    return np.clip(plate, 0, 255).astype(np.uint8)


def anomalib_padim(case: Case) -> None:
    anomalib(case, "Padim")


def anomalib_patchcore(case: Case) -> None:
    anomalib(case, "Patchcore", coreset_sampling_ratio=0.01)


CASES: tuple[Callable[[Case], None], ...] = (
    yolo_classify,
    yolo_detect,
    yolo_segment,
    yolo_end2end,
    timm,
    torchvision,
    hugging_face,
    sklearn_forest,
    sklearn_logistic,
    keras,
    keras_rescaling,
    keras_sigmoid,
    teachable_machine,
    anomalib_padim,
    anomalib_patchcore,
)


def main() -> int:
    known = {case.__name__: case for case in CASES}
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("case", choices=known)
    parser.add_argument("--out", type=Path, default=Path("bench-out/foreign"))
    told = parser.parse_args()
    known[told.case](Case(told.out, told.case))
    return 0


if __name__ == "__main__":
    sys.exit(main())
