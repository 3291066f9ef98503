"""Process values that others publish by MQTT: a sensor, a gateway, a machine.

A tag is a topic, whose payload is a number, true or false; or topic#key.key, whose payload is
JSON with the value under these keys. The value counts for three periods from when it came.
"""

import json
import logging
import secrets
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from station.domain.options import OptionError
from station.errors import LineError
from station.machine.base import OnFault
from station.machine.listening import Teller
from station.machine.mqtt.session import Broker, Note, Session
from station.machine.reading_loop import FRESH_PERIODS, Latest, readings_lost
from station.machine.readings import Reading, Tag

log = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
CLOSE_SECONDS = 8.0
BEAT_SECONDS = 0.5
MOST_BYTES = 65536  # of a payload

Wanted = Mapping[str, tuple[tuple[Tag, tuple[str, ...]], ...]]
"""By topic: its tags, each with its way through the JSON."""


class MqttSource:
    """One thread keeps the session, and connects again when it is lost.

    retained: what the broker kept from earlier counts as if it came now; else nobody knows how
    old it is, and it is left aside.
    """

    def __init__(
        self, broker: Broker, every: float, tags: tuple[Tag, ...], retained: bool = False
    ) -> None:
        self.name = f"mqtt {broker.address}"
        self.every = every
        self._broker = broker
        self._retained = retained
        self._wanted = _by_topic(tags)
        self._latest = Latest(FRESH_PERIODS * every)
        self._odd: set[str] = set()
        self._closing = threading.Event()
        self._wake: socket.socket | None = None
        self._thread: threading.Thread | None = None

    def open(self, on_fault: OnFault) -> None:
        """Begin to listen; the first failure is told like any later one."""
        self._closing.clear()
        inner, self._wake = socket.socketpair()
        inner.setblocking(False)
        self._thread = threading.Thread(
            target=self._run, args=(Teller(on_fault), inner), name="mqtt-source", daemon=True
        )
        self._thread.start()

    def latest(self) -> tuple[Reading, ...]:
        """Of each tag that came within three periods."""
        return self._latest.fresh()

    def close(self) -> None:
        """Stop listening."""
        self._closing.set()
        if self._wake is not None:
            with suppress(OSError):
                self._wake.send(b"!")
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)
        self._thread = None
        if self._wake is not None:
            self._wake.close()
            self._wake = None

    # ── the listening thread ────────────────────────────────────────────────────────────────

    def _run(self, teller: Teller, wake: socket.socket) -> None:
        with wake:
            while not self._closing.is_set():
                session = Session(self._broker, wake)
                try:
                    session.open()
                    self._listen(session, teller)
                except LineError as error:
                    log.info("%s: %s", self.name, error)
                except Exception:
                    log.exception("%s failed in a way it should not", self.name)
                finally:
                    session.close()
                if not self._closing.is_set():
                    teller.tell(readings_lost("mqtt", self._broker.address))
                    self._closing.wait(RETRY_SECONDS)

    def _listen(self, session: Session, teller: Teller) -> None:
        session.listen(*self._wanted)
        while not self._closing.is_set():
            for note in session.exchange(BEAT_SECONDS):
                self._hear(note)
            teller.tell(None)

    def _hear(self, note: Note) -> None:
        if note.retained and not self._retained:
            return
        at_ns = time.monotonic_ns()
        for tag, keys in self._wanted.get(note.topic, ()):
            raw = _number(note.payload, keys)
            if raw is not None:
                value = raw * tag.scale + tag.offset
                self._latest.put(Reading(tag.name, value, tag.unit, at_ns))
            elif tag.name not in self._odd:
                self._odd.add(tag.name)
                log.warning("%s: no number for %s in %s", self.name, tag.name, tag.tag)


def _number(payload: bytes, keys: tuple[str, ...]) -> float | None:
    """The number in a payload; None where there is none."""
    try:
        found: Any = json.loads(payload) if len(payload) <= MOST_BYTES else None
        for key in keys:
            found = found[int(key)] if isinstance(found, list) else found[key]
        return float(found) if isinstance(found, int | float) else None
    except (ValueError, LookupError, TypeError, RecursionError, OverflowError):
        return None


def _by_topic(tags: tuple[Tag, ...]) -> Wanted:
    found: dict[str, tuple[tuple[Tag, tuple[str, ...]], ...]] = {}
    for tag in tags:
        topic, _, path = tag.tag.partition("#")
        keys = tuple(path.split(".")) if path else ()
        found[topic] = (*found.get(topic, ()), (tag, keys))
    return found


def make_mqtt_source(
    host: str,
    port: int,
    every: float,
    tags: tuple[Tag, ...],
    client: str = "",
    user: str = "",
    tls: bool = False,
    ca: str = "",
    certificate: str = "",
    key: str = "",
    retained: bool = False,
) -> MqttSource:
    """From options as settings hold them; those of the broker as the machine `mqtt` has them.

    Raises OptionError.
    """
    for tag in tags:
        topic = tag.tag.partition("#")[0]
        if not topic or "+" in topic or "\0" in topic:
            raise OptionError("tag", "such as plant/oven/temperature, plant/oven#zone1.value")
    client = client or f"station-{socket.gethostname()}-values-{secrets.token_hex(4)}"
    broker = Broker(host, port, client, user, tls, ca, certificate, key)
    return MqttSource(broker, every, tags, retained)
