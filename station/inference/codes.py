"""DataMatrix, QR and bar codes in the picture: the part's serial, as it stands on the part."""

import time
from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from station.domain.part import Pixels
from station.domain.recipe import CODE_BARS, CodeField
from station.inference.prepare import crop

SOFT_SIGMA = 1.0  # a little blur takes the noise off that hides a module
TURN = 45.0  # degrees: bars are found near 0, 90 … only
PATIENCE_SECONDS = 0.06  # for further tries: a part with no code must not hold the line up
MOST_BYTES = 256

Grey = Pixels


def read_codes(pixels: Pixels, field: CodeField) -> tuple[str, ...]:
    """The texts of all codes of the wanted kinds in that region, each once, in reading order.

    pixels: as in Frame. Tries the region as it is, softened, and turned by 45° for bars; ends with
    the first try that finds any. Empty where there is none, or none that can be read. About
    3 … 15 ms for a code in 640 × 512 pixels. Raises ImageError ROI_OUTSIDE_FRAME.
    """
    formats = zxingcpp.barcode_formats_from_str(",".join(field.formats))
    began = time.monotonic()
    for view in _views(_grey(pixels, field), field):
        found = zxingcpp.read_barcodes(view, formats=formats, try_downscale=False)
        texts = dict.fromkeys(text for one in found if (text := _clean(one.text)))
        if texts:
            return tuple(texts)
        if time.monotonic() - began > PATIENCE_SECONDS:
            break
    return ()


def _views(grey: Grey, field: CodeField) -> Iterator[Grey]:
    yield grey
    yield cv2.GaussianBlur(grey, (0, 0), SOFT_SIGMA)  # type: ignore[misc]
    if any(kind in CODE_BARS for kind in field.formats):
        yield _turned(grey)


def _turned(grey: Grey) -> Grey:
    """The whole picture turned, on a ground that is no bar."""
    height, width = grey.shape
    side = round(float(np.hypot(height, width)))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), TURN, 1.0)
    turn[:, 2] += (side - width) / 2, (side - height) / 2
    return cv2.warpAffine(grey, turn, (side, side), borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def _grey(pixels: Pixels, field: CodeField) -> Grey:
    part = crop(pixels, field.roi)
    if part.ndim == 3:
        part = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)  # type: ignore[assignment]
    return np.ascontiguousarray(part)


def _clean(text: str) -> str:
    """Control characters, as GS1 has them between its fields, are left out."""
    plain = "".join(sign for sign in text if sign.isprintable()).strip()
    return plain if len(plain.encode()) <= MOST_BYTES else ""
