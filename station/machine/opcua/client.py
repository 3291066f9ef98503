"""The station as an OPC UA client: connect, read the tags, connect again when the link is lost."""

import asyncio
import logging
import math
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from asyncua import Client, ua
from asyncua.common.utils import ServiceError
from asyncua.crypto.security_policies import SecurityPolicyBasic256Sha256
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from station.errors import ErrorCode, Fault
from station.machine.listening import Teller
from station.machine.opcua.source import Target
from station.machine.opcua.trust import Trust
from station.machine.reading_loop import Latest, readings_lost
from station.machine.readings import Reading, Tag

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
ALIVE_SECONDS = 1.0  # a server is asked at least so often whether it is still there
TICK_SECONDS = 0.05

_REFUSALS = frozenset(
    (
        ua.StatusCodes.BadUserAccessDenied,
        ua.StatusCodes.BadIdentityTokenRejected,
        ua.StatusCodes.BadIdentityTokenInvalid,
        ua.StatusCodes.BadSecurityChecksFailed,
        ua.StatusCodes.BadSecurityPolicyRejected,
        ua.StatusCodes.BadCertificateUntrusted,
        ua.StatusCodes.BadCertificateInvalid,
        ua.StatusCodes.BadCertificateTimeInvalid,
        ua.StatusCodes.BadCertificateUriInvalid,
        ua.StatusCodes.BadCertificateUseNotAllowed,
    )
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read from where, and where it goes to."""

    target: Target
    tags: tuple[Tag, ...]
    every: float
    latest: Latest
    teller: Teller
    closing: threading.Event


async def read(order: Order) -> None:
    """Until it is closed; a lost link is told, and made again."""
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # what matters is told or logged here
    target = order.target
    while not order.closing.is_set():
        client = _client(target)
        try:
            await asyncio.wait_for(_connect(client, target), 3 * target.timeout)
            await _read_on(client, order)
        except (OSError, TimeoutError, ua.UaError, ServiceError) as error:
            log.info("%s: %s", target.address, error or type(error).__name__)
            order.teller.tell(_fault(target, error))
        finally:
            await _let_go(client)
        await _sleep(order, RETRY_SECONDS)


def _client(target: Target) -> Any:
    client = Client(target.url, timeout=target.timeout)
    client.name = client.description = "Station"
    client.application_uri = f"urn:{socket.gethostname()}:station"
    client.product_uri = "urn:station"
    client.session_timeout = 30_000
    return client


async def _connect(client: Any, target: Target) -> None:
    if target.mode:
        await _secure(client, target)
    if target.user:
        client.set_user(target.user)
        client.set_password(target.password)
    await client.connect()


async def _secure(client: Any, target: Target) -> None:
    """Basic256Sha256 with the station's certificate, to a server whose certificate is trusted."""
    trust = Trust(target.folder / "opcua")
    own = await asyncio.to_thread(trust.own, client.application_uri)
    modes = ua.MessageSecurityMode
    mode = modes.Sign if target.mode == "sign" else modes.SignAndEncrypt
    await client.set_security(SecurityPolicyBasic256Sha256, own.certificate, own.key, mode=mode)
    if not trust.trusts(client.security_policy.peer_certificate):
        raise ServiceError(ua.StatusCodes.BadCertificateUntrusted)

    async def same(certificate: x509.Certificate, _server: object) -> None:
        if not trust.trusts(certificate.public_bytes(Encoding.DER)):
            raise ServiceError(ua.StatusCodes.BadCertificateUntrusted)

    client.certificate_validator = same


async def _read_on(client: Any, order: Order) -> None:
    """Raises what ends the link."""
    nodes = [ua.NodeId.from_string(tag.tag) for tag in order.tags]
    alive = [ua.NodeId(ua.ObjectIds.Server_ServerStatus_State)]
    odd: set[str] = set()
    due = time.monotonic()
    while not order.closing.is_set():
        if time.monotonic() >= due:
            values = await client.uaclient.read_attributes(nodes, ua.AttributeIds.Value)
            missing = _take(values, order, odd)
            where = order.target.address
            lost = readings_lost("opcua", f"{where} {missing[0].tag}") if missing else None
            order.teller.tell(lost)
            due = max(due + order.every, time.monotonic())
        else:
            await client.uaclient.read_attributes(alive, ua.AttributeIds.Value)
        await _sleep(order, min(ALIVE_SECONDS, due - time.monotonic()))


def _take(values: Sequence[Any], order: Order, odd: set[str]) -> list[Tag]:
    """Keep what are numbers; the tags that gave none."""
    missing, at_ns = [], time.monotonic_ns()
    for tag, value in zip(order.tags, values, strict=True):
        number = _number(value)
        if number is None:
            missing.append(tag)
            if tag.name not in odd:
                odd.add(tag.name)
                log.warning("%s: %s is no number", order.target.address, tag.tag)
            continue
        odd.discard(tag.name)
        order.latest.put(Reading(tag.name, number * tag.scale + tag.offset, tag.unit, at_ns))
    return missing


def _number(value: Any) -> float | None:
    """None for a bad status, a text, an array, and what is not finite."""
    if not value.StatusCode.is_good() or value.Value is None:
        return None
    found = value.Value.Value
    if not isinstance(found, bool | int | float) or not math.isfinite(found):
        return None
    return float(found)


def _fault(target: Target, error: BaseException) -> Fault:
    if getattr(error, "code", None) in _REFUSALS:
        return Fault(ErrorCode.MACHINE_REFUSED_LOGIN, (("address", target.address),))
    return readings_lost("opcua", target.address)


async def _let_go(client: Any) -> None:
    """Politely where the server still answers; in any case."""
    with suppress(Exception):
        await asyncio.wait_for(client.disconnect(), 1.0)
    with suppress(Exception):
        client.disconnect_socket()


async def _sleep(order: Order, seconds: float) -> None:
    until = time.monotonic() + seconds
    while not order.closing.is_set() and (left := until - time.monotonic()) > 0:
        await asyncio.sleep(min(TICK_SECONDS, left))
