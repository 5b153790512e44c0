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
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
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
        self.root = folder.resolve()

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
        if not Path(path).resolve().is_relative_to(self.root):
            raise jinja2.TemplateNotFound(template)
        return source, path, uptodate


class _Sandbox(sandbox.ImmutableSandboxedEnvironment):
    """Templates cannot reach Python, change values, fill the memory, or count for ever."""

    intercepted_binops = frozenset(["*", "**"])

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Jinja's own)
        super().__init__(**options)
        self._counted = 0
        self.globals["range"] = self._range
        del self.globals["lipsum"], self.filters["center"]  # any length for a small number

    def _range(self, *limits: int) -> range:
        """``range``, with an end to the steps that all loops make together."""
        steps = sandbox.safe_range(*limits)
        self._counted += len(steps)
        if self._counted > _MAX_REPEAT:
            raise SecurityError(f"loops make more than {_MAX_REPEAT:,} steps")
        return steps

    def call(
        self,
        context: jinja2.runtime.Context,
        function: Any,  # noqa: ANN401
        *args: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call ``function`` unless a number, such as a width, asks for a huge result."""
        given = (*args, *options.values())
        if any(isinstance(value, int) and value > _MAX_REPEAT for value in given):
            raise SecurityError("the result of a call may be too large")
        return super().call(context, function, *args, **options)

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
