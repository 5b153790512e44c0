"""The speaker of a quotation and what says so; and who speaks by the label of a transcript."""

from __future__ import annotations

import re
from typing import Literal

from briefing.extract.lexicon import words
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


def continued(own: Attribution, other: Attribution) -> Attribution:
    """``own`` with the speaker of ``other``, another part of the same utterance."""
    if other.level == "none":
        return own
    return other.model_copy(update={"rule": "same utterance", "form": own.form})
