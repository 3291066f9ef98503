"""Every word in three languages: there, translated, and with the same facts in it."""

import ast
import importlib.util
import string
from collections.abc import Iterator
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from station.bundle import resource
from station.domain.inspection import Verdict
from station.errors import ErrorCode, Fault
from station.gui import texts
from station.gui.fault_texts import SENTENCES
from station.gui.texts import LANGUAGES, fault_text, install, translate
from station.pipeline.events import LineState
from tests.conftest import ROOT

TRANSLATED = ("zh_CN", "de")


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update_texts", ROOT / "tools/update_texts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture(autouse=True)
def english_after(qapp: object) -> Iterator[None]:
    install("en")
    yield
    install("en")


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_fault_has_a_sentence() -> None:
    assert set(SENTENCES) == set(ErrorCode)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ErrorCode)
def test_a_fault_is_said_in_words_with_its_facts(code: ErrorCode, language: str) -> None:
    install(language)
    facts = {name: f"<{name}>" for name in _gaps(SENTENCES[code])}
    said = fault_text(Fault(code, tuple(facts.items())))
    assert code.value not in said
    assert "{" not in said
    for fact in facts.values():
        assert fact in said
    bare = fault_text(Fault(code))
    assert bare
    assert "{" not in bare


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_has_a_word(language: str) -> None:
    install(language)
    walked = [
        [texts.verdict_word(member) for member in Verdict],
        [texts.state_word(member) for member in LineState],
    ]
    for words in walked:
        assert all(words)
        assert len(set(words)) == len(words), "two members are called the same"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_program_is_translated(language: str) -> None:
    done = TOOL.read(TOOL.FOLDER / f"station_{language}.ts")
    assert set(done) == set(TOOL.collect()), "run `make texts`"
    for (context, source), translation in done.items():
        assert _gaps(source) == _gaps(translation), (context, source)


def _translations() -> Iterator[tuple[str, ast.Call]]:
    """Every `translate(…)` of the program, and where it stands."""
    for path in sorted((ROOT / "station").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "translate"
            ):
                yield f"{path.name}:{node.lineno}", node


def test_every_text_can_be_collected_and_gets_its_facts() -> None:
    found = list(_translations())
    assert len(found) > 50
    for where, call in found:
        said = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        assert len(said) == len(call.args) == 2, f"{where}: not a plain context and text"
        facts = {keyword.arg for keyword in call.keywords}
        assert facts == _gaps(str(said[1])), f"{where}: other facts than the text has gaps"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_compiled_is_what_was_translated(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(resource(f"i18n/station_{language}.qm")))
    for (context, source), wanted in TOOL.read(TOOL.FOLDER / f"station_{language}.ts").items():
        assert (translator.translate(context, source) or source) == wanted, "run `make texts`"


def test_the_language_switches_at_once() -> None:
    said = []
    for language in ("en", "zh_CN", "de", "en"):
        install(language)
        assert texts.current_language() == language
        said.append(translate("Inspect", "Accept"))
    assert said == ["Accept", "合格", "Annehmen", "Accept"]


def test_numbers_follow_the_language() -> None:
    install("en")
    assert texts.number(4871) == "4\u2009871"
    assert texts.percent(0.9858, 2) == "98.58\u2009%"
    install("de")
    assert texts.percent(0.9858, 2) == "98,58\u2009%"
    install("zh_CN")
    assert texts.number(4871.5, 1) == "4\u2009871.5"
    assert texts.percent(0.9858, 2) == "98.58\u2009%"
    assert texts.percent(None) == "–"


def test_a_class_nobody_knows_is_made_readable() -> None:
    assert texts.label_word("rolled-in_scale") == "Rolled-in scale"
    install("zh_CN")
    assert texts.label_word("scratch") == "划痕"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_system_says_which_language(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert texts.system_language() == language
