"""How often and how far: “always” for “usually”, “fully” for “almost fully” (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.grounding.polarity_lists import lines, words
from briefing.grounding.scope import Predicate
from briefing.grounding.verdicts import Objection

if TYPE_CHECKING:
    from spacy.tokens import Token


def objections(predicate: Predicate, alike: Sequence[Predicate]) -> Iterator[Objection]:
    """Adverbs of ``predicate`` that say more than those of the same event in the passages."""
    for mine in _beside(predicate):
        found = [_weaker(mine, other) for other in alike]
        if found and found[0] is not None and all(found):
            yield Objection(
                kind="quantifier",
                words=mine.text,
                reason=f"the passages say “{found[0]}” where the statement says “{mine.text}”",
                certain=True,
            )


def climbs(mine: Token, theirs: Token) -> bool:
    """Whether “always” stands for “usually”."""
    often = lines("degrees", "often")
    if mine.lower_ not in often or theirs.lower_ not in often:
        return False
    ours, given = often.index(mine.lower_), often.index(theirs.lower_)
    return ours + 1 < given or ({ours, given} & {0, len(often) - 1} != set() and ours != given)


def nears(token: Token) -> bool:
    """Whether a token is the “almost” of “almost fully”."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    full = following.lower_ in words("degrees", "complete")
    return full and token.lower_ in words("degrees", "approximate")


def _beside(predicate: Predicate) -> list[Token]:
    return [c for c in predicate.verb.children if c.dep_ in {"advmod", "neg"}]


def _weaker(mine: Token, other: Predicate) -> str | None:
    """What the passage has instead of an adverb of the claim; None where that says as much."""
    for theirs in _beside(other):
        if climbs(mine, theirs):
            return str(theirs.text)
        before = theirs.nbor(-1) if theirs.i else theirs
        if theirs.lower_ == mine.lower_ and nears(before) and not _softened(mine):
            return f"{before.text} {theirs.text}"
    return None


def _softened(token: Token) -> bool:
    return token.i > 0 and nears(token.nbor(-1))
