"""Something put into a sentence of the passages: “… left the room **in tears**” (English).

The claim follows the sentence; where it has words more, in a place where the sentence has none,
and the document has no word like them, nobody has said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from briefing.grounding.moments import owned
from briefing.grounding.reading import Reading
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import Support, content, form_of, support_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FOLLOWED = 0.8
"""So many of the claim's other words stand in the sentence, in its order."""
_NEAR, _ENOUGH = 0.5, 5
_ADJUNCTS = {"prep", "acl", "relcl", "npadvmod", "amod"}
_TELLING = {"NOUN", "VERB", "ADJ", "PROPN"}


def objections(
    claim: Reading, grounds: Sequence[Reading], context: Sequence[Reading] = ()
) -> Iterator[Objection]:
    """What each sentence of ``claim`` adds to the sentence of ``grounds`` that it follows."""
    known = [support_of(grounds), *([support_of(context)] if context else [])]
    given = [_words(s) for ground in grounds for s in ground.doc.sents]
    for sentence in claim.doc.sents:
        mine, times = _words(sentence), owned(claim)
        found = [gap for theirs in given for gap in _gaps(mine, theirs, known)]
        found = [g for g in found if not all(_in_time(t, times) for t in content(g))]
        if found:
            gap = max(found, key=len)
            words = claim.text[gap[0].idx : gap[-1].idx + len(gap[-1])]
            yield Objection(
                kind="unsupported words",
                words=words,
                reason=f"the passages do not say “{words}” where the statement adds it",
                certain=True,
            )


def _in_time(token: Token, times: Sequence[tuple[int, int]]) -> bool:
    """“Twenty minutes before midnight” is for the dates to judge."""
    return any(start <= token.idx < end for start, end in times)


def _gaps(
    mine: list[Token], theirs: list[Token], known: Sequence[Support]
) -> Iterator[list[Token]]:
    """Stretches of the claim for which the sentence has nothing, all of them unsupported."""
    keys, others = [_key(t) for t in mine], [_key(t) for t in theirs]
    matcher = SequenceMatcher(None, keys, others, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    if same < _NEAR * len(mine):
        return
    for tag, a, b, c, d in matcher.get_opcodes():
        gap = mine[a:b]
        replaced = content(theirs[c:d]) and not (b == len(mine) and d == len(theirs))
        if tag == "equal" or not gap or replaced or a == 0:
            continue
        follows = same >= max(_ENOUGH, _FOLLOWED * (len(mine) - len(gap)))
        if follows and _is_adjunct(gap) and _is_new(gap, known):
            yield gap


def _is_adjunct(gap: Sequence[Token]) -> bool:
    """Whether a stretch is one phrase that says where, when, how or which."""
    inside = {t.i for t in gap}
    tops = [t for t in gap if t.head.i not in inside or t.head == t]
    return len(tops) == 1 and tops[0].dep_ in _ADJUNCTS


def _is_new(gap: Sequence[Token], known: Sequence[Support]) -> bool:
    """Whether what is told has no support at all, no word of it."""
    told = [t for t in content(gap) if t.pos_ in _TELLING]
    return bool(told) and not any(s.of(form_of(t)) for t in content(gap) for s in known)


def _words(sentence: Span) -> list[Token]:
    return [t for t in sentence if any(map(str.isalnum, t.text))]


def _key(token: Token) -> str:
    return form_of(token)
