"""An evaluation pack as one HTML page that needs nothing else: no network, no script."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from station.domain.statistics import Share
from station.training.charts import Mark, Series, score_chart, share_bar, unit_chart
from station.training.compare import Change, Paired
from station.training.pack import Basis, Examined, Pack, Role, Versus, Worst, to_json
from station.training.report_words import Words, words
from station.training.robust import Kind, RobustRow
from station.whole import check_writable, write_whole

PAGE = "report.html"
VALUES = "evaluation.json"
MOST_CHANGES = 40

STYLE = """
:root { color-scheme: light; }
body { font: 14px/1.45 "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei",
  sans-serif; color: #1d2733; margin: 0 auto; max-width: 1080px; padding: 24px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 8px; }
h3 { font-size: 14px; margin: 16px 0 6px; }
.small, figcaption { color: #5a6775; font-size: 12px; overflow-wrap: anywhere; }
.note { background: #eef4fb; border-left: 4px solid #3478c0; padding: 8px 12px; }
.warn { background: #fff4e0; border-left-color: #d98200; }
table { border-collapse: collapse; margin: 6px 0; }
th, td { padding: 4px 12px 4px 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid #e1e6ec; overflow-wrap: break-word; }
td.path { overflow-wrap: anywhere; }
th { font-weight: 600; color: #43505e; } td.n { text-align: right; white-space: nowrap; }
td.hit { background: #e3f3e8; } td.miss { background: #fde8e6; }
.row { display: flex; flex-wrap: wrap; gap: 16px; } figure { margin: 0; }
.worst figure { width: 132px; } .worst img { width: 128px; height: 128px; object-fit: contain;
  background: #f0f2f5; border: 2px solid #cfd6de; }
.worst .wrong img { border-color: #c0392b; }
svg { display: block; } svg.share { display: inline-block; vertical-align: middle; }
svg .axis { stroke: #8a96a3; fill: none; } svg .grid { stroke: #e8ecf0; }
svg .hint { stroke: #b7c0ca; stroke-dasharray: 4 4; } svg .name { font-size: 11px; fill: #43505e; }
svg .range { stroke: #9dbde0; stroke-width: 5; } svg .dot { fill: #1f5fa8; }
svg polyline { fill: none; stroke-width: 2; }
svg .candidate { stroke: #1f5fa8; } svg .incumbent { stroke: #8a5a00; stroke-dasharray: 6 3; }
svg .int8 { stroke: #2e8b57; stroke-dasharray: 2 3; }
svg .good { fill: #3a9d5d; } svg .bad { fill: #d0473b; }
svg .review { stroke: #d98200; stroke-width: 2; } svg .ng { stroke: #c0392b; stroke-width: 2; }
.key { display: inline-block; width: 22px; border-top: 3px solid; margin: 0 6px 3px 12px; }
.key.candidate { color: #1f5fa8; } .key.incumbent { color: #8a5a00; border-top-style: dashed; }
.key.int8 { color: #2e8b57; border-top-style: dotted; }
@media print { body { padding: 0; max-width: none; } h2 { break-after: avoid; }
  figure, tr { break-inside: avoid; } * { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } }
"""


def write_report(pack: Pack, folder: Path, language: str = "en") -> Path:
    """Both files of a pack in a folder, the page and the values, whole or not at all.

    Gives the path of the page. Raises DatasetError OUTPUT_NOT_WRITABLE.
    """
    page = folder / PAGE
    data = {page: report_html(pack, language).encode(), folder / VALUES: to_json(pack).encode()}
    write_whole(data)
    return page


def check_report(folder: Path) -> None:
    """Whether the page can be written, before the work. Raises OUTPUT_NOT_WRITABLE."""
    check_writable(folder / PAGE)


def report_html(pack: Pack, language: str = "en") -> str:
    """The page. Equal packs give equal pages."""
    say = words(language)
    title = escape(say("title").format(name=pack.models[0].name))
    body = "".join(
        [
            f"<h1>{title}</h1>",
            _origin(pack, say),
            _notes(pack, say),
            _summary(pack, say),
            *(_versus(one, say) for one in pack.versus),
            _scores(pack, say),
            _curves(pack, say),
            *(_classes(model, say) for model in pack.models if model.role is not Role.INT8),
            *(_worst(model, say) for model in pack.models if model.role is not Role.INT8),
            _robust(pack, say),
            _skipped(pack, say),
        ]
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language.replace("_", "-")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style></head><body>{body}</body></html>\n"
    )


def _origin(pack: Pack, say: Words) -> str:
    said = [f"{say('made')} {pack.made_at}", f"{say('source')}: {pack.source}"]
    if pack.dataset_sha256:
        said.append(f"{say('sha')}: {pack.dataset_sha256}")
    return f'<p class="small">{" · ".join(map(escape, said))}</p>'


def _notes(pack: Pack, say: Words) -> str:
    first = 1 if pack.basis is Basis.CROSSED else 0  # of the candidate it is said there
    taught = [model for model in pack.models[first:] if model.taught_here]
    notes = [
        _note(say("taught_here").format(role=say(model.role.value)), warn=True) for model in taught
    ]
    if not taught or pack.basis is Basis.CROSSED:
        key = f"basis_{pack.basis.value}"
        notes.insert(0, _note(say(key), warn=pack.basis is Basis.UNKNOWN))
    return "".join(notes)


def _note(text: str, warn: bool) -> str:
    return f'<p class="note{" warn" if warn else ""}">{escape(text)}</p>'


def _summary(pack: Pack, say: Words) -> str:
    """Every model a column, every figure a row."""
    models = pack.models
    head = _tr([say("summary"), *(f"{say(m.role.value)}: {m.name}" for m in models)], "th")
    rows = [
        _figure_row(say(key), [_share(getattr(m.figures, key)) for m in models])
        for key in ("escapes", "false_rejects", "reviews", "accuracy")
    ]
    rows += [
        _figure_row(say(key), [_number(getattr(m.figures, key)) for m in models])
        for key in ("precision", "recall", "f1", "auroc", "ap")
    ]
    rows += [_figure_row(name, cells) for name, cells in _facts(models, say) if any(cells)]
    note = f'<p class="small">{escape(say("interval"))}</p>'
    return f"<h2>{escape(say('summary'))}</h2><table>{head}{''.join(rows)}</table>{note}"


def _facts(models: Sequence[Examined], say: Words) -> Iterable[tuple[str, list[str]]]:
    """Name and cells of what is no share, as HTML; rows without a cell are left out."""
    crossed = next((model.crossed for model in models if model.crossed), None)
    if crossed:
        name = say("crossed").format(folds=crossed.folds, n=crossed.n)
        yield name, [_crossed(model, say) for model in models]
    groups = next((model.figures.groups for model in models if model.figures.groups), None)
    if groups:
        yield say("groups").format(n=groups.n), [_groups(model) for model in models]
    yield (
        say("time"),
        [f"{m.figures.times.p50:.1f} / {m.figures.times.p95:.1f} ms" for m in models],
    )
    yield say("bytes"), [f"{model.bytes / 1e6:.1f} MB" for model in models]
    yield say("size"), [f"{model.size[0]} × {model.size[1]}" for model in models]
    yield say("limits"), [f"{model.review_limit:g}, {model.ng_limit:g}" for model in models]
    yield say("provider"), [escape(model.provider) for model in models]
    yield say("method"), [escape(model.method) for model in models]
    yield "SHA-256", [f'<span class="small">{model.sha256[:16]}…</span>' for model in models]


def _crossed(model: Examined, say: Words) -> str:
    found = model.crossed
    if found is None:
        return ""
    lines = [f"{escape(say('accuracy'))} {found.accuracy.mean:.2%} ± {found.accuracy.std:.2%}"]
    if found.auroc is not None:
        lines.append(f"AUROC {found.auroc.mean:.4f} ± {found.auroc.std:.4f}")
    lines.append(f"{escape(say('escapes'))} {_counts(found.escapes)}")
    lines.append(f"{escape(say('false_rejects'))} {_counts(found.false_rejects)}")
    return "<br>".join(lines)


def _groups(model: Examined) -> str:
    found = model.figures.groups
    return f"{_counts(found.escapes)}; {_counts(found.false_rejects)}" if found else ""


def _versus(one: Versus, say: Words) -> str:
    role = say(one.other.value)
    keys = ("both_right", "first_only", "second_only", "both_wrong", "p", "reading")
    head = _tr([say("parts"), "n", *(say(key) for key in keys)], "th")
    found = one.comparison
    rows = "".join(
        _paired(say(key), pair, say)
        for key, pair in (
            ("all_parts", found.all),
            ("bad_parts", found.escapes),
            ("good_parts", found.false_rejects),
        )
    )
    title = escape(say("versus").format(role=role))
    table = f"<h2>{title}</h2><table>{head}{rows}</table>"
    return table + _changes(found.changes, say, (say("candidate"), role))


def _paired(name: str, pair: Paired, say: Words) -> str:
    counts = (pair.n, pair.both_right, pair.first_only, pair.second_only, pair.both_wrong)
    return _tr([name, *map(str, counts), f"{pair.p:.3g}", say(pair.reading.value)])


def _changes(changes: Sequence[Change], say: Words, names: tuple[str, str]) -> str:
    title = f"<h3>{escape(say('changed').format(n=len(changes)))}</h3>"
    if not changes:
        return title
    head = _tr([say("image"), say("truth"), *names], "th")
    rows = "".join(
        f'<tr><td class="path">{escape(one.path)}</td><td>{escape(one.truth)}</td>'
        f"<td>{one.first} {one.first_score:.3f}</td>"
        f"<td>{one.second} {one.second_score:.3f}</td></tr>"
        for one in changes[:MOST_CHANGES]
    )
    rest = len(changes) - MOST_CHANGES
    more = f'<p class="small">{escape(say("more").format(n=rest))}</p>' if rest > 0 else ""
    return f"{title}<table>{head}{rows}</table>{more}"


def _scores(pack: Pack, say: Words) -> str:
    drawn = "".join(
        _drawing(
            score_chart(
                model.figures.scores,
                (
                    Mark(model.review_limit, "review", say("review_limit")),
                    Mark(model.ng_limit, "ng", say("ng_limit")),
                ),
                say("score"),
                say("parts"),
            ),
            f"{say(model.role.value)}: {say('up_down')}",
        )
        for model in pack.models
    )
    return f'<h2>{escape(say("scores"))}</h2><div class="row">{drawn}</div>'


def _curves(pack: Pack, say: Words) -> str:
    title = f"<h2>{escape(say('roc'))} · {escape(say('pr'))}</h2>"
    if not any(model.figures.roc for model in pack.models):
        return f"{title}<p>{escape(say('no_curve'))}</p>"
    roc, pr = (
        [
            Series(getattr(model.figures, key), model.role.value, say(model.role.value))
            for model in pack.models
        ]
        for key in ("roc", "pr")
    )
    drawn = _drawing(unit_chart(roc, say("alarms"), say("found"), diagonal=True), say("roc"))
    drawn += _drawing(unit_chart(pr, say("recall"), say("precision")), say("pr"))
    keys = "".join(
        f'<span class="key {model.role.value}"></span>{escape(say(model.role.value))}'
        for model in pack.models
    )
    return f'{title}<div class="row">{drawn}</div><p class="small">{keys}</p>'


def _drawing(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _classes(model: Examined, say: Words) -> str:
    """What became of each true class, beside what its parts were called."""
    found = model.figures
    keys = ("passed", "reviewed", "rejected", "precision", "recall", "f1")
    head = _tr([say("truth"), "n", *(say(key) for key in keys), *found.called], "th")
    rows = []
    for truth, row in zip(found.truths, found.confusion, strict=True):
        cells = [
            f"<td>{escape(truth.label)}{' ✓' if truth.good else ''}</td>",
            *(f'<td class="n">{count}</td>' for count in (truth.n, truth.passed, truth.reviewed)),
            f'<td class="n">{truth.rejected}</td>',
            *(
                f'<td class="n">{_number(v)}</td>'
                for v in (truth.precision, truth.recall, truth.f1)
            ),
            *(_cell(n, name == truth.label) for name, n in zip(found.called, row, strict=True)),
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    title = f"{say('classes')} · {say('confusion')} · {say(model.role.value)}"
    return f"<h2>{escape(title)}</h2><table>{head}{''.join(rows)}</table>"


def _cell(count: int, hit: bool) -> str:
    style = ("hit" if hit else "miss") if count else ""
    return f'<td class="n {style}">{count}</td>'


def _worst(model: Examined, say: Words) -> str:
    title = f"<h2>{escape(say('worst'))} · {escape(say(model.role.value))}</h2>"
    sides = (("worst_good", True), ("worst_bad", False))
    return title + "".join(
        f"<h3>{escape(say(key))}</h3>"
        + _gallery([one for one in model.worst if one.good is good], say)
        for key, good in sides
    )


def _gallery(images: Sequence[Worst], say: Words) -> str:
    if not images:
        return f"<p>{escape(say('none'))}</p>"
    return f'<div class="row worst">{"".join(_picture(one) for one in images)}</div>'


def _picture(one: Worst) -> str:
    wrong = one.verdict.value == ("NG" if one.good else "OK")
    image = ""
    if one.thumb:
        image = f'<img alt="" src="data:image/jpeg;base64,{escape(one.thumb)}">'
    said = f"{one.verdict} {one.score:.3f} · {one.truth} → {one.label} · {_short(one.path)}"
    style = ' class="wrong"' if wrong else ""
    return f"<figure{style}>{image}<figcaption>{escape(said)}</figcaption></figure>"


def _short(path: str) -> str:
    """The last two names of a path, of either system's."""
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def _robust(pack: Pack, say: Words) -> str:
    models = [model for model in pack.models if model.robust]
    if not models:
        return ""
    keys = ("escapes", "false_rejects", "reviews", "kept")
    found = ""
    for model in models:
        head = _tr([say("disturbance"), *(say(key) for key in keys)], "th")
        rows = "".join(
            _figure_row(_disturbance(row, say), [_brief(getattr(row, key)) for key in keys])
            for row in model.robust
        )
        found += f"<h3>{escape(say(model.role.value))}</h3><table>{head}{rows}</table>"
    note = f'<p class="small">{escape(say("robust_note"))}</p>'
    return f"<h2>{escape(say('robust'))}</h2>{note}{found}"


def _disturbance(row: RobustRow, say: Words) -> str:
    name = say(f"kind_{row.kind.value}")
    match row.kind:
        case Kind.NONE:
            return name
        case Kind.LIGHT:
            return f"{name} {row.amount - 1:+.0%}"
        case Kind.BLUR:
            return f"{name} σ {row.amount:g} px"
        case Kind.NOISE:
            return f"{name} σ {row.amount:g} {say('grey')}"
        case Kind.TURN:
            return f"{name} {row.amount:+g}°"
        case Kind.SHIFT | Kind.PATCH:
            return f"{name} {row.amount:.0%}"
        case Kind.SEARCH:
            return f"{name} ±{row.amount:g} {say('grey')}"


def _skipped(pack: Pack, say: Words) -> str:
    if not pack.skipped:
        return ""
    rows = "".join(_tr([one.path, one.error]) for one in pack.skipped)
    return f"<h2>{escape(say('skipped'))}: {len(pack.skipped)}</h2><table>{rows}</table>"


def _tr(texts: Iterable[str], tag: str = "td") -> str:
    """A row of plain texts."""
    return f"<tr>{''.join(f'<{tag}>{escape(text)}</{tag}>' for text in texts)}</tr>"


def _figure_row(name: str, cells: Iterable[str]) -> str:
    """A row of a plain name and cells that are HTML already."""
    return f"<tr><th>{escape(name)}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _share(found: Share | None) -> str:
    if found is None or not found.n:
        return "–"
    bar = share_bar(found.rate, found.low, found.high)
    return f"{_counts(found)} {bar}"


def _brief(found: Share) -> str:
    """The interval drawn, not written."""
    if not found.n:
        return "–"
    return f"{found.count} / {found.n} {share_bar(found.rate, found.low, found.high)}"


def _counts(found: Share) -> str:
    """Count, denominator, rate and interval."""
    if found.rate is None:
        return "0 / 0"
    return f"{found.count} / {found.n} = {found.rate:.2%} [{found.low:.2%}, {found.high:.2%}]"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
