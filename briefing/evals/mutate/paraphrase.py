"""Kind paraphrase: rewordings that cannot change what is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING, Final

from briefing.evals.mutate.edits import (
    extent,
    inside,
    plural,
    sentence_case,
    simple_phrase,
    splice,
    subject,
)
from briefing.evals.mutate.edits import subtree as phrase
from briefing.evals.mutate.material import Change, Material, Origin
from briefing.evals.mutate.numbers import MONTHS, WORDS, counts
from briefing.evals.mutate.words import LISTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_DAY: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SWAPS: Final[tuple[tuple[str, str], ...]] = (
    (r"(?<=\d)%", " percent"),
    (r"(?<=\d) per ?cent\b", "%"),
    (r"\b(?:about|approximately) (?=[$€£]?\d)", "around "),
    (r"\b(?:roughly|around) (?=[$€£]?\d)", "about "),
    (r"\bmore than (?=[$€£]?\d)", "over "),
    (r"\bover (?=[$€£]?\d)(?![$€£\d.,]+ (?:days|weeks|months|years|hours))", "more than "),
    (r"\bsaid that (?=the|a|an|[A-Z]|some|all|no)", "stated that "),
    (r"\b(?<=, )according to\b", "as stated by"),
    (r"\bhas not\b", "hasn't"),
    (r"\bhave not\b", "haven't"),
    (r"\bdid not\b", "didn't"),
    (r"\bdoes not\b", "doesn't"),
    (r"\bis not\b", "isn't"),
    (r"\bwas not\b", "wasn't"),
    (r"\bwill not\b", "won't"),
    (r"\bcannot\b", "can't"),
    (r"\b(has|have|did|does|is|was|were|are|would|could|had)n['’]t\b", r"\1 not"),
    (r"\bwon['’]t\b", "will not"),
    (r"\bcan['’]t\b", "cannot"),
    (r"\bprior to\b", "before"),
    (r"\bin order to\b", "to"),
    (r"\bdue to\b(?! (?!the|a|an)\w+\b)", "because of"),
    (r"\bannounced that\b", "made it known that"),
    (r"\btold reporters\b", "said to reporters"),
)
_MONTH_DAY: Final = re.compile(
    rf"\b(?P<month>{MONTHS})\.? (?P<day>\d{{1,2}})(?P<year>, \d{{4}})?\b(?!\d)"
)
_DAY_MONTH: Final = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{MONTHS})\b(?P<year> \d{{4}})?")
_MILLIONS: Final = re.compile(r"(?<![\w.,])(?P<n>\d+\.\d) (?P<scale>million|billion)\b")
_NOUGHTS: Final = re.compile(r"(?<![\w.,])(?P<n>\d{1,3}),(?P<tenth>\d)00,000(?![\d,])")
_NAME_WORD: Final = r"(?:[A-Z][\w’'-]*|of|and|for|the)"
_DEFINITION: Final = re.compile(
    rf"(?P<full>{_NAME_WORD}(?: {_NAME_WORD}){{1,6}}) \((?P<short>[A-Z]{{2,6}})\)"
)
_FEWEST: Final = 2

# Past tense and participle where they differ, of verbs that take a passive easily.
_PARTICIPLES: Final = {
    "took": "taken", "gave": "given", "wrote": "written", "saw": "seen", "beat": "beaten",
    "chose": "chosen", "broke": "broken", "stole": "stolen", "drew": "drawn", "threw": "thrown",
    "drove": "driven", "began": "begun", "knew": "known", "bit": "bitten", "hid": "hidden",
}  # fmt: skip
_STAYING: Final = frozenset(
    "have be become want like need include mean say cost last weigh resemble contain lack "
    "hold get make take give face expect enjoy suffer".split()
)


def paraphrase(origin: Origin, material: Material, rng: Random) -> Iterator[Change]:
    """Other words or another order for the same."""
    ways: list[Callable[[Origin, Material], Iterator[Change]]] = [
        _passive, _active, _fronted, _swapped, _dates, _amounts, _counted, _abbreviated,
    ]  # fmt: skip
    for way in rng.sample(ways, len(ways)):
        yield from way(origin, material)


def _swapped(origin: Origin, _material: Material) -> Iterator[Change]:
    for pattern, new in _SWAPS:
        text = re.sub(pattern, new, origin.text)
        if text != origin.text:
            yield Change(text, f"in other words: {new.strip()}".replace("\\1", "…"))


def _dates(origin: Origin, _material: Material) -> Iterator[Change]:
    for match in _MONTH_DAY.finditer(origin.text):
        if 1 <= int(match["day"]) <= 31:
            new = f"{match['day']} {match['month']}{(match['year'] or '').replace(',', '')}"
            after = re.sub(r"^,(?= )", "" if match["year"] else ",", origin.text[match.end() :])
            yield Change(origin.text[: match.start()] + new + after, "date format")
    for match in _DAY_MONTH.finditer(origin.text):
        if 1 <= int(match["day"]) <= 31:
            year = f",{match['year']}" if match["year"] else ""
            new = f"{match['month']} {match['day']}{year}"
            yield Change(splice(origin.text, *match.span(), new), "date format")


def _amounts(origin: Origin, _material: Material) -> Iterator[Change]:
    for match in _MILLIONS.finditer(origin.text):
        noughts = 1_000_000 if match["scale"] == "million" else 1_000_000_000
        whole = f"{round(float(match['n']) * noughts):,}"
        yield Change(splice(origin.text, *match.span(), whole), "millions in digits")
    for match in _NOUGHTS.finditer(origin.text):
        tenth = f".{match['tenth']}" if match["tenth"] != "0" else ""
        yield Change(splice(origin.text, *match.span(), f"{match['n']}{tenth} million"), "in words")


def _counted(origin: Origin, _material: Material) -> Iterator[Change]:
    """``three people`` and ``3 people``."""
    for token in origin.doc:
        counted = token.dep_ == "nummod" and token.head.pos_ == "NOUN" and token.head.i > token.i
        alone = token.i + 1 < len(token.doc) and token.nbor().text not in ("-", ",", "and", "to")
        if not counted or not alone or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
            continue
        span = (token.idx, token.idx + len(token))
        if token.lower_ in WORDS and token.i:
            new = str(WORDS.index(token.lower_) + _FEWEST)
            yield Change(splice(origin.text, *span, new), f"{token.text} as {new}")
        elif any(m.span() == span for m in counts(origin.text)) and token.text.isdigit():
            number = int(token.text) - _FEWEST
            if 0 <= number < len(WORDS):
                new = WORDS[number] if token.i else WORDS[number].capitalize()
                yield Change(splice(origin.text, *span, new), f"{token.text} as {new}")


def _abbreviated(origin: Origin, material: Material) -> Iterator[Change]:
    """An abbreviation for the name that a passage gives with it, and the reverse."""
    for number, text in enumerate(material.document(origin.document).passages, start=1):
        for match in _DEFINITION.finditer(text):
            full, short = _defined(match["full"], match["short"])
            if not full or (full in origin.text and short in origin.text):
                continue
            old, new = (full, short) if full in origin.text else (short, full)
            found = re.search(rf"\b{re.escape(old)}\b(?![’'-])", origin.text)
            if found:
                passages = tuple(dict.fromkeys((*origin.passages, number)))
                changed = splice(origin.text, *found.span(), new)
                yield Change(changed, f"{old} as {new}", passages)


def _defined(words: str, short: str) -> tuple[str, str]:
    """The last words of ``words`` whose initials are ``short``; empty if they are not."""
    parts = words.split()
    for start in range(len(parts)):
        initials = "".join(w[0] for w in parts[start:] if w[0].isupper())
        if initials == short and parts[start][0].isupper():
            return " ".join(parts[start:]), short
    return "", short


def _fronted(origin: Origin, _material: Material) -> Iterator[Change]:
    """``on Tuesday`` beside the main verb moves to the front."""
    for prep in origin.root.children:
        after = origin.text[prep.idx :]
        day = re.match(rf"on (?:{_DAY})(?= (?!morning|night|afternoon|evening|\d)|\.$)", after)
        if prep.lower_ != "on" or not day or prep.i < origin.root.i:
            continue
        near = prep.i - origin.root.i == 1 or after == f"{day.group()}."
        if near and origin.doc[0].lower_ not in ("on", "in", "at", "after", "when", "as"):
            rest = splice(origin.text, prep.idx - 1, prep.idx + len(day.group()), "")
            front = day.group().capitalize().replace(day.group()[3:].lower(), day.group()[3:])
            yield Change(f"{front}, {inside(rest, origin.doc[0])}", "day at the front")


def _active(origin: Origin, _material: Material) -> Iterator[Change]:
    """``X was arrested by Y`` as ``Y arrested X``."""
    verb, patient = origin.root, subject(origin.root)
    agents = [t for t in verb.children if t.dep_ == "agent"]
    doers = [t for by in agents for t in by.children if t.dep_ == "pobj"]
    aux = [t for t in verb.children if t.dep_ in ("aux", "auxpass")]
    if patient is None or patient.dep_ != "nsubjpass" or len(doers) != 1 or len(aux) != 1:
        return
    past = _past(verb)
    if aux[0].lower_ not in ("was", "were") or not past or not _bare(verb, patient, doers[0]):
        return
    by_start, by_end = extent(agents[0])
    between = origin.text[verb.idx + len(verb) : by_start].strip()
    rest = f"{between} {origin.text[by_end:]}".strip()
    moved = inside(phrase(patient).text, patient.left_edge)
    text = f"{phrase(doers[0]).text} {past} {moved} {rest}"
    yield Change(sentence_case(text), "passive as active")


def _passive(origin: Origin, _material: Material) -> Iterator[Change]:
    """``Y arrested X`` as ``X was arrested by Y``."""
    verb, doer = origin.root, subject(origin.root)
    objects = [t for t in verb.children if t.dep_ == "dobj"]
    if doer is None or verb.tag_ != "VBD" or verb.lemma_ in _STAYING or len(objects) != 1:
        return
    if any(t.dep_ in ("aux", "prt", "dative", "xcomp", "ccomp") for t in verb.children):
        return
    start, end = extent(objects[0])
    near = start == verb.idx + len(verb) + 1
    if not near or not _bare(verb, doer, objects[0]):
        return
    be = "were" if plural(objects[0]) else "was"
    participle = _PARTICIPLES.get(verb.lower_, verb.text)
    moved = inside(phrase(doer).text, doer.left_edge)
    text = f"{origin.text[start:end]} {be} {participle} by {moved} {origin.text[end:].strip()}"
    yield Change(sentence_case(text), "active as passive")


def _bare(verb: Token, one: Token, two: Token) -> bool:
    """A plain sentence: both parts can be moved, and nothing else hangs on the verb."""
    plain = {"nsubj", "nsubjpass", "auxpass", "dobj", "agent", "prep", "punct", "npadvmod"}
    parts = all(t.dep_ in plain for t in verb.children)
    whole = simple_phrase(one) and simple_phrase(two) and one.left_edge.i == 0
    words = {t.lower_ for part in (one, two) for t in part.subtree}
    leaning = words & {*LISTS["possessives"], "it", "him", "them", "himself", "herself", "each"}
    return parts and whole and not leaning and one.pos_ != "PRON" and two.pos_ != "PRON"


def _past(verb: Token) -> str:
    """The past tense for a participle; empty where it is not known."""
    backwards = {participle: past for past, participle in _PARTICIPLES.items()}
    known = "found held made won sent told led built bought sold caught left lost met shot hit cut"
    if verb.lower_.endswith("ed") or verb.lower_ in known.split():
        return verb.lower_
    return backwards.get(verb.lower_, "")
