"""Measure quotations and speakers against hand-made gold: ``quotes_gold.py GOLD SEEDS``.

``GOLD`` holds ``quotes.json`` and ``speakers.json``, ``SEEDS`` the articles they were made from. A
speaker counts as right when it is the canonical name or a listed variant of an accepted one; a
quotation in a headline, a nested one and one whose opening mark is missing are optional.
"""

# ruff: noqa: T201 - a script that reports
from __future__ import annotations

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from briefing.extract.attributions import Attribution
from briefing.extract.quotes import Quotation, find_quotations
from briefing.extract.speakers import attribute
from briefing.language import pipeline
from briefing.passages import split
from briefing.types import NOT_ESTABLISHED, Source


def main(gold: Path, seeds: Path) -> None:
    """Print what was found, missed and extra, and how the speakers came out, by kind."""
    quotes = json.loads((gold / "quotes.json").read_text(encoding="utf-8"))
    variants = _variants(json.loads((gold / "speakers.json").read_text(encoding="utf-8")))
    found: Counter[str] = Counter()
    speakers: dict[str, Counter[str]] = {}
    for path in sorted(seeds.glob("*.txt")):
        here = _read(path)
        for entry in (q for q in quotes if q["source"] == path.name):
            kind = "optional" if _optional(entry) else entry["kind"]
            match = here.pop((entry["start"], entry["end"]), None)
            found[f"{kind} {'missed' if match is None else 'found'}"] += 1
            if match is None:
                continue
            verdict = _verdict(entry, match[1].speaker, variants)
            speakers.setdefault(kind, Counter())[verdict] += 1
            if verdict == "wrong":
                print(f"wrong: {entry['text'][:60]!r}: {match[1].speaker}, not {entry['speaker']}")
        found["extra"] += len(here)
    print(dict(sorted(found.items())))
    for kind, counts in sorted(speakers.items()):
        shares = ", ".join(f"{v} {n} ({n / counts.total():.0%})" for v, n in sorted(counts.items()))
        print(f"{kind} (n = {counts.total()}): {shares}")


def _read(path: Path) -> dict[tuple[int, int], tuple[Quotation, Attribution]]:
    data = path.read_bytes()
    text = data.decode("utf-8")
    digest = sha256(data).hexdigest()
    source = Source(id="S1", path=str(path), sha256=digest, text_sha256=digest, text=text)
    passages = split(source)
    quotations = find_quotations(text, passages)
    attributions = attribute(quotations, source, passages, pipeline("en").parse)
    inexact = [q for q in quotations if text[q.start : q.end] != q.text]
    if inexact:
        raise SystemExit(f"{path.name}: quotations that are not exact: {inexact}")
    return {(q.start, q.end): (q, a) for q, a in zip(quotations, attributions, strict=True)}


def _optional(entry: dict[str, Any]) -> bool:
    return bool(
        entry["broken"]
        or entry["nested_in"] is not None
        or (entry["marks"] == "single" and entry["kind"] == "fragment")
    )


def _variants(entities: list[dict[str, Any]]) -> dict[str, set[str]]:
    return {
        e["canonical"]: {e["canonical"].lower(), *(v["variant"].lower() for v in e["variants"])}
        for e in entities
    }


def _verdict(entry: dict[str, Any], speaker: str, variants: dict[str, set[str]]) -> str:
    accepted: set[str] = set()
    for name in [entry["speaker"], *entry["speaker_also_ok"]]:
        if name is None:
            accepted.add(NOT_ESTABLISHED)
        else:
            accepted |= variants.get(name, {name.lower()})
    if speaker.lower() in accepted:
        return "right"
    return "not established" if speaker == NOT_ESTABLISHED else "wrong"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
