"""What leads on to a quotation without a verb of saying, and what comes behind one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.attributions import Attribution
from briefing.extract.names import names_in
from briefing.extract.narrative import Narrative
from briefing.extract.negation import denied
from briefing.types import Span as Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_HEADING = re.compile(
    r"^(?P<what>(?:\w+ )?(?:statement|comment|message|remarks|letter|response|speech|reaction)) "
    r"(?:by|from) (?P<who>[^\n.!?]+?):?\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_HEADING = 200
_TAKES_IN = frozenset("hear read receive find see remember recall ask get learn quote cite".split())
"""Who does so before a colon takes somebody else's words in."""


def leads_on(lead: Span) -> bool:
    """Whether a sentence without a verb of saying can lead on to the words of its subject."""
    root = lead.root
    passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in root.children)
    finite = root.tag_ in {"VBD", "VBZ", "VBP"} or any(c.dep_ == "aux" for c in root.children)
    if passive or not finite or root.lemma_.lower() in _TAKES_IN or denied(root):
        return False
    return sum(n.person for n in names_in(lead.as_doc())) <= 1


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
