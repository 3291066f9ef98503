"""Which part lies there, as its own code says."""

from dataclasses import replace

from station.domain.part import Part, Pixels
from station.domain.recipe import CodeField
from station.domain.serial import serial_fits
from station.errors import ErrorCode, Fault


def identify(part: Part, pixels: Pixels, field: CodeField, pattern: str) -> Part | Fault:
    """The part with the serial that its code says, or why it must not be judged.

    Of several codes the one that fits the recipe's pattern counts; two that fit say nothing. A
    code that is not what the machine announced means that parts were mixed up. Raises ImageError
    ROI_OUTSIDE_FRAME.
    """
    from station.inference.codes import read_codes  # loads a library that most recipes do without

    texts = read_codes(pixels, field)
    fitting = [text for text in texts if serial_fits(text, pattern)] or list(texts)
    if len(fitting) != 1:
        return Fault(ErrorCode.CODE_NOT_READ) if field.required else part
    code = fitting[0]
    if part.serial and part.serial != code:
        return Fault(ErrorCode.CODE_DIFFERS, (("serial", part.serial), ("code", code)))
    return replace(part, serial=code)
