"""Citations as people and tools write them: ``[1, 3]``, ``[^2]``, ``(S1)``, ``[S1 ¶3]``.

Brackets are a citation only where all that stands in them is one: ``[Ines Valk]``, ``(2 sources)``
and ``[2023]`` are text. Which sources there are is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefing.evals.given import canonical
from briefing.evals.statements import Citation

MARK = re.compile(
    r"\s*(?:\[\^(?P<foot>[^\]\s]+)\]|\[(?P<square>[^\[\]^]{1,200})\]|\((?P<round>[^()\[\]]{1,200})\))"
)
_PARAGRAPH = r"(?:¶|paragraphs?|paras?\.?)\s*(?P<first>\d{1,5})(?:\s*[-–]\s*(?P<last>\d{1,5}))?"
_NUMBER = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")
_SOURCE = re.compile(r"S\d{1,4}")
_PLACED = re.compile(rf"(?P<key>.+?),?\s*{_PARAGRAPH}", re.IGNORECASE)
_COLON = re.compile(r"(?P<key>.+?):(?P<first>\d{1,5})(?P<last>)")
_ALONE = re.compile(_PARAGRAPH, re.IGNORECASE)
_NOTE = re.compile(
    rf"(?P<head>.*?)(?<!\w){_PARAGRAPH}(?:\s*\([^)]*\))?\s*(?P<tail>:.*)?",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_RANGE = 50


def of_brackets(found: re.Match[str], names: Collection[str]) -> list[Citation] | None:
    """What square or round brackets cite; None where they are no citation.

    ``names`` are ids of sources besides numbers, as :func:`canonical` writes them. Numbers alone
    are citations in square brackets only.
    """
    square = found["square"] is not None
    content = found["square"] if square else found["round"]
    cited: list[Citation] = []
    for part in (piece.strip() for piece in re.split(r"[;,]", content)):
        alone = _ALONE.fullmatch(part)
        if alone and cited:
            before = cited[-1] if cited[-1].paragraph else cited.pop()
            keys = list(_paragraphs(before.source, alone, found[0].strip()))
        else:
            keys = list(_part(part, names, found[0].strip(), numbers=square))
        if not keys:
            return None
        cited += keys
    return cited


def _part(part: str, names: Collection[str], label: str, *, numbers: bool) -> Iterator[Citation]:
    number = _NUMBER.fullmatch(part)
    if number:
        first, last = int(number[1]), int(number[2] or number[1])
        if numbers and 0 < first <= last < first + _LONGEST_RANGE:
            for each in range(first, last + 1):
                yield Citation(label=label, source=canonical(str(each)))
    elif _known(part, names):
        yield Citation(label=label, source=canonical(part))
    else:
        placed = _PLACED.fullmatch(part) or _COLON.fullmatch(part)
        bare = placed is not None and placed["key"].isdigit() and numbers and ":" not in part
        if placed is not None and (bare or _known(placed["key"], names)):
            yield from _paragraphs(canonical(placed["key"]), placed, label)


def _known(key: str, names: Collection[str]) -> bool:
    return bool(_SOURCE.fullmatch(key)) or canonical(key) in names


def _paragraphs(source: str, found: re.Match[str], label: str) -> Iterator[Citation]:
    first = int(found["first"])
    last = int(found["last"] or first)
    if 0 < first <= last < first + _LONGEST_RANGE:
        for number in range(first, last + 1):
            yield Citation(label=label, source=source, paragraph=number)


def of_note(text: str) -> tuple[str, int | None, tuple[str, ...]]:
    """A footnote ``path.txt, paragraph 4: “words” … “words”``: where, paragraph, words."""
    placed = _NOTE.fullmatch(text)
    if placed:
        first = int(placed["first"])
        return placed["head"].strip(" ,;:"), first or None, _words(placed["tail"] or "")
    opening = re.search(r":\s*[“\"„«]", text)
    head, tail = (text[: opening.start()], text[opening.start() :]) if opening else (text, "")
    return head.strip(" ,;:"), None, _words(tail)


def _words(tail: str) -> tuple[str, ...]:
    """The quoted stretches of ``: “a” … “b”``; marks inside a stretch belong to it."""
    begin = next((at for at, mark in enumerate(tail) if mark in '“"„«'), len(tail))
    end = max(tail.rfind(mark) for mark in '”"“»')
    if end <= begin:
        return ()
    return tuple(re.split(r"[”\"“»]\s?(?:…|\.\.\.)\s?[“\"„«]", tail[begin + 1 : end]))
