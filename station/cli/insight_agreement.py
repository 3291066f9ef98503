"""Studies of agreement (AIAG MSA): those that were kept here, or one from a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from station.cli.insight import app
from station.cli.options import Data, Json
from station.errors import ErrorCode
from station.printing import Out

if TYPE_CHECKING:
    from station.domain.statistics import Share
    from station.insight.agreement import Kappa
    from station.insight.study import Study, Word
    from station.insight.study_result import Appraiser, Graded, Result
    from station.store.queries import Reader

LAST = "last"
WRONG_USE = (
    ErrorCode.TABLE_NOT_FOUND,
    ErrorCode.TABLE_NO_COLUMN,
    ErrorCode.STUDY_NOT_FOUND,
)
_FIGURES = ("effectiveness", "misses", "false_alarms", "repeats", "kappa")


@app.command()
def agreement(
    file: Annotated[
        Path | None,
        typer.Argument(help="A table with the columns part, appraiser, trial, rating, reference."),
    ] = None,
    study: Annotated[
        str, typer.Option(help="One that was made here, by its name in the list, or: last.")
    ] = "",
    good: Annotated[
        str, typer.Option(help="Of a table: the ratings that pass, by comma, such as 1 or GO.")
    ] = "",
    pdf: Annotated[
        Path | None, typer.Option(help="Also print the study to this file, for paper.")
    ] = None,
    table: Annotated[
        Path | None, typer.Option("--csv", help="Also write every word of the study to this file.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say how persons and the station agree on parts (AIAG MSA); without anything: list studies."""
    from station.choice import RunChoice, data_folder
    from station.insight.study_result import result

    folder = data_folder(RunChoice(data))
    out = Out(as_json, folder)
    if (file is not None) == bool(study) and (study or pdf or table):
        raise typer.BadParameter("either a file or --study")
    if file is not None and (pdf or table):
        raise typer.BadParameter("--pdf and --csv belong to --study")
    if pdf is not None:
        from station.gui.paper import ensure_paper_app

        ensure_paper_app()  # before a sentence needs an application without fonts
    with out.told(*WRONG_USE):
        if file is not None:
            from station.insight.study_table import sheet_of
            from station.insight.tables import read_table

            sheet = sheet_of(read_table(file), _names(good))
            _tell(out, result(sheet), sheet.parts)
            return
        from station.store.queries import Reader

        with Reader(folder) as reader:
            if not study:
                _list(out, reader)
                return
            files = _Files(folder, pdf, table)
            _one(out, reader, study, files)


def _list(out: Out, reader: "Reader") -> None:
    from station.insight.study_notes import studies

    found = studies(reader)
    for one in found:
        out.row(_study_row(reader, one), _study_line)
    if not found and not out.as_json:
        print("No study was begun yet.")


@dataclass(frozen=True, slots=True)
class _Files:
    """Where a study is to be written; data: the folder of its pictures."""

    data: Path
    pdf: Path | None
    csv: Path | None

    def write(self, out: Out, study: "Study", words: "Sequence[Word]", found: "Result") -> None:
        """Raises DatasetError OUTPUT_NOT_WRITABLE."""
        from station.insight.study_table import table_of
        from station.whole import write_whole

        if self.csv is not None:
            write_whole({self.csv: table_of(study, words)})
        if self.pdf is not None:
            from station.gui.study_paper import study_file

            out.speak()
            write_whole({self.pdf: study_file("pdf", study, words, found, self.data)})


def _one(out: Out, reader: "Reader", uid: str, files: _Files) -> None:
    from station.errors import StoreError
    from station.insight.study_notes import outcome, studies, words

    known = studies(reader)
    wanted = known[:1] if uid == LAST else [one for one in known if one.uid == uid]
    if not wanted:
        names = ", ".join(one.uid for one in known) or "–"
        raise StoreError(ErrorCode.STUDY_NOT_FOUND, uid=uid, known=names)
    out.row(_study_row(reader, wanted[0]), _study_line)
    said = words(reader, wanted[0].uid)
    found = outcome(wanted[0], said)
    if found is None:
        if not out.as_json:
            print("Nobody has gone through all parts yet, or the reference is missing.")
        raise typer.Exit(1)
    _tell(out, found, tuple(part.name for part in wanted[0].parts))
    files.write(out, wanted[0], said, found)


def _study_row(reader: "Reader", study: "Study") -> dict[str, Any]:
    from station.insight.study import Role, judgements, people, standing
    from station.insight.study_notes import words

    said = standing(words(reader, study.uid))
    moment = datetime.fromtimestamp(study.at_ms / 1000, UTC).astimezone()
    wanted = len(study.parts) * study.plan.trials * study.plan.people
    return {
        "study": study.uid,
        "time": moment.isoformat(timespec="seconds"),
        "product": study.plan.product,
        "parts": len(study.parts),
        "people": study.plan.people,
        "trials": study.plan.trials,
        "reference": study.plan.truth.value,
        "judged": {by: judgements(study, said, (Role.PERSON, by))[0] for by in people(said)},
        "of": wanted,
    }


def _study_line(row: dict[str, Any]) -> str:
    done = sum(row["judged"].values())
    names = ", ".join(f"{by} {count}" for by, count in row["judged"].items()) or "–"
    return (
        f"{row['study']}  {row['time']}  {row['product']}: {row['parts']} parts x "
        f"{row['people']} people x {row['trials']} trials, {done} of {row['of']} judgements: "
        f"{names}"
    )


