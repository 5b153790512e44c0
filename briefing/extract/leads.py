"""What leads on to a quotation without a verb of saying, and what comes behind one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.cues import denied
from briefing.extract.names import names_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

HEADING = re.compile(
    r"^(?P<what>(?:\w+ )?(?:statement|comment|message|remarks|letter|response|speech|reaction)) "
    r"(?:by|from) (?P<who>[^\n.!?]+?):?\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
LONGEST_HEADING = 200
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
