"""The one place where Jinja environments are made and templates are rendered.

Three flavours, one sandbox:

* :func:`markdown_environment`: values are escaped for Markdown (output templates);
* :func:`html_environment`: values are escaped for HTML (the page around a rendered briefing);
* :func:`prompt_environment`: nothing is escaped (prompts).

Unknown names are errors. Templates see their own folders only, and cannot change what they are
given. A template that is wrong becomes a :class:`~briefing.errors.TemplateError` with file and
line.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Final

import jinja2
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from briefing.errors import TemplateError
from briefing.escaping import code, escape, escape_cell
from briefing.sandbox import Sandbox

MAX_OUTPUT: Final = 50_000_000
"""Characters that one rendering may write."""
_MAX_COMPILED: Final = 200
"""Templates of one flavour whose code is kept; ours are fewer."""


class _Folder(jinja2.FileSystemLoader):
    """Templates in one folder; a link that leads out of it is not followed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8")
        self.root = Path(os.path.realpath(folder))  # where links lead in a circle, no error

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            source, path, uptodate = super().get_source(environment, template)
        except jinja2.TemplateNotFound:  # which is an OSError, too
            raise
        except (UnicodeDecodeError, OSError) as error:
            place = self.root / template
            raise TemplateError(f"{place} cannot be read: {error}", "Save it as UTF-8.") from error
        if not Path(os.path.realpath(path)).is_relative_to(self.root):
            raise jinja2.TemplateNotFound(template)
        return source, path, uptodate


class _Compiled(jinja2.BytecodeCache):
    """Code of the templates that this process compiled, by file and content.

    An environment lasts for one rendering; compiling takes longer than rendering. Code depends on
    what an environment escapes, so that each flavour has its own.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(self._kept) >= _MAX_COMPILED:
            self._kept.clear()
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_MARKDOWN: Final = _Compiled()
_HTML: Final = _Compiled()
_PROMPTS: Final = _Compiled()


def markdown_environment(folders: Iterable[Path]) -> jinja2.Environment:
    """An environment whose values are shown as text in Markdown, unless they are ``Markup``.

    Filters beside Jinja's own: ``code`` (paths and addresses as code spans) and ``cell`` (inside
    a table).
    """
    environment = _environment(folders, _MARKDOWN, autoescape=True, finalize=_as_markdown)
    environment.filters["code"] = lambda text: Markup(code(str(text)))  # noqa: S704 (escaped)
    environment.filters["cell"] = lambda text: Markup(escape_cell(str(text)))  # noqa: S704
    return environment


def html_environment(folders: Iterable[Path]) -> jinja2.Environment:
    """An environment whose values are escaped for HTML, unless they are ``Markup``."""
    return _environment(folders, _HTML, autoescape=True)


def prompt_environment(*folders: Path) -> jinja2.Environment:
    """An environment for prompts: ``folders`` in order of precedence, nothing escaped."""
    return _environment(folders, _PROMPTS, autoescape=False)


def load_template(environment: jinja2.Environment, name: str) -> jinja2.Template:
    """The template ``name`` of ``environment``, compiled. Raises: TemplateError with its place."""
    with _explained(environment, name):
        return environment.get_template(name)


def render_template(
    environment: jinja2.Environment, name: str, context: Mapping[str, object]
) -> str:
    """Render the template ``name`` of ``environment`` with ``context``.

    Raises: TemplateError naming file and line.
    """
    with _explained(environment, name):
        if isinstance(environment, Sandbox):
            environment.begin()
        return _bounded(environment.get_template(name), context)


@contextmanager
def _explained(environment: jinja2.Environment, name: str) -> Iterator[None]:
    """Turn whatever a template does wrong into a TemplateError."""
    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.filename or error.name or name}, line {error.lineno}"
        raise TemplateError(f"{place}: {error.message}", "Correct the template.") from error
    except jinja2.TemplateNotFound as error:
        raise _not_found(environment, str(error.name or name)) from error
    except jinja2.UndefinedError as error:
        hint = "Names that templates may use are listed in templates/README.md."
        raise TemplateError(f"{place_of(error, name)}: {error.message}", hint) from error
    except SecurityError as error:
        hint = "Templates may only read the values they are given."
        raise TemplateError(f"{place_of(error, name)}: {error}", hint) from error
    except TemplateError:
        raise
    except Exception as error:
        message = f"{place_of(error, name)}: {type(error).__name__}: {error}"
        raise TemplateError(message, "Correct the template.") from error


def _environment(
    folders: Iterable[Path],
    compiled: _Compiled,
    *,
    autoescape: bool,
    finalize: Callable[[object], object] | None = None,
) -> jinja2.Environment:
    return Sandbox(
        loader=jinja2.ChoiceLoader([_Folder(folder) for folder in folders]),
        bytecode_cache=compiled,
        autoescape=autoescape,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _as_markdown(value: object) -> object:
    """What ``{{ value }}`` writes: nothing for None, Markdown as it is, all else escaped."""
    if value is None:
        return Markup("")
    if isinstance(value, jinja2.Undefined) or hasattr(value, "__html__"):
        return value
    return Markup(escape(str(value)))  # noqa: S704 (escaped)


def _bounded(template: jinja2.Template, context: Mapping[str, object]) -> str:
    pieces = []
    size = 0
    for piece in template.generate(context):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_OUTPUT:
            message = f"{template.filename}: writes more than {MAX_OUTPUT:,} characters"
            raise TemplateError(message, "Look for a loop that repeats too much.")
    return "".join(pieces)


def place_of(error: Exception, name: str) -> str:
    """File and line of the template in which ``error`` arose: Jinja puts them in the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith(".jinja"):
            return f"{frame.filename}, line {frame.lineno}"
    return name


def _not_found(environment: jinja2.Environment, name: str) -> TemplateError:
    # Not list_templates, which walks through all that lies below the user's folder.
    loaders = (
        environment.loader.loaders if isinstance(environment.loader, jinja2.ChoiceLoader) else []
    )
    folders = [loader.root for loader in loaders if isinstance(loader, _Folder)]
    known = sorted({path.name for folder in folders for path in folder.glob("*.jinja")})
    hint = f"There are: {', '.join(known)}." if known else "The template folder is empty."
    return TemplateError(f"there is no template {name!r}", hint)
