"""An inspection comes back from row and text as it went in."""

import dataclasses
import json
import math

import numpy as np
import pytest

from station.domain.inspection import Verdict, ViewResult
from station.domain.part import Part, TriggerSource
from station.domain.process import ProcessValue
from station.domain.recipe import Roi
from station.errors import ErrorCode, Fault
from station.store.rows import from_json, from_row, to_json, to_row

NOTHING_SEEN = {
    "verdict": Verdict.NOT_INSPECTED,
    "label": None,
    "score": None,
    "confidence": None,
    "scores": (),
    "ms": None,
    "model_ms": None,
    "roi": None,
    "fault": Fault(ErrorCode.CAMERA_NO_FRAME, (("source", "相机 1"), ("seconds", "2.0"))),
}
EVERYTHING = {
    "part": Part(2**40, "序列-é-'\"\\", "批次 7\n"),
    "trigger": TriggerSource.MACHINE,
    "verdict": Verdict.NG,
    "label": "划痕",
    "scores": (("划痕", 0.1 + 0.2), ("good", 1e-300)),
    "score": 1 / 3,
    "fault": Fault(ErrorCode.PROVIDER_FELL_BACK, ()),
    "operator": "Jürgen",
    "source": "C:\\图片\\a b.png",
    "truth": "scratch",
}
LOOKS = (ViewResult("back", Roi(640, 0, 64, 64), Verdict.NG, "dent", 0.9, 0.8, "ef" * 32),)
OVEN = (
    ProcessValue("Ofen 1", 180.25, "°C", "modbus plc:502", 1_790_000_000_001),
    ProcessValue("tool", 7.0, "", "mqtt broker:1883", 1_790_000_000_002),
)


@pytest.mark.parametrize("changes", [{}, NOTHING_SEEN, EVERYTHING])
def test_row_and_text_give_back_the_same_inspection(make, changes):
    inspection = make(**changes)
    assert from_row(to_row(inspection)) == inspection
    assert from_json(to_json(inspection)) == inspection


def test_a_text_of_an_earlier_program_is_read(make):
    inspection = make()
    values = json.loads(to_json(inspection))
    for name in ("unlike", "brightness", "sharpness"):
        del values[name]
    assert from_json(json.dumps(values)) == inspection


def test_no_field_is_forgotten(make):
    """Change each field in turn: row and text must change with it."""
    plain = make()
    other = make(
        9,
        **EVERYTHING,
        uid="other",
        recipe="ring",
        recipe_version=8,
        review_limit=0.2,
        ng_limit=0.9,
        roi=None,
        model="x",
        model_sha256="cd" * 32,
        provider="P",
        camera="c",
        confidence=0.5,
        ms=1.0,
        model_ms=2.0,
        unlike=1.5,
        brightness=99.5,
        sharpness=3.25,
        values=OVEN,
        views=LOOKS,
    )
    for field in dataclasses.fields(plain):
        changed = dataclasses.replace(plain, **{field.name: getattr(other, field.name)})
        assert changed != plain, field.name
        in_a_row = dataclasses.replace(changed, values=())  # they have a table of their own
        assert from_row(to_row(changed)) == in_a_row, field.name
        assert from_json(to_json(changed)) == changed, field.name


def test_row_holds_only_what_the_database_takes(make):
    row = to_row(make(score=np.float32(0.25), confidence=np.float64(0.75)))
    assert {type(value) for value in row.values()} <= {str, int, float, type(None)}


def test_numbers_that_are_none_become_none(make):
    inspection = make(score=math.nan, confidence=math.inf, scores=(("good", math.nan),))
    back = from_row(to_row(inspection))
    assert (back.score, back.confidence) == (None, None)
    assert math.isnan(back.scores[0][1])
    assert to_json(back) == to_json(inspection)
    assert json.loads(to_json(inspection))["scores"] == [["good", None]]


def test_a_file_name_that_is_no_unicode_can_be_written(make):
    inspection = make(source="bad-\udcff.png")
    assert to_row(inspection)["source"] == "bad-\\udcff.png"
    to_json(inspection).encode("utf-8")


def test_a_fault_of_another_version_is_still_readable(make):
    row = to_row(make(**NOTHING_SEEN)) | {"fault": "camera_on_fire"}
    fault = from_row(row).fault
    assert fault is not None
    assert fault.code is ErrorCode.INTERNAL
    assert fault.fact("reason") == "camera_on_fire"
    assert fault.fact("source") == "相机 1"
