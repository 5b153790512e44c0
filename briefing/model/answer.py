"""One answer being written, token by token, under its grammar if it has one."""

from __future__ import annotations

import numpy as np

from briefing.model.constrain import Constraint
from briefing.model.jobs import Failure, Generate, Generated
from briefing.model.runtime import Row, Runtime


class Answer:
    """One answer being written."""

    def __init__(
        self, runtime: Runtime, job: Generate, position: int, constraint: Constraint | None
    ) -> None:
        """``position`` is where in its sequence the answer begins."""
        self.said: list[int] = []
        self.forced = 0
        self.position = position
        self.result: Generated | Failure | None = None
        self._runtime, self._constraint = runtime, constraint
        self._job = job
        self._random = np.random.Generator(np.random.PCG64(job.seed))

    def advance(self, row: Row) -> list[int]:
        """Choose the next token from ``row`` and take what must follow; sets ``result`` at the end.

        Returns: the tokens said by this step, at least one unless ended.
        """
        constraint = self._constraint
        begun: list[int] = []
        if constraint is not None:
            if not self.said:
                begun = constraint.forced()
            if not begun:
                row = constraint.mask(row)
        tokens = begun or self._choose(row)
        if begun:
            self.forced += len(begun)
        self.said += tokens
        self.position += len(tokens)
        self._settle()
        return tokens

    def _choose(self, row: Row) -> list[int]:
        if self._constraint is not None and self._constraint.error:
            return []
        token = int(np.argmax(self._perturbed(row)))
        if self._runtime.is_end(token):
            self._finish()
            return []
        must = self._constraint.take(token) if self._constraint is not None else []
        self.forced += len(must)
        return [token, *must]

    def _perturbed(self, row: Row) -> Row:
        """Gumbel noise turns the largest value into a sample (Gumbel-max trick)."""
        if self._job.temperature == 0:
            return row
        noise = self._random.gumbel(size=row.shape).astype(np.float32)
        return row / np.float32(self._job.temperature) + noise

    def _settle(self) -> None:
        constraint = self._constraint
        if self.result is not None:
            return
        if constraint is not None and constraint.error:
            self.result = Failure(why="grammar", detail=constraint.error)
        elif constraint is not None and constraint.complete:
            self._finish()
        elif len(self.said) >= self._job.max_tokens:
            self.result = Failure(why="length", detail=f"cut at {self._job.max_tokens} tokens")

    def _finish(self) -> None:
        data = b"".join(map(self._runtime.piece, self.said))
        self.result = Generated(
            text=data.decode("utf-8", "replace"), tokens=len(self.said), forced=self.forced
        )
