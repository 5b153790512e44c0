"""A comparison for people and programs: terminal table, Markdown, HTML, JSON.

All texts come from documents, or from files about them, and are escaped for where they go.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple, get_args

from briefing.compare.figures import COUNTED
from briefing.compare.rewording import in_one, pieces
from briefing.compare.values import Change, Comparison, Difference, Pair, RunDifference, Status
from briefing.entries import NOUNS, Entry
from briefing.escaping import escape, escape_cell, fold
from briefing.evals.report import Figure
from briefing.resources import templates_dir
from briefing.templating import html_environment, render_template

ComparisonFormat = Literal["table", "markdown", "html", "json"]
FORMATS: Final[tuple[ComparisonFormat, ...]] = get_args(ComparisonFormat)

WIDTH: Final = 100
"""Columns of the terminal table."""
_IN_TABLE: Final = 40
"""Changes of one kind that a terminal lists."""
_HEADINGS: Final[dict[Status, str]] = {
    "came": "Only in {second}",
    "went": "Only in {first}",
    "changed": "Changed from {first} to {second}",
}
_WORDED: Final = frozenset(["words", "point"])


class Grid(NamedTuple):
    """Figures as a table: a column for each briefing and each difference."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render(found: Comparison, output_format: ComparisonFormat) -> str:
    """``found`` in ``output_format``, with a line end at the end."""
    match output_format:
        case "table":
            return as_table(found)
        case "markdown":
            return as_markdown(found)
        case "html":
            return as_html(found)
        case "json":
            return as_json(found)


def as_json(found: Comparison) -> str:
    """``found`` for programs; equal comparisons give equal text."""
    value = found.model_dump(mode="json")
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def grid(figures: Sequence[Figure]) -> Grid:
    """Figures by metric; metrics stand in the order in which they come."""
    groups = tuple(dict.fromkeys(figure.group for figure in figures))
    by_metric: dict[str, dict[str, str]] = {}
    for figure in figures:
        by_metric.setdefault(figure.metric, {})[figure.group] = _cell(figure)
    rows = [(metric, *(cells.get(g, "") for g in groups)) for metric, cells in by_metric.items()]
    return Grid(("Metric", *groups), tuple(rows))


def as_table(found: Comparison) -> str:
    """``found`` as plain text of at most :data:`WIDTH` columns."""
    out = io.StringIO()
    lines = [f"{each.letter}  {each.name}: {each.title}" for each in found.briefings]
    for pair in found.pairs:
        lines += ["", f"{pair.second} against {pair.first}", *(f"  {s}" for s in pair.verdict)]
        lines += _run_lines(pair)
        for status in _HEADINGS:
            lines += _listed(pair, status)
    _print(out, lines)
    for figures in filter(None, (found.figures, found.grounding)):
        _print(
            out, ["", "Grounding, from the reports:" if figures is found.grounding else "Figures:"]
        )
        _print_grid(out, grid(figures))
    _print(out, ["", *_legend(found)])
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def as_markdown(found: Comparison) -> str:
    """``found`` for GitHub, with all changes."""
    lines = [f"# Comparison of {len(found.briefings)} briefings", ""]
    lines += [f"- {b.letter}: {escape(b.name)}, {escape(b.title)}" for b in found.briefings]
    for pair in found.pairs:
        lines += ["", f"## {pair.second} against {pair.first}", ""]
        lines += [f"- {escape(said)}" for said in pair.verdict]
        lines += _markdown_run(pair)
        for status in _HEADINGS:
            lines += _markdown_changes(pair, status)
    for heading, figures in _tables(found):
        table = grid(figures)
        lines += ["", f"## {heading}", "", _row(table.heads)]
        lines += [f"|{'|'.join(['---', *['---:'] * (len(table.heads) - 1)])}|"]
        lines += [_row(row) for row in table.rows]
    lines += ["", *(f"- {escape(line)}" for line in _legend(found))]
    return "\n".join([*lines, ""])


def as_html(found: Comparison) -> str:
    """``found`` as one page that needs nothing else, without script."""
    context = {
        "briefings": [
            {"letter": b.letter, "name": fold(b.name), "title": fold(b.title)}
            for b in found.briefings
        ],
        "pairs": [_page_pair(pair) for pair in found.pairs],
        "tables": [{"heading": h, "grid": grid(f)} for h, f in _tables(found)],
        "legend": [fold(line) for line in _legend(found)],
    }
    return render_template(html_environment([templates_dir()]), "compare.html.jinja", context)


def _tables(found: Comparison) -> Iterator[tuple[str, Sequence[Figure]]]:
    yield "Figures", found.figures
    if found.grounding:
        yield "Grounding, from the reports", found.grounding


def _legend(found: Comparison) -> Iterator[str]:
    """What the figures mean, and what must be known beside them."""
    figures = (*found.figures, *found.grounding)
    for metric, note in dict.fromkeys((each.metric, each.note) for each in figures if each.note):
        yield f"{metric}: {note}"
    yield (
        "B-A: B minus A, with a 95 % interval; items that are the same in both are drawn together,"
        " so it says how far the difference hangs on single items, and nothing of other events."
    )
    yield from found.notes


