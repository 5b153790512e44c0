"""The speaker of a quotation and what says so; and who speaks by the label of a transcript."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from briefing.extract.cues import Cue
from briefing.extract.frames import Frame
from briefing.extract.lexicon import words
from briefing.extract.mentions import Mention
from briefing.extract.people import People
from briefing.extract.quotes import Quotation
from briefing.types import NOT_ESTABLISHED, Span, Value

Level = Literal["certain", "none"]
Form = Literal["sentence", "clause", "phrase", ""]

_QUESTION_ANSWER = re.compile(r"(?:q|a|question|answer)\W*\d*$", re.IGNORECASE)


class Attribution(Value):
    """The speaker of a quotation.

    ``cue`` is the stretch from speaker to verb that says so, ``mention`` the speaker in it.
    ``named`` is false for documents and descriptions (“a police spokesman”). ``rule`` says by what
    the speaker was found. ``form`` is what the quotation is in the sentence around it: speech of
    its own, a part with a verb (or said of something), a mere phrase, or unknown.
    ``office`` is what a bare description calls somebody (“the coach”): another source may say who.
    """

    speaker: str = NOT_ESTABLISHED
    named: bool = False
    level: Level = "none"
    cue: Span | None = None
    mention: Span | None = None
    rule: str = ""
    form: Form = ""
    office: str = ""


def by_label(text: str, quotation: Quotation, people: People) -> Attribution:
    """The speaker of a turn of a transcript."""
    label = quotation.label
    if label is None:
        return Attribution()
    plain = re.sub(r"\s*\([^)]*\)", "", text[label.start : label.end]).strip()
    if not plain or _QUESTION_ANSWER.match(plain):
        return Attribution(rule="question and answer", form="sentence")
    parts = plain.split()
    titled = parts[0].lower().rstrip(".") in words("titles")
    while len(parts) > 1 and parts[0].lower().rstrip(".") in words("titles"):
        parts = parts[1:]
    name = people.written_as(" ".join(parts))
    name = None if titled and name is not None and name.isupper() else name
    role = words("people_nouns") | words("titles") | {"the"}
    return Attribution(
        speaker=name or plain,
        form="sentence",
        named=name is not None or titled or parts[0].lower() not in role,
        level="certain",
        cue=label,
        mention=label,
        rule="label",
    )


def in_full(found: Sequence[Attribution]) -> list[Attribution]:
    """“SOLL:” is Ingrid Soll, where another label of the transcript calls one Soll so."""
    labels = {each.speaker for each in found if each.rule == "label" and " " in each.speaker}
    offices = words("people_nouns") | words("titles") | words("offices")
    full: dict[str, list[str]] = defaultdict(list)
    for name in sorted(labels):
        if not offices.intersection(name.casefold().split()):  # “VICE PRESIDENT:”, “PRESIDENT:”
            full[name.split()[-1].casefold()].append(name)
    bare = (each.rule == "label" and len(full[each.speaker.casefold()]) == 1 for each in found)
    return [
        each.model_copy(update={"speaker": full[each.speaker.casefold()][0]}) if alone else each
        for each, alone in zip(found, bare, strict=True)
    ]


def continued(own: Attribution, other: Attribution) -> Attribution:
    """``own`` with the speaker of ``other``, another part of the same utterance."""
    if other.level == "none":
        return own
    return other.model_copy(update={"rule": "same utterance", "form": own.form})


def attributed(
    here: Frame, verb: int, who: Mention, rule: str, found: Cue | None = None
) -> Attribution:
    """Speech of ``who``, as token ``verb`` of ``here`` says (its cue, where there is one)."""
    subject = found.subject if found is not None else None
    said_by = here.span(subject.i, subject.i) if subject is not None else who.span
    mention = who.span if who.span.start <= said_by.start < who.span.end else said_by
    spoken = here.span(verb, verb)
    named = who.what in {"person", "name"}
    return Attribution(
        speaker=who.speaker if named else _without_capital(who.speaker),
        named=named,
        office=who.lemma if who.what == "description" and who.bare and who.animate else "",
        level="certain",
        cue=Span(start=min(mention.start, spoken.start), end=max(mention.end, spoken.end)),
        mention=mention,
        rule=rule,
    )


def _without_capital(description: str) -> str:
    """“the statement” for “The statement”: no name begins with an article."""
    first = description.split(" ", 1)[0].lower()
    small = first in {"the", "a", "an", "his", "her", "my", "our", "one", "both", "two"}
    return description[:1].lower() + description[1:] if small else description
