"""A sentence without what only adds: whole constituents between commas, dashes or brackets.

Deletion does not preserve truth by itself. What goes is said beside the main clause: clauses with
"who" or "which" behind a comma, descriptions behind a name, participles at the end, parentheses.
Nothing goes that limits or hedges what is left, that says where it comes from, or that is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Parse = Callable[[str], "Doc"]

MIN_WORDS: Final = 7
"""Fewer words than this are a fragment of what was said, not a statement."""

_LIMITS: Final = re.compile(
    r"\b(?:not|no|never|nor|neither|without|only|if|unless|except|but|although|though|despite|while"
    r"|however|according|said|says|told|alleged\w*|report(?:ed|edly|s)|claim\w*|until|provided"
    r"|assuming|den(?:y|ies|ied|ying)|reject\w*|disput\w*|contest\w*|refus\w*|would|could|may|might|should|citing|as|than)\b|n[’']t\b",
    re.IGNORECASE,
)
_QUOTES: Final = re.compile('[“”"«»„‘]')
_RELATIVES: Final = frozenset({"who", "whom", "whose", "which", "where"})
_SAYING: Final = frozenset("say tell add write warn argue explain note accord according".split())
_COMPLETED: Final = frozenset(
    "make call name declare consider elect appoint dub deem leave keep render label".split()
)
"""“It makes the drug, known as T, the first treatment”: the last part is no description."""
_NEAR: Final = 6
"""Words before a constituent among which a verb of saying tells that it describes the speaker."""
_OPENING: Final = frozenset({",", "—", "–", "--"})
_CLOSING: Final = frozenset({",", "—", "–", "--", ".", ";", "!"})
_SPACES: Final = re.compile(r"\s+([,.;!])|(\s)\s+")


def shorten(sentence: str, parse: Parse) -> str:
    """``sentence`` without what only adds to it; itself where nothing can go.

    English. Every word of the result stands in ``sentence``, in the same order.
    """
    doc = parse(sentence)
    if not doc.has_annotation("DEP") or "[" in sentence:
        return sentence
    kept = list(sentence)
    for start, end in _dropped(doc):
        kept[start:end] = [""] * (end - start)
    short = _SPACES.sub(r"\1\2", "".join(kept)).strip()
    return short if len(short.split()) >= MIN_WORDS and _whole(short, parse) else sentence


def _whole(text: str, parse: Parse) -> bool:
    """Whether what is left is one sentence with a subject and a finite verb."""
    doc = parse(text)
    if len(list(doc.sents)) != 1 or text[-1:] not in ".!":
        return False
    root = next(iter(doc.sents)).root
    subject = any(child.dep_ in {"nsubj", "nsubjpass", "expl"} for child in root.children)
    finite = root.tag_ in {"VBD", "VBZ", "VBP"} or any(
        child.tag_ in {"VBD", "VBZ", "VBP", "MD"} for child in root.children
    )
    return subject and finite


def _dropped(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of the text that can go, with the marks around them; none inside another."""
    last = 0
    for token in sorted(doc, key=lambda t: (t.left_edge.i, -t.right_edge.i)):
        inside = token.left_edge.i > 0 and token.right_edge.i + 1 < len(doc)
        if not inside or token.left_edge.idx < last or not _only_adds(token):
            continue
        found = _with_marks(token.left_edge, token.right_edge)
        if found is not None:
            yield found
            last = found[1]


def _only_adds(token: Token) -> bool:
    words = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    if _LIMITS.search(words) or _QUOTES.search(words):
        return False
    # Who a speaker is belongs to what was said.
    before = token.doc[max(0, token.left_edge.i - _NEAR) : token.left_edge.i]
    if token.head.head.lemma_ in _SAYING or any(t.lemma_ in _SAYING for t in before):
        return False
    if token.dep_ == "relcl":
        return token.left_edge.lower_ in _RELATIVES
    if token.dep_ == "appos":
        return token.head.pos_ == "PROPN" and token.pos_ != "PROPN" and not _completes(token)
    if token.dep_ in {"acl", "advcl"} and token.tag_ in {"VBG", "VBN"}:
        # “by 54 per cent, counted from the first dose” limits: such a participle ends a sentence.
        ends = token.tag_ == "VBN" and token.right_edge.nbor().text != ","
        own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children)
        return token.left_edge.tag_ in {"VBG", "VBN"} and not own and not ends
    return token.dep_ == "prep" and token.lower_ == "including"


def _completes(token: Token) -> bool:
    """Whether what looks like a description may be what an object is made or called."""
    noun = token.head
    while noun.dep_ == "appos":
        noun = noun.head
    return noun.dep_ in {"dobj", "ccomp", "oprd"} and noun.head.lemma_ in _COMPLETED


def _with_marks(first: Token, last: Token) -> tuple[int, int] | None:
    """The stretch with the mark before it, and with the one behind it unless it ends more."""
    doc = first.doc
    before = doc[first.i - 1]
    after = doc[last.i + 1] if last.i + 1 < len(doc) else None
    if before.text not in _OPENING or after is None or after.text not in _CLOSING:
        return None
    if before.text != "," and after.text != before.text and after.text != ".":
        return None
    # “…, a potash firm, and its owner” would lose the comma of a list.
    if after.text == "," and after.i + 1 < len(doc):
        follows = doc[after.i + 1]
        # “…, which takes away speech, often early” would leave “often early” to another noun.
        if follows.lower_ in {"and", "or"} or follows.pos_ in {"ADV", "ADP"}:
            return None
    start = before.idx
    while start > 0 and doc.text[start - 1].isspace():
        start -= 1
    end = after.idx + len(after.text) if after.text in _OPENING else after.idx
    return start, end
