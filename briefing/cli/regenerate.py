"""``briefing regenerate``: a briefing file redone where something changed."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import config, document
from briefing import render as rendering
from briefing.cli import console, options, places
from briefing.types import Briefing

if TYPE_CHECKING:
    from briefing.forecast import Forecast
    from briefing.regenerate import Recorded
    from briefing.sources import Reading

_STAGES = {
    "scoring": "weighing sentences",
    "joining": "joining what sources tell alike",
    "questions": "wording open questions",
}


def regenerate(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    prompts: options.PromptsOption = None,
    template: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="Output template; alone, it needs no model."),
    ] = None,
    model: options.ModelOption = None,
    endpoint: options.EndpointOption = None,
    allow_remote: options.AllowRemoteOption = None,
    topic: options.TopicOption = None,
    title: options.TitleOption = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="SOURCE", help="Further document; may be repeated."),
    ] = None,
    output: options.OutputOption = None,
    json: options.JsonOption = None,
    output_format: options.FormatOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be computed, and how long.")
    ] = False,
    base: Annotated[
        Path, typer.Option("--base", metavar="DIR", help="Where relative paths of documents start.")
    ] = Path(),
    settings_file: options.ConfigOption = None,
) -> None:
    """Redo what a new prompt set, model, topic or document changes, and nothing else.

    The texts come from FILE.json, the settings from what it records. What is as it was is taken
    from the store. A new template alone needs no model.

    Example: briefing regenerate briefing.json --prompts court -o court.md --json court.json
    """
    flags: dict[str, object] = {
        "prompts": prompts,
        "template": template,
        "model": model,
        "endpoint": endpoint,
        "allow_remote": allow_remote,
        "topic": topic,
        "title": title,
    }
    given = {name for name, value in flags.items() if value is not None}
    settings = config.load(flags, os.environ, Path.cwd(), settings_file)
    wanted = options.format_of(output_format, output)
    made = document.load(file)
    asked = _Asked(file, made, settings, frozenset(given), base, tuple(add or ()))
    places.check([output, json], asked.documents)
    rendering.check_template(*rendering.find_template(settings.template))
    if dry_run:
        _plan(asked)
        return
    if not asked.template_only:
        made = _redo(asked)
    if json is not None:
        document.save(made, json)
        console.say(f"wrote {json}")
    name, folder = rendering.find_template(settings.template)
    places.deliver_rendered(rendering.render_file(made, name, wanted, folder), output)


@dataclass(frozen=True)
class _Asked:
    """What the user asks for: ``given`` are the settings that were given as flags."""

    file: Path
    briefing: Briefing
    settings: config.Settings
    given: frozenset[str]
    base: Path
    add: tuple[str, ...]

    @property
    def template_only(self) -> bool:
        """Whether nothing is to be computed."""
        return self.given == {"template"} and not self.add

    @property
    def documents(self) -> list[Path]:
        """Every file that is read."""
        originals = [self.base / s.path for s in self.briefing.sources if s.path]
        if not self.add:
            return [self.file, *originals]
        from briefing.sources.inputs import Input, find

        found = [i for i in find(self.add) if isinstance(i, Input) and i.kind == "file"]
        return [self.file, *originals, *(Path(item.name) for item in found)]


def _redo(asked: _Asked) -> Briefing:
    from briefing.cli.progress import reporting
    from briefing.model.opening import open_store, opened
    from briefing.regenerate import Recorded, redo
    from briefing.runlog import Stopwatch

    began = time.monotonic()
    recorded = Recorded(asked.briefing, asked.file)
    settings = _settings(asked, recorded)
    with reporting() as report:
        reading = _reading(asked, settings)
        store = open_store(settings)
        with opened(settings, store) as engine:
            _say_changes(recorded.changes(settings, engine.info, reading))
            made = redo(asked.briefing, reading, settings, engine, store, Stopwatch(report))
    for stage, work in made.work.items():
        label = _STAGES.get(stage, stage)
        console.say(f"{label}: {work.reused} answers reused, {work.computed} computed")
    if not made.work:
        console.say("nothing was computed: the briefing was kept from an earlier run")
    console.say(f"{time.monotonic() - began:.1f} s")
    return made.briefing


def _plan(asked: _Asked) -> None:
    if asked.template_only:
        console.result("Nothing to compute: a new template needs no model.\n")
        return
    from briefing.cli.progress import reporting
    from briefing.forecast import forecast
    from briefing.model.opening import open_store, opened
    from briefing.model.vocabulary import WhenAsked
    from briefing.regenerate import Recorded

    recorded = Recorded(asked.briefing, asked.file)
    settings = _settings(asked, recorded)
    reading = _reading(asked, settings)
    store = open_store(settings)
    with opened(settings, store) as engine, reporting() as report:
        _say_changes(recorded.changes(settings, engine.info, reading))
        tokens = WhenAsked(settings)
        found = forecast(reading, settings, engine.info, store, tokens, report)
    console.result(_table(found))


def _settings(asked: _Asked, recorded: Recorded) -> config.Settings:
    from briefing.model.catalogue import load
    from briefing.prompts import PromptSet

    if "prompts" in asked.given:
        PromptSet(asked.settings.prompts)  # the simplest mistake is told first
    names = [entry.name for entry in load().models]
    settings = recorded.settings(asked.settings, asked.given, names)
    if settings.endpoint or "model" in asked.given:
        return settings
    from briefing.model.runtime import build_info

    return recorded.on_this_machine(settings, build_info())


def _reading(asked: _Asked, settings: config.Settings) -> Reading:
    from briefing.pipeline import read_options
    from briefing.regenerate import joined, sources_of
    from briefing.sources import read

    kept = sources_of(asked.briefing, asked.file, asked.base)
    stdin = sys.stdin.buffer.read() if "-" in asked.add else None
    more = read(asked.add, read_options(settings, stdin)) if asked.add else None
    return joined(asked.briefing, kept, more)


def _say_changes(changes: list[str]) -> None:
    for change in changes or ["nothing changed since the briefing was made"]:
        console.say(change)


def _table(found: Forecast) -> str:
    if found.kept:
        return "Nothing to compute: this very briefing was kept from an earlier run.\n"
    lines = []
    certain = True
    for stage, plan in found.stages.items():
        most = "" if certain else "up to "
        lines.append(
            f"{_STAGES.get(stage, stage)}: {plan.reused} answers reused, {most}{plan.computed} to"
            f" compute ({most}{plan.tokens:,} tokens to read, {plan.written:,} to write)"
        )
        certain = certain and not plan.computed
    if not any(plan.computed for plan in found.stages.values()):
        lines.append("The model has nothing to do.")
    else:
        pace = f"{found.pace.prefill:.0f} tokens/s read, {found.pace.decode:.0f} written"
        lines.append(
            f"About {_time(found.seconds)} of the model's time ({pace}; {found.pace.about})"
        )
        lines.append(f"Tokens {found.counted}")
    return "".join(f"{line}\n" for line in lines)


def _time(seconds: float) -> str:
    minutes, rest = divmod(max(1, round(seconds)), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
