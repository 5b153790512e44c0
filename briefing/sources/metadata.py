"""What a text or its sidecar says of itself: front matter, sidecar files, and its first lines."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from briefing.errors import SourceError
from briefing.sources.dates import is_dated, iso_date
from briefing.sources.values import Metadata

KEYS = tuple(Metadata.model_fields)
SIDECAR_SUFFIXES = (".meta.yaml", ".meta.json")
_MAX_SIDECAR_BYTES = 100_000
_MAX_FRONT_MATTER_CHARS = 8_000
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ALIASES = {
    "authors": "author", "byline": "author", "date": "published", "source": "publisher",
    "site": "publisher", "lang": "language",
}  # fmt: skip
_TOP_LINES = 6
_TITLE_CHARS = 150
_TITLE_WORDS = 3
_ENDS_SENTENCE = tuple(".!?:;,…\"”»'’)")
_HEADING = re.compile(r"#\s+(.+?)\s*#*\s*")


def front_matter(text: str) -> tuple[int, Metadata]:
    """Where the front matter of ``text`` ends (0: it has none), and what it says.

    Unknown keys and values of another shape are nobody's business and ignored.
    """
    match = _FRONT_MATTER.match(text, 0, _MAX_FRONT_MATTER_CHARS)
    if not match:
        return 0, Metadata()
    try:
        entries = _strings(match[1])
    except yaml.YAMLError:
        return 0, Metadata()
    if not isinstance(entries, Mapping):
        return 0, Metadata()
    found: dict[str, str] = {}
    for key, value in entries.items():
        field = _ALIASES.get(str(key).lower(), str(key).lower())
        if field in KEYS and (checked := _checked(field, value)):
            found.setdefault(field, checked)
    return match.end(), Metadata(**found)


def first_lines(text: str, start: int = 0) -> Metadata:
    """Title and date as the first lines from ``start`` show them, where there is no doubt.

    A title is a Markdown heading, or a short line without final punctuation that stands alone
    above a longer text; a date has a line of its own below it.
    """
    lines = text[start : start + 4_000].split("\n")
    top = [i for i, line in enumerate(lines) if line.strip()][:_TOP_LINES]
    candidates = [i for i in top if not is_dated(lines[i])]
    first = candidates[0] if candidates else 0
    # A date above the title is the page's clock: the day on which the page was saved.
    dates = (found for i in top if i >= first and (found := iso_date(lines[i])))
    title = _title(lines, first) if candidates else None
    return Metadata(title=title, published=next(dates, None))


def sidecar_metadata(document: Path) -> Metadata:
    """What the file ``NAME.ext.meta.yaml`` or ``.meta.json`` beside ``document`` says of it.

    Raises: SourceError naming the sidecar and the key that is wrong.
    """
    present = [p for s in SIDECAR_SUFFIXES if (p := document.with_name(document.name + s)).exists()]
    if not present:
        return Metadata()
    if len(present) > 1:
        raise SourceError(f"{document} has two sidecars", "Keep the .meta.yaml or the .meta.json.")
    return _sidecar(present[0])


def is_sidecar(name: str) -> bool:
    """Does the file name say that it describes another document?"""
    return name.lower().endswith(SIDECAR_SUFFIXES)


def _sidecar(path: Path) -> Metadata:
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_SIDECAR_BYTES).decode("utf-8-sig")
        entries = json.loads(text) if path.suffix == ".json" else _strings(text)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        what = "JSON" if path.suffix == ".json" else "YAML"
        raise SourceError(f"{path} is not valid {what}", f"It may hold: {_listed()}.") from error
    if not isinstance(entries, Mapping):
        raise SourceError(f"{path} holds no keys and values", f"It may hold: {_listed()}.")
    return Metadata(**{key: _required(path, str(key), value) for key, value in entries.items()})


def _required(path: Path, key: str, value: object) -> str:
    if key not in KEYS:
        near = difflib.get_close_matches(key, KEYS, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise SourceError(f"{path}: unknown key {key!r}", f"{hint}Known keys: {_listed()}.")
    checked = _checked(key, value)
    if checked is None:
        hints = {
            "published": "Write a date as 2024-06-12.",
            "language": "Write a code such as en or de.",
            "url": "Write an http or https address without user name and password.",
        }
        raise SourceError(f"{path}: {key!r} has no usable value", hints.get(key, "Write a text."))
    return checked


def _checked(key: str, value: object) -> str | None:
    if isinstance(value, list) and key == "author" and all(isinstance(v, str) for v in value):
        value = ", ".join(value)
    if not isinstance(value, str) or not (text := " ".join(value.split())):
        return None
    if key == "published":
        return iso_date(text)
    if key == "language":
        code = text.split("-")[0].lower()
        return code if re.fullmatch(r"[a-z]{2,3}", code) else None
    if key == "url":
        return text if re.fullmatch(r"https?://[^/@\s]+(?:/\S*)?", text) else None
    return text


def _strings(text: str) -> object:
    """YAML with every plain value left a string, so that ``title: No`` stays one.

    Raises: yaml.YAMLError.
    """
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (constructs only str, list, dict)
    except (RecursionError, ValueError) as error:
        raise yaml.YAMLError(str(error)) from error


def _listed() -> str:
    return ", ".join(KEYS)


def _title(lines: list[str], at: int) -> str | None:
    line = lines[at].strip()
    if heading := _HEADING.fullmatch(line):
        return heading[1]
    alone = at + 1 < len(lines) and not lines[at + 1].strip()
    rest = max((len(other) for other in lines[at + 1 :]), default=0)
    confident = (
        alone
        and len(line) <= _TITLE_CHARS
        and len(line.split()) >= _TITLE_WORDS
        and line[0].isalnum() | (line[0] in "‘“\"'")
        and not line.lower().startswith("by ")
        and (not line.endswith(_ENDS_SENTENCE))
        and rest > len(line)
    )
    return line if confident else None
