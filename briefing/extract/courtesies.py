"""What a house says of its feelings: “our thoughts are with …”, “we thank …” (English).

Of 13 such sentences in 68 annotated events none is annotated as an outcome. Apologies are not among
them: that somebody is sorry may be news.
"""

from __future__ import annotations

import re
from typing import Final

_OWN: Final = re.compile(r"\b(?:we|us|our|I|my)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[“”\"]")
_FEELING: Final = re.compile(
    r"\b(?:deeply (?:moved|grateful)|condolences|heartfelt|regret the (?:distress|inconvenience)"
    r"|(?:shaken|shocked|saddened|devastated|distressed|heartbroken) (?:by|at|that|to)"
    r"|our sympath(?:y|ies)|thoughts (?:are|go|remain) (?:with|to|out)|hearts? (?:go|goes) out"
    r"|we (?:thank|mourn|are grateful|share the (?:grief|sorrow|pain))"
    r"|(?:am|are) proud (?:of|to))\b",
    re.IGNORECASE,
)


def is_courtesy(text: str) -> bool:
    """Whether the sentence ``text`` is about what its writer feels, in his own voice."""
    own = _OWN.search(text) is not None and _QUOTED.search(text) is None
    return own and _FEELING.search(text) is not None
