"""Words by which a report says that something is unclear, undisclosed or undecided (English)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def has_open_cue(sentence: str) -> bool:
    """Whether ``sentence`` has a phrase that marks something as open."""
    return _pattern().search(sentence.lower()) is not None


@cache
def _pattern() -> re.Pattern[str]:
    text = files(__package__).joinpath("openness.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    parts: dict[str, str] = table["parts"]
    cues: list[str] = [
        re.sub(r"<(\w+)>", lambda name: parts[name[1]], cue) for cue in table["cues"]["patterns"]
    ]
    return re.compile(r"\b(?:" + "|".join(f"(?:{cue})" for cue in cues) + r")\b")
