"""What ``briefing prompts`` and ``briefing templates`` share: lists, and what a check found."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Annotated, Protocol, TypeVar

import typer

from briefing.cli import console
from briefing.errors import TemplateError
from briefing.findings import Finding, errors
from briefing.views import counted

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class Named(Protocol):
    """What can be listed: ``given`` is what an option takes."""

    @property
    def given(self) -> str:
        """What to write after the option."""
        ...

    def model_dump(self) -> dict[str, object]:
        """The fields, for JSON."""
        ...


Listed = TypeVar("Listed", bound=Named)


def print_list(found: Sequence[Listed], about: Callable[[Listed], str], as_json: bool) -> None:
    """Print a line for each, with what ``about`` says of it."""
    if as_json:
        console.result(json.dumps([each.model_dump() for each in found], indent=2) + "\n")
        return
    width = max(len(each.given) for each in found)
    for each in found:
        console.result(f"{each.given:{width}}  {about(each)}".rstrip() + "\n")


def summary(found: Sequence[Finding]) -> str:
    """``1 error, 2 warnings``."""
    bad = len(errors(found))
    return f"{counted(bad, 'error')}, {counted(len(found) - bad, 'warning')}"


def tell(found: Sequence[Finding], *, warnings: bool, hint: str = "") -> None:
    """Say what was found. Raises: TemplateError for the first error; ``hint`` if it has none."""
    wrong = errors(found)
    said = [each for each in found if each not in wrong] if warnings else []
    for each in (*said, *wrong[1:]):
        remark = f" {each.hint}" if each.hint else ""
        console.say(f"{each.level}: {each.message}.{remark}")
    if wrong:
        raise TemplateError(wrong[0].message, wrong[0].hint or hint)
