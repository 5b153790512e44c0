"""Kinds negation and hedge: the opposite, or more certainty than there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.edits import articled, plural, sentence_case, splice, subject
from briefing.evals.mutate.material import Change, Material, Origin
from briefing.evals.mutate.words import LISTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_DO: Final = {"VBD": "did not", "VBZ": "does not", "VBP": "do not"}
_COMPATIBLE: Final = frozenset("may might could can must shall ought".split())
"""After these, a statement and its negation can both be true, or are hard to read."""
_QUANTIFIERS: Final = frozenset(
    "only few hardly barely nobody none no neither all every any nothing rarely seldom".split()
)
_UNSURE: Final = frozenset("seem appear tend happen say tell add claim report".split())
_WHOLE: Final = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall"}
_HEDGES: Final = tuple(
    (re.compile(pattern), new)
    for pattern, _, new in (hedge.partition(" => ") for hedge in LISTS["hedges"])
)


def negation(origin: Origin, _material: Material, _rng: Random) -> Iterator[Change]:
    """A "not" comes or goes, or a verb becomes its opposite."""
    yield from _removed(origin)
    yield from _opposites(origin)
    yield from _inserted(origin)


def _removed(origin: Origin) -> Iterator[Change]:
    for token in origin.doc:
        whole = origin.doc[token.i - 1 : token.i + 1].text if token.i else ""
        verb = token.head
        if token.dep_ != "neg" or _only(token):
            continue
        if whole.lower() in _WHOLE:
            start = token.idx - len(origin.doc[token.i - 1])
            text = splice(origin.text, start, token.idx + len(token), _WHOLE[whole.lower()])
        elif token.lower_ in ("not", "n't", "n’t", "never"):
            text = splice(origin.text, token.idx, token.idx + len(token), "")
        else:
            continue
        yield Change(sentence_case(text), f"“{token.text}” with “{verb.text}” removed")


def _only(token: Token) -> bool:
    """``not only``, ``not just``, ``whether or not`` deny nothing."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return (
        after in ("only", "just", "merely", "least", "so", "necessarily", "until", "before", "yet")
        or before in ("or", "if", "why")
        or token.head.lower_ in ("less", "fewer", "more", "guilty")
    )


def _opposites(origin: Origin) -> Iterator[Change]:
    if any(t.dep_ == "neg" or t.lower_ in ("neither", "nor", "no") for t in origin.doc):
        return
    for pair in LISTS["opposites"]:
        one, two = pair.split("|")
        for old, new in ((one, two), (two, one)):
            found = list(re.finditer(rf"\b{old}\b", origin.text))
            if len(found) == 1 and new not in origin.text and _governs(origin, found[0], old):
                text = splice(origin.text, *found[0].span(), new)
                yield Change(text, f"{old} became {new}")


def _governs(origin: Origin, match: re.Match[str], old: str) -> bool:
    """Is it a verb of the sentence, in the sense that has this opposite?"""
    token = next(t for t in origin.doc if t.idx + len(t) > match.start())
    if token.ent_type_ or token.idx != match.start():
        return False
    if old in ("before", "after"):
        return token.dep_ in ("prep", "mark") and token.pos_ in ("ADP", "SCONJ")
    if old in ("legal", "illegal", "guilty", "innocent"):
        return token.pos_ == "ADJ"
    particle = any(t.dep_ == "prt" for t in token.children)
    bare = old in ("rise", "fall", "increase", "decrease") or token.pos_ == "VERB"
    sense = {
        "lost": _object(
            token, "weight|life|job|home|leg|mother|father|husband|wife|son|control|way"
        ),
        "won": _object(token, "approval|praise|support|contract|acclaim|hearts|award|prize|place"),
        "passed": not _object(token, ".*") or _object(token, "away|through|down|time|house|place"),
        "failed": True,
        "closed": _object(token, "eyes|deal|door"),
        "opened": _object(token, "eyes|fire|letter|door|account|up"),
        "opening": _object(token, "fire"),
        "left": True,
        "arrived in": False,
    }.get(old, False)
    return bare and not particle and not sense


def _object(verb: Token, nouns: str) -> bool:
    around = [t.lower_ for t in verb.children if t.dep_ in ("dobj", "prt", "prep")]
    return any(re.fullmatch(nouns, word) for word in around)


