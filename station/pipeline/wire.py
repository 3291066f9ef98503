"""What the line's process and its clients say to each other: typed messages as MessagePack.

Nothing is unpickled: what does not decode as one of these types ends the connection.
"""

import os
import socket
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from station.domain.inspection import DecisionKind
from station.domain.part import TriggerSource
from station.domain.recipe import Recipe
from station.domain.revision import RevisionState
from station.errors import Fault
from station.inference.model import ModelCard
from station.pipeline import events
from station.pipeline.events import Event, LineStatus
from station.store.releases import Release
from station.store.revisions import Draft

VERSION = 3


class Message(msgspec.Struct, frozen=True, tag_field="is"):
    """One message; a request with an `id` gets an Answer with the same."""


# ── from a client ───────────────────────────────────────────────────────────────────────────


class Hello(Message, frozen=True, tag="hello"):
    """The first message of a client."""

    version: int = VERSION


class AskTrigger(Message, frozen=True, tag="trigger"):
    """Answered by the part's uid, or "" when it was refused."""

    id: int
    source: TriggerSource
    serial: str = ""


class AskReady(Message, frozen=True, tag="ready"):
    """Answered by whether a trigger would be taken within so many seconds."""

    id: int
    timeout: float


class AskStill(Message, frozen=True, tag="still"):
    """Answered by a Picture, or None when the still has gone to the store."""

    id: int
    uid: str


class AskStatus(Message, frozen=True, tag="status"):
    """Answered by a LineStatus."""

    id: int


class Decide(Message, frozen=True, tag="decide"):
    """A person's word on a part; what came of it follows as an event."""

    uid: str
    kind: DecisionKind
    label: str | None = None
    reason: str = ""


class Confirm(Message, frozen=True, tag="confirm"):
    """A person has seen that banner."""

    entry: int


class Adopt(Message, frozen=True, tag="adopt"):
    """Judge by that recipe; what came of it follows as an event."""

    recipe: Recipe


class LookOn(Message, frozen=True, tag="shadow"):
    """Have that model judge silently beside the one in charge, or none."""

    path: str | None
    sha256: str = ""


class AskRelease(Message, frozen=True, tag="release"):
    """Answered by the recipe that is judged by from then on."""

    id: int
    order: Release


class AskRollBack(Message, frozen=True, tag="rollback"):
    """Answered by the recipe that is judged by from then on."""

    id: int
    product: str
    reason: str
    operator: str = ""


class AskRevision(Message, frozen=True, tag="revision"):
    """Keep a model; answered by its Revision."""

    id: int
    draft: Draft


class AskEvaluation(Message, frozen=True, tag="evaluation"):
    """Keep what a model was proven with; answered by its Revision."""

    id: int
    product: str
    number: int
    body: str
    operator: str = ""


class AskMove(Message, frozen=True, tag="move"):
    """Give a model its next state; answered by its Revision."""

    id: int
    product: str
    number: int
    state: RevisionState
    reason: str
    operator: str = ""


class AskChangeOver(Message, frozen=True, tag="changeover"):
    """Inspect what the settings say from now on; answered by None, and then the line goes."""

    id: int


class AskFeatures(Message, frozen=True, tag="features"):
    """Answered by the features of the camera."""

    id: int


class AskAdjust(Message, frozen=True, tag="adjust"):
    """Set a feature; answered by it as the camera granted it."""

    id: int
    name: str
    value: bool | int | float | str


class AskSignals(Message, frozen=True, tag="signals"):
    """Answered by the signals of the machine."""

    id: int


class Expect(Message, frozen=True, tag="expect"):
    """The next part that brings no serial has this one."""

    serial: str


class AskTest(Message, frozen=True, tag="test"):
    """Begin or end the test mode of the machine's outputs; answered by None."""

    id: int
    is_on: bool


class AskPress(Message, frozen=True, tag="press"):
    """Set an output of the machine in the test mode; answered by None."""

    id: int
    name: str
    value: bool | int | float | str


