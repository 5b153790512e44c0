"""Two parts of a sentence of the passages that have changed places in the claim (English).

“A called on B” for “B called on A”, “14 per cent of the placebo group and 9 per cent of the drug
group” for the contrary: the claim has the sentence's words in its order, but for two of one sort.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.extract.cues import is_saying
from briefing.grounding.aliases import word_list
from briefing.grounding.name_spans import Name, compatible, name_words, names_in
from briefing.grounding.reading import Reading
from briefing.grounding.words import content, form_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ALIKE = 0.85
"""So much of the claim stands in the sentence in its order, once the two are put right …"""
_ENOUGH = 4
"""… and so many parts of it."""
_COVERED = 0.8
_BETWEEN = {"between", "with", "and", "or"}


@dataclass(frozen=True)
class _Part:
    """A name, a number or another content word: ``key`` is the same where it is the same thing.

    ``sort``: "name", "number" or the part of speech.
    """

    key: str
    sort: str
    head: Token


@dataclass(frozen=True)
class Transposition:
    """``first`` and ``second`` of the claim stand the other way round in the passages."""

    first: str
    second: str


def transpositions(claim: Reading, grounds: Sequence[Reading]) -> Iterator[Transposition]:
    """What has changed places in each sentence of ``claim``, if no sentence has it so."""
    known = name_words(tuple(ground.doc for ground in grounds))
    given = [s for ground in grounds for s in _sentences(ground.doc)]
    for sentence in claim.doc.sents:
        mine = _parts(sentence, known)
        if len(mine) < _ENOUGH:
            continue
        laid = [(s, _keyed(mine, _parts(s))) for s in given]
        near = [(s, parts) for s, parts in laid if _covered(mine, parts) >= _COVERED]
        found = [next(_exchanged(mine, parts), None) for _, parts in near]
        if found and all(found):
            yield from (f for f in found[:1] if f is not None)


@lru_cache(maxsize=512)
def _sentences(doc: Doc) -> tuple[Span, ...]:
    return tuple(doc.sents)


@lru_cache(maxsize=4096)
def _parts(sentence: Span, known: frozenset[str] = frozenset()) -> tuple[_Part, ...]:
    """The parts of a sentence in order; the words of a name are one."""
    names = {
        i: n
        for n in names_in(sentence.doc, known)
        if sentence.start <= n.first and n.last < sentence.end
        for i in range(n.first, n.last + 1)
    }
    found = [_named(names[t.i], t) for t in sentence if t.i in names and names[t.i].last == t.i]
    verbs = {t for t in sentence if t.pos_ == "VERB" and not is_saying(t)}
    called = {w for i, n in names.items() if i == n.last for w in _description(sentence.doc[i])}
    found += [
        _Part(form_of(t), "number" if t.like_num else t.pos_, t)
        for t in {*content(sentence), *verbs} - called
        if t.i not in names
        and t.pos_ != "ADV"
        and not (t.pos_ == "VERB" and is_saying(t, strong=True))
    ]
    return tuple(sorted(found, key=lambda part: part.head.i))


def _description(name: Token) -> Iterator[Token]:
    """What stands before a name and describes it: “opposition councillor”."""
    for child in name.lefts:
        if child.dep_ in {"compound", "amod", "nmod"}:
            yield from child.subtree


def _named(name: Name, last: Token) -> _Part:
    return _Part(" ".join(name.words), "name", last)


def _keyed(mine: Sequence[_Part], theirs: Sequence[_Part]) -> list[_Part]:
    """``theirs`` with the keys that the same names have in ``mine``."""
    ours = [(part, _name_at(part.head)) for part in mine if part.sort == "name"]
    return [
        next((_Part(p.key, "name", part.head) for p, n in ours if _same(n, part)), part)
        for part in theirs
    ]


def _same(name: Name | None, part: _Part) -> bool:
    other = _name_at(part.head) if part.sort == "name" else None
    return name is not None and other is not None and compatible(name, other)


@lru_cache(maxsize=8192)
def _name_at(token: Token) -> Name | None:
    return next((n for n in names_in(token.doc) if n.first <= token.i <= n.last), None)


def _covered(mine: Sequence[_Part], theirs: Sequence[_Part]) -> float:
    have = {part.key for part in theirs}
    return sum(part.key in have for part in mine) / len(mine)


def _exchanged(mine: Sequence[_Part], theirs: Sequence[_Part]) -> Iterator[Transposition]:
    """Pairs after whose exchange the claim follows the sentence."""
    keys, given = [part.key for part in mine], [part.key for part in theirs]
    once = [p for p in mine if keys.count(p.key) == given.count(p.key) == 1]
    at = {part.key: part for part in theirs}
    before = _in_order(keys, given)
    for one, other in combinations(once, 2):
        a, b = at[one.key], at[other.key]
        if one.sort != other.sort or a.head.i < b.head.i or _joined(one, other, a, b):
            continue
        if (_place(one.head), _place(other.head)) != (_place(b.head), _place(a.head)):
            continue
        swap = {one.key: other.key, other.key: one.key}
        swapped = [swap.get(key, key) for key in keys]
        after = _in_order(swapped, given)
        there = _place(one.head) and _place(other.head) and _follows(one, other, swapped, given)
        if (after >= _ALIKE * len(keys) or there) and after > before:
            yield Transposition(_text(one), _text(other))


def _text(part: _Part) -> str:
    name = _name_at(part.head) if part.sort == "name" else None
    return name.text if name is not None else part.head.text


def _follows(one: _Part, other: _Part, swapped: Sequence[str], given: Sequence[str]) -> bool:
    """Whether the two stand behind the same word in both: “trains from A to B”."""
    places = [(keys.index(other.key), keys.index(one.key)) for keys in (swapped, given)]
    return all(b == a + 1 and a > 0 for a, b in places) and (
        swapped[places[0][0] - 1] == given[places[1][0] - 1]
    )


def _in_order(keys: Sequence[str], given: Sequence[str]) -> int:
    matcher = SequenceMatcher(None, keys, given, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def _joined(one: _Part, other: _Part, a: _Part, b: _Part) -> bool:
    """Whether the two stand side by side: “A and B”, “between A and B”, or meet each other."""
    if other.head in one.head.conjuncts or b.head in a.head.conjuncts:
        return True
    verbs = {_verb(one.head)} & {_verb(other.head)}
    between = one.head.doc[one.head.i + 1 : other.head.left_edge.i]
    near = all(t.lower_ in _BETWEEN or t.is_punct for t in between) and len(between) > 0
    return near or bool(verbs & word_list("symmetric") - word_list("light"))


def _verb(token: Token) -> str:
    """The lemma of the verb above a part."""
    return next((t.lemma_.lower() for t in token.ancestors if t.pos_ == "VERB"), "")


def _place(token: Token) -> str:
    """The preposition before a part, over articles and what describes it."""
    start = token.left_edge.i if token.left_edge.i > token.sent.start else token.i
    before = token.doc[start - 1] if start > token.sent.start else None
    return before.lower_ if before is not None and before.pos_ == "ADP" else ""
