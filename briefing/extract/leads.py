"""What leads on to a quotation without a verb of saying, and what comes behind one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.around import at_colon
from briefing.extract.attributions import Attribution, attributed
from briefing.extract.cues import Cue, cue, is_saying
from briefing.extract.documents import at_end
from briefing.extract.lexicon import means_people, words
from briefing.extract.mentions import mention
from briefing.extract.names import name_at, names_in
from briefing.extract.narrative import Narrative
from briefing.extract.negation import denied
from briefing.extract.places import SUBJECTS
from briefing.extract.referents import spoken_by
from briefing.extract.voices import differs, owner_of
from briefing.extract.written import is_document
from briefing.types import Span as Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_HEADING = re.compile(
    r"^(?P<what>(?:\w+ )?(?:statement|comment|message|remarks|letter|response|speech|reaction)) "
    r"(?:by|from) (?P<who>[^\n.!?]+?):?\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADING = 200
_HOUR = re.compile(r"\d{1,2}[:.h]\d\d\Z")
_TAKES_IN = frozenset("hear read receive find see remember recall ask get learn quote cite".split())
"""Who does so before a colon takes somebody else's words in."""

_COMPLEMENTS = {"pobj", "prep", "pcomp", "advmod", "npadvmod"}
_DISPLAYING = frozenset("read show quote cite display produce share recite".split())
"""Who does so with a document before a colon lets it speak."""


def leads_on(lead: Span) -> bool:
    """Whether a sentence without a verb of saying can lead on to the words of its subject."""
    root = lead.root
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in root.children)
    finite = root.tag_ in {"VBD", "VBZ", "VBP"} or any(c.dep_ == "aux" for c in root.children)
    if passive or not finite or root.lemma_.lower() in _TAKES_IN or denied(root):
        return False
    return sum(n.person for n in names_in(lead.as_doc())) <= 1


def said_before(doc: Doc, colon: int) -> Cue | None:
    """The verb of saying right before a colon, or that of a call: “a voice called from the back:”.

    None for what is put in for the reader: “Lee’s letter, since you asked: “…””.
    """
    found = at_colon(doc, colon)
    if found is not None:
        subject = found.subject
        return None if subject is not None and subject.lower_ == "you" else found
    verb = doc[colon - 1] if colon else None
    while verb is not None and verb.dep_ in _COMPLEMENTS and verb.head.i < verb.i:
        verb = verb.head
    if verb is None or verb.lemma_ != "call" or verb.tag_ not in {"VBD", "VBZ"}:
        return None
    called = Cue(verb, verb.head, "says") if verb.dep_ == "acl" else cue(verb)
    bare = not any(c.dep_ in {"dobj", "oprd"} for c in verb.children)
    return called if bare and called.subject is not None else None


def by_lead(told: Narrative, at: int, colon: int) -> Attribution | None:
    """“Director Jo Ray: “…””, and “The protocol provides for no such thing: “…””."""
    here = told.frames[at]
    lead = here.doc[here.doc[colon].sent.start : colon]
    said = said_before(here.doc, colon)
    if said is not None and here.quoted[said.verb.i] is None:
        return spoken_by(told, at, said, "ahead", beside=False)
    verbless = not any(t.pos_ in {"VERB", "AUX"} and not _surname(told, t) for t in lead)
    head = _from(lead)
    if head is None and verbless:
        head = _office_of(lead) or _named_in(told, lead)
    head = head or _owned(lead)
    if head is None and not verbless:
        ends = at_end(lead)
        if ends is not None and here.quoted[ends.i] is None:
            return _document(told, at, ends)
        head = next((c for c in lead.root.children if c.dep_ in SUBJECTS), None)
        head = (owner_of(head) if head is not None else None) or head
    if head is None or here.quoted[head.i] is not None:
        return None
    return _introducing(told, at, lead, head)


