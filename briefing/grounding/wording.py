"""A claim that follows a sentence of the passages nearly word for word: what was changed in it?

The claim is aligned with the sentence word by word. A gap that holds only a "not", a modal, a
hedge, a quantifier or an opposite changes what is said, and nothing else explains it. Words left
out together with others are no such gap: that is how sentences are shortened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Literal

from briefing.grounding.adverbs import climbs, nears
from briefing.grounding.exclusions import is_of_part
from briefing.grounding.opposites import clashes, opposites, quantifier_class
from briefing.grounding.polarity_lists import words
from briefing.grounding.thesaurus import antonyms
from briefing.grounding.verdicts import Objection

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FOLLOWED = 0.8
"""So many of the claim's words stand in the sentence, in its order."""
_TIE = 0.1
_FILLING = {
    "do",
    "be",
    "have",
    "to",
    "any",
    "a",
    "an",
    "the",
    "that",
    "yet",
    "ever",
    "either",
    "so",
}

_VERBS = {"VERB", "AUX"}
_PREFIXES = ("un", "in", "im", "dis", "non", "ir", "il", "mis")

Kind = Literal["negation", "modality", "quantifier", "opposite"]


@dataclass(frozen=True)
class _Change:
    """One changed place: words of the claim and of the sentence, either of them maybe none."""

    kind: Kind
    claimed: tuple[Token, ...]
    said: tuple[Token, ...]
    before: Token | None


def objections(sentence: Span, given: Sequence[Span]) -> Iterator[Objection]:
    """Changes of sense in ``sentence`` against those of ``given`` that it follows."""
    aligned = [pair for other in given if (pair := _aligned(sentence, other))[0] >= _FOLLOWED]
    if not aligned:
        return
    best = max(ratio for ratio, _ in aligned)
    near = sorted((pair for pair in aligned if pair[0] >= best - _TIE), key=lambda p: -p[0])
    for change in near[0][1]:
        if change.kind == "negation" and any(is_of_part(t) for t in sentence if t.pos_ in _VERBS):
            continue  # half had it, half had not
        if all(any(change.kind == other.kind for other in changes) for _, changes in near):
            yield _objection(change)


def _aligned(sentence: Span, other: Span) -> tuple[float, list[_Change]]:
    """The share of the claim's words found in order, and what was changed between them."""
    mine, theirs = _tokens(sentence), _tokens(other)
    matcher = SequenceMatcher(None, [*map(_key, mine)], [*map(_key, theirs)], autojunk=False)
    ratio = sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(mine))
    if ratio < _FOLLOWED - 0.05:
        return 0.0, []
    return ratio, list(_changes(mine, theirs, matcher))


def _changes(
    mine: list[Token], theirs: list[Token], matcher: SequenceMatcher[str]
) -> Iterator[_Change]:
    gaps = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    moved = {_key(mine[i]) for _, a, b, _, _ in gaps for i in range(a, b)} & {
        _key(theirs[i]) for _, _, _, a, b in gaps for i in range(a, b)
    }
    balanced = _turned(mine, theirs, gaps)
    for tag, a, b, c, d in gaps:
        # What stands before or behind all that was taken over is another part of the sentence.
        if tag != "insert" or 0 < a < len(mine):
            claimed = tuple(t for t in mine[a:b] if _key(t) not in moved)
            said = tuple(t for t in theirs[c:d] if _key(t) not in moved)
            kind = _kind(claimed, said) if a > 0 or d - c <= 2 else None
            if kind is not None and not (kind == "negation" and balanced):
                yield _Change(kind, claimed, said, mine[a - 1] if a else None)


def _turned(
    mine: list[Token], theirs: list[Token], gaps: Sequence[tuple[str, int, int, int, int]]
) -> bool:
    """Whether negations lost at one place are made up for at another: "found no", "undecided"."""
    added = sum(_turns(mine[i]) for _, a, b, _, _ in gaps for i in range(a, b))
    lost = sum(_turns(theirs[i]) for _, _, _, a, b in gaps for i in range(a, b))
    return added > 0 and lost > 0 and (added - lost) % 2 == 0


