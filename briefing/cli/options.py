"""Options that several commands take, each told in one place."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from briefing import office
from briefing.render import OutputFormat

PromptsOption = Annotated[
    str | None, typer.Option("--prompts", metavar="SET|PATH", help="Prompt set.")
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME|PATH", help="Catalogue name, GGUF file, or owner/repo:file."
    ),
]
EndpointOption = Annotated[
    str | None,
    typer.Option("--endpoint", metavar="URL", help="OpenAI-compatible server to ask instead."),
]
AllowRemoteOption = Annotated[
    bool | None, typer.Option("--allow-remote", help="Let documents go to that server.")
]
TopicOption = Annotated[
    str | None, typer.Option("--topic", help="What it is about: sharpens selection.")
]
TitleOption = Annotated[str | None, typer.Option("--title", help="Title of the briefing.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write here, not to stdout."),
]
JsonOption = Annotated[
    Path | None, typer.Option("--json", metavar="FILE", help="Write the briefing file as well.")
]
FormatOption = Annotated[
    OutputFormat | None,
    typer.Option("--format", help="What to write; else by the ending of -o, or Markdown."),
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings file.")
]


_OF_ENDING: Final[dict[str, OutputFormat]] = {
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}


def format_of(
    given: OutputFormat | None, output: Path | None, *, terminal: bool | None = None
) -> OutputFormat:
    """The format that was ``given``, else the one that the ending of ``output`` asks for.

    ``terminal``: whether stdout is one; by default that is found out.

    Raises: UserError where converters for it are not installed; wrong usage where the bytes of a
    file would go to a terminal.
    """
    wanted = given or _OF_ENDING.get(output.suffix.lower() if output else "", "markdown")
    if wanted == "docx" or wanted == "pdf":
        on_screen = sys.stdout is not None and sys.stdout.isatty() if terminal is None else terminal
        if output is None and on_screen:
            message = f"{office.NAMES[wanted]} is not for a terminal: name a file, -o FILE.{wanted}"
            raise typer.BadParameter(message, param_hint="--format")
        office.check(wanted)
    return wanted
