"""The checker: three layers, cheap first, that say whether passages support a statement.

1. Resolution: a statement that cites nothing is unsupported; one that stands in a cited passage,
   whole sentences and word for word, is supported.
2. Facts: what can be read closely without a model. A certain objection decides.
3. Judge: where the model finds the statement with another name clearly likelier after the
   passages, that decides; else its answers and lexical features, calibrated to a probability.

Without a calibrated judge the third layer is missing, and what the first two leave open is
unclear. Unclear is never support.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from briefing.grounding import facts
from briefing.grounding.calibration import Calibration
from briefing.grounding.claims import split_claims
from briefing.grounding.evidence_set import best, context_of, evidence_for
from briefing.grounding.features import doubt_features, lexical_features, parsed_features
from briefing.grounding.identity import stands_in
from briefing.grounding.judge import Judge
from briefing.grounding.reading import Reading, read, read_all
from briefing.grounding.reasons import reason_for
from briefing.grounding.rivals import Rival, rivals
from briefing.grounding.verdicts import (
    Claim,
    ClaimVerdict,
    Ground,
    Objection,
    StatementVerdict,
    Task,
)
from briefing.types import Verdict

Progress = Callable[[int, int], None]


@dataclass
class _Case:
    """A statement under way; ``readings`` are of the statement and of its evidence."""

    task: Task
    grounds: tuple[Ground, ...]
    evidence: tuple[Ground, ...] = ()
    verbatim: bool = False
    claims: list[Claim] = field(default_factory=list)
    objections: list[list[Objection]] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()

    @property
    def certain(self) -> bool:
        return any(o.certain for found in self.objections for o in found)

    @property
    def decided(self) -> bool:
        return self.verbatim or not self.grounds or self.certain


class LayeredChecker:
    """Checks statements with the layers that are there; see :class:`verdicts.Checker`.

    ``thorough`` asks the judge also where the facts layer decided, for calibration.
    """

    def __init__(
        self,
        judge: Judge | None = None,
        calibration: Calibration | None = None,
        *,
        thorough: bool = False,
    ) -> None:
        self._judge = judge
        self._calibration = calibration
        self._thorough = thorough

    def check(
        self, tasks: Sequence[Task], progress: Progress | None = None
    ) -> list[StatementVerdict]:
        """A verdict for each task, in order."""
        cases = [_prepared(task, task.cited, task.rest) for task in tasks]
        self._ask(cases, progress)
        verdicts = [self._verdict(case) for case in cases]
        elsewhere = self._elsewhere(tasks, verdicts)
        return [
            _with_elsewhere(verdict, elsewhere.get(task.id, ()))
            for task, verdict in zip(tasks, verdicts, strict=True)
        ]

    def _ask(self, cases: Sequence[_Case], progress: Progress | None = None) -> None:
        """Add the model's answers to the features of the cases that are still open."""
        if self._judge is None or (self._calibration is None and not self._thorough):
            return
        asked = [c for c in cases if c.grounds and (self._thorough or not c.decided)]
        pairs = [(_passages(case.evidence), case.task.statement) for case in asked]
        for case, margins in zip(asked, self._judge.margins(pairs, progress), strict=True):
            case.features |= margins or {}
        _compare(asked, self._judge)

    def _elsewhere(
        self, tasks: Sequence[Task], verdicts: Sequence[StatementVerdict]
    ) -> dict[str, tuple[str, ...]]:
        """Passages that were not cited and support what the cited ones do not, by task."""
        cases = [
            _prepared(task, best(split_claims(read(task.statement)), task.rest), task.cited)
            for task, verdict in zip(tasks, verdicts, strict=True)
            if task.rest and verdict.verdict != "supported"
        ]
        self._ask(cases)
        found = {case.task.id: self._verdict(case) for case in cases}
        return {
            case.task.id: tuple(ground.id for ground in case.evidence)
            for case in cases
            if found[case.task.id].verdict == "supported"
        }

    def _verdict(self, case: _Case) -> StatementVerdict:
        verdict, probability = self._decide(case)
        claims = tuple(
            ClaimVerdict(
                claim=claim,
                verdict="unsupported" if any(o.certain for o in objections) else verdict,
                probability=probability,
                objections=tuple(objections),
                grounds=tuple(ground.id for ground in case.evidence),
            )
            for claim, objections in zip(case.claims, case.objections, strict=True)
        )
        if case.certain and any(each.verdict == "supported" for each in claims):
            verdict = "partly"
        return StatementVerdict(
            id=case.task.id,
            verdict=verdict,
            probability=probability,
            reason=reason_for(verdict, probability, claims, case.verbatim, bool(case.grounds)),
            claims=claims,
            features=case.features,
        )

    def _decide(self, case: _Case) -> tuple[Verdict, float | None]:
        calibration = self._calibration
        if not case.grounds:
            return "unsupported", 0.0
        if case.verbatim:
            return "supported", 1.0
        if case.certain:
            return "unsupported", calibration.certain if calibration else 0.0
        if calibration is None or not set(calibration.questions) <= case.features.keys():
            return "unclear", None
        probability = calibration.probability(case.features)
        if probability >= calibration.supported_at:
            return "supported", probability
        low = probability <= calibration.unsupported_at
        return ("unsupported" if low else "unclear"), probability


