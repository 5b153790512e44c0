"""Negation: whether a verb is denied, by itself or by what stands above it (English)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.grounding.polarity_lists import tables, words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
DEPTH = 6
"""So many steps up the tree are looked at."""
_PLACES = {"nsubj", "nsubjpass", "dobj", "attr", "dative", "oprd"}
_CLAUSAL = {"xcomp", "ccomp", "acl", "pcomp", "advcl"}


def is_denied(verb: Token) -> bool | None:
    """Whether ``verb`` is denied, counting every negation that has it in scope."""
    if _asked(verb):
        return None
    if is_partial(verb):
        return None
    odd = _own(verb) != _from_coordination(verb)
    token = verb
    for _ in range(DEPTH):
        head = token.head
        if head == token or token.dep_ not in _CLAUSAL | {"prep", "acomp", "attr", "dobj"}:
            break
        if _is_other_noun(token) and token != verb:
            break
        if _prevented(token):
            token, head = token.head, head.head
        effect = _effect(head, token)
        if effect is None:
            return None
        odd ^= effect
        if is_finite_clause(token):
            break
        token = head
    return odd


def _asked(verb: Token) -> bool:
    """Whether the text only asks: “whether he signed”, a question."""
    for token in (verb, *above(verb)):
        if any(c.dep_ == "mark" and c.lower_ == "whether" for c in token.children):
            return True
        if token.dep_ == "ccomp" and any(
            c.dep_ == "mark" and c.lower_ == "if" for c in token.children
        ):
            return True
    return is_question(verb)


def is_partial(verb: Token) -> bool:
    """“**Not all** of them signed”: of some it is denied, of others not."""
    return any(
        c.dep_ in _PLACES and any(denies_all(t) for t in (c, *c.children)) for c in verb.children
    )


def is_of_none(verb: Token) -> bool:
    """“**Nobody** signed”, “none of them signed”."""
    return any(c.dep_ in {"nsubj", "nsubjpass"} and _negative_phrase(c) for c in verb.children)


def denies_all(token: Token) -> bool:
    """Whether a token is the “all” of “not all”."""
    before = token.nbor(-1).lower_ if token.i else ""
    return before == "not" and token.lower_ in words("quantifiers", "all")


def is_question(verb: Token) -> bool:
    """Whether the sentence of ``verb`` asks."""
    return _inverted(verb) or verb.sent.text.rstrip().endswith("?")


def _inverted(verb: Token) -> bool:
    """“Could you take …”, also where no question mark tells; not “nor did he”, “not only did”."""
    subjects = [c.i for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}]
    helping = [c for c in verb.children if c.dep_ == "aux" and c.i < verb.i]
    if not subjects or not helping or not helping[0].i < subjects[0] < verb.i:
        return False
    before = verb.doc[verb.sent.start : helping[0].i]
    turning = words("negation", "adverbs") | {"nor", "neither", "only", "so", "rarely", "seldom"}
    return not any(t.lower_ in turning for t in before) and not is_name(helping[0])


def above(verb: Token) -> Iterator[Token]:
    """The verbs, nouns and adjectives that ``verb`` depends on as their complement, inwards out."""
    token = verb
    for _ in range(DEPTH):
        if token.dep_ not in _CLAUSAL | {"prep", "acomp", "attr", "dobj", "conj"}:
            return
        token = token.head
        yield token


def is_narrow(negation: Token) -> bool:
    """Whether an adverb stands right behind "not", which then may be all that it denies."""
    following = negation.doc[min(negation.i + 1, len(negation.doc) - 1)]
    return following.pos_ == "ADV" and following.lower_ not in words("negation", "harmless")


def _is_other_noun(token: Token) -> bool:
    """A noun that is no plan, failure or the like: what is said of it is not said of its verb."""
    lemma = token.lemma_.lower()
    listed = any(lemma in members for members in tables("above").values())
    return token.pos_ in {"NOUN", "PROPN"} and not (listed or lemma in words("negation", "nouns"))


def _own(verb: Token) -> bool:
    """Whether an odd number of negations belong to ``verb`` itself."""
    count = 0
    for child in verb.children:
        if child.lower_ in words("negation", "adverbs") and child.dep_ in {
            "neg",
            "advmod",
            "preconj",
        }:
            count += not _only(child) and not _of_another(child, verb)
        elif child.dep_ in _PLACES and _negative_phrase(child):
            count += 1
        elif child.lower_ in {"neither", "nor"} and child.dep_ in {
            "preconj",
            "cc",
            "advmod",
            "det",
        }:
            count += child.dep_ != "cc"
        elif child.dep_ == "advmod" and child.lower_ in {"longer", "more"}:
            count += any(c.lower_ == "no" for c in child.children)
        elif child.dep_ in {"acomp", "attr"} and _own_of_complement(child):
            count += 1
    if verb.lemma_ == "have" and _yet_to(verb):
        count += 1
    return (count or _before_none(verb) or _behind_not_one(verb)) % 2 == 1


def _behind_not_one(verb: Token) -> bool:
    """“And **not one** of the donors asked”, of which the parser may make a donor who asked."""
    one = verb.head
    return (
        verb.dep_ in {"acl", "relcl"}
        and one.lower_ == "one"
        and one.i > 0
        and one.nbor(-1).lower_ == "not"
    )


def _before_none(verb: Token) -> bool:
    """“Found **no** fire exits”, of which the parser may make a clause."""
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    apart = following.lower_ == "no" and verb.lemma_ in words("negation", "having")
    return apart and verb.nbor(2).lower_ not in {"more", "less", "fewer", "doubt", "one", "longer"}


def _of_another(negation: Token, verb: Token) -> bool:
    """“Was ill, not drunk”: behind a complement, "not" belongs to what follows."""
    done = {"acomp", "attr", "dobj", "prep", "advmod"}
    return any(c.dep_ in done and verb.i < c.i < negation.i for c in verb.children)


def _only(negation: Token) -> bool:
    """“Not only … but also” affirms."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in {
        "only",
        "just",
        "merely",
    }


