"""One file a family; each tells whether a model is one of its own, and what follows."""

from station.errors import ErrorCode, ModelError
from station.training.foreign.families import (
    anomalib,
    azure,
    geti,
    hugging_face,
    keras,
    roboflow,
    sklearn,
    teachable,
    torch,
    ultralytics,
)
from station.training.foreign.recognised import Recognised, UnsuitableError
from station.training.foreign.source import Source

ORDER = (  # from what the file itself says to what is only usual
    geti,
    azure,
    ultralytics,
    roboflow,
    anomalib,
    hugging_face,
    sklearn,
    teachable,
    keras,
    torch,
)


def recognise(source: Source) -> Recognised:
    """The first family that knows the model as its own.

    Raises ModelError IMPORT_UNKNOWN, IMPORT_UNSUITABLE.
    """
    try:
        for family in ORDER:
            found: Recognised | None = family.recognise(source)
            if found is not None:
                return found
    except UnsuitableError as error:
        raise ModelError(ErrorCode.IMPORT_UNSUITABLE, path=source.path, reason=error) from None
    said = [f"{one.name}{list(one.shape or ())}" for one in (*source.inputs, *source.outputs)]
    raise ModelError(ErrorCode.IMPORT_UNKNOWN, path=source.path, found=", ".join(said)[:300])
