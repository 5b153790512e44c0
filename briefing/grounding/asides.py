"""Facts told by the way, between commas: “Lee, the mayor”, “the ship, built in 1998” (English)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.grounding.clauses import (
    AUXILIARIES,
    COMMAS,
    FINITE,
    NEGATIVE,
    SUBJECTS,
    Draft,
    in_quotation,
    is_finite,
    is_negated,
    subject_of,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_INTRODUCING = set(  # participles that work as prepositions
    """accord assume bar base compare concern consider depend exclude follow give grant include
    judge pend provide regard say speak suppose""".split()
)
_UNNAMED = {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"}
_COMPLEMENTS = {"dobj", "attr", "acomp", "oprd", "xcomp", "ccomp", "dative", "agent", "prt"}


def asides(doc: Doc, sentence: range, root: int) -> Iterator[Draft]:
    """Facts told by the way, each as a draft with the name that it is about."""
    for i in sentence:
        token = doc[i]
        if token.dep_ in {"relcl", "acl", "appos"} and _set_off(doc, token, sentence):
            draft = _about_noun(doc, token)
        elif token.dep_ == "advcl" and token.head.i == root:
            draft = _about_subject(doc, token, sentence) or _following(doc, token, sentence)
        else:
            continue
        if draft is not None:
            yield draft


def _set_off(doc: Doc, token: Token, sentence: range) -> bool:
    """Between commas, and said by the author: not in somebody's words or a condition."""
    below = subtree(token)
    before, after = min(below) - 1, max(below) + 1
    if before < sentence.start or doc[before].text not in COMMAS:
        return False
    if after < sentence.stop and doc[after].text not in COMMAS | {".", ";"}:
        return False
    noun = token.head
    path = [noun, *noun.ancestors]
    return not any(
        t.dep_ in {"ccomp", "advcl", "relcl", "acl", "csubj", "pcomp", "parataxis", "xcomp"}
        or (t.dep_ == "conj" and t.pos_ in {"NOUN", "PROPN"})
        for t in path
    ) and not in_quotation(doc, token.i, sentence)


def _about_noun(doc: Doc, token: Token) -> Draft | None:
    """“Lee, who won”, “Lee, the mayor of Oslo”, “the ship, built in 1998”."""
    noun, below = token.head, subtree(token)
    stop = next((i for i in range(noun.i, min(below)) if doc[i].text in COMMAS), noun.i)
    name = frozenset(i for i in subtree(noun) if i < stop)
    if noun.i not in name or not _known(doc, noun, name) or any(doc[i].text == "," for i in name):
        return None
    plural = noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in noun.children)
    past = _past(token)
    if token.dep_ == "relcl":
        return _relative(doc, token, name, plural=plural)
    if token.dep_ == "acl":
        if token.tag_ not in {"VBN", "VBG"} or token.lemma_ in _INTRODUCING - {"base"}:
            return None
        if any(c.dep_ == "conj" and c.tag_ != token.tag_ for c in token.children):
            return None
        copula = _copula(plural=plural, past=past or token.tag_ == "VBN")
    elif _describes(token, noun):
        copula = _copula(plural=plural, past=False)
    else:
        return None
    return Draft(name | below, below, token.i, name, copula)


def _relative(doc: Doc, verb: Token, name: frozenset[int], *, plural: bool) -> Draft | None:
    below = subtree(verb)
    pronoun = doc[min(below)]
    noun = verb.head
    person = noun.ent_type_ in {"PERSON", "NORP", ""}
    if pronoun.lower_ not in {"who", "which"} or pronoun.head.i != verb.i:
        return None
    if pronoun.dep_ not in SUBJECTS or not is_finite(verb):
        return None
    if (pronoun.lower_ == "who") != person and noun.ent_type_:
        return None
    finite = next((c for c in verb.lefts if c.tag_ in FINITE), verb)
    if plural and (finite.tag_ == "VBZ" or finite.lower_ == "was"):
        return None
    if not plural and (finite.tag_ == "VBP" or finite.lower_ == "were"):
        return None
    return Draft(name | below - {pronoun.i}, below, verb.i, name)


