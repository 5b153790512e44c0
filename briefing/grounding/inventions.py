"""A reason, a circumstance or a deed that is added, with words the document has nowhere (English).

“… because ice had formed on its hinge”: the rest of the sentence is there, and nothing in the
passages stands where the addition does that it might be another word for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import SYNONYM, Support, content, form_of, support_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_ADDED = {"prep", "agent", "advcl", "relcl", "acl", "conj", "npadvmod"}
_TELLING = {"NOUN", "VERB", "ADJ", "PROPN"}
_TIMES = {"DATE", "TIME"}
_LEAST = 2
"""So many words without any support, …"""
_SHARE = 0.6
"""… this share of what the addition tells."""
_COVERED, _NEAR, _ENOUGH = 0.8, 0.5, 3
"""How much of the rest is there, how much in one sentence, and of how many words."""


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """What ``claim`` adds to what it has from ``grounds``; ``context`` has no word of it."""
    support = support_of(grounds)
    known = [support, *([support_of(context)] if context else [])]
    for sentence in claim.doc.sents:
        told = content(sentence)
        new = {t.i for t in told if not any(s.of(form_of(t)) for s in known)}
        if len(new) < _LEAST:
            continue
        have = {form for t in told for form in support.of(form_of(t))}
        done: set[int] = set()
        for top in sentence:
            if top.i in done or top.dep_ not in _ADDED or not _is_new(top, new):
                continue
            if _is_added(top, sentence, grounds, support, have):
                done |= {t.i for t in top.subtree}
                yield _objection(claim, top)


def _is_new(top: Token, new: set[int]) -> bool:
    """Whether nearly nothing that a phrase tells has support."""
    inside = [t for t in content(top.subtree) if t.pos_ in _TELLING]
    lacking = [t for t in inside if t.i in new]
    telling = top in lacking or any(t.pos_ in {"NOUN", "PROPN"} for t in lacking)
    return telling and len(lacking) >= max(_LEAST, _SHARE * len(inside))


def _is_added(
    top: Token, sentence: Span, grounds: Sequence[Reading], support: Support, have: set[str]
) -> bool:
    """Whether the rest is there, and nothing that the phrase may be another word for."""
    inside = {t.i for t in top.subtree}
    rest = [form_of(t) for t in content(sentence) if t.i not in inside]
    if len(rest) < _ENOUGH or support.coverage(rest) < _COVERED:
        return False
    governor = form_of(top.head)
    near = [
        token
        for ground in grounds
        for given in ground.doc.sents
        if support.coverage(rest, [form_of(t) for t in given]) >= _NEAR
        for token in given
        if support.best(governor, [form_of(token)]) >= SYNONYM
    ]
    return bool(near) and not any(_is_left(c, top, have) for t in near for c in t.children)


def _is_left(child: Token, top: Token, have: set[str]) -> bool:
    """Whether a phrase of the passages is not in the claim, and may have become ``top``."""
    if child.dep_ not in _ADDED or (child.dep_ == "conj") != (top.dep_ == "conj"):
        return False
    if _tells_time(child) and not _tells_time(top):
        return False
    words = content(child.subtree)
    return sum(form_of(t) in have for t in words) < 0.5 * len(words)


def _tells_time(top: Token) -> bool:
    return any(t.ent_type_ in _TIMES for t in (top, *top.children))


def _objection(claim: Reading, top: Token) -> Objection:
    first, last = top.left_edge, top.right_edge
    words = claim.text[first.idx : last.idx + len(last)].strip(" .,;")
    return Objection(
        kind="unsupported words",
        words=words,
        reason=f"the passages do not say “{words}”, which the statement adds",
        certain=True,
    )
