"""The fault table: the one source of the manual and of what the tests must prove."""

from tests.faults.row import FaultRow
from tests.faults.rows_model import MODEL
from tests.faults.rows_picture import PICTURE
from tests.faults.rows_records import RECORDS
from tests.faults.rows_station import STATION

ROWS: tuple[FaultRow, ...] = (*PICTURE, *MODEL, *RECORDS, *STATION)
BY_NAME = {row.name: row for row in ROWS}
