"""Jobs under way, and how they are cut into waves that fit the context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.model.jobs import Generate, Job, Probe
from briefing.model.prefixes import common

WAVE = 32
"""Jobs side by side; more fill the cache that every token's attention runs over."""
FIRST_TAIL = 2 * WAVE + 2
"""Sequences from here on hold the choices of scored jobs; those before, the prompts."""
SEQUENCES = 128
"""Sequences in a context: a wave's prompts and the choices longer than a token."""


MARGIN = 8
"""Cells of the context that stay free."""


@dataclass
class Work:
    """A job under way: its prompt tokens, its choices' tokens, and its place in the call."""

    job: Job
    prompt: list[int]
    tails: list[list[int]] = field(default_factory=list)
    index: int = 0

    @property
    def cells(self) -> int:
        """Cells of the KV cache that the job needs if it shares nothing."""
        extra = self.job.max_tokens if isinstance(self.job, Generate) else 0
        return len(self.prompt) + sum(map(len, self.tails)) + extra

    def fits(self, context: int, sequences: int) -> bool:
        """Whether the job can run at all, alone, in a context of so many cells."""
        return self.cells <= context - MARGIN and len(self.tails) <= sequences - FIRST_TAIL


def waves(works: Sequence[Work], context: int, sequences: int) -> Iterator[list[Work]]:
    """Cut ``works``, in order, where the next one would overrun cells, sequences or WAVE.

    Probes have waves of their own: their layers are not all computed. All must fit. What a prompt
    shares with its neighbour is counted once.
    """
    wave: list[Work] = []
    cells = tails = 0
    for work in works:
        needed = work.cells - (common(wave[-1].prompt, work.prompt) if wave else 0)
        full = cells + needed > context - MARGIN
        crowded = tails + len(work.tails) > sequences - FIRST_TAIL
        other = bool(wave) and isinstance(wave[-1].job, Probe) != isinstance(work.job, Probe)
        if wave and (full or crowded or other or len(wave) >= WAVE):
            yield wave
            wave, cells, tails, needed = [], 0, 0, work.cells
        wave.append(work)
        cells += needed
        tails += len(work.tails)
    if wave:
        yield wave
