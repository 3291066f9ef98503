"""Defects that a small generative network draws, after the few there are. Needs torch.

Two networks learn against each other on what was cut out of the defect pictures (least-squares
adversarial learning); what the first then draws is laid on good parts as any cutout is.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels
from station.training.methods.torch_train import device, import_torch, parameter, scattered
from station.training.synthesis import Cutout, cut_out, lay_on, usual_of

SIDE = 32  # pixels of a drawn cutout before it is stretched
CHANCE = 24  # numbers that a drawing is made from
WIDTHS = (64, 32, 16)
STEPS, BATCH, RATE = 200, 16, 1e-3
SHARE = 96.0  # grey levels that the network calls 1
LEAK = 0.2

Plane = npt.NDArray[np.float32]


def synthesise(
    good_images: Sequence[Pixels], defect_images: Sequence[Pixels], n: int, seed: int
) -> list[Pixels]:
    """As `synthesis.synthesise`, with drawn cutouts. Raises DatasetError EXTRA_MISSING."""
    torch = import_torch()
    if n == 0:
        return []
    rng = np.random.default_rng(seed)
    usual = usual_of(good_images)
    cuts = [cut_out(image, rng, usual) for image in defect_images for _ in range(3)]
    drawn = _draw(torch, np.stack([_square(cut) for cut in cuts]), n, seed)
    grounds = good_images or defect_images
    made = []
    for one in drawn:
        size = cuts[int(rng.integers(len(cuts)))].cover.shape
        ground = grounds[int(rng.integers(len(grounds)))]
        made.append(lay_on(ground, _stretched(one, size), rng))
    return made


def _square(cut: Cutout) -> Plane:
    """(2, SIDE, SIDE): its grey difference and its cover, both −1 … 1."""
    grey = np.clip(cut.apart.mean(axis=2) / SHARE, -1, 1)
    planes = [cv2.resize(one, (SIDE, SIDE)) for one in (grey, cut.cover * 2 - 1)]
    return np.stack(planes).astype(np.float32)


def _stretched(drawn: Plane, size: tuple[int, ...]) -> Cutout:
    high, wide = size
    apart = cv2.resize(drawn[0], (wide, high)) * SHARE
    cover = np.clip((cv2.resize(drawn[1], (wide, high)) + 1) / 2, 0, 1)
    return Cutout(apart[..., None].astype(np.float32), cover.astype(np.float32))


def _draw(torch: Any, real: Plane, n: int, seed: int) -> Plane:
    """(n, 2, SIDE, SIDE) after learning from `real`; the same seed gives the same drawings."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    artist, critic = _artist(torch, rng), _critic(torch, rng)
    hands = torch.optim.Adam(artist.values(), lr=RATE, betas=(0.5, 0.99))
    eyes = torch.optim.Adam(critic.values(), lr=RATE, betas=(0.5, 0.99))
    where = device(torch)
    for _ in range(STEPS):
        some = real[rng.integers(0, len(real), BATCH)]
        shown = torch.from_numpy(_mirrored(some, rng)).to(where)
        fake = _drawn(torch, artist, torch.randn(BATCH, CHANCE, device=where))
        eyes.zero_grad()
        doubt = _judged(torch, critic, fake.detach()).square().mean()
        ((_judged(torch, critic, shown) - 1).square().mean() + doubt).backward()
        eyes.step()
        hands.zero_grad()
        (_judged(torch, critic, fake) - 1).square().mean().backward()
        hands.step()
    with torch.no_grad():
        made = _drawn(torch, artist, torch.randn(n, CHANCE, device=where))
    return np.asarray(made.cpu().numpy(), np.float32)


def _mirrored(some: Plane, rng: np.random.Generator) -> Plane:
    turned = some[:, :, ::-1] if rng.random() < 0.5 else some
    return np.ascontiguousarray(turned[..., ::-1] if rng.random() < 0.5 else turned)


def _artist(torch: Any, rng: np.random.Generator) -> dict[str, Any]:
    outs = (*WIDTHS[1:], 2)
    first = {"start": scattered(rng, WIDTHS[0] * 16, CHANCE)}
    first |= {f"up{k}": scattered(rng, outs[k], WIDTHS[k], 3, 3) for k in range(len(WIDTHS))}
    return {name: parameter(torch, one) for name, one in first.items()}


def _critic(torch: Any, rng: np.random.Generator) -> dict[str, Any]:
    ins = (2, *WIDTHS[::-1])
    first = {f"down{k}": scattered(rng, ins[k + 1], ins[k], 3, 3) for k in range(len(WIDTHS))}
    first["end"] = scattered(rng, 1, WIDTHS[0] * 16)
    return {name: parameter(torch, one) for name, one in first.items()}


def _drawn(torch: Any, weights: dict[str, Any], chance: Any) -> Any:
    act = torch.nn.functional
    x = act.linear(chance, weights["start"]).view(-1, WIDTHS[0], 4, 4)
    for k in range(len(WIDTHS)):
        x = act.leaky_relu(x, LEAK)
        x = act.conv2d(act.interpolate(x, scale_factor=2), weights[f"up{k}"], padding=1)
    return torch.tanh(x)


def _judged(torch: Any, weights: dict[str, Any], x: Any) -> Any:
    act = torch.nn.functional
    for k in range(len(WIDTHS)):
        x = act.leaky_relu(act.conv2d(x, weights[f"down{k}"], stride=2, padding=1), LEAK)
    return act.linear(x.flatten(1), weights["end"])
