"""Whether two stretches of two texts stand among the same words.

A sentence that repeats a passage word for word but for one number has that number wrong, whatever
else the passage counts. This needs no parse.
"""

from __future__ import annotations

import re
from functools import lru_cache

_REACH = 4
_WORD = re.compile(r"[\w£$€%]+(?:['’.]\w+)*")
_SIDE = 80
_EMPTY = set(
    "the a an of in on at to and or by for with from is are was were be been has have had it its "
    "his her their that this as than but not who which he she they more also".split()
)


@lru_cache(maxsize=8192)
def _around(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """Lower-case words before (nearest first) and after, within the sentence or line."""
    left = re.split(r"[.!?]\s|\n", text[max(0, start - _SIDE) : start])[-1]
    right = re.split(r"[.!?](?:\s|$)|\n", text[end : end + _SIDE])[0]
    return (
        [w.lower() for w in reversed(_WORD.findall(left))][:_REACH],
        [w.lower() for w in _WORD.findall(right)][:_REACH],
    )


def likeness(claim: str, ours: tuple[int, int], text: str, theirs: tuple[int, int]) -> int:
    """How many words on both sides are the same, without a gap; 0 where none of them says much."""
    pairs = zip(_around(claim, *ours), _around(text, *theirs), strict=True)
    shared = [word for one, other in pairs for word in _common(one, other)]
    return len(shared) if any(word not in _EMPTY for word in shared) else 0


def _common(one: list[str], other: list[str]) -> list[str]:
    shared: list[str] = []
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared.append(a)
    return shared
