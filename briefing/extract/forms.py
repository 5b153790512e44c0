"""What a quotation is in the sentence around it: speech of its own, a clause or a phrase of it."""

from __future__ import annotations

from briefing.extract.attributions import Form
from briefing.extract.frames import Frame

_SAID_OF = {"attr", "acomp", "oprd"}
_BEFORE_SAID_OF = {"as", "be", "is", "are", "was", "were", "been", "being"}


def form_of(number: int, here: Frame) -> Form:
    """What quotation ``number`` is in the paragraph ``here``."""
    if number in here.clauses:
        return "sentence"
    tokens = [here.doc[i] for i in here.tokens_of[number]]
    inside = {t.i for t in tokens}
    outward = next((t for t in tokens if t.head.i not in inside), tokens[0])
    said_of = (
        outward.dep_ in _SAID_OF
        or outward.pos_ not in {"NOUN", "PROPN"}
        or (tokens[0].i > 0 and here.doc[tokens[0].i - 1].lower_ in _BEFORE_SAID_OF)
    )
    return "clause" if said_of or any(t.pos_ in {"VERB", "AUX"} for t in tokens) else "phrase"
