"""``briefing source``: the text that the offsets of a source refer to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing import document
from briefing.cli import console
from briefing.errors import UserError


def source(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    source_id: Annotated[str, typer.Argument(metavar="ID", help="Source, such as S1.")],
) -> None:
    """Print the text of a source exactly as offsets count it, with nothing added.

    Example: briefing source briefing.json S1
    """
    briefing = document.load(file)
    found = {candidate.id: candidate for candidate in briefing.sources}.get(source_id)
    if found is None:
        known = ", ".join(candidate.id for candidate in briefing.sources) or "none"
        raise UserError(f"{file} has no source {source_id!r}", f"Its sources: {known}.")
    if found.text is None:
        hint = f"The briefing was written without texts; the document was {found.name}."
        raise UserError(f"{file} does not hold the text of {source_id}", hint)
    console.result(found.text)
