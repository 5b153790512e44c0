"""What somebody said, whole: the parts of an interrupted quotation together, and worth a line.

“We go,” she said. “It is late.” is one utterance of two parts. A phrase in marks that is no clause
and that nobody is said to have said in so many words (“provocations”) is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.extract.articles import Article
from briefing.extract.askers import Askers
from briefing.extract.attributions import Attribution
from briefing.extract.quotes import SPEECH_WORDS, Quotation, find_quotations
from briefing.types import NOT_ESTABLISHED, Passage, Span

CLAUSE_WORDS = 2
"""A shorter sentence with a speaker (“Yes,” she said) is not shown."""
HEADLINE_WORDS = 5
"""A shorter quotation in a headline is a few words of one in the text."""
PHRASE_WORDS = 6
"""A shorter phrase without verb is taken for scare quotes."""
_LEANS = re.compile(
    r"(?:this|that|these|those|it|they|he|she|there|such|but|and|instead|no|yes|well|so|neither|nor|"
    r"not|because|absolutely|let (?:it|them))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Utterance:
    """The parts of what was said, in order, and who is said to have said it.

    ``words`` are those of all parts, lower case.
    """

    article: Article
    parts: tuple[Quotation, ...]
    attribution: Attribution
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The first part, as it is shown."""
        span = self.spans[0]
        return self.article.source.body[span.start : span.end]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The parts without the comma that belongs to the sentence around them."""
        return tuple(
            Span(start=part.start, end=part.start + len(part.text.rstrip(", ")))
            for part in self.parts
        )

    @property
    def established(self) -> bool:
        """Whether the source says who speaks."""
        return self.attribution.speaker != NOT_ESTABLISHED

    @property
    def sentence(self) -> bool:
        """Whether it is speech of its own, or begins like it, and no phrase of another sentence."""
        return self.attribution.form in {"sentence", ""} and self.parts[0].text[:1].isupper()

    @property
    def leans(self) -> bool:
        """Whether it opens with a word that leans on what was said before: “This …”, “It …”."""
        return leans(self.parts[0].text)


def leans(text: str) -> bool:
    """Whether ``text`` opens with a word that leans on what was said before."""
    return _LEANS.match(text) is not None


def utterances(article: Article) -> Iterable[Utterance]:
    """The speech of ``article`` that is worth a line, in order."""
    passages = {passage.id: passage for passage in article.passages}
    chains: dict[int, list[int]] = defaultdict(list)
    first_of: dict[int, int] = {}
    for number, quotation in enumerate(article.quotations):
        passage = passages[quotation.passage_id]
        # Odd line ends can leave a quotation that begins between two passages: it has no place.
        if quotation.nested_in is not None or not passage.start <= quotation.start < passage.end:
            continue
        earlier = quotation.continues
        first_of[number] = number if earlier is None else first_of.get(earlier, number)
        chains[first_of[number]].append(number)
    found: list[Utterance] = []
    askers = Askers(article.source.body, article.quotations)
    for numbers in chains.values():
        parts = tuple(article.quotations[n] for n in numbers)
        one = _utterance(article, parts, article.attributions[numbers[0]])
        if not _worth_a_line(one) or askers.asks(parts[0]):
            continue
        if found and _of_one_sentence(found[-1], one, passages):
            one = _utterance(article, (*found.pop().parts, *parts), one.attribution)
        found.append(one)
    yield from found
    yield from _in_headlines(article)


def _of_one_sentence(first: Utterance, then: Utterance, passages: Mapping[str, Passage]) -> bool:
    """Whether both are phrases of the same speaker that one sentence of the source has."""
    phrases = all(one.attribution.form in {"clause", "phrase"} for one in (first, then))
    same = first.attribution.speaker == then.attribution.speaker != NOT_ESTABLISHED
    last, begin = first.parts[-1], then.parts[0]
    if not (phrases and same and last.passage_id == begin.passage_id and last.end < begin.start):
        return False
    sentences = passages[last.passage_id].sentences
    return any(s.start <= first.parts[0].start and then.parts[-1].end <= s.end for s in sentences)


def _in_headlines(article: Article) -> Iterable[Utterance]:
    """What a headline quotes, without speaker: where the text has it too, it is the same quote."""
    headlines = [p for p in article.passages if p.kind == "headline"]
    as_body = [p.model_copy(update={"kind": "body"}) for p in headlines]
    for quotation in find_quotations(article.source.body, as_body):
        if quotation.kind == "speech" and quotation.words >= HEADLINE_WORDS:
            yield _utterance(article, (quotation,), Attribution(form="sentence"))


def _utterance(
    article: Article, parts: tuple[Quotation, ...], attribution: Attribution
) -> Utterance:
    said = re.findall(r"\w+", " ".join(part.text for part in parts).lower())
    return Utterance(article, parts, attribution, tuple(said))


def _worth_a_line(one: Utterance) -> bool:
    first, form = one.parts[0], one.attribution.form
    if first.kind == "title" or one.attribution.rule == "so-called":
        return False
    count = sum(part.words for part in one.parts)
    if form == "sentence":
        return count >= (CLAUSE_WORDS if one.established else SPEECH_WORDS)
    if form == "phrase" and len(one.parts) == 1:
        return count >= PHRASE_WORDS
    return count >= SPEECH_WORDS
