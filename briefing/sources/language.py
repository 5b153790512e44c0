"""In which language is a text? Offline, with py3langid's model of 139 languages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNDETERMINED = "und"
_SAMPLE_CHARS = 5_000
_MIN_LETTERS = 20
_MIN_PROBABILITY = 0.5


def detect(text: str) -> str:
    """ISO 639 code of the language of ``text``, or ``und`` where it is too short or unclear."""
    sample = text[:_SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return UNDETERMINED
    code, probability = _identifier().classify(sample)
    known = code != "zxx" and probability >= _MIN_PROBABILITY
    return str(code) if known else UNDETERMINED


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Loading the model takes 0.7 s: only when a document is there, and once.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
