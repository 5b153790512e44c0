"""Which words of a claim the passages lack, and how much of it they cover.

A word is supported by itself, by a word of its family (negotiate, negotiation), less by a synonym
and least by a narrower term. Weights are inverse document frequencies over the sentences of the
grounds: what occurs nowhere weighs most. Coverage is a feature and no proof: what is said *with*
the words is for the other checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.grounding.moments import owned
from briefing.grounding.reading import Reading
from briefing.grounding.thesaurus import broader, same_family, synonyms
from briefing.grounding.verdicts import Objection
from briefing.lexical import STOP_WORDS, Weights
from briefing.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

FAMILY, SYNONYM, BROADER = 0.95, 0.75, 0.6
"""How far a word of the same family, a synonym, a narrower term supports a word."""
NEAR = 5
"""Two words within so many tokens of one sentence may belong together."""
INVENTED = 5
"""So many words without any support in one clause are an invention."""
INVENTED_SHARE = 0.8
"""… if they are at least this share of the clause's content words."""

_CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"}
_LIGHT = STOP_WORDS | frozenset(
    """get take give go come put let keep use be have do say tell add state note include
    including accord according make people thing way time lot mr mrs ms new also currently
    currently various several none nobody nothing""".split()
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_CLAUSES = {"ROOT", "conj", "advcl", "relcl", "ccomp", "acl", "xcomp", "parataxis"}


class Unsupported(Span):
    """A word of a claim without support. ``weight`` is 0 … 1, 1 the rarest; ``text`` is exact."""

    text: str
    weight: float


@dataclass(frozen=True)
class _Sentence:
    """The forms of a sentence's words, by position, and its pairs of words that belong together."""

    forms: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]


class Support:
    """What the words of ``grounds`` support, looked up word by word."""

    def __init__(self, grounds: Sequence[Reading]) -> None:
        self._sentences = [
            _sentence(list(sentence)) for ground in grounds for sentence in ground.doc.sents
        ]
        self._weights = Weights(sentence.forms for sentence in self._sentences)
        self._forms = {form for sentence in self._sentences for form in sentence.forms}
        self._by_start: dict[str, list[str]] = {}
        for form in sorted(self._forms):
            self._by_start.setdefault(form[:3], []).append(form)
        self._found: dict[str, dict[str, float]] = {}

    def weight(self, form: str) -> float:
        """How rare a form is in the grounds, as a share of the rarest possible."""
        return self._weights.of(form) / self._weights.of("")

    def of(self, form: str) -> dict[str, float]:
        """The forms of the grounds that support ``form``, and how far."""
        if form not in self._found:
            self._found[form] = dict(self._matches(form))
        return self._found[form]

    def _matches(self, form: str) -> Iterator[tuple[str, float]]:
        """Weaker support first, so that in a dict the strongest stays."""
        yield from ((other, BROADER) for other in self._forms if form in broader(other))
        yield from ((other, SYNONYM) for other in synonyms(form) & self._forms)
        near = self._by_start.get(form[:3], ())
        yield from ((other, FAMILY) for other in near if same_family(form, other))
        for part in form.split("-") if "-" in form else ():
            yield from ((part, FAMILY) for _ in range(part in self._forms))
        if form in self._forms:
            yield form, 1.0

    def best(self, form: str, among: Iterable[str] | None = None) -> float:
        """The strongest support of ``form``: 0 … 1."""
        matches = self.of(form)
        if among is None:
            return max(matches.values(), default=0.0)
        return max((matches[other] for other in among if other in matches), default=0.0)

    def coverage(self, forms: Sequence[str], among: Iterable[str] | None = None) -> float:
        """The weighted share of ``forms`` that is supported; 1 where there are none."""
        pool = None if among is None else frozenset(among)
        total = sum(map(self.weight, forms))
        got = sum(self.weight(form) * self.best(form, pool) for form in forms)
        return got / total if total else 1.0

    def sentence_coverage(self, forms: Sequence[str]) -> float:
        """The coverage of ``forms`` by the one sentence that covers most."""
        found = (self.coverage(forms, sentence.forms) for sentence in self._sentences)
        return max(found, default=0.0)

    def joined(self, head: str, child: str) -> bool:
        """Whether words that support both belong together in one sentence."""
        heads, children = self.of(head), self.of(child)
        return any(
            (one, other) in sentence.pairs or (other, one) in sentence.pairs
            for sentence in self._sentences
            for one in heads
            for other in children
        )


