"""Which document speaks, by one name in its source, and whose words it holds.

“His letter says” are his words; “the court’s order says” are the order’s. A document that speaks
as “it” or “the statement” is the one the source has told of by more than its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefing.extract.frames import Frame
from briefing.extract.lexicon import means_people, words
from briefing.extract.written import is_document

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from briefing.extract.cues import Cue


_BEARING = {"carry", "bear", "contain", "have", "include", "be", "show", "display"}
"""What has something written on it does this."""


class Documents:
    """The documents that one source tells of, in reading order."""

    def __init__(self, text: str, frames: Sequence[Frame]) -> None:
        self._text = text
        self._names: dict[str, list[str]] = defaultdict(list)
        self._told: dict[str, list[tuple[int, str, bool]]] = defaultdict(list)
        for frame in frames:
            for noun in _documents(frame):
                lemma, full = noun.lemma_.lower(), self._full(frame, noun)
                new = any(c.lower_ in {"a", "an", "another"} or _is_owner(c) for c in noun.children)
                self._names[lemma].append(full)
                self._told[lemma].append((frame.offset(noun), full, new))

    def full_name(self, lemma: str) -> str | None:
        """“joint statement” for “the statement”: how its source introduces the only one."""
        names = self._names.get(lemma, [])
        told = {name for name in names if name}
        return told.pop() if names and names[0] and len(told) == 1 else None

    def goes_on(self, lemma: str, name: str, at: int) -> bool:
        """Whether “the report” at offset ``at`` can be the one called ``name``.

        Not where another report was told of last, or a new one.
        """
        before = [told for told in self._told[lemma] if told[0] < at]
        if not before:
            return True
        _, full, new = before[-1]
        return full.casefold() in name.casefold() if full else not new

    def _full(self, frame: Frame, noun: Token) -> str:
        """The words before the noun that tell which document it is, without those on its length."""
        start = noun.i
        while start > 0 and noun.doc[start - 1].dep_ in {"amod", "compound"}:
            word = noun.doc[start - 1]
            if word.lower_ in words("lengths") or word.head != noun or is_measure(word):
                break
            start -= 1
        span = frame.span(start, noun.i)
        return self._text[span.start : span.end] if start < noun.i else ""


def _is_owner(child: Token) -> bool:
    """“The auditors’ report”: somebody else's, though its kind is the same."""
    return child.dep_ == "poss" and child.pos_ in {"NOUN", "PROPN"}


def is_measure(word: Token) -> bool:
    """“64-**page** report”, “two-**hour** reading”."""
    return word.i > 1 and word.nbor(-1).text in {"-", "‑"} and word.nbor(-2).like_num


def told_last(frame: Frame, at: int) -> Token | None:
    """The one document of the sentence before offset ``at``, or of the paragraph up to there."""
    before = [noun for noun in _documents(frame) if frame.offset(noun) < at]
    if not before or _another_thing(frame, at):
        return None
    near = [noun for noun in before if noun.sent == before[-1].sent]
    return near[0] if len(near) == 1 or len({n.lemma_ for n in near}) == 1 else None


def meant_by_it(frame: Frame, found: Cue, *, opens: bool) -> Token | None:
    """What “it” is where the sentence says so; None where only the discourse can tell.

    “Sent on Monday, it speaks of “…””: the document. “The club, which …, is, it says, “…””: the
    subject. ``opens``: nobody has spoken in this paragraph, so “The club has reacted. “…,” it says
    in a statement” is the club, and no document of the paragraph before.
    """
    it = found.subject
    if it is None or it.lower_ != "it":
        return None
    told = told_last(frame, frame.offset(it))
    if told is not None and any(_made(c) for c in found.verb.children if c.i < it.i):
        return told
    subject = _body_of(it.sent.root, frame)
    if subject is not None and subject.i < it.i and found.verb.dep_ in {"parataxis", "ccomp"}:
        return subject
    earlier = [s for s in frame.doc.sents if s.end <= it.sent.start]
    if earlier and (part := _part_of(earlier[-1].root, frame)) is not None:
        return part
    quoted = [s for s in earlier if any(frame.quoted[t.i] is None and t.is_alpha for t in s)]
    return _body_of(quoted[-1].root, frame) if quoted and opens and told is None else None


def _made(clause: Token) -> bool:
    """“Sent on Monday, …”, “Dated 3 May, …”."""
    made = words("writing") | {"date", "address", "entitle", "head", "print", "circulate"}
    return clause.tag_ == "VBN" and clause.dep_ == "advcl" and clause.lemma_.lower() in made


