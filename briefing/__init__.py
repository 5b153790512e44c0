"""Briefings from several documents, on your own machine, every sentence traced to its passage.

::

    import briefing
    from briefing.render import render

    made = briefing.generate(["report.pdf", "articles/"], briefing.Settings(topic="the strike"))
    print(render(made))

``generate`` reads and asks the model; ``load``, ``save``, :func:`briefing.render.render` and
:func:`briefing.verify.verify` need no model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config import Settings
    from briefing.document import load, save
    from briefing.pipeline import generate
    from briefing.types import Briefing

__version__ = "0.1.0"
__all__ = ["Briefing", "Settings", "generate", "load", "save"]

_PLACES = {
    "Briefing": "types",
    "Settings": "config",
    "generate": "pipeline",
    "load": "document",
    "save": "document",
}


def __getattr__(name: str) -> object:
    """Import what is asked for: ``import briefing`` alone loads nothing heavy."""
    if name not in _PLACES:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    return getattr(import_module(f"briefing.{_PLACES[name]}"), name)
