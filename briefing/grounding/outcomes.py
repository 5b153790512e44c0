"""How something came out, in words that differ: “not guilty” is “acquitted”, never “convicted”.

Verbs, adjectives and nouns of one table of ``outcomes.toml`` tell one of two states of their
theme. A claim that gives a theme the other state than all that the passages tell of it is wrong;
one that gives it the same is not denied by another word for it (English).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from briefing.grounding.cores import agree, rest_of, window_of
from briefing.grounding.predicates import parties_of
from briefing.grounding.scope import Predicate
from briefing.grounding.verdicts import Objection
from briefing.grounding.words import Support, form_of

if TYPE_CHECKING:
    from spacy.tokens import Token

Place = Literal["object", "subject", "either", "is", "made", "below", "for"]

_COVERED = 0.6
"""So much of the other words of the claim's clause stands in the passage's sentence."""
_FINDING = {"find", "remain", "stay", "leave", "declare", "keep", "judge", "deem", "rule"}
_MAKING = {"make", "post", "report", "record", "book", "suffer", "show", "run", "have"}


@dataclass(frozen=True)
class Outcome:
    """What a predicate tells of its theme: one state or the other, of a table.

    ``whole``: what is not the one is the other, and ``state`` is then the one that results.
    """

    predicate: Predicate
    table: str
    state: bool
    denied: bool
    whole: bool
    theme: Token
    actor: Token | None
    word: Token

    def contradicts(self, other: Outcome) -> bool:
        """Whether both cannot be so of one theme."""
        if self.whole:
            return self.state != other.state
        return self.state != other.state and not (self.denied or other.denied)

    def agrees(self, other: Outcome) -> bool:
        """Whether one may say what the other says: “did not rise” of what fell."""
        if self.whole:
            return self.state == other.state
        return (self.state == other.state) == (self.denied == other.denied)


def contradicted(
    mine: Predicate, given: Sequence[Predicate], support: Support
) -> tuple[Objection | None, bool]:
    """The certain objection to a predicate of the claim, and whether the passages bear it out."""
    claimed = outcome(mine)
    if claimed is None:
        return None, False
    told = (o for p in given if (o := outcome(p)) is not None and o.table == claimed.table)
    alike = [o for o in told if _of_the_same(claimed, o, support)]
    borne_out = any(claimed.agrees(o) for o in alike)
    sure = [o for o in alike if claimed.contradicts(o) and _surely(claimed, o, support)]
    if borne_out or not sure:
        return None, borne_out
    said = sure[0].predicate
    words, other = _text(mine, claimed.word), _text(said, sure[0].word)
    reason = f"the passages say “{other}” where the statement says “{words}”"
    return Objection(kind="opposite", words=words, reason=reason, certain=True), False


def _of_the_same(mine: Outcome, theirs: Outcome, support: Support) -> bool:
    """Whether both may be about one theme; a pronoun may stand for it."""
    if mine.table != theirs.table or agree(mine.theme, theirs.theme, support) is False:
        return False
    if (
        _counts(mine.theme) != _counts(theirs.theme)
        and _counts(mine.theme)
        and _counts(theirs.theme)
    ):
        return False
    both = mine.actor is not None and theirs.actor is not None
    return not both or agree(mine.actor, theirs.actor, support) is not False  # type: ignore[arg-type]


def _surely(mine: Outcome, theirs: Outcome, support: Support) -> bool:
    around = window_of(theirs.predicate.token)
    if not _agrees_in_words(mine, theirs, around, support):
        return False
    if _ends(mine.predicate) != _ends(theirs.predicate):
        return False
    if mine.predicate.mood != theirs.predicate.mood or theirs.predicate.condition:
        return False
    if any(t.lemma_ == mine.word.lemma_ and t != theirs.word for t in theirs.word.sent):
        return False
    own = {form_of(mine.word), form_of(mine.predicate.verb)}
    rest = [form for form in rest_of(mine.predicate) if form not in own]
    return support.coverage(rest, around) >= _COVERED


def _agrees_in_words(
    mine: Outcome, theirs: Outcome, around: frozenset[str], support: Support
) -> bool:
    """Whether the theme is the same; “it” is what was just spoken of by the same actor."""
    same = agree(mine.theme, theirs.theme, support)
    if same is not None or theirs.theme.lower_ != "it":
        return same is True
    if mine.actor is None or theirs.actor is None:
        return False
    known = mine.theme.lower_ == "it" or form_of(mine.theme) in around
    return known and agree(mine.actor, theirs.actor, support) is True


def _ends(predicate: Predicate) -> bool:
    """“Closed **until** Friday” is open then."""
    return any(c.lower_ in {"until", "till"} for c in predicate.verb.children)


def _counts(theme: Token) -> frozenset[str]:
    return frozenset(form_of(c) for c in theme.children if c.dep_ == "nummod")


@lru_cache(maxsize=8192)
def outcome(predicate: Predicate) -> Outcome | None:
    """What a predicate tells of its theme; None where it is no outcome, or left open."""
    for table, place, state, word in _tellings(predicate):
        theme, actor = _theme(predicate, place, word)
        if theme is None or predicate.denied is None:
            return None
        denied = predicate.denied != _turned(word, predicate)
        whole = bool(_tables()[table].get("whole"))
        return Outcome(
            predicate, table, state != (whole and denied), denied, whole, theme, actor, word
        )
    return None


def _tellings(predicate: Predicate) -> Iterator[tuple[str, Place, bool, Token]]:
    verb = predicate.verb
    beside = [c for c in verb.children if c.dep_ in {"acomp", "attr", "oprd", "xcomp", "ccomp"}]
    made = [c for c in verb.children if c.dep_ == "dobj" and verb.lemma_ in _MAKING]
    below = any(c.dep_ == "xcomp" for c in verb.children)
    words: list[tuple[Place, Token]] = [
        ("is", c) for c in beside if c.pos_ in {"ADJ", "VERB", "ADV"}
    ]
    if verb.lemma_ != "be" and verb.lemma_ not in _FINDING:
        words = []
    words += [("made", c) for c in made]
    words += [("for", c) for c in verb.children if c.dep_ == "prep" and verb.lemma_ == "vote"]
    words += [("below", verb)] if below else [(p, verb) for p in ("object", "subject", "either")]
    for place, token in words:
        forms = {token.lower_, token.lemma_.lower()} if place == "is" else {token.lemma_.lower()}
        for form in forms & _words(place).keys():
            name, state = _words(place)[form]
            yield name, place, state, token


def _theme(predicate: Predicate, place: Place, word: Token) -> tuple[Token | None, Token | None]:
    """Whose state it is, and who brought it about."""
    doer, patient, passive = parties_of(predicate.verb)
    if place == "object":
        return patient, doer
    if place == "subject":
        return (None if passive else doer), None
    if place == "either":
        return (patient, doer) if patient is not None else (doer, None)
    if place == "made":
        return doer, None
    if place == "for":
        return next((c for c in word.children if c.dep_ == "pobj"), None), doer
    if place == "below":
        return next(c for c in predicate.verb.children if c.dep_ == "xcomp"), doer
    own = next((c for c in word.children if c.dep_ == "nsubj"), None)
    return own or patient or doer, None


def _turned(word: Token, predicate: Predicate) -> bool:
    """“Found **not** guilty”: behind other verbs than “be” it is not counted with the verb."""
    if word.dep_ in {"acomp", "attr"} or word == predicate.verb:
        return False
    return any(c.dep_ == "neg" for c in word.children) or (
        word.i > 0 and word.nbor(-1).lower_ == "not" and word.nbor(-1).head != predicate.verb
    )


def _text(predicate: Predicate, word: Token) -> str:
    first, last = sorted((predicate.verb.i, word.i))
    return str(word.doc[first : last + 1].text if last - first < 6 else word.text)


@cache
def _words(place: Place) -> dict[str, tuple[str, bool]]:
    """Each word of a place with its table and which of the two states it tells."""
    return {
        word: (name, state)
        for name, table in _tables().items()
        for words, state in zip(table.get(place, ()), (True, False), strict=False)
        for word in words.split()
    }


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
