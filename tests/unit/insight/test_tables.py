"""Tables as they come: what can be read, and what is said of what cannot."""

from pathlib import Path

import numpy as np
import pytest

from station.errors import DatasetError, ErrorCode
from station.insight.tables import (
    CMAPSS,
    at_least,
    is_numeric,
    numbers,
    read_folder,
    read_table,
    require,
    some_rows,
    texts,
    without,
)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def code_of(error: pytest.ExceptionInfo[DatasetError]) -> ErrorCode:
    return error.value.code


@pytest.mark.parametrize(
    ("text", "comma"),
    [
        ("a,b\n1,2.5\n3,-4e1\n", False),
        ("a\tb\n1\t2.5\n3\t-40\n", False),
        ("a;b\n1;2,5\n3;-40\n", True),
    ],
)
def test_the_delimiter_is_found_and_a_decimal_comma_understood(
    tmp_path: Path, text: str, comma: bool
) -> None:
    table = read_table(write(tmp_path / "t.csv", text))
    assert table.names == ("a", "b")
    assert table.comma is comma
    assert list(table.lines) == [2, 3]
    np.testing.assert_array_equal(numbers(table, "b"), [2.5, -40])


def test_cmapss_text_has_26_columns_and_no_header(tmp_path: Path) -> None:
    line = " ".join(str(k) for k in range(26)) + "  \n"
    table = read_table(write(tmp_path / "train.txt", line * 3))
    assert table.names == CMAPSS
    assert len(table) == 3
    assert numbers(table, "s21").tolist() == [25.0] * 3


def test_quotes_other_encodings_blank_lines_and_row_numbers(tmp_path: Path) -> None:
    text = ',"Temp, °C",Wert\n0,1,hübsch\n\n1,2,grün\n'
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        table = read_table(write(tmp_path / "t.csv", text, encoding))
        assert table.names == ("Temp, °C", "Wert")
        assert texts(table, "Wert") == ("hübsch", "grün")
        assert list(table.lines) == [2, 4]


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        ("warm", ErrorCode.TABLE_NOT_A_NUMBER, "warm"),
        ("", ErrorCode.TABLE_GAP, ""),
        ("NaN", ErrorCode.TABLE_GAP, ""),
        ("inf", ErrorCode.TABLE_NOT_A_NUMBER, "inf"),
        ("1.2.3", ErrorCode.TABLE_NOT_A_NUMBER, "1.2.3"),
    ],
)
def test_a_cell_that_is_no_number_is_named_with_its_line(
    tmp_path: Path, cell: str, code: ErrorCode, value: str
) -> None:
    table = read_table(write(tmp_path / "t.csv", f"a,b\n1,1\n2,2\n3,{cell}\n4,4\n"))
    assert is_numeric(table, "b")
    with pytest.raises(DatasetError) as error:
        numbers(table, "b")
    assert code_of(error) is code
    assert (error.value.fault.fact("column"), error.value.fault.fact("line")) == ("b", "4")
    assert error.value.fault.fact("value") == value


def test_words_are_no_numbers_and_a_missing_column_is_told_with_the_known_ones(
    tmp_path: Path,
) -> None:
    table = read_table(write(tmp_path / "t.csv", "kind,b\nL,1\nM,2\n"))
    assert not is_numeric(table, "kind")
    with pytest.raises(DatasetError) as error:
        require(table, "b", "unit")
    assert code_of(error) is ErrorCode.TABLE_NO_COLUMN
    assert error.value.fault.fact("known") == "kind, b"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "1,2\n3,4\n", "a,a\n1,2\n", "a,b\n1\n", "a,b\n1,2,3\n", 'a,b\n"1,2\n']
)
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DatasetError) as error:
        read_table(write(tmp_path / "t.csv", text))
    assert code_of(error) is ErrorCode.TABLE_UNREADABLE


def test_a_picture_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"\x89PNG\0\0")
    with pytest.raises(DatasetError) as error:
        read_table(tmp_path / "p.png")
    assert code_of(error) is ErrorCode.TABLE_UNREADABLE
    with pytest.raises(DatasetError) as error:
        read_table(tmp_path / "no.csv")
    assert code_of(error) is ErrorCode.TABLE_NOT_FOUND


def test_too_few_rows_are_counted(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "a\n1\n2\n"))
    at_least(table, 2)
    with pytest.raises(DatasetError) as error:
        at_least(table, 50)
    assert code_of(error) is ErrorCode.TABLE_TOO_FEW
    assert error.value.fault.fact("count") == "2"


def test_rows_are_left_out_by_a_rule(tmp_path: Path) -> None:
    table = read_table(write(tmp_path / "t.csv", "a,b\n1.0,x\n2,y\n3,x\n"))
    assert texts(without(table, ["a=1"]), "b") == ("y", "x")
    assert texts(without(table, ["b!=x", "a=3"]), "a") == ("1.0",)
    assert list(without(table, ["a=1"]).lines) == [3, 4]
    with pytest.raises(DatasetError) as error:
        without(table, ["a"])
    assert code_of(error) is ErrorCode.TABLE_SKIP
    assert texts(some_rows(table, [2, 0]), "a") == ("3", "1.0")


def test_numbered_files_become_one_table_with_their_number(tmp_path: Path) -> None:
    write(tmp_path / "run_02.csv", "a,b\n3,4\n")
    write(tmp_path / "run_01.csv", "a,b\n1,2\n5,6\n")
    write(tmp_path / "labels.csv", "other\n1\n")
    table = read_folder(tmp_path)
    assert table.names == ("run", "a", "b")
    assert texts(table, "run") == ("01", "01", "02")
    assert numbers(table, "a").tolist() == [1, 5, 3]
    write(tmp_path / "run_03.csv", "a,c\n3,4\n")
    with pytest.raises(DatasetError) as error:
        read_folder(tmp_path)
    assert code_of(error) is ErrorCode.TABLE_UNREADABLE
    with pytest.raises(DatasetError) as error:
        read_folder(tmp_path / "..")
    assert code_of(error) is ErrorCode.TABLE_NOT_FOUND
