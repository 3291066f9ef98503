"""Defects drawn over good parts: thin cracks, holes, bitten edges, soft bands, foreign texture."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

Plane = npt.NDArray[np.float32]  # (h, w), 0 … 1: how much of a defect covers each pixel
Image = npt.NDArray[np.uint8]  # (h, w, channels)

CONTRAST = (0.8, 4.0)  # of a defect, in spreads of the part's own fine texture
LEAST_SPREAD = 3.0  # grey levels, so that a defect on an even part is still seen
SEEN = 0.25  # cover from which a pixel belongs to the defect


def spoil(part: Image, other: Image, rng: np.random.Generator) -> tuple[Image, Plane]:
    """A copy of the part with one defect, and where it is; `other` lends foreign texture.

    Both pictures have one size. The part itself is not changed.
    """
    kind = KINDS[int(rng.integers(len(KINDS)))]
    cover = kind(part.shape[:2], rng)
    pixels = part.astype(np.float32)
    blend = cover[..., None]
    if kind is _patch and rng.random() < 0.6:
        drawn = pixels * (1 - blend) + _foreign(other, rng) * blend
    else:
        drawn = pixels + blend * _shade(pixels, rng)
    spoilt = np.clip(drawn, 0, 255).astype(np.uint8)
    return spoilt, np.asarray(cover, np.float32)


def spread(pixels: Plane) -> float:
    """How much the fine texture varies, in grey levels; slow changes of light do not count."""
    grey = pixels.mean(axis=2)
    apart = grey - cv2.GaussianBlur(grey, (0, 0), max(grey.shape) / 40)
    return max(LEAST_SPREAD, float(apart.std()))


def _shade(pixels: Plane, rng: np.random.Generator) -> float:
    """Darker or, less often, lighter."""
    sign = -1.0 if rng.random() < 0.65 else 1.0
    return sign * float(rng.uniform(*CONTRAST)) * spread(pixels)


def _foreign(other: Image, rng: np.random.Generator) -> Plane:
    """Texture of another part, turned a quarter or upside down, and lit otherwise."""
    height, width = other.shape[:2]
    turned = np.ascontiguousarray(np.rot90(other, int(rng.integers(1, 4))))
    fitted = np.asarray(cv2.resize(turned, (width, height))).reshape(other.shape)
    return np.asarray(fitted * rng.uniform(0.7, 1.3), np.float32)


def _crack(shape: tuple[int, ...], rng: np.random.Generator) -> Plane:
    """A thin line that wanders, now and then with a branch."""
    cover = np.zeros(shape, np.uint8)
    size = max(shape)
    start = rng.uniform(0, 1, 2) * shape[::-1]
    angle = rng.uniform(0, 2 * np.pi)
    for branch in range(1 + int(rng.random() < 0.25)):
        points = _walk(start, angle + branch * rng.uniform(0.5, 1.2), size, rng)
        width = int(rng.integers(1, max(2, size // 110) + 1))
        cv2.polylines(cover, [points], False, 255, width, cv2.LINE_AA)
    soft = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.4, 1.0)) / np.float32(255)
    return np.asarray(np.minimum(soft * 1.3, 1.0), np.float32)


def _walk(
    start: npt.NDArray[np.float64], angle: float, size: int, rng: np.random.Generator
) -> npt.NDArray[np.int32]:
    steps = int(rng.integers(5, 18))
    stride = size * rng.uniform(0.05, 0.6) / steps
    angles = angle + np.cumsum(rng.normal(0, rng.uniform(0.05, 0.45), steps))
    moves = stride * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    return np.asarray(start + np.cumsum(moves, axis=0), np.int32)


def _hole(shape: tuple[int, ...], rng: np.random.Generator) -> Plane:
    """One to three round or long spots with a soft rim."""
    cover = np.zeros(shape, np.float32)
    size = max(shape)
    for _ in range(int(rng.integers(1, 4))):
        centre = tuple(int(v) for v in rng.uniform(0, 1, 2) * shape[::-1])
        long = rng.uniform(0.006, 0.04) * size
        axes = (max(1, round(long)), max(1, round(long * rng.uniform(0.4, 1.0))))
        cv2.ellipse(cover, centre, axes, rng.uniform(0, 180), 0, 360, 1.0, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 1.5)).astype(np.float32)


def _bite(shape: tuple[int, ...], rng: np.random.Generator) -> Plane:
    """A ragged blob that hangs over one of the four edges."""
    height, width = shape
    size = max(shape)
    along = rng.uniform(0, 1)
    edges = ((along * width, 0), (along * width, height), (0, along * height))
    x, y = (*edges, (width, along * height))[int(rng.integers(4))]
    radius = rng.uniform(0.02, 0.1) * size
    angles = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    radii = radius * rng.uniform(0.6, 1.4, 14)
    points = np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1)
    cover = np.zeros(shape, np.float32)
    cv2.fillPoly(cover, [points.astype(np.int32)], 1.0, cv2.LINE_AA)
    return cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 1.5)).astype(np.float32)


def _band(shape: tuple[int, ...], rng: np.random.Generator) -> Plane:
    """A stripe or a step right across the part, with soft sides."""
    height, width = shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.choice([0.0, np.pi / 2]) + rng.normal(0, 0.15)
    across = xs * np.cos(angle) + ys * np.sin(angle)
    low, high = np.quantile(across, [0.02, 0.98])
    size = max(shape)
    centre, half = rng.uniform(low, high), rng.uniform(0.02, 0.15) * size
    soft = rng.uniform(0.003, 0.05) * size
    cover = np.clip((half - np.abs(across - centre)) / soft, 0, 1)
    return np.asarray(cover, np.float32)


def _patch(shape: tuple[int, ...], rng: np.random.Generator) -> Plane:
    """An island of smoothed noise."""
    height, width = shape
    noise = rng.normal(size=shape).astype(np.float32)
    blurred = cv2.GaussianBlur(noise, (0, 0), rng.uniform(0.02, 0.08) * max(shape))
    smooth = blurred / (blurred.std() + 1e-6)
    x, y = rng.uniform(0.05, 0.95) * width, rng.uniform(0.05, 0.95) * height
    radius = rng.uniform(0.04, 0.15) * max(shape)
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    near = 1.5 - ((xs - x) ** 2 + (ys - y) ** 2) / radius**2
    return np.asarray(np.clip((near + 0.5 * smooth) * 4, 0, 1), np.float32)


KINDS: tuple[Callable[[tuple[int, ...], np.random.Generator], Plane], ...] = (
    _crack,
    _crack,
    _hole,
    _bite,
    _band,
    _patch,
)
