"""What the user named, found: files, files of folders, matches of patterns, addresses."""

from __future__ import annotations

import difflib
import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from briefing.errors import SourceError
from briefing.sources.formats import SUFFIXES, format_of_name
from briefing.sources.metadata import is_sidecar
from briefing.types import LeftOut, Value

STDIN_NAME = "standard input"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


class Input(Value):
    """One document to open. ``name`` is a path as the user gave it, a web address, or stdin."""

    kind: Literal["file", "url", "stdin"]
    name: str


def find(inputs: Sequence[str]) -> list[Input | LeftOut]:
    """The documents that ``inputs`` stand for, in order, each once, with what is passed over.

    Raises: SourceError for a path or pattern that leads to nothing, and for a bad address.
    """
    found: list[Input | LeftOut] = []
    seen: set[str] = set()
    for given in inputs:
        for item in _expand(given):
            key = os.path.realpath(item.name) if _is_file(item) else item.name
            if key not in seen:
                seen.add(key)
                found.append(item)
    return found


def public_url(url: str) -> str:
    """``url`` without user name, password and fragment, fit to be shown and kept."""
    import httpx

    parsed = httpx.URL(url)
    return str(parsed.copy_with(username=None, password=None, fragment=None))


def _is_file(item: Input | LeftOut) -> bool:
    return isinstance(item, Input) and item.kind == "file"


def _expand(given: str) -> Iterator[Input | LeftOut]:
    if given == "-":
        yield Input(kind="stdin", name=STDIN_NAME)
    elif scheme := _SCHEME.match(given):
        yield Input(kind="url", name=_checked_url(given, scheme[1].lower()))
    else:
        yield from _expand_path(given)


def _checked_url(given: str, scheme: str) -> str:
    import httpx

    shown = re.sub(r"//[^/]*@", "//", given)
    if scheme not in ("http", "https"):
        raise SourceError(
            f"{shown}: {scheme} addresses are not read", "Give a path, or an http or https address."
        )
    try:
        host = httpx.URL(given).host
    except httpx.InvalidURL as error:
        raise SourceError(f"{shown} is not a valid address: {error}") from error
    if not host:
        raise SourceError(f"{shown} is not a valid address: it names no host")
    return given


def _expand_path(given: str) -> Iterator[Input | LeftOut]:
    if os.path.lexists(given):
        yield from _existing(Path(given))
        return
    matches = _matches(given)
    if not matches:
        raise _nothing(given)
    for match in matches:
        if not is_sidecar(match):
            yield from _existing(Path(match))


def _matches(pattern: str) -> list[str]:
    # Path.glob takes no absolute patterns and loses a leading "./".
    return sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207


def _existing(path: Path) -> Iterator[Input | LeftOut]:
    name, printable = _name(path)
    if not printable:
        yield LeftOut(name=name, reason="its name is not valid Unicode: rename it")
    elif is_sidecar(path.name):
        yield LeftOut(name=name, reason="describes another document and is none itself")
    elif path.is_dir():
        yield from _folder(path)
    else:
        yield Input(kind="file", name=name)


def _folder(folder: Path) -> Iterator[Input | LeftOut]:
    failures: list[LeftOut] = []
    count = 0
    for path in _files(folder, failures):
        count += 1
        yield _in_folder(path, folder)
    yield from failures
    if not count and not failures:
        yield LeftOut(name=_name(folder)[0], reason="a folder without documents")


def _files(folder: Path, failures: list[LeftOut]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        name = _name(Path(error.filename or folder))[0]
        failures.append(LeftOut(name=name, reason=f"cannot be opened: {error.strerror}"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and not _describes_present(path):
                yield path


def _describes_present(path: Path) -> bool:
    """Is this the sidecar of a document beside it?"""
    document = path.name.removesuffix(path.suffix).removesuffix(".meta")
    return is_sidecar(path.name) and path.with_name(document).exists()


def _in_folder(path: Path, folder: Path) -> Input | LeftOut:
    name, printable = _name(path)
    if not printable:
        return LeftOut(name=name, reason="its name is not valid Unicode: rename it")
    if is_sidecar(path.name):
        return LeftOut(name=name, reason="describes a document that is not there")
    if format_of_name(path.name) is None:
        return LeftOut(name=name, reason=f"not one of {' '.join(SUFFIXES)}")
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        # An unpacked archive may link to any file of this machine.
        return LeftOut(name=name, reason="a link that leads out of the folder")
    return Input(kind="file", name=name)


def _name(path: Path) -> tuple[str, bool]:
    """The path as it is shown and kept, and whether it is valid Unicode."""
    name = path.as_posix()
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return shown, shown == name


def _nothing(given: str) -> SourceError:
    shown = _name(Path(given))[0]
    if glob.has_magic(given):
        return SourceError(f"{shown} matches no file", "Check the pattern and the current folder.")
    path = Path(given)
    try:
        siblings = sorted(p.name for p in path.parent.iterdir() if not p.name.startswith("."))
    except OSError:
        return SourceError(
            f"{shown} does not exist", f"There is no folder {path.parent.as_posix()}."
        )
    near = difflib.get_close_matches(path.name, siblings, n=1)
    hint = f"Did you mean {_name(path.with_name(near[0]))[0]}?" if near else "Check the path."
    return SourceError(f"{shown} does not exist", hint)
