"""Pictures of a part as it might have been: turned, lit, focused, grained differently."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from station.cameras.image_file import read_image
from station.domain.part import Pixels
from station.errors import ErrorCode, RecipeError

COPIES = 3  # of each picture, where any variation is wished
DEGREES = 12.0  # to either side
LIGHT = 0.25  # brighter or darker by that share at most, and
GAMMA = 0.2
BLUR = 1.4  # pixels of sigma, on a picture of SHARP_SIDE
SHARP_SIDE = 512
NOISE = 8.0  # grey values of sigma


@dataclass(frozen=True, slots=True)
class Varied:
    """One variation of a picture; the same number and kinds give the same pixels."""

    path: Path
    kinds: tuple[str, ...]
    number: int

    def read(self) -> Pixels:
        """The varied pixels. Raises ImageError."""
        seed = hashlib.sha256(f"{self.kinds} {self.number}".encode() + self.path.read_bytes())
        rng = np.random.default_rng(int.from_bytes(seed.digest()[:8], "little"))
        return vary(read_image(self.path), self.kinds, rng)


def check_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    """In the order of KINDS, none twice. Raises RecipeError RECIPE_BAD_VALUE."""
    for kind in kinds:
        if kind not in KINDS:
            allowed = ", ".join(KINDS)
            raise RecipeError(
                ErrorCode.RECIPE_BAD_VALUE, field="augment", value=kind, allowed=allowed
            )
    return tuple(kind for kind in KINDS if kind in kinds)


def vary(pixels: Pixels, kinds: Sequence[str], rng: np.random.Generator) -> Pixels:
    """One chance variation by all of the kinds named; same shape, same type, a new array."""
    for kind in KINDS:
        if kind in kinds:
            pixels = _WAYS[kind](pixels, rng)
    return np.array(pixels)


def variations(
    pixels: Pixels, kinds: Sequence[str], count: int, rng: np.random.Generator
) -> list[Pixels]:
    """Several of them."""
    return [vary(pixels, kinds, rng) for _ in range(count)]


def _flip(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    if rng.random() < 0.5:
        pixels = pixels[:, ::-1]
    return pixels[::-1] if rng.random() < 0.5 else pixels


def _rotate(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """About the middle; what comes in at the corners mirrors what is there."""
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-DEGREES, DEGREES), 1.0)
    return cv2.warpAffine(  # type: ignore[return-value]
        pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )


def _light(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    gain, bend = 1 + rng.uniform(-LIGHT, LIGHT), 1 + rng.uniform(-GAMMA, GAMMA)
    table = 255 * gain * (np.arange(256) / 255) ** bend
    lit: Pixels = np.clip(np.rint(table), 0, 255).astype(np.uint8)[pixels]
    return lit


def _blur(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    most = BLUR * max(1.0, max(pixels.shape[:2]) / SHARP_SIDE)
    sigma = rng.uniform(0, most)
    if sigma < 0.2:
        return pixels
    return cv2.GaussianBlur(pixels, (0, 0), sigma)  # type: ignore[return-value]


def _noise(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    grain = rng.normal(0, rng.uniform(0, NOISE), pixels.shape[:2]).astype(np.float32)
    grain = grain if pixels.ndim == 2 else grain[..., None]
    grained: Pixels = np.clip(np.rint(pixels + grain), 0, 255).astype(np.uint8)
    return grained


_WAYS: dict[str, Callable[[Pixels, np.random.Generator], Pixels]] = {
    "flip": _flip,
    "rotate": _rotate,
    "light": _light,
    "blur": _blur,
    "noise": _noise,
}
KINDS = tuple(_WAYS)
