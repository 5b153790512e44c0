"""What our templates add about an item in parentheses: no part of what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from briefing.evals.statements import Citation

_DAY: Final = r"(?:\d{1,2} )?(?:[A-Z][a-z]+ ?)?(?:\d{4})?"
_PIECES: Final = (
    r"\d[\d,]* sources?, \d[\d,]* independent texts?(?:, all from [^();]+)?",
    r"as of [^();]+",
    r"(?:sources differ|later figures): point \d+",
    r"“(?:I|[Ww]e|us|[Oo]urs?|me|[Mm]y|mine|myself|ourselves)” is [^();]+",
    rf"“[^”()]+” is {_DAY}(?: to {_DAY})?",
    (
        r"(?:[^\s();]+ is (?:a party’s own statement|an opinion piece|written in the first person)"
        r"(?: and )?)+"
    ),
    r"the text of [^();]+ is damaged",
    r"in the model's words",
    r"edited by [^()]+",
    r"the checks say: \w+",
    r"(?:name|hour):\s*",
)
_PIECE: Final = "(?:" + "|".join(_PIECES) + ")"
_REMARK: Final = re.compile(
    rf"\s*\((?:{_PIECE}(?:; {_PIECE})*"
    r"|(?P<aside>see also\s*"
    r"|(?:before this|it goes on|in the source|compare): “.*?”\s*(?=\)\s*(?:\(|$))))\)"
)
"""Asides cite what stands elsewhere: that supports nothing."""


def without_remarks(
    text: str, cited: Sequence[tuple[int, Citation]]
) -> tuple[str, list[tuple[int, Citation]]]:
    """``text`` without what our templates add about an item, offsets moved along.

    What is only to be seen as well, or stands around it, is no citation.
    """
    kept = list(cited)
    for found in reversed(list(_REMARK.finditer(text))):
        start, end = found.span()
        if found["aside"] is not None:
            kept = [(at, citation) for at, citation in kept if not start < at <= end]
        text = text[:start] + text[end:]
        kept = [(at if at <= start else max(start, at - (end - start)), c) for at, c in kept]
    return text, kept
