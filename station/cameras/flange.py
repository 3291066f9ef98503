"""Draws machined flanges, good and bad, each by its seed and index alone."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from station.domain.part import Pixels

DEFECTS = ("scratch", "dent", "stain", "missing_hole")
GOOD = "good"
HOLES = 8

Plane = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Look:
    """Where one part lies and how it is lit: pixels, radians, grey levels."""

    cx: float
    cy: float
    radius: float
    turn: float
    level: float
    light: tuple[float, float]


def draw_part(
    seed: int, index: int, size: tuple[int, int] = (1280, 1024), defect_rate: float = 0.2
) -> tuple[Pixels, str]:
    """Part number `index` of the series `seed`: mono uint8 of `size` (width, height), its truth.

    Equal arguments give equal pixels, without the sensor's noise.
    """
    rng = np.random.default_rng((seed, index))
    truth = DEFECTS[rng.integers(len(DEFECTS))] if rng.random() < defect_rate else GOOD
    return draw_truth(rng, truth, size), truth


def draw_truth(rng: np.random.Generator, truth: str, size: tuple[int, int]) -> Pixels:
    """A part of a known kind, with everything else left to `rng`."""
    look = _look(rng, size)
    missing = int(rng.integers(HOLES)) if truth == "missing_hole" else -1
    steel = _steel(rng, look, size)
    if truth == "stain":
        steel *= _stain(rng, look, size)
    if truth == "dent":
        steel += _dent(rng, look, size)
    if truth == "scratch":
        steel += _scratch(rng, look, size)
    return _assemble(rng, look, steel, missing, size)


def _look(rng: np.random.Generator, size: tuple[int, int]) -> Look:
    width, height = size
    base = min(width, height)
    shift = rng.uniform(-0.012, 0.012, 2) * base
    angle = rng.uniform(0, 2 * np.pi)
    strength = rng.uniform(4, 16)
    return Look(
        cx=float(width / 2 + shift[0]),
        cy=float(height / 2 + shift[1]),
        radius=float(base * rng.uniform(0.408, 0.416)),
        turn=float(rng.normal(0, 0.03)),
        level=float(rng.uniform(134, 160)),
        light=(float(strength * np.cos(angle)), float(strength * np.sin(angle))),
    )


def _polar(look: Look, size: tuple[int, int]) -> tuple[Plane, Plane]:
    width, height = size
    x = (np.arange(width, dtype=np.float32) - look.cx)[None, :]
    y = (np.arange(height, dtype=np.float32) - look.cy)[:, None]
    return cv2.cartToPolar(np.broadcast_to(x, (height, width)), np.broadcast_to(y, (height, width)))  # type: ignore[return-value]


def _steel(rng: np.random.Generator, look: Look, size: tuple[int, int]) -> Plane:
    """The turned face: concentric tool marks, grain, and light that falls off to one side."""
    width, height = size
    r, phi = _polar(look, size)
    marks = cv2.remap(_grooves(rng, look), r, np.zeros_like(r), cv2.INTER_LINEAR)
    anisotropy = np.cos(2 * (phi - rng.uniform(0, np.pi)))
    grain = rng.standard_normal((height // 2, width // 2), np.float32)
    coarse = cv2.resize(cv2.GaussianBlur(grain, (0, 0), 0.8), size)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    slope = look.light[0] * x + look.light[1] * y
    steel: Plane = look.level + slope + anisotropy * 12 + marks * 2.4 + coarse * 9
    return steel


def _grooves(rng: np.random.Generator, look: Look) -> Plane:
    """What the tool left along one radius, (1, radius + 8): its feed, chatter, and waves."""
    count = int(look.radius) + 8
    feed = np.sin(np.arange(count) * 2 * np.pi / (0.0125 * look.radius) + rng.uniform(0, 6))
    chatter = rng.normal(0, 1, count)
    grooves = np.asarray(chatter + 1.6 * feed, np.float32)[None, :]
    waves = cv2.GaussianBlur(np.asarray(chatter, np.float32)[None, :], (0, 0), 3)
    return np.asarray(grooves + 2.4 * waves, np.float32)


def _spot(rng: np.random.Generator, look: Look, room: float) -> tuple[float, float]:
    """A place on the face at least `room` from bore, rim and holes."""
    radius = look.radius
    for _ in range(200):
        r = rng.uniform(0.30 * radius + room, 0.97 * radius - room)
        phi = rng.uniform(0, 2 * np.pi)
        x, y = look.cx + r * np.cos(phi), look.cy + r * np.sin(phi)
        holes = _holes(look)
        if all(np.hypot(x - hx, y - hy) > 0.085 * radius + room for hx, hy in holes):
            break
    return float(x), float(y)


def _holes(look: Look) -> list[tuple[float, float]]:
    angles = look.turn + np.arange(HOLES) * 2 * np.pi / HOLES
    ring = 0.745 * look.radius
    return [(look.cx + ring * np.cos(a), look.cy + ring * np.sin(a)) for a in angles]


def _scratch(rng: np.random.Generator, look: Look, size: tuple[int, int]) -> Plane:
    """A thin bright-and-dark line with a bend or two, hardly wider than a pixel or three."""
    width, height = size
    line = _path(rng, look)
    depth = rng.uniform(52, 104)
    thick = max(1, round(rng.uniform(1.0, 3.0) * min(size) / 1024))
    dark, bright = np.zeros((2, height, width), np.float32)
    shift = 4
    at = np.round(line * 2**shift).astype(np.int32)
    along = (line[-1] - line[0]) / np.hypot(*(line[-1] - line[0]))
    across = np.array((-along[1], along[0]))  # the burr lies beside the groove, not on it
    beside = np.round((line + 2.0 * across) * 2**shift).astype(np.int32)
    cv2.polylines(dark, [at], False, 1.0, thick, cv2.LINE_AA, shift)
    cv2.polylines(bright, [beside], False, 1.0, thick, cv2.LINE_AA, shift)
    relief: Plane = bright * depth * 0.8 - dark * depth
    return relief


def _path(rng: np.random.Generator, look: Look) -> npt.NDArray[np.float64]:
    """Points of a bent line that stays on the face; it may cross a hole, as scratches do."""
    while True:
        points = [_spot(rng, look, 0.02 * look.radius)]
        heading = rng.uniform(0, 2 * np.pi)
        for _ in range(int(rng.integers(2, 5))):
            heading += rng.normal(0, 0.35)
            step = rng.uniform(0.10, 0.22) * look.radius
            x, y = points[-1]
            points.append((x + step * np.cos(heading), y + step * np.sin(heading)))
        line = np.array(points)
        from_centre = np.hypot(line[:, 0] - look.cx, line[:, 1] - look.cy) / look.radius
        if from_centre.min() > 0.30 and from_centre.max() < 0.97:
            return line


def _dent(rng: np.random.Generator, look: Look, size: tuple[int, int]) -> Plane:
    """A soft hollow: dark towards the light, bright on its far side."""
    sigma = rng.uniform(0.028, 0.06) * look.radius
    x, y = _spot(rng, look, 1.6 * sigma)
    angle = rng.uniform(0, 2 * np.pi)
    width, height = size
    dx = (np.arange(width, dtype=np.float32) - np.float32(x))[None, :] / np.float32(sigma)
    dy = (np.arange(height, dtype=np.float32) - np.float32(y))[:, None] / np.float32(sigma)
    bowl = np.exp(-(dx * dx + dy * dy) / 2)
    slope = dx * np.float32(np.cos(angle)) + dy * np.float32(np.sin(angle))
    depth = np.float32(rng.uniform(30, 62))
    return np.asarray((slope * 1.6 - 0.5) * bowl * depth, np.float32)


def _stain(rng: np.random.Generator, look: Look, size: tuple[int, int]) -> Plane:
    """An irregular blot that dims the steel and keeps its texture."""
    width, height = size
    extent = rng.uniform(0.07, 0.16) * look.radius
    x, y = _spot(rng, look, 0.6 * extent)
    mask = np.zeros((height, width), np.float32)
    for _ in range(int(rng.integers(4, 9))):
        at = (round(x + rng.normal(0, 0.5) * extent), round(y + rng.normal(0, 0.5) * extent))
        axes = (
            max(2, round(extent * rng.uniform(0.3, 0.8))),
            max(2, round(extent * rng.uniform(0.25, 0.6))),
        )
        cv2.ellipse(mask, at, axes, rng.uniform(0, 180), 0, 360, 1.0, -1, cv2.LINE_AA)
    soft = cv2.GaussianBlur(mask, (0, 0), max(1.0, 0.1 * extent))
    dimmed: Plane = 1 - soft * np.float32(rng.uniform(0.16, 0.36))
    return dimmed


def _assemble(
    rng: np.random.Generator, look: Look, steel: Plane, missing: int, size: tuple[int, int]
) -> Pixels:
    """Face, bright chamfers, bore and bolt holes over a dark table."""
    width, height = size
    table = np.full((height, width), rng.uniform(28, 36), np.float32)
    radius = look.radius
    circles = [(look.cx, look.cy, radius, 1.0), (look.cx, look.cy, 0.27 * radius, 0.0)]
    circles += [
        (x, y, 0.082 * radius, 0.0) for k, (x, y) in enumerate(_holes(look)) if k != missing
    ]
    face = np.zeros((height, width), np.float32)
    chamfer = np.zeros((height, width), np.float32)
    for x, y, r, value in circles:
        _disc(face, x, y, r, value, -1)
        _disc(chamfer, x, y, r, 1.0, max(2, round(0.013 * radius)))
    bright = np.minimum(steel + 70, 240)
    picture = table + (steel - table) * face
    picture += (bright - picture) * chamfer * 0.85
    return np.clip(cv2.GaussianBlur(picture, (0, 0), 0.7), 0, 255).astype(np.uint8)


def _disc(plane: Plane, x: float, y: float, r: float, value: float, thickness: int) -> None:
    at = (round(x * 16), round(y * 16))
    cv2.circle(plane, at, round(r * 16), value, thickness, cv2.LINE_AA, 4)
