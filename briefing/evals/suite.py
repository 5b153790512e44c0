"""``briefing eval suite``: briefings made from the sources of cases, judged and compared.

One case is run by :func:`run_case`, whoever asks: the command line, pytest, or Inspect. What a case
found is kept under a key of everything that it depends on, and used again. A baseline is run as a
case of its own: only the way in which its briefing is made differs.
"""

from __future__ import annotations

import glob
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import Field, ValidationError

from briefing.choose import MOST
from briefing.config import Settings
from briefing.errors import BriefingError, SourceError, UserError
from briefing.evals.cases import Case
from briefing.evals.gold import Located, compare, locate
from briefing.evals.lead_baseline import lead
from briefing.evals.plain_baseline import plain
from briefing.evals.report import EvalReport, Item
from briefing.evals.suite_bench import Bench, data_digest
from briefing.model.cached import CachedEngine
from briefing.model.jobs import Engine
from briefing.pipeline import brief, read_options
from briefing.prompts import PromptSet
from briefing.remember import briefing_key
from briefing.runlog import Report
from briefing.sources import Reading, read
from briefing.store import key_of
from briefing.types import Briefing, LeftOut, Value

About = dict[str, str | int | float | bool | None]
"""What a result depends on, for the report."""
Baseline = Literal["lead", "plain"]
BASELINES: Final[tuple[Baseline, ...]] = get_args(Baseline)
OURS: Final = "ours"
"""The column of our own briefings beside baselines, where prompt sets do not name several."""


@dataclass(frozen=True)
class Trial:
    """A case under the settings it is run with; ``group`` names it in figures.

    ``baseline`` None: our own briefing. ``as_many`` is how many outcomes a baseline shows that has
    no measure of its own, and at most what another shows; None: as many as the settings allow.
    """

    case: Case
    settings: Settings
    group: str
    baseline: Baseline | None = None
    as_many: int | None = None


class CaseResult(Value):
    """What one case found; or ``error``, and then nothing was measured.

    ``kept`` says that it is from an earlier run: ``seconds`` are of that one.
    """

    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    about: About = Field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""
    kept: bool = False

    @property
    def outcomes(self) -> int:
        """How many outcomes were shown."""
        return sum(i.kind == "statement" and i.section == "outcomes" for i in self.items)


def trials(
    cases: Sequence[Case],
    base: Settings,
    *,
    sets: Sequence[str] = (),
    model: str | None = None,
    baselines: Sequence[Baseline] = (),
) -> tuple[Trial, ...]:
    """Every case once with each of the prompt ``sets``, or else with its own, and each baseline.

    ``sets`` and ``model`` come before what a case says, and that before ``base``. Trials with the
    same model stand together, baselines behind.

    Raises: TemplateError for an unknown set; UserError for two columns of one name.
    """
    names = [PromptSet(each).name for each in sets]
    if len(names) < 2 and baselines:
        names = [OURS]
    columns = [*names, *baselines]
    if len(set(columns)) < len(columns):
        raise UserError(f"two columns have one name: {', '.join(columns)}", "Rename a folder.")
    found = []
    for prompts, name in zip(sets or (None,), names or ("",), strict=True):
        for case in cases:
            group = f"{name}/{case.name}" if len(columns) > 1 else case.name
            found.append(Trial(case, _settings(case, base, prompts, model), group))
    for way in baselines:
        for case in cases:
            settings = _settings(case, base, None, model)
            found.append(Trial(case, settings, f"{way}/{case.name}", way))
    order = list(dict.fromkeys(trial.settings.model for trial in found))
    return tuple(sorted(found, key=lambda trial: order.index(trial.settings.model)))


def run_all(
    planned: Sequence[Trial], bench: Bench, report: Report | None = None
) -> Iterator[tuple[Trial, CaseResult]]:
    """Run ``planned`` in order; baselines show as many outcomes as the briefing before them."""
    shown: dict[str, int] = {}
    for given in planned:
        trial = given
        if given.baseline is not None:
            trial = replace(given, as_many=shown.get(given.case.name))
        result = run_case(trial, bench, report and _named(report, trial.group))
        if trial.baseline is None and not result.error:
            shown.setdefault(trial.case.name, result.outcomes)
        yield trial, result


def _named(report: Report, group: str) -> Report:
    """Progress that says of which case it is."""
    return lambda stage, done, of: report(f"{group}: {stage}", done, of)


def _settings(case: Case, base: Settings, prompts: str | None, model: str | None) -> Settings:
    said = case.file
    given = {
        **base.model_dump(),
        **said.settings,
        "topic": said.topic,
        "prompts": prompts or (case.beside(said.prompts) if said.prompts else base.prompts),
        "model": model or (case.beside(said.model) if said.model else base.model),
        "include_text": True,
    }
    return Settings.model_validate(given)


def run_case(trial: Trial, bench: Bench, report: Report | None = None) -> CaseResult:
    """Run ``trial``, or take what is kept of it. What goes wrong is its ``error``."""
    try:
        return _run(trial, bench, report)
    except BriefingError as error:
        return CaseResult(error=" ".join(part for part in (error.message, error.hint) if part))
    except Exception as error:  # noqa: BLE001 (one case must not cost the others theirs)
        return CaseResult(error=f"{type(error).__name__}: {error}")


