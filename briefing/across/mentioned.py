"""Every name of the body texts outside quotations: where, whose, and whether it does something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from briefing.across.callings import callings
from briefing.across.heading import dateline_end
from briefing.across.phrases import is_role_noun, listed
from briefing.extract import names
from briefing.extract.articles import Article
from briefing.extract.cues import is_saying
from briefing.extract.lexicon import words
from briefing.grounding import name_spans
from briefing.grounding.aliases import groups, place_words, plain, plain_words, word_list
from briefing.language import pipeline
from briefing.types import Passage, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_LOCATING = frozenset("in near outside around across inside above below beyond".split())
Sort = Literal["person", "body"]


@dataclass(frozen=True, eq=False)
class Named:
    """One occurrence of a name; ``text`` is the name without titles, ``whole`` its fullest form.

    ``callings`` are stretches of the source that say what the bearer is; ``title`` is what stands
    before the name (“Judge”, “Ms.”) in lower case; ``agent`` is true where it decides or says.
    """

    article: Article
    passage: Passage
    span: Span
    sort: Sort
    text: str
    whole: str
    callings: tuple[Span, ...] = ()
    title: str = ""
    subject: bool = False
    speaks: bool = False
    agent: bool = False
    located: bool = False


def named_in(article: Article, language: str | None = None) -> list[Named]:
    """The names of people and bodies in the body of ``article``, in order."""
    english = pipeline(language or article.source.language)
    if english.degraded:
        return []
    found: list[Named] = []
    for passage in article.passages:
        if passage.kind == "body":
            found += _of_passage(article, passage, english.parse(passage.text))
    return found


def _of_passage(article: Article, passage: Passage, doc: Doc) -> Iterator[Named]:
    spoken = [
        (q.start - passage.start, q.end - passage.start)
        for q in article.quotations
        if q.start < passage.end and q.end > passage.start
    ]
    after = dateline_end(passage.text)
    taken: set[int] = {t.i for t in doc if t.idx < after}
    for name in names.names_in(doc):
        whole = _whole(article, doc, name)
        if not whole or name.first in taken or _is_place(whole):
            continue
        taken.update(range(name.first, name.last + 1))
        if not _quoted(doc, name.first, name.last, spoken):
            yield _named(article, passage, doc, name, whole, "person", spoken)
    for each in name_spans.names_in(doc):
        other = _with_object(doc, each)
        inside = set(range(other.first, other.last + 1))
        if taken & inside or not _may_be_body(other) or _is_attribute(doc, other):
            continue
        taken |= inside
        if not _quoted(doc, other.first, other.last, spoken):
            yield _named(article, passage, doc, other, other.text, "body", spoken)


def _whole(article: Article, doc: Doc, name: names.Name) -> str:
    """The fullest form of a person's name; empty where the name is nobody's.

    Somebody whom the parser takes for a company is known by what he or she is called.
    """
    person = article.people.find(name.text)
    if person is not None:
        return person.name
    full = name.possible and len(names.name_parts(name.text)) > 1
    called = full and any(True for _ in callings(doc, name.first, name.last))
    return name.text if called and not is_outlet(name.text) else ""


def _is_attribute(doc: Doc, name: name_spans.Name) -> bool:
    """“**Labour** minister”, “(TSX: CVB)”: part of what another is called, or no party at all."""
    after = doc[name.last + 1] if name.last + 1 < len(doc) else None
    before = doc[name.first - 1] if name.first else None
    if (
        before is not None
        and before.text in {"(", ":"}
        and (after is None or after.text in {")", ":"})
    ):
        return True
    office = after is not None and is_role_noun(after)
    return office and len(name.words) == 1 and not set(name.words) & institutional()


def _named(
    article: Article,
    passage: Passage,
    doc: Doc,
    name: names.Name | name_spans.Name,
    whole: str,
    sort: Sort,
    spoken: list[tuple[int, int]],
) -> Named:
    base = passage.start
    head = doc[name.last] if sort == "person" else doc[name.first : name.last + 1].root
    ranges = list(callings(doc, name.first, name.last, body=sort == "body"))
    stretches = [_span(doc, start, end, base) for start, end in ranges]
    inside = [(a + base, b + base) for a, b in spoken]
    kept = [s for s in stretches if not any(a < s.end and s.start < b for a, b in inside)]
    person = sort == "person"
    subject = _subject(head) if person else head if head.dep_ in _SUBJECTS else None
    subject = subject or next(
        (t for a, b in ranges for t in doc[a:b] if t.dep_ in _SUBJECTS and t.head.i > b), None
    )
    verb = subject.head if subject is not None else None
    if verb is None and person:
        verb = _beside(doc, name.first, name.last)
    agent = verb is not None and (subject is None or subject.dep_ == "nsubj") and _acts(verb)
    return Named(
        article,
        passage,
        _span(doc, name.first, name.last + 1, base),
        sort,
        name.text,
        whole,
        tuple(kept),
        _title(doc, name.first),
        subject is not None,
        verb is not None and (is_saying(verb, strong=True) or verb.lower_ == "according"),
        agent,
        _is_located(doc, name.first, name.last, person=person),
    )


def _is_located(doc: Doc, first: int, last: int, *, person: bool) -> bool:
    """“in Velmar”, “the woman at Tolm”: what somebody is in is a place; nobody is at a person."""
    before = doc[first - 1] if first else None
    if before is None:
        return False
    at = person and before.lower_ == "at" and before.head.pos_ == "NOUN"
    if before.lower_ not in _LOCATING and not at:
        return False
    return last + 1 == len(doc) or doc[last + 1].pos_ not in {"NOUN", "PROPN", "PART"}


def _beside(doc: Doc, first: int, last: int) -> Token | None:
    """“…, a spokeswoman, Lene Aas, said”: a verb of saying right beside a name."""
    after = last + 1 + (last + 1 < len(doc) and doc[last + 1].text == ",")
    near = [doc[i] for i in (first - 1, after) if 0 <= i < len(doc)]
    for at in range(max(0, first - 6), first - 1):
        if doc[at].lower_ == "according" and doc[at + 1].lower_ == "to":
            return doc[at]
    return next((t for t in near if t.tag_ in {"VBD", "VBZ"} and is_saying(t, strong=True)), None)


def _with_partner(doc: Doc, first: int) -> int:
    """“the **Grain and** Bakery Workers”: where the name of an institution begins."""
    joined = first > 2 and doc[first - 1].text in {"and", "&"} and doc[first - 3].lower_ == "the"
    return first - 2 if joined and doc[first - 2].text[:1].isupper() else first


def _with_object(doc: Doc, name: name_spans.Name) -> name_spans.Name:
    """“Office **for Product Safety**”: what belongs to the name of an institution."""
    last = name.last
    if not (set(name.words[-1:]) & institutional()):
        return name
    at = last + 2
    if at < len(doc) and doc[last + 1].lower_ in {"of", "for"}:
        at += doc[at].lower_ == "the"
        while at < len(doc) and doc[at].text[:1].isupper() and doc[at].is_alpha:
            last, at = at, at + 1
    first = _with_partner(doc, name.first)
    if (first, last) == (name.first, name.last):
        return name
    text = doc[first : last + 1].text
    kept = tuple(plain_words(text))
    return replace(name, first=first, last=last, text=text, words=kept, kind="organisation")


def _span(doc: Doc, start: int, end: int, base: int) -> Span:
    last = doc[end - 1]
    return Span(start=base + doc[start].idx, end=base + last.idx + len(last.text))


def _title(doc: Doc, first: int) -> str:
    word = doc[first - 1].lower_.rstrip(".") if first else ""
    return word if word in listed("honorifics") | listed("titles") else ""


def _subject(head: Token) -> Token | None:
    """The word that makes a name the subject of a verb: itself, or the noun it stands beside."""
    token = head
    for _ in range(3):
        if token.dep_ in _SUBJECTS:
            return token if token.head.pos_ in {"VERB", "AUX"} else None
        role = is_role_noun(token.head) or token.head.pos_ == "PROPN"
        if token.dep_ not in {"appos", "compound", "conj", "nmod"} or not role:
            return None
        token = token.head
    return None


def _acts(verb: Token) -> bool:
    return is_saying(verb) or verb.lemma_.lower() in listed("acting")


def _quoted(doc: Doc, first: int, last: int, spoken: list[tuple[int, int]]) -> bool:
    start, end = doc[first].idx, doc[last].idx + len(doc[last].text)
    return any(a < end and start < b for a, b in spoken)


def _is_place(name: str) -> bool:
    phrase = " ".join(plain_words(name))
    return phrase in groups("places") or all(w in place_words() for w in phrase.split())


def _may_be_body(name: name_spans.Name) -> bool:
    if name.kind not in {"organisation", "other"} or _is_place(name.text):
        return False
    if set(name.words) <= word_list("heads") | institutional():  # “the Agency” points back
        return False
    return name.sure or bool(set(name.words) & institutional())


def institutional() -> frozenset[str]:
    """Words of names that only institutions have."""
    known = {w for w in words("institutions") if w not in word_list("not_names")}
    return frozenset(
        known
        - {"street", "road", "avenue", "lane", "square", "river", "lake"}
        - {"sea", "ocean", "island", "islands", "mountain", "valley", "province"}
        - {"state", "city", "house", "war", "games", "cup", "olympics", "treaty"}
        - {"trade", "campaign", "research", "studies", "science", "capital"}
        | listed("body_words")
    )


def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, broadcaster or agency."""
    parts = [plain(w) for w in name.split()]
    return parts[-1] in listed("outlets") or parts[0] in listed("broadcasters")
