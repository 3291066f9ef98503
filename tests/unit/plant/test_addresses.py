"""Addresses of a plant: which are any, what is shown of them, and where the secrets come from."""

import sys
from pathlib import Path

import pytest

from station import secrets
from station.errors import ErrorCode, SettingsError
from station.plant.database import database_url, is_here, shown_address
from station.plant.pictures import FolderPictures, S3Pictures, pictures_at
from station.secrets import KEYRING, PASSWORD, find_secret


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "sqlite:///plant.db",
        "mysql://u@h/d",
        "postgresql://u@h",  # which database?
        "postgresql://u:hunter2@h/d",
        "postgresql://u@h/d?password=hunter2",
        "postgresql://u@h/d?sslpassword=hunter2",
    ],
)
def test_no_address_of_a_database_and_no_secret_is_shown(address):
    with pytest.raises(SettingsError) as caught:
        database_url(address)
    assert caught.value.code is ErrorCode.PLANT_BAD_ADDRESS
    assert "hunter2" not in str(caught.value)


def test_the_password_is_taken_from_the_environment_and_not_shown(monkeypatch):
    monkeypatch.setenv(PASSWORD.variable, "hunter2 %@/")
    url = database_url("postgresql://u@h:5/d?sslmode=verify-full&sslrootcert=/ca.pem")
    assert (url.drivername, url.password) == ("postgresql+psycopg", "hunter2 %@/")
    assert dict(url.query) == {"sslmode": "verify-full", "sslrootcert": "/ca.pem"}
    assert shown_address(url) == "postgresql://u@h:5/d"


@pytest.mark.parametrize(
    "address", ["", "s3://", "s3://key:hunter2@bucket/x", "https://h/x", "s3://b/x?secret=hunter2"]
)
def test_no_address_of_pictures_and_no_secret_is_shown(address):
    with pytest.raises(SettingsError) as caught:
        pictures_at(address)
    assert caught.value.code is ErrorCode.PLANT_BAD_ADDRESS
    assert "hunter2" not in str(caught.value)


def test_addresses_of_pictures(tmp_path):
    folder = tmp_path / "a folder 图片 %20"
    for address in (str(folder), folder.as_uri()):
        found = pictures_at(address)
        assert isinstance(found, FolderPictures)
        assert Path(found.address) == folder
    found = pictures_at("s3://bucket/a/b/", "https://minio.plant:9000")
    assert isinstance(found, S3Pictures)
    assert (found.address, found.encrypted) == ("s3://bucket/a/b", True)
    assert pictures_at("s3://bucket", "http://minio.plant:9000").encrypted is False


def test_who_is_here():
    assert all(map(is_here, ("localhost", "127.0.0.1", "127.9.9.9", "::1", "/var/run", "")))
    assert not any(map(is_here, ("plant", "10.0.0.1", "localhost.example.org")))


def test_a_secret_comes_from_the_environment_then_from_the_keyring(monkeypatch):
    keyring = pytest.importorskip("keyring", reason="the keyring package is optional")
    from keyring.backend import KeyringBackend

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            known = (KEYRING, PASSWORD.entry)
            return "of the keyring" if (service, username) == known else None

        def set_password(self, service, username, password): ...

        def delete_password(self, service, username): ...

    former = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    try:
        monkeypatch.delenv(PASSWORD.variable, raising=False)
        assert find_secret(PASSWORD) == "of the keyring"
        assert find_secret(secrets.KEY) is None
        monkeypatch.setenv(PASSWORD.variable, "of the environment")
        assert find_secret(PASSWORD) == "of the environment"
    finally:
        keyring.set_keyring(former)


def test_without_the_keyring_package_there_is_no_secret(monkeypatch):
    monkeypatch.delenv(PASSWORD.variable, raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert find_secret(PASSWORD) is None