def _prepared(task: Task, grounds: tuple[Ground, ...], others: tuple[Ground, ...] = ()) -> _Case:
    """The first two layers. ``others`` are passages that only tell who is who."""
    case = _Case(task, grounds)
    statement = read(task.statement)
    case.claims = split_claims(statement)
    if not grounds:
        case.objections = [[] for _ in case.claims]
        return case
    case.evidence = evidence_for(case.claims, grounds)
    evidence = read_all((ground.text, ground.published) for ground in case.evidence)
    case.verbatim = stands_in(statement, evidence)
    case.readings = (statement, *evidence)
    beside = context_of(task.statement, case.evidence, others)
    context = read_all((ground.text, ground.published) for ground in beside)
    doubts = []
    for claim in case.claims:
        counts, found = ({}, []) if case.verbatim else _facts(claim, statement, evidence, context)
        doubts.append(counts)
        case.objections.append(found)
    case.features = {
        **lexical_features(task.statement, [ground.text for ground in grounds]),
        **parsed_features(statement, evidence),
        **{f"doubts_{name}": 0.0 for name in facts.CHECKS},
        **doubt_features(doubts),
        "claims": float(len(case.claims)),
    }
    return case


def _facts(
    claim: Claim, statement: Reading, evidence: Sequence[Reading], context: Sequence[Reading]
) -> tuple[dict[str, int], list[Objection]]:
    reading = statement if claim.text == statement.text else read(claim.text)
    return facts.objections(reading, evidence, context)


def _compare(cases: Sequence[_Case], judge: Judge) -> None:
    """Object where the passages rather say the same of somebody else."""
    found = [(case, rivals(case.readings[0], case.readings[1:])) for case in cases]
    named = [(case, others) for case, others in found if others]
    asked = [(_passages(c.evidence), c.task.statement, others) for c, others in named]
    for (case, _), compared in zip(named, judge.compared(asked), strict=True):
        if compared is not None:
            case.features["rivals"] = compared.margin
            if compared.lost:
                _object(case, compared.best)


def _object(case: _Case, rival: Rival) -> None:
    """Add the objection to the claim that has the name."""
    named = (n for n, claim in enumerate(case.claims) if rival.words in claim.text)
    case.objections[next(named, 0)].append(
        Objection(
            kind="rival",
            words=rival.words,
            reason=f"the passages rather say this of “{rival.instead}” than of “{rival.words}”",
            certain=True,
            layer="judge",
        )
    )


def _passages(grounds: Sequence[Ground]) -> str:
    return "\n".join(ground.text for ground in grounds)


def _with_elsewhere(verdict: StatementVerdict, found: tuple[str, ...]) -> StatementVerdict:
    if not found:
        return verdict
    claims = tuple(
        claim.model_copy(update={"elsewhere": found}) if claim.verdict != "supported" else claim
        for claim in verdict.claims
    )
    reason = f"{verdict.reason}; passages that it does not cite support it"
    return verdict.model_copy(update={"claims": claims, "reason": reason})
