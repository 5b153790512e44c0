"""``briefing open``: the evidence view of a briefing file, in the browser."""

from __future__ import annotations

import os
import webbrowser
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from briefing import atomic, document, paths
from briefing.cli import console
from briefing.errors import UserError
from briefing.render import render
from briefing.review.keeping import held

_FOLDER = "views"


def open_view(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it, or only write it.")
    ] = True,
) -> None:
    """Show a briefing in the default browser: each sentence opens its sources.

    Decisions that `briefing review` keeps beside FILE.json are shown, to go on with.

    The page is kept among the stored results, readable by you only, and its path printed. To have
    it elsewhere: briefing render FILE.json --format html -o PAGE.html

    Example: briefing open briefing.json
    """
    briefing = document.load(file)
    text = render(briefing, format="html", review=held(file, briefing))
    page = _page(file)
    atomic.write_text(page, text, private=True)
    console.result(f"{page}\n")
    if browser and not _opened(page):
        console.say("no browser was found: open that file yourself")


def _page(file: Path) -> Path:
    """Where the page of ``file`` is kept: one for each path, so that pages do not pile up."""
    folder = paths.cache_dir() / _FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        name = sha256(os.path.realpath(file).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    except OSError as error:
        raise UserError(f"{folder} cannot be made: {error.strerror}") from error
    return folder / f"{file.stem[:60]}-{name}.html"


def _opened(page: Path) -> bool:
    try:
        return webbrowser.open(page.as_uri())
    except webbrowser.Error:
        return False
