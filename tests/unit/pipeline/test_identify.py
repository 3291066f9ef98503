"""Which part lies there, as its code says."""

import numpy as np
import pytest

from station.domain.part import Part
from station.domain.recipe import CodeField
from station.errors import ErrorCode, Fault
from station.pipeline.identify import identify
from tests.codes import code_picture

FIELD = CodeField()


def test_the_code_gives_the_serial() -> None:
    said = identify(Part(3, lot="L"), code_picture("SN-7"), FIELD, "")
    assert said == Part(3, "SN-7", "L")


def test_a_code_that_is_not_what_the_machine_announced_means_that_parts_were_mixed_up() -> None:
    said = identify(Part(3, "SN-8"), code_picture("SN-7"), FIELD, "")
    assert isinstance(said, Fault)
    assert said.code is ErrorCode.CODE_DIFFERS
    assert (said.fact("serial"), said.fact("code")) == ("SN-8", "SN-7")
    assert identify(Part(3, "SN-7"), code_picture("SN-7"), FIELD, "") == Part(3, "SN-7")


@pytest.mark.parametrize("required", [True, False])
def test_without_a_code_the_rule_says_whether_the_part_may_be_judged(required: bool) -> None:
    said = identify(
        Part(3, "SN-8"), code_picture("SN-7")[:50, :50], CodeField(required=required), ""
    )
    if required:
        assert isinstance(said, Fault)
        assert said.code is ErrorCode.CODE_NOT_READ
    else:
        assert said == Part(3, "SN-8")


def test_of_two_codes_the_one_that_fits_the_pattern_counts() -> None:
    both = np.hstack([code_picture(text, size=(320, 256)) for text in ("SN-7", "BOX-99")])
    assert identify(Part(1), both, FIELD, r"SN-\d+") == Part(1, "SN-7")
    said = identify(Part(1), both, FIELD, "")
    assert isinstance(said, Fault)
    assert said.code is ErrorCode.CODE_NOT_READ
