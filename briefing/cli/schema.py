"""``briefing schema``: what briefing files look like."""

from __future__ import annotations

import json

from briefing.cli import console
from briefing.types import Briefing


def schema() -> None:
    """Print the JSON Schema of briefing files.

    Example: briefing schema > briefing.schema.json
    """
    console.result(json.dumps(Briefing.model_json_schema(), ensure_ascii=False, indent=2) + "\n")
