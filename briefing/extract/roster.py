"""One name for one person across sources: “Shen” here is “Shen Liwei” there.

A name joined to a fuller one must fit one person of all sources only. Judged by form: the same
words without accents, or one letter of a long word spelt otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from briefing.extract.articles import Article
from briefing.extract.people import Person, alike, name_parts
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
            for person in article.people.people:
                self._counts[person.name] += article.source.body.count(person.name)
        self._known: dict[tuple[str, str], str] = {}

    def name(self, said: Utterance) -> str:
        """How the speaker of ``said`` is called in the whole briefing."""
        attribution = said.attribution
        if not attribution.named:
            return attribution.speaker
        key = (said.article.source.id, attribution.speaker)
        if key not in self._known:
            self._known[key] = self._fullest(said.article, attribution.speaker)
        return self._known[key]

    def given(self, said: Utterance) -> Place | None:
        """Where another source has the full name; None where that of the speaker does."""
        name = self.name(said)
        if name in said.article.source.body:
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
        fullest = max(fits, key=lambda n: (len(name_parts(n)), self._counts[n], n), default=name)
        one = all(alike(n, fullest) for n in fits)
        longer = len(name_parts(fullest)) > len(name_parts(name))
        spelt = len(name_parts(fullest)) == len(name_parts(name)) > 1
        better = longer or (spelt and self._counts[fullest] > self._counts[name])
        return fullest if one and better and next(self._places(fullest), None) else name
