"""Does a template cite what it prints? Rendered with a briefing of sentinels, and an empty one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import jinja2
from jinja2 import meta, nodes
from pydantic import Field

from briefing import sentinels
from briefing.errors import TemplateError
from briefing.findings import Finding, errors
from briefing.item_views import Cited
from briefing.present import citations_of, context_of
from briefing.resources import templates_dir
from briefing.sentinels import Sentinel
from briefing.templating import load_template, markdown_environment, render_template
from briefing.types import Value

_BLANK: Final = re.compile(r"\n\s*\n")
_SECTIONS: Final = {
    "bottom_line": "the bottom line",
    "outcomes": "outcomes",
    "quotes": "quotes",
    "open_questions": "open questions",
    "disagreements": "disagreements",
    "timeline": "the timeline",
    "actors": "actors",
    "withheld": "withheld items",
    "left_out": "what was left out",
    "sources": "the list of sources",
    "notes": "notes",
}


class TemplateReport(Value):
    """What a template prints of a briefing with ``of`` texts by section, and what is wrong."""

    name: str
    printed: dict[str, int] = Field(default_factory=dict)
    of: dict[str, int] = Field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What must be corrected."""
        return errors(self.findings)


def check(name: str, folder: Path | None) -> TemplateReport:
    """Check the template ``name``, looked for in ``folder`` first.

    Raises: TemplateError where there is no such template.
    """
    file = name if "." in name else f"{name}.md.jinja"
    environment = markdown_environment([*([folder] if folder else []), templates_dir()])
    full, made = sentinels.briefing()
    cited = citations_of(full)
    context = context_of(full, cited)
    if not _exists(environment, file):
        load_template(environment, file)  # raises, and names those there are
    try:
        body = render_template(environment, file, context)
        findings = [*_uncited(body, made, cited), *_unprinted(body, made)]
        bare = sentinels.empty()
        render_template(environment, file, context_of(bare, citations_of(bare)))
    except TemplateError as error:
        wrong = Finding(level="error", message=error.message, hint=error.hint)
        others = _undefined(environment, file, context)
        rest = [other for other in others if other.message not in error.message]
        return TemplateReport(name=name, findings=(wrong, *rest))
    findings = [*_undefined(environment, file, context), *findings]
    return TemplateReport(
        name=name,
        printed=Counter(each.section for each in made if each.text in body),
        of=Counter(each.section for each in made),
        findings=tuple(findings),
    )


def _exists(environment: jinja2.Environment, name: str) -> bool:
    try:
        return environment.loader is not None and bool(
            environment.loader.get_source(environment, name)
        )
    except jinja2.TemplateNotFound:
        return False


def _uncited(body: str, made: Sequence[Sentinel], cited: Cited) -> Iterator[Finding]:
    """Texts that stand somewhere without all their references beside them."""
    places = sorted((body.find(each.text), each.text) for each in made if each.text in body)
    for each in made:
        labels = [f"[^{cited[key].label}]" for key in each.cites]
        for start in _occurrences(body, each.text) if labels else ():
            near = _beside(body, start, each.text, places)
            missing = [label for label in labels if label not in near]
            if missing:
                section = _SECTIONS.get(each.section, each.section)
                bare = missing == labels
                said = "without its citation" if bare else "with part of its citations"
                line = body[:start].count("\n") + 1
                yield Finding(
                    level="error" if bare else "warning",
                    message=f"{section}: a {each.what} is printed {said} (output line {line})",
                    hint="Print the item itself, or its refs beside its text.",
                )
                break


def _occurrences(body: str, text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(re.escape(text), body))


def _beside(body: str, start: int, text: str, places: Sequence[tuple[int, str]]) -> str:
    """What a reader takes to belong to the text at ``start``.

    Its own line from the beginning, its paragraph to the end, and more until another text begins.
    """
    line = body.rfind("\n", 0, start) + 1
    blank = _BLANK.search(body, start)
    paragraph = blank.start() if blank else len(body)
    other = min((at for at, words in places if at > start and words != text), default=len(body))
    return body[line : max(paragraph, other)]


def _unprinted(body: str, made: Sequence[Sentinel]) -> Iterator[Finding]:
    for section, words in _SECTIONS.items():
        all_of = [each for each in made if each.section == section]
        missing = [each for each in all_of if each.text not in body]
        if len(missing) == len(all_of):
            yield Finding(level="warning", message=f"it never prints {words}")
        elif missing:
            kinds = ", ".join(sorted({each.what for each in missing}))
            message = f"of {len(all_of)} texts of {words} it leaves out {len(missing)}: {kinds}"
            yield Finding(level="warning", message=message)


def _undefined(
    environment: jinja2.Environment, name: str, context: Mapping[str, object]
) -> Iterator[Finding]:
    """Names in parts of the template that a rendering may not reach."""
    trees = _trees(environment, name)
    known = {*context, *environment.globals}
    for _, tree in trees.values():
        known |= {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    for path, tree in trees.values():
        try:
            missing = sorted(meta.find_undeclared_variables(tree) - known)
        except jinja2.TemplateSyntaxError as error:  # such as an unknown filter
            message = f"{path}, line {error.lineno}: {error.message}"
            yield Finding(level="error", message=message, hint="Correct the template.")
            continue
        for unknown in missing:
            named: list[nodes.Name | nodes.NSRef] = list(tree.find_all(nodes.Name))
            named += tree.find_all(nodes.NSRef)
            line = next(n.lineno for n in named if n.name == unknown)
            yield Finding(
                level="error",
                message=f"{path}, line {line}: {unknown!r} is undefined",
                hint="Names that templates may use are listed in templates/README.md.",
            )


def _trees(environment: jinja2.Environment, name: str) -> dict[str, tuple[str, nodes.Template]]:
    """The template and those it includes by name: path and syntax tree; broken ones left out."""
    found: dict[str, tuple[str, nodes.Template]] = {}
    todo = [name]
    while todo:
        each = todo.pop()
        if each in found or environment.loader is None:
            continue
        try:
            text, path, _ = environment.loader.get_source(environment, each)
            found[each] = path or each, environment.parse(text)
        except (jinja2.TemplateError, TemplateError, RecursionError):
            continue  # rendering says so, if it gets there
        todo += [other for other in meta.find_referenced_templates(found[each][1]) if other]
    return found
