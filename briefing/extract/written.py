"""Which nouns are documents: what is written and can be quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.lexicon import means_people, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_document(noun: Token) -> bool:
    """“report”, “terms of reference”, “Article 3 of the accord”."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "ADJ":  # “the teachers’ circular of 3 May”, misread
        return lemma in words("documents") and noun.dep_ in {"dobj", "nsubj", "pobj"}
    if noun.pos_ == "NOUN" and (lemma in words("documents") or _is_read(noun, lemma)):
        return True
    if noun.pos_ == "PROPN" and _legal(noun):
        return True
    if noun.pos_ in {"NOUN", "PROPN"} and _numbered(noun):
        return True
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if whole is None or noun.pos_ not in {"NOUN", "PROPN"}:
        return False
    part = lemma in words("parts") and whole.lemma_.lower() in words("documents")
    return part or (lemma == "term" and whole.lower_ == "reference")


def _numbered(noun: Token) -> bool:
    """“Condition 17”, “Page 3”: a part of a document by its number."""
    part = noun.lower_ in words("parts") | words("instruments")
    return part and any(c.dep_ == "nummod" and c.i == noun.i + 1 for c in noun.children)


def _is_read(noun: Token, lemma: str) -> bool:
    """“The acknowledgement reads …”: only what is written does, whatever its word."""
    if noun.dep_ != "nsubj" or noun.head.lemma_.lower() != "read" or noun.tag_ != "NN":
        return False
    somebody = means_people(lemma) or lemma in words("bodies")
    return noun.head.tag_ == "VBZ" and not somebody


def _legal(name: Token) -> bool:
    """“the Treaty”, “the Data Protection Act”, and no “Mr Law” or “The Washington Post”."""
    definite = any(c.dep_ == "det" and c.lower_ in {"the", "this"} for c in name.children)
    kind, alone = name.lower_, not any(c.dep_ == "compound" for c in name.children)
    return definite and (kind in words("instruments") or (alone and kind in words("parts")))
