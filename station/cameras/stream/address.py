"""Addresses of network streams, with their passwords put in where needed and kept out of sight."""

from urllib.parse import quote, urlsplit, urlunsplit

from station.logs import mask
from station.secrets import Secret, find_secret

SCHEMES = ("rtsp", "rtsps", "http", "https", "rtmp", "rtp", "udp", "tcp", "srt")
PASSWORD = Secret("STATION_CAMERA_PASSWORD", "camera")


def is_stream(text: str) -> bool:
    """Whether this is the address of a stream, and no file, folder or device."""
    return text.partition("://")[0].lower() in SCHEMES and "://" in text


def masked(address: str) -> str:
    """The address as it may be shown, logged and recorded."""
    return mask(address)


def with_password(address: str) -> str:
    """The address to open: a user without a password gets the one that is kept for cameras."""
    parts = urlsplit(address)
    login, at, host = parts.netloc.rpartition("@")
    if not at or ":" in login:
        return address
    password = find_secret(PASSWORD)
    if password is None:
        return address
    return urlunsplit(parts._replace(netloc=f"{login}:{quote(password, safe='')}@{host}"))
