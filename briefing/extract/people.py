"""Names of one source and which of them mean the same person.

“Ms. Okoro”, “Okoro” and “Grace N. Okoro” are one; the fullest form stands for all. A surname
(or given name) that fits two people is joined to neither. Judged by form alone, inside one source.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz.distance import OSA

from briefing.extract.cues import is_saying
from briefing.extract.lexicon import means_people, words
from briefing.types import Value

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Gender = Literal["female", "male"]

_LONG_NAME = 6
"""Letters of a name in which one may be spelt otherwise."""
_NOT_PERSON = frozenset("GPE LOC FAC NORP EVENT WORK_OF_ART LAW DATE TIME".split())
_PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(["he", "his", "him", "himself"], "male"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "female"),
}


class Person(Value):
    """Somebody named in a source: the fullest form of the name, and all forms without titles."""

    name: str
    forms: tuple[str, ...]
    gender: Gender | None = None


class Name(Value):
    """One occurrence of a name: token range ``[first, last]`` without titles, and its text.

    ``person``: the parser, a title or a given name says so; ``possible``: nothing says otherwise.
    """

    first: int
    last: int
    text: str
    gender: Gender | None = None
    titled: bool = False
    person: bool = False
    possible: bool = False


def name_at(token: Token) -> Name | None:
    """The name that ``token`` is the last part of, without titles; None where it is no name."""
    doc = token.doc
    if not _proper(token):
        return None
    last = token.i
    while last + 1 < len(doc) and _joined(doc[last], doc[last + 1]):
        last += 1
    first = token.i
    while first > 0 and _joined(doc[first - 1], doc[first]):
        first -= 1
    if _dateline(doc, first, last):
        return None
    start, gender = _after_titles(doc, first, last)
    ents = Counter(t.ent_type_ for t in doc[start : last + 1])
    kind = ents.most_common(1)[0][0]
    gender = gender or _apposed_gender(doc[last])
    text = doc[start : last + 1].text.rstrip("’'")
    institution = any(w.lower() in words("institutions") for w in text.split())
    given = doc[start].lower_ in words("female_names") | words("male_names")
    told = kind == "PERSON" or start > first or given or _called_somebody(doc, start, last)
    person = told and not institution
    return Name(
        first=start,
        last=last,
        text=text,
        gender=gender,
        titled=start > first,
        person=person,
        possible=person or not (institution or kind in _NOT_PERSON),
    )


def _dateline(doc: Doc, first: int, last: int) -> bool:
    """“ROTTERDAM, 9 June — …” at the head of a paragraph."""
    capitals = all(t.is_upper for t in doc[first : last + 1])
    return first == 0 and capitals and last + 1 < len(doc) and doc[last + 1].text in {",", "—", "–"}


def _called_somebody(doc: Doc, first: int, last: int) -> bool:
    """“agent Jo Ray”, “her daughter, Siobhan”, “Amory Fenwick-Dahl”, whatever the parser says."""
    near = [doc[first - 1]] if first and doc[first - 1].pos_ == "NOUN" else []
    head = doc[last]
    near += [head.head] if head.dep_ == "appos" else []
    near += [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    double = last - first >= 3 and doc[last - 1].text == "-" and doc[last - 2].text[:1].isupper()
    return double or any(
        means_people(n.lemma_.lower()) and n.lemma_.lower() not in words("bodies") for n in near
    )


def _proper(token: Token) -> bool:
    if not token.text[:1].isalpha() or not token.text[:1].isupper():
        return False
    if token.pos_ == "ADP" and token.i and token.nbor(-1).text == ",":  # “a spokesman, Per Dahl”
        return token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def _joined(left: Token, right: Token) -> bool:
    """Whether two neighbouring tokens are parts of one name."""
    if left.text == "-" or right.text == "-":
        return left.whitespace_ == "" if right.text == "-" else right.i > 1
    if _particle(left) and _part(right):
        return left.i > 0 and (_proper(left.nbor(-1)) or _particle(left.nbor(-1)))
    if _particle(right):
        return (
            _part(left)
            and right.i + 1 < len(right.doc)
            and (_proper(right.nbor(1)) or _particle(right.nbor(1)))
        )
    return _part(left) and _part(right) and left.ent_type_ != "DATE" != right.ent_type_


def _part(token: Token) -> bool:
    return _proper(token) or _particle(token)


def _particle(token: Token) -> bool:
    return token.text in words("particles")


def _after_titles(doc: Doc, first: int, last: int) -> tuple[int, Gender | None]:
    titles = [i for i in range(first, last) if _plain(doc[i]) in words("titles")]
    kept = [i for i in range(first, last) if _plain(doc[i]) in words("kept_titles")]
    gender = next((g for i in (*titles, *kept) if (g := _title_gender(_plain(doc[i])))), None)
    if kept and kept[-1] == last - 1:
        return kept[-1], gender
    start = max((*titles, *kept), default=first - 1) + 1
    while last - start >= 2 and _is_role(doc[start]):
        start += 1
    return start, gender or _given_gender(doc[start].lower_)


def _is_role(token: Token) -> bool:
    """“Striker Jonah Reid”: a noun with a capital because it begins the sentence."""
    word = _plain(token)
    if word in words("people_nouns"):
        return True
    given = word in words("female_names") | words("male_names")
    return bool(token.is_sent_start) and not given and means_people(word)


def _apposed_gender(head: Token) -> Gender | None:
    """“a spokeswoman, Jill Abernathy”, “Jill Abernathy, his wife”."""
    nouns = [head.head] if head.dep_ == "appos" else [c for c in head.children if c.dep_ == "appos"]
    for noun in nouns:
        if noun.lemma_.lower() in words("female_nouns"):
            return "female"
        if noun.lemma_.lower() in words("male_nouns"):
            return "male"
    return None


def _plain(token: Token) -> str:
    return token.lower_.rstrip(".")


def _title_gender(title: str) -> Gender | None:
    if title in words("female_titles"):
        return "female"
    return "male" if title in words("male_titles") else None


def _given_gender(given: str) -> Gender | None:
    female, male = given in words("female_names"), given in words("male_names")
    return None if female == male else "female" if female else "male"


def names_in(doc: Doc) -> Iterator[Name]:
    """All names of a parsed text, in order."""
    at = 0
    while at < len(doc):
        name = name_at(doc[at])
        if name:
            yield name
            at = name.last + 1
        else:
            at += 1


class People:
    """The people of one source, found by any form of their name."""

    def __init__(self, people: Sequence[Person]) -> None:
        """``people`` in order of first mention."""
        self.people = tuple(people)
        self._by_form = {form: person for person in people for form in person.forms}

    def find(self, form: str) -> Person | None:
        """Who is meant by ``form`` (a name without title), where that is certain."""
        return self._by_form.get(form)

    def written_as(self, form: str) -> str | None:
        """The name that ``form`` is, or the surname of, whatever its case; None unless single."""
        wanted = form.casefold()
        fits = {
            p.name
            for p in self.people
            if wanted in {f.casefold() for f in p.forms} or p.name.casefold().split()[-1] == wanted
        }
        return fits.pop() if len(fits) == 1 else None


NOBODY: Final = People([])
"""No people at all."""


def name_forms(docs: Sequence[Doc]) -> People:
    """The people named in the parsed texts of one source."""
    seen: dict[str, list[Name]] = defaultdict(list)
    for doc in docs:
        for name in names_in(doc):
            seen[name.text].append(name)
    order = {text: n for n, text in enumerate(seen)}
    persons = {t for t, n in seen.items() if sum(x.person for x in n) * 2 >= len(n)}
    singles = {t for t in seen if len(name_parts(t)) == 1}
    surnames = {name_parts(t)[0] for t in singles & (persons | _speaking(docs))}
    full = _full_names([t for t in seen if len(name_parts(t)) > 1 and _may_be(seen[t])])
    known = {c: f for c, f in full.items() if persons & set(f) or name_parts(c)[-1] in surnames}
    groups = {c: set(forms) for c, forms in known.items()}
    genders = _genders(docs, seen)
    bearers: dict[str, set[str]] = defaultdict(set)
    for canonical in full:
        key = name_parts(canonical)
        for part in {key[0], key[-1], " ".join(key[1:])}:
            bearers[part].add(canonical)
    for text in sorted(singles, key=order.__getitem__):
        fits = bearers[name_parts(text)[0]] or _spelt_otherwise(name_parts(text)[0], bearers)
        only = next(iter(fits)) if len(fits) == 1 else None
        if only in groups and _agree(genders, text, groups[only]):
            groups[only].add(text)
        elif not fits and text in persons:
            groups[text] = {text}
    ranked = sorted(groups.items(), key=lambda g: min(order[x] for x in g[1]))
    return People(
        [Person(name=c, forms=tuple(sorted(f)), gender=_gender(genders, f)) for c, f in ranked]
    )


def _speaking(docs: Sequence[Doc]) -> set[str]:
    """Names that are subject of a verb of saying, unless the parser takes them for places."""
    return {
        name.text
        for doc in docs
        for name in names_in(doc)
        if name.possible
        and doc[name.last].dep_ == "nsubj"
        and is_saying(doc[name.last].head, strong=True)
    }


def _may_be(occurrences: Sequence[Name]) -> bool:
    """Whether a name of several words may be somebody’s, whatever the parser took it for."""
    return sum(x.possible for x in occurrences) * 2 >= len(occurrences)


def _genders(docs: Sequence[Doc], seen: dict[str, list[Name]]) -> dict[str, set[Gender]]:
    """By form of name: what titles and given names say; else what pronouns after it say."""
    genders: dict[str, set[Gender]] = {
        t: {x.gender for x in n if x.gender} for t, n in seen.items()
    }
    votes: dict[str, set[Gender]] = defaultdict(set)
    for doc in docs:
        for text, gender in _pronoun_votes(doc):
            votes[text].add(gender)
    return {t: g or (votes[t] if len(votes[t]) == 1 else set()) for t, g in genders.items()}


def _pronoun_votes(doc: Doc) -> Iterator[tuple[str, Gender]]:
    """“Quintana testified that she …”: one name in the sentence, a subject, then pronouns."""
    found = list(names_in(doc))
    for sentence in doc.sents:
        here = [n for n in found if sentence.start <= n.last < sentence.end]
        if len(here) != 1 or doc[here[0].last].dep_ not in {"nsubj", "nsubjpass"}:
            continue
        later = {_PRONOUNS[t.lower_] for t in sentence if t.lower_ in _PRONOUNS}
        first = next((t.i for t in sentence if t.lower_ in _PRONOUNS), -1)
        if len(later) == 1 and first > here[0].last:
            yield here[0].text, next(iter(later))


def name_parts(text: str) -> tuple[str, ...]:
    """The parts of a name that count, without accents: no initials, no suffixes."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    parts = [p.rstrip(".").casefold() for p in plain.split()]
    kept = [p for p in parts if len(p) > 1 and p not in words("initial_suffixes")]
    return tuple(kept)


