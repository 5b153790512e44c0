"""What there is to make items from: true statements, names and quotations of documents.

A true statement is a sentence of a document that a reader understands without its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.quotations import Quotation, quotations
from briefing.evals.mutate.values import Document
from briefing.language import pipeline
from briefing.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

NAMED: Final = ("PERSON", "ORG", "GPE")
_WORDS: Final = range(7, 41)
_OTHERS: Final = 60
"""Statements of other documents that one item may borrow from."""
_QUOTE_MARKS: Final = re.compile("[“”\"«»‘]|(?<!\\w)'|'(?!\\w)")
_LEANING: Final = frozenset(
    "he she it they we i you this that these those such both another others so but and or yet "
    "also then there here however meanwhile instead still otherwise nor thus therefore if unless "
    "his her its their our my your who which what where when why how one some later earlier".split()
)
_POINTING: Final = frozenset("i we you me us my our your this these such former latter".split())


@dataclass(frozen=True)
class Origin:
    """A true statement: a sentence of passage ``passage`` of ``document``, and its parse."""

    id: str
    document: str
    passages: tuple[int, ...]
    text: str
    doc: Doc

    @property
    def root(self) -> Token:
        """The main verb."""
        return next(token for token in self.doc if token.dep_ == "ROOT")


@dataclass(frozen=True)
class Change:
    """What became of a true statement, and how, in words.

    It cites ``passages`` where that is given, else what the true one cites.
    """

    text: str
    note: str
    passages: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Material:
    """Everything that items are made from.

    ``origins`` are the true statements, ``sentences`` those and the sentences that lean on their
    neighbours. ``names`` holds, by document and then by kind of name (PERSON,
    ORG, GPE), the names it uses.
    """

    documents: tuple[Document, ...]
    origins: tuple[Origin, ...]
    sentences: tuple[Origin, ...]
    names: Mapping[str, Mapping[str, tuple[str, ...]]]
    quotations: tuple[Quotation, ...]

    def document(self, name: str) -> Document:
        """The document with the id ``name``."""
        return next(document for document in self.documents if document.id == name)

    def passage_text(self, origin: Origin) -> str:
        """What ``origin`` cites."""
        passages = self.document(origin.document).passages
        return "\n".join(passages[number - 1] for number in origin.passages)

    def others(self, origin: Origin, rng: Random) -> list[Origin]:
        """Some statements of other documents, in an order of chance."""
        found = [o for o in self.origins if o.document != origin.document]
        return rng.sample(found, min(len(found), _OTHERS))

    def siblings(self, origin: Origin, rng: Random) -> list[Origin]:
        """The other sentences of the same document, in an order of chance."""
        found = [o for o in self.sentences if o.document == origin.document and o.id != origin.id]
        return rng.sample(found, len(found))


def prepare(
    documents: Sequence[Document],
    skipped: Mapping[str, frozenset[int]] | None = None,
    statements: Iterable[tuple[str, tuple[int, ...], str]] | None = None,
) -> Material:
    """Parse ``documents`` and find what items can be made from.

    ``skipped`` are numbers of passages, by document, that are headings, captions and the like.
    ``statements`` (document, passages, text) are taken in place of the documents' sentences.
    """
    skipped = skipped or {}
    names = {}
    found: list[tuple[str, tuple[int, ...], str]] = []
    quoted: list[Quotation] = []
    for document in documents:
        body = [
            (number, text)
            for number, text in enumerate(document.passages, start=1)
            if number not in skipped.get(document.id, frozenset())
        ]
        docs = list(pipeline("en").parse_all(text for _, text in body))
        names[document.id] = _names(docs)
        for (number, text), doc in zip(body, docs, strict=True):
            persons = _texts(doc, "PERSON")
            quoted += quotations(document.id, number, text, persons)
            found += [(document.id, (number,), s.text) for s in sentences(text)]
    read = tuple(_read(found))
    given = read if statements is None else tuple(_read(list(statements)))
    return Material(
        documents=tuple(documents),
        origins=tuple(origin for origin in given if stands_alone(origin.text, origin.doc)),
        sentences=read,
        names=_unambiguous(names),
        quotations=tuple(quoted),
    )


def _read(given: Iterable[tuple[str, tuple[int, ...], str]]) -> Iterator[Origin]:
    unique = {(document, text): passages for document, passages, text in given}
    docs = pipeline("en").parse_all(text for _, text in unique)
    for number, (((document, text), passages), doc) in enumerate(
        zip(unique.items(), docs, strict=True), start=1
    ):
        yield Origin(f"{document}-{number}", document, passages, text, doc)


def stands_alone(text: str, doc: Doc) -> bool:
    """Is ``text`` one statement that a reader understands without what comes before?"""
    words = [token for token in doc if not token.is_punct and not token.is_space]
    roots = [token for token in doc if token.dep_ == "ROOT"]
    if len(words) not in _WORDS or len(roots) != 1 or "\n" in text:
        return False
    if not text[0].isupper() or not text.endswith(".") or _QUOTE_MARKS.search(text):
        return False
    if words[0].lower_ in _LEANING or any(word.lower_ in _POINTING for word in words):
        return False
    if any(mark in text for mark in (";", "…", "...", "?", "!", "http", "@", "[")):
        return False
    subjects = [t for t in roots[0].children if t.dep_ in ("nsubj", "nsubjpass")]
    return bool(
        len(subjects) == 1
        and subjects[0].pos_ != "PRON"
        and roots[0].pos_ in ("VERB", "AUX")
        and _finite(roots[0])
    )


def _finite(root: Token) -> bool:
    parts = [root, *(t for t in root.children if t.dep_ in ("aux", "auxpass"))]
    return any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in parts)


def _names(docs: Iterable[Doc]) -> dict[str, tuple[str, ...]]:
    seen: dict[str, dict[str, None]] = {label: {} for label in NAMED}
    for doc in docs:
        for label in NAMED:
            seen[label].update(dict.fromkeys(_texts(doc, label)))
    return {label: tuple(found) for label, found in seen.items()}


def _unambiguous(
    names: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[str, dict[str, tuple[str, ...]]]:
    """``names`` without those that are taken for a person here and for a place there."""
    labels: dict[str, set[str]] = {}
    for by_label in names.values():
        for label, found in by_label.items():
            for name in found:
                labels.setdefault(name, set()).add(label)
    return {
        document: {
            label: tuple(name for name in found if len(labels[name]) == 1)
            for label, found in by_label.items()
        }
        for document, by_label in names.items()
    }


def _texts(doc: Doc, label: str) -> list[str]:
    return [name_text(e) for e in doc.ents if e.label_ == label and plain_name(e)]


def name_text(entity: Span) -> str:
    """The name without a leading article and a trailing ``'s``."""
    text = re.sub(r"['’]s?$", "", entity.text)
    return re.sub(r"^(?:the|The) ", "", text)


def plain_name(entity: Span) -> bool:
    """Is it made of capitalised words only, as names are that were not mistaken for such?"""
    words = name_text(entity).split()
    joined = all(w[0].isupper() or w in ("of", "and", "de", "van", "for", "the") for w in words)
    letters = all(re.fullmatch(r"[^\W\d_](?:[\w.'’&-]*)", w) for w in words)
    sound = all(t.pos_ in ("PROPN", "ADP", "DET", "CCONJ", "PART") for t in entity)
    return bool(words) and joined and letters and sound and len(words) <= 5