def displayed(told: Narrative, at: int, colon: int) -> Attribution | None:
    """“Ray read out a letter from Jo Lee: “…””, “Ray quoted the report: “…””: no words of Ray’s."""
    here = told.frames[at]
    lead = here.doc[here.doc[colon].sent.start : colon]
    said = at_colon(here.doc, colon)
    if lead.root.lemma_.lower() not in _DISPLAYING or (said and said.verb != lead.root):
        return None
    objects = [c for c in lead.root.children if c.dep_ == "dobj" and c.i < colon]
    under = [c for c in lead.root.children if c.lower_ == "from" and c.i < colon]
    objects += [c for prep in under for c in prep.children if c.dep_ == "pobj"]
    if len(objects) != 1 or not is_document(objects[0]) or here.quoted[objects[0].i] is not None:
        return None
    document = objects[0]
    sent = [c for c in document.children if c.lower_ in {"from", "by"} and c.dep_ == "prep"]
    sender = next((c for prep in sent for c in prep.children if c.dep_ == "pobj"), None)
    if sender is None or document.lemma_.lower() not in words("authored"):
        return _document(told, at, document)
    who = mention(here, sender, told.people, told.text)
    somebody = who.what in {"person", "name", "description"} and not who.owned
    return attributed(here, sender.i, who, "colon") if somebody and who.speaker else Attribution()


def _owned(lead: Span) -> Token | None:
    """“Lee’s letter, if you must have it: “…””: hers, though a clause stands in between."""
    noun, first = lead.root, lead.start
    written = noun.lemma_.lower() in words("authored") | words("voices")
    if noun.pos_ != "NOUN" or not written or noun.left_edge.i != first:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    named = owner is not None and owner.pos_ == "PROPN"
    return owner if named or (owner is not None and owner.lower_ in {"his", "her"}) else None


def labelled(told: Narrative, at: int, first: int) -> Attribution | None:
    """“Harbour master Jo Ray, at the gate: it will be shut for “six weeks””: hers."""
    here = told.frames[at]
    ends = [t.i for t in here.doc[:first] if t.text in {".", "?", "!"}]
    begin = ends[-1] + 1 if ends else 0
    colons = [t.i for t in here.doc[begin:first] if t.text == ":"]
    if len(colons) != 1:
        return None
    lead = here.doc[begin : colons[0]]
    verbs = any(t.pos_ in {"VERB", "AUX"} for t in lead)
    placed = any(t.text == "," and t.nbor(1).pos_ == "ADP" for t in lead[:-1])
    quoted = any(here.quoted[i] is not None for i in range(begin, first))
    other = any(is_saying(t) for t in here.doc[colons[0] : first])
    if verbs or not placed or quoted or other:
        return None
    head = _office_of(lead) or _named_in(told, lead)
    who = mention(here, head, told.people, told.text) if head is not None else None
    if head is None or who is None or who.what != "person":
        return None
    return attributed(here, head.i, who, "colon")


def _introducing(told: Narrative, at: int, lead: Span, head: Token) -> Attribution | None:
    """Speech of whom ``head`` of the sentence ``lead`` means, if that can lead on to it."""
    here, root = told.frames[at], lead.root
    who = mention(here, head, told.people, told.text)
    if root.pos_ in {"VERB", "AUX"} and root.i != head.i:
        if who.what == "document":
            return _document(told, at, head)
        if head.dep_ in {"poss", "pobj"}:  # “His reply is short: “…””
            return spoken_by(told, at, Cue(root, head, "says"), "voice", beside=False)
        return _does(told, at, root, head) if leads_on(lead) or differs(root) else None
    if head.dep_ == "poss" and who.what == "pronoun":  # “His words: “…””
        return spoken_by(told, at, Cue(root, head, "says"), "voice", beside=False)
    body = who.what == "description" and (_has_owner(head) or _is_somebody(head))
    if not who.speaker or not (who.what == "person" or body):
        return None
    return attributed(here, head.i, who, "colon")


def _document(told: Narrative, at: int, head: Token) -> Attribution | None:
    document = told.discourse.document(at, head)
    return attributed(told.frames[at], head.i, document, "colon") if document else None


def _does(told: Narrative, at: int, verb: Token, subject: Token) -> Attribution | None:
    """“Lee was unmoved: “…””, “She sent me two lines: “…””: no verb of saying, but hers."""
    who = mention(told.frames[at], subject, told.people, told.text)
    somebody = who.what == "description" and not who.plural and means_people(who.lemma)
    if not (somebody or who.what == "person" or who.gender is not None):
        return None
    return spoken_by(told, at, Cue(verb, subject, "says"), "colon", beside=False)


