"""Is a prompt set fit to be used? Every prompt rendered on sample input; no model is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import jinja2
from jinja2 import meta, nodes

from briefing.errors import TemplateError
from briefing.findings import Finding, errors
from briefing.model.jobs import Prompt
from briefing.model.prefixes import common
from briefing.model.vocabulary import Tokens
from briefing.prompt_manifest import FILE_NAME, Kind, Manifest, PromptEntry, nearest
from briefing.prompts import DEFAULT_SET, PromptSet
from briefing.templating import prompt_environment
from briefing.types import Value

_UNREAD = {FILE_NAME, "README.md"}
_SAMPLES: Mapping[str, tuple[str, str]] = {
    "event": ("Storm closes the port of Sundvik", "Museum returns a painting to its owners"),
    "sentence": (
        "The harbour master said that two of the five cranes would stay shut until Thursday.",
        "It is not known who bought the painting in 1952, a spokeswoman for the museum said.",
    ),
    "context": (
        "Winds of 130 kilometres an hour had torn a barge from its moorings.",
        "The family had asked for it three times since the war.",
    ),
    "passages": (
        "The port reopened on Friday. Two cranes stayed shut.",
        "The museum bought it at an auction in Geneva.",
    ),
    "claim": ("Two cranes stayed shut.", "The painting came from Geneva."),
}
"""Two values of each variable."""


class PromptReport(Value):
    """One prompt on sample input. ``constant`` of its ``tokens`` are the same for every input."""

    name: str
    file: str
    inherited: bool
    kind: Kind
    tokens: int = 0
    constant: int = 0


class SetReport(Value):
    """What a check found. ``counted`` says how tokens were counted."""

    name: str
    version: str
    counted: str
    prompts: tuple[PromptReport, ...] = ()
    problems: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The problems that keep the set from being used."""
        return errors(self.problems)


def check(prompts: PromptSet, tokens: Tokens) -> SetReport:
    """Render all of ``prompts``; find what is undefined, unknown, unused, or read twice."""
    try:
        manifest = prompts.manifest
    except TemplateError as error:
        problem = _error(error.message, error.hint)
        return SetReport(name=prompts.name, version="", counted=tokens.about, problems=(problem,))
    rendered: dict[str, tuple[Prompt, Prompt]] = {}
    problems = [*_name(prompts, manifest), *_files(prompts, manifest)]
    for name, entry in manifest.prompts.items():
        try:
            rendered[name] = _samples(prompts, name, entry)
        except TemplateError as error:
            problems.append(_error(error.message, error.hint or _given(entry)))
            continue
        problems += _undefined(prompts, name, entry)
        problems += _unused(prompts, name, entry, rendered[name][0])
        problems += _beginning(name, entry, rendered[name], tokens)
    return SetReport(
        name=prompts.name,
        version=manifest.version,
        counted=tokens.about,
        prompts=tuple(_report(prompts, n, manifest.prompts[n], rendered, tokens) for n in rendered),
        problems=tuple(problems),
    )


def values(entry: PromptEntry, which: Literal[0, 1] = 0) -> dict[str, str]:
    """Sample input for ``entry``: the first or the second of two."""
    return {
        name: _SAMPLES.get(name, (f"Sample of {name}.", f"Another {name}."))[which]
        for name in entry.variables
    }


def _samples(prompts: PromptSet, name: str, entry: PromptEntry) -> tuple[Prompt, Prompt]:
    first, second = (prompts.prompt(name, **values(entry, which)) for which in (0, 1))
    prompts.prompt(name, **dict.fromkeys(entry.variables, ""))
    return first, second


def _report(
    prompts: PromptSet,
    name: str,
    entry: PromptEntry,
    rendered: Mapping[str, tuple[Prompt, Prompt]],
    tokens: Tokens,
) -> PromptReport:
    first, second = (tokens.tokens(prompt) for prompt in rendered[name])
    file = prompts.files[name]
    return PromptReport(
        name=name,
        file=str(file),
        inherited=file.parent != prompts.folder,
        kind=entry.kind,
        tokens=len(first),
        constant=common(first, second),
    )


def _name(prompts: PromptSet, manifest: Manifest) -> Iterator[Finding]:
    if manifest.name != prompts.name:
        file = prompts.folder / FILE_NAME
        yield _warning(
            f"{file}: the set is called {manifest.name!r} and lies in {prompts.name!r}",
            "Briefings record the name of the folder.",
        )


