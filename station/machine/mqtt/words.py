"""The words between station and broker, but for the results; below a prefix of the station's own.

<prefix>/status     retained JSON: online or offline, Ready; `offline` is the last will as well
<prefix>/result     one JSON for each part, see result.py
<prefix>/command    {"command": "trigger", "serial": "…"}, where the station takes commands
<prefix>/answer     what came of it, unless the asker named a topic of its own (MQTT 5)
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from station import __version__
from station.domain.serial import LONGEST
from station.machine.mqtt.session import Note

MOST_BYTES = 4096  # of a command


@dataclass(frozen=True, slots=True)
class Status:
    """What everybody may know of the station at any time."""

    online: bool
    ready: bool = False
    dropped: int = 0

    def note(self, prefix: str) -> Note:
        """As it is kept by the broker."""
        values = {
            "status": "online" if self.online else "offline",
            "ready": self.ready,
            "dropped": self.dropped,
            "program": __version__,
        }
        return Note(f"{prefix}/status", json.dumps(values).encode(), retained=True)


def answer(note: Note, prefix: str, trigger: Callable[[str], str]) -> Note:
    """Do what the command says; what is said to that. trigger(serial) gives the uid, or ""."""
    words = json.dumps(_obey(note, trigger), ensure_ascii=False).encode("utf-8", "replace")
    wish = note.reply_to
    where = wish if wish and not set(wish) & set("+#") else f"{prefix}/answer"
    return Note(where, words, correlation=note.correlation)


def _obey(note: Note, trigger: Callable[[str], str]) -> dict[str, str | bool]:
    serial = _serial(note.payload)
    if serial is None:
        return {"error": 'only {"command": "trigger", "serial": "…"} is known'}
    uid = trigger(serial)
    said: dict[str, str | bool] = {"command": "trigger", "serial": serial}
    return {**said, "uid": uid} if uid else {**said, "missed": True}


def _serial(payload: bytes) -> str | None:
    """Of a command to trigger; None for any other."""
    try:
        asked = json.loads(payload) if len(payload) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    match asked:
        case {"command": "trigger", "serial": str(serial)} if len(serial) <= LONGEST:
            return serial
        case {"command": "trigger", "serial": _}:
            return None
        case {"command": "trigger"}:
            return ""
    return None
