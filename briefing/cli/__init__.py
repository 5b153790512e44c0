"""The command line. Commands are imported when they are used, so that ``--help`` is quick.

A command is a function or a Typer application in a module of this folder; it returns, or raises
:class:`~briefing.errors.BriefingError`. This module and :mod:`briefing.cli.console` turn that into
what the shell sees.
"""

# ruff: noqa: ANN401

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer.core import TyperGroup

from briefing import __version__
from briefing.cli import console, interrupt


class Command(NamedTuple):
    """Where a command is, as ``module:attribute`` in this folder, and its line in the help."""

    place: str
    help: str


COMMANDS: Final[dict[str, Command]] = {
    "generate": Command("generate:generate", "Make a briefing from several documents."),
    "regenerate": Command("regenerate:regenerate", "Redo a briefing where something changed."),
    "render": Command("render:render", "Write a briefing file as Markdown, HTML, Word or PDF."),
    "open": Command("open:open_view", "Show a briefing in the browser, with its evidence."),
    "verify": Command("verify:verify", "Check a briefing file against its documents."),
    "compare": Command("compare:compare", "Say how briefings differ: items, making, figures."),
    "review": Command("review:review", "Accept, edit or reject a briefing's items, one by one."),
    "eval": Command("evals:app", "Check that facts rest on their sources; measure the checker."),
    "prompts": Command("prompts:app", "List, show, copy and check prompt sets."),
    "templates": Command("templates:app", "List, show, copy and check output templates."),
    "source": Command("source:source", "Print the text that a source's offsets refer to."),
    "schema": Command("schema:schema", "Print the JSON Schema of briefing files."),
    "models": Command("models:app", "List, fetch and verify models."),
    "doctor": Command("doctor:doctor", "Say what works on this machine and what does not."),
    "cache": Command("cache:app", "List, size and clear kept results."),
    "bench": Command("bench:bench", "Measure how fast the engine is here."),
}


class LazyGroup(TyperGroup):
    """Commands from :data:`COMMANDS`, imported when called, run inside the error boundary.

    Types of the parser are ``Any`` here: Typer's versions take them from different packages.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Import the command ``cmd_name``; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].place.split(":")
        found = getattr(import_module(f"briefing.cli.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            command, found = found, typer.Typer(add_completion=False, rich_markup_mode=None)
            found.command(cmd_name)(command)
        found.rich_markup_mode = None  # one look for all help texts, and quicker
        loaded = typer.main.get_command(found)
        loaded.name = cmd_name
        return loaded

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in COMMANDS.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run the command; whatever goes wrong becomes a message and an exit status."""
        with console.boundary():
            return super().invoke(ctx)


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        console.result(f"briefing {__version__}\n")
        raise typer.Exit


@app.callback()
def briefing(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Briefings from several documents, on your own machine, every sentence with its source.

    Example: briefing render briefing.json -o briefing.md
    """


def main() -> None:
    """The ``briefing`` command."""
    console.use_utf8()
    with interrupt.obeyed():
        app(prog_name="briefing")
