"""One name for one person across sources: “Shen” here is “Shen Liwei” there.

A name joined to a fuller one must fit one person of all sources only. Judged by form: the same
words without accents, or one letter of a long word spelt otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.extract.articles import Article
from briefing.extract.names import alike, name_parts
from briefing.extract.people import Person
from briefing.extract.utterances import Utterance

Place = tuple[str, int, int]
"""Source id, start and end of a name."""


class Roster:
    """The people of all sources of one briefing."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Read the people of ``articles``; the fullest and most frequent spelling comes first."""
        self._articles = {article.source.id: article for article in articles}
        self._counts: Counter[str] = Counter()
        for article in articles:
            names = {person.name for person in article.people.people}
            forms = {form for person in article.people.people for form in person.forms}
            for form in names | {form for form in forms if len(name_parts(form)) > 1}:
                self._counts[form] += article.source.body.count(form)
        self._known: dict[tuple[str, str], str] = {}

    def name(self, said: Utterance) -> str:
        """How the speaker of ``said`` is called in the whole briefing."""
        attribution = said.attribution
        if not attribution.named:
            return self._holder(said) or attribution.speaker
        key = (said.article.source.id, attribution.speaker)
        if key not in self._known:
            self._known[key] = self._fullest(said.article, attribution.speaker)
        return self._known[key]

    def _holder(self, said: Utterance) -> str | None:
        """“The coach”: who is one by what any source says, of those whom this source names."""
        office, here = said.attribution.office, said.article
        if not office or any(a.offices.contested(office) for a in self._articles.values()):
            return None
        names = {n for a in self._articles.values() for n in a.offices.names(office)}
        known = {
            person.name
            for person in here.people.people
            if any(alike(form, name) for name in names for form in person.forms)
            and here.source.body.find(person.name) < said.parts[0].start
        }
        return self._fullest(here, known.pop()) if len(known) == 1 else None

    def given(self, said: Utterance) -> Place | None:
        """Where another source has the full name; None where that of the speaker does."""
        name = self.name(said)
        if name.casefold() in said.article.source.body.casefold():
            return None
        return next(self._places(name), None)

    def _places(self, name: str) -> Iterator[Place]:
        for source_id, article in self._articles.items():
            for passage in article.passages:
                found = re.search(rf"\b{re.escape(name)}\b", passage.text)
                if found and article.source.body[passage.start :].startswith(passage.text):
                    start = passage.start + found.start()
                    yield source_id, start, start + len(name)

    def _fullest(self, article: Article, name: str) -> str:
        here: Person | None = article.people.find(name)
        forms = {name, *(here.forms if here else ())}
        fits = [n for n in self._counts if any(alike(form, n) for form in forms)]
        fullest = max(fits, key=self._usual, default=name)
        one = all(alike(n, fullest) for n in fits)
        return fullest if one and next(self._places(fullest), None) else name

    def _usual(self, name: str) -> tuple[bool, bool, int, int, str]:
        """A full name before a surname, none in a transcript's capitals, then the most used."""
        parts = len(name_parts(name))
        return parts > 1, not name.isupper(), self._counts[name], parts, name
