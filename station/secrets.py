"""Passwords and keys: from the environment or the system's keyring, never from a settings file."""

import importlib
import logging
import os
from dataclasses import dataclass

log = logging.getLogger(__name__)

KEYRING = "station-plant"
"""The name of the service in the keyring; the users in it are those of `Secret.entry`."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Where one secret is looked for: an environment variable, then an entry of the keyring."""

    variable: str
    entry: str


PASSWORD = Secret("STATION_PLANT_PASSWORD", "database")
KEY_ID = Secret("AWS_ACCESS_KEY_ID", "s3-access-key-id")
KEY = Secret("AWS_SECRET_ACCESS_KEY", "s3-secret-access-key")


def find_secret(secret: Secret) -> str | None:
    """The secret, None where there is none: then the driver's own ways hold (~/.pgpass, roles)."""
    return os.environ.get(secret.variable) or _from_keyring(secret.entry)


def _from_keyring(entry: str) -> str | None:
    try:
        keyring = importlib.import_module("keyring")  # optional
    except ImportError:
        return None
    try:
        found = keyring.get_password(KEYRING, entry)
    except keyring.errors.NoKeyringError:
        return None
    except Exception as error:  # noqa: BLE001 - every backend has errors of its own
        log.warning("the system's keyring gave no %s: %s", entry, error)
        return None
    return None if found is None else str(found)
