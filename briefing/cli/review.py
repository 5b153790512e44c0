"""``briefing review``: a person goes through a briefing; decisions go to a file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing import document
from briefing.cli import console, eval_bench, places
from briefing.cli.checks import Checks

if TYPE_CHECKING:
    from briefing.review.decisions import Review
    from briefing.types import Briefing


@dataclass(frozen=True)
class _Asked:
    """The briefing under review, where its decisions lie, and those that hold for it."""

    file: Path
    place: Path
    briefing: Briefing
    review: Review


def review(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="Briefing file.")],
    reviewer: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Who decides; is kept with each decision.")
    ] = "",
    dated: Annotated[
        bool, typer.Option("--dated", help="Keep the time of each decision as well.")
    ] = False,
    listing: Annotated[
        bool, typer.Option("--list", help="Only print what is decided and what is not.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the briefing as the decisions leave it.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where --apply writes; else stdout."),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option("--from", metavar="OLD.review.json", help="Take over what still holds."),
    ] = None,
    exported: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help="Add decisions that a page exported."),
    ] = None,
    judge: Annotated[
        bool, typer.Option("--judge", help="Check edited sentences with the model as well.")
    ] = False,
    settings_file: eval_bench.ConfigOption = None,
) -> None:
    """Accept, edit, reject or comment on each item, with its passages before you.

    Decisions are kept in FILE.review.json after each key; the briefing itself is not changed.

    Example: briefing review briefing.json --as "Ann Lee"
    """
    if listing and apply:
        raise typer.BadParameter("give one of the two", param_hint="--list, --apply")
    if output is not None and not apply:
        raise typer.BadParameter("it is where --apply writes", param_hint="--output")
    from briefing.review.decisions import place_for

    place = place_for(file)
    read = [path for path in (file, place, previous, exported) if path is not None]
    places.check([output], read)
    asked = _asked(file, place, previous, exported)
    checks = Checks(context, judge, settings_file)
    if listing:
        console.result(_table(asked))
    elif apply:
        _apply(asked, output, checks)
    else:
        from briefing.cli import reviewing
        from briefing.review.keeping import Ledger
        from briefing.review.session import Signature

        time = (lambda: datetime.now(UTC).isoformat(timespec="seconds")) if dated else None
        ledger = Ledger(asked.place, asked.briefing)
        desk = reviewing.Desk(asked.briefing, ledger, Signature(reviewer), time, checks)
        reviewing.go_through(desk, asked.review)


def _asked(file: Path, place: Path, previous: Path | None, exported: Path | None) -> _Asked:
    from briefing.review.decisions import Review, load_decisions, merge, news, settle
    from briefing.review.keeping import Ledger

    briefing = document.load(file)
    # Ids mean an item only in the briefing that has them: each file is settled by itself first.
    before = settle(load_decisions(previous), briefing) if previous else Review()
    page = settle(load_decisions(exported), briefing) if exported else Review()

    def joined(kept: Review) -> Review:
        mine = merge(before, kept)
        added = news(mine, page)
        replaced = [each for each in added.decisions if (mine.of(each.item) or each) != each]
        if replaced:
            console.say(f"{len(replaced)} decisions that were there are replaced")
        return settle(merge(mine, added), briefing)

    ledger = Ledger(place, briefing)
    if previous is None and exported is None:
        held = settle(ledger.current(Review()), briefing)
    else:
        held = ledger.changed(joined)
        console.say(f"wrote {place}: {len(held.decisions)} decisions hold")
    for old in held.outdated:
        decision = old.decision
        console.say(f"outdated: {decision.decision} of {decision.item} ({old.reason})")
    return _Asked(file, place, briefing, held)


def _apply(asked: _Asked, output: Path | None, checks: Checks) -> None:
    from briefing.review.applying import apply
    from briefing.review.checking import verdicts
    from briefing.review.session import begin

    left = begin(asked.briefing, asked.review).undecided
    with checks:
        said = verdicts(asked.briefing, asked.review, checks)
    for name, verdict in said.items():
        if verdict.verdict != "supported":
            console.say(f"{name}, as edited: the checks say {verdict.verdict}: {verdict.reason}")
    if left:
        console.say(f"{left} items are not decided: they stay as they are")
    text = document.dumps(apply(asked.briefing, asked.review, said))
    places.deliver(text, output)


def _table(asked: _Asked) -> str:
    """A line for each item, and one for each decision that is outdated."""
    from briefing.entries import NOUNS
    from briefing.escaping import fold
    from briefing.review.session import begin
    from briefing.review.showing import state

    session = begin(asked.briefing, asked.review)
    lines = []
    for number, entry in enumerate(session.items, 1):
        decision = asked.review.of(entry.id)
        old = asked.review.outdated_for(entry.id)
        said = state(decision) if decision else "outdated" if old else "not decided"
        lines.append(f"{number:3}  {NOUNS[entry.kind]:14}  {said}")
        lines.append(f"       {fold(entry.text)}")
    lines += [
        f"outdated  {fold(old.decision.item)}  {state(old.decision)} ({fold(old.reason)})"
        for old in asked.review.outdated
    ]
    counts = ", ".join(f"{choice} {number}" for choice, number in session.counts.most_common())
    lines.append(f"{session.undecided} of {len(session.items)} not decided; {counts or 'none yet'}")
    return "".join(f"{line}\n" for line in lines)
