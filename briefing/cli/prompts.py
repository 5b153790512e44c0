"""``briefing prompts``: list, show, copy and check prompt sets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli import console
from briefing.cli.checked import AsJson, print_list, summary, tell
from briefing.errors import TemplateError
from briefing.text_files import read_text

if TYPE_CHECKING:
    from briefing.prompt_check import SetReport
    from briefing.prompts import PromptSet

app = typer.Typer(help="List, show, copy and check prompt sets.", no_args_is_help=True)


@app.command("list")
def list_sets(as_json: AsJson = False) -> None:
    """List our prompt sets, and yours in this folder and in its folder prompts.

    Example: briefing prompts list
    """
    from briefing.prompt_sets import listed

    found = listed(Path.cwd())
    print_list(found, lambda each: f"{each.version or '-':5}  {each.description}", as_json)


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="SET[/PROMPT]", help="Set, or one prompt of it.")],
) -> None:
    """Print the prompts of a set as they are in effect, or one prompt as it stands in its file.

    Example: briefing prompts show default/ask
    """
    prompts, wanted = _named(name)
    if wanted:
        console.result(_text(prompts.files[wanted]))
        return
    manifest = prompts.manifest
    title = f"{prompts.name} {manifest.version}".strip()
    console.result(f"{title}: {manifest.description}\n" if manifest.description else f"{title}\n")
    for each, file in prompts.files.items():
        entry = manifest.prompts.get(each)
        where = "" if file.parent == prompts.folder else " (inherited)"
        console.result(f"\n=== {each}{where}\n")
        if entry is not None:
            console.result(f"--- given: {', '.join(entry.variables)}\n")
            console.result(f"--- returns ({entry.kind}): {entry.returns}\n")
        console.result(_text(file))


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Folder to make.")],
    base: Annotated[
        str, typer.Option("--from", metavar="SET|PATH", help="Set to copy.")
    ] = "default",
) -> None:
    """Copy a prompt set into a new folder, to change it there.

    Example: briefing prompts new court --from default
    """
    from briefing.prompt_sets import new as make
    from briefing.prompts import PromptSet

    made = make(Path(name), PromptSet(base))
    console.say(
        f"wrote {made.folder}: change the files there (those you delete are inherited), then\n"
        f"briefing prompts check {name}\nbriefing regenerate FILE.json --prompts {name}"
    )


@app.command()
def check(
    name: Annotated[
        str | None, typer.Argument(metavar="[SET|PATH]", help="Set; else that of the settings.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME|PATH", help="Whose tokenizer counts.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Render every prompt on sample input: tokens, undefined names, unknown files. No model runs.

    Exit 1 if a prompt cannot be used; warnings leave it at 0.

    Example: briefing prompts check court
    """
    from briefing import config
    from briefing.model.vocabulary import tokens_for
    from briefing.prompt_check import check as checked
    from briefing.prompts import PromptSet

    flags = {"model": model, "prompts": name}
    settings = config.load(flags, os.environ, Path.cwd())
    report = checked(PromptSet(settings.prompts), tokens_for(settings))
    console.result(report.model_dump_json(indent=2) + "\n" if as_json else _table(report))
    tell(report.problems, warnings=not as_json, hint="Correct the prompt.")


def _named(name: str) -> tuple[PromptSet, str]:
    """The set, and the prompt of it that ``name`` says, or an empty string."""
    from briefing.prompt_manifest import nearest
    from briefing.prompts import PromptSet

    try:
        return PromptSet(name), ""
    except TemplateError:
        before, slash, wanted = name.rpartition("/")
        if not slash:
            raise
    prompts = PromptSet(before)
    wanted = wanted.removesuffix(".jinja")
    if wanted not in prompts.files:
        hint = nearest(wanted, prompts.files)
        raise TemplateError(f"the prompt set {before} has no prompt {wanted!r}", hint)
    return prompts, wanted


def _text(file: Path) -> str:
    text = read_text(file)
    return text if text.endswith("\n") else f"{text}\n"


def _table(report: SetReport) -> str:
    title = f"{report.name} {report.version}".strip()
    lines = [f"Prompt set {title}; tokens {report.counted}"]
    if report.prompts:
        width = max(len(prompt.name) for prompt in report.prompts)
        lines.append(f"{'':{width}}  asks for  tokens  the same for every input")
        for prompt in report.prompts:
            inherited = "  (inherited)" if prompt.inherited else ""
            numbers = f"{prompt.tokens:6}  {prompt.constant:6}"
            lines.append(f"{prompt.name:{width}}  {prompt.kind:8}  {numbers}{inherited}")
    lines.append(summary(report.problems))
    return "".join(f"{line}\n" for line in lines)