def _cell(figure: Figure) -> str:
    """``0.86 [0.72 0.94] n 12``; of a difference with signs, of what is counted the number."""
    if figure.value is None:
        return "not measured"
    sign = "+" if "-" in figure.group else ""
    counted = figure.metric in COUNTED.values()
    value = f"{figure.value:{sign}.0f}" if counted else f"{figure.value:{sign}.2f}"
    if figure.low is None or figure.high is None:
        return value if counted else f"{value} n {figure.n}"
    if counted:
        return f"{value} [{figure.low:+.0f} {figure.high:+.0f}]"
    return f"{value} [{figure.low:{sign}.2f} {figure.high:{sign}.2f}] n {figure.n}"


def _of(pair: Pair, status: Status) -> list[Change]:
    return [change for change in pair.changes if change.status == status]


def _heading(pair: Pair, status: Status, number: int) -> str:
    return f"{_HEADINGS[status].format(first=pair.first, second=pair.second)}: {number}"


def _entry(change: Change) -> Entry:
    """The entry as it is now or, if it went, was."""
    entry = change.after or change.before
    if entry is None:
        raise ValueError("a change has an entry")
    return entry


def _told(change: Change) -> str:
    """What an item says, with its speaker or date before it."""
    entry = _entry(change)
    if entry.kind == "quote":
        return f"“{entry.text}” — {entry.about.get('speaker', '')}"
    if entry.kind == "event":
        return f"{entry.about.get('date', '')}: {entry.text}"
    return entry.text


def _worded(difference: Difference) -> str:
    """A difference in a line: of wordings, both in one."""
    if difference.what in _WORDED or difference.what.startswith("side "):
        return f"{difference.what}: {in_one(difference.before, difference.after)}"
    before, after = difference.before or "none", difference.after or "none"
    return f"{difference.what}: {before} → {after}"


def _run_line(each: RunDifference) -> str:
    before, after = each.before or "none", each.after or "none"
    name = each.making if each.name == each.making else f"{each.making} {each.name}"
    if each.making == "source" and not (each.before and each.after):
        return f"source {'added' if each.after else 'removed'}: {each.name}"
    return f"{name}: {before} → {after}"


def _run_lines(pair: Pair) -> Iterator[str]:
    if pair.run:
        yield f"In the making, {pair.first} → {pair.second}:"
        yield from (f"  {_run_line(each)}" for each in pair.run)


def _listed(pair: Pair, status: Status) -> Iterator[str]:
    found = _of(pair, status)
    if not found:
        return
    more = f", the first {_IN_TABLE}" if len(found) > _IN_TABLE else ""
    yield f"{_heading(pair, status, len(found))}{more}"
    for change in found[:_IN_TABLE]:
        yield f"  {NOUNS[change.kind]}: {_told(change)}"
        yield from (f"      {_worded(each)}" for each in change.differences)
        if change.note:
            yield f"      {change.note}"


def _print(out: io.StringIO, lines: Iterable[str]) -> None:
    """Write lines folded at :data:`WIDTH`, what follows indented as the line is."""
    import textwrap

    for line in lines:
        text = fold(line.lstrip(" "))
        indent = " " * (len(line) - len(line.lstrip(" ")))
        wrapped = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
        out.write("\n".join(wrapped) + "\n")


def _print_grid(out: io.StringIO, table: Grid) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(table.heads):
        shown.add_column(Text(head), overflow="fold", justify="right" if number else "left")
    for row in table.rows:
        shown.add_row(*(Text(fold(cell)) for cell in row))
    console = Console(file=out, width=WIDTH, color_system=None, force_terminal=False)
    console.print(shown)


def _markdown_run(pair: Pair) -> Iterator[str]:
    if pair.run:
        yield from ("", f"### In the making, {pair.first} → {pair.second}", "")
        yield from (f"- {escape(_run_line(each))}" for each in pair.run)


def _markdown_changes(pair: Pair, status: Status) -> Iterator[str]:
    found = _of(pair, status)
    if not found:
        return
    yield from ("", f"### {_heading(pair, status, len(found))}", "")
    for change in found:
        note = f" ({change.note})" if change.note else ""
        yield f"- {NOUNS[change.kind]}: {escape(_told(change) + note)}"
        yield from (f"    - {escape(_worded(each))}" for each in change.differences)


def _page_pair(pair: Pair) -> dict[str, object]:
    return {
        "pair": pair,
        "run": [fold(_run_line(each)) for each in pair.run],
        "groups": [
            {
                "heading": _heading(pair, status, len(found)),
                "status": status,
                "changes": [_page_change(change) for change in found],
            }
            for status in _HEADINGS
            if (found := _of(pair, status))
        ],
    }


def _page_change(change: Change) -> dict[str, object]:
    return {
        "noun": NOUNS[change.kind],
        "told": fold(_told(change)),
        "places": ", ".join(
            dict.fromkeys(f"{e.source_id} ¶{e.paragraph}" for e in _entry(change).evidence)
        ),
        "note": fold(change.note),
        "differences": [
            {"what": each.what, "pieces": list(pieces(each.before, each.after))}
            for each in change.differences
        ],
    }


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape_cell(cell) for cell in cells)} |"
