"""Where commands may write: found out before the work, and never over what they read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import atomic
from briefing.cli import console
from briefing.errors import UserError

if TYPE_CHECKING:
    from briefing.render import Rendered


def check(places: Iterable[Path | None], read: Iterable[Path] = ()) -> None:
    """Minutes of work must not end in a folder that is not there, nor cost a document.

    ``read`` are the files that the command reads.

    Raises: UserError naming the first place that cannot be written, or should not be.
    """
    given = [place for place in places if place is not None]
    for place in given:
        _writable(place)
    if len(given) != len({_real(place) for place in given}):
        raise UserError("--output and --json name the same file", "Give each its own.")
    # A briefing file may name any path: what cannot be one cannot be overwritten.
    inputs = {_real(path): path for path in read if "\0" not in str(path)}
    for place in given:
        document = inputs.get(_real(place)) or next(
            (path for path in inputs.values() if _same_file(path, place)), None
        )
        if document is not None:
            raise UserError(
                f"{place} is one of the documents to be read: it would be overwritten",
                "Write elsewhere: outside the folder that is read, if an earlier run wrote it.",
            )


def deliver(made: str | bytes, output: Path | None) -> None:
    """Write ``made`` to ``output`` and say so, or to stdout."""
    if output is None:
        console.result(made)
        return
    data = made if isinstance(made, bytes) else made.encode("utf-8")
    atomic.write_bytes(output, data)
    console.say(f"wrote {output}")


def deliver_rendered(rendered: Rendered, output: Path | None) -> None:
    """Write what was ``rendered``, and say what is to be known about it."""
    deliver(rendered.content, output)
    if rendered.remark:
        console.say(f"note: {rendered.remark}")


def _writable(place: Path) -> None:
    try:
        if place.is_dir():
            raise UserError(f"{place} is a folder", "Name a file to write.")
        if not place.parent.is_dir():
            raise UserError(f"there is no folder {place.parent}", "Make it, or write elsewhere.")
        folder_needed = not place.exists() or place.is_file()
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}") from error
    if folder_needed and not os.access(place.parent, os.W_OK):
        raise UserError(f"the folder {place.parent} is not yours to write", "Write elsewhere.")


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _same_file(path: Path, place: Path) -> bool:
    """Also where the two are names of one file: hard links, or a file system without cases."""
    try:
        return path.samefile(place)
    except OSError:
        return False
