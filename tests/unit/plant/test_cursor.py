"""The cursor survives, and whatever is wrong with it means: nothing is copied yet."""

import pytest

from station.store.cursor import CURSOR_NAME, Cursor, copied_up_to, load_cursor, save_cursor
from station.store.images import INCOMING

CURSOR = Cursor("a plant", {"inspections": (41,), "removals": (170, 3)}, "uid41", 5, 6)


def test_what_was_saved_is_loaded(tmp_path):
    save_cursor(tmp_path, CURSOR)
    assert load_cursor(tmp_path) == CURSOR
    assert copied_up_to(tmp_path) == 41
    assert list((tmp_path / INCOMING).iterdir()) == []


def test_without_a_plant_there_is_none(tmp_path):
    assert load_cursor(tmp_path) is None
    assert copied_up_to(tmp_path) is None


@pytest.mark.parametrize("upto", [{}, {"inspections": ()}])
def test_before_the_first_copy_and_when_it_begins_again_nothing_is_copied(tmp_path, upto):
    save_cursor(tmp_path, Cursor("a plant", upto))
    assert copied_up_to(tmp_path) == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"upto": 3}', '{"upto": {"inspections": ["x"]}}'])
def test_a_damaged_one_begins_at_nothing(tmp_path, text):
    (tmp_path / CURSOR_NAME).write_text(text)
    assert load_cursor(tmp_path) == Cursor()
    assert copied_up_to(tmp_path) == 0
