"""What a copier does with a plant, one thing at a time, against the real servers."""

import json
import random
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import text

from station.domain.inspection import Still
from station.errors import ErrorCode, Fault, StationError
from station.plant.copier import LOCK_NAME, PAUSES, Copier
from station.plant.database import PlantDatabase
from station.plant.inbox import heard_of
from station.plant.pictures import pictures_at
from station.plant.place import Place
from station.plant.status import STATUS_NAME, read_status
from station.store.backup import backup, restore
from station.store.cursor import CURSOR_NAME, copied_up_to, load_cursor, save_cursor
from station.store.lock import take_folder
from station.store.queries import Reader
from station.store.recover import recover
from station.store.schema import DATABASE_NAME, REVISIONS
from station.store.store import Store
from tests.peers.cable import Cable
from tests.peers.copying import NAME, copied, copy, fill
from tests.peers.proof import pictures_at_plant, prove, said
from tests.peers.servers import PASSWORD
from tests.peers.station_life import live, now_ms, part


def test_all_is_copied_and_again_nothing_changes(filled, place, plant, pictures):
    status = copied(filled, place)
    prove({NAME: filled}, plant, pictures)
    assert status.encrypted is False  # neither of the two servers here speaks TLS
    assert abs(status.last_success_ms - now_ms()) < 60_000
    assert read_status(filled) == status
    copied(filled, place)
    fill(filled, 2, 7)
    copied(filled, place)
    prove({NAME: filled}, plant, pictures)


def test_into_a_folder(filled, place, plant, tmp_path):
    folder = tmp_path / "plant 图片"
    at = replace(place, pictures=folder.as_uri())
    assert copy(filled, at).error.code is ErrorCode.PLANT_UNREACHABLE  # it might be a lost mount
    assert not folder.exists()
    folder.mkdir()
    copied(filled, at)
    prove({NAME: filled}, plant, pictures_at(str(folder)))


def test_a_lost_cursor_sends_all_again_and_doubles_nothing(filled, place, plant, pictures):
    copied(filled, place)
    (filled / CURSOR_NAME).unlink()
    copied(filled, place)
    (filled / CURSOR_NAME).write_text("{ this is no JSON")
    assert copied_up_to(filled) == 0
    copied(filled, place)
    prove({NAME: filled}, plant, pictures)


def test_a_cursor_that_lags_behind_any_table_doubles_nothing(filled, place, plant, pictures):
    copied(filled, place)
    cursor = load_cursor(filled)
    for table, at in cursor.upto.items():
        if not at:
            continue  # nothing of that was ever written
        behind = dict(cursor.upto) | {table: (max(0, at[0] - 7), *at[1:])}
        if table == "inspections":
            with Reader(filled) as reader:
                anchor = reader.after(behind[table][0] - 1, 1)[0].inspection.uid
            save_cursor(filled, replace(cursor, upto=behind, anchor=anchor))
        else:
            save_cursor(filled, replace(cursor, upto=behind))
        copied(filled, place)
    prove({NAME: filled}, plant, pictures)


def test_removals_follow_their_clock_also_when_it_jumps_back(
    filled, place, plant, pictures, monkeypatch
):
    with Reader(filled) as reader:
        uids = [e.inspection.uid for e in reader.after(0, 100) if e.image is not None]
    copied(filled, place)
    with Store(filled, NAME) as store:
        store.removed(uids[20:22], "retention")
        store.removed([uids[3]], "retention")
        copied(filled, place)
        monkeypatch.setattr("station.store.store.now_ms", lambda: now_ms() - 3_600_000)
        store.removed([uids[1]], "retention")
        store.audit("clock", Fault(ErrorCode.CLOCK_JUMPED, (("seconds", "-3600"),)))
    copied(filled, place)
    with Reader(filled) as reader, reader.connection() as local:
        ours = said(local)["removals"]
    with plant.transaction() as connection:
        assert said(connection)["removals"] == ours
    assert sum(ours.values()) == 4


def test_a_plant_that_forgot_is_filled_again(filled, place, plant, pictures):
    copied(filled, place)
    with plant.transaction() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    copied(filled, place)
    prove({NAME: filled}, plant, pictures)


