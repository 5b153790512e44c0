"""The output templates there are, and new ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from briefing import atomic
from briefing.errors import TemplateError, UserError
from briefing.render import find_template
from briefing.resources import templates_dir
from briefing.text_files import is_there, read_text
from briefing.types import Value

ENDING: Final = ".md.jinja"
_PARTS: Final = {"footnotes"}
_COMMENT: Final = re.compile(r"\s*\{#-?(.*?)-?#\}", re.DOTALL)


class Listed(Value):
    """A template; ``given`` is what ``--template`` takes, ``description`` its first comment."""

    given: str
    description: str


def listed(folder: Path) -> list[Listed]:
    """Our templates, then those of the user in ``folder`` and in its ``templates``."""
    ours = templates_dir().resolve()
    places = [place for place in (folder, folder / "templates") if place.resolve() != ours]
    named = [(path.name.removesuffix(ENDING), path) for path in _files(ours)]
    named += [
        (path.relative_to(folder).as_posix(), path) for place in places for path in _files(place)
    ]
    return [Listed(given=given, description=_described(path)) for given, path in named]


def text_of(given: str) -> str:
    """The template that ``given`` names, as it stands in its file. Raises: TemplateError."""
    name, folder = find_template(given)
    file = name if "." in name else f"{name}{ENDING}"
    path = (folder or templates_dir()) / file
    try:
        return read_text(path)
    except FileNotFoundError as error:
        known = ", ".join(each.given for each in listed(Path.cwd()))
        raise TemplateError(f"there is no template {given!r}", f"There are: {known}.") from error


def new(given: str, base: str) -> Path:
    """Write a copy of the template ``base`` to ``given``, with the ending that templates have.

    Raises: UserError where something is there already; TemplateError for an unknown ``base``.
    """
    path = Path(given if given.endswith(".jinja") else f"{given}{ENDING}")
    if not Path(given).name.strip("."):
        raise UserError(f"{given!r} is no name for a template", "Use letters and digits.")
    if is_there(path):
        raise UserError(f"{path} exists already", "Choose another name.")
    atomic.write_text(path, text_of(base))
    return path


def _files(folder: Path) -> list[Path]:
    found = sorted(folder.glob(f"*{ENDING}"))
    return [path for path in found if path.name.removesuffix(ENDING) not in _PARTS]


def _described(path: Path) -> str:
    try:
        match = _COMMENT.match(read_text(path))
    except (FileNotFoundError, TemplateError) as error:
        return f"broken: {error.message if isinstance(error, TemplateError) else 'gone'}"
    return " ".join(match[1].split()) if match else ""