def _files(prompts: PromptSet, manifest: Manifest) -> Iterator[Finding]:
    """Files in the set's folder that nothing will read."""
    parts = {part for name in manifest.prompts for part in _sources(prompts, name)}
    for path in sorted(prompts.folder.iterdir()):
        if path.name in _UNREAD or path.name.startswith("."):
            continue
        if path.suffix != ".jinja" or not path.is_file():
            yield _warning(f"{path} is not read: prompts are files NAME.jinja")
        elif path.stem.startswith("_"):
            if path.name not in parts:
                yield _warning(f"{path} is included by no prompt")
        elif path.stem not in manifest.prompts:
            hint = nearest(path.stem, manifest.prompts)
            yield _error(f"{path}: there is no prompt {path.stem!r}, so nothing reads it", hint)


def _sources(prompts: PromptSet, name: str) -> dict[str, nodes.Template]:
    """The file of a prompt and those that it includes, parsed; unreadable ones left out."""
    environment = _environment(prompts)
    found: dict[str, nodes.Template] = {}
    todo = [f"{name}.jinja"]
    while todo:
        file = todo.pop()
        path = prompts.files.get(file.removesuffix(".jinja"))
        if path is None or file in found:
            continue
        try:
            found[file] = environment.parse(path.read_text(encoding="utf-8"))
        except (jinja2.TemplateSyntaxError, UnicodeDecodeError, OSError, RecursionError):
            continue  # rendering says so
        todo += [each for each in meta.find_referenced_templates(found[file]) if each]
    return found


def _undefined(prompts: PromptSet, name: str, entry: PromptEntry) -> Iterator[Finding]:
    """Names that would be missing on other input than the samples."""
    sources = _sources(prompts, name)
    known = {*entry.variables, *_environment(prompts).globals}
    for tree in sources.values():
        known |= {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for file, tree in sources.items():
        path = prompts.files[file.removesuffix(".jinja")]
        try:
            missing = sorted(meta.find_undeclared_variables(tree) - known)
        except jinja2.TemplateSyntaxError as error:  # such as an unknown filter
            yield _error(f"{path}, line {error.lineno}: {error.message}", "Correct the prompt.")
            continue
        for unknown in missing:
            named: list[nodes.Name | nodes.NSRef] = list(tree.find_all(nodes.Name))
            named += tree.find_all(nodes.NSRef)
            line = next(n.lineno for n in named if n.name == unknown)
            yield _error(f"{path}, line {line}: {unknown!r} is undefined", _given(entry))


def _environment(prompts: PromptSet) -> jinja2.Environment:
    return prompt_environment(prompts.folder)


def _unused(
    prompts: PromptSet, name: str, entry: PromptEntry, rendered: Prompt
) -> Iterator[Finding]:
    """What the prompt is given and does not show, and answers that it does not ask for."""
    file = prompts.files[name]
    given = values(entry)
    for variable in entry.variables:
        changed = {**given, variable: values(entry, 1)[variable]}
        if prompts.prompt(name, **changed) == rendered:
            yield _warning(f"{file} does not use {variable!r}: its answers cannot depend on it")
    text = f"{rendered.system} {rendered.user}"
    silent = [choice for choice in entry.choices if choice not in text]
    if silent:
        yield _warning(
            f"{file} does not name the answers {', '.join(silent)}",
            f"The model is scored on {' and '.join(entry.choices)}: ask for them.",
        )


def _beginning(
    name: str, entry: PromptEntry, rendered: tuple[Prompt, Prompt], tokens: Tokens
) -> Iterator[Finding]:
    """A prompt that shows what changes sooner than ours: less of it is read once for all."""
    was, now = (
        [tokens.tokens(prompt) for prompt in pair]
        for pair in (_samples(PromptSet(DEFAULT_SET), name, entry), rendered)
    )
    before, after = common(*was), common(*now)
    if after < before and len(now[0]) - after > len(was[0]) - before:
        yield _warning(
            f"{name} begins with what changes: {after} tokens are the same for every input instead "
            f"of {before}, so that {len(now[0]) - after} are read each time",
            "Put what stays the same first, and what the prompt is given last.",
        )


def _given(entry: PromptEntry) -> str:
    return f"It is given: {', '.join(entry.variables)}."


def _error(message: str, hint: str = "") -> Finding:
    return Finding(level="error", message=message, hint=hint)


def _warning(message: str, hint: str = "") -> Finding:
    return Finding(level="warning", message=message, hint=hint)
