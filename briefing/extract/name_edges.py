"""Where a name begins and ends where the parser is no help: offices, apostrophes, the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def is_thing(doc: Doc, first: int, last: int) -> bool:
    """“The Calder Queen”: a name behind “the”, unless it only tells which “the Ray case” is."""
    behind = doc[last + 1] if last + 1 < len(doc) else None
    telling = behind is not None and (behind.pos_ in {"NOUN", "PROPN"} or behind.tag_ == "POS")
    plural = doc[last].tag_ == "NNPS"  # “the Rays”
    return first > 0 and doc[first - 1].lower_ == "the" and not (telling or plural)


def asks_whether(token: Token) -> bool:
    """“Will Ray resign?”: the verb, and no given name."""
    opens = token.lower_ in {"will", "may", "would"} and token.is_sent_start
    verb = next((t for t in token.sent[1:] if t.pos_ in {"VERB", "AUX"}), None)
    bare = verb is not None and verb.tag_ == "VB"  # no “won”: “May Lind won, did she?”
    return bool(opens) and bare and "?" in token.sent[-2:].text


def after_field(doc: Doc, first: int, last: int) -> int:
    """“Minister of Finance Greta Sund”: where the name begins behind what the office is for."""
    if first < 2 or doc[first - 1].lower_ not in {"of", "for"}:
        return first
    if doc[first - 2].lower_.rstrip(".") not in words("titles") | words("offices"):
        return first
    given = words("female_names") | words("male_names")
    for at in range(first + 1, last):
        begins = doc[at].ent_type_ == "PERSON" and doc[at].ent_iob_ == "B"
        if begins or doc[at].lower_ in given:
            return at
    return first


def is_given(token: Token) -> bool:
    """“Per Anders Dahl”, and no “Per Department rules”."""
    if token.i + 1 >= len(token.doc) or token.nbor(1).pos_ != "PROPN":
        return False
    given = token.lower_ in words("male_names") | words("female_names")
    named = token.nbor(1).ent_type_ == "PERSON" or token.nbor(1).lower_ in words("male_names")
    whole = token.dep_ == "compound" and token.pos_ == "NOUN"  # “Rosalind Dahl”, misread
    return not token.is_sent_start or (given and (named or whole))


def is_of_members(left: Token, right: Token) -> bool | None:
    """“the Officers’ Federation”: one name with its apostrophe; None where there is none."""
    mark = next((t for t in (left, right) if t.text in {"'", "’"}), None)
    if mark is None or mark.i == 0 or mark.i + 1 >= len(mark.doc):
        return None
    members, body = mark.nbor(-1), mark.nbor(1)
    several = members.lower_.endswith("s") and members.text.istitle()
    bare = several and not members.whitespace_ and members.pos_ in {"PROPN", "NOUN"}
    return bare and body.text.istitle() and body.lower_ in words("institutions")
