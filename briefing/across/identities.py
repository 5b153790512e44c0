"""Which names of several sources mean one person or one body (English).

Inside a source :mod:`briefing.extract.people` has joined the forms of a name. Across sources a
surname alone is not enough: the given name or the title must agree, and a name that differs in a
letter is joined only where the role is the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rapidfuzz.distance import OSA

from briefing.across.mentioned import Named
from briefing.across.phrases import listed
from briefing.extract.names import Gender
from briefing.grounding.aliases import nicknames, plain, plain_words, spelt_alike
from briefing.lexical import content_words

_LONG = 6
"""Letters of a surname in which one may be spelt otherwise."""
_FORMS = {"ltd", "plc", "inc", "llc", "co", "corp", "corporation", "limited", "ag", "sa", "gmbh"}


_Same = Callable[["Identity", "Identity", Sequence["Identity"]], bool]


@dataclass(eq=False)
class Identity:
    """One person or body with all its mentions."""

    named: list[Named]

    @property
    def sort(self) -> str:
        """``person`` or ``body``."""
        return self.named[0].sort

    @cached_property
    def forms(self) -> Counter[str]:
        """The forms of the name as written, with how often."""
        return Counter(" ".join(n.text.split()) for n in self.named)

    @cached_property
    def roles(self) -> frozenset[frozenset[str]]:
        """The content words of each of its roles."""
        return frozenset(
            key_of_role(n.article.source.body[s.start : s.end])
            for n in self.named
            for s in n.callings
        )

    @cached_property
    def full(self) -> tuple[str, ...]:
        """Given name (or initial) and surname of its fullest forms."""
        return tuple(f for f in self.forms if len(_parts(f)) > 1)

    @property
    def name(self) -> str:
        """The longest form; of equally long ones that whose words are used most often."""
        words = Counter(w for f, n in self.forms.items() for w in _parts(f) for _ in range(n))
        return max(
            self.forms,
            key=lambda f: (
                len(_parts(f)),
                sum(len(w) > 1 for w in _parts(f)),
                sum(words[w] for w in _parts(f)),
                self.forms[f],
                len(f),
            ),
        )

    @property
    def sources(self) -> list[str]:
        """Its sources, in order."""
        return list(dict.fromkeys(n.article.source.id for n in self.named))

    @property
    def gender(self) -> Gender | None:
        """What the sources say of it, where they agree."""
        people = (n.article.people.find(n.text) for n in self.named)
        genders = {p.gender for p in people if p is not None and p.gender is not None}
        return genders.pop() if len(genders) == 1 else None


def key_of_role(text: str) -> frozenset[str]:
    """The words by which two roles are the same."""
    return frozenset(content_words(text))


def identities(named: Sequence[Named]) -> list[Identity]:
    """The people and bodies of all sources, in order of first mention."""
    groups: dict[tuple[str, str, str], list[Named]] = defaultdict(list)
    for each in named:
        groups[each.sort, each.article.source.id, each.whole].append(each)
    found = [Identity(group) for group in groups.values()]
    persons = [i for i in found if i.sort == "person"]
    bodies = _without_people([i for i in found if i.sort == "body"], persons)
    return [*_joined(persons, _same_person), *_bodies(bodies)]


def _without_people(bodies: Sequence[Identity], persons: Sequence[Identity]) -> list[Identity]:
    """Bodies whose name is not a person's that the parser took for one elsewhere."""
    known = {_parts(f)[-1] for p in persons for f in p.full}
    return [b for b in bodies if _parts(b.name) and _parts(b.name)[-1] not in known]


def _joined(found: Sequence[Identity], same: _Same) -> list[Identity]:
    """Identities joined where ``same`` says so; one that fits two different ones to neither."""
    group = list(range(len(found)))
    for one, other in sorted(
        combinations(range(len(found)), 2), key=lambda p: -_fullness(found[p[0]], found[p[1]])
    ):
        if group[one] == group[other] or not same(found[one], found[other], found):
            continue
        members = [found[i] for i, g in enumerate(group) if g in {group[one], group[other]}]
        sources = Counter(s for m in members for s in m.sources)
        if max(sources.values()) > 1 and not _spelt_as_one(members):
            continue
        old, new = group[other], group[one]
        group = [new if g == old else g for g in group]
    merged: dict[int, list[Named]] = defaultdict(list)
    for number, each in enumerate(found):
        merged[group[number]] += each.named
    return [Identity(each) for each in merged.values()]


