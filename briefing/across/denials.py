"""What one source affirms and another denies: the same subject, the same predicate (English)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.across.clause import SUBJECTS, Clause, carries, clause_of, key_of
from briefing.across.nearness import Nearness
from briefing.across.stances import Pair, Stance, comparable, nearness_of
from briefing.across.told import Told
from briefing.across.words import words
from briefing.grounding.opposites import is_converse, opposites
from briefing.grounding.predicates import party, same
from briefing.grounding.scope import Predicate, predicates
from briefing.origins import Origins

if TYPE_CHECKING:
    from spacy.tokens import Token

MOST = 200
SHARED = 0.5
"""Two clauses tell of one matter that share this share of the shorter one's other words."""
_LIGHT = words("verbs", "level") | {
    "be", "say", "have", "do", "get", "make", "tell", "want", "think", "believe", "give", "need",
    "clear", "able", "known", "add", "mean", "deny",
}  # fmt: skip
_FARTHEST = 14
NEAR = -2.5
"""Log-odds of :class:`Nearness` from which two sentences on one thing are on one matter."""
_AT_NO_TIME = re.compile(r"\bat no (?:time|point|stage)\b")
_WHEN = frozenset({"once", "until", "till", "when", "whenever", "before", "after", "while"})


@dataclass(frozen=True, eq=False)
class Assertion:
    """A predicate of a sentence that is affirmed or denied. ``state``: see ``points.toml``."""

    told: Told
    predicate: Predicate
    clause: Clause
    subject: Token | None
    state: str

    @cached_property
    def lemma(self) -> str:
        """The lemma of the predicate with its particle."""
        return _with_particle(self.predicate.token)

    @cached_property
    def denied(self) -> bool:
        """Whether it is denied; “at no time” denies as well."""
        text = " ".join(t.lower_ for t in self.clause.scope)
        return bool(self.predicate.denied) or bool(_AT_NO_TIME.search(text))

    @cached_property
    def others(self) -> frozenset[str]:
        """The other words of the clause."""
        skip = {self.predicate.token.i, self.predicate.verb.i}
        own = self.subject
        if own is not None:
            skip |= {own.i, *(t.i for t in own.subtree)}
        return frozenset(key_of(t) for t in self.clause.scope if t.i not in skip and carries(t))


def denial_pairs(
    told: Sequence[Told], origins: Origins, near: Nearness | None = None
) -> Iterator[Pair]:
    """Stances of which one denies what the other affirms.

    Of two sentences that are ``near``, one thing that both speak of is enough.
    """
    index: dict[str, list[Assertion]] = defaultdict(list)
    for assertion in (a for each in told for a in _assertions(each)):
        for key in _keys(assertion):
            index[key].append(assertion)
    seen: set[tuple[int, int]] = set()
    for found in index.values():
        for one, other in combinations(found[:MOST], 2):
            if (id(one), id(other)) in seen or not comparable(one.told, other.told, origins):
                continue
            seen.add((id(one), id(other)))
            if _opposed(one, other) and (_same_matter(one, other) or _same_theme(one, other, near)):
                yield Pair(_stance(one), _stance(other), "conflict")


def _assertions(told: Told) -> Iterator[Assertion]:
    for predicate in predicates(told.doc):
        if not told.span.start <= predicate.verb.i < told.span.end or predicate.denied is None:
            continue
        if predicate.condition or predicate.narrow or predicate.mood not in {"fact", "future"}:
            continue
        if any(c.lower_ in _WHEN and c.dep_ in {"mark", "advmod"} for c in predicate.verb.children):
            continue
        clause = clause_of(predicate.verb)
        state = _state(predicate)
        if predicate.lemma in _LIGHT and not state:
            continue
        yield Assertion(told, predicate, clause, _subject(clause), state)


def _keys(assertion: Assertion) -> Iterator[str]:
    if assertion.state:
        yield "state"
    yield assertion.lemma
    for other in opposites(assertion.predicate.token):
        yield " ".join(sorted((assertion.lemma, other)))


def _with_particle(token: Token) -> str:
    lemma = token.lemma_.lower()
    particle = next((c for c in token.children if c.dep_ == "prt"), None)
    return f"{lemma}_{particle.lower_}" if particle is not None else lemma


def _state(predicate: Predicate) -> str:
    lemma = _with_particle(predicate.token)
    for state in ("working", "off"):
        if {lemma, predicate.token.lower_} & words("states", state):
            return state
    return ""


