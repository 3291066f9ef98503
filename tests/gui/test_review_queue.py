"""Which parts wait, though events and readings of the records overtake each other."""

from station.domain.inspection import Inspection
from station.gui.pages.review_queue import AT_HAND, ReviewQueue
from tests.gui.parts import seen


def parts(*numbers: int) -> list[Inspection]:
    return [seen(number) for number in numbers]


def waiting(queue: ReviewQueue) -> list[int]:
    return [part.part.number for part in queue.all()]


def test_the_oldest_is_first_however_it_came() -> None:
    queue = ReviewQueue()
    queue.arrive(seen(5))
    queue.read(parts(2, 3), 2)
    assert waiting(queue) == [2, 3, 5]
    assert queue.oldest == "u2"
    assert queue.count == 3
    assert queue.beyond == 0


def test_an_empty_queue() -> None:
    queue = ReviewQueue()
    queue.read([], 0)
    assert (queue.oldest, queue.count, queue.get("")) == ("", 0, None)


def test_a_part_that_is_not_recorded_yet_survives_a_reading() -> None:
    queue = ReviewQueue()
    queue.arrive(seen(7))
    queue.read(parts(1), 1)
    queue.arrive(seen(8))
    queue.read(parts(1, 7), 2)
    assert waiting(queue) == [1, 7, 8]


def test_a_reading_from_before_a_decision_brings_nothing_back() -> None:
    queue = ReviewQueue()
    queue.read(parts(1, 2), 2)
    queue.leave("u1")
    queue.read(parts(1, 2), 2)
    assert waiting(queue) == [2]


def test_what_is_undone_stands_in_its_old_place() -> None:
    queue = ReviewQueue()
    queue.read(parts(1, 2, 3), 3)
    queue.leave("u2")
    assert queue.come_back("u2")
    assert waiting(queue) == [1, 2, 3]
    queue.read(parts(1, 2, 3), 3)
    assert waiting(queue) == [1, 2, 3]


def test_a_part_that_was_never_here_must_be_read_when_it_comes_back() -> None:
    queue = ReviewQueue()
    queue.leave("u1")
    assert not queue.come_back("u1")
    assert not queue.come_back("other")
    queue.read(parts(1), 1)
    assert waiting(queue) == [1]


def test_a_replaced_inspection_takes_the_place_of_the_first() -> None:
    queue = ReviewQueue()
    queue.arrive(seen(1))
    queue.arrive(seen(1, score=0.5))
    found = queue.get("u1")
    assert found is not None
    assert found.score == 0.5
    assert queue.count == 1


def test_very_many_are_counted_but_only_the_oldest_held() -> None:
    queue = ReviewQueue()
    queue.read(parts(*range(1, AT_HAND + 1)), 1000)
    assert (queue.count, queue.beyond) == (1000, 1000 - AT_HAND)
    queue.arrive(seen(2000))
    assert queue.count == 1001
    assert queue.get("u2000") is None, "an older one is not at hand, and goes before it"
    queue.leave("u1")
    assert queue.count == 1000


def test_a_long_shift_without_a_person_does_not_fill_the_memory() -> None:
    queue = ReviewQueue()
    for number in range(1, 3 * AT_HAND + 1):
        queue.arrive(seen(number))
    assert queue.count == 3 * AT_HAND
    assert waiting(queue) == list(range(1, AT_HAND + 1))


def test_when_the_last_are_read_none_is_missing() -> None:
    queue = ReviewQueue()
    queue.read(parts(*range(1, AT_HAND + 1)), AT_HAND + 2)
    queue.arrive(seen(500))
    for number in range(1, AT_HAND + 1):
        queue.leave(f"u{number}")
    queue.read(parts(301, 302), 2)  # 500 is not recorded yet
    assert waiting(queue) == [301, 302, 500]
    assert queue.count == 3
