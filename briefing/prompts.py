"""Prompt sets: folders of Jinja files, one for each thing the model is asked.

A prompt file has the blocks ``system`` and ``user`` (and may have ``answer``: how the answer
begins). A set may hold only what it changes: the rest comes from ``default``. Its manifest
(:mod:`briefing.prompt_manifest`) says what each prompt is given and must return.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import jinja2

from briefing import prompt_manifest
from briefing.errors import InternalError, TemplateError
from briefing.model.jobs import Prompt
from briefing.prompt_manifest import Manifest
from briefing.resources import prompts_dir
from briefing.templating import place_of, prompt_environment
from briefing.text_files import is_folder, is_there

DEFAULT_SET = "default"
NAMES = ("outcome", "open", "same", "ask")
_BLOCKS = ("system", "user", "answer")
_FILE = re.compile(r"[\w-]+\.jinja")


class PromptSet:
    """The prompts of one set; ``name`` is one of ours or a path to a folder.

    Raises: TemplateError where there is no such set, or its manifest is wrong.
    """

    def __init__(self, name: str = DEFAULT_SET) -> None:
        ours = prompts_dir()
        known = sorted(p.name for p in ours.iterdir() if p.is_dir())
        folder = ours / name if name in known else Path(name)
        if not name or not is_folder(folder):
            raise TemplateError(
                f"there is no prompt set {name!r}", f"There are: {', '.join(known)}."
            )
        if not any(folder.glob("*.jinja")) and not is_there(folder / prompt_manifest.FILE_NAME):
            raise TemplateError(
                f"{folder} holds no prompts", "`briefing prompts new NAME` makes a set to change."
            )
        self.name = folder.resolve().name
        self.folder = folder
        self._folders = (folder, ours / DEFAULT_SET)
        self._environment = prompt_environment(*self._folders)
        self._environment.loader = _OwnFiles(self._environment.loader)
        self._own = prompt_manifest.load(folder)

    @cached_property
    def manifest(self) -> Manifest:
        """What the set is called, and what each of its prompts is given and must return.

        ``version`` is empty where the set has no manifest of its own.

        Raises: TemplateError where the set's own manifest contradicts the program.
        """
        base = prompt_manifest.load(self._folders[-1])
        if base is None:
            raise InternalError(
                f"the default prompt set has no {prompt_manifest.FILE_NAME}",
                "Install the package again: its files are not complete.",
            )
        return prompt_manifest.inherited(self._own, base, self.folder.resolve())

    @property
    def files(self) -> dict[str, Path]:
        """The prompt files in effect by name, included parts (``_name``) as well."""
        found: dict[str, Path] = {}
        for folder in reversed(self._folders):
            found.update({path.stem: path for path in folder.glob("*.jinja")})
        return dict(sorted(found.items()))

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each prompt file in effect, by name, included parts as well."""
        return {
            name: sha256(path.read_bytes()).hexdigest()
            for name, path in self.files.items()
            if path.is_file()
        }

    def is_ours(self, name: str) -> bool:
        """Whether prompt ``name`` is the one that we ship, to the byte."""
        ours = self._folders[-1] / f"{name}.jinja"
        return self.files[name].read_bytes() == ours.read_bytes()

    def prompt(self, name: str, **values: object) -> Prompt:
        """Render prompt ``name`` with ``values``.

        Raises: TemplateError naming file and line.
        """
        try:
            template = self._environment.get_template(f"{name}.jinja")
            parts = {block: _block(template, block, values) for block in _BLOCKS}
        except jinja2.TemplateNotFound as error:
            raise TemplateError(f"prompt set {self.name} lacks {error}") from error
        except jinja2.TemplateSyntaxError as error:
            place = f"{error.filename or error.name}, line {error.lineno}"
            raise TemplateError(f"{place}: {error.message}", "Correct the prompt.") from error
        except TemplateError:
            raise
        except Exception as error:
            place = place_of(error, f"{name}.jinja")
            raise TemplateError(f"{place}: {error}", "Correct the prompt.") from error
        if not parts["user"]:
            raise TemplateError(f"{name}.jinja has no block “user”")
        return Prompt(**parts)


class _OwnFiles(jinja2.BaseLoader):
    """Only ``name.jinja`` in the set's folders: the files whose hashes a briefing records."""

    def __init__(self, inner: jinja2.BaseLoader | None) -> None:
        self._inner = inner

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of ``template``, its path, and whether it is up to date."""
        if self._inner is None or not _FILE.fullmatch(template):
            raise jinja2.TemplateNotFound(template)
        return self._inner.get_source(environment, template)


def _block(template: jinja2.Template, block: str, values: dict[str, object]) -> str:
    render = template.blocks.get(block)
    if render is None:
        return ""
    try:
        return "".join(render(template.new_context(values))).strip("\n")
    except Exception:  # noqa: BLE001 (raised again)
        # Jinja knows the lines of prompts only in tracebacks that it has rewritten.
        template.environment.handle_exception()
