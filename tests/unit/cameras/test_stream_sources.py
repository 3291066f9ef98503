import base64
import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from station.cameras.stream.sources import (
    FFMPEG_OPTIONS,
    decode,
    open_pictures,
    open_stream,
    take_part,
)
from tests.unit.cameras.pictures import encode

USER, PASSWORD = "viewer", "p@ss/w:rd"
JPEG = encode(".jpg", np.full((48, 64), 90, np.uint8))
LOGIN = "viewer:p%40ss%2Fw%3Ard"
ASK = {"basic": 'Basic realm="cam"', "digest": 'Digest realm="cam", nonce="abc", qop="auth"'}


@pytest.fixture(autouse=True)
def options_of_this_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """FFmpeg's options are set for a whole process, which elsewhere reads nothing but a stream."""
    monkeypatch.setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", FFMPEG_OPTIONS)
    monkeypatch.setenv("OPENCV_FFMPEG_LOGLEVEL", "-8")


def part(body: bytes, with_length: bool = True) -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if with_length else ""
    return f"--x\r\nContent-Type: image/jpeg\r\n{length}\r\n".encode() + body + b"\r\n"


@pytest.mark.parametrize("with_length", [True, False])
def test_parts_are_taken_one_after_the_other(with_length: bool) -> None:
    other = encode(".jpg", np.full((48, 64), 30, np.uint8))
    kept = bytearray(part(JPEG, with_length) + part(other, with_length))
    assert take_part(kept) == JPEG
    assert take_part(kept) == other
    assert take_part(kept) is None


def test_a_part_that_is_not_whole_yet_is_waited_for() -> None:
    whole = part(JPEG)
    kept = bytearray()
    for at in range(0, len(whole) - 2, 97):
        kept += whole[at : at + 97]
        if len(kept) < len(whole) - 2:
            assert take_part(kept) is None
    kept[:] = whole
    assert take_part(kept) == JPEG


def test_what_is_no_picture_is_none() -> None:
    assert decode(b"\xff\xd8 nothing \xff\xd9") is None
    picture = decode(JPEG)
    assert picture is not None
    assert picture.shape == (48, 64)


class Handler(BaseHTTPRequestHandler):
    scheme = ""
    mime = "multipart/x-mixed-replace; boundary=x"

    def do_GET(self) -> None:
        given = self.headers.get("Authorization", "")
        if not self._may(given):
            self.send_response(401)
            self.send_header("WWW-Authenticate", ASK[self.scheme])
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", self.mime)
        self.end_headers()
        self.wfile.write(part(JPEG) * 3)

    def _may(self, given: str) -> bool:
        if self.scheme == "basic":
            return given == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.scheme == "digest":
            return given.startswith("Digest ") and self._digest(given)
        return True

    def _digest(self, given: str) -> bool:
        said = dict(re.findall(r'(\w+)="?([^",]+)"?', given))
        first = md5(f"{USER}:cam:{PASSWORD}")
        second = md5(f"GET:{self.path}")
        middle = f"abc:{said.get('nc')}:{said.get('cnonce')}:{said.get('qop')}"
        return said.get("response") == md5(f"{first}:{middle}:{second}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


@contextmanager
def served(scheme: str, mime: str = Handler.mime) -> Iterator[str]:
    kind = type("Kind", (Handler,), {"scheme": scheme, "mime": mime})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}/live"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("scheme", ["", "basic", "digest"])
def test_a_camera_may_ask_for_a_password(scheme: str) -> None:
    with served(scheme) as place:
        source = open_pictures(f"http://{LOGIN}@{place}", 3)
        assert source is not None
        for _ in range(3):
            assert source.wait() == (True, None)
            assert source.picture() == JPEG
        assert source.wait() == (False, None)
        source.close()


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_a_wrong_password_opens_nothing(scheme: str) -> None:
    with served(scheme) as place:
        assert open_stream(f"http://viewer:wrong@{place}", 3, 0.5) is None


def test_an_answer_that_is_no_stream_is_none() -> None:
    with served("", "text/html") as place:
        assert open_pictures(f"http://{place}", 3) is None
        assert open_stream(f"http://{place}", 3, 0.5) is None
