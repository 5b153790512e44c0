"""Make ``briefing/grounding/thesaurus.json.gz`` from WordNet's database files.

    python scripts/thesaurus.py DICT

DICT is the folder with WordNet 3.1's ``data.*`` and ``index.sense`` files. Kept are relations
between single words in senses that occur in WordNet's tagged texts or come first for their word.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OUT = Path(__file__).parent.parent / "briefing" / "grounding" / "thesaurus.json.gz"
_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_OF_SENSE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_KNOWN = 3
"""A broader term was seen at least so often in WordNet's tagged texts."""


@dataclass(frozen=True)
class Synset:
    """Words of one meaning, and pointers: (symbol, target, place of the words, "0000" for all)."""

    words: list[str]
    pointers: list[tuple[str, tuple[str, str], str]]


class WordNet:
    """The database, read whole."""

    def __init__(self, folder: Path) -> None:
        self.synsets = {
            (part, entry[0]): _synset(entry)
            for part, name in _PARTS.items()
            for entry in _entries(folder / f"data.{name}")
        }
        self.senses: dict[tuple[str, str, str], tuple[int, int]] = {}
        self.seen: Counter[str] = Counter()
        for line in (folder / "index.sense").read_text(encoding="utf-8").splitlines():
            key, offset, number, count = line.split()
            word, rest = key.split("%")
            self.senses[word, _OF_SENSE[rest[0]], offset] = int(number), int(count)
            self.seen[word] += int(count)

    def common(self, word: str, key: tuple[str, str]) -> bool:
        """Whether ``word`` is a single word and often means this."""
        number, count = self.senses.get((word, *key), (9, 0))
        return _single(word) and (count > 0 or number == 1)

    def relations(self) -> dict[str, list[str]]:
        """Lines of each relation, sorted."""
        return {
            "synonyms": sorted({line for key in self.synsets for line in self._synonyms(key)}),
            "antonyms": sorted({line for key in self.synsets for line in self._between(key, "!")}),
            "derived": sorted({line for key in self.synsets for line in self._between(key, "+\\")}),
            "broader": sorted({line for key in self.synsets for line in self._broader(key)}),
        }

    def _synonyms(self, key: tuple[str, str]) -> Iterator[str]:
        synset = self.synsets[key]
        words = sorted({w for w in synset.words if self.common(w, key)})
        if len(words) > 1:
            yield " ".join((key[0], *words))
        for symbol, target, _ in synset.pointers:
            if symbol == "&" and key[0] == "a":
                for other in self.synsets[target].words:
                    for word in words:
                        both = self.common(other, target) and self.seen[word] and self.seen[other]
                        if both and word != other:
                            yield " ".join(("a", *sorted((word, other))))

    def _between(self, key: tuple[str, str], symbols: str) -> Iterator[str]:
        """Pairs of words that a pointer between words joins."""
        synset = self.synsets[key]
        for symbol, target, place in synset.pointers:
            if symbol not in symbols or place == "0000":
                continue
            here, there = bytes.fromhex(place)
            one, other = synset.words[here - 1], self.synsets[target].words[there - 1]
            usual = symbol == "+" or (self.common(one, key) and self.common(other, target))
            if one != other and usual and _single(one) and _single(other):
                yield " ".join(sorted((one, other)))

    def _broader(self, key: tuple[str, str]) -> Iterator[str]:
        for word in self.synsets[key].words:
            first = self.common(word, key) and self.senses[word, *key][0] <= 2
            if key[0] in "nv" and first and self.seen[word]:
                yield from (f"{key[0]} {word} {other}" for other in self._above(key))

    def _above(self, key: tuple[str, str]) -> Iterator[str]:
        """The nearest broader terms of one word each: past "motor vehicle" to "vehicle"."""
        for symbol, target, _ in self.synsets[key].pointers:
            if symbol == "@":
                words = [w for w in self.synsets[target].words if self.common(w, target)]
                words = [w for w in words if self.seen[w] >= _KNOWN]
                yield from words or self._above(target)


def _entries(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            yield line.split(" | ")[0].split()


def _synset(entry: list[str]) -> Synset:
    many = int(entry[3], 16)
    words = [entry[4 + 2 * i].split("(")[0].lower() for i in range(many)]
    at = 4 + 2 * many
    fields = [entry[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(entry[at]))]
    return Synset(
        words,
        [(sign, ("a" if part == "s" else part, to), place) for sign, to, part, place in fields],
    )


def _single(word: str) -> bool:
    return "_" not in word and word.replace("-", "").isalpha() and len(word) > 2


def main() -> None:
    """Write the file and say how large it is."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    relations = WordNet(Path(sys.argv[1])).relations()
    packed = gzip.compress(json.dumps(relations).encode("utf-8"), 9, mtime=0)
    OUT.write_bytes(packed)
    counts = ", ".join(f"{len(lines)} {name}" for name, lines in relations.items())
    print(f"{OUT.name}: {len(packed)} bytes, {counts}")


if __name__ == "__main__":
    main()
