import datetime
import stat
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from station.machine.opcua.trust import REJECTED, Trust

URI = "urn:here:station"
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


def certificate(name: str = "PLC 7/ü", begin: int = -1, end: int = 1) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + begin * DAY)
        .not_valid_after(NOW + end * DAY)
        .sign(key, hashes.SHA256())
    )


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    trust = Trust(tmp_path)
    trust.own(URI)
    return trust


def test_the_own_certificate_is_made_once(tmp_path: Path, trust: Trust) -> None:
    own = trust.own(URI)
    first = own.certificate.read_bytes()
    assert trust.own(URI).certificate.read_bytes() == first
    parsed = x509.load_der_x509_certificate(first)
    names = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [URI]
    if sys.platform != "win32":
        assert stat.S_IMODE(own.key.stat().st_mode) == 0o600


@pytest.mark.parametrize("spoil", ["certificate", "key", "name"])
def test_one_that_does_not_fit_is_made_anew(trust: Trust, spoil: str) -> None:
    own = trust.own(URI)
    first = own.certificate.read_bytes()
    uri = URI
    if spoil == "certificate":
        own.certificate.write_bytes(b"half")
    elif spoil == "key":
        own.key.write_bytes(b"")
    else:
        uri = "urn:elsewhere:station"  # the computer has another name now
    assert trust.own(uri).certificate.read_bytes() != first


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_moving_the_file_is_trust(tmp_path: Path, trust: Trust, encoding: Encoding) -> None:
    partner = certificate()
    der = partner.public_bytes(Encoding.DER)
    assert not trust.trusts(der)
    (knocked,) = (tmp_path / "rejected").iterdir()
    assert knocked.read_bytes() == der
    assert knocked.name.startswith("PLC_7_ü-")
    knocked.unlink()
    (tmp_path / "trusted" / "plc.pem").write_bytes(partner.public_bytes(encoding))
    assert trust.trusts(der)
    (tmp_path / "trusted" / "plc.pem").unlink()
    assert not trust.trusts(der)


@pytest.mark.parametrize(("begin", "end"), [(-2, -1), (1, 2)])
def test_one_out_of_its_time_is_refused_though_trusted(
    tmp_path: Path, trust: Trust, begin: int, end: int
) -> None:
    der = certificate(begin=begin, end=end).public_bytes(Encoding.DER)
    (tmp_path / "trusted" / "plc.der").write_bytes(der)
    assert not trust.trusts(der)


def test_garbage_is_refused(tmp_path: Path, trust: Trust) -> None:
    (tmp_path / "trusted" / "empty.der").write_bytes(b"")
    (tmp_path / "trusted" / "text.pem").write_text("-----BEGIN nothing")
    for content in (b"", b"garbage", b"\x30\x82\xff\xff"):
        assert not trust.trusts(content)
    assert list((tmp_path / "rejected").iterdir()) == []


def test_who_knocks_for_ever_does_not_fill_the_disk(tmp_path: Path, trust: Trust) -> None:
    for number in range(REJECTED + 10):
        der = certificate(f"knock {number}").public_bytes(Encoding.DER)
        assert not trust.trusts(der)
        assert not trust.trusts(der)
    assert len(list((tmp_path / "rejected").iterdir())) == REJECTED