def _own_of_complement(token: Token) -> bool:
    return any(c.dep_ == "neg" and c.i < token.i for c in token.children)


def _negative_phrase(token: Token) -> bool:
    if token.lower_ in words("negation", "pronouns"):
        return True
    edge = token.left_edge
    if edge.lower_ == "not" and edge.nbor(1).lower_ in {"one", "a", "an"}:  # “not one of them”
        return True
    return any(
        c.dep_ in {"det", "neg", "preconj"}
        and c.lower_ in words("negation", "determiners")
        and token.doc[c.i + 1].lower_ not in {"more", "less", "fewer", "doubt"}
        for c in token.children
    )


def _yet_to(verb: Token) -> bool:
    return any(c.lower_ == "yet" for c in verb.children) and any(
        c.dep_ == "xcomp" for c in verb.children
    )


def _from_coordination(verb: Token) -> bool:
    """“Did not sign or ratify”, “neither signed nor ratified”."""
    if verb.dep_ != "conj" or verb.head.pos_ not in {"VERB", "AUX"}:
        return False
    first = verb.head
    if any(c.dep_ == "cc" and c.lower_ == "nor" for c in first.children):
        return True
    return shares_auxiliaries(first, verb) and (_own(first) or _from_coordination(first))


def shares_auxiliaries(first: Token, verb: Token) -> bool:
    """Whether ``verb`` has its auxiliaries, and with them "not", from the verb before."""
    if any(c.dep_ in SUBJECTS | {"aux", "auxpass", "neg"} for c in verb.children):
        return False
    helped = any(c.dep_ in {"aux", "auxpass"} for c in first.children)
    alternative = any(c.dep_ == "cc" and c.lower_ == "or" for c in first.children)
    return helped and (verb.tag_ == first.tag_ or (alternative and verb.tag_[:3] != "VBZ"))


def _effect(head: Token, below: Token) -> bool | None:
    """Whether ``head`` turns what stands below it; None where it leaves it open."""
    if below.dep_ == "advcl":
        return False
    lemma = head.lemma_.lower()
    if lemma in words("negation", "open") and below.dep_ in {"prep", "pcomp", "xcomp"}:
        return None
    if head.pos_ == "ADP":
        return lemma in words("negation", "prepositions")
    turning = lemma in words("negation", "verbs") and not _by_passing(head, below)
    if head.pos_ in {"NOUN", "PROPN"}:
        return _effect_of_noun(head, below)
    if head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    negated = _own(head) if head.pos_ != "ADJ" else False
    if is_finite_clause(below) and not turning:
        if not negated:
            return False
        return True if lemma in {"think", "believe", "expect", "suppose"} else None
    if below.dep_ == "prep" and not turning:
        return False
    return turning != (negated and _carries(head, below, turning=turning))


def _effect_of_noun(head: Token, below: Token) -> bool | None:
    lemma = head.lemma_.lower()
    if below.dep_ != "acl" and below.lower_ not in {"of", "to", "from", "on"}:
        return False
    if is_finite_clause(below):
        if lemma in words("negation", "charges") and head.dep_ in {"dobj", "nsubjpass"}:
            return head.head.lemma_ in words("negation", "disputing")
        missing = _negative_phrase(head) or (head.dep_ == "dobj" and _own(head.head))
        return None if missing and lemma not in {"doubt", "question"} else False
    # As object or complement its "no" is counted with the verb above.
    counted = head.dep_ not in {"attr", "dobj"} and _negative_phrase(head)
    return (lemma in words("negation", "nouns")) != counted


def _prevented(token: Token) -> bool:
    """“Prevents deer **from** crossing”, where the parser takes it for deer from somewhere."""
    noun = token.head
    if token.lower_ != "from" or noun.dep_ != "dobj" or token.dep_ != "prep":
        return False
    return noun.head.lemma_ in words("negation", "verbs") and noun.i < token.i


def _by_passing(head: Token, below: Token) -> bool:
    """“Stopped to look”, “refused after signing”: the verb below is not what was refused."""
    if head.lemma_ == "stop" and below.tag_ == "VB":
        return True
    return below.dep_ == "prep" and below.lower_ not in {"from", "of", "against", "to"}


def _carries(head: Token, below: Token, *, turning: bool) -> bool:
    return (
        turning
        or below.dep_ in {"xcomp", "acomp", "attr", "dobj"}
        or head.lemma_ in words("negation", "raising")
    )


def is_finite_clause(token: Token) -> bool:
    if token.dep_ not in {"ccomp", "advcl", "acl"}:
        return False
    return (
        any(c.dep_ in SUBJECTS for c in token.children) and token.tag_ not in {"VB", "VBG"}
    ) or any(
        c.tag_ in {"MD", "VBD", "VBZ", "VBP"} and c.dep_ in {"aux", "auxpass"}
        for c in token.children
    )


def is_name(token: Token) -> bool:
    """“Will asks Maggie”, “Will: I have …”: a capital where no auxiliary has one."""
    inverted = any(c.dep_ in SUBJECTS and c.i > token.i for c in token.head.children)
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    asked = token.is_sent_start and inverted and following.text != ":" and following.dep_ != "punct"
    return token.text.istitle() and not asked
