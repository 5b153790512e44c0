"""What a text calls somebody beside the name: “Mayor …”, “…, the fire chief”, “who heads …”.

Each is a stretch of the text, cut tightly: an article, an age and clauses that go on are left out.
English; judged by the words next to the name, for parsers err on appositions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from briefing.across.phrases import (
    ARTICLES,
    LONGEST,
    PARTICIPLES,
    head_of,
    is_role_noun,
    left_end,
    listed,
    nouns_end,
    right_end,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ENDS = {",", ".", ";", ":", ")", "—", "–", "--", "!", "?", "-"}
_WAS: Final = {"then", "formerly", "once", "previously", "not", "no"}
_ITS: Final = {"its", "their"}
_IS = {"now", "currently", "also", "himself", "herself"}
_ADDING = {"who", "which", "whose", "that", "since", "until", "during", "under"}


def callings(doc: Doc, first: int, last: int, *, body: bool = False) -> Iterator[tuple[int, int]]:
    """Token ranges ``[start, end)`` of what the name at ``[first, last]`` is called beside it.

    ``body``: the name is that of a company or an institution, not of a person.
    """
    found = (
        _before(doc, first, last, body=body),
        _after(doc, last, body=body),
        _clause(doc, last),
        None if body else _predicate(doc, last),
    )
    yield from (
        each
        for each in found
        if each is not None and each[1] - each[0] <= LONGEST and not _says_little(doc, *each)
    )


def _says_little(doc: Doc, start: int, end: int) -> bool:
    """“head”, “who runs its shops”: of what, of whose?"""
    if end - start == 1:
        return doc[start].lemma_.lower() in listed("of_what")
    return any(token.lower_ in _ITS for token in doc[start:end])


# -- before the name ---------------------------------------------------------------------------


def _before(doc: Doc, first: int, last: int, *, body: bool) -> tuple[int, int] | None:
    """“deputy mayor Oskar Lind”, “the prosecutor, Anna Lindgren,”."""
    end = _unaddressed(doc, first)
    comma = end > 0 and doc[end - 1].text == ","
    if comma:
        if body or not _closed(doc, _with_place(doc, last + 1)):
            return None
        end -= 1
    start = _behind_place(doc, left_end(doc, end), end)
    if start == end or doc[start].lower_ == "then":
        return None
    if start > 1 and doc[start - 2].lower_ in {"through", "via"}:
        return None  # “Through his lawyer Lee said that …”
    head = head_of(doc, start, end)
    if not is_role_noun(head, body=body):
        return None
    if comma and not _introduced(doc, start):
        return None
    if start > 0 and doc[start - 1].dep_ == "poss" and head.lemma_.lower() in listed("kin"):
        return None
    return start, end


def _behind_place(doc: Doc, start: int, end: int) -> int:
    """“On the steps of the court **Chief Constable** Jo Ray”: the court is where, not of what."""
    placed = start > 1 and doc[start - 1].lower_ in ARTICLES and doc[start - 2].pos_ == "ADP"
    capital = next((i for i in range(start, end) if doc[i].text[:1].isupper()), start)
    noun = capital > start and doc[capital - 1].pos_ == "NOUN" and doc[capital - 1].text.islower()
    return capital if placed and noun else start


def _unaddressed(doc: Doc, first: int) -> int:
    """Where the forms of address before a name begin: “Dr.”, “Ms”."""
    end = first
    while end > 0:
        mark = doc[end - 1].text == "." and end > 1
        word = doc[end - 1 - mark].lower_.rstrip(".")
        if word not in listed("honorifics"):
            break
        end -= 1 + mark
    return end


def _with_place(doc: Doc, at: int) -> int:
    """Behind “of the Greens”, where that follows a name."""
    if at + 1 < len(doc) and doc[at].lower_ == "of":
        begin = at + 1 + (doc[at + 1].lower_ in ARTICLES)
        stop = nouns_end(doc, begin)
        return stop if stop > begin else at
    return at


def _introduced(doc: Doc, start: int) -> bool:
    """Whether a phrase before a comma stands for the name behind it, and is no item of a list."""
    if start == 0 or doc[start].is_sent_start:
        return True
    before = doc[start - 1]
    if any(t.tag_ == "POS" for t in doc[start : start + 4]):
        return True
    nobody = start > 1 and doc[start - 2].lower_ == "without"  # “came without a lawyer, Aust said”
    return (before.lower_ in ARTICLES and not nobody) or before.tag_ == "PRP$"


# -- behind the name ---------------------------------------------------------------------------


def _after(doc: Doc, last: int, *, body: bool) -> tuple[int, int] | None:
    """“…, the fire chief,”, “…, 52, a former pilot standing for …”."""
    at = last + 1
    if at >= len(doc) or doc[at].text not in {",", "(", "—", "–"}:
        return None
    at += 1
    if at + 1 < len(doc) and doc[at].like_num and doc[at + 1].text == ",":
        at += 2
    return _phrase(doc, at, last, body=body)


def _phrase(doc: Doc, at: int, last: int, *, body: bool = False) -> tuple[int, int] | None:
    while at < len(doc) and doc[at].lower_ in _IS:
        at += 1
    if at >= len(doc) or doc[at].lower_ in _WAS:
        return None
    owned = doc[at].tag_ == "PRP$"
    if owned or doc[at].lower_ in ARTICLES:
        at += 1
    end, head = right_end(doc, at)
    if head is None or end == at or not is_role_noun(head, body=body):
        return None
    if owned and head.lemma_.lower() in listed("kin"):
        return None
    if not _closed(doc, end) and not _goes_on(doc, end):
        return None
    end = _with_death(doc, end)
    return (at, end) if doc[end - 1].sent == doc[last].sent else None


def _with_death(doc: Doc, at: int) -> int:
    """“the resident **who died on 12 March**”: without that she would seem alive."""
    told = at + 1 < len(doc) and doc[at].lower_ == "who"
    verb = doc[at + 1] if told else None
    if verb is None or (verb.lemma_ != "die" and not _is_killed(doc, at + 1)):
        return at
    end = at + 2
    while end < len(doc) and doc[end].text not in _ENDS and end - at < LONGEST:
        end += 1
    return end


def _is_killed(doc: Doc, at: int) -> bool:
    return doc[at].lower_ == "was" and at + 1 < len(doc) and doc[at + 1].lemma_ == "kill"


def _closed(doc: Doc, at: int) -> bool:
    """Whether a mark ends a phrase before ``at``, and no list goes on behind it."""
    if at >= len(doc):
        return True
    if doc[at].text not in _ENDS:
        return False
    return not (at + 1 < len(doc) and doc[at].text == "," and doc[at + 1].lower_ in {"and", "or"})


def _goes_on(doc: Doc, at: int) -> bool:
    """“a former pilot **standing** for …”, “a driver **who** …”: what follows only adds to it."""
    token = doc[at]
    return token.lower_ in _ADDING or (
        token.tag_ in PARTICIPLES and token.dep_ in {"acl", "relcl", "advcl"}
    )


def _clause(doc: Doc, last: int) -> tuple[int, int] | None:
    """“who heads the water board”."""
    at = last + 1
    at += at < len(doc) and doc[at].text == ","
    if at + 2 >= len(doc) or doc[at].lower_ not in {"who", "which"}:
        return None
    verb = doc[at + 1]
    if verb.lemma_.lower() not in listed("heading") or verb.tag_ not in {"VBZ", "VBD", "VBP"}:
        return None
    begin = at + 2 + (doc[at + 2].lower_ in ARTICLES | {"its", "their", "over"})
    end, head = right_end(doc, begin)
    return (at, end) if head is not None and end > begin else None


def _predicate(doc: Doc, last: int) -> tuple[int, int] | None:
    """“Nadia Ferrow is mayor of Tidewell”."""
    at = last + 1
    if at + 1 >= len(doc) or doc[at].lower_ != "is" or doc[last].head != doc[at]:
        return None
    return _phrase(doc, at + 1, last)