def _turns(token: Token) -> bool:
    word = token.lemma_.lower()
    listed = word in words("negation", "verbs") | {
        "without",
        "lack",
        "absence",
        "failure",
        "refusal",
    }
    prefixed = token.pos_ in {"ADJ", "ADV", "VERB", "NOUN"} and word.startswith(_PREFIXES)
    return listed or prefixed or (token.lower_ in _negations() and not _bounds(token))


def _tokens(sentence: Span) -> list[Token]:
    return [t for t in sentence if any(map(str.isalnum, t.text)) or t.lower_ in {"n't", "n’t"}]


def _key(token: Token) -> str:
    if token.dep_ == "neg" and token.lower_ in {"n't", "n’t", "not"}:
        return "not"
    if token.tag_ == "MD":
        return {"'ll": "will", "wo": "will", "’ll": "will", "ca": "can"}.get(
            token.lower_, token.lower_
        )
    return str(token.lemma_.lower())


@cache
def _negations() -> frozenset[str]:
    listed = (words("negation", name) for name in ("adverbs", "pronouns", "determiners"))
    return frozenset().union(*listed, {"nor", "cannot"})


def _kind(claimed: Sequence[Token], said: Sequence[Token]) -> Kind | None:
    """What sort of change turns ``said`` into ``claimed``; None for an innocent or unclear one."""
    mine, theirs = _core(claimed), _core(said)
    if len(mine) == 1 and len(theirs) == 1:
        return _replaced(mine[0], theirs[0])
    one = mine or theirs
    if len(one) != 1 or (mine and theirs):
        return None
    if one[0].lower_ in _negations() and not _bounds(one[0]):
        return "negation"
    hedging = _possible(one[0]) or one[0].lower_ in words("hedges", "adverbs")
    if theirs and nears(one[0]):
        return "quantifier"
    if theirs and hedging and not any(_possible(t) for t in one[0].head.children if t != one[0]):
        return "modality"
    return None


def _core(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if _key(t) not in _FILLING]


def _possible(token: Token) -> bool:
    return token.tag_ == "MD" and token.lower_ in words("mood", "possible")


def _bounds(token: Token) -> bool:
    """“No more than”, “not only”, “if not”: no denial of what follows."""
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    previous = token.nbor(-1).lower_ if token.i else ""
    return following in {"more", "less", "fewer", "only", "just", "later", "doubt", "matter"} or (
        previous == "if"
    )


def _replaced(mine: Token, theirs: Token) -> Kind | None:
    if climbs(mine, theirs):
        return "quantifier"
    if quantifier_class(theirs) in clashes(quantifier_class(mine)):
        return "quantifier"
    if mine.tag_ == theirs.tag_ == "MD":
        firm = words("mood", "future") | words("mood", "obliged")
        weak = words("mood", "possible")
        return "modality" if mine.lower_ in firm and theirs.lower_ in weak else None
    negative = (mine.lower_ in _negations()) != (theirs.lower_ in _negations())
    if negative and mine.pos_ == theirs.pos_ == "DET":
        return "negation"
    names = {theirs.lower_, theirs.lemma_.lower()}
    if names & (opposites(mine) | antonyms(mine.lemma_.lower())) and mine.tag_ != "MD":
        return "opposite"
    return None


def _objection(change: _Change) -> Objection:
    claimed = " ".join(t.text for t in change.claimed)
    said = " ".join(t.text for t in change.said)
    if claimed and said:
        reason = f"the passages say “{said}” where the statement says “{claimed}”"
    elif claimed:
        reason = f"“{claimed}” is not in the sentence that the statement follows"
    else:
        reason = f"“{said}” of the passages is left out"
    near = change.before.text if change.before is not None and not claimed else ""
    return Objection(kind=change.kind, words=claimed or near, reason=reason, certain=True)
