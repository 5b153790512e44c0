"""Which clauses leave something open: not told, not known, not decided, disputed (English).

Read from the parse by classes of words (:mod:`briefing.extract.open_words`), so that it does not
hang on set phrases; those are in ``openness.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from briefing.extract.open_idle import asks, is_idle
from briefing.extract.open_words import (
    SUBJECTS,
    auxiliaries,
    is_future,
    is_lasting,
    is_no_one,
    negated,
    of,
    passive,
    subject,
    unfinished,
)

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_INNER: Final = frozenset(
    {"ccomp", "csubj", "csubjpass", "pcomp", "acl", "advcl", "relcl", "xcomp"}
)
_COPULAS: Final = frozenset({"be", "remain", "stay", "seem", "appear", "become", "leave", "look"})
_INDEFINITE: Final = frozenset({"a", "an", "any", "the", "further", "more"})
_HABITS: Final = frozenset("normally usually generally routinely enough guilty".split())
_TOLD_OF: Final = frozenset({"publish", "announce", "release", "name", "identify"})
_PUBLISHING: Final = frozenset("publish announce present deliver issue give reach".split())
_GIVEN: Final = frozenset("give make set fix test answer address".split())
"""Passives that are open only of information: “no answer was given”, “no date was set”."""
_HANDED: Final = frozenset({"share", "give", "provide", "put", "address"})
"""What is said, and what is handed over: “refused to share a lift”."""
_ADVISING: Final = frozenset({"advise", "urge", "tell", "order", "recommend", "invite", "ask"})
_LYING: Final = frozenset({"name", "number", "price", "light"})
_WORDS_OF: Final = frozenset("detail reason indication hint clue answer suspect".split())
"""Of which there may be none yet; that there are no others is a statement."""
_FEELING: Final = frozenset({"i", "we"})


def ways_open(parsed: Span) -> int:
    """In how many ways the clauses of the sentence ``parsed`` say that something is open."""
    said = [token for token in parsed if not is_idle(token, parsed)]
    return sum(any(rule(token) for token in said) for rule in _RULES)


# -- told, known, decided ------------------------------------------------------------------


def _not_told(token: Token) -> bool:
    """“Did not say”, “would neither confirm nor deny”, “declined to give a reason”."""
    if token.pos_ not in {"VERB", "AUX"} or _is_feeling(token):
        return False
    if of(token, "telling", "private") and negated(token):
        return not (_is_habit(token) or _tells_that(token))
    if of(token, "omitting"):
        things = [c for c in token.children if c.dep_ in {"dobj", "nsubjpass"}]
        return any(of(c, "information", "outcome", "omitted") for c in things)
    if token.lemma_.lower() in _HANDED:
        things = [c for c in token.children if c.dep_ in {"dobj", "obj"}]
        if any(c.pos_ == "NOUN" and not of(c, "information", "outcome") for c in things):
            return False
    return of(token, "spoken") and _withheld(token)


def _is_habit(verb: Token) -> bool:
    """“Does not usually comment”: that is no news."""
    return any(c.lower_ in _HABITS for c in verb.children)


def _tells_that(verb: Token) -> bool:
    """“Did not say that it was so”: a claim is missing, not an answer."""
    return verb.lemma_ in {"say", "indicate", "announce", "name"} and any(
        c.dep_ == "ccomp" and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
        for c in verb.children
    )


def _withheld(token: Token) -> bool:
    above = token.head
    return token.dep_ in {"xcomp", "ccomp", "acl"} and of(above, "withholding") and negated(token)


def _is_feeling(verb: Token) -> bool:
    """“I can’t tell you how grateful I am”."""
    for clause in verb.children:
        how = next((t for t in clause.subtree if t.lower_ == "how"), None)
        own = any(c.dep_ in SUBJECTS and c.lower_ in _FEELING for c in clause.children)
        if clause.dep_ == "ccomp" and how is not None and own and how.head.pos_ == "ADJ":
            return True
    return False


def _not_known(token: Token) -> bool:
    """“It is not known”, “nobody knows the cause”, “we do not know yet”."""
    if not of(token, "knowing") or not negated(token):
        return False
    if passive(token):
        return not _was_until(token)
    things = [c for c in token.children if c.dep_ in {"dobj", "ccomp", "xcomp", "prep", "obj"}]
    present = token.tag_ in {"VBP", "VBZ"} or auxiliaries(token) & {"do"}
    past = any(c.lower_ == "did" for c in token.children)
    if not things:
        return bool(present) and not past
    return any(c.dep_ == "dobj" and of(c, "information", "outcome") for c in things)


def _was_until(verb: Token) -> bool:
    words = {t.lower_ for t in verb.sent}
    return bool(words & {"until", "till"}) and any(c.tag_ == "VBD" for c in verb.children)


def _not_found(token: Token) -> bool:
    """“Has not been established”, “could not verify”, “have not decided”, “cannot rule out”."""
    if token.pos_ not in {"VERB", "AUX"} or not negated(token) or token.dep_ == "amod":
        return False
    if auxiliaries(token) & {"should", "must", "shall"} or token.head.lemma_ in {"wish", "want"}:
        return False
    if of(token, "made") and passive(token) and not _was_until(token):
        perfect = auxiliaries(token) & {"have", "will", "can", "could", "may", "might"}
        return _can_be_told(token) or bool(perfect and of(token, "seeking"))
    if of(token, "finding", "deciding") and not passive(token):
        return not any(c.dep_ == "xcomp" or c.lower_ == "to" for c in token.children)
    out = any(c.lower_ == "out" for c in token.children)
    if out and token.lemma_ in {"rule", "work", "find", "figure", "make"}:
        return True
    return of(token, "seeking") and "have" in auxiliaries(token) and not _idle_object(token)


def _can_be_told(verb: Token) -> bool:
    """Whether that it is not done leaves something open, whatever its subject."""
    if verb.lemma_ in _TOLD_OF and any(c.lower_ == "had" for c in verb.children):
        return False
    if not of(verb, "seeking") and verb.lemma_ not in _GIVEN:
        return True
    about = subject(verb)
    return about is not None and of(about, "information", "outcome", "uncertainty")


def _idle_object(verb: Token) -> bool:
    return any(
        c.dep_ == "dobj" and c.lower_ in {"evidence", "signs", "fault"} for c in verb.children
    )


def _yet_to(token: Token) -> bool:
    """“Has yet to explain”, “remains to be seen”, “is to be confirmed”."""
    if passive(token) and token.head.lemma_.lower() == "be" and not _is_late(token):
        return unfinished(token) and of(token, "made")
    return unfinished(token) and (of(token, "pending") or (passive(token) and of(token, "made")))


def _is_late(verb: Token) -> bool:
    """“Is yet to be signed”; “is to be signed” is a plan."""
    return any(t.lower_ in {"yet", "still"} for t in (*verb.children, *verb.head.children))


# -- indirect questions --------------------------------------------------------------------


def _indirect(token: Token) -> bool:
    """“… whether the dam will hold” below a word that leaves it open."""
    if token.dep_ not in _INNER or not asks(token):
        return False
    above = token.head
    if token.dep_.startswith("csubj"):
        return _left_open_by(above)
    while above.pos_ in {"ADP", "SCONJ"} and above.head != above:
        above = above.head
    return _holds(above)


def _holds(above: Token) -> bool:
    if _is_feeling(above):
        return False
    if negated(above) or unfinished(above):
        return (not of(above, "indifferent") and above.pos_ in {"VERB", "AUX"}) or of(
            above, "certain"
        )
    if of(above, "uncertain", "hanging") and above.pos_ in {"ADJ", "VERB"}:
        return True
    if above.pos_ == "NOUN":
        if is_no_one(above):
            return of(above, "view")
        return of(above, "uncertainty", "inquiry")
    if of(above, "probing", "disputing"):
        past = above.tag_ == "VBD" and (of(above, "probing") or above.lemma_ == "wonder")
        past = past or (above.dep_ == "xcomp" and above.head.lemma_ in _ADVISING)
        return (is_lasting(above) or above.tag_ in {"VBD", "VBN"}) and not past
    if above.lemma_ in {"ask", "demand"}:
        advised = above.head.lemma_ == "ought" or auxiliaries(above) & {"should", "must"}
        perfect = above.tag_ == "VBN" and "have" in auxiliaries(above)
        return above.tag_ == "VBG" or (perfect and not advised)
    if of(above, "learning") and _wanted(above):
        return True
    return of(above, "resolving") and is_future(above) and above.lemma_ != "say"


def _wanted(verb: Token) -> bool:
    return verb.dep_ in {"xcomp", "advcl"} and of(verb.head, "wanting") and is_lasting(verb.head)


def _left_open_by(verb: Token) -> bool:
    """“Whether it will hold is uncertain / is another matter / has not been shown”."""
    if negated(verb) or unfinished(verb):
        return True
    if of(verb, "hanging", "disputing") or (of(verb, "resolving") and is_future(verb)):
        return True
    for told in verb.children:
        if told.dep_ not in {"acomp", "attr", "oprd", "prep", "xcomp"}:
            continue
        if any(_is_riddle(t) for t in told.subtree):
            return True
    return False


def _is_riddle(word: Token) -> bool:
    if word.pos_ == "NOUN" and is_no_one(word):
        return False
    of_it = any(c.lower_ in {"of", "another", "open"} for c in word.children)
    matter = of(word, "uncertainty") and of_it
    return of(word, "mystifying", "uncertain") or matter or (word.pos_ != "NOUN" and negated(word))


def _searching(token: Token) -> bool:
    """“Are trying to establish the cause”, “want to know”, “wait for an answer”."""
    if of(token, "learning") and _wanted(token):
        return token.lemma_ not in {"work", "see", "know", "find", "hear", "learn"} or any(
            c.dep_ == "prt" or (c.dep_ == "dobj" and of(c, "information", "outcome"))
            for c in token.children
        )
    if of(token, "ascertaining") and "to" in auxiliaries(token) and not of(token.head, "achieving"):
        things = [c for c in token.children if c.dep_ == "dobj"]
        return token.head != token and any(of(c, "information", "outcome") for c in things)
    if token.lemma_.lower() in {"await", "want", "demand", "seek"} and is_lasting(token):
        objects = [
            t for c in token.children if c.dep_ in {"dobj", "prep"} for t in [c, *c.children]
        ]
        return any(of(o, "outcome", "information") and o.pos_ == "NOUN" for o in objects)
    return False


# -- words that say it ---------------------------------------------------------------------


def _uncertain(token: Token) -> bool:
    """“Is unclear”, “remains disputed”, “left unanswered”; “is not certain”."""
    if token.pos_ not in {"ADJ", "VERB"} or token.dep_ in {"amod", "nmod", "compound"}:
        return False
    above = token.head if token.dep_ in {"acomp", "oprd", "attr", "conj"} else token
    against = any(c.dep_ == "neg" or c.lower_ in {"never", "nor"} for c in above.children)
    against = against or any(c.dep_ == "neg" for c in token.children)
    about = subject(above)
    if of(token, "certain") and token.pos_ == "ADJ" and token.dep_ == "acomp":
        return against or any(c.lower_ in {"hardly", "far", "yet"} for c in token.children)
    if against or (not of(token, "uncertain") and token.lower_ not in {"disputed", "contested"}):
        return False
    if token.lower_ in {"split", "divided", "open", "questionable", "vague", "contentious"}:
        return _among(token)
    predicate = token.dep_ in {"acomp", "oprd"} and above.lemma_ in _COPULAS
    state = token.lower_ in {"disputed", "contested"} and passive(token)
    again = {t.lower_ for t in above.children} & {"but", "initially", "once"}
    return (predicate or state) and about is not None and not again


def _among(token: Token) -> bool:
    over = {"over", "about", "on", "as", "whether"}
    return any(c.lower_ in over for c in token.children) and token.lower_ in {"split", "divided"}


def _nothing_told(token: Token) -> bool:
    """“Gave no reason”, “there is no word”, “no date has been set”, “few details emerged”."""
    if token.pos_ not in {"NOUN", "PROPN"} or not of(token, "information"):
        return False
    verb = token.head
    without = token.dep_ == "pobj" and verb.lower_ == "without"
    if any(c.dep_ in {"acl", "relcl"} and "to" in auxiliaries(c) for c in token.children):
        return False
    if any(c.dep_ in {"acl", "ccomp"} and not asks(c) for c in token.children):
        return False
    none = is_no_one(token) or any(
        c.lower_ in {"little", "few", "scant"} for c in token.children if c.i < token.i
    )
    taken = token.dep_ in {"dobj", "attr", "nsubjpass", "nsubj", "obj"} and of(verb, "giving")
    found = token.dep_ == "dobj" and verb.lemma_ == "find" and token.tag_ == "NNS"
    there = verb.lemma_ == "be" and (token.lemma_ in _LYING or token.tag_ == "NNS")
    if found or (there and token.lemma_ not in _WORDS_OF):
        return False
    if none:
        return taken or without or token.dep_ == "ROOT"
    some = {c.lower_ for c in token.children if c.dep_ == "det"} & _INDEFINITE
    idle = verb.lemma_ in {"be", "find"}
    return token.dep_ == "dobj" and taken and bool(some) and negated(verb) and not idle


def _under_inquiry(token: Token) -> bool:
    """“Is being examined”, “are looking into it”, “the investigation continues”."""
    if of(token, "probing") and token.pos_ == "VERB":
        being = passive(token) and any(c.lower_ == "being" for c in token.children)
        into = any(c.lower_ == "into" for c in token.children) or token.lemma_ != "look"
        finite = "be" in auxiliaries(token) or any(c.lower_ == "still" for c in token.children)
        return being or (token.tag_ == "VBG" and finite and into)
    if not of(token, "inquiry"):
        return False
    verb = token.head
    lasting = token.dep_ in {"nsubj", "nsubjpass"} and of(verb, "lasting") and is_lasting(verb)
    going = any(
        c.lower_ in {"ongoing", "underway", "on", "under"} or c.dep_ == "prt" for c in verb.children
    )
    if lasting:
        return verb.lemma_ in {"continue", "proceed", "progress"} or going
    into = any(c.lower_ == "into" for c in token.children) and token.lemma_ == "inquest"
    return into and verb.lemma_ in {"open", "begin", "order"}


def _to_come(token: Token) -> bool:
    """“A decision is expected on Friday”, “reserved judgment”, “has promised an answer”."""
    if not of(token, "outcome") or token.pos_ != "NOUN":
        return False
    verb = token.head
    if token.dep_ in SUBJECTS:
        if passive(verb) and (verb.lemma_ == "await" or (of(verb, "reaching") and negated(verb))):
            return not auxiliaries(verb) & {"should", "must"}
        due = any(c.lower_ in {"due", "pending"} for c in verb.children)
        if due or (verb.lemma_ == "expect" and passive(verb)):
            later = [c for c in verb.children if c.dep_ == "xcomp" and c.lower_ != "due"]
            return all(of(c, "coming") for c in later)
        announced = verb.lemma_ in {"announce", "publish", "release", "fix", "make", "disclose"}
        return announced and "will" in auxiliaries(verb)
    if token.dep_ != "dobj":
        return False
    if verb.lemma_ in {"reserve", "defer", "postpone", "await", "promise", "withhold", "delay"}:
        return True
    published = verb.lemma_ in {
        "publish",
        "announce",
        "present",
        "deliver",
        "issue",
        "give",
        "reach",
    }
    return published and (is_future(verb) or verb.head.lemma_ in {"expect", "due"})


_RULES: Final[tuple[Callable[[Token], bool], ...]] = (
    _not_told,
    _not_known,
    _not_found,
    _yet_to,
    _indirect,
    _searching,
    _uncertain,
    _nothing_told,
    _under_inquiry,
    _to_come,
)
