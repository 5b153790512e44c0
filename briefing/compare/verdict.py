"""What a comparison comes to, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from briefing.compare.values import Change, Making, RunDifference, Status
from briefing.entries import KINDS, NOUNS, Kind
from briefing.evals.report import Figure

_PLURALS: dict[str, str] = {"timeline entry": "timeline entries", "topic": "the topic"}
_MADE: dict[Making, str] = {
    "model": "the model",
    "prompt": "prompt",
    "topic": "the topic",
    "setting": "setting",
    "seed": "the seed",
    "version": "version of software",
    "source": "source",
}


def verdict(
    letters: tuple[str, str],
    changes: Sequence[Change],
    run: Sequence[RunDifference],
    figures: Iterable[Figure],
) -> Iterator[str]:
    """A sentence each: what the second shows more, what was lost, what changed, and why."""
    first, second = letters
    by_status = {status: _counts(changes, status) for status in ("came", "went", "changed")}
    if not any(by_status.values()):
        yield f"{second} shows the same items as {first}, word for word, on the same passages."
    else:
        yield from _gained(first, second, by_status["came"])
        yield from _lost(first, second, changes, by_status["went"])
        yield from _changed(changes, by_status["changed"])
    yield _made(run)
    yield from _beyond_chance(figures)


def _counts(changes: Iterable[Change], status: Status) -> Counter[Kind]:
    return Counter(change.kind for change in changes if change.status == status)


def _gained(first: str, second: str, came: Counter[Kind]) -> Iterator[str]:
    if came:
        yield f"{second} shows {_listed(came)} that {first} does not."
    else:
        yield f"{second} shows nothing that {first} does not."


def _lost(first: str, second: str, changes: Sequence[Change], went: Counter[Kind]) -> Iterator[str]:
    if went:
        kept = sum(change.status == "went" and bool(change.note) for change in changes)
        also = f" ({second} withholds {kept} of them)" if kept else ""
        yield f"{first} shows {_listed(went)} that {second} does not{also}."
    had = {change.kind for change in changes if change.before is not None}
    safe = [NOUNS[kind] for kind in KINDS if kind in had and kind not in went]
    if safe:
        yield f"No {_joined(safe, 'or')} was lost."


def _changed(changes: Iterable[Change], changed: Counter[Kind]) -> Iterator[str]:
    if not changed:
        return
    what = Counter(
        "sides" if name.startswith("side ") else name
        for change in changes
        for name in dict.fromkeys(each.what for each in change.differences)
    )
    named = ", ".join(f"{name} {count}" for name, count in what.most_common())
    yield f"Changed: {_listed(changed)} ({named})."


def _made(run: Sequence[RunDifference]) -> str:
    if not run:
        return "Both were made with the same model, prompts, settings and sources."
    counts = Counter(each.making for each in run)
    parts = []
    for making, count in counts.items():
        name = _MADE[making]
        parts.append(name if name.startswith("the ") else counted(count, name))
    return f"What differs in the making: {_joined(parts, 'and')}."


def _beyond_chance(figures: Iterable[Figure]) -> Iterator[str]:
    """Figures whose interval leaves zero out; of counts enough has been said."""
    found = [
        f"{figure.metric} {figure.value:+.2f} [{figure.low:+.2f} {figure.high:+.2f}]"
        for figure in figures
        if figure.value is not None
        and figure.low is not None
        and figure.high is not None
        and not figure.low <= 0 <= figure.high
    ]
    if found:
        yield f"Beyond chance: {', '.join(found)}."
    else:
        yield "No share differs beyond chance."


def _listed(counts: Counter[Kind]) -> str:
    return _joined([counted(counts[kind], NOUNS[kind]) for kind in KINDS if counts[kind]], "and")


def _joined(parts: Sequence[str], word: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def counted(number: int, noun: str) -> str:
    """``1 finding``, ``2 timeline entries``."""
    return f"{number} {noun if number == 1 else _PLURALS.get(noun, f'{noun}s')}"
