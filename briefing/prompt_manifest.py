"""The manifest of a prompt set: what it is called, and what each prompt is given and must return.

``manifest.toml`` in the folder of the set. A set that changes some prompts only may leave the file
out, or state in it only what it is called: the rest holds as in the default set. What a prompt is
given and how its answer is read is settled by the program, so a set can repeat these entries and
cannot change them.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, ValidationError, model_validator

from briefing.errors import TemplateError
from briefing.text_files import read_text
from briefing.types import Value

FILE_NAME: Final = "manifest.toml"
Kind = Literal["score", "compare", "generate", "probe"]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f/\\]+$")]


class PromptEntry(Value):
    """What one prompt is for.

    ``score``: how likely is each of ``choices`` as the answer; ``compare``: how likely are texts
    that the program makes; ``generate``: what is written; ``probe``: what the model has in mind.
    ``returns`` says it in words. ``variables`` are the values that the prompt is given.
    """

    kind: Kind
    returns: str = ""
    choices: tuple[str, ...] = ()
    variables: tuple[str, ...]

    @model_validator(mode="after")
    def _choices_for_scores(self) -> Self:
        if (self.kind == "score") != (len(self.choices) > 1):
            raise ValueError("a score needs two or more choices, and nothing else has any")
        return self


class Manifest(Value):
    """A prompt set in words; ``prompts`` are entries by the name of the prompt's file."""

    name: Name
    version: Name
    description: str = ""
    prompts: dict[str, PromptEntry] = Field(default_factory=dict)


def load(folder: Path) -> Manifest | None:
    """The manifest in ``folder``; None where there is no such file.

    Raises: TemplateError naming file and key.
    """
    path = folder / FILE_NAME
    try:
        table = tomllib.loads(read_text(path))
        return Manifest.model_validate(table)
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(
            f"{path} is not valid TOML: {error}", "Correct the manifest."
        ) from error
    except ValidationError as error:
        raise _invalid(path, error) from error


def inherited(own: Manifest | None, base: Manifest, place: Path) -> Manifest:
    """The manifest that holds for the set in ``place``: its ``own`` on that of the default set.

    Raises: TemplateError where ``own`` knows other prompts, or describes one differently.
    """
    if own is None:
        return base.model_copy(update={"name": place.name, "version": "", "description": ""})
    file = place / FILE_NAME
    for name, entry in own.prompts.items():
        ours = base.prompts.get(name)
        if ours is None:
            near = nearest(name, base.prompts)
            raise TemplateError(f"{file}: there is no prompt {name!r} to change", near)
        for key in ("kind", "choices", "variables"):
            if set(getattr(entry, key)) != set(getattr(ours, key)):
                raise TemplateError(
                    f"{file}: prompts.{name}.{key} is not as the program has it",
                    f"Write {_toml(getattr(ours, key))}, or leave the entry out.",
                )
    return own.model_copy(update={"prompts": {**base.prompts, **own.prompts}})


def nearest(name: str, known: Mapping[str, object]) -> str:
    """A hint: the name that was probably meant, or all there are."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(known))}."


def dumps(manifest: Manifest) -> str:
    """``manifest`` as TOML."""
    head = {"name": manifest.name, "version": manifest.version}
    lines = [f"{key} = {_toml(value)}" for key, value in head.items()]
    lines.append(f"description = {_toml(manifest.description)}")
    for name, entry in manifest.prompts.items():
        lines += ["", f"[prompts.{name}]"]
        lines += [f"{key} = {_toml(value)}" for key, value in entry if value not in ("", ())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    # JSON's strings and lists of strings are TOML's.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _invalid(path: Path, error: ValidationError) -> TemplateError:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"]) or "the whole"
    if first["type"] == "extra_forbidden":
        known = PromptEntry if first["loc"][0] == "prompts" else Manifest
        hint = nearest(str(first["loc"][-1]), known.model_fields)
        return TemplateError(f"{path}: {key} is not known", hint)
    reason = first["msg"].removeprefix("Value error, ")
    return TemplateError(f"{path}: {key}: {reason[:1].lower()}{reason[1:]}", "See docs/prompts.md.")
