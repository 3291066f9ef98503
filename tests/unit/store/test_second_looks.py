"""What a shadow said of parts that were judged already, and where the two differ."""

from collections.abc import Callable

from station.domain.inspection import DecisionKind, Inspection, Verdict
from station.store.second_looks import SecondLook
from station.store.store import Store

SHADOW = "cd" * 32
PAIRS = [
    (Verdict.OK, Verdict.OK),
    (Verdict.OK, Verdict.NG),
    (Verdict.NG, Verdict.OK),
    (Verdict.NG, Verdict.NG),
    (Verdict.REVIEW, Verdict.OK),
    (Verdict.OK, Verdict.OK),
]


def look(part: Inspection, verdict: Verdict, sha256: str = SHADOW) -> SecondLook:
    return SecondLook(part.uid, sha256, "dent", 0.5, verdict, 3.25)


def filled(store: Store, keep: Callable[..., Inspection]) -> list[Inspection]:
    parts = [keep(n, verdict=ours) for n, (ours, _) in enumerate(PAIRS, 1)]
    looks = [look(part, theirs) for part, (_, theirs) in zip(parts, PAIRS, strict=True)]
    assert store.add_looks(looks) == len(PAIRS)
    return parts


def test_every_pair_is_counted(store: Store, keep: Callable[..., Inspection]) -> None:
    filled(store, keep)
    found = store.reader.agreement("flange", SHADOW)
    assert (found.parts, found.differing) == (6, 3)
    assert (found.both_ok, found.both_ng) == (2, 1)
    assert (found.only_shadow_ng, found.only_ours_ng, found.unsure) == (1, 1, 1)
    assert store.reader.agreement("cap", SHADOW).parts == 0
    assert store.reader.agreement("flange", "ef" * 32).parts == 0


def test_the_parts_on_which_they_differ_come_with_picture_and_decision(
    store: Store, keep: Callable[..., Inspection], says: Callable[..., object]
) -> None:
    parts = filled(store, keep)
    store.decide(says(parts[1], DecisionKind.REJECT))  # type: ignore[arg-type]
    page = store.reader.disagreements("flange", SHADOW, limit=2)
    rest = store.reader.disagreements("flange", SHADOW, limit=2, before_id=page[-1].look_id)
    found = [*page, *rest]
    assert [one.entry.inspection for one in found] == [parts[4], parts[2], parts[1]]
    assert [one.look for one in found] == [
        look(parts[4], Verdict.OK),
        look(parts[2], Verdict.OK),
        look(parts[1], Verdict.NG),
    ]
    assert found[-1].entry.decision is not None
    assert found[-1].entry.decision.kind is DecisionKind.REJECT
    assert all(store.reader.still(one.look.uid) is not None for one in found)


def test_a_look_counts_once_and_only_at_a_recorded_part(
    store: Store, keep: Callable[..., Inspection], make: Callable[..., Inspection]
) -> None:
    part = keep(1)
    assert store.add_looks([look(part, Verdict.OK), look(part, Verdict.NG)]) == 1
    assert store.add_looks([look(make(9), Verdict.NG)]) == 0
    assert store.add_looks([look(part, Verdict.NG, "ef" * 32)]) == 1
    assert store.reader.agreement("flange", SHADOW).both_ok == 1
