"""``briefing templates``: list, show, copy and check output templates."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import console
from briefing.cli.checked import AsJson, print_list, summary, tell

if TYPE_CHECKING:
    from briefing.template_check import TemplateReport

app = typer.Typer(help="List, show, copy and check output templates.", no_args_is_help=True)


@app.command("list")
def list_templates(as_json: AsJson = False) -> None:
    """List our templates, and yours in this folder and in its folder templates.

    Example: briefing templates list
    """
    from briefing.output_templates import listed

    print_list(listed(Path.cwd()), lambda each: each.description, as_json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|PATH", help="Template.")],
) -> None:
    """Print a template as it stands in its file.

    Example: briefing templates show full
    """
    from briefing.output_templates import text_of

    console.result(text_of(name))


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="File to make.")],
    base: Annotated[
        str, typer.Option("--from", metavar="NAME|PATH", help="Template to copy.")
    ] = "full",
) -> None:
    """Copy a template into a new file, to change it there.

    Example: briefing templates new mine --from full
    """
    from briefing.output_templates import new as make

    path = make(name, base)
    console.say(
        f"wrote {path}: change it, then\nbriefing templates check {path}\n"
        f"briefing render FILE.json --template {path}"
    )


@app.command()
def check(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME|PATH]", help="Template; else that of the settings."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Render a template with made-up items: what is printed without its citation, or never?

    Exit 1 if a statement, quote, question, side or event is printed without its citation, or the
    template cannot be rendered; what it leaves out is said and leaves it at 0.

    Example: briefing templates check mine.md.jinja
    """
    from briefing import config
    from briefing.render import find_template
    from briefing.template_check import check as checked

    settings = config.load({"template": name}, os.environ, Path.cwd())
    report = checked(*find_template(settings.template))
    console.result(report.model_dump_json(indent=2) + "\n" if as_json else _table(report))
    tell(report.findings, warnings=not as_json)


def _table(report: TemplateReport) -> str:
    lines = [f"Template {report.name}"]
    width = max(map(len, report.of), default=0)
    for section, number in report.of.items():
        lines.append(f"  {section:{width}}  {report.printed.get(section, 0)} of {number} printed")
    lines.append(summary(report.findings))
    return "".join(f"{line}\n" for line in lines)