def _from(lead: Span) -> Token | None:
    """“From Jo Ray, 19, who rang us: “…””."""
    opens = next((t for t in lead if not t.like_num and not _HOUR.match(t.text)), lead[0])
    sender = next((c for c in opens.children if c.dep_ == "pobj"), None)
    opened = opens.lower_ == "from" and opens.i <= lead.start + 1
    name = name_at(sender) if opened and sender is not None else None
    return sender if name is not None and name.person else None


def _office_of(lead: Span) -> Token | None:
    """“Governor Ray’s office: “…””: the office, and not its owner."""
    head = lead.root
    last = head.i + 1 == lead.end or head.nbor(1).is_punct
    return head if head.pos_ == "NOUN" and last and _has_owner(head) else None


def _has_owner(noun: Token) -> bool:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    return noun.pos_ == "NOUN" and owner is not None and owner.pos_ == "PROPN"


def _is_somebody(noun: Token) -> bool:
    return noun.tag_ == "NN" and means_people(noun.lemma_.lower())


def _named_in(told: Narrative, lead: Span) -> Token | None:
    """Whose name words without a verb begin with, or have, if nothing else in them can speak."""
    people = told.people
    first = next((n for n in names_in(lead.as_doc()) if n.person or people.find(n.text)), None)
    if first is not None and all(t.pos_ in {"PROPN", "ADJ"} for t in lead[: first.first]):
        return lead[first.last]
    if _is_somebody(lead.root) and lead.root.left_edge.i == lead.start:
        # “A caretaker at the hall: “…””; but a judge and an adviser “to Jo Ray” look alike.
        return None if any(c.lower_ == "to" for c in lead.root.children) else lead.root
    named = {n.last for n in names_in(lead.as_doc()) if n.person or people.find(n.text)}
    named = named or {n for n in (len(lead) - 1,) if people.written_as(lead.text)}
    named = named or {n for n, t in enumerate(lead) if _surname(told, t)}
    return lead[named.pop()] if len(named) == 1 else None


def _surname(told: Narrative, token: Token) -> bool:
    """“Tarrant again, by phone: “…””, misread."""
    capital = token.text[:1].isupper() and token.pos_ != "PROPN"
    return capital and told.people.written_as(token.text) is not None


def led_in(told: Narrative, at: int) -> Attribution | None:
    """A paragraph that is there for the next one: “Mr Ray said: ¶ “…””."""
    here = told.frames[at]
    if here.doc[-1].text != ":":
        return None
    root = here.doc[-1].sent.root
    if is_saying(root, strong=True) and here.quoted[root.i] is None:
        return spoken_by(told, at, cue(root), "paragraph before", beside=False)
    return by_lead(told, at, len(here.doc) - 1)


def goes_on(doc: Doc, last: int) -> bool:
    """““…!” came a shout from the back”: the sentence goes on, and says something else."""
    behind = next((t for t in doc[last + 1 :] if not t.is_punct), None)
    ended = any(t.text in {".", ";", ":"} for t in doc[last : behind.i]) if behind else True
    return not ended and behind is not None and behind.text.islower()


def headed(told: Narrative, at: int) -> Attribution | None:
    """“Statement by Jo Ray” in the line above paragraph ``at``: hers."""
    start = told.frames[at].passage.start
    heading = _HEADING.search(told.text, max(0, start - _LONGEST_HEADING), start)
    if heading is None:
        return None
    named = [n for n in names_in(told.parse(heading["who"])) if n.person]
    if len(named) != 1:
        return None
    name = named[0].text
    person = told.people.find(name)
    first = heading.start("who") + heading["who"].index(name)
    return Attribution(
        speaker=person.name if person and person.name in told.text else name,
        named=True,
        level="certain",
        cue=Stretch(start=heading.start("what"), end=heading.end("who")),
        mention=Stretch(start=first, end=first + len(name)),
        rule="heading",
    )
