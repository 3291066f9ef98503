"""Who opened what the PIN guards, who tried to, and who changed the PIN: log and audit trail."""

import logging
from pathlib import Path

from station.errors import Fault, StationError
from station.store.audit import append_audit
from station.store.beside import Beside
from station.store.store import now_ms

log = logging.getLogger(__name__)


def note_access(folder: Path, operator: str, action: str, fault: Fault | None) -> None:
    """Note it down; for the actions see audit.py. Blocks.

    Never raises: a station without records yet, or whose records are just being mended, has its
    log still.
    """
    log.info("access: %s %s", action, "" if fault is None else dict(fault.facts))
    try:
        with Beside(folder) as beside, beside.transaction() as connection:
            append_audit(connection, now_ms(), action, fault, operator)
    except StationError as error:
        log.info("access: not in the audit trail: %s", error)
