"""What was otherwise in the making of two briefings: model, prompts, settings, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from briefing.compare.values import Making, RunDifference
from briefing.types import Briefing, Source

_HASH: Final = 12
"""Digits of a hash that are shown."""


def run_differences(first: Briefing, second: Briefing) -> tuple[RunDifference, ...]:
    """All differences, in the order in which they matter; none where everything was the same."""
    return (
        *_model(first, second),
        *_mapped("prompt", _shortened(first.run.prompts), _shortened(second.run.prompts)),
        *_mapped("topic", {"topic": first.topic or ""}, {"topic": second.topic or ""}),
        *_mapped("setting", _written(first.run.settings), _written(second.run.settings)),
        *_mapped("seed", {"seed": str(first.run.seed)}, {"seed": str(second.run.seed)}),
        *_mapped("version", _versions(first), _versions(second)),
        *_sources(first, second),
    )


def _model(first: Briefing, second: Briefing) -> Iterator[RunDifference]:
    before, after = first.run.model, second.run.model
    same = before.get("sha256") == after.get("sha256")
    if same and (before.get("sha256") or before.get("name") == after.get("name")):
        return
    name = "model"
    yield RunDifference(making="model", name=name, before=_named(before), after=_named(after))


def _named(model: Mapping[str, str | int | None]) -> str:
    digest = str(model.get("sha256") or "")[:_HASH]
    return f"{model.get('name') or 'not recorded'}{f' ({digest})' if digest else ''}"


def _mapped(
    making: Making, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[RunDifference]:
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield RunDifference(making=making, name=name, before=was, after=now)


def _shortened(hashes: Mapping[str, str]) -> dict[str, str]:
    """Prompts by name, without that of their set: a copy of a set has the same ones."""
    return {name.rpartition("/")[2]: digest[:_HASH] for name, digest in sorted(hashes.items())}


def _written(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(values.items()) if value is not None}


def _versions(briefing: Briefing) -> dict[str, str]:
    run = briefing.run
    return {"briefing": run.briefing_version, **dict(sorted(run.versions.items()))}


def _sources(first: Briefing, second: Briefing) -> Iterator[RunDifference]:
    """Texts that were added or removed; of one name, the text that changed."""
    before = {source.text_sha256: source for source in first.sources}
    after = {source.text_sha256: source for source in second.sources}
    gone = {s.name: s for digest, s in before.items() if digest not in after}
    new = {s.name: s for digest, s in after.items() if digest not in before}
    for name in dict.fromkeys((*gone, *new)):
        was, now = gone.get(name), new.get(name)
        yield RunDifference(making="source", name=name, before=_digest(was), after=_digest(now))


def _digest(source: Source | None) -> str:
    return f"text {source.text_sha256[:_HASH]}" if source else ""
