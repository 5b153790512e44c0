"""English word lists for quotations and their speakers, read once from ``speech.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

_IRREGULAR = {
    "say": "said says saying",
    "tell": "told tells telling",
    "write": "wrote written writes writing",
    "read": "read reads reading",
    "swear": "swore sworn swears swearing",
}


@cache
def _lists() -> dict[str, frozenset[str]]:
    raw = files("briefing.extract").joinpath("speech.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(raw).items()}


def words(name: str) -> frozenset[str]:
    """The list called ``name`` in ``speech.toml``, lower case."""
    return _lists()[name]


@cache
def inflected(name: str) -> frozenset[str]:
    """All written forms of the verbs listed under ``name``."""
    forms: set[str] = set()
    for verb in words(name):
        forms.update(_IRREGULAR.get(verb, "").split() or _regular(verb))
        forms.add(verb)
    return frozenset(forms)


def _regular(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith(("sh", "ch", "ss")):
        return verb + "es", verb + "ed", verb + "ing"
    return (
        verb + "s",
        verb + "ed",
        verb + "ing",
        verb + verb[-1] + "ed",
        verb + verb[-1] + "ing",
    )


_AGENTIVE = ("man", "woman", "person", "er", "or", "ist", "ian", "ee", "eur", "yst")


def means_people(noun: str) -> bool:
    """Whether a noun (lower case, singular) means somebody, by list or by its ending."""
    if noun in words("people_nouns") | words("female_nouns") | words("male_nouns"):
        return True
    return noun not in words("not_agents") and noun.endswith(_AGENTIVE)
