"""Evaluation reports for people and programs: terminal table, JSON, GitHub Markdown, HTML.

Texts of items come from documents and are escaped for where they go.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from typing import Final, Literal, get_args

from markupsafe import Markup

from briefing.errors import InternalError
from briefing.escaping import escape, escape_cell, fold
from briefing.evals.columns import columns
from briefing.evals.report import Curve, EvalReport, Figure, Item
from briefing.resources import templates_dir
from briefing.templating import html_environment, render_template

ReportFormat = Literal["table", "json", "markdown", "html"]
FORMATS: Final[tuple[ReportFormat, ...]] = get_args(ReportFormat)

WIDTH: Final = 100
"""Columns of the terminal table."""
_IN_TABLE: Final = 20
_IN_MARKDOWN: Final = 100
_SIDE: Final = 220
"""Of the square of a reliability curve, in pixels."""


def render(report: EvalReport, output_format: ReportFormat) -> str:
    """``report`` in ``output_format``, with a line end at the end."""
    match output_format:
        case "table":
            return as_table(report)
        case "json":
            return as_json(report)
        case "markdown":
            return as_markdown(report)
        case "html":
            return as_html(report)


def as_json(report: EvalReport) -> str:
    """``report`` as it is saved; equal reports give equal text."""
    value = report.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_table(report: EvalReport) -> str:
    """Figures as a plain table of at most :data:`WIDTH` columns, and what was judged wrong."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    heads, rows = _grid(report)
    for number, name in enumerate(heads):
        side: Literal["left", "right"] = "left" if number < len(_LEFT) else "right"
        table.add_column(name, overflow="fold", justify=side, no_wrap=name in _NARROW)
    for row in rows:
        table.add_row(*map(Text, row))
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, color_system=None, force_terminal=False)
    console.print(Text(fold(report.title)))
    console.print()
    if report.figures:
        console.print(table)
    for line in (*_remarks(report), *_listed(report)):
        console.print(Text(line))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def as_markdown(report: EvalReport) -> str:
    """``report`` for GitHub: figures, remarks, and what was judged wrong, as tables."""
    lines = [f"# {escape(report.title)}", ""]
    if report.figures:
        heads, rows = _grid(report)
        numbers = ["---:"] * (len(heads) - len(_LEFT))
        lines += [_row(heads), f"|{'|'.join(['---'] * len(_LEFT) + numbers)}|"]
        lines += [_row(row) for row in rows]
        lines.append("")
    lines += [f"- {escape(line)}" for line in _remarks(report)]
    failed = [item for item in report.items if not is_right(item)]
    if failed:
        lines += ["", f"## {_heading(report, failed, _IN_MARKDOWN)}", ""]
        lines += ["| Item | Verdict | Text | Why |", "|---|---|---|---|"]
        lines += [
            _row((item.id, _verdict(item), item.text, "; ".join(reasons(item))))
            for item in failed[:_IN_MARKDOWN]
        ]
    return "\n".join([*lines, ""])


def as_html(report: EvalReport) -> str:
    """``report`` as one page that needs nothing else and shows every item.

    The page's policy allows one script, by its hash: nothing that a document says can run.
    """
    place = templates_dir() / "eval.js"
    try:
        script = place.read_text(encoding="utf-8")
    except OSError as error:
        raise InternalError(f"{place} is missing", "Install the package again.") from error
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    context = {
        "report": report,
        "figures": [dict(zip(_COLUMNS, _cells(each), strict=True)) for each in report.figures],
        "notes": [each.note for each in report.figures],
        "remarks": list(_remarks(report, notes=False)),
        "items": [_shown(item) for item in report.items],
        "choices": _choices(report.items),
        "curves": [_drawn(curve) for curve in report.curves],
        "side": _SIDE,
        "script": Markup(script),  # noqa: S704 (ours)
        "script_hash": digest,
    }
    return render_template(html_environment([templates_dir()]), "eval.html.jinja", context)


def is_right(item: Item) -> bool:
    """Whether the verdict fits the label or, where there is none, nothing was found wrong."""
    if item.error:
        return False
    supported = item.verdict is None or item.verdict.verdict == "supported"
    return supported if item.label is None else supported == item.label


def reasons(item: Item) -> tuple[str, ...]:
    """Why the verdict is what it is, each reason once."""
    found = [item.error, *item.reasons]
    if item.verdict is not None:
        found += [item.verdict.reason, *(o.reason for o in item.verdict.objections)]
    return tuple(dict.fromkeys(reason for reason in found if reason))


