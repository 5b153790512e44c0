"""Is a statement its passage's own words? Whole sentences, character for character but for spaces.

Half a sentence is not: "the deal was signed" stands in "nobody believes the deal was signed". What
an editor added in [brackets], a name for a pronoun, must stand in the passages as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.grounding.reading import Reading, read

_SPACE = re.compile(r"\s+")
_ADDED = re.compile(r" \[[^\[\]]+\]")
_WORD = re.compile(r"\w+")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’-]{2,40}(?:, [^()\n]{3,30})?(?: \([^()\n]{2,40}\))? (?:-|--|–|—) (?=[A-Z“\"‘'])"
)
"""“PORT AUREL, March 10 (Continental) - ”: where and when, before the sentence begins."""


def stands_in(statement: Reading, evidence: Sequence[Reading]) -> bool:
    """Whether every sentence of ``statement`` is a whole sentence of one of ``evidence``."""
    bare = _ADDED.sub("", statement.text)
    if bare != statement.text:
        added = {word for found in _ADDED.findall(statement.text) for word in _WORD.findall(found)}
        if not added <= {word for reading in evidence for word in _WORD.findall(reading.text)}:
            return False
        statement = read(bare)
    own = [_plain(sentence.text) for sentence in statement.doc.sents]
    theirs = {_plain(sentence.text) for reading in evidence for sentence in reading.doc.sents}
    theirs |= {_plain(reading.text) for reading in evidence}
    theirs |= {_plain(_DATELINE.sub("", sentence, count=1)) for sentence in theirs}
    return bool(own) and all(sentence in theirs for sentence in own if sentence)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
