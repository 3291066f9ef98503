"""Whom OPC UA partners trust: the station's own certificate, and folders for those of others.

<data folder>/opcua/own/        station.der, to be trusted by the partner, and its key
<data folder>/opcua/trusted/    certificates of partners; taking a file away ends the trust
<data folder>/opcua/rejected/   those that were refused: a person moves them to trusted, or not
"""

import datetime
import hashlib
import ipaddress
import logging
import os
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

log = logging.getLogger(__name__)

DAYS = 3650
REJECTED = 50  # files that are kept of those who knocked
_ENDINGS = (".der", ".crt", ".cer", ".pem")


@dataclass(frozen=True, slots=True)
class OwnCertificate:
    """Where the station's certificate (DER) and its key (PEM) lie."""

    certificate: Path
    key: Path


class Trust:
    """The folders; they are read anew at every knock, so that moving a file is enough."""

    def __init__(self, folder: Path) -> None:
        self._own = folder / "own"
        self._trusted = folder / "trusted"
        self._rejected = folder / "rejected"

    def own(self, uri: str) -> OwnCertificate:
        """The station's own, made on first use and when it has run out. Raises OSError."""
        for folder in (self._own, self._trusted, self._rejected):
            folder.mkdir(parents=True, exist_ok=True)
        own = OwnCertificate(self._own / "station.der", self._own / "station.pem")
        if not _still_good(own, uri):
            _make(own, uri)
            log.info("a new certificate was made: %s", own.certificate)
        return own

    def trusts(self, certificate: bytes) -> bool:
        """Whether that certificate (DER) may come in; one that may not is kept for a person."""
        if not _in_its_time(certificate):
            return False
        if any(_der(path) == certificate for path in _files(self._trusted)):
            return True
        self._keep(certificate)
        return False

    def _keep(self, certificate: bytes) -> None:
        found = sorted(_files(self._rejected), key=lambda path: path.stat().st_mtime)
        name = f"{_name_of(certificate)}-{hashlib.sha256(certificate).hexdigest()[:12]}.der"
        if any(path.name == name for path in found):
            return
        log.warning("an OPC UA partner was refused; trust it by moving %s to trusted", name)
        with suppress(OSError):
            for old in found[: max(0, len(found) + 1 - REJECTED)]:
                old.unlink()
            (self._rejected / name).write_bytes(certificate)


def _files(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS]
    return []


def _der(path: Path) -> bytes:
    """The certificate in that file, DER or PEM; empty where there is none."""
    with suppress(OSError, ValueError):
        content = path.read_bytes()
        if content.lstrip().startswith(b"-----BEGIN"):
            parsed = x509.load_pem_x509_certificate(content)
            return parsed.public_bytes(serialization.Encoding.DER)
        return content
    return b""


def _in_its_time(certificate: bytes) -> bool:
    try:
        parsed = x509.load_der_x509_certificate(certificate)
    except ValueError:
        return False
    now = datetime.datetime.now(datetime.UTC)
    return parsed.not_valid_before_utc <= now <= parsed.not_valid_after_utc


def _name_of(certificate: bytes) -> str:
    subject = x509.load_der_x509_certificate(certificate).subject
    names = subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    text = str(names[0].value) if names else ""
    return re.sub(r"[^\w.-]+", "_", text)[:60].strip("._") or "partner"


def _still_good(own: OwnCertificate, uri: str) -> bool:
    try:
        content = own.certificate.read_bytes()
        key = serialization.load_pem_private_key(own.key.read_bytes(), None)
        parsed = x509.load_der_x509_certificate(content)
        names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return False
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    return parsed.public_key() == key.public_key() and _in_its_time(content) and uri in uris


def _make(own: OwnCertificate, uri: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = _signed(key, uri)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with suppress(OSError):
        own.key.unlink()
    with os.fdopen(os.open(own.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    own.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.DER))


def _signed(key: rsa.RSAPrivateKey, uri: str) -> x509.Certificate:
    """Signed by itself, with what OPC 10000-6 asks of an application's certificate."""
    host, public = socket.gethostname(), key.public_key()
    common = x509.NameAttribute(NameOID.COMMON_NAME, f"Station on {host}"[:64])
    name = x509.Name([common, x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Station")])
    now = datetime.datetime.now(datetime.UTC)
    loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    hosts = [x509.DNSName(host), x509.DNSName("localhost"), loopback]
    names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri), *hosts])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=True,
        data_encipherment=True,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    purposes = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))  # the partner's clock may be behind
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .sign(key, hashes.SHA256())
    )
