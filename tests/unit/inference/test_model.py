import json
from dataclasses import replace
from pathlib import Path

import pytest

from station.errors import ErrorCode, ModelError
from station.inference.model import BadCardError, ModelCard, card_from_json, card_to_json

CARD = ModelCard(
    name="法兰",
    classes=("good", "dent"),
    good=("good",),
    height=224,
    width=448,
    channels=3,
    review_limit=0.2,
    ng_limit=0.9,
    temperature=1.5,
    metrics=(("cv_accuracy", 0.99), ("n", 12)),
    licence="Apache-2.0",
)
WHERE = Path("x.onnx")


def test_a_card_survives_its_file() -> None:
    assert card_from_json(card_to_json(CARD), WHERE) == CARD


def test_equal_cards_are_equal_text() -> None:
    assert card_to_json(CARD) == card_to_json(replace(CARD))


def test_good_index_is_by_class_order() -> None:
    card = replace(CARD, classes=("a", "ok", "b", "pass"), good=("pass", "ok"))
    assert card.good_index == (1, 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 2),
        ("format", None),
        ("name", ""),
        ("name", 5),
        ("task", "detection"),
        ("resize", "letterbox"),
        ("version", 0),
        ("version", True),
        ("classes", ["one"]),
        ("classes", ["a", "a"]),
        ("classes", ["a", 3]),
        ("classes", "ab"),
        ("good", ["nobody"]),
        ("good", ["good", "dent"]),
        ("height", 225),
        ("height", "224"),
        ("width", 0),
        ("channels", 2),
        ("review_limit", -0.1),
        ("review_limit", "low"),
        ("ng_limit", 0.1),
        ("ng_limit", 1.1),
        ("temperature", 0),
        ("metrics", [1]),
        ("metrics", {"cv": "high"}),
        ("licence", None),
    ],
)
def test_a_bad_value_is_named(field: str, value: object) -> None:
    values = json.loads(card_to_json(CARD)) | {field: value}
    with pytest.raises(ModelError) as caught:
        card_from_json(json.dumps(values), WHERE)
    assert caught.value.code is ErrorCode.MODEL_BAD_CARD
    assert caught.value.fault.fact("field") == field
    assert caught.value.fault.fact("path") == str(WHERE)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"format": NaN}', "null"])
def test_what_is_no_card(text: str) -> None:
    with pytest.raises(ModelError) as caught:
        card_from_json(text, WHERE)
    assert caught.value.code is ErrorCode.MODEL_BAD_CARD


def test_missing_and_unknown_fields_are_named() -> None:
    values = json.loads(card_to_json(CARD))
    for broken, field in ((values | {"colour": 1}, "colour"), ({**values}, "good")):
        if field == "good":
            del broken["good"]
        with pytest.raises(ModelError) as caught:
            card_from_json(json.dumps(broken), WHERE)
        assert caught.value.fault.fact("field") == field


def test_a_nan_limit_is_refused() -> None:
    with pytest.raises(BadCardError) as caught:
        replace(CARD, review_limit=float("nan"))
    assert caught.value.field == "review_limit"