def objections(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Objection]:
    """Words without support; certain only where a whole clause seems invented."""
    support = support_of(grounds)
    missing = {word.start: word for word in unsupported(claim, grounds)}
    times = owned(claim)
    for clause in _clauses(claim):
        lacking = [token for token in clause if token.idx in missing]
        if not lacking:
            continue
        told = [token for token in clause if not _is_reckoned(token, times)]
        told += [token for token in clause if token not in told and token.like_num][:1]
        new = [token for token in told if token.idx in missing]
        invented = len(new) >= INVENTED and len(lacking) >= INVENTED_SHARE * len(clause)
        words = ", ".join(f"“{token.text}”" for token in lacking)
        yield Objection(
            kind="unsupported words",
            words=claim.text[lacking[0].idx : lacking[-1].idx + len(lacking[-1])],
            reason=f"the passages have no word for {words}",
            certain=invented and not any(support.of(form_of(token)) for token in lacking),
        )


def _is_reckoned(token: Token, times: Sequence[tuple[int, int]]) -> bool:
    """Whether a word is a number's or a time's, which other checks read closely."""
    return token.like_num or any(start <= token.idx < end for start, end in times)


def unsupported(claim: Reading, grounds: Sequence[Reading]) -> list[Unsupported]:
    """The content words of ``claim`` that nothing in ``grounds`` supports, in its order."""
    support = support_of(grounds)
    return [
        Unsupported(
            start=token.idx,
            end=token.idx + len(token),
            text=token.text,
            weight=min(1.0, support.weight(form_of(token))),
        )
        for token in content(claim.doc)
        if not support.of(form_of(token))
    ]


def coverage(claim: Reading, grounds: Sequence[Reading]) -> float:
    """The weighted share of the claim's content words that ``grounds`` support: 0 … 1."""
    return support_of(grounds).coverage([form_of(t) for t in content(claim.doc)])


def sentence_coverage(claim: Reading, grounds: Sequence[Reading]) -> float:
    """The same by the one sentence that covers most, averaged over the claim's sentences."""
    support = support_of(grounds)
    found = [
        support.sentence_coverage([form_of(t) for t in content(sentence)])
        for sentence in claim.doc.sents
    ]
    return sum(found) / len(found) if found else 1.0


def arc_coverage(claim: Reading, grounds: Sequence[Reading]) -> float:
    """The share of the claim's head-dependent pairs whose words belong together in a sentence."""
    support = support_of(grounds)
    pairs = [(form_of(a), form_of(b)) for a, b in _arcs(content(claim.doc))]
    return sum(support.joined(a, b) for a, b in pairs) / len(pairs) if pairs else 1.0


def content(tokens: Iterable[Token]) -> list[Token]:
    """The tokens that carry content."""
    return [
        token
        for token in tokens
        if token.pos_ in _CONTENT
        and form_of(token) not in _LIGHT
        and token.lower_ not in _LIGHT
        and any(map(str.isalnum, token.text))
    ]


def form_of(token: Token) -> str:
    """The form by which a token is matched: its lemma in lower case, number words as digits."""
    form = (token.text if token.pos_ == "PROPN" else token.lemma_).lower().rstrip(".")
    return _NUMBERS.get(form, form.replace(",", "") if form[:1].isdigit() else form)


def support_of(grounds: Sequence[Reading]) -> Support:
    """What ``grounds`` support; the last few are kept."""
    return _support(tuple(grounds))


@lru_cache(maxsize=16)
def _support(grounds: tuple[Reading, ...]) -> Support:
    return Support(grounds)


def _sentence(tokens: list[Token]) -> _Sentence:
    words = content(tokens)
    near = {
        (form_of(a), form_of(b))
        for at, a in enumerate(words)
        for b in words[at + 1 :]
        if b.i - a.i <= NEAR
    }
    arcs = {(form_of(a), form_of(b)) for a, b in _arcs(words)}
    return _Sentence(tuple(map(form_of, words)), frozenset(near | arcs))


def _arcs(words: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Pairs (head, dependent) of content words, through prepositions and light words."""
    kept = {token.i for token in words}
    for token in words:
        head = next((a for a in token.ancestors if a.i in kept), None)
        if head is not None:
            yield head, token


def _clauses(claim: Reading) -> Iterator[list[Token]]:
    """The content words of each clause, in order."""
    by_head: dict[int, list[Token]] = {}
    for token in content(claim.doc):
        head = next((t for t in (token, *token.ancestors) if _heads_clause(t)), token)
        by_head.setdefault(head.i, []).append(token)
    yield from by_head.values()


def _heads_clause(token: Token) -> bool:
    return token.dep_ in _CLAUSES and token.pos_ in {"VERB", "AUX"}
