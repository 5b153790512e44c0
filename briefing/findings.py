"""What a check of prompts or templates finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from briefing.types import Value


class Finding(Value):
    """Something wrong: an ``error`` must be corrected, a ``warning`` may be meant so."""

    level: Literal["error", "warning"]
    message: str
    hint: str = ""


def errors(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that must be corrected."""
    return tuple(each for each in found if each.level == "error")