def _inserted(origin: Origin) -> Iterator[Change]:
    verb = _main(origin.root)
    children = list(verb.children)
    if any(t.dep_ == "neg" for t in verb.subtree) or verb.lemma_ in _UNSURE:
        return
    if any(t.dep_ == "conj" and t.pos_ == "VERB" for t in children) or subject(verb) is None:
        return
    if _quantified(verb):
        return
    first = next((t for t in children if t.dep_ in ("aux", "auxpass") and t.i < verb.i), None)
    if first is not None:
        if first.lower_ in _COMPATIBLE or first.tag_ == "TO":
            return
        end = first.idx + len(first)
        yield Change(splice(origin.text, end, end, " not"), f"not inserted after {first.text}")
    elif verb.lemma_ == "be" and verb.pos_ == "AUX":
        end = verb.idx + len(verb)
        yield Change(splice(origin.text, end, end, " not"), f"not inserted after {verb.text}")
    elif verb.tag_ in _DO and verb.pos_ == "VERB":
        new = f"{_DO[verb.tag_]} {verb.lemma_}"
        text = splice(origin.text, verb.idx, verb.idx + len(verb), new)
        yield Change(text, f"{verb.text} became {new}")


def _main(root: Token) -> Token:
    """What is reported, where the main verb only says that it is."""
    clauses = [t for t in root.children if t.dep_ == "ccomp" and t.pos_ in ("VERB", "AUX")]
    return clauses[0] if root.lemma_ in _UNSURE and len(clauses) == 1 else root


def _quantified(verb: Token) -> bool:
    """With "all", "only", "few" a "not" may fall on the wrong word."""
    words = {t.lower_ for t in verb.subtree if t.head == verb or t.head.head == verb}
    return bool(words & _QUANTIFIERS)


def hedge(origin: Origin, _material: Material, _rng: Random) -> Iterator[Change]:
    """What may be is, what is expected happens, some are all."""
    if re.search(r"\b(?:if|whether|unless|not|n't|n’t|never|no)\b", origin.text):
        return
    for pattern, new in _HEDGES:
        for match in pattern.finditer(origin.text):
            if _is_hedge(origin, match):
                put = _agreeing(new, match.group(), _many(origin, match))
                text = splice(origin.text, *match.span(), put)
                note = (
                    f"“{match.group().strip(' ,')}” became “{new.strip()}”"
                    if new.strip()
                    else (f"“{match.group().strip()}” dropped")
                )
                yield Change(articled(sentence_case(text)), note)
    for pair in LISTS["stronger"]:
        old, new = pair.split("|")
        for match in re.finditer(rf"\b{old}\b", origin.text, re.IGNORECASE):
            text = sentence_case(splice(origin.text, *match.span(), new))
            yield Change(text, f"{old} became {new}")


def _agreeing(new: str, old: str, many: bool) -> str:
    """``new`` in the number of the verb that it replaces; ``many`` where its subject is plural."""
    plural = many or old.startswith(("are", "were"))
    forms = {"IS": "are" if plural else "is", "HAS": "have" if plural else "has"}
    forms["was"] = "were" if plural else "was"
    word = new.strip()
    return new.replace(word, forms.get(word, word)) if word else new


def _many(origin: Origin, match: re.Match[str]) -> bool:
    verb = next((t for t in origin.doc if t.idx >= match.start()), None)
    found = verb and (subject(verb) or subject(verb.head))
    return found is not None and plural(found)


def _is_hedge(origin: Origin, match: re.Match[str]) -> bool:
    """A capital "May" is a month; "wants to" in "who wants to" is somebody's wish."""
    token = next((t for t in origin.doc if t.idx >= match.start() and t.is_alpha), None)
    if token is None or token.ent_type_ in ("PERSON", "ORG", "DATE"):
        return False
    if token.lemma_ in ("plan", "hope", "aim", "intend", "want"):
        return token.dep_ == "ROOT" and token.pos_ == "VERB"
    if token.lower_ in ("possible", "potential", "apparent", "alleged", "suspected"):
        return token.dep_ == "amod" and token.head.i > token.i
    return True