def _subject(clause: Clause) -> Token | None:
    """The head of the subject; for "it" and "they" the thing that the sentence named before."""
    subject = clause.subject
    if subject is None or subject.lower_ not in {"it", "they"}:
        return subject
    plural = subject.lower_ == "they"
    before = [
        t
        for t in subject.sent
        if t.i < subject.i
        and t.dep_ in SUBJECTS
        and t.pos_ in {"NOUN", "PROPN"}
        and (t.tag_ in {"NNS", "NNPS"}) == plural
        and t.ent_type_ != "PERSON"
    ]
    return before[-1] if before else subject


def _opposed(one: Assertion, other: Assertion) -> bool:
    a, b = one.predicate, other.predicate
    if a.mood != b.mood:
        return False
    if one.lemma == other.lemma:
        return one.denied != other.denied and not _still_open(one, other)
    if one.state and other.state:
        return (one.state != other.state) == (one.denied == other.denied)
    if {b.token.lower_, b.token.lemma_.lower()} & opposites(a.token):
        past = a.past and b.past
        return past and not (one.denied or other.denied) and not is_converse(a.token, b.token)
    return False


def _still_open(one: Assertion, other: Assertion) -> bool:
    """“Has not decided” and, later, “decided”: time has passed between the two."""
    if one.told.published[:10] == other.told.published[:10]:
        return False
    denied = one if one.denied else other
    verb = denied.predicate.verb
    finite = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    past = any(t.tag_ == "VBD" for t in finite) or denied.predicate.mood != "fact"
    return not past or any(c.lower_ == "yet" for c in verb.children)


def _same_matter(one: Assertion, other: Assertion) -> bool:
    agree = _subjects_agree(one, other)
    if agree is False:
        return False
    mine, theirs = one.others, other.others
    short, long_ = sorted((mine, theirs), key=len)
    shared = len(short & long_)
    if one.state and other.state:
        return agree is True
    if not short:
        return agree is True and not long_
    return agree is True and shared >= SHARED * len(short) and len(long_ - short) <= 4


def _same_theme(one: Assertion, other: Assertion, near: Nearness | None) -> bool:
    """Whether one thing is acted on in both, in sentences that are near by meaning.

    “No school will be closed”, “the eleven schools will close”.
    """
    if near is None or one.denied == other.denied or _subjects_agree(one, other) is not True:
        return False
    things = [_theme(one.clause), _theme(other.clause)]
    if any(thing is None or thing.pos_ == "PRON" for thing in things):
        return False
    first, second = (thing.lemma_.lower() for thing in things if thing is not None)
    return first == second and nearness_of(one.told, other.told, near) >= NEAR


def _theme(clause: Clause) -> Token | None:
    """What is acted on; of “close” without an object, what closes."""
    return clause.patient if clause.patient is not None else clause.subject


def _subjects_agree(one: Assertion, other: Assertion) -> bool | None:
    a, b = one.subject, other.subject
    if a is None or b is None:
        return None
    first, second = party(a), party(b)
    if same(first, second):
        return True
    generic = words("things", "generic")
    for short, full, told in ((a, b, one.told), (b, a, other.told)):
        if short.lemma_.lower() in generic and _named_before(told, full.lemma_.lower()):
            return True
    return same(first, second)


def _named_before(told: Told, lemma: str) -> bool:
    """Whether the sentences just before speak of a thing."""
    stems = {lemma, f"{lemma}s"}
    near = [line for line in told.article.lines if 0 < told.line.order - line.order <= 2]
    return any(
        word.strip(".,:;“”").lower() in stems
        for line in near
        for word in line.sentence.text.split()
    )


def _stance(assertion: Assertion) -> Stance:
    predicate = assertion.predicate
    verb = predicate.verb
    tokens = [verb, predicate.token]
    tokens += [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"}]
    if predicate.denied and not any(c.dep_ == "neg" for c in verb.children):
        tokens += [t for t in verb.ancestors if t.pos_ == "VERB" and 0 < verb.i - t.i <= _FARTHEST][
            :1
        ]
        own = assertion.clause.subject
        tokens += [own.left_edge] if own is not None and own.left_edge.lower_ == "no" else []
    inside = [t for t in tokens if assertion.told.span.start <= t.i < assertion.told.span.end]
    first, last = min(t.i for t in inside), max(t.i for t in inside)
    subject = assertion.subject
    words_ = [subject.text] if subject is not None else []
    doc = assertion.told.doc
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    return Stance(assertion.told, start, end, " ".join([*words_, predicate.token.text]))
