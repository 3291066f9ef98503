"""The table is whole: every row is proven, in every language, and the manual says what it says."""

from dataclasses import fields

import pytest

from station.errors import Fault
from station.gui.texts import LANGUAGES, fault_text, install
from tests.faults.marks import TESTS, marked_tests
from tests.faults.row import Words
from tests.faults.table import ROWS
from tools.make_manual import page, path_of

NAMES = [row.name for row in ROWS]
Marked = dict[str, list[str]]


@pytest.fixture(scope="module")
def marked() -> Marked:
    return marked_tests()


def test_each_row_is_there_once_and_complete_in_each_language() -> None:
    assert len(NAMES) == len(set(NAMES))
    for row in ROWS:
        spoken = [row.words(language) for language in LANGUAGES]
        for field in fields(Words):
            said = [getattr(words, field.name) for words in spoken]
            assert all(text.strip() for text in said), row.name
            assert len(set(said)) == len(said), f"{row.name}: {field.name} is not translated"


@pytest.mark.parametrize("name", NAMES)
def test_a_test_proves_the_row(marked: Marked, name: str) -> None:
    assert name in marked, f"no test is marked with fault({name!r})"


def test_the_tests_of_a_row_look_for_each_of_its_sentences(marked: Marked) -> None:
    for row in ROWS:
        files = {test.split("::")[0] for test in marked.get(row.name, [])}
        text = "".join((TESTS.parent / file).read_text("utf-8") for file in files)
        missing = [code for code in row.codes if files and f"ErrorCode.{code.name}" not in text]
        assert not missing, f"{row.name}: nothing looks for {missing}"


def test_each_marked_test_names_a_row(marked: Marked) -> None:
    assert set(marked) <= set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_a_sentence_of_its_own(qapp: object, language: str) -> None:
    install(language)
    try:
        for row in ROWS:
            said = [fault_text(Fault(code)) for code in row.codes]
            assert all(said), row.name
            assert len(set(said)) == len(said), row.name
    finally:
        install("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_up_to_date(qapp: object, language: str) -> None:
    assert path_of(language).read_text("utf-8") == page(language), "run tools/make_manual.py"
