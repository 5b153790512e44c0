"""The whole program: sources in, :class:`~briefing.types.Briefing` out, stage by stage."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing import __version__, beside
from briefing.account import notes, run_of
from briefing.across import disagreements
from briefing.across.actors import actors
from briefing.across.candidates import candidates
from briefing.across.elsewhere import elsewhere
from briefing.across.nearness import Nearness, nearness
from briefing.across.outgrown import outgrown
from briefing.across.publication import day_of
from briefing.across.retellings import retellings
from briefing.across.timeline import timeline
from briefing.across.told import told_in
from briefing.bottom_line import bottom_line
from briefing.compose import Composer
from briefing.config import Settings
from briefing.evidence import Citer, supporting
from briefing.extract.articles import Article, analyse
from briefing.extract.questions import ask
from briefing.extract.quoted import quotes
from briefing.extract.select import Ranked, Selection, rank
from briefing.extract.shorten import Parse
from briefing.language import pipeline
from briefing.merge import Comparer
from briefing.model import heads
from briefing.model.cached import CachedEngine
from briefing.model.jobs import Engine
from briefing.naming import title_of
from briefing.origins import Origins, find_origins
from briefing.parses import parser, parser_of_all
from briefing.prompts import PromptSet
from briefing.remember import briefing_key, remembered
from briefing.runlog import Report, Stopwatch, record
from briefing.source_days import source_days
from briefing.sources import Reading, ReadOptions, read
from briefing.sources.genre import genre_of
from briefing.store import NullStore, ResultStore, Store
from briefing.summaries import summaries
from briefing.tally import Tally, Work, stats_of
from briefing.types import Briefing, Evidence, Quote, Source

_log = logging.getLogger("briefing")


@dataclass(frozen=True)
class Findings:
    """What the stages before composing found."""

    articles: tuple[Article, ...]
    origins: Origins
    ranked: tuple[Ranked, ...]


def generate(
    inputs: Sequence[str],
    settings: Settings | None = None,
    *,
    engine: Engine | None = None,
    stdin: bytes | None = None,
    report: Report | None = None,
) -> Briefing:
    """Make a briefing from files, folders, patterns, addresses and ``-``.

    ``engine`` is asked instead of the one that ``settings`` name; it is not closed.

    Raises: BriefingError with message and hint.
    """
    settings = settings or Settings()
    watch = Stopwatch(report)
    reading = read(inputs, read_options(settings, stdin), _stage(watch, "reading"))
    if engine is not None:
        return brief(reading, settings, engine, watch)
    from briefing.model.opening import open_store, opened

    store = open_store(settings)
    with opened(settings, store) as own:
        return answered(reading, settings, own, store, watch).briefing


@dataclass(frozen=True)
class Made:
    """A briefing, and the model's work for it by stage: none where it was kept whole."""

    briefing: Briefing
    work: Mapping[str, Work]


def answered(
    reading: Reading, settings: Settings, engine: CachedEngine, store: ResultStore, watch: Stopwatch
) -> Made:
    """The briefing of what was read: from ``store``, or made with ``engine`` and kept there."""
    tally = Tally(engine, watch)

    def make() -> tuple[Briefing, bool]:
        new = brief(reading, settings, engine, tally, store)
        return new, not engine.unanswered

    key = briefing_key(reading, settings, engine.info, PromptSet(settings.prompts).hashes)
    made = remembered(store, key, make)
    for warning in store.warnings:
        _log.warning(warning)
    if isinstance(store, Store):
        answers = {"stored": engine.hits, "computed": engine.misses}
        entry = {"briefing": __version__, "documents": len(reading.sources), "answers": answers}
        speed = {"model": engine.info.model.get("name"), "engine": stats_of(engine.inner)}
        record(store.root, {**entry, **speed, "seconds": watch.seconds()})
    return Made(made, tally.stages)


def brief(
    reading: Reading,
    settings: Settings,
    engine: Engine,
    report: Report | None = None,
    store: ResultStore | None = None,
) -> Briefing:
    """Make a briefing from what was read; ``store`` keeps what needs no model."""
    with parser_of_all(reading.sources, pipeline("en"), store or NullStore()) as parse:
        return _brief(reading, settings, engine, report, store, parse)


