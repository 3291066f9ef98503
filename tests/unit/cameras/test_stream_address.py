import pytest

from station.cameras.stream.address import is_stream, masked, with_password

VARIABLE = "STATION_CAMERA_PASSWORD"


@pytest.mark.parametrize("text", ["rtsp://h/x", "RTSPS://h/x", "http://h", "https://h", "udp://@h"])
def test_what_is_a_stream(text: str) -> None:
    assert is_stream(text)


@pytest.mark.parametrize(
    "text", ["", "0", "/dev/video0", "C:\\a.avi", "file:///x", "a.mp4", "rtsp"]
)
def test_what_is_none(text: str) -> None:
    assert not is_stream(text)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("rtsp://10.0.0.9:554/a?b=1", "rtsp://10.0.0.9:554/a?b=1"),
        ("rtsp://user@10.0.0.9/a", "rtsp://user@10.0.0.9/a"),
        ("rtsp://user:secret@10.0.0.9:554/a", "rtsp://user:***@10.0.0.9:554/a"),
        ("rtsp://user:se/cr@et:x@10.0.0.9/a", "rtsp://user:***@10.0.0.9/a"),
        ("rtsp://:secret@10.0.0.9/a", "rtsp://:***@10.0.0.9/a"),
        ("http://h/v?user=a&password=secret&x=1", "http://h/v?user=a&password=***&x=1"),
        ("http://h/v?PWD=secret", "http://h/v?PWD=***"),
        ("http://h/v?token=secret", "http://h/v?token=***"),
    ],
)
def test_a_password_is_not_shown(address: str, seen: str) -> None:
    assert masked(address) == seen
    assert masked(seen) == seen


def test_a_user_without_a_password_gets_the_one_that_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, "p/a:ss@ ü")
    assert with_password("rtsp://user@h:554/a") == "rtsp://user:p%2Fa%3Ass%40%20%C3%BC@h:554/a"
    assert with_password("rtsp://user:own@h/a") == "rtsp://user:own@h/a"
    assert with_password("rtsp://h/a") == "rtsp://h/a"


def test_without_one_the_address_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setitem(__import__("sys").modules, "keyring", None)
    assert with_password("rtsp://user@h/a") == "rtsp://user@h/a"