def _fullness(one: Identity, other: Identity) -> int:
    return bool(one.full) + bool(other.full)


def _spelt_as_one(members: Sequence[Identity]) -> bool:
    """One source may have a full name and, apart from it, the same with an initial."""
    return all(
        nicknames(_given(a), _given(b)) and _parts(a)[-1] == _parts(b)[-1]
        for one, other in combinations(members, 2)
        for a in one.full
        for b in other.full
    ) and all(m.full for m in members)


def _same_person(one: Identity, other: Identity, everybody: Sequence[Identity]) -> bool:
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.full and other.full:
        return any(_same_full(a, b, one, other) for a in one.full for b in other.full)
    if not one.full and not other.full:
        return False
    short, long_ = (other, one) if one.full else (one, other)
    return _short_for(short, long_, everybody)


def _same_full(a: str, b: str, one: Identity, other: Identity) -> bool:
    mine, yours = _parts(a), _parts(b)
    if not nicknames(_given(a), _given(b)):
        return False
    surnames = {_parts(f)[-1] for f in other.forms} if _given(a) == _given(b) else {yours[-1]}
    if mine[-1] in surnames or yours[-1] in {_parts(f)[-1] for f in one.forms}:
        return True
    if spelt_alike(mine[-1], yours[-1]):
        return True
    return _nearly(mine[-1], yours[-1]) and bool(one.roles & other.roles - {frozenset()})


def _nearly(one: str, other: str) -> bool:
    """“Morrissey”, “Morrisey”: one letter of a long surname is another."""
    long_ = min(len(one), len(other)) >= _LONG
    return long_ and one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) <= 1


def _short_for(short: Identity, long_: Identity, everybody: Sequence[Identity]) -> bool:
    """“Judge Sollow” here is Harriet Sollow there: the only one, and a judge."""
    surname = _parts(next(iter(short.forms)))[-1]
    bearers = [
        i for i in everybody if any(surname in {_parts(f)[0], _parts(f)[-1]} for f in i.full)
    ]
    names = {(_given(f), _parts(f)[-1]) for i in bearers for f in i.full}
    one = all(nicknames(a[0], b[0]) and a[1] == b[1] for a, b in combinations(names, 2))
    if long_ not in bearers or not one:
        return False
    titles = {n.title for n in short.named} - {""}
    if titles & {n.title for n in long_.named} - listed("honorifics"):
        return True
    words = frozenset().union(*long_.roles)
    if titles & words or any(r & words for r in short.roles):
        return True
    honoured = bool(titles & listed("honorifics"))
    return honoured and short.gender is not None and short.gender == long_.gender


# -- bodies ------------------------------------------------------------------------------------


def _bodies(found: Sequence[Identity]) -> list[Identity]:
    """Bodies of one name, with the short forms that fit one of them only."""
    by_name: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for each in found:
        by_name[_bare(each.name)] += each.named
    names = sorted(by_name, key=len, reverse=True)
    target: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        fuller = [n for n in names if len(n) > len(name) and _shortens(name, n)]
        widest = [n for n in fuller if not any(_shortens(n, m) and n != m for m in fuller)]
        if len(widest) == 1:
            target[name] = widest[0]
    merged: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for name, group in by_name.items():
        merged[target.get(name, name)] += group
    return [Identity(group) for group in merged.values()]


def _shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """“Halvard” for “Halvard Foods”, “SSA” for “Southern Space Agency”."""
    if len(short) == 1 and len(full) > 2 and short[0] == "".join(w[0] for w in full):
        return True
    return full[: len(short)] == short and len(short) < len(full)


def _bare(name: str) -> tuple[str, ...]:
    parts = [p for p in plain_words(name) if p not in {"the", "of", "and", "for"}]
    while len(parts) > 1 and parts[-1] in _FORMS:
        parts = parts[:-1]
    return tuple(parts)


def _parts(name: str) -> list[str]:
    """The words of a name in plain form, initials too."""
    found = [p for w in name.replace("-", "").split() if (p := plain(w))]
    while len(found) > 1 and found[-1] in {"jr", "sr", "ii", "iii", "iv"}:
        found = found[:-1]
    return found


def _given(name: str) -> str:
    return _parts(name)[0]
