"""Printed pages, read and looked at as a reader of PDF would."""

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

Pixels = npt.NDArray[np.uint8]


def words(pdf: bytes) -> list[str]:
    """The text of each page, its gaps made single."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(" ".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    return found


def pictures(pdf: bytes, scale: float = 1.0) -> list[Pixels]:
    """Each page as RGB, at 72 dots per inch times `scale`."""
    document = pdfium.PdfDocument(pdf)
    found = []
    for page in document:
        bitmap = page.render(scale=scale, rev_byteorder=True)
        found.append(bitmap.to_numpy()[..., :3].copy())
        bitmap.close()
        page.close()
    document.close()
    return found


def reddish(pixels: Pixels) -> int:
    """How many pixels are clearly red."""
    red, green, blue = (pixels[..., c].astype(int) for c in range(3))
    return int(((red > 160) & (green < 110) & (blue < 110)).sum())