def test_a_folder_restored_from_an_older_backup_loses_none_of_its_new_rows(
    filled, place, plant, pictures, tmp_path
):
    backup(filled, tmp_path / "backup")
    fill(filled, 2, 5)
    copied(filled, place)
    restored = tmp_path / "restored"
    restore(tmp_path / "backup", restored)
    shutil.copy(filled / CURSOR_NAME, restored / CURSOR_NAME)  # as where only the database went
    fill(restored, 3, 20)
    copied(restored, place)
    with Reader(restored) as reader, reader.connection() as local:
        ours = said(local)
    with plant.transaction() as connection:
        theirs = said(connection)
    for table in ("inspections", "decisions", "dispositions", "keeps", "audit"):
        assert ours[table] - theirs[table] == {}
        assert set(theirs[table].values()) == {1}


def test_a_database_that_was_damaged_and_rebuilt_is_copied_whole_and_once(
    filled, place, plant, pictures
):
    copied(filled, place)
    rng = random.Random(8)
    with Store(filled, NAME) as store:
        for number in range(
            31, 111
        ):  # not copied yet when the database goes; nobody speaks of them
            one = part(number, rng, fault=False)
            store.record(
                one, Still(one.uid, np.full((32, 32), number, np.uint8), None, None), False
            )
        with store.reader.connection() as local:
            before = said(local)
    database = filled / DATABASE_NAME
    database.write_bytes(b"\0" * 100 + database.read_bytes()[100:])
    with Store(filled, NAME) as store:
        list(live(store, random.Random(4), 3))
        copied(filled, place)  # new rows are copied while the old ones are still lost
        recover(store, threading.Event())
    copied(filled, place)
    with plant.transaction() as connection:
        theirs = said(connection)
    for table in ("decisions", "dispositions", "keeps"):
        assert before[table] - theirs[table] == {}
        assert set(theirs[table].values()) == {1}
    uids = [row[0] for row in theirs["inspections"].elements()]
    assert len(set(uids)) == len(uids) == 113
    assert {row[0] for row in before["inspections"]} <= set(uids)


def test_a_picture_that_is_gone_or_damaged_holds_up_nothing(data, place, plant, pictures, caplog):
    fill(data, 5, 10)
    with Reader(data) as reader:
        names = [entry.image for entry in reader.after(0, 100) if entry.image is not None]
    (data / names[1]).unlink()
    (data / names[2]).write_bytes(b"not what was written")
    assert copied(data, place).missing == 2
    found, _ = pictures_at_plant(pictures)
    assert set(found) == {f"{NAME}/{name}" for name in names if name not in names[1:3]}
    assert "damaged" in caplog.text
    assert copied(data, place).missing == 2


def test_a_text_that_postgresql_cannot_hold_is_escaped(data, place, plant, pictures):
    one = part(1, random.Random(1), fault=True)
    with Store(data, NAME) as store:
        store.record(replace(one, operator="a\0b"), None, False)
    copied(data, place)
    with plant.transaction() as connection:
        assert connection.execute(text("SELECT operator FROM inspections")).scalar() == "a\\x00b"


def test_two_stations_with_recipes_of_one_name_keep_both(tmp_path, place, plant, pictures):
    folders = {}
    for seed, name in enumerate(("A", "B")):
        folders[name] = tmp_path / name
        with Store(folders[name], name) as store:
            list(live(store, random.Random(seed), 5))
        copied(folders[name], replace(place, station=name))
    prove(folders, plant, pictures)
    with plant.transaction() as connection:
        found = connection.execute(text("SELECT station, name, version FROM recipes")).all()
    assert sorted(map(tuple, found)) == [("A", "flange", 1), ("B", "flange", 1)]


def wrong_password(place, monkeypatch) -> Place:
    monkeypatch.setenv("STATION_PLANT_PASSWORD", "no")
    return place


def nobody_there(place, monkeypatch) -> Place:
    return replace(place, database="postgresql://station@127.0.0.1:9/plant")


def no_bucket(place, monkeypatch) -> Place:
    return replace(place, pictures="s3://nobody-has-this/x")


def no_store(place, monkeypatch) -> Place:
    return replace(place, endpoint="http://127.0.0.1:9")


