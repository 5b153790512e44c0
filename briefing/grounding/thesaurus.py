"""Which English words can stand for each other: derived forms, synonyms, broader terms, antonyms.

The relations between single words are WordNet 3.1's (its licence is in ``thesaurus.LICENSE``),
reduced to common senses; families of words by their endings are ours. Word senses are not told
apart, so everything but a derived form is a possibility and no proof.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

_ENDINGS = frozenset(
    """ a al ally an ance ancy ant ate ated ation ations ative ator ators e ed ee en ence ency ent
    er ers es ese ful ial ian ians ible able ic ical ically ied ier ies ing ings ion ions ious is
    ish ism ist ists ity ive ize ized ise ised izing ising ization isation less ly ment ments n ness
    or ors ous red ring s ship sion t tion tions ure y ys ically ting ted""".split()
) | {""}
MIN_STEM = 4
"""Words of one family have at least so many letters in common, or WordNet derives one of them."""
_KEPT = 16_384


def same_family(one: str, other: str) -> bool:
    """Whether two words in lower case share a stem: negotiate/negotiation, Russia/Russian."""
    if one == other:
        return True
    stem = _common(one, other)
    least = max(MIN_STEM, (min(len(one), len(other)) + 1) // 2)
    if stem >= least and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS:
        return True
    return other in derived(one)


@lru_cache(maxsize=_KEPT)
def derived(word: str) -> frozenset[str]:
    """Words that WordNet derives from ``word``, or it from them."""
    return _others("derived", word)


@lru_cache(maxsize=_KEPT)
def synonyms(word: str) -> frozenset[str]:
    """Words that share a common sense with ``word``."""
    return _others("synonyms", word)


@lru_cache(maxsize=_KEPT)
def broader(word: str) -> frozenset[str]:
    """Words for the kind of thing or act that ``word`` is, one step up."""
    return _others("broader", word)


@lru_cache(maxsize=_KEPT)
def antonyms(word: str) -> frozenset[str]:
    """Words that WordNet gives as opposites of ``word``."""
    return _others("antonyms", word)


def _others(name: str, word: str) -> frozenset[str]:
    return frozenset().union(*_relation(name).get(word, ())) - {word}


@cache
def _relation(name: str) -> dict[str, list[list[str]]]:
    """For each word what stands beside it in the data file; ``broader`` goes in one direction.

    Most words are never asked for: sets are made of those that are.
    """
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for line in _data()[name]:
        words = line.split()
        if name == "broader":
            found[words[1]].append(words[2:3])
            continue
        members = words[1:] if name == "synonyms" else words
        for word in members:
            found[word].append(members)
    found.default_factory = None
    return found


@cache
def _data() -> dict[str, Iterable[str]]:
    packed = files(__package__).joinpath("thesaurus.json.gz").read_bytes()
    loaded: dict[str, Iterable[str]] = json.loads(gzip.decompress(packed))
    return loaded


def _common(one: str, other: str) -> int:
    """How many letters two words have in common at the beginning."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
