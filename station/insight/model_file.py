"""Opening the model files of insight: checked, of the right kind, with what they say of themselves.

numpy and ONNX Runtime only: the window uses it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from station.errors import ErrorCode, ModelError
from station.inference.provider import CPU, new_session
from station.inference.safety import check_model

HEALTH, PROCESS = "station.health", "station.process"
KINDS = (HEALTH, PROCESS, "station.card")  # in metadata_props: what each of ours has
FORMAT = 1
THREADS = 1


def read_model(path: Path) -> bytes:
    """The file, checked. Raises ModelError MODEL_NOT_FOUND, MODEL_NOT_ONNX, MODEL_UNSAFE."""
    try:
        data = path.read_bytes()
    except OSError:
        raise ModelError(ErrorCode.MODEL_NOT_FOUND, path=path) from None
    check_model(data, path)
    return data


def session_of(data: bytes, path: Path, kind: str) -> tuple[Any, Mapping[str, str]]:
    """A session of bytes that are trusted, and its metadata, which has a card of that kind.

    Raises ModelError MODEL_NOT_ONNX, MODEL_NO_CARD, MODEL_OTHER_KIND.
    """
    try:
        session = new_session(data, CPU, THREADS)
    except Exception:  # noqa: BLE001 - the runtime's own kinds are many
        raise ModelError(ErrorCode.MODEL_NOT_ONNX, path=path) from None
    told: Mapping[str, str] = session.get_modelmeta().custom_metadata_map
    if kind not in told:
        ours = any(key in told for key in KINDS)
        code = ErrorCode.MODEL_OTHER_KIND if ours else ErrorCode.MODEL_NO_CARD
        raise ModelError(code, path=path)
    return session, told


def card_values(text: str, path: Path) -> dict[str, Any]:
    """What a card says, of this format. Raises ModelError MODEL_BAD_CARD."""
    try:
        values = json.loads(text)
    except ValueError:
        raise bad_card(path, "json") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise bad_card(path, "format")
    return values


def bad_card(path: Path, name: str) -> ModelError:
    """The card is wrong in that field."""
    return ModelError(ErrorCode.MODEL_BAD_CARD, path=path, field=name)
