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
from functools import cache
from importlib.resources import files

_ENDINGS = frozenset(
    """ a al ally an ance ancy ant ate ated ation ations ative ator ators e ed ee en ence ency ent
    er ers es ese ful ial ian ians ible able ic ical ically ied ier ies ing ings ion ions ious is
    ish ism ist ists ity ive ize ized ise ised izing ising ization isation less ly ment ments n ness
    or ors ous red ring s ship sion t tion tions ure y ys ically ting ted""".split()
) | {""}
_MIN_STEM = 4

Relation = dict[str, frozenset[str]]


def same_family(one: str, other: str) -> bool:
    """Whether two words in lower case share a stem: negotiate/negotiation, Russia/Russian."""
    if one == other:
        return True
    stem = _common(one, other)
    least = max(_MIN_STEM, (min(len(one), len(other)) + 1) // 2)
    if stem >= least and one[stem:] in _ENDINGS and other[stem:] in _ENDINGS:
        return True
    return other in relation("derived").get(one, ())


def synonyms(word: str) -> frozenset[str]:
    """Words that share a common sense with ``word``."""
    return relation("synonyms").get(word, frozenset())


def broader(word: str) -> frozenset[str]:
    """Words for the kind of thing or act that ``word`` is, one step up."""
    return relation("broader").get(word, frozenset())


def antonyms(word: str) -> frozenset[str]:
    """Words that WordNet gives as opposites of ``word``."""
    return relation("antonyms").get(word, frozenset())


@cache
def relation(name: str) -> Relation:
    """One of the relations of the data file, in both directions except ``broader``."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _data()[name]:
        words = line.split()
        if name == "broader":
            found[words[1]].add(words[2])
            continue
        for word in (members := words[1:] if name == "synonyms" else words):
            found[word].update(other for other in members if other != word)
    return {word: frozenset(others) for word, others in found.items()}


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