class WantLive(Message, frozen=True, tag="live"):
    """Keep the ring of live pictures filled for the next second."""


class ShowWindow(Message, frozen=True, tag="show"):
    """Have the window come to the front: somebody started the station a second time."""


ModelRequest = (
    Adopt
    | LookOn
    | AskRelease
    | AskRollBack
    | AskRevision
    | AskEvaluation
    | AskMove
    | AskChangeOver
)
"""What is said of models."""

SetupRequest = AskFeatures | AskAdjust | AskSignals | AskTest | AskPress
"""What is asked while somebody sets the station up."""

Request = (
    Hello
    | AskTrigger
    | AskReady
    | AskStill
    | AskStatus
    | Decide
    | Confirm
    | Expect
    | WantLive
    | ShowWindow
    | ModelRequest
    | SetupRequest
)


# ── from the line ───────────────────────────────────────────────────────────────────────────


class Answer(Message, frozen=True, tag="answer"):
    """The value for a request, or the fault in its place."""

    id: int
    value: msgspec.Raw = msgspec.Raw(b"\xc0")
    fault: Fault | None = None


class Told(Message, frozen=True, tag="told"):
    """An event of the line: the name of its type, and itself."""

    name: str
    event: msgspec.Raw


class Standing(Message, frozen=True, tag="standing"):
    """How the line stands; comes unasked, and before the event that changed it."""

    status: LineStatus


class Product(Message, frozen=True, tag="product"):
    """What is inspected; once at the start, and again when the model is open."""

    recipe: Recipe
    lot: str
    card: ModelCard | None


class LiveRing(Message, frozen=True, tag="ring"):
    """The file in the runtime folder where live pictures are from now on."""

    name: str


class Picture(Message, frozen=True, tag="picture"):
    """A still with its pixels: uint8 of the shape given."""

    uid: str
    shape: tuple[int, ...]
    pixels: bytes
    map_shape: tuple[int, ...] = ()
    map: bytes = b""
    roi: tuple[int, int, int, int] | None = None


Reply = Answer | Told | Standing | Product | LiveRing | ShowWindow

_EVENTS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        events.StateChanged,
        events.Inspected,
        events.Recorded,
        events.Decided,
        events.Disposed,
        events.Refused,
        events.Warned,
        events.Adopted,
    )
}
_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_replies = msgspec.msgpack.Decoder(Reply)


def encode(message: object) -> bytes:
    """A message, or a value of an Answer, as bytes."""
    return _encoder.encode(message)


def request(data: bytes) -> Request:
    """What a client said. Raises msgspec.MsgspecError."""
    message: Request = _requests.decode(data)
    return message


def reply(data: bytes) -> Reply:
    """What the line said. Raises msgspec.MsgspecError."""
    message: Reply = _replies.decode(data)
    return message


def told(event: Event) -> Told:
    """An event on its way out."""
    return Told(type(event).__name__, msgspec.Raw(encode(event)))


def heard(message: Told) -> Event:
    """The event that came in. Raises msgspec.MsgspecError or KeyError."""
    event: Event = msgspec.msgpack.decode(message.event, type=_EVENTS[message.name])
    return event


def answer(id_: int, value: object) -> Answer:
    """The value for a request."""
    return Answer(id_, msgspec.Raw(encode(value)))


def receive(connection: "Connection[bytes, bytes]", most: int | None = None) -> bytes:
    """The next message. Raises OSError or EOFError, also where another thread just hung up."""
    try:
        return connection.recv_bytes(most)
    except TypeError:  # what the module says of a handle that is gone
        raise EOFError from None


def hang_up(connection: "Connection[bytes, bytes]") -> None:
    """End a connection, also for a thread that waits for its next word; safe to call twice."""
    with suppress(OSError, ValueError):
        if sys.platform != "win32":
            with socket.socket(fileno=os.dup(connection.fileno())) as ours:
                ours.shutdown(socket.SHUT_RDWR)
        connection.close()
