"""The numbers that stand in CODE: why a part is not OK. They never change their meaning."""

from enum import IntEnum

from station.domain.inspection import Disposition, Inspection, Verdict
from station.errors import ErrorCode, Fault


class Code(IntEnum):
    """What CODE says beside NG; beside OK it is always NONE."""

    NONE = 0
    DEFECT = 1
    REVIEW = 2
    REJECTED = 3  # OK by the model, rejected by a rule or a person
    NOT_INSPECTED = 10
    NO_PICTURE = 11
    PICTURE_INCOMPLETE = 12
    PICTURE_UNFIT = 13
    WRONG_PRODUCT = 14
    CODE_NOT_READ = 15
    MODEL = 16
    STORE = 17
    INTERRUPTED = 18
    MACHINE = 19
    WRONG_RECIPE = 90
    NOT_ACKNOWLEDGED = 96
    LINK_LOST = 97
    MISSED = 98
    LATE = 99


_OF_FAULTS = {
    ErrorCode.CAMERA_INCOMPLETE: Code.PICTURE_INCOMPLETE,
    ErrorCode.CAMERA_FROZEN: Code.PICTURE_UNFIT,
    ErrorCode.CAMERA_BLACK: Code.PICTURE_UNFIT,
    ErrorCode.CAMERA_OVEREXPOSED: Code.PICTURE_UNFIT,
    ErrorCode.CAMERA_BLURRED: Code.PICTURE_UNFIT,
    ErrorCode.ROI_OUTSIDE_FRAME: Code.PICTURE_UNFIT,
    ErrorCode.RECIPE_WRONG_PRODUCT: Code.WRONG_PRODUCT,
    ErrorCode.CODE_NOT_READ: Code.CODE_NOT_READ,
    ErrorCode.DEVICE_LOST: Code.MODEL,
    ErrorCode.OUT_OF_MEMORY: Code.MODEL,
    ErrorCode.PART_INTERRUPTED: Code.INTERRUPTED,
    ErrorCode.PARTS_INTERRUPTED: Code.INTERRUPTED,
}
_OF_KINDS = {
    "camera": Code.NO_PICTURE,
    "image": Code.NO_PICTURE,
    "model": Code.MODEL,
    "store": Code.STORE,
    "disk": Code.STORE,
    "machine": Code.MACHINE,
}


def code_of(disposition: Disposition, inspection: Inspection | None) -> Code:
    """What CODE says of a part that came to that end."""
    if disposition is Disposition.RELEASE:
        return Code.NONE
    if inspection is None or inspection.verdict is Verdict.NOT_INSPECTED:
        return _code_of_fault(inspection.fault if inspection else None)
    if inspection.verdict is Verdict.NG:
        return Code.DEFECT
    if inspection.verdict is Verdict.REVIEW or disposition is Disposition.HOLD:
        return Code.REVIEW
    return Code.REJECTED


def _code_of_fault(fault: Fault | None) -> Code:
    if fault is None:
        return Code.NOT_INSPECTED
    kind = fault.code.value.split("_")[0]
    return _OF_FAULTS.get(fault.code, _OF_KINDS.get(kind, Code.NOT_INSPECTED))


NO_SCORE = 65_535


def score_of(inspection: Inspection | None) -> int:
    """SCORE: 0 … 1000, how sure the model is that the part is bad; NO_SCORE where it saw none."""
    if inspection is None or inspection.score is None or not 0.0 <= inspection.score <= 1.0:
        return NO_SCORE
    return round(inspection.score * 1000)