@pytest.mark.parametrize("harm", [wrong_password, nobody_there, no_bucket, no_store])
def test_what_does_not_answer_is_told_with_its_address_and_without_secrets(
    filled, place, plant, pictures, monkeypatch, harm
):
    with monkeypatch.context() as patch:
        status = copy(filled, harm(place, patch))
    assert status.error.code is ErrorCode.PLANT_UNREACHABLE
    assert status.error.fact("address").startswith(("postgresql://", "s3://"))
    assert status.error.fact("reason")
    assert status.rows_waiting > 30
    told = (filled / STATUS_NAME).read_text("utf-8")
    assert PASSWORD not in told
    assert PASSWORD.replace(" ", "%20") not in told
    assert json.loads(told)["error"]["code"] == "plant_unreachable"
    assert copied_up_to(filled) == 0  # retention waits
    copied(filled, place)
    prove({NAME: filled}, plant, pictures)


def test_it_tries_again_later_and_later_and_goes_on_by_itself(filled, place, plant, postgres):
    cable = Cable(postgres.port)
    cable.cut()
    there = place.database.replace(f":{postgres.port}/", f":{cable.port}/")
    stop, waited = _Stop(), []
    stop.on_wait = waited.append
    copier = Copier(filled, replace(place, database=there))
    thread = threading.Thread(target=copier.run, args=(stop,))
    thread.start()
    wait_until(lambda: len(waited) >= len(PAUSES) + 1)
    assert waited[: len(PAUSES) + 1] == [*PAUSES, PAUSES[-1]]
    cable.plug()
    wait_until(lambda: read_status(filled).rows_waiting == 0 and read_status(filled).error is None)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    cable.close()


class _Stop(threading.Event):
    """Waits a hundredth of what is asked, and tells."""

    on_wait: Callable[[float], None]

    def wait(self, timeout: float | None = None) -> bool:
        self.on_wait(timeout)
        return super().wait(timeout / 100)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_silent_cable_is_noticed(plant_url, postgres, plant):
    cable = Cable(postgres.port)
    there = plant_url.replace(f":{postgres.port}/", f":{cable.port}/")
    with PlantDatabase(there) as far:
        cable.pull()
        began = time.monotonic()
        with pytest.raises(StationError) as caught, far.transaction(seconds=0.5) as connection:
            connection.execute(text("SELECT 1"))
        assert caught.value.code is ErrorCode.PLANT_UNREACHABLE
        assert time.monotonic() - began < 5
        cable.plug()
        with far.transaction() as connection:  # and it is usable again
            assert connection.execute(text("SELECT 1")).scalar() == 1
    cable.close()


def test_the_server_lets_go_of_what_a_station_that_is_gone_had_locked(
    plant_url, postgres, plant, monkeypatch
):
    monkeypatch.setattr("station.plant.database.SILENT_SECONDS", 1.0)
    cable = Cable(postgres.port)
    heard = (NAME, "1.0", 0, now_ms())
    there = plant_url.replace(f":{postgres.port}/", f":{cable.port}/")

    def hear_and_go() -> None:
        with gone.transaction(seconds=60) as connection:
            heard_of(connection, *heard)
            cable.pull()  # the server is not told, and keeps the lock
            began = time.monotonic()
            with plant.transaction(seconds=20) as same:
                heard_of(same, *heard)
            assert time.monotonic() - began < 10
            cable.plug()

    with PlantDatabase(there) as gone, pytest.raises(StationError):
        hear_and_go()
    cable.close()


def test_one_copier_for_each_folder(filled, place):
    lock = take_folder(filled, LOCK_NAME)
    with pytest.raises(StationError) as caught:
        copy(filled, place)
    assert caught.value.code is ErrorCode.DATA_FOLDER_IN_USE
    lock.release()


def test_a_plant_of_a_newer_program_is_left_alone(filled, place, plant):
    with plant.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    fault = copy(filled, place).error
    assert fault.code is ErrorCode.PLANT_NEWER
    assert (fault.fact("found"), fault.fact("known")) == ("9999", REVISIONS[-1])
    assert fault.fact("address").startswith("postgresql://station@127.0.0.1")
    with plant.transaction() as connection:
        assert connection.execute(text("SELECT count(*) FROM inspections")).scalar() == 0
