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

import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import jinja2
from jinja2 import sandbox
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from briefing.errors import TemplateError
from briefing.escaping import code, escape, escape_cell

MAX_OUTPUT: Final = 200_000_000
"""Characters that one rendering may write."""
_MAX_REPEAT: Final = 1_000_000


class _Folder(jinja2.FileSystemLoader):
    """Templates in one folder; a link that leads out of it is not followed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, encoding="utf-8")
        self._root = folder.resolve()

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        try:
            source, path, uptodate = super().get_source(environment, template)
        except jinja2.TemplateNotFound:  # which is an OSError, too
            raise
        except (UnicodeDecodeError, OSError) as error:
            place = self._root / template
            raise TemplateError(f"{place} cannot be read: {error}", "Save it as UTF-8.") from error
        if not Path(path).resolve().is_relative_to(self._root):
            raise jinja2.TemplateNotFound(template)
        return source, path, uptodate


class _Sandbox(sandbox.ImmutableSandboxedEnvironment):
    """Templates cannot reach Python, change values, or fill the memory by multiplying."""

    intercepted_binops = frozenset(["*", "**"])

    def call_binop(
        self,
        context: jinja2.runtime.Context,
        operator: str,
        left: Any,  # noqa: ANN401 (templates calculate with anything)
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Calculate ``left operator right`` unless the result could be huge."""
        sizes = [len(side) for side in (left, right) if hasattr(side, "__len__")]
        times = [side for side in (left, right) if isinstance(side, int)]
        if operator == "**" or any(n * t > _MAX_REPEAT for n in sizes for t in times):
            raise SecurityError(f"the result of {operator!r} may be too large")
        return super().call_binop(context, operator, left, right)


def markdown_environment(folders: Iterable[Path]) -> jinja2.Environment:
    """An environment whose values are shown as text in Markdown, unless they are ``Markup``.

    Filters beside Jinja's own: ``code`` (paths and addresses as code spans) and ``cell`` (inside
    a table).
    """
    environment = _environment(folders, autoescape=True, finalize=_as_markdown)
    environment.filters["code"] = lambda text: Markup(code(str(text)))  # noqa: S704 (escaped)
    environment.filters["cell"] = lambda text: Markup(escape_cell(str(text)))  # noqa: S704
    return environment


def html_environment(folders: Iterable[Path]) -> jinja2.Environment:
    """An environment whose values are escaped for HTML, unless they are ``Markup``."""
    return _environment(folders, autoescape=True)


def prompt_environment(*folders: Path) -> jinja2.Environment:
    """An environment for prompts: ``folders`` in order of precedence, nothing escaped."""
    return _environment(folders, autoescape=False)


def render_template(
    environment: jinja2.Environment, name: str, context: Mapping[str, object]
) -> str:
    """Render the template ``name`` of ``environment`` with ``context``.

    Raises: TemplateError naming file and line.
    """
    try:
        template = environment.get_template(name)
        return _bounded(template, context)
    except jinja2.TemplateSyntaxError as error:
        place = f"{error.filename or error.name or name}, line {error.lineno}"
        raise TemplateError(f"{place}: {error.message}", "Correct the template.") from error
    except jinja2.TemplateNotFound as error:
        raise _not_found(environment, str(error.name or name)) from error
    except jinja2.UndefinedError as error:
        hint = "Names that templates may use are listed in templates/README.md."
        raise TemplateError(f"{_place(error, name)}: {error.message}", hint) from error
    except SecurityError as error:
        hint = "Templates may only read the values they are given."
        raise TemplateError(f"{_place(error, name)}: {error}", hint) from error
    except TemplateError:
        raise
    except Exception as error:
        message = f"{_place(error, name)}: {type(error).__name__}: {error}"
        raise TemplateError(message, "Correct the template.") from error


def _environment(
    folders: Iterable[Path],
    *,
    autoescape: bool,
    finalize: Callable[[object], object] | None = None,
) -> jinja2.Environment:
    return _Sandbox(
        loader=jinja2.ChoiceLoader([_Folder(folder) for folder in folders]),
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


def _place(error: Exception, name: str) -> str:
    """File and line of the template in which ``error`` arose: Jinja puts them in the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith(".jinja"):
            return f"{frame.filename}, line {frame.lineno}"
    return name


def _not_found(environment: jinja2.Environment, name: str) -> TemplateError:
    known = sorted(name for name in environment.list_templates() if name.endswith(".jinja"))
    hint = f"There are: {', '.join(known)}." if known else "The template folder is empty."
    return TemplateError(f"there is no template {name!r}", hint)
