"""The two ways to read a network stream: pictures over HTTP, and whatever FFmpeg understands."""

import os
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

import cv2
import numpy as np

from station.cameras.ffmpeg import load_ffmpeg
from station.cameras.image_file import Decoded, hush

PIECE = 1 << 16
LARGEST_PART = 1 << 27
NO_STAMP = -(1 << 63)
JPEG_BEGIN, JPEG_END = b"\xff\xd8", b"\xff\xd9"
Raw = Decoded | bytes  # bytes are a picture file: they are decoded by whoever needs it
FFMPEG_OPTIONS = "rtsp_transport;tcp|fflags;nobuffer|flags;low_delay"


class StreamSource(Protocol):
    """One open stream; `wait` may hang for ever, as the libraries below it do."""

    def wait(self) -> tuple[bool, int | None]:
        """Wait for the next picture: whether there is one, and its own clock's stamp in ns."""

    def picture(self) -> Raw | None:
        """The picture that was waited for; None where it cannot be decoded."""

    def close(self) -> None:
        """Let go of it."""


def open_stream(address: str, seconds: float, stale: float) -> StreamSource | None:
    """Connect; None where nothing answers in that time, or it is no stream."""
    if address.startswith(("http://", "https://")):
        try:
            found = open_pictures(address, seconds)
        except (OSError, ValueError):
            return None
        if found is not None:
            return found
    return open_ffmpeg(address, seconds, stale)


class FfmpegStream:
    """RTSP and all else, by OpenCV's FFmpeg."""

    def __init__(self, capture: cv2.VideoCapture) -> None:
        self._capture = capture

    def wait(self) -> tuple[bool, int | None]:
        """Wait for a packet and decode it: the codec needs every one."""
        good = self._capture.grab()
        if self._capture.get(cv2.CAP_PROP_PTS) <= NO_STAMP:
            return good, None
        return good, round(self._capture.get(cv2.CAP_PROP_POS_MSEC) * 1e6)

    def picture(self) -> Raw | None:
        """The picture as it was decoded, in BGR."""
        good, picture = self._capture.retrieve()
        return picture if good else None

    def close(self) -> None:
        """Say good-bye to the server."""
        self._capture.release()


def open_ffmpeg(address: str, seconds: float, stale: float) -> FfmpegStream | None:
    """One thread: several keep some pictures back. None where nothing answers."""
    hush()
    load_ffmpeg()
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", FFMPEG_OPTIONS)
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    opening, reading = round(seconds * 1000), round(max(stale, 1.5) * 1000)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, opening, cv2.CAP_PROP_READ_TIMEOUT_MSEC, reading]
    limits += [cv2.CAP_PROP_N_THREADS, 1]
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        capture.release()
        return None
    return FfmpegStream(capture)


class HttpPictures:
    """JPEG pictures one after the other in a multipart answer."""

    def __init__(self, answer: HTTPResponse) -> None:
        self._answer = answer
        self._parts = self._read()
        self._newest = b""

    def wait(self) -> tuple[bool, int | None]:
        """Wait until a picture is there whole."""
        newest = next(self._parts, None)
        if newest is None:
            return False, None
        self._newest = newest
        return True, None

    def picture(self) -> Raw | None:
        """The newest, as it came."""
        return self._newest

    def close(self) -> None:
        """Close the connection."""
        self._answer.close()

    def _read(self) -> Iterator[bytes]:
        kept = bytearray()
        while True:
            try:
                piece = self._answer.read1(PIECE)
            except OSError:
                return
            if not piece or len(kept) > LARGEST_PART:
                return
            kept += piece
            while (part := take_part(kept)) is not None:
                yield part


def decode(raw: Raw) -> Decoded | None:
    """The picture in BGR or grey; None for a file that is none."""
    if not isinstance(raw, bytes):
        return raw
    return cv2.imdecode(np.frombuffer(raw, np.uint8), cv2.IMREAD_UNCHANGED)


def take_part(kept: bytearray) -> bytes | None:
    """Take the first whole part out of what was received; None where none is whole yet.

    A part ends where its length says; without one, at the end of the JPEG before the next head.
    """
    begin = kept.find(JPEG_BEGIN)
    if begin < 0:
        return None
    length = _length(bytes(kept[:begin]))
    if length is None:
        end = kept.find(JPEG_END + b"\r\n", begin)
        if end < 0:
            return None
        length = end + len(JPEG_END) - begin
    if len(kept) < begin + length:
        return None
    part = bytes(kept[begin : begin + length])
    del kept[: begin + length]
    return part


def _length(head: bytes) -> int | None:
    for line in head.lower().splitlines():
        name, _, value = line.partition(b":")
        if name.strip() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None


def open_pictures(address: str, seconds: float) -> HttpPictures | None:
    """Ask for them; None where the answer is no series of pictures. Raises OSError, ValueError.

    A user and password in the address are given as the server asks for them, Basic or Digest; for
    Digest they must be ASCII.
    """
    plain, user, password = _split_login(address)
    request = urllib.request.Request(plain, headers={"User-Agent": "station"})  # noqa: S310 - http
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if user:
        passwords.add_password(None, plain, user, password)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPBasicAuthHandler(passwords),
        urllib.request.HTTPDigestAuthHandler(passwords),
    )
    answer = opener.open(request, timeout=seconds)
    if answer.headers.get_content_maintype() != "multipart":
        answer.close()
        return None
    return HttpPictures(answer)


def _split_login(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    login, _, host = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    plain = urlunsplit(parts._replace(netloc=host))
    return plain, unquote(user), unquote(password)
