"""A title that claims nothing: whom and what the documents name most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.extract.articles import Article
from briefing.language import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Span

NAMES = 3
_KINDS = {"PERSON", "ORG", "GPE", "EVENT", "FAC"}


def title_of(articles: Sequence[Article]) -> str:
    """The names that most origins share, most frequent first, and the number of documents.

    No headline: a source's own would give its view for everybody's.
    """
    count = len(articles)
    documents = f"{count} document{'s' if count != 1 else ''}"
    names = names_of(articles)
    if not names:
        return f"Briefing from {documents}"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed}: briefing from {documents}"


def names_of(articles: Sequence[Article]) -> list[str]:
    """Whom and what the body of most origins names, most frequent first: at most three names."""
    origins: defaultdict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for entity in _entities(article):
            form = entity.text.strip()
            key = form.split()[-1].casefold() if entity.label_ == "PERSON" else form.casefold()
            origins[key].add(article.source.origin)
            counts[key] += 1
            forms[key][form] += 1
    best = sorted(counts, key=lambda key: (-len(origins[key]), -counts[key], key))
    return [_fullest(forms[key]) for key in best[:NAMES] if counts[key] > 1]


def _entities(article: Article) -> Iterator[Span]:
    for passage in article.passages:
        if passage.kind == "body":
            for entity in pipeline(article.source.language).parse(passage.text).ents:
                if entity.label_ in _KINDS and "\n" not in entity.text:
                    yield entity


def _fullest(forms: Counter[str]) -> str:
    """The most frequent form of two words, else the most frequent of all."""
    return min(forms, key=lambda form: (len(form.split()) != 2, -forms[form], form))
