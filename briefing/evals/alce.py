"""Citation recall and precision by ALCE's definitions (Gao et al. 2023, arXiv 2305.14627, 3).

Recall of a statement is 1 if all that it cites, taken together, fully supports it. Precision of a
citation is 1 if its statement has recall 1 and it is not irrelevant, that is: it supports the
statement alone, or the rest without it does not. The checker stands where ALCE has an entailment
model. It is asked in three rounds, all statements at once, and never twice the same:

1. everything that a statement cites;
2. for those with recall 1 and several citations, each citation alone;
3. for each that is not enough alone, the rest without it (with two, that was round 2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from briefing.errors import BriefingError, InternalError
from briefing.grounding.verdicts import Checker, Ground, StatementVerdict, Task

Progress = Callable[[int, int], None]
Group = tuple[Ground, ...]
"""The passages of one citation; none where it leads nowhere."""


@dataclass(frozen=True)
class Cited:
    """A statement with the passages of each of its citations, and the ``rest`` of their sources."""

    id: str
    statement: str
    groups: tuple[Group, ...]
    rest: Group = ()

    @property
    def distinct(self) -> tuple[Group, ...]:
        """The groups, each once: citing the same passage twice is one citation."""
        return tuple({tuple(g.id for g in group): group for group in self.groups}.values())


@dataclass(frozen=True)
class Outcome:
    """What was found about one statement; ``error`` where the checker failed on it.

    ``recall``: whether all that is cited fully supports it, taken together. ``precise`` has
    one entry for each of ``Cited.distinct``.
    """

    verdict: StatementVerdict | None = None
    recall: bool = False
    precise: tuple[bool, ...] = ()
    error: str = ""


def judge(
    statements: Sequence[Cited], checker: Checker, progress: Progress | None = None
) -> list[Outcome]:
    """Recall and precision for each of ``statements``, in order."""
    asked = _Asked(checker, progress)
    asked.ask([_Question(s, s.distinct, s.rest) for s in statements])
    several = [s for s in statements if len(s.distinct) > 1 and asked.supports(s, s.distinct)]
    asked.ask([_Question(s, (group,)) for s in several for group in s.distinct])
    asked.ask(
        [
            _Question(s, _without(s.distinct, at))
            for s in several
            for at, group in enumerate(s.distinct)
            if not asked.supports(s, (group,))
        ]
    )
    return [_outcome(statement, asked) for statement in statements]


class _Question(NamedTuple):
    """Do the passages of ``groups`` support the statement?"""

    about: Cited
    groups: tuple[Group, ...]
    rest: Group = ()

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        return self.about.statement, frozenset(g.id for group in self.groups for g in group)

    @property
    def task(self) -> Task:
        grounds = {ground.id: ground for group in self.groups for ground in group}
        return Task(
            id=self.about.id,
            statement=self.about.statement,
            cited=tuple(grounds.values()),
            rest=self.rest,
        )


class _Asked:
    """What the checker has said so far; an error is kept as its text."""

    def __init__(self, checker: Checker, progress: Progress | None) -> None:
        self._checker = checker
        self._progress = progress
        self._answers: dict[tuple[str, frozenset[str]], StatementVerdict | str] = {}

    def ask(self, questions: Sequence[_Question]) -> None:
        new = {q.key: q for q in questions if q.key not in self._answers and self._answerable(q)}
        answers = self._answered([q.task for q in new.values()])
        self._answers |= dict(zip(new, answers, strict=True))

    def answer(self, statement: Cited, groups: tuple[Group, ...]) -> StatementVerdict | str | None:
        """None where no passage was there to ask about."""
        return self._answers.get(_Question(statement, groups).key)

    def supports(self, statement: Cited, groups: tuple[Group, ...]) -> bool:
        answer = self.answer(statement, groups) if any(groups) else None
        return isinstance(answer, StatementVerdict) and answer.verdict == "supported"

    def _answerable(self, question: _Question) -> bool:
        """Nothing is supported by no passages; the first round asks where it is supported."""
        return bool(question.key[1] or question.rest)

    def _answered(self, tasks: Sequence[Task]) -> list[StatementVerdict | str]:
        if not tasks:
            return []
        try:
            return list(self._checker.check(tasks, self._progress))
        except BriefingError as error:
            if not isinstance(error, InternalError):
                raise
            return [self._alone(task) for task in tasks]
        except Exception:  # noqa: BLE001 (one statement must not cost the others their verdicts)
            return [self._alone(task) for task in tasks]

    def _alone(self, task: Task) -> StatementVerdict | str:
        try:
            return self._checker.check([task])[0]
        except BriefingError as error:
            if not isinstance(error, InternalError):
                raise
            return error.message
        except Exception as error:  # noqa: BLE001
            return f"{type(error).__name__}: {error}"


def _without(groups: tuple[Group, ...], at: int) -> tuple[Group, ...]:
    return (*groups[:at], *groups[at + 1 :])


def _outcome(statement: Cited, asked: _Asked) -> Outcome:
    groups = statement.distinct
    needed = [groups]
    if asked.supports(statement, groups) and len(groups) > 1:
        needed += [(group,) for group in groups]
        needed += [
            _without(groups, at)
            for at, group in enumerate(groups)
            if not asked.supports(statement, (group,))
        ]
    answers = [asked.answer(statement, each) for each in needed]
    error = next((answer for answer in answers if isinstance(answer, str)), "")
    verdict = answers[0] if isinstance(answers[0], StatementVerdict) else None
    if error:
        return Outcome(error=error)
    if verdict is None:
        verdict = _nothing_cited(statement)
    elif verdict.verdict == "supported" and not any(groups):
        verdict = verdict.model_copy(update={"verdict": "unsupported"})
    recall = verdict.verdict == "supported"
    precise = tuple(
        recall
        and (
            len(groups) == 1
            or asked.supports(statement, (group,))
            or not asked.supports(statement, _without(groups, at))
        )
        for at, group in enumerate(groups)
    )
    return Outcome(verdict, recall, precise)


def _nothing_cited(statement: Cited) -> StatementVerdict:
    reason = "what it cites is not there" if statement.groups else "it cites nothing"
    return StatementVerdict(id=statement.id, verdict="unsupported", reason=reason)
