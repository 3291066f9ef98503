"""One connection to an MQTT broker: made, used by one thread, and thrown away when it fails.

paho packs and unpacks; it keeps nothing that outlives the connection and starts no thread.
"""

import logging
import selectors
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from station.errors import ErrorCode, LineError
from station.secrets import Secret, find_secret

if TYPE_CHECKING:
    from paho.mqtt.client import Client
    from paho.mqtt.properties import Properties

log = logging.getLogger(__name__)

PASSWORD = Secret("STATION_MQTT_PASSWORD", "mqtt")
CONNECT_SECONDS = 3.0  # to reach the broker, and again for its answer
KEEPALIVE_SECONDS = 3  # a silent broker is given up after twice that
POLL_SECONDS = 0.5
_REFUSED = (133, 134, 135, 138, 140)  # client id, password, not authorised, banned, bad method
_VERSION = (1, 132)  # 1: said by a broker that knows only MQTT 3
_TAKEN_OVER = 142
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Broker:
    """Where a broker is, and who the station is there. With any of the files it is TLS too.

    client: a name that no other client has; the broker throws out the older of two.
    ca: the certificate that signed the broker's; empty: those the system trusts.
    certificate, key: the station's own, where the broker wants one.
    """

    host: str
    port: int
    client: str
    user: str = ""
    tls: bool = False
    ca: str = ""
    certificate: str = ""
    key: str = ""

    @property
    def address(self) -> str:
        """host:port, for people."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Note:
    """What is published, or came in. correlation: what the asker wants back with the answer."""

    topic: str
    payload: bytes
    retained: bool = False
    reply_to: str = ""
    correlation: bytes = b""


class Session:
    """Every method raises LineError when the connection is of no use any more.

    MACHINE_LINK_LOST, MACHINE_REFUSED_LOGIN, MACHINE_MISSPOKE or MACHINE_BAD_OPTION.
    `wake` is a socket that ends a wait when readable.
    """

    def __init__(self, broker: Broker, wake: socket.socket, will: Note | None = None) -> None:
        self._broker = broker
        self._wake = wake
        self._will = will
        self._client: Client | None = None
        self._selector = selectors.DefaultSelector()
        self._heard: list[Note] = []
        self._acked: list[int] = []
        self._failure: LineError | None = None
        self.up = False

    def open(self) -> None:
        """Connect, and wait for the broker's welcome; some seconds at most."""
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._client = client = self._make()
        try:
            client.connect(
                self._broker.host, self._broker.port, KEEPALIVE_SECONDS, clean_start=True
            )
        except ssl.SSLError as error:
            raise self._misspoke(f"TLS: {error.reason or error}") from None
        except (OSError, ValueError) as error:  # a name that is none is a ValueError
            raise self._lost(error) from None
        deadline = time.monotonic() + CONNECT_SECONDS
        while not self.up:
            if time.monotonic() > deadline:
                raise self._lost("no answer")
            self.exchange(POLL_SECONDS)

    def close(self) -> None:
        """Take leave, so that the broker does not say the last will; safe to call twice."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):
                if self.up and self._failure is None:
                    client.disconnect()
            taken = client.socket()
            if taken is not None:
                taken.close()
        self._selector.close()

    def listen(self, *topics: str) -> None:
        """Have everything on these topics; nothing is said twice, at the price of a lost one."""
        for topic in topics:
            self._running().subscribe(topic, qos=0)

    def say(self, note: Note, sure: bool = True) -> int:
        """Publish; the number under which it will be acknowledged where `sure`."""
        info = self._running().publish(
            note.topic,
            note.payload,
            qos=1 if sure else 0,
            retain=note.retained,
            properties=_properties(note),
        )
        self._check()
        return info.mid

    def gone(self, reason: str) -> LineError:
        """What to raise when it turns out that nobody is there any more."""
        return self._lost(reason)

    def acked(self) -> list[int]:
        """What the broker has acknowledged since the last call."""
        taken, self._acked = self._acked, []
        return taken

    def exchange(self, seconds: float) -> list[Note]:
        """Send, receive, or wait so long; what came in."""
        client = self._running()
        found = client.socket()
        if found is None:
            raise self._lost("closed")
        pending = isinstance(found, ssl.SSLSocket) and found.pending() > 0
        interest = selectors.EVENT_READ | (selectors.EVENT_WRITE if client.want_write() else 0)
        self._selector.register(found, interest)
        try:
            ready = self._selector.select(0.0 if pending else seconds)
        finally:
            self._selector.unregister(found)
        events = {key.fileobj: event for key, event in ready}
        if self._wake in events:
            self._wake.recv(_CHUNK)
        try:
            self._work(client, events.get(found, 0) | (selectors.EVENT_READ if pending else 0))
        except LineError:
            raise
        except Exception as error:  # noqa: BLE001 - what paho says to garbage depends on the bytes
            raise self._misspoke(f"{type(error).__name__}: {error}") from None
        self._check()
        heard, self._heard = self._heard, []
        return heard

    def _work(self, client: "Client", events: int) -> None:
        if events & selectors.EVENT_READ:
            client.loop_read()
        if client.want_write():
            client.loop_write()
        client.loop_misc()

    def _make(self) -> "Client":
        from paho.mqtt.client import Client, MQTTv5
        from paho.mqtt.enums import CallbackAPIVersion

        broker = self._broker
        client = Client(
            CallbackAPIVersion.VERSION2, broker.client, protocol=MQTTv5, reconnect_on_failure=False
        )
        client.connect_timeout = CONNECT_SECONDS
        client.max_inflight_messages_set(0)  # who publishes counts them
        if broker.user:
            client.username_pw_set(broker.user, find_secret(PASSWORD))
        if broker.tls or broker.ca or broker.certificate:
            client.tls_set_context(self._tls())
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, 1, self._will.retained)
        client.on_socket_open = _no_delay
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_publish = self._on_publish
        client.on_message = self._on_message
        client.on_subscribe = self._on_subscribe
        return client

    def _tls(self) -> ssl.SSLContext:
        broker = self._broker
        try:
            context = ssl.create_default_context(cafile=broker.ca or None)
        except OSError:
            raise _bad_file("ca") from None
        if broker.certificate:
            try:
                context.load_cert_chain(broker.certificate, broker.key or None)
            except OSError:
                raise _bad_file("certificate") from None
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.sslsocket_class = _TlsSocket
        return context

    # ── what paho calls ─────────────────────────────────────────────────────────────────────

    def _on_connect(
        self, _client: Any, _data: Any, _flags: Any, reason: Any, _properties: Any = None
    ) -> None:
        if not reason.is_failure:
            self.up = True
        elif reason.value in _REFUSED:
            self._fail(self._refused())
        elif reason.value in _VERSION:
            self._fail(self._misspoke("MQTT 5 is needed"))
        else:
            self._fail(self._lost(reason))

    def _on_disconnect(
        self, _client: Any, _data: Any, _flags: Any, reason: Any, _properties: Any = None
    ) -> None:
        if reason.value in (129, 130):  # malformed packet, protocol error
            self._fail(self._misspoke(str(reason)))
        elif reason.value == _TAKEN_OVER:
            self._fail(self._misspoke(f"another client calls itself {self._broker.client}"))
        else:
            self._fail(self._lost(reason))

    def _on_publish(
        self, _client: Any, _data: Any, mid: int, reason: Any = None, _properties: Any = None
    ) -> None:
        if reason is not None and reason.is_failure:
            self._fail(self._refused())  # the user may log in, and not publish here
        else:
            self._acked.append(mid)

    def _on_subscribe(
        self, _client: Any, _data: Any, _mid: int, reasons: Any, _properties: Any = None
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            self._fail(self._refused())

    def _on_message(self, _client: Any, _data: Any, message: Any) -> None:
        asked = message.properties
        self._heard.append(
            Note(
                message.topic,
                bytes(message.payload),
                bool(message.retain),
                str(getattr(asked, "ResponseTopic", "")),
                bytes(getattr(asked, "CorrelationData", b"")),
            )
        )

    # ── what can be wrong ───────────────────────────────────────────────────────────────────

    def _running(self) -> "Client":
        if self._client is None:
            raise self._lost("closed")
        return self._client

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _fail(self, error: LineError) -> None:
        """The first reason counts; what follows is only its end."""
        self._failure = self._failure or error

    def _lost(self, reason: object) -> LineError:
        log.info("no link to the broker %s: %s", self._broker.address, reason)
        return LineError(ErrorCode.MACHINE_LINK_LOST, address=self._broker.address)

    def _refused(self) -> LineError:
        return LineError(ErrorCode.MACHINE_REFUSED_LOGIN, address=self._broker.address)

    def _misspoke(self, reason: str) -> LineError:
        address = self._broker.address
        return LineError(ErrorCode.MACHINE_MISSPOKE, address=address, reason=reason)


class _TlsSocket(ssl.SSLSocket):
    """Closed when the handshake fails: nobody else would do it."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except BaseException:
            self.close()
            raise


def _properties(note: Note) -> "Properties | None":
    if not note.correlation:
        return None
    from paho.mqtt.packettypes import PacketTypes
    from paho.mqtt.properties import Properties

    properties: Any = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
    properties.CorrelationData = note.correlation
    made: Properties = properties
    return made


def _no_delay(_client: Any, _data: Any, opened: Any) -> None:
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _bad_file(option: str) -> LineError:
    allowed = "the path of a PEM file that can be read"
    return LineError(ErrorCode.MACHINE_BAD_OPTION, kind="mqtt", option=option, allowed=allowed)