def _known(doc: Doc, noun: Token, name: frozenset[int]) -> bool:
    """A name or a definite description: repeated, it still means the same thing."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.ent_type_ in _UNNAMED:
        return False
    if any(doc[i].lower_ in NEGATIVE | {"a", "an"} for i in name):
        return False
    if any(doc[i].tag_[:2] == "VB" or doc[i].text == "-" for i in name):
        return False
    if any(doc[i].tag_ in {"NNS", "NNPS"} and i != noun.i for i in name if i < noun.i):
        return False  # "quarter-finalists Porto": one or many?
    words = {doc[i].lower_ for i in name}
    return noun.pos_ == "PROPN" or bool(words & {"the", "its", "his", "her", "their"})


def _describes(token: Token, noun: Token) -> bool:
    """“Lee, the mayor of Oslo”, “Lee, 45”; not a list, a place (“Paris, Texas”) or a date."""
    if noun.pos_ != "PROPN" or any(c.dep_ in {"conj", "cc"} for c in noun.children):
        return False
    if token.tag_ == "CD":
        return noun.ent_type_ == "PERSON" and token.text.isdigit() and not list(token.children)
    if token.tag_ not in {"NN", "NNS"} or token.ent_type_ in _UNNAMED:
        return False
    determined = any(c.dep_ in {"det", "poss"} for c in token.lefts)
    return determined or (
        noun.ent_type_ == "PERSON" and any(c.dep_ == "prep" for c in token.rights)
    )


def _about_subject(doc: Doc, token: Token, sentence: range) -> Draft | None:
    """“Born in Oslo, Lee studied law”: the participle is about the subject."""
    verb, below = token.head, subtree(token)
    subject = subject_of(verb)
    plain = token.tag_ in {"VBN", "VBG"} and token.lemma_ not in _INTRODUCING
    if not plain or subject is None or min(below) != sentence.start or token.i != min(below):
        return None
    if (
        doc[max(below) + 1 : max(below) + 2].text != ","
        or subject.i < token.i
        or subject.pos_ == "ADV"
    ):
        return None
    if subject.dep_ == "expl" or any(c.dep_ in {"mark", *SUBJECTS} for c in token.children):
        return None
    name = subtree(subject)
    if any(doc[i].text == "," or doc[i].lower_ in NEGATIVE for i in name):
        return None
    plural = "Plur" in subject.morph.get("Number", []) or any(
        c.dep_ == "conj" for c in subject.children
    )
    copula = _copula(plural=plural, past=_past(token) or token.tag_ == "VBN")
    return Draft(name | below, below, token.i, name, copula)


def _following(doc: Doc, token: Token, sentence: range) -> Draft | None:
    """“The ship sank off Crete, killing 12”: “The ship sank, killing 12”."""
    verb, below = token.head, subtree(token)
    subject, comma = subject_of(verb), min(below) - 1
    if token.tag_ != "VBG" or token.i != min(below) or comma < verb.i or subject is None:
        return None
    if (
        doc[comma].text != ","
        or doc[max(below) + 1 : sentence.stop].text.strip(".")
        or is_negated(verb)
    ):
        return None
    if token.lemma_ in _INTRODUCING or in_quotation(doc, token.i, sentence):
        return None
    if any(doc[i].tag_[:2] == "VB" for i in range(verb.i + 1, comma)):
        return None  # whose doing is it?
    core = {verb.i}
    for child in verb.children:
        if child.dep_ in {*SUBJECTS, *AUXILIARIES, *_COMPLEMENTS}:
            core |= subtree(child)
    objects = [c for c in verb.rights if c.dep_ in _COMPLEMENTS - {"prt"}]
    places = [c for c in verb.rights if c.dep_ == "prep"]
    if places and not objects and places[0].left_edge.i < token.i:
        core |= subtree(places[0])
    return Draft(frozenset(core | {comma}) | below, below, token.i, frozenset(core))


def _copula(*, plural: bool, past: bool) -> str:
    return ("were" if plural else "was") if past else ("are" if plural else "is")


def _past(token: Token) -> bool:
    """Whether the clause around a participle tells of the past."""
    above = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), token)
    finite = next((c for c in above.lefts if c.tag_ in FINITE), above)
    return finite.tag_ == "VBD"
