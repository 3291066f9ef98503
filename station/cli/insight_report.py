"""Writing the line's report to files: the part of `station insight report` that needs fonts."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from station.printing import Out, pairs

if TYPE_CHECKING:
    from station.insight.overview import Seen
    from station.settings import Settings
    from station.store.history import Filter
    from station.store.queries import Reader

Write = Callable[["Reader", "Settings", "Filter", "Seen", int], None]


def check(pdf: Path | None, table: Path | None, language: str) -> None:
    """Raises typer.BadParameter for what nobody can mean."""
    from station.gui.texts import LANGUAGES

    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"--language is {', '.join(sorted(LANGUAGES))}")
    if pdf is not None and pdf == table:
        raise typer.BadParameter("--pdf and --csv are two files")


def prepared(out: Out, pdf: Path | None, table: Path | None, language: str) -> Write:
    """What writes these files later; refuses now what cannot be written then.

    Called before anything is said: a program that speaks already can no more load fonts. Raises
    DatasetError OUTPUT_NOT_WRITABLE.
    """
    from station.gui.texts import install
    from station.whole import check_writable

    if pdf is not None:
        from station.gui.paper import ensure_paper_app

        ensure_paper_app()
    for target in (pdf, table):
        if target is not None:
            check_writable(target)
    out.speak()
    if language:
        install(language)

    def write(
        reader: "Reader", settings: "Settings", wanted: "Filter", seen: "Seen", now_ms: int
    ) -> None:
        if pdf is None and table is None:
            return
        from station.overview.report import read_report, write_report

        write_report(read_report(reader, settings, wanted, now_ms, seen), pdf, table)
        for target in (pdf, table):
            if target is not None:
                out.row({"file": str(target), "bytes": target.stat().st_size}, pairs)

    return write
