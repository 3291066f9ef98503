"""Writes resources/manual/faults.*.md from the fault table that the tests prove, by `make manual`.

The sentences are those of the program in each language; a gap that a fact fills is an ellipsis.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "manual"
sys.path.insert(0, str(ROOT))

from station.errors import ErrorCode, Fault  # noqa: E402
from station.gui.texts import fault_text, install  # noqa: E402
from tests.faults.row import FaultRow  # noqa: E402
from tests.faults.table import ROWS  # noqa: E402


@dataclass(frozen=True, slots=True)
class Headings:
    """The words around the table in one language."""

    title: str
    intro: str
    seen: str
    does: str
    says: str
    todo: str
    back: str
    at_once: str
    within: str
    person: str


HEADINGS: Mapping[str, Headings] = {
    "en": Headings(
        "When something goes wrong",
        "In every fault the same holds: a part that cannot be judged with certainty is **Not "
        "inspected** and rejected, never OK. What was recorded stays recorded. Each fault below "
        "is produced on purpose by an automatic test before a version is released.",
        "How the station notices",
        "What the station does",
        "What the screen says",
        "What you do",
        "Parts are judged again",
        "without a break",
        "within {seconds} s after the cause is gone",
        "after a person has cured the cause",
    ),
    "zh_CN": Headings(
        "出现故障时",
        "任何故障都遵守同一原则：不能可靠判定的工件一律为**未检**并剔除，绝不判为 OK。"
        "已记录的数据保持不变。每个版本发布前，下列每种故障都由自动测试人为制造并验证。",
        "系统如何发现",
        "系统如何处理",
        "屏幕提示",
        "您该怎么做",
        "恢复判定",
        "不中断",
        "原因消除后 {seconds} 秒内",
        "由人员排除原因之后",
    ),
    "de": Headings(
        "Wenn etwas schiefgeht",
        "Bei jeder Störung gilt dasselbe: Ein Teil, das nicht sicher beurteilt werden kann, ist "
        "**Nicht geprüft** und wird ausgeschleust, nie OK. Was aufgezeichnet ist, bleibt. Jede "
        "Störung unten wird vor der Freigabe einer Version von einem Test absichtlich erzeugt.",
        "Woran die Station es merkt",
        "Was die Station tut",
        "Was auf dem Bildschirm steht",
        "Was Sie tun",
        "Teile werden wieder beurteilt",
        "ohne Unterbrechung",
        "innerhalb von {seconds} s, nachdem die Ursache behoben ist",
        "nachdem ein Mensch die Ursache behoben hat",
    ),
}


def page(language: str) -> str:
    """The whole page in that language; leaves English installed."""
    heads = HEADINGS[language]
    install(language)
    try:
        sections = [_section(number, row, language) for number, row in enumerate(ROWS, 1)]
    finally:
        install("en")
    return "\n\n".join([f"# {heads.title}", heads.intro, *sections]) + "\n"


def _section(number: int, row: FaultRow, language: str) -> str:
    heads, words = HEADINGS[language], row.words(language)
    says = [f"  - {_sentence(code)}" for code in row.codes]
    lines = [
        f"## {number}. {words.title}",
        "",
        f"- **{heads.seen}:** {words.seen}",
        f"- **{heads.does}:** {words.does}",
        *([f"- **{heads.says}:**", *says] if says else []),
        f"- **{heads.todo}:** {words.todo}",
        f"- **{heads.back}:** {_back(row, heads)}",
    ]
    return "\n".join(lines)


def _sentence(code: ErrorCode) -> str:
    return fault_text(Fault(code))


def _back(row: FaultRow, heads: Headings) -> str:
    if row.seconds is None:
        return heads.person
    return heads.within.format(seconds=f"{row.seconds:g}") if row.seconds else heads.at_once


def path_of(language: str) -> Path:
    """Where the page of that language lies."""
    return FOLDER / f"faults.{language}.md"


def main() -> int:
    """Write all languages."""
    for language in HEADINGS:
        path_of(language).write_text(page(language), "utf-8")
        print(path_of(language).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
