"""Samples, labels and classes: kept once, said again and taken back, counted and paged."""

import subprocess
import sys
import time

import pytest

from station.domain.inspection import DecisionKind, Verdict
from station.domain.part import Part
from station.errors import ErrorCode, StoreError
from station.store.beside import Beside
from station.store.sample_writer import NewSample
from station.store.samples import ClassCount, ProductClass, SampleFilter, View

EVERY = SampleFilter()
UNREVIEWED, OVERRULED = SampleFilter(View.UNREVIEWED), SampleFilter(View.OVERRULED)


def picture_of(text, product="flange", **changes):
    return NewSample(product, "import", data=text.encode(), **changes)


@pytest.fixture
def add(store):
    def one(text, label="good", **changes):
        return store.add_sample(picture_of(text, **changes), label, "Li")

    return one


def keys(store, wanted=EVERY, product="flange"):
    return store.reader.sample_keys(product, wanted)


def test_a_picture_is_kept_by_its_content_and_once(store, add):
    key = add("a", group="tile 7")
    assert add("a") == key
    (row,) = store.reader.sample_page("flange")
    assert (row.key, row.label, row.group, row.origin, row.waits) == (
        key,
        "good",
        "tile 7",
        "import",
        False,
    )
    assert (store.folder / row.image).read_bytes() == b"a"
    assert row.image.startswith("samples/")
    assert row.image.endswith(".png")
    assert add("a", product="gear") != key


def test_the_last_label_stands_and_is_taken_back_by_another(store, add):
    one, two, three = add("1"), add("2"), add("3", "dent")
    before = store.label([(one, "dent"), (two, ""), (three, "dent")], "Wang")
    assert before == ((one, "good"), (two, "good"))
    assert [row.label for row in store.reader.sample_rows([one, two, three])] == [
        "dent",
        "",
        "dent",
    ]
    store.label(before, "Wang")
    assert [row.label for row in store.reader.sample_rows([one, two])] == ["good", "good"]
    with pytest.raises(StoreError) as caught:
        store.label([(one, "dent"), (999, "dent")], "Wang")
    assert caught.value.code is ErrorCode.RECORD_NOT_FOUND
    assert store.reader.sample_rows([one])[0].label == "good"


def test_classes_go_by_name_until_a_person_says_so(store, add):
    add("1", "OK")
    add("2", "dent")
    store.set_class("flange", "spare", True, "Li")
    assert store.reader.classes("flange") == (
        ProductClass("OK", True),
        ProductClass("dent", False),
        ProductClass("spare", True),
    )
    store.set_class("flange", "OK", False, "Li")
    assert store.reader.classes("flange")[0] == ProductClass("OK", False)
    assert store.reader.classes("gear") == ()


def test_a_record_as_a_sample_is_never_deleted_and_waits_no_more(store, keep):
    for number in (1, 2, 3):
        keep(number, waits=True, verdict=Verdict.REVIEW, label="dent")
    keep(4)
    keep(5, waits=True, verdict=Verdict.REVIEW, recipe="gear")
    assert keys(store, UNREVIEWED) == [-3, -2, -1]
    assert store.reader.sample_counts("flange").unreviewed == 3
    entry = store.reader.entry(f"{2:032x}")
    new = NewSample(
        "flange",
        "record",
        record=entry.inspection.uid,
        image=entry.image,
        sha256=entry.image_sha256,
        size=entry.image_bytes,
    )
    key = store.add_sample(new, "scratch", "Li")
    assert keys(store) == [-3, -1, key]
    assert keys(store, UNREVIEWED) == [-3, -1]
    assert store.reader.sample_counts("flange").unreviewed == 2
    assert [one.why for one in store.reader.story(entry.inspection.uid).keeps] == ["sample"]
    (row,) = store.reader.sample_rows([key])
    assert (row.seen, row.score, row.label) == ("dent", 0.1, "scratch")
    (waiting,) = store.reader.sample_rows([-3])
    assert (waiting.waits, waiting.label, waiting.seen) == (True, "", "dent")
    assert waiting.roi is not None


def test_a_decision_in_the_review_queue_ends_the_waiting(store, keep, says):
    part = keep(1, waits=True, verdict=Verdict.REVIEW)
    store.decide(says(part, DecisionKind.ACCEPT))
    assert keys(store, UNREVIEWED) == []
    assert store.reader.sample_counts("flange").unreviewed == 0