def unsupported(item: Item) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it lacks support."""
    spans = sorted(_spans(item))
    pieces, at = [], 0
    for start, end in spans:
        if start >= at:
            pieces += [(item.text[at:start], False), (item.text[start:end], True)]
            at = end
    return [piece for piece in [*pieces, (item.text[at:], False)] if piece[0]]


def _spans(item: Item) -> Iterator[tuple[int, int]]:
    """Where the words of objections stand: in their claim, or else anywhere in the text."""
    for claim in item.verdict.claims if item.verdict else ():
        for objection in claim.objections:
            words = objection.words
            start = item.text.find(words, claim.claim.start) if words else -1
            start = start if start >= 0 or not words else item.text.find(words)
            if start >= 0:
                yield start, start + len(words)


_LEFT: Final = ("Over", "Metric")
_NARROW: Final = ("95 %", "Baseline", "n")
_COLUMNS: Final = ("group", "metric", "value", "interval", "baseline", "n")


def _cells(figure: Figure) -> tuple[str, ...]:
    low_high = f"{_number(figure.low)} … {_number(figure.high)}" if figure.low is not None else ""
    base = "" if figure.baseline is None else _number(figure.baseline)
    cells = (figure.group or "all", figure.metric, _number(figure.value), low_high, base)
    return (*(fold(cell) for cell in cells), str(figure.n))


def _grid(report: EvalReport) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Heads and rows of the figures; prompt sets that are compared stand side by side."""
    compared = columns(report)
    if compared is None:
        return (*_LEFT, "Value", *_NARROW), [_cells(figure) for figure in report.figures]
    heads = (*_LEFT, *map(fold, compared.names))
    return heads, [tuple(map(fold, row)) for row in compared.rows]


def _number(value: float | None) -> str:
    if value is None:
        return "not measured"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _remarks(report: EvalReport, *, notes: bool = True) -> Iterator[str]:
    """Published figures, what metrics mean, notes, timings, and what the run depends on."""
    for figure in report.figures:
        if figure.published:
            others = ", ".join(f"{name} {value:.3f}" for name, value in figure.published.items())
            yield fold(f"Published {figure.metric} on {figure.group or 'all'}: {others}")
    if notes:
        meanings = {(each.metric, each.note) for each in report.figures if each.note}
        yield from (fold(f"{metric}: {note}") for metric, note in sorted(meanings))
    yield from (fold(note) for note in report.notes)
    if report.timings:
        times = (f"{name} {value:.3g}" for name, value in report.timings.items())
        yield fold(f"Seconds: {', '.join(times)}")
    if report.run:
        run = (f"{key} {value}" for key, value in report.run.items() if value is not None)
        yield fold(f"Run: {', '.join(run)}")


def _listed(report: EvalReport) -> Iterator[str]:
    """The first items that were judged wrong, a line each and another that says why."""
    failed = [item for item in report.items if not is_right(item)]
    if not failed:
        return
    yield ""
    yield _heading(report, failed, _IN_TABLE)
    for item in failed[:_IN_TABLE]:
        yield f"  {_short(f'{item.group} {item.id}: {_verdict(item)}')}"
        yield f"      {_short(item.text)}"
        if reasons(item):
            yield f"      {_short(reasons(item)[0])}"


def _heading(report: EvalReport, failed: Sequence[Item], shown: int) -> str:
    what = "Against the label" if any(i.label is not None for i in report.items) else "Objected to"
    more = f"; the first {shown} (HTML and JSON have all)" if len(failed) > shown else ""
    return f"{what}: {len(failed)} of {len(report.items)} items{more}"


def _verdict(item: Item) -> str:
    said = "error" if item.error else item.verdict.verdict if item.verdict else "not judged"
    if item.label is None:
        return said
    return f"{said}, but it is {'supported' if item.label else 'not'}"


def _short(text: str, width: int = 90) -> str:
    line = fold(text)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape_cell(cell) for cell in cells)} |"


def _shown(item: Item) -> dict[str, object]:
    """An item as the page shows it."""
    verdict = "error" if item.error else item.verdict.verdict if item.verdict else ""
    chance = item.verdict.probability if item.verdict else None
    return {
        "item": item,
        "verdict": verdict,
        "probability": "" if chance is None else f"{chance:.2f}",
        "right": "right" if is_right(item) else "wrong",
        "pieces": unsupported(item),
        "reasons": reasons(item),
        "truth": "" if item.label is None else "supported" if item.label else "not supported",
    }


def _choices(items: Sequence[Item]) -> dict[str, list[str]]:
    """What the page can be filtered by: only what tells items apart."""
    shown = [_shown(item) for item in items]
    found = {
        "verdict": {str(each["verdict"]) for each in shown},
        "outcome": {str(each["right"]) for each in shown},
        "group": {item.group for item in items},
        "kind": {item.kind for item in items},
    }
    return {name: sorted(values) for name, values in found.items() if len(values) > 1}


def _drawn(curve: Curve) -> dict[str, object]:
    """A curve as points in a square of :data:`_SIDE` pixels, y downwards."""
    most = max(point.n for point in curve.points)
    points = [
        {
            "x": round(point.predicted * _SIDE, 1),
            "y": round((1 - point.observed) * _SIDE, 1),
            "r": round(2 + 6 * (point.n / most) ** 0.5, 1),
            "label": f"said {point.predicted:.2f}, true {point.observed:.2f}, n {point.n}",
        }
        for point in curve.points
    ]
    path = " ".join(f"{point['x']},{point['y']}" for point in points)
    return {"group": curve.group or "all", "points": points, "path": path}
