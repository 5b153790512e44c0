"""How time grows with the length of hostile texts: ``python evals/growth.py``.

Each stage is run on a text and on one eight times as long, in one process; the table shows the
ratio of the two times. About 8 is linear; 64 would be quadratic.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable

from briefing.extract.quotes import find_quotations
from briefing.passages import split
from briefing.types import Passage, Source

PIECES = (
    "“a b” ",
    "“",
    "‘a’s ",
    '" ',
    "“a ‘b’ c” ",
    "“ab. ",
    "A-B.C and ",
    "photo by X ",
    "(ab. ",
    "\n> - # ",
    "x",
)
TIMES = 8


def quotations(text: str) -> None:
    """Find the quotations of one long passage."""
    whole = Passage(
        id="S1.p1.0", source_id="S1", number=1, kind="body", start=0, end=len(text), text=text
    )
    find_quotations(text, [whole])


def passages(text: str) -> None:
    """Split a text into passages and sentences."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    split(Source(id="S1", sha256=digest, text_sha256=digest, text=text))


def seconds(stage: Callable[[str], None], text: str) -> float:
    """The best of three runs."""
    times = []
    for _ in range(3):
        began = time.process_time()
        stage(text)
        times.append(time.process_time() - began)
    return min(times)


def main() -> None:
    """Print a table of ratios."""
    sys.stdout.write(f"{'text':<14} {'stage':<12} {'ms':>8} {'ratio':>6}\n")
    for piece in PIECES:
        for stage in (quotations, passages):
            small = seconds(stage, piece * 4_000)
            large = seconds(stage, piece * 4_000 * TIMES)
            ratio = large / max(small, 1e-6)
            name = stage.__name__
            sys.stdout.write(f"{piece!r:<14} {name:<12} {large * 1000:>8.1f} {ratio:>6.1f}\n")


if __name__ == "__main__":
    main()