def _part_of(root: Token, frame: Frame) -> Token | None:
    """“We got a paragraph. It says …”: what the sentence before ends with is read from."""
    got = next((c for c in root.children if c.dep_ == "dobj" and c.tag_ == "NN"), None)
    if got is None or frame.quoted[got.i] is not None or got.lemma_.lower() not in words("parts"):
        return None
    return got if not any(t.is_alpha for t in got.doc[got.i + 1 : got.sent.end]) else None


def _body_of(root: Token, frame: Frame) -> Token | None:
    """The body that a sentence is about: “The club has reacted”."""
    found = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if found is None or frame.quoted[found.i] is not None or found.tag_ not in {"NN", "NNP"}:
        return None
    body = found.lemma_.lower() in words("bodies") or found.ent_type_ == "ORG"
    return found if body else None


def written_before(frame: Frame, at: int) -> Token | None:
    """“The product information carries a warning. It reads: “…””: what the sentence before is of.

    Only something of which there is one, and nobody.
    """
    earlier = [s for s in frame.doc.sents if frame.offset(s[-1]) < at]
    if not earlier:
        return None
    root = earlier[-1].root
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if root.lemma_ not in _BEARING or subject is None or subject.tag_ != "NN":
        return None
    lemma = subject.lemma_.lower()
    somebody = means_people(lemma) or lemma in words("bodies")
    return None if somebody or frame.quoted[subject.i] is not None else subject


def _another_thing(frame: Frame, at: int) -> bool:
    """“The answer came soon. “…,” it reads”: the sentence before is about something else."""
    earlier = [s for s in frame.doc.sents if frame.offset(s[-1]) < at]
    told = [s for s in earlier if any(frame.quoted[t.i] is None and t.is_alpha for t in s)]
    if not told:
        return False
    last = told[-1]
    subject = next((c for c in last.root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.pos_ != "NOUN" or means_people(subject.lemma_.lower()):
        return False
    if subject.lemma_.lower() in words("parts"):
        return False
    return not any(noun.sent == last for noun in _documents(frame))


def at_end(lead: Span) -> Token | None:
    """The document that a sentence ends with before its colon: “held up a sign: “…””."""
    if len(lead) == 0:
        return None
    token = lead[-1]
    while token.dep_ in {"pobj", "prep"} and lead.start <= token.head.i < token.i:
        if token.lemma_.lower() in words("documents"):
            break
        token = token.head
    if _is_written(token):
        return _bearer(token)
    root = lead.root  # “hung a banner over the slipway: “…””
    objects = [c for c in root.children if c.dep_ in {"dobj", "nsubjpass"} and c.i < lead.end]
    there = next((c for c in root.children if c.dep_ == "attr" and c.i < lead.end), None)
    if there is not None and any(c.dep_ == "expl" for c in root.children):
        return there if _is_written(there) else None  # “there is a notice on the door: “…””
    return objects[0] if token == root and len(objects) == 1 and _is_written(objects[0]) else None


def _is_written(token: Token) -> bool:
    document = token.lemma_.lower() in words("documents") - {"minute"}  # “within minutes: “…””
    return document and token.pos_ == "NOUN"


def _bearer(document: Token) -> Token | None:
    """“A page of the log carries this entry: “…””: the log."""
    if not any(c.lower_ in {"this", "these"} for c in document.children):
        return document
    subject = next((c for c in document.head.children if c.dep_ == "nsubj"), None)
    of = next((c for c in subject.children if c.lower_ == "of"), None) if subject else None
    whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    found = whole if whole is not None and _is_written(whole) else subject
    return found if found is not None and _is_written(found) else None


def owner(document: Token) -> Token | None:
    """Who wrote it, as the sentence says: “his letter”, “a note that she sent”, “made an entry”."""
    if document.lemma_.lower() in words("authored") | words("voices"):
        possessor = next((c for c in document.children if c.dep_ == "poss"), None)
        if possessor is not None:
            return possessor
    for clause in document.children:  # “the statement in which he resigned”
        inside = clause.dep_ == "relcl" and any(
            t.lower_ == "which" and t.head.lower_ == "in" and t.head.head == clause
            for t in clause.subtree
        )
        by = next((c for c in clause.children if c.dep_ == "nsubj"), None) if inside else None
        if by is not None and by.pos_ in {"PRON", "PROPN"}:
            return by
    verb = document.head
    if document.dep_ in {"dobj", "obj"} and verb.lemma_.lower() in words("writing"):
        return next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return None


def _documents(frame: Frame) -> Iterator[Token]:
    for token in frame.doc:
        inner = token.dep_ == "pobj" and token.head.head.lemma_.lower() in words("documents")
        noun = token.pos_ in {"NOUN", "ADJ"} and is_document(token)
        noun = noun and token.lemma_.lower() in words("documents")
        if noun and not inner and token.dep_ != "compound" and frame.quoted[token.i] is None:
            yield token
