"""Who is let in, by whom: passwords, rights, certificates and names, against a real broker."""

from pathlib import Path

import pytest

from station.errors import ErrorCode
from tests.peers.mosquitto import Authority, Broker, passwords
from tests.peers.mqtt_side import Side, until

pytestmark = pytest.mark.peer

PASSWORD = "a password with spaces, ü and %40"


def test_a_wrong_password_is_refused_and_the_right_one_is_not(
    tmp_path: Path, sides: list[Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = passwords(tmp_path, station=PASSWORD)
    with Broker(tmp_path, "allow_anonymous false", f"password_file {file}") as broker:
        monkeypatch.setenv("STATION_MQTT_PASSWORD", "guessed")
        sides.append(wrong := Side(broker, user="station"))
        assert wrong.code() is ErrorCode.MACHINE_REFUSED_LOGIN
        sides.append(nobody := Side(broker))
        assert nobody.code() is ErrorCode.MACHINE_REFUSED_LOGIN
        wrong.machine.close()
        nobody.machine.close()
        monkeypatch.setenv("STATION_MQTT_PASSWORD", PASSWORD)
        sides.append(right := Side(broker, user="station"))
        right.wait_up()
        assert right.faults == []


def test_who_may_not_publish_here_is_told(
    tmp_path: Path, sides: list[Side], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATION_MQTT_PASSWORD", PASSWORD)
    (tmp_path / "acl").write_text("user station\ntopic read #\n")
    (tmp_path / "acl").chmod(0o600)
    file = passwords(tmp_path, station=PASSWORD)
    rules = ("allow_anonymous false", f"password_file {file}", f"acl_file {tmp_path / 'acl'}")
    with Broker(tmp_path, *rules) as broker:
        sides.append(side := Side(broker, user="station"))
        assert side.code() is ErrorCode.MACHINE_REFUSED_LOGIN
        assert None not in side.faults


def test_tls_with_a_certificate_authority_of_ones_own(tmp_path: Path, sides: list[Side]) -> None:
    ours, other = Authority(tmp_path), Authority(tmp_path, "other")
    certificate, key = ours.certificate("broker", "IP:127.0.0.1")
    mine, my_key = ours.certificate("station")
    rules = (f"cafile {ours.file}", f"certfile {certificate}", f"keyfile {key}")
    rules += ("require_certificate true", "use_identity_as_username true")
    with Broker(tmp_path, *rules) as broker:
        right = {"ca": str(ours.file), "certificate": str(mine), "key": str(my_key)}
        sides.append(side := Side(broker, **right))
        side.wait_up()
        side.signal(*range(1, 50))
        until(lambda: side.machine.waiting == 0)
        sides.append(distrust := Side(broker, **right | {"ca": str(other.file)}, client="b"))
        assert distrust.code() is ErrorCode.MACHINE_MISSPOKE
        sides.append(system := Side(broker, tls=True, client="c"))  # nobody's authority signed it
        assert system.code() is ErrorCode.MACHINE_MISSPOKE
        sides.append(bare := Side(broker, ca=str(ours.file), client="d"))
        assert bare.code() in (ErrorCode.MACHINE_LINK_LOST, ErrorCode.MACHINE_MISSPOKE)
        sides.append(plain := Side(broker, client="e"))
        assert plain.code() is ErrorCode.MACHINE_LINK_LOST
        sides.append(no_file := Side(broker, ca=str(tmp_path / "none.crt"), client="f"))
        assert no_file.code() is ErrorCode.MACHINE_BAD_OPTION
        assert side.faults == []


def test_a_broker_under_another_name_is_not_trusted(tmp_path: Path, sides: list[Side]) -> None:
    ours = Authority(tmp_path)
    certificate, key = ours.certificate("broker", "DNS:broker.example")
    rules = (f"cafile {ours.file}", f"certfile {certificate}", f"keyfile {key}")
    with Broker(tmp_path, *rules, "allow_anonymous true") as broker:
        sides.append(side := Side(broker, ca=str(ours.file)))
        assert side.code() is ErrorCode.MACHINE_MISSPOKE


def test_a_second_station_of_the_same_name_throws_the_first_out_and_that_is_told(
    broker: Broker, sides: list[Side]
) -> None:
    sides.append(first := Side(broker))
    first.wait_up()
    sides.append(Side(broker))
    # a broker that says why it throws out gives MISSPOKE; this one just hangs up
    assert first.code() in (ErrorCode.MACHINE_MISSPOKE, ErrorCode.MACHINE_LINK_LOST)
