"""Codes as a camera sees them: printed on a part, turned, out of focus, noisy."""

import cv2
import numpy as np
import zxingcpp

from station.domain.part import Pixels
from station.domain.recipe import CODE_BARS

GROUND, DARK_INK = 165, 40
BAR_HEIGHT = 60  # pixels
SIZE = (640, 512)  # width, height


def code_picture(
    text: str,
    kind: str = "DataMatrix",
    module: int = 4,
    angle: float = 0.0,
    blur: float = 0.0,
    noise: float = 2.0,
    size: tuple[int, int] = SIZE,
    seed: int = 1,
) -> Pixels:
    """A grey picture with the code in its middle; `module` is the least bar, in pixels."""
    made = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(kind))
    code = np.array(made.to_image(scale=module))
    if kind in CODE_BARS:
        code = np.repeat(code[:1], BAR_HEIGHT, axis=0)
    code = cv2.copyMakeBorder(code, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    height, width = code.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    placed = cv2.warpAffine(code, turn, size, borderValue=255).astype(np.float32) / 255
    lit = DARK_INK + (GROUND - DARK_INK) * placed
    if blur:
        lit = cv2.GaussianBlur(lit, (0, 0), blur)
    grain = np.random.default_rng(seed).normal(0, noise, lit.shape)
    return np.clip(lit + grain, 0, 255).astype(np.uint8)
