"""Prompt sets: folders of Jinja files, one for each thing the model is asked.

A prompt file has the blocks ``system`` and ``user`` (and may have ``answer``: how the answer
begins). A set may hold only what it changes: the rest comes from ``default``.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import jinja2

from briefing.errors import TemplateError
from briefing.model.jobs import Prompt
from briefing.resources import prompts_dir
from briefing.templating import place_of, prompt_environment

DEFAULT_SET = "default"
NAMES = ("outcome", "open", "ask")
_BLOCKS = ("system", "user", "answer")


class PromptSet:
    """The prompts of one set; ``name`` is one of ours or a path to a folder.

    Raises: TemplateError where there is no such set.
    """

    def __init__(self, name: str = DEFAULT_SET) -> None:
        ours = prompts_dir()
        folder = ours / name
        if Path(name).name != name or not folder.is_dir():
            folder = Path(name)
        if not folder.is_dir():
            known = ", ".join(sorted(p.name for p in ours.iterdir() if p.is_dir()))
            raise TemplateError(f"there is no prompt set {name!r}", f"There are: {known}.")
        self.name = folder.name
        self._folders = (folder, ours / DEFAULT_SET)
        self._environment = prompt_environment(*self._folders)

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each prompt file in effect, by name, included parts as well."""
        files: dict[str, str] = {}
        for folder in reversed(self._folders):
            for path in sorted(folder.glob("*.jinja")):
                files[path.stem] = sha256(path.read_bytes()).hexdigest()
        return dict(sorted(files.items()))

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


def _block(template: jinja2.Template, block: str, values: dict[str, object]) -> str:
    render = template.blocks.get(block)
    if render is None:
        return ""
    try:
        return "".join(render(template.new_context(values))).strip("\n")
    except Exception:  # noqa: BLE001 (raised again)
        # Jinja knows the lines of prompts only in tracebacks that it has rewritten.
        template.environment.handle_exception()
