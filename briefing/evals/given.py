"""The sources that a judged document may cite: those of the command line, or files beside it.

A document is hostile input: what it names is read only if the user gave it or it lies in the
document's own folder, links followed; an address is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.errors import SourceError, UserError
from briefing.types import LeftOut, Source

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://|www\.|(?:data|file|javascript|mailto):", re.IGNORECASE)
_ID = re.compile(r"[sS]?(\d{1,4})")


@dataclass(frozen=True)
class Given:
    """What the command line gave: files by the id they are cited by, and files in order."""

    named: dict[str, Path] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    folder: Path | None = None


def given(named: Sequence[str] = (), folder: Path | None = None) -> Given:
    """Read ``--source ID=FILE`` options and the folder of ``--sources``.

    Raises: UserError for what leads to no file.
    """
    files: dict[str, Path] = {}
    for option in named:
        key, equals, place = option.partition("=")
        if not (equals and key.strip() and place):
            raise UserError(f"--source {option} is not ID=FILE", "For instance --source 1=a.txt.")
        if not Path(place).is_file():
            raise UserError(f"--source {option}: {place} is no file", "Check the path.")
        if canonical(key) in files:
            raise UserError(f"--source gives {key.strip()} twice", "Give each source its own id.")
        files[canonical(key)] = Path(place)
    return Given(files, _files(folder) if folder else (), folder)


def canonical(key: str) -> str:
    """``S1`` for ``1``, ``s1`` and ``S01``; other ids in lower case."""
    key = key.strip()
    number = _ID.fullmatch(key)
    return f"S{int(number[1])}" if number else key.casefold()


def is_address(place: str) -> bool:
    """Whether ``place`` is a web address or the like, and so never opened."""
    return bool(_SCHEME.match(place.strip()))


def find(place: str, given: Given, home: Path) -> Path | str:
    """The file that a document in ``home`` means by ``place``, or why there is none."""
    place = place.strip()
    if is_address(place):
        return f"{place} is an address, and nothing is fetched: save it and give it with --source"
    known = _given_as(place, given)
    if known is not None:
        return known
    try:
        path = (home / place).resolve()
        if not path.is_relative_to(home.resolve()):
            return f"{place} lies outside the folder of the document: give it with --source"
        return home / place if path.is_file() else f"there is no file {place}"
    except (OSError, ValueError):
        return f"{place} is no path"


def read(path: Path, source_id: str) -> Source:
    """The source in ``path`` under the id by which it is cited.

    Raises: SourceError naming the file.
    """
    from briefing.sources import ReadOptions  # imported late: it is slow to import
    from briefing.sources import read as read_all

    # subtle: an absolute path can be neither "-" nor an address nor an option.
    reading = read_all([str(path.absolute())], ReadOptions(offline=True))
    return reading.sources[0].model_copy(update={"id": source_id, "path": path.as_posix()})


def try_read(path: Path, source_id: str) -> Source | str:
    """:func:`read`, or why the file cannot be used."""
    try:
        return read(path, source_id)
    except SourceError as error:
        return " ".join(error.message.split())


def _files(folder: Path) -> tuple[Path, ...]:
    from briefing.sources.inputs import find as find_inputs

    if not folder.is_dir():
        raise UserError(f"--sources {folder} is no folder", "Name the folder of the documents.")
    found = find_inputs([str(folder)])
    files = tuple(Path(item.name) for item in found if not isinstance(item, LeftOut))
    if not files:
        raise UserError(f"there is no document in {folder}", "Files: .txt .md .html .pdf .docx.")
    return files


def _given_as(place: str, given: Given) -> Path | None:
    """The file of the command line with this path, this path in its folder, or this name alone."""
    every = dict.fromkeys((*given.named.values(), *given.files))
    exact = [path for path in every if path.as_posix() == place]
    if given.folder is not None:
        exact += [path for path in given.files if path == given.folder / place]
    named = [path for path in every if path.name == Path(place).name]
    if exact:
        return exact[0]
    return named[0] if len(named) == 1 else None
