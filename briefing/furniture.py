"""What of a page is news and what stands around it: headings, captions, credits, furniture.

Words are judged in :mod:`briefing.page_lines`; here stands what depends on the rest of the page:
place, neighbours, repetition. Rules come in an order, and a paragraph keeps the first kind it
gets. They lean towards ``body``: a sentence of news that is marked is lost to the briefing.
Nothing is deleted; passages carry their kind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from briefing.page_lines import (
    caption_cues,
    fold,
    heads_links,
    is_photo_credit,
    is_signoff,
    kind_of_line,
    mail_header,
)
from briefing.paragraphs import Paragraph, is_terminated
from briefing.types import PassageKind

HEADING_WORDS = 14
HEADLINE_WORDS = 25
CAPTION_WORDS = 60
NEAR_COPY = 88.0
"""Similarity (rapidfuzz ratio, 0–100) from which a caption is the same as another."""

_RELEASE = re.compile(
    r"(for immediate release|(press|media|news) release|notes? (to|for) editors?"
    r"|(media|press) (contact|enquir|inquir).*|-?30-?|ends?)\W*",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"About (the )?[A-Z].{0,60}")
_LABELLED = re.compile(r"\w+: \S")  # "Present: J. Ridley", "Yes: 41"
_SWITCH = re.compile(r"(hide|toggle|show) caption|enlarge( this)? image", re.IGNORECASE)

Kinds = Iterator[tuple[int, PassageKind]]


@dataclass(frozen=True)
class _Page:
    """A page while it is being judged: folded ``texts``, and the ``kinds`` found so far."""

    paragraphs: Sequence[Paragraph]
    texts: Sequence[str]
    title: str
    kinds: tuple[PassageKind | None, ...]

    def open(self) -> Iterator[int]:
        """Indices of paragraphs without a kind."""
        return (index for index, kind in enumerate(self.kinds) if kind is None)

    def is_open(self, index: int) -> bool:
        return 0 <= index < len(self.kinds) and self.kinds[index] is None

    def words(self, index: int) -> int:
        return self.texts[index].count(" ") + 1

    def runs_on(self, index: int) -> bool:
        """Is it text, to judge by its form: a sentence, or too long for a heading?"""
        long_enough = self.words(index) > HEADLINE_WORDS
        return self.is_open(index) and (long_enough or (self.ends(index) and self.words(index) > 4))

    def ends(self, index: int) -> bool:
        return is_terminated(self.texts[index])


def classify(
    paragraphs: Sequence[Paragraph], *, title: str | None = None
) -> tuple[PassageKind, ...]:
    """Give each paragraph of a page its kind, in order.

    ``title`` is the title known from elsewhere (metadata); a paragraph like it is the headline.
    """
    texts = [fold(paragraph.text) for paragraph in paragraphs]
    page = _Page(paragraphs, texts, fold(title or ""), tuple(p.hint for p in paragraphs))
    for rule in _RULES:
        kinds = list(page.kinds)
        for index, kind in rule(page):
            if kinds[index] is None or kind == "headline":
                kinds[index] = kind
        page = replace(page, kinds=tuple(kinds))
    return tuple(kind or "body" for kind in page.kinds)


def _by_words(page: _Page) -> Kinds:
    for index in page.open():
        kind = "furniture" if is_signoff(page.texts[index]) else kind_of_line(page.texts[index])
        if kind:
            yield index, kind


def _mail_headers(page: _Page) -> Kinds:
    """Two header lines in a row are a mail header."""
    kinds = [mail_header(text) for text in page.texts]
    for index, kind in enumerate(kinds):
        if kind and (any(kinds[max(0, index - 1) : index]) or any(kinds[index + 1 : index + 2])):
            yield index, kind


def _signatures(page: _Page) -> Kinds:
    """Short lines after “Kind regards,” or ``--``."""
    for index, text in enumerate(page.texts):
        if is_signoff(text):
            for after in range(index + 1, min(index + 9, len(page.texts))):
                if page.is_open(after):
                    if page.words(after) > 10 or page.ends(after):
                        break
                    yield after, "furniture"


def _repeated(page: _Page) -> Kinds:
    """A short line without a full stop that stands on the page three times or more."""
    count = Counter(page.texts)
    for index in page.open():
        short = page.words(index) <= 8 and not page.ends(index)
        if short and count[page.texts[index]] >= 3 and page.paragraphs[index].mark == "plain":
            yield index, "furniture"


def _captions(page: _Page) -> Kinds:
    """Text that says so, or that stands before a photo credit or a caption switch."""
    top = next((i for i in page.open() if page.runs_on(i) and not _before_credit(page, i)), 0)
    found: list[int] = []
    for index in page.open():
        text = page.texts[index]
        if page.words(index) > CAPTION_WORDS or page.paragraphs[index].mark != "plain":
            continue
        certain, likely = caption_cues(text)
        quoted = any(mark in text for mark in '“”"')
        beside = _before_credit(page, index) and not quoted and page.words(index) > 3
        first = index < top and page.ends(index) and page.words(index) >= 8
        if certain or (beside and (likely or first or _switched(page, index))):
            found.append(index)
    known = {page.texts[index] for index in found}
    near = {i for index in found for i in range(index - 8, index + 9) if page.is_open(i)}
    repeats = {i for i in page.open() if page.texts[i] in known}
    repeats |= {
        i for i in near if any(_same(page.texts[i], page.texts[f]) for f in _around(found, i))
    }
    yield from ((index, "caption") for index in sorted({*found, *repeats}))


def _around(found: Sequence[int], index: int) -> Sequence[int]:
    return found[bisect_left(found, index - 8) : bisect_left(found, index + 9)]


def _same(text: str, other: str) -> bool:
    alike = abs(len(text) - len(other)) < 0.2 * len(other) and len(text) > 20
    return alike and fuzz.ratio(text, other, score_cutoff=NEAR_COPY) > 0


def _before_credit(page: _Page, index: int) -> bool:
    after = page.texts[index + 1 : index + 2]
    return bool(after) and (is_photo_credit(after[0]) or _switch(after[0]))


def _switched(page: _Page, index: int) -> bool:
    return any(_switch(text) for text in page.texts[index + 1 : index + 4])


def _switch(text: str) -> bool:
    return _SWITCH.fullmatch(text) is not None


def _headline(page: _Page) -> Kinds:
    """The title, or the first line of text where it is a line and not a sentence."""
    top = [i for i, kind in enumerate(page.kinds) if kind in (None, "heading")][:10]
    for index in top:
        if page.title and fuzz.ratio(page.texts[index].lower(), page.title.lower()) >= 90:
            yield index, "headline"
            return
    if not top or not any(page.runs_on(i) for i in page.open()):
        return
    first = next((i for i in top if not _section_label(page, i)), top[0])
    for label in top[: top.index(first)]:
        yield label, "furniture"
    plain = page.paragraphs[first].mark == "plain" and page.words(first) <= HEADLINE_WORDS
    line = plain and not page.runs_on(first) and page.texts[first][-1] not in ".:;,"
    if line or page.kinds[first] == "heading":
        yield first, "headline"


def _section_label(page: _Page, index: int) -> bool:
    """“Cricket” above the headline: a word or two, and then a longer line that is no sentence."""
    after = next((i for i in page.open() if i > index), index)
    longer = page.words(after) > max(3, page.words(index)) and not page.runs_on(after)
    return page.is_open(index) and page.words(index) <= 2 and longer


def _link_lists(page: _Page) -> Kinds:
    """Lines after “More articles” up to the next text; one line before text is its heading."""
    for index, text in enumerate(page.texts):
        if page.kinds[index] != "furniture" or not heads_links(text):
            continue
        run, after = [], index + 1
        while after < len(page.texts) and not page.runs_on(after):
            run += [after] if page.kinds[after] is None else []
            after += 1
        if len(run) > 1 or after == len(page.texts):
            yield from ((each, "furniture") for each in run)


def _about_the_issuer(page: _Page) -> Kinds:
    """“About Acme” in the second half of a press release, with the paragraphs after it."""
    if not any(_RELEASE.fullmatch(text) for text in page.texts if len(text) < 60):
        return
    for index in range(len(page.texts) // 2, len(page.texts)):
        if _ABOUT.fullmatch(page.texts[index]) and not page.ends(index):
            yield index, "heading"
            for after in range(index + 1, min(index + 4, len(page.texts))):
                if page.kinds[after] is not None:
                    break
                yield after, "furniture"


def _headings(page: _Page) -> Kinds:
    """Short lines between texts, on a page whose texts end as sentences do."""
    texts = [i for i in page.open() if page.words(i) > HEADING_WORDS]
    if sum(page.ends(i) for i in texts) * 10 < len(texts) * 6:
        return
    for index in page.open():
        if _line_like(page, index) and _begins_part(page, index):
            yield index, "heading"


def _line_like(page: _Page, index: int) -> bool:
    """By its form a heading: short, and no sentence, list entry, question put or quotation."""
    text = page.texts[index]
    if page.paragraphs[index].mark != "plain" or page.words(index) > HEADING_WORDS:
        return False
    if text[-1] in ",;-–—" or text[0] in '“"«„' or _LABELLED.match(text):
        return False
    if text.endswith("?"):
        return page.words(index) <= 10 and ": " not in text
    return not page.ends(index) or (text.endswith(":") and page.words(index) <= 4)


def _begins_part(page: _Page, index: int) -> bool:
    """Text comes after it, perhaps below one more heading; no list, no broken line."""
    before = index - 1
    if page.is_open(before) and page.paragraphs[before].mark == "plain":
        labelled = _LABELLED.match(page.texts[before])
        if not (page.ends(before) or labelled or _line_like(page, before)):
            return False
    if _run(page, index) > 2:
        return False
    after = index + 1
    if page.is_open(after) and _line_like(page, after):
        after += 1
    while after < len(page.kinds) and page.kinds[after] in ("caption", "credit"):
        after += 1
    if not page.is_open(after) or page.texts[after][0].islower():
        return False
    text = page.ends(after) or page.words(after) > HEADLINE_WORDS
    return text or page.paragraphs[after].mark == "item"


def _run(page: _Page, index: int) -> int:
    """How many lines like a heading follow each other here, counted up to three each way."""
    length = 1
    for step in (-1, 1):
        for at in range(index + step, index + 4 * step, step):
            if not (page.is_open(at) and _line_like(page, at)):
                break
            length += 1
    return length


def _tail(page: _Page) -> Kinds:
    """Short lines below the text, once furniture has begun there."""
    last = max((i for i in page.open() if page.runs_on(i)), default=len(page.kinds))
    begun = False
    for index in range(last + 1, len(page.kinds)):
        begun = begun or page.kinds[index] in ("furniture", "credit")
        short = page.words(index) <= HEADING_WORDS and not page.ends(index)
        if begun and page.is_open(index) and short and page.paragraphs[index].mark == "plain":
            yield index, "furniture"


_RULES: tuple[Callable[[_Page], Kinds], ...] = (
    _by_words,
    _mail_headers,
    _signatures,
    _repeated,
    _captions,
    _link_lists,
    _headline,
    _about_the_issuer,
    _headings,
    _tail,
)
