"""The items of a briefing in one form: what is compared with another, and what a person reviews.

An entry is what a reader signs: the words, what is said about them (speaker, date, verdict …) and
what they rest on. Its fingerprint is the same in two briefings as long as all of these are, also
where sources were numbered otherwise.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final, Literal

from pydantic import Field

from briefing import types
from briefing.errors import DocumentError

Kind = Literal["outcome", "disagreement", "quote", "open_question", "event"]
KINDS: Final[tuple[Kind, ...]] = ("outcome", "disagreement", "quote", "open_question", "event")
"""In the order in which a reader meets them."""
NOUNS: Final[Mapping[Kind, str]] = {
    "outcome": "finding",
    "disagreement": "disagreement",
    "quote": "quote",
    "open_question": "open question",
    "event": "timeline entry",
}
SECTIONS: Final[Mapping[Kind, types.Section]] = {
    "outcome": "outcomes",
    "disagreement": "disagreements",
    "quote": "quotes",
    "open_question": "open_questions",
    "event": "timeline",
}
_KIND_OF: Final[Mapping[types.Section, Kind]] = {
    **{section: kind for kind, section in SECTIONS.items()},
    "bottom_line": "outcome",
}


class Entry(types.Value):
    """An item. ``about`` is what a reader sees beside ``text``: speaker, date, verdict, sides.

    ``evidence`` supports it; ``naming`` only says who is meant or who speaks.
    """

    kind: Kind
    id: str
    text: str
    mode: types.Mode = "verbatim"
    about: dict[str, str] = Field(default_factory=dict)
    evidence: tuple[types.Evidence, ...]
    naming: tuple[types.Evidence, ...] = ()


class Fingerprint(types.Value):
    """Hashes of what an entry says and of what it rests on."""

    text_sha256: types.Sha256
    evidence_sha256: types.Sha256


def entries(briefing: types.Briefing) -> tuple[Entry, ...]:
    """What ``briefing`` shows, in order: outcomes, disagreements, quotes, questions, timeline."""
    return (
        *map(_outcome, briefing.outcomes),
        *map(_disagreement, briefing.disagreements),
        *map(_quote, briefing.quotes),
        *map(_question, briefing.open_questions),
        *map(_event, briefing.timeline),
    )


def withheld_entries(briefing: types.Briefing) -> tuple[Entry, ...]:
    """What ``briefing`` withheld; ids are ``withheld-1`` … in its order."""
    return tuple(_withheld(item, n) for n, item in enumerate(briefing.withheld, 1))


def fingerprints(briefing: types.Briefing) -> dict[str, Fingerprint]:
    """The fingerprint of each entry, by item id.

    Raises: DocumentError where two items have one id.
    """
    found = entries(briefing)
    twice = [name for name, count in Counter(entry.id for entry in found).items() if count > 1]
    if twice:
        message = f"two items of the briefing have the id {twice[0]!r}"
        raise DocumentError(message, "`briefing verify` names all such ids.")
    hashes = text_hashes(briefing)
    return {entry.id: fingerprint(entry, hashes) for entry in found}


def text_hashes(briefing: types.Briefing) -> dict[str, str]:
    """The hash of each source's text, by source id."""
    return {source.id: source.text_sha256 for source in briefing.sources}


def fingerprint(entry: Entry, hashes: Mapping[str, str]) -> Fingerprint:
    """The hashes of ``entry``; ``hashes`` are those of the texts by source id."""
    said = [entry.kind, entry.text, sorted(entry.about.items())]
    rests_on = sorted(
        (use, hashes.get(each.source_id, each.source_id), each.start, each.end, each.text)
        for use, stretches in (("support", entry.evidence), ("name", entry.naming))
        for each in stretches
    )
    return Fingerprint(text_sha256=_hash(said), evidence_sha256=_hash(rests_on))


def _hash(value: object) -> str:
    return sha256(json.dumps(value, separators=(",", ":")).encode("ascii")).hexdigest()


def _outcome(item: types.Outcome) -> Entry:
    about = {
        "verdict": item.verdict,
        "background": "yes" if item.background else "",
        "stated origin": item.stated_origin,
        **_around(item),
    }
    return _entry("outcome", item.id, item.statement, about, item.evidence, mode=item.mode)


def _question(item: types.OpenQuestion) -> Entry:
    about = {"verdict": item.verdict, **_around(item)}
    return _entry("open_question", item.id, item.question, about, item.evidence, mode=item.mode)


def _event(item: types.Event) -> Entry:
    about = {
        "date": f"{item.date} to {item.until}" if item.until else item.date,
        "when": item.when,
        "verdict": item.verdict,
    }
    return _entry("event", item.id, item.statement, about, item.evidence, mode=item.mode)


def _quote(item: types.Quote) -> Entry:
    about = {
        "speaker": item.speaker,
        "other wordings": " / ".join(
            joined(w.text, (part.text for part in w.continued)) for w in item.wordings
        ),
        "note": item.note,
        **_around(item),
    }
    evidence = [*item.evidence, *item.continued]
    for wording in item.wordings:
        evidence += [*wording.evidence, *wording.continued]
    text = joined(item.text, (part.text for part in item.continued))
    return _entry("quote", item.id, text, about, evidence, naming=item.attribution)


def _around(item: types.InContext) -> dict[str, str]:
    """What stands around it, as a reader sees it."""
    sides = {"before it": item.before, "after it": item.after}
    shown = {name: each.text for name, each in sides.items() if each is not None}
    if isinstance(item, types.Outcome) and item.elsewhere:
        shown["to compare"] = " / ".join(each.text for each in item.elsewhere)
    return {name: " ".join(words.split()) for name, words in shown.items()}


def joined(first: str, more: Iterable[str]) -> str:
    """The parts of a quotation that its source interrupts, as one text."""
    return " […] ".join((first, *more))


def _disagreement(item: types.Disagreement) -> Entry:
    about: dict[str, str] = {"kind": item.kind}
    for number, side in enumerate(item.sides, 1):
        about[f"side {number}"] = f"“{side.value}”: {side.statement}"
    evidence = [each for side in item.sides for each in side.evidence]
    return _entry("disagreement", item.id, item.point, about, evidence)


def _withheld(item: types.Withheld, number: int) -> Entry:
    kind, about = _KIND_OF[item.section], {"reason": item.reason}
    return _entry(kind, f"withheld-{number}", item.text, about, item.evidence)


def _entry(
    kind: Kind,
    name: str,
    text: str,
    about: Mapping[str, str],
    evidence: Iterable[types.Evidence],
    *,
    mode: types.Mode = "verbatim",
    naming: Iterable[types.Evidence] = (),
) -> Entry:
    """An entry with its evidence parted by role, each stretch once, and without empty remarks."""
    every = list(dict.fromkeys(evidence))
    names = [*(each for each in every if each.role == "name"), *naming]
    return Entry(
        kind=kind,
        id=name,
        text=text,
        mode=mode,
        about={key: value for key, value in about.items() if value},
        evidence=tuple(each for each in every if each.role == "support"),
        naming=tuple(dict.fromkeys(names)),
    )


def of_kind(found: Iterable[Entry], kind: Kind) -> Iterator[Entry]:
    """The entries of one kind, in order."""
    return (entry for entry in found if entry.kind == kind)