def _brief(
    reading: Reading,
    settings: Settings,
    engine: Engine,
    report: Report | None,
    store: ResultStore | None,
    parse: Parse,
) -> Briefing:
    prompts = PromptSet(settings.prompts)
    articles = _analysed(reading.sources, settings, report, store or NullStore())
    findings = find(articles, settings, engine, prompts, report)
    citer = Citer(findings.articles, findings.origins.by_passage)
    comparer = Comparer(findings.articles)
    near = _nearness(findings, comparer, engine, store, settings)
    sentences = told_in(findings.articles, settings.language)
    pairs = candidates(sentences, findings.origins, near)
    composer = Composer(findings.ranked, comparer, citer, settings, parse, outgrown(pairs))
    picks = composer.outcomes()
    told = [pick.told for pick in picks]
    others = retellings(told, comparer, near, engine, prompts, _stage(report, "joining"))
    picks = composer.with_retellings(picks, others)
    # Background has a place of its own, behind what is new.
    figures = elsewhere(pairs, sentences)
    found = [beside.with_figures(composer.outcome(p), p, figures, citer) for p in picks]
    outcomes = sorted(found, key=lambda outcome: outcome.background)
    open_picks, unclear = composer.open_lines()
    if near is not None:
        matters = [pick.told for pick in open_picks]
        again = retellings(matters, comparer, near, engine, prompts)
        open_picks = composer.with_retellings(open_picks, again)
    asked = [p.ranked for p in open_picks]
    written = ask(asked, engine, prompts, parse, _stage(report, "questions"))
    questions = [
        composer.question(pick, text, checks)
        for pick, (text, checks) in zip(open_picks, written, strict=True)
    ]
    said, unshown = quotes(findings.articles, citer.cite, citer.item_id, settings.max_quotes)
    sections = {
        "outcomes": [(o.id, tuple(e for e in o.evidence if e.role != "related")) for o in outcomes],
        "quotes": [(q.id, (*q.evidence, *_other_wordings(q))) for q in said],
        "open_questions": [(u.id, u.evidence) for u in questions],
    }
    sources = tuple(_shown(article, settings) for article in findings.articles)
    parties = {source.id for source in sources if source.genre}
    older = {name for name, day in source_days(sources).items() if day.older}
    # Of what was open on an earlier day a later source may have the answer.
    questions.sort(key=lambda each: older.issuperset(supporting(each.evidence)))
    withheld = [*composer.withheld([*picks, *open_picks], unclear)]
    return Briefing(
        title=settings.title or settings.topic or title_of(findings.articles),
        topic=settings.topic,
        bottom_line=tuple(bottom_line(outcomes, citer, parse, parties, older)),
        outcomes=tuple(outcomes),
        quotes=tuple(said),
        open_questions=tuple(questions),
        disagreements=tuple(
            disagreements(
                findings.articles,
                findings.origins,
                citer,
                language=settings.language,
                pairs=pairs,
                near=near,
            )
        ),
        timeline=tuple(
            timeline(
                findings.articles, findings.origins, citer, comparer, language=settings.language
            )
        ),
        actors=tuple(
            actors(findings.articles, findings.origins, citer, language=settings.language)
        ),
        withheld=tuple(withheld),
        summaries=tuple(summaries(findings.articles, findings.ranked, sections)),
        left_out=reading.left_out,
        sources=sources,
        notes=tuple(notes(findings.articles, findings.ranked, settings, engine, unshown)),
        run=run_of(settings, engine, prompts),
    )


def _analysed(
    sources: Sequence[Source], settings: Settings, report: Report | None, store: ResultStore
) -> list[Article]:
    articles: list[Article] = []
    for number, source in enumerate(sources):
        _tell(report, "analysing", number, len(sources))
        with parser(source, pipeline(settings.language or source.language), store) as parse:
            articles.append(analyse(source, parse))
    _tell(report, "analysing", len(sources), len(sources))
    return articles


def find(
    articles: Sequence[Article],
    settings: Settings,
    engine: Engine,
    prompts: PromptSet,
    report: Report | None = None,
) -> Findings:
    """Everything between reading and composing: tell copies apart, rank."""
    origins = find_origins([(a.source, a.passages) for a in articles])
    articles = [
        replace(a, source=a.source.model_copy(update={"origin": origins.by_source[a.source.id]}))
        for a in articles
    ]
    groups = {**origins.by_source, **origins.by_passage}
    known = heads.find(engine.info, prompts.hashes)
    selection = Selection(topic=settings.topic, max_read=settings.max_read, heads=known)
    ranked = rank(articles, groups, engine, prompts, selection, _stage(report, "scoring"))
    return Findings(tuple(articles), origins, tuple(ranked))


def read_options(settings: Settings, stdin: bytes | None = None) -> ReadOptions:
    """How documents are read under ``settings``."""
    return ReadOptions(
        allow_private_urls=settings.allow_private_urls, offline=settings.offline, stdin=stdin
    )


def _nearness(
    findings: Findings,
    comparer: Comparer,
    engine: Engine,
    store: ResultStore | None,
    settings: Settings,
) -> Nearness | None:
    encoder, kept = engine.info.encoder, store or NullStore()
    return nearness(findings.articles, comparer, encoder, kept, settings.language)


def _other_wordings(quote: Quote) -> Iterator[Evidence]:
    return (evidence for wording in quote.wordings for evidence in wording.evidence)


def _shown(article: Article, settings: Settings) -> Source:
    source = article.source.model_copy(
        update={
            "dated": day_of(article),
            "genre": genre_of(article.passages, settings.language or article.source.language),
        }
    )
    return source if settings.include_text else source.model_copy(update={"text": None})


def _stage(report: Report | None, stage: str) -> Callable[[int, int], None] | None:
    return None if report is None else lambda done, of: report(stage, done, of)


def _tell(report: Report | None, stage: str, done: int, of: int) -> None:
    if report is not None:
        report(stage, done, of)
