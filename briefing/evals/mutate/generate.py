"""Makes a set of items from material, by a seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Final, TypeVar

from briefing.evals.mutate.joining import citation, fusion, invention
from briefing.evals.mutate.material import Change, Material, Origin
from briefing.evals.mutate.names import name, role
from briefing.evals.mutate.numbers import digit, magnitude
from briefing.evals.mutate.paraphrase import paraphrase
from briefing.evals.mutate.polarity import hedge, negation
from briefing.evals.mutate.quotations import Quotation
from briefing.evals.mutate.speakers import attribution, quote, speaker
from briefing.evals.mutate.times import time
from briefing.evals.mutate.units import unit
from briefing.evals.mutate.values import KINDS, TRUE_KINDS, Kind, Mutation, MutationSet

Way = Callable[[Origin, Material, Random], Iterator[Change]]
_Any = TypeVar("_Any")

_WAYS: Final[Mapping[Kind, Way]] = {
    "digit": digit,
    "unit": unit,
    "magnitude": magnitude,
    "name": name,
    "role": role,
    "negation": negation,
    "hedge": hedge,
    "attribution": attribution,
    "citation": citation,
    "time": time,
    "fusion": fusion,
    "invention": invention,
    "paraphrase": paraphrase,
}


def generate(
    material: Material, *, kinds: Sequence[Kind] = KINDS, count: int = 20, seed: int = 0
) -> MutationSet:
    """At most ``count`` items of each kind, each from another true statement.

    The same material and seed give the same items, whatever other kinds are asked for.
    """
    items = [item for kind in kinds for item in _items(material, kind, count, seed)]
    return MutationSet(documents=material.documents, items=tuple(items))


def _items(material: Material, kind: Kind, count: int, seed: int) -> list[Mutation]:
    if kind in ("quote", "speaker"):
        return _first(_quoted(material, kind, seed), count)
    if kind == "true":
        half = _first(_quoted(material, kind, seed), count // 4)
        return half + _first(_verbatim(material, seed), count - len(half))
    return _first(_changed(material, kind, seed), count)


def _first(items: Iterator[Mutation], count: int) -> list[Mutation]:
    return [item for item, _ in zip(items, range(count), strict=False)]


def _changed(material: Material, kind: Kind, seed: int) -> Iterator[Mutation]:
    for origin in _shuffled(material.origins, f"{seed} {kind}"):
        rng = Random(f"{seed} {kind} {origin.id}")  # noqa: S311
        drafts = [
            c for c in _WAYS[kind](origin, material, rng) if _sound(c, kind, origin, material)
        ]
        if drafts:
            # Families yield the best ways first where an order matters, else by their own chance.
            yield _mutation(origin, kind, rng.choice(drafts))


def _sound(change: Change, kind: Kind, origin: Origin, material: Material) -> bool:
    """Nothing that says the same, nothing that another sentence says."""
    if kind == "citation":
        return True
    if kind == "paraphrase":
        return change.text != origin.text
    new, old = _bare(change.text), _bare(origin.text)
    document = _bare(material.document(origin.document).text)
    dropped = kind in ("attribution", "hedge", "negation")
    return new != old and (dropped or new not in document)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w%$€£]+", text.lower()))


def _mutation(origin: Origin, kind: Kind, change: Change) -> Mutation:
    return Mutation(
        id=f"{kind}-{origin.id}",
        document=origin.document,
        passages=change.passages or origin.passages,
        kind=kind,
        statement=change.text,
        supported=kind in TRUE_KINDS,
        original=origin.text,
        note=change.note,
    )


def _verbatim(material: Material, seed: int) -> Iterator[Mutation]:
    for origin in _shuffled(material.origins, f"{seed} true"):
        yield _mutation(origin, "true", Change(origin.text, "verbatim"))


def _quoted(material: Material, kind: Kind, seed: int) -> Iterator[Mutation]:
    for number, found in _shuffled(list(enumerate(material.quotations, start=1)), f"{seed} {kind}"):
        rng = Random(f"{seed} {kind} {number}")  # noqa: S311
        changes = _quote_changes(kind, found, material, rng)
        text = material.document(found.document).text
        change = next((c for c in changes if kind != "quote" or c.text not in text), None)
        if change is not None:
            yield Mutation(
                id=f"{kind}-{found.document}-q{number}",
                document=found.document,
                passages=(found.passage,),
                kind=kind,
                quote=change.text if kind == "quote" else found.text,
                speaker=change.text if kind == "speaker" else found.speaker,
                supported=kind in TRUE_KINDS,
                original=found.speaker if kind == "speaker" else found.text,
                note=change.note,
            )


def _quote_changes(
    kind: Kind, quotation: Quotation, material: Material, rng: Random
) -> Iterator[Change]:
    if kind == "quote":
        return quote(quotation, rng)
    if kind == "speaker":
        return speaker(quotation, material, rng)
    return iter([Change(quotation.text, "verbatim quotation")])


def _shuffled(values: Sequence[_Any], key: str) -> list[_Any]:
    return Random(key).sample(list(values), len(values))  # noqa: S311
