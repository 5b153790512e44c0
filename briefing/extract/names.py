"""Names in a parsed text: which words are one, without titles, and which forms are alike."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from rapidfuzz.distance import OSA

from briefing.extract.lexicon import means_people, words
from briefing.extract.name_edges import after_field, asks_whether, is_given, is_of_members, is_thing
from briefing.types import Value

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Gender = Literal["female", "male"]

_LONG_NAME = 6
"""Letters of a name in which one may be spelt otherwise."""
_FORMS_OF_ADDRESS = frozenset("mr mrs ms miss mx dr prof professor sir dame lord lady".split())
_KIN = frozenset(
    "mother father parent son daughter child brother sister husband wife partner uncle aunt cousin "
    "grandmother grandfather grandson granddaughter niece nephew twin widow widower fiance fiancee "
    "mum mom dad boy girl friend".split()
)
_POST_NOMINALS = frozenset("KC QC SC MP MSP MEP MD PhD OBE CBE MBE KBE DBE FRS Esq".split())
_NOT_PERSON = frozenset("GPE LOC FAC NORP EVENT WORK_OF_ART LAW DATE TIME".split())


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
    first = after_field(doc, first, last)
    first += first < last and asks_whether(doc[first])
    if token.i < first:
        return None
    if _dateline(doc, first, last):
        return None
    while last > first and doc[last].text in _POST_NOMINALS:
        last -= 1
    start, gender = _after_titles(doc, first, last)
    if start > first and _is_office(doc, first, last):  # “the Chief Fire Officer”
        return None
    if start == last and is_bare_office(doc[last]):
        return None
    ents = Counter(t.ent_type_ for t in doc[start : last + 1])
    kind = ents.most_common(1)[0][0]
    gender = gender or _apposed_gender(doc[last])
    text = doc[start : last + 1].text.rstrip("’'")
    institution = any(w.lower() in words("institutions") for w in text.split())
    if institution:
        last = with_field(doc, last)
        text = doc[start : last + 1].text.rstrip("’'")
    given = doc[start].lower_ in words("female_names") | words("male_names")
    told = kind == "PERSON" or start > first or given or _called_somebody(doc, start, last)
    told = told or (first > 0 and _is_title(doc[first - 1]))
    thing = start == first and is_thing(doc, first, last)
    person = told and not institution and not thing
    return Name(
        first=start,
        last=last,
        text=text,
        gender=gender,
        titled=start > first,
        person=person,
        possible=person or not (institution or thing or kind in _NOT_PERSON),
    )


def _is_title(token: Token) -> bool:
    """“Supt Jo Ray”, where the parser takes the title for an adjective."""
    return token.pos_ == "ADJ" and token.text.istitle() and _plain(token) in words("titles")


def _dateline(doc: Doc, first: int, last: int) -> bool:
    """“ROTTERDAM, 9 June — …” at the head of a paragraph."""
    capitals = all(t.is_upper for t in doc[first : last + 1])
    if first > 0 or not capitals or last + 1 >= len(doc):
        return False
    near = doc[last + 2 : last + 8]
    day = any(t.text in {"—", "–", "-", "("} or t.like_num for t in near)
    return doc[last + 1].text in {"—", "–"} or (doc[last + 1].text == "," and day)


def _called_somebody(doc: Doc, first: int, last: int) -> bool:
    """“agent Jo Ray”, “her daughter, Siobhan”, “Amory Fenwick-Dahl”, whatever the parser says."""
    near = [doc[first - 1]] if first and doc[first - 1].pos_ == "NOUN" else []
    head = doc[last]
    near += [head.head] if head.dep_ == "appos" else []
    near += [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    inner = head.dep_ == "pobj" and head.head.lower_ in {"of", "at", "in", "for"}
    if not inner and any(c.dep_ == "relcl" and _of_whom(c) for c in head.children):
        return True
    double = last - first >= 3 and doc[last - 1].text == "-" and doc[last - 2].text[:1].isupper()
    return double or any(
        means_people(n.lemma_.lower()) and n.lemma_.lower() not in words("bodies") for n in near
    )


def _is_office(doc: Doc, first: int, last: int) -> bool:
    """Whether all words are titles, none of them one of those that stand before any surname."""
    before = {_plain(token) for token in doc[first:last]}
    given = words("female_names") | words("male_names") | _FORMS_OF_ADDRESS
    return _plain(doc[last]) in words("offices") and not before & given


def is_bare_office(token: Token) -> bool:
    """“the Chancellor”: with a capital in some houses, and still no name."""
    office = _plain(token) in words("titles") | words("offices") and token.text.istitle()
    return office and token.i > 0 and token.nbor(-1).lower_ == "the"


def _of_whom(clause: Token) -> bool:
    """“Jo Ray, who …”, “whose brother …”: things have no “who”, and no kin."""
    before = [t for t in clause.subtree if t.i < clause.i]
    whose = (t.head.lemma_.lower() for t in before if t.lower_ == "whose")
    return any(t.lower_ in {"who", "whom"} for t in before) or any(n in _KIN for n in whose)


def with_field(doc: Doc, last: int) -> int:
    """Where the name of a body ends that says what for, or of what: “Institute of Technology”."""
    end = last
    inside = doc[last].ent_type_ == "ORG"
    while inside and end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I":
        end += 1
    behind = doc[last + 1 : end + 1]
    fits = len(behind) > 1 and behind[0].lower_ in {"of", "for"} and behind[-1].pos_ == "PROPN"
    return end if fits else last


def _proper(token: Token) -> bool:
    if _behind_hyphen(token):  # “Tae-jun”
        return True
    if not token.text[:1].isalpha() or not token.text[:1].isupper():
        return False
    if token.pos_ == "ADP" and (token.is_sent_start or token.nbor(-1).text == ","):
        return is_given(token)  # “a spokesman, Per Dahl”
    if token.is_sent_start and token.pos_ == "NOUN" and is_given(token):
        return True
    return token.pos_ == "PROPN" or token.ent_type_ == "PERSON"


def _behind_hyphen(token: Token) -> bool:
    if token.i < 2 or not token.text.isalpha() or not token.text.islower():
        return False
    hyphen, before = token.nbor(-1), token.nbor(-2)
    tight = hyphen.text == "-" and not hyphen.whitespace_ and not before.whitespace_
    return tight and before.pos_ == "PROPN" and before.text[:1].isupper() and token.pos_ == "PROPN"


def _joined(left: Token, right: Token) -> bool:
    """Whether two neighbouring tokens are parts of one name."""
    if (whose := is_of_members(left, right)) is not None:
        return whose
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


_KEPT = "briefing names"
"""Where the names of a parse are kept with it: they are asked for by a dozen others."""


def names_in(doc: Doc) -> Iterator[Name]:
    """All names of a parsed text, in order."""
    if _KEPT not in doc.user_data:
        doc.user_data[_KEPT] = tuple(_found_in(doc))
    yield from doc.user_data[_KEPT]


def _found_in(doc: Doc) -> Iterator[Name]:
    at = 0
    while at < len(doc):
        name = name_at(doc[at])
        if name and name.last >= at:  # else what follows a name: “KC”
            yield name
            at = name.last + 1
        else:
            at += 1


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
        and spelt_alike(ours[0], theirs[0])
        and spelt_alike(ours[-1], theirs[-1])
        and (ours[0] == theirs[0] or ours[-1] == theirs[-1])
    )


def spelt_alike(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter of a long one."""
    if one == other:
        return True
    long = min(len(one), len(other)) >= _LONG_NAME
    return long and one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) <= 1


def misspelt(one: str, other: str) -> bool:
    """Whether two surnames differ as names do that are written by ear: one letter or two."""
    first, second = one.casefold(), other.casefold()
    shorter = min(len(first), len(second))
    if shorter < _LONG_NAME - 1 or first == second:
        return False
    return OSA.distance(first, second, score_cutoff=2) <= (1 if shorter <= _LONG_NAME else 2)
