"""What processes say to each other: all of it arrives, and nothing else does."""

import math

import msgspec
import pytest

from station.domain.inspection import Decision, DecisionKind, Disposition, Inspection, Verdict
from station.domain.part import Part, TriggerSource
from station.domain.recipe import Recipe, ReviewRule, Roi
from station.errors import ErrorCode, Fault
from station.pipeline import events, wire
from station.pipeline.remote import NOWHERE

FAULT = Fault(ErrorCode.CAMERA_LOST, (("source", "相机 é"),))
INSPECTION = Inspection(
    uid="u",
    part=Part(5, "A-1", "L"),
    at_ms=7,
    trigger=TriggerSource.MACHINE,
    verdict=Verdict.NG,
    recipe="r",
    recipe_version=2,
    review_limit=0.1,
    ng_limit=0.9,
    roi=Roi(1, 2, 33, 44),
    model="m",
    model_sha256="s",
    provider="cpu",
    camera="c",
    scores=(("good", 0.25), ("scratch", 0.75)),
    fault=FAULT,
)
EVENTS = [
    events.StateChanged(events.LineState.FAULT, FAULT),
    events.Inspected(INSPECTION),
    events.Recorded("u", 5, 12.5),
    events.Decided(Decision("u", DecisionKind.REJECT, 8, "op", "scratch", "why")),
    events.Disposed("u", Disposition.REJECT),
    events.Refused(FAULT, TriggerSource.KEY),
    events.Warned(FAULT),
    events.Adopted(Recipe("r", "m.onnx", "ab", 3, Roi(0, 0, 64, 64), max_unlike=1.5)),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_arrives(event: events.Event) -> None:
    message = wire.reply(wire.encode(wire.told(event)))
    assert isinstance(message, wire.Told)
    assert wire.heard(message) == event


def test_every_kind_of_event_is_known() -> None:
    assert {type(event) for event in EVENTS} == set(events.Event.__args__)


def test_a_score_that_is_none_arrives() -> None:
    event = events.Inspected(INSPECTION)
    odd = events.Recorded("u", 1, math.nan)
    message = wire.reply(wire.encode(wire.told(odd)))
    assert isinstance(message, wire.Told)
    heard = wire.heard(message)
    assert isinstance(heard, events.Recorded)
    assert math.isnan(heard.ms)
    assert event == events.Inspected(INSPECTION)


def test_product_and_standing_arrive() -> None:
    recipe = Recipe("r", "m.onnx", roi=Roi(0, 0, 64, 64), review=ReviewRule.ALL)
    assert wire.reply(wire.encode(wire.Product(recipe, "l", None))) == wire.Product(
        recipe, "l", None
    )
    assert wire.reply(wire.encode(wire.Standing(NOWHERE))) == wire.Standing(NOWHERE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"hello",
        b"\x80\x04\x95\x11\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x02is",  # the begin of a pickle
        msgspec.msgpack.encode({"is": "no such thing"}),
        msgspec.msgpack.encode({"is": "trigger", "id": "one", "source": "key"}),
        msgspec.msgpack.encode({"is": "trigger", "id": 1, "source": "nobody"}),
        msgspec.msgpack.encode(["decide", "u"]),
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        wire.request(data)
