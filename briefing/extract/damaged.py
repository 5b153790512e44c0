"""Signs that a text was mangled on its way here: rewritten by a machine, or badly converted."""

from __future__ import annotations

import re

from briefing.extract.articles import Article


def damage(article: Article) -> str:
    """Signs that a text was mangled on its way here, in words; empty for none."""
    broken = sum(
        1
        for line in article.lines
        if line.problem is not None
        and (
            "damaged" in line.problem.reason
            or re.fullmatch(r"[a-z]\w*(?: \w+){0,2}\.", line.sentence.text)
        )
    )
    body = "".join(p.text for p in article.passages if p.kind == "body")
    unpaired = body.count("”") - body.count("“")
    signs = []
    if broken:
        signs.append(f"{broken} broken sentence{'s' if broken > 1 else ''}")
    if unpaired > 0:
        signs.append("a closing quotation mark without an opening one")
    if not signs:
        return ""
    return (
        f"This text shows {' and '.join(signs)}: it may have been rewritten or badly converted. "
        "Check its quotes against the original."
    )
