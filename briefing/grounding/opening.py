"""Opening the checker that the settings name: the layers that are there, with the store before."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from briefing.config import Settings
from briefing.grounding import calibration
from briefing.grounding.checker import LayeredChecker
from briefing.grounding.judge import Judge, judge_hashes
from briefing.model.jobs import Engine
from briefing.prompts import PromptSet

_log = logging.getLogger("briefing")


@contextmanager
def checker_for(settings: Settings, judge: bool = True) -> Iterator[LayeredChecker]:
    """The checker; without ``judge``, or where no calibration fits the model, layers 1 and 2.

    Raises: what opening the engine raises.
    """
    if not judge:
        yield LayeredChecker()
        return
    from briefing.model.opening import open_store, opened

    with opened(settings, open_store(settings)) as engine:
        yield judging(engine, settings)


def judging(engine: Engine, settings: Settings) -> LayeredChecker:
    """The checker whose judge asks ``engine``, with the prompts that ``settings`` name."""
    prompts = PromptSet(settings.prompts)
    sha256 = engine.info.model.get("sha256")
    found = calibration.find(sha256 if isinstance(sha256, str) else None, judge_hashes(prompts))
    if found is None:
        name = engine.info.model.get("name")
        _log.warning(
            "%s is not calibrated as a judge with these prompts: what the facts layer leaves "
            "open is unclear. `briefing eval calibrate` makes a calibration.",
            name,
        )
    return LayeredChecker(Judge(engine, prompts), found)
