"""``briefing eval mutations``: what the checker catches, and what it refuses wrongly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import console, eval_bench, eval_report, places
from briefing.errors import UserError

if TYPE_CHECKING:
    from briefing.evals.mutate.values import Kind, MutationSet

FROZEN = Path("evals/mutations")
MADE = 20
"""Items of each kind that are made, unless --count says otherwise."""


def mutations(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILES…]", help="Briefing files or documents to mutate."),
    ] = None,
    frozen: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help=f"Items written by hand; default: {FROZEN}."),
    ] = None,
    kinds: Annotated[
        str | None, typer.Option(metavar="KIND,…", help="Only these, such as digit,name,true.")
    ] = None,
    count: Annotated[
        int | None, typer.Option(min=1, help="Items of each kind; 20 where they are made.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the mutations that are made.")] = 0,
    listed: Annotated[
        bool, typer.Option("--list", help="Print the items and check nothing.")
    ] = False,
    model: eval_bench.ModelOption = None,
    no_model: eval_bench.NoModelOption = False,
    output_format: eval_report.FormatOption = None,
    output: eval_report.OutputOption = None,
    json: eval_report.JsonOption = None,
    fail_under: eval_report.UnderOption = None,
    fail_over: eval_report.OverOption = None,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Count the known-bad statements that are caught, and the true ones that are refused.

    See docs/evals-mutations.md for the kinds and figures.

    Example: briefing eval mutations --fail-under caught=0.85 --fail-over refused=0.03
    """
    from briefing.evals import mutations as evaluation

    settings = eval_bench.settings(model, settings_file, no_model=no_model)
    wanted = eval_report.delivery(output_format, output, json, fail_under, fail_over)
    places.check([output, json], [Path(name) for name in files or ()])
    chosen = _chosen(files or [], frozen, _kinds(kinds), count, seed)
    if listed:
        places.deliver(_list(chosen, wanted.output_format == "json"), output)
        return
    eval_report.check_limits(wanted, evaluation.measured(chosen))
    about = {"model": None if no_model else eval_bench.model_name(settings)}
    with eval_bench.checking(context, settings, judge=not no_model) as (checker, progress):
        made = evaluation.evaluate(chosen, checker, run=about, progress=progress)
    eval_report.deliver(made, wanted)


def _chosen(
    files: list[str], frozen: Path | None, kinds: Sequence[Kind], count: int | None, seed: int
) -> MutationSet:
    """The frozen items, or those made from ``files``; at most ``count`` of each kind."""
    from briefing.evals.frozen import load
    from briefing.evals.mutate.values import MutationSet

    if files and frozen is not None:
        raise typer.BadParameter("give documents, or the folder of a set", param_hint="--frozen")
    if files:
        return _made(files, kinds, count or MADE, seed)
    whole = load(FROZEN if frozen is None else frozen)
    items = []
    for kind in kinds:
        items += [item for item in whole.items if item.kind == kind][:count]
    if not items:
        raise UserError("the set has no items of these kinds", "See them all with --list.")
    return MutationSet(documents=whole.documents, items=tuple(items))


def _made(files: list[str], kinds: Sequence[Kind], count: int, seed: int) -> MutationSet:
    from briefing.evals.mutate.generate import generate
    from briefing.evals.mutate.reading import material_of

    made = generate(material_of(files), kinds=kinds, count=count, seed=seed)
    if not made.items:
        hint = "Sentences of 7 to 40 words that stand alone are needed; give more documents."
        raise UserError("nothing could be made from these documents", hint)
    for kind in kinds:
        found = sum(item.kind == kind for item in made.items)
        if found < count:
            console.say(f"{kind}: {found} of {count} could be made")
    return made


def _kinds(given: str | None) -> tuple[Kind, ...]:
    from briefing.evals.mutate.values import KINDS

    names = [name.strip() for name in given.split(",")] if given is not None else list(KINDS)
    for name in names:
        if name not in KINDS:
            message = f"{name!r} is none of {', '.join(KINDS)}"
            raise typer.BadParameter(message, param_hint="--kinds")
    return tuple(kind for kind in KINDS if kind in names)


def _list(chosen: MutationSet, as_json: bool) -> str:
    """All items, each with what it was made from."""
    if as_json:
        return chosen.model_dump_json(indent=2) + "\n"
    lines = []
    for item in chosen.items:
        cited = ", ".join(f"¶{number}" for number in item.passages)
        lines.append(f"{item.id}  {item.kind}  {item.document} {cited}")
        lines.append(f"    {item.text}")
        if item.original and item.original != item.text:
            lines.append(f"    from: {item.original}")
    return "".join(f"{line}\n" for line in lines)