def alike(form: str, full: str) -> bool:
    """Whether ``form`` can be the name ``full``: its surname, or the same spelt otherwise."""
    ours, theirs = name_parts(form), name_parts(full)
    if not ours or not theirs:
        return False
    if len(ours) == 1:
        return ours[0] in {theirs[0], theirs[-1]}
    return (
        len(theirs) > 1
        and _spelt_alike(ours[0], theirs[0])
        and _spelt_alike(ours[-1], theirs[-1])
        and (ours[0] == theirs[0] or ours[-1] == theirs[-1])
    )


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter of a long one."""
    if one == other:
        return True
    long = min(len(one), len(other)) >= _LONG_NAME
    return long and one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) <= 1


def _spelt_otherwise(word: str, bearers: dict[str, set[str]]) -> set[str]:
    """Who has a name that differs in one letter from ``word``, which nobody has."""
    near = (names for part, names in bearers.items() if _spelt_alike(word, part))
    return set().union(*near)


def _full_names(texts: Sequence[str]) -> dict[str, list[str]]:
    """Full names, the longest form of each with its shorter ones."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for text in texts:
        key = name_parts(text)
        groups[key[0], key[-1]].append(text)
    return {max(forms, key=lambda f: (len(f), f)): forms for forms in groups.values()}


def _agree(genders: dict[str, set[Gender]], text: str, forms: set[str]) -> bool:
    full: set[Gender] = set().union(*(genders[f] for f in forms))
    return not genders[text] or not full or bool(genders[text] & full)


def _gender(genders: dict[str, set[Gender]], forms: set[str]) -> Gender | None:
    found: set[Gender] = set().union(*(genders[f] for f in forms))
    return next(iter(found)) if len(found) == 1 else None
