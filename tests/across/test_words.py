"""Which lemmas may say the same."""

from __future__ import annotations

from pathlib import Path

from briefing.across.words import alike, alike_in
from briefing.lexical import content_words


def test_those_alike_among_many_are_those_alike_one_by_one(seeds: Path) -> None:
    said = " ".join(path.read_text(encoding="utf-8") for path in sorted(seeds.glob("*.txt")))
    every = sorted(set(content_words(said)))
    others = frozenset(every[::2])
    pairs = 0
    for word in every[::7]:
        found = [other for other in sorted(others) if alike(word, other)]
        assert list(alike_in(word, others)) == found
        pairs += len(set(found) - {word})
    assert pairs > 20
    assert alike_in("vote", frozenset()) == ()
