"""The status file says what the copier knows, and a file that is none means: nothing known."""

import pytest

from station.errors import ErrorCode, Fault
from station.plant.status import STATUS_NAME, PlantStatus, read_status, write_status

FAULT = Fault(ErrorCode.PLANT_UNREACHABLE, (("address", "s3://b"), ("reason", "no route")))


@pytest.mark.parametrize("error", [None, FAULT])
def test_what_was_written_is_read(tmp_path, error):
    status = PlantStatus(5, "press", {"inspections": 3, "audit": 2}, 4, error, 1, True)
    write_status(tmp_path, status)
    assert read_status(tmp_path) == status
    assert status.rows_waiting == 5
    assert [path.name for path in tmp_path.iterdir()] == [STATUS_NAME]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"error": {"code": "no such", "facts": {}}}'])
def test_what_is_no_status_is_none(tmp_path, text):
    assert read_status(tmp_path) is None
    (tmp_path / STATUS_NAME).write_text(text)
    assert read_status(tmp_path) is None


def test_where_it_cannot_be_written_nothing_happens(tmp_path):
    write_status(tmp_path / "gone", PlantStatus())
