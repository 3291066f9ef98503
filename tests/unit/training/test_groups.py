from pathlib import Path

import pytest

from station.errors import ErrorCode, RecipeError
from station.training.groups import group_of, parse_groups, read_groups

TABLE = """file,class,session
train/good/a.jpg,good,s1
train\\good\\b.jpg,good,s2
./val/good/a.jpg,good,s3
train/bad/法兰.png,bad,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "index.csv"
    path.write_text("\ufeff" + TABLE, "utf-8")
    return path


def test_the_longest_end_of_the_path_decides(table: Path) -> None:
    groups = read_groups(table, "session")
    assert group_of(Path("/data/train/good/a.jpg"), groups) == "s1"
    assert group_of(Path("/data/val/good/a.jpg"), groups) == "s3"
    assert group_of(Path("train/good/b.jpg"), groups) == "s2"
    assert group_of(Path("/data/train/bad/法兰.png"), groups) == ""
    assert group_of(Path("/data/other/a.jpg"), groups) == ""


def test_a_bare_name_is_found_anywhere(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("serial,picture\nX1,a.png\n", "utf-8")
    assert group_of(Path("/x/y/a.png"), read_groups(tmp_path / "t.csv", "serial")) == "X1"


def test_what_is_typed_is_a_path_and_a_column() -> None:
    assert parse_groups("") is None
    assert parse_groups(r"C:\lots\index.csv:lot") == (Path(r"C:\lots\index.csv"), "lot")
    for text in ("index.csv", ":lot", "index.csv:"):
        with pytest.raises(RecipeError) as caught:
            parse_groups(text)
        assert caught.value.code is ErrorCode.RECIPE_BAD_VALUE


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("index.csv", "lot", "lot"), ("none.csv", "lot", "none.csv"), ("words.csv", "b", "words.csv")],
)
def test_a_table_that_cannot_be_used(table: Path, name: str, column: str, value: str) -> None:
    (table.parent / "words.csv").write_text("a,b\nx,y\n", "utf-8")
    with pytest.raises(RecipeError) as caught:
        read_groups(table.parent / name, column)
    assert caught.value.code is ErrorCode.RECIPE_BAD_VALUE
    assert caught.value.fault.fact("value").endswith(value)
