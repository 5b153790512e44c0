"""Who is who: the people and bodies that matter, with what the sources say that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.across.identities import Identity, identities, key_of_role
from briefing.across.mentioned import Named, institutional, is_outlet, named_in
from briefing.across.phrases import listed
from briefing.evidence import Citer
from briefing.extract.articles import Article
from briefing.extract.lexicon import words
from briefing.grounding.aliases import plain_words
from briefing.origins import Origins
from briefing.types import Actor, Evidence, Role

MAX_ACTORS = 15
_SEVERAL = 2
_PLACE = re.compile(
    r"^(?:Upper|Lower|North|South|East|West|Mount|Lake|Port|Cape|Fort)\b"
    r"|\b(?:Hill|Road|Street|Lane|Avenue|Bridge|River|Valley|Park|Bay|Island|Forest|Moor|Square|Ridge)$"
)
"""“Marl Hill” may be somebody's name: who speaks, or is told what he is, is one."""
_MOST_ROLES = 4


def actors(
    articles: Sequence[Article],
    origins: Origins,
    citer: Citer,
    *,
    language: str | None = None,
) -> list[Actor]:
    """The people and bodies of the event, the most often named first.

    ``language`` is that of all articles where the user gave one, else each has its own.
    """
    named = [each for article in articles for each in named_in(article, language)]
    speakers = _quoted_speakers(articles)
    found = [i for i in identities(named) if _matters(i, speakers)]
    weight = {id(i): _weight(i, origins) for i in found}
    found.sort(key=lambda i: weight[id(i)], reverse=True)
    return [_actor(each, citer) for each in found[:MAX_ACTORS]]


def _quoted_speakers(articles: Sequence[Article]) -> frozenset[tuple[str, str]]:
    """Source and name of those whose words a source quotes."""
    return frozenset(
        (article.source.id, attribution.speaker)
        for article in articles
        for attribution in article.attributions
        if attribution.level == "certain"
    )


def _matters(identity: Identity, speakers: frozenset[tuple[str, str]]) -> bool:
    own = {(n.article.source.id, form) for n in identity.named for form in (n.whole, n.text)}
    spoke = bool(own & speakers) or any(n.speaks for n in identity.named)
    subjects = sum(n.subject for n in identity.named)
    several = len(identity.sources) >= _SEVERAL
    described = any(n.callings for n in identity.named)
    located = any(n.located for n in identity.named)
    if located and not (spoke or described):
        return False
    if identity.sort == "person":
        if not (described or spoke) and _PLACE.search(identity.name):
            return False
        needed = 1 if described else _SEVERAL
        return bool(identity.full) and (spoke or several or subjects >= needed)
    if located or _is_common(identity.name):
        return False
    known = bool(set(plain_words(identity.name)) & institutional())
    agent = any(n.agent for n in identity.named)
    if (is_outlet(identity.name) and not described) or not (agent or spoke or (known and subjects)):
        return False
    return (known or described or several or spoke) and (spoke or several or subjects >= _SEVERAL)


def _is_common(name: str) -> bool:
    """“The Parties”, “Heads” of Government: a common noun that a text has given a capital."""
    parts = plain_words(name)
    if len(parts) != 1:
        return False
    word = parts[0]
    forms = {word, word.removesuffix("s"), word.removesuffix("ies") + "y"}
    return bool(forms & (words("people_nouns") | words("bodies") | words("documents")))


def _weight(identity: Identity, origins: Origins) -> tuple[int, int]:
    """Mentions over independent texts: a copied passage counts once."""
    fresh = [n for n in identity.named if n.passage.id not in origins.copies]
    texts = {origins.of(n.article.source.id, n.passage.id) for n in fresh}
    return len(fresh), len(texts)


def _actor(identity: Identity, citer: Citer) -> Actor:
    name = identity.name
    evidence = tuple(_evidence(identity, name, citer))
    return Actor(
        id=citer.item_id("a", name, evidence),
        name=name,
        also=tuple(_also(identity, name)),
        roles=tuple(_roles(identity, citer)),
        evidence=evidence,
    )


def _evidence(identity: Identity, name: str, citer: Citer) -> Iterator[Evidence]:
    """Where each source names it most fully, the form that is shown first."""
    best: dict[str, Named] = {}
    for each in identity.named:
        own = best.get(each.article.source.id)
        if own is None or _rank(each, name) > _rank(own, name):
            best[each.article.source.id] = each
    for each in sorted(best.values(), key=lambda n: " ".join(n.text.split()) != name):
        yield citer.cite(each.article.source.id, each.span.start, each.span.end)


def _rank(named: Named, name: str) -> tuple[bool, int]:
    return " ".join(named.text.split()) == name, len(named.text.split())


def _also(identity: Identity, name: str) -> Iterator[str]:
    """Other full forms of the name, and what is spelt otherwise; no mere surnames."""
    words = set(plain_words(name))
    for form in sorted(identity.forms, key=lambda f: -identity.forms[f]):
        short = set(plain_words(form)) <= words and len(form.split()) == 1
        if form != name and not short:
            yield form


def _roles(identity: Identity, citer: Citer) -> Iterator[Role]:
    """What the sources say that it is, each once, with all evidence for the same words."""
    told: dict[frozenset[str], list[Evidence]] = {}
    for each in identity.named:
        for span in each.callings:
            cited = citer.cite(each.article.source.id, span.start, span.end)
            key = key_of_role(cited.text)
            if key:
                told.setdefault(key, []).append(cited)
    kept = [key for key in told if not any(_tells_more(other, key) for other in told)]
    for key in kept[:_MOST_ROLES]:
        first = told[key][0]
        alike = (e for e in told[key][1:] if e.text.casefold() == first.text.casefold())
        others = {e.source_id: e for e in alike if e.source_id != first.source_id}
        yield Role(text=first.text, evidence=(first, *others.values()))


def _tells_more(more: frozenset[str], less: frozenset[str]) -> bool:
    """Whether one role has all that another says: “president of Rovers”, “president”."""
    return less < more and not (more - less) & listed("altering")
