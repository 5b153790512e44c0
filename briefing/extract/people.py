"""Who is named in one source, and which names mean the same person.

“Ms. Okoro”, “Okoro” and “Grace N. Okoro” are one; the fullest form stands for all. A surname
(or given name) that fits two people is joined to neither. Judged by form alone, inside one source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from briefing.extract.cues import is_saying
from briefing.extract.lexicon import means_people
from briefing.extract.names import Gender, Name, misspelt, name_parts, names_in, spelt_alike
from briefing.types import Value

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SOMEBODY_ELSES = frozenset("behalf place favour favor defence defense".split())
"""“Spoke on her behalf”: not the speaker's own."""
PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(["he", "his", "him", "himself"], "male"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "female"),
}


class Person(Value):
    """Somebody named in a source: the fullest form of the name, and all forms without titles."""

    name: str
    forms: tuple[str, ...]
    gender: Gender | None = None


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
        fits = fits or _of_the_same_body(text, bearers, docs)
        only = next(iter(fits)) if len(fits) == 1 else None
        if only in groups and _agree(genders, text, groups[only]):
            groups[only].add(text)
        elif not fits and text in persons:
            groups[text] = {text}
    ranked = sorted(groups.items(), key=lambda g: min(order[x] for x in g[1]))
    return People(
        [Person(name=c, forms=tuple(sorted(f)), gender=_gender(genders, f)) for c, f in ranked]
    )


def _of_the_same_body(text: str, bearers: dict[str, set[str]], docs: Sequence[Doc]) -> set[str]:
    """Who is spelt nearly so and told of with the body that “Norlund’s Haraldson” is of."""
    near = {f for part, full in bearers.items() if misspelt(text, part) for f in full}
    if not near:
        return set()
    bodies = {
        doc[name.first - 2].text
        for doc in docs
        for name in names_in(doc)
        if name.text == text and name.first >= 2 and doc[name.first - 1].text in {"’s", "'s"}
    }
    return {
        full
        for full in near
        for doc in docs
        for sentence in doc.sents
        if full in sentence.text and bodies & {token.text for token in sentence}
    }


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
        kin = (t.head.lemma_.lower() for t in sentence if t.lower_ == "whose")
        other = any(means_people(noun) for noun in kin)
        subject = doc[here[0].last]
        pronouns = [t for t in sentence if t.lower_ in PRONOUNS]
        if other and any(t.dep_ == "nsubj" for t in pronouns):
            continue  # “Lee, whose brother is there, said he …”
        later = {PRONOUNS[t.lower_] for t in pronouns if _can_be(subject, t)}
        if len(later) == 1 and (pronouns[0].i > here[0].last or _looks_ahead(pronouns, subject)):
            yield here[0].text, next(iter(later))
        elif not pronouns and here[0] == found[0] and sentence.end < len(doc):
            gender = PRONOUNS.get(doc[sentence.end].lower_)  # “Lee sighed. She …”
            if gender is not None and doc[sentence.end].dep_ == "nsubj":
                yield here[0].text, gender


def _looks_ahead(pronouns: Sequence[Token], subject: Token) -> bool:
    """“In her speech Lee …”: whose, said before who."""
    first = pronouns[0]
    opens = first.sent[0]
    own = first.dep_ == "poss" and first.head.head == opens and opens.dep_ == "prep"
    return own and opens.head == subject.head and subject.dep_ == "nsubj"


def _can_be(subject: Token, pronoun: Token) -> bool:
    """Whether ``pronoun`` can mean ``subject``: not in “Ray cleared her”, “spoke on her behalf”."""
    if pronoun.lower_.endswith("self"):
        return True
    if pronoun.dep_ == "poss":
        return pronoun.head.lower_ not in _SOMEBODY_ELSES
    verb = pronoun.head
    while verb.dep_ in {"prep", "dative"} and verb.head != verb:
        verb = verb.head
    return pronoun.dep_ in {"nsubj", "nsubjpass"} or verb != subject.head


def _spelt_otherwise(word: str, bearers: dict[str, set[str]]) -> set[str]:
    """Who has a name that differs in one letter from ``word``, which nobody has."""
    near = (names for part, names in bearers.items() if spelt_alike(word, part))
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
