"""What the cases of foreign_models.py share: drawn pictures, a case's folder, weights that live."""

import json
import shutil
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np

IMAGES = 10
FRAME = (320, 400)  # height, width
NAMES = ("good", "scratch", "dent", "stain")

Image = np.ndarray[Any, np.dtype[np.uint8]]
Answers = list[list[float]]


def scene(seed: int, height: int, width: int) -> Image:
    """A coloured, grainy picture with some shapes, RGB, the same at every size."""
    rng = np.random.default_rng(seed)
    side = 768
    tone = rng.integers(40, 210, 3).astype(np.float64)
    picture = np.full((side, side, 3), tone, np.float32)
    for _ in range(int(rng.integers(2, 9))):
        at = tuple(int(value) for value in rng.integers(60, side - 60, 2))
        shade = tuple(float(value) for value in rng.integers(0, 256, 3))
        cv2.circle(picture, at, int(rng.integers(20, 130)), shade, -1)
    picture += cv2.resize(rng.normal(0, 18, (96, 96, 3)).astype(np.float32), (side, side))
    sized = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return np.clip(sized, 0, 255).astype(np.uint8)


class Case:
    """A folder that is written anew."""

    def __init__(self, out: Path, name: str) -> None:
        self.folder = out / name
        self.given = self.folder / "given"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.given.mkdir(parents=True)

    def images(self, kind: str, height: int, width: int, channels: int = 3) -> list[Image]:
        """Ten pictures, kept as PNG."""
        folder = self.folder / "images" / kind
        folder.mkdir(parents=True)
        found = []
        for seed in range(IMAGES):
            picture = scene(seed, height, width)
            if channels == 1:
                picture = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
            stored = picture if channels == 1 else picture[..., ::-1]
            (folder / f"{seed:02}.png").write_bytes(cv2.imencode(".png", stored)[1].tobytes())
            found.append(picture)
        return found

    def done(self, origin: Sequence[str], answers: dict[str, Answers], **facts: Any) -> None:
        """Write what was expected."""
        said = {"origin": {name: version(name) for name in origin}, **facts, "scores": answers}
        (self.folder / "expected.json").write_text(json.dumps(said, indent=1), "utf-8")
        for kind, rows in answers.items():
            print(self.folder.name, kind, np.round(np.array(rows), 3).tolist()[:3])


def torch_modules() -> Any:
    """torch, with what torchvision asks of a build that has no compiled operators."""
    import torch

    torch.manual_seed(7)
    words = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}{words}")
    library.impl("nms", suppressed, "CPU")
    torch.station_library = library  # lives as long as torch
    import torchvision

    torchvision.extension._has_ops = lambda: True
    return torch


def suppressed(boxes: Any, scores: Any, limit: float) -> Any:
    """The boxes that stay, surest first: what torchvision's compiled operator does."""
    import torch

    low, high = boxes[:, None, :2].maximum(boxes[:, :2]), boxes[:, None, 2:].minimum(boxes[:, 2:])
    both = (high - low).clamp_min(0).prod(2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    over = both / (area[:, None] + area - both) > limit
    gone = torch.zeros(len(boxes), dtype=torch.bool)
    kept = []
    for i in scores.argsort(descending=True).tolist():
        if not gone[i]:
            kept.append(i)
            gone |= over[i]
    return torch.tensor(kept, dtype=torch.int64)


def awaken(torch: Any, model: Any, batch: Any) -> None:
    """Give batch normalisation the statistics of real pictures, so that the signal lives."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
            module.reset_running_stats()
    model.train()
    with torch.no_grad():
        model(batch)
    model.eval()


def spread_logits(torch: Any, model: Any, layer: Any, batch: Any) -> None:
    """Scale and centre the last layer, so that the classes of the pictures differ."""
    with torch.no_grad():
        logits = model(batch)
        logits = logits[-1] if isinstance(logits, tuple) else getattr(logits, "logits", logits)
        gain = 2.0 / logits.std(0).clamp_min(1e-6)
        layer.weight.mul_(gain[:, None])
        layer.bias.sub_(logits.mean(0)).mul_(gain)


def tensor(torch: Any, images: Sequence[Image]) -> Any:
    """(n, 3, h, w), 0 … 1."""
    return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
