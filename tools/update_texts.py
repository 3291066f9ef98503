"""Collects every text of the program into resources/i18n/*.ts, and compiles them to .qm.

Translations that are there stay; new texts are added unfinished, texts that are gone go.
Run by `make texts`; exits with 1 while a text has no translation.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_CN", "de")

Text = tuple[str, str]  # context, source


def collect() -> list[Text]:
    """Every (context, source) in the program, sorted."""
    from station.gui.fault_texts import SENTENCES

    found = {("Fault", text) for text in SENTENCES.values()}
    for path in (ROOT / "station").rglob("*.py"):
        found.update(_calls(ast.parse(path.read_text("utf-8"))))
    return sorted(found)


def _calls(tree: ast.AST) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ("translate", "QT_TRANSLATE_NOOP"):
            first_two = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
            if len(first_two) == 2:
                yield str(first_two[0]), str(first_two[1])


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def read(path: Path) -> dict[Text, str]:
    """The finished translations of a .ts file."""
    if not path.exists():
        return {}
    done: dict[Text, str] = {}
    for context in Xml.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            text = message.findtext("translation") or ""
            if text:
                done[(context.findtext("name") or "", message.findtext("source") or "")] = text
    return done


def write(path: Path, language: str, texts: list[Text], done: dict[Text, str]) -> int:
    """Write the .ts file; returns how many texts have no translation."""
    root = Xml.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, Xml.Element] = {}
    for name, source in texts:
        if name not in contexts:
            contexts[name] = Xml.SubElement(root, "context")
            Xml.SubElement(contexts[name], "name").text = name
        message = Xml.SubElement(contexts[name], "message")
        Xml.SubElement(message, "source").text = source
        translation = Xml.SubElement(message, "translation")
        translation.text = done.get((name, source), "")
        if not translation.text:
            translation.set("type", "unfinished")
    Xml.indent(root, "    ")
    body = Xml.tostring(root, "unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return sum((name, source) not in done for name, source in texts)


def compile_qm(path: Path) -> None:
    """Compile a .ts file to the .qm beside it."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run(  # noqa: S603 - a fixed program on our own file
        [tool, "-silent", "-removeidentical", path, "-qm", path.with_suffix(".qm")], check=True
    )


def main() -> int:
    """Update all languages."""
    texts, missing = collect(), 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        path = FOLDER / f"station_{language}.ts"
        open_ones = write(path, language, texts, read(path))
        compile_qm(path)
        print(f"{path.name}: {len(texts)} texts, {open_ones} without translation")
        missing += open_ones
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