def _tell(out: Out, found: "Result", parts: tuple[str, ...]) -> None:
    if not out.as_json:
        print(f"{'':12} trials  {'effective':30} {'misses':30} {'false alarms':30} "
              f"{'repeats':22} kappa")  # fmt: skip
    for one in found.appraisers:
        out.row(_appraiser_row(one), _appraiser_line)
    for pair in found.pairs:
        names = [_name(found.appraisers[at]) for at in (pair.first, pair.second)]
        out.row({"pair": names, "kappa": _kappa(pair.kappa)}, _pair_line)
    for part in found.disputes:
        said = {
            _name(one): list(words)
            for one, words in zip(found.appraisers, part.said, strict=True)
        }  # fmt: skip
        row = {"part": parts[part.part], "reference": part.truth, "said": said}
        out.row(row, _dispute_line)
    out.row(_summary(found), _summary_line)


def _appraiser_row(one: "Appraiser") -> dict[str, Any]:
    from station.insight import study_result as grades

    seen = one.seen
    return {
        "appraiser": _name(one),
        "station": one.station,
        "trials": one.trials,
        "effectiveness": _share(seen.effectiveness, grades.grade_effectiveness(seen.effectiveness)),
        "misses": _share(seen.misses, grades.grade_misses(seen.misses)),
        "false_alarms": _share(seen.false_alarms, grades.grade_false_alarms(seen.false_alarms)),
        "repeats": None if seen.repeats is None else _share(seen.repeats, None),
        "kappa": _kappa(seen.kappa),
        "unsure": one.unsure,
    }


def _summary(found: "Result") -> dict[str, Any]:
    return {
        "parts": found.parts,
        "good": found.good,
        "bad": found.bad,
        "fleiss": _kappa(found.between),
        "fleiss_with_station": _kappa(found.with_station),
        "all_alike": _share(found.alike, None),
        "all_right": _share(found.right, None),
        "bad_parts_to_prove_misses": found.needed,
    }


def _share(of: "Share", graded: "Graded | None") -> dict[str, Any]:
    row = {
        "count": of.count,
        "n": of.n,
        "rate": of.rate,
        "low": round(of.low, 6),
        "high": round(of.high, 6),
    }
    return row | _graded(graded)


def _kappa(of: "Kappa | None") -> dict[str, Any] | None:
    from station.insight.study_result import grade_kappa

    if of is None:
        return None
    row = {"value": round(of.value, 6), "low": round(of.low, 6), "high": round(of.high, 6)}
    return row | _graded(grade_kappa(of))


def _graded(graded: "Graded | None") -> dict[str, Any]:
    return {} if graded is None else {"grade": graded.grade.value, "proven": graded.proven}


def _name(one: "Appraiser") -> str:
    from station.insight.study_table import STATION

    return STATION if one.station else one.name


def _appraiser_line(row: dict[str, Any]) -> str:
    cells = [f"{row['appraiser'][:12]:12} {row['trials']:>6}  "]
    for name, width in zip(_FIGURES, (30, 30, 30, 22, 0), strict=True):
        words = _kappa_words(row[name]) if name == "kappa" else _share_words(row[name])
        cells.append(f"{words:{width}} " if width else words)
    unsure = f"\n{'':21}{row['unsure']} of them REVIEW, counted as NG" if row["unsure"] else ""
    return "".join(cells).rstrip() + unsure


def _pair_line(row: dict[str, Any]) -> str:
    return f"{' x '.join(row['pair']):40} kappa {_kappa_words(row['kappa'])}"


def _dispute_line(row: dict[str, Any]) -> str:
    said = "  ".join(f"{name} {' '.join(words)}" for name, words in row["said"].items())
    return f"part {row['part']} is {row['reference']}: {said}"


def _summary_line(row: dict[str, Any]) -> str:
    alike, right = row["all_alike"], row["all_right"]
    return (
        f"{row['parts']} parts, {row['good']} good, {row['bad']} bad by the reference\n"
        f"all persons alike in all trials {_share_words(alike)}, and right {_share_words(right)}\n"
        f"Fleiss' kappa of the persons {_kappa_words(row['fleiss'])}; with the station "
        f"{_kappa_words(row['fleiss_with_station'])}\n"
        f"To prove misses of 2 % or less, {row['bad_parts_to_prove_misses']} bad parts without "
        "a single miss are needed.\n"
        "In brackets the 95 % interval; ?: not proven, with so few parts another class is "
        "possible too."
    )


def _share_words(of: dict[str, Any] | None) -> str:
    if of is None or of["rate"] is None:
        return "–"
    words = f"{of['rate']:.1%} ({of['low']:.1%}-{of['high']:.1%})"
    return words + _grade_words(of)


def _kappa_words(of: dict[str, Any] | None) -> str:
    """Without both classes there is none."""
    if of is None:
        return "–"
    return f"{of['value']:.2f} ({of['low']:.2f}-{of['high']:.2f}){_grade_words(of)}"


def _grade_words(of: dict[str, Any]) -> str:
    if "grade" not in of:
        return ""
    return f" {of['grade']}" + ("" if of["proven"] else "?")


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