def test_overruled_is_what_a_person_named_otherwise(store, keep):
    store.set_class("flange", "fine", True, "Li")
    said = {1: "good", 2: "scratch", 3: "fine", 4: ""}
    for number, label in said.items():
        part = keep(number, label="good")
        new = NewSample("flange", "record", record=part.uid, data=b"%d" % number)
        store.add_sample(new, label, "Li")
    assert [row.label for row in store.reader.sample_page("flange", OVERRULED)] == ["scratch"]
    counts = store.reader.sample_counts("flange")
    assert (counts.overruled, counts.set_aside, counts.total) == (1, 1, 3)


def test_pages_join_to_the_whole_and_filters_hold(store, add, keep):
    keep(1, waits=True, part=Part(1, "SN-1", "A"))
    keep(2, waits=True, part=Part(2, "SN-2", "B"))
    for number in range(7):
        add(str(number), "dent" if number % 2 else "good")
    whole, found, before = keys(store), [], None
    while page := store.reader.sample_page("flange", before=before, limit=2):
        found += [row.key for row in page]
        before = found[-1]
    assert found == whole
    assert whole[:2] == [-2, -1]
    assert len(keys(store, SampleFilter(label="dent"))) == 3
    only = SampleFilter(only=(whole[0], whole[4]))
    assert keys(store, only) == [whole[0], whole[4]]
    assert [r.key for r in store.reader.sample_page("flange", only, whole[0], 5)] == [whole[4]]
    assert keys(store, SampleFilter(View.UNREVIEWED, lot="A")) == [-1]
    assert keys(store, SampleFilter(since_ms=2**60)) == []
    assert store.reader.sample_counts("flange").classes == (
        ClassCount("dent", False, 3),
        ClassCount("good", True, 4),
    )


def test_a_window_writes_beside_the_line(store, add):
    one = add("1")
    with Beside(store.folder) as beside:
        two = beside.add_sample(picture_of("2"), "dent", "Li")
        beside.label([(one, "dent")], "Li")
        beside.set_class("flange", "dent", False, "Li")
        three = add("3")
    assert keys(store) == [three, two, one]
    assert [row.label for row in store.reader.sample_rows([one, two])] == ["dent", "dent"]
    with pytest.raises(StoreError) as caught:
        Beside(store.folder / "no").open()
    assert caught.value.code is ErrorCode.STORE_NOT_FOUND


OTHER_PROCESS = """
import sys
from pathlib import Path
from station.store.beside import Beside
from station.store.sample_writer import NewSample
with Beside(Path(sys.argv[1])) as beside:
    for number in range(60):
        new = NewSample("flange", "import", data=b"other %d" % number)
        beside.label([(beside.add_sample(new, "good", "Li"), "dent")], "Li")
"""


def test_a_line_records_while_another_process_labels(store, keep):
    with subprocess.Popen([sys.executable, "-c", OTHER_PROCESS, store.folder]) as other:
        number = 0
        while other.poll() is None and number < 2000:
            number += 1
            keep(number)
    assert other.returncode == 0
    assert store.reader.last_number() == number > 10
    counts = store.reader.sample_counts("flange")
    assert counts.classes == (ClassCount("dent", False, 60),)


def test_a_hundred_thousand_are_counted_and_paged_in_a_moment(store):
    with store.transaction() as connection:
        connection.exec_driver_sql(
            """
            WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO samples SELECT i, printf('%032x', i), 'flange', printf('samples/%d', i),
                printf('%064x', i), 1, '', '', 'import', NULL, i, 'Li' FROM n"""
        )
        connection.exec_driver_sql(
            "INSERT INTO labels (sample, label, at_ms, operator)"
            " SELECT id, CASE WHEN id % 3 THEN 'good' ELSE 'dent' END, 1, 'Li' FROM samples"
        )

    def best(call):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
        return min(times)

    reader = store.reader
    spent = {
        "counts": best(lambda: reader.sample_counts("flange")),
        "page": best(lambda: reader.sample_page("flange", before=50_000)),
        "class": best(lambda: reader.sample_page("flange", SampleFilter(label="dent"), 50_000)),
        "overruled": best(lambda: reader.sample_page("flange", OVERRULED)),
        "keys": best(lambda: reader.sample_keys("flange")),
    }
    print(spent)
    assert reader.sample_counts("flange").total == 100_000
    assert max(spent[name] for name in ("counts", "page", "class", "overruled")) <= 50, spent
