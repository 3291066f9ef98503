"""One life of the OPC UA server, in an event loop of its own: listen, hear, publish."""

import asyncio
import errno
import hmac
import logging
import socket
import time
from contextlib import suppress

from asyncua import Server, ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.permission_rules import User, UserRole

from station.errors import ErrorCode, Fault
from station.machine.opcua import news as news
from station.machine.opcua import structs as structs
from station.machine.opcua.link import Hooks, Inbox, Place
from station.machine.opcua.methods import Methods
from station.machine.opcua.model import Model, build
from station.machine.opcua.states import State
from station.machine.opcua.trust import Trust
from station.machine.opcua.vision import Vision

log = logging.getLogger(__name__)

TICK_SECONDS = 0.05
RETRY_SECONDS = 1.0
LAST_WORD_SECONDS = 0.3  # for subscriptions to hear that nothing is OK any more
CONNECTIONS = 50
MESSAGE_BYTES = 4 * 2**20


async def serve(place: Place, vision: Vision, inbox: Inbox, hooks: Hooks) -> None:
    """Until the inbox closes. Raises whatever ends the server's life earlier."""
    loop, wake = asyncio.get_running_loop(), asyncio.Event()
    inbox.bind(lambda: loop.call_soon_threadsafe(wake.set))
    try:
        taken = _taken(place)
        if taken is not None:  # told before the seconds that the model takes
            hooks.tell(taken)
        server = await _made(place)
        if inbox.closing.is_set():
            return
        model = await build(server)
        recipes = place.folder / "recipes"
        publisher = Publisher(model, vision)
        Methods(vision, hooks.ask, recipes, time.monotonic, publisher.publish).link(model)
        vision.begin_anew(time.monotonic())
        await publisher.publish()
        if not await _wait_for_port(place, inbox, hooks):
            return
        await server.start()
        inbox.orders.clear()  # of the server before: an old word would be of another part
        hooks.tell(None)
        log.info("OPC UA server listens on %s", place.address)
        try:
            await _live(server, publisher, inbox, hooks, wake)
        finally:
            await server.stop()
    finally:
        inbox.bind(None)


async def _live(
    server: Server, publisher: "Publisher", inbox: Inbox, hooks: Hooks, wake: asyncio.Event
) -> None:
    vision = publisher.vision
    while not inbox.closing.is_set():
        now = time.monotonic()
        while inbox.orders:
            inbox.orders.popleft()(vision, now)
        vision.tick(now)
        if vision.part_due(now):
            hooks.ask("")
        await publisher.publish()
        hooks.shown(vision.tags(), len(server.bserver.clients))
        with suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), TICK_SECONDS)
        wake.clear()
    vision.line_ready(is_ready=False, now=time.monotonic())
    await publisher.publish()
    if server.bserver.clients:
        await asyncio.sleep(LAST_WORD_SECONDS)


async def _made(place: Place) -> Server:
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # what matters is logged here
    trust = Trust(place.folder / "opcua")
    server = Server(user_manager=Users(place, trust))
    await server.init()
    uri = f"urn:{socket.gethostname()}:station"
    await server.set_application_uri(uri)
    server.name, server.product_uri, server.manufacturer_name = "Station", "urn:station", "Station"
    server.set_endpoint(f"opc.tcp://{place.address}/station")
    server.iserver.max_connections = CONNECTIONS
    server.limits.max_message_size = MESSAGE_BYTES
    server.limits.max_chunk_count = MESSAGE_BYTES // server.limits.max_recv_buffer + 1
    kinds = ua.SecurityPolicyType
    if place.password is None:
        server.set_security_policy([kinds.NoSecurity])
        server.set_identity_tokens([ua.AnonymousIdentityToken])
        return server
    own = await asyncio.to_thread(trust.own, uri)
    await server.load_certificate(own.certificate)
    await server.load_private_key(own.key)
    server.set_security_policy([kinds.Basic256Sha256_SignAndEncrypt, kinds.Basic256Sha256_Sign])
    server.set_identity_tokens([ua.UserNameIdentityToken])
    return server