def source_files(case: Case) -> list[Path]:
    """The files that ``case`` reads, as far as they are there."""
    from briefing.sources.inputs import find

    found = [case.path, *([case.folder / case.file.gold] if case.file.gold else [])]
    for given in _inputs(case):
        with suppress(SourceError):
            found += [Path(i.name) for i in find([given]) if not isinstance(i, LeftOut)]
    return found


def _run(trial: Trial, bench: Bench, report: Report | None) -> CaseResult:
    case, settings = trial.case, trial.settings
    reading = reading_of(case, settings)
    located = None
    if case.gold is not None:
        place = str(case.folder / (case.file.gold or ""))
        located = locate(case.gold, reading.sources, place)
    engine = bench.engine(settings)
    key = _key(trial, reading, engine, bench)
    kept = None if bench.fresh else _kept(bench, key)
    if kept is not None:
        return kept
    began, unanswered = time.perf_counter(), _unanswered(engine)
    made = _made(trial, reading, engine, report)
    judged = _judged(trial, made, bench, report)
    found = compare(made, located or Located())
    items = [_with(item, found.shown.get(item.id, {})) for item in judged.items]
    left = (f"Left out: {e.name}: {e.reason}" for e in reading.left_out)
    own = made.notes if trial.baseline else ()
    result = CaseResult(
        items=(*items, *found.items),
        notes=(*judged.notes, *own, *left),
        about=_case_about(trial, engine, bench),
        seconds=time.perf_counter() - began,
    )
    if _unanswered(engine) == unanswered:  # what an endpoint failed at now it may do later
        bench.store.put(key, result.model_dump_json().encode("utf-8"))
    return result


def _made(trial: Trial, reading: Reading, engine: Engine, report: Report | None) -> Briefing:
    """The briefing of ``trial``, made in its way."""
    if trial.baseline is None:
        return brief(reading, trial.settings, engine, report)
    most = trial.settings.max_outcomes if trial.as_many is None else trial.as_many
    if trial.baseline == "lead":
        return lead(reading.sources, MOST if most is None else most)

    def told(done: int, of: int) -> None:
        if report is not None:
            report("asking plainly", done, of)

    limits = trial.settings.model_copy(update={"max_outcomes": most})
    return plain(reading.sources, limits, engine, told)


def _judged(trial: Trial, made: Briefing, bench: Bench, report: Report | None) -> EvalReport:
    """What ``briefing eval file`` says of the briefing."""
    from briefing.evals.briefings import of_briefing
    from briefing.evals.file import evaluate
    from briefing.evals.given import Given

    place = trial.case.folder / f"{trial.case.name}.json"
    subject = of_briefing(made, place, Given(files=tuple(source_files(trial.case))))

    def told(done: int, of: int) -> None:
        if report is not None:
            report("checking", done, of)

    return evaluate(subject, bench.checker(trial.settings), progress=told)


def _inputs(case: Case) -> list[str]:
    """The sources as paths and patterns from the root, whatever the folder is called."""
    home = case.folder.absolute()
    return [
        os.path.join(glob.escape(str(home)), name)  # noqa: PTH118 (a pattern is no path)
        if glob.has_magic(name) and not (home / name).exists()
        else str(home / name)
        for name in case.file.sources
    ]


def reading_of(case: Case, settings: Settings) -> Reading:
    """The sources, named from the case's file: where they lie here is nobody's business."""
    options = read_options(settings).model_copy(update={"offline": True})
    found = read(_inputs(case), options)
    sources = [s.model_copy(update={"path": _relative(s.path or "", case)}) for s in found.sources]
    left = [each.model_copy(update={"name": _relative(each.name, case)}) for each in found.left_out]
    return found.model_copy(update={"sources": tuple(sources), "left_out": tuple(left)})


def _relative(path: str, case: Case) -> str:
    return Path(os.path.relpath(path, case.folder)).as_posix()


def _key(trial: Trial, reading: Reading, engine: Engine, bench: Bench) -> str:
    hashes = PromptSet(trial.settings.prompts).hashes
    return key_of(
        "case",
        briefing=briefing_key(reading, trial.settings, engine.info, hashes),
        gold=trial.case.gold,
        judge=bench.judge,
        data=data_digest(),
        baseline=[trial.baseline, trial.as_many],
    )


def _kept(bench: Bench, key: str) -> CaseResult | None:
    data = bench.store.get(key)
    try:
        found = None if data is None else CaseResult.model_validate_json(data)
    except ValidationError:  # of a version with other fields
        return None
    return found and found.model_copy(update={"kept": True})


def _unanswered(engine: Engine) -> int:
    return engine.unanswered if isinstance(engine, CachedEngine) else 0


def _with(item: Item, scores: dict[str, float]) -> Item:
    return item.model_copy(update={"scores": item.scores | scores}) if scores else item


def _case_about(trial: Trial, engine: Engine, bench: Bench) -> About:
    if trial.baseline == "lead":
        return {"model": None, "judge": bench.judge}
    prompts = PromptSet(trial.settings.prompts)
    hashes = " ".join(f"{name}={digest}" for name, digest in prompts.hashes.items())
    return {
        "model": engine.info.model.get("name"),
        "model_sha256": engine.info.model.get("sha256"),
        "judge": bench.judge,
        "seed": trial.settings.seed,
        "prompts": prompts.name,
        "prompts_sha256": sha256(hashes.encode("utf-8")).hexdigest()[:16],
    }
