"""Options that several commands take, each told in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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


def format_of(given: OutputFormat | None, output: Path | None) -> OutputFormat:
    """The format that was ``given``, else the one that the ending of ``output`` asks for."""
    if given is not None:
        return given
    page = output is not None and output.suffix.lower() in (".html", ".htm")
    return "html" if page else "markdown"