async def _wait_for_port(place: Place, inbox: Inbox, hooks: Hooks) -> bool:
    """Until the address can be listened on; False where the inbox closed before."""
    told: Fault | None = None
    while not inbox.closing.is_set():
        fault = _taken(place)
        if fault is None:
            return True
        if fault != told:
            told = fault
            log.warning("no OPC UA server on %s: %s", place.address, fault.code)
        hooks.tell(fault)
        until = time.monotonic() + RETRY_SECONDS
        while not inbox.closing.is_set() and time.monotonic() < until:
            await asyncio.sleep(TICK_SECONDS)
    return False


def _taken(place: Place) -> Fault | None:
    """Why nobody could listen there now; tried with a socket that is given up at once."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        socket.create_server((place.host, place.port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return Fault(ErrorCode.MACHINE_PORT_TAKEN, (("address", place.address),))
        reason = error.strerror or str(error)
        facts = (("address", place.address), ("reason", reason))
        return Fault(ErrorCode.MACHINE_CANNOT_LISTEN, facts)
    return None


class Users:
    """Who may come in: asked at every login with the certificate of the encrypted channel."""

    def __init__(self, place: Place, trust: Trust) -> None:
        self._place = place
        self._trust = trust

    def get_user(
        self,
        iserver: object,  # noqa: ARG002 - the library's signature
        username: str | None = None,
        password: str | None = None,
        certificate: bytes | None = None,
    ) -> User | None:
        """The user; None for a wrong name or password. Raises ServiceError."""
        wanted = self._place.password
        if wanted is None:
            return User(role=UserRole.User)
        if not certificate:  # a channel without security
            raise ServiceError(ua.StatusCodes.BadSecurityPolicyRejected)
        if not self._trust.trusts(certificate):
            raise ServiceError(ua.StatusCodes.BadCertificateUntrusted)
        if not (_same(username, self._place.user) and _same(password, wanted)):
            log.warning("an OPC UA client gave a wrong user or password")
            return None
        return User(role=UserRole.User, name=username)


def _same(given: str | None, wanted: str) -> bool:
    return hmac.compare_digest((given or "").encode(), wanted.encode())


# ── publishing ──────────────────────────────────────────────────────────────────────────────


class Publisher:
    """Brings to the clients what has changed; one at a time, whoever asks for it."""

    def __init__(self, model: Model, vision: Vision) -> None:
        self.vision = vision
        self._model = model
        self._lock = asyncio.Lock()

    async def publish(self) -> None:
        """First the values, then the events that speak of them."""
        async with self._lock:
            await self._model.write_tags(self.vision.tags())
            await self._model.write_state(self.vision.state)
            for item in self.vision.take_news():
                await _fire(self._model, item)


async def _fire(model: Model, item: news.News) -> None:
    match item:
        case news.StateChanged(before, after, call):
            words = f"{before} → {after}"
            await model.fire_transition("StateChangedEventType", words, before, after, call)
        case news.Failed(before):
            words = "the line inspects no parts"
            error = State.ERROR
            await model.fire_transition("ErrorEventType", words, before, error, "")
        case news.Resolved(after):
            words = "the line inspects parts again"
            error = State.ERROR
            await model.fire_transition("ErrorResolvedEventType", words, error, after, "")
        case news.ResultReady(result):
            words = f"{result.verdict}: {result.disposition.value}"
            fields = {
                "ResultId": structs.structure(structs.result_id(result.uid)),
                **structs.result_fields(result),
            }
            await model.fire("ResultReadyEventType", words, fields)
        case news.JobStarted(job):
            fields = {"JobId": structs.structure(structs.job_id(job))}
            await model.fire("JobStartedEventType", "the job began", fields)
        case news.Ready(job):
            fields = {"JobId": structs.structure(structs.job_id(job))}
            await model.fire("ReadyEventType", "the next job may come", fields)
        case news.RecipePrepared(recipe):
            fields = {"InternalId": structs.structure(structs.recipe_id(recipe))}
            await model.fire("RecipePreparedEventType", f"{recipe} is prepared", fields)
