"""What was in work when a process died is known to the next."""

from pathlib import Path

from station.domain.part import Part, Trigger, TriggerSource
from station.store.in_work import FILE_NAME, InWork, Unfinished


def begin(in_work: InWork, uid: str, serial: str = "") -> None:
    in_work.begin(Trigger(TriggerSource.MACHINE, 1, uid, 1000), Part(0, serial, "L1"))


def test_what_was_not_settled_is_found_again_in_order(tmp_path: Path) -> None:
    first = InWork(tmp_path)
    assert first.open() == []
    for uid in "abc":
        begin(first, uid, f"S-{uid} é")
    first.settle("b")
    first.sync()  # and then the process is killed: nobody closes the file
    second = InWork(tmp_path)
    found = second.open()
    assert found == [
        Unfinished("a", TriggerSource.MACHINE, 1000, "S-a é", "L1"),
        Unfinished("c", TriggerSource.MACHINE, 1000, "S-c é", "L1"),
    ]
    second.settle("a")
    second.close()
    third = InWork(tmp_path)
    assert [one.uid for one in third.open()] == ["c"]
    third.close()
    first.close()


def test_half_a_line_and_foreign_lines_are_left_aside(tmp_path: Path) -> None:
    good = '["+", "a", "key", 5, "", ""]\n'
    odd = '["+", "b", "nobody", 5, "", ""]\n[1, 2]\nnull\n\x00\x00\n["-"]\n'
    (tmp_path / FILE_NAME).write_text(good + odd + '["+", "c", "ke')
    in_work = InWork(tmp_path)
    assert [one.uid for one in in_work.open()] == ["a"]
    in_work.close()


def test_the_file_begins_anew_when_nothing_is_open(tmp_path: Path) -> None:
    in_work = InWork(tmp_path)
    in_work.open()
    for number in range(2000):
        begin(in_work, f"{number:032}")
        in_work.settle(f"{number:032}")
    assert (tmp_path / FILE_NAME).stat().st_size < 70_000
    in_work.close()


def test_a_disk_that_takes_nothing_stops_no_part(tmp_path: Path) -> None:
    in_work = InWork(tmp_path / "nowhere")
    assert in_work.open() == []
    begin(in_work, "a")
    in_work.settle("a")
    in_work.sync()
    in_work.close()
