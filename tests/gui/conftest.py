"""The History page over real stores: one with many parts, one of the test's own."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station.domain.inspection import Decision, DecisionKind
from station.store.store import Store
from tests.gui.desks import desks
from tests.gui.history_desk import PARTS, Desk, Open, calls_of, numbered, put


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Parts of four days, which no test changes."""
    with Store(tmp_path_factory.mktemp("many") / "data") as store:
        for number in range(1, PARTS + 1):
            part = put(store, numbered(number, (PARTS - number) * 23 + 1), waits=number % 7 == 0)
            if number % 10 == 0:
                said = DecisionKind.ACCEPT if number % 20 else DecisionKind.REJECT
                store.decide(Decision(part.uid, said, part.at_ms + 1000, "12"))
        yield store


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


@pytest.fixture
def open_desk(qtbot: QtBot, own: Store) -> Iterator[Open]:
    """Pages, closed before the records that they read."""
    del own
    with desks(partial(Desk, qtbot)) as opens:
        yield opens


@pytest.fixture
def desk(open_desk: Open, many: Store) -> Desk:
    return open_desk(calls_of(many.reader, many.folder))
