"""The language pipeline: spaCy, loaded once, when something is first parsed.

Nothing here imports spaCy before it is needed, so that commands that parse nothing start fast;
parses that were kept are read without the weights. English has a parser and named entities where
its weights are found; everything else gets a blank pipeline that only tokenizes and splits
sentences, and says ``degraded``.
"""

from __future__ import annotations

import json
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelUnusable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ENGLISH = "en_core_web_sm"
LONGEST_PARSE = 50_000
"""A longer text is parsed in pieces of at most so many characters."""
CACHED_CHARACTERS = 500_000
"""Parses of together so many characters a pipeline keeps, the most recently used ones."""

LONGEST_RUN = 100
"""Characters without white space that the tokenizer gets at a time."""
_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")


class Pipeline:
    """A spaCy pipeline, or the folder that it is loaded from when needed, and what it parsed last.

    ``degraded`` is true where there is no parser: no dependencies, no entities, no lemmas.
    """

    def __init__(self, nlp: Language | Path, most_kept: int = CACHED_CHARACTERS) -> None:
        self._given = nlp
        self._meta = _meta(nlp) if isinstance(nlp, Path) else nlp.meta
        self.degraded = "parser" not in self._meta["pipeline"]
        self._parsed: OrderedDict[str, Doc] = OrderedDict()
        self._characters = 0
        self._most_kept = most_kept

    @property
    def name(self) -> str:
        """What it is, for the record of a run: ``en_core_web_sm 3.8.0`` or ``blank de``."""
        meta = self._meta
        if self.degraded:
            return f"blank {meta['lang']}"
        return f"{meta['lang']}_{meta['name']} {meta['version']}"

    @cached_property
    def nlp(self) -> Language:
        """The pipeline itself. Raises: ModelUnusable where it cannot be loaded."""
        return _load(self._given) if isinstance(self._given, Path) else self._given

    @cached_property
    def vocab(self) -> Vocab:
        """What kept parses are read with: what it tells of a word depends on no weights."""
        if not isinstance(self._given, Path):
            return self._given.vocab
        from spacy.util import get_lang_class
        from spacy.vocab import create_vocab

        language = self._meta["lang"]
        return create_vocab(language, get_lang_class(language).Defaults)

    def __contains__(self, text: str) -> bool:
        """Whether the parse of ``text`` is at hand."""
        return text in self._parsed

    def parse(self, text: str) -> Doc:
        """Parse ``text``. A token's ``idx`` is a code point offset in it."""
        known = self._parsed.get(text)
        if known is None:
            return next(self.parse_all([text]))
        self._parsed.move_to_end(text)
        return known

    def parse_all(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse many texts, in order, each only once; faster than one call for each."""
        wanted = list(texts)
        new = list(dict.fromkeys(text for text in wanted if text not in self._parsed))
        # subtle: keeping one may push out another that is wanted later.
        known = {text: self._parsed[text] for text in wanted if text in self._parsed}
        if new:
            known |= zip(new, self._parse_new(new), strict=True)
        for text in wanted:
            doc = known[text]
            self._keep(text, doc)
            yield doc

    def learn(self, text: str, doc: Doc) -> None:
        """Take ``doc``, kept from an earlier run, for the parse of ``text``."""
        self._keep(text, doc)

    def _parse_new(self, texts: list[str]) -> Iterator[Doc]:
        from spacy.tokens import Doc

        pieces = [list(_pieces(_breakable(text))) for text in texts]
        docs = self.nlp.pipe(piece for parts in pieces for piece in parts)
        for parts in pieces:
            found = [next(docs) for _ in parts]
            yield found[0] if len(found) == 1 else Doc.from_docs(found, ensure_whitespace=False)

    def _keep(self, text: str, doc: Doc) -> None:
        if text not in self._parsed:
            self._characters += len(text)
        self._parsed[text] = doc
        self._parsed.move_to_end(text)
        while self._characters > self._most_kept and len(self._parsed) > 1:
            oldest, _ = self._parsed.popitem(last=False)
            self._characters -= len(oldest)


@lru_cache(maxsize=4)
def pipeline(language: str = "en", path: Path | None = None) -> Pipeline:
    """The pipeline of a language (``en``, ``de-AT`` …).

    ``path`` is a folder of spaCy weights; without it English looks for the fetched ones, which are
    loaded when something is parsed, and then for an installed ``en_core_web_sm``.

    Raises: ModelUnusable where weights are there and cannot be loaded; ModelCorrupt where fetched
    ones were changed.
    """
    code = language.lower().replace("_", "-").split("-")[0]
    if path:
        return Pipeline(_load(path))
    return _english() if code == "en" else Pipeline(_blank(code))


def parse(text: str, language: str = "en") -> Doc:
    """Parse ``text`` with the pipeline of its language."""
    return pipeline(language).parse(text)


def _english() -> Pipeline:
    from briefing.model.fetch import pipeline_path

    if fetched := pipeline_path(ENGLISH):
        return Pipeline(fetched)
    from spacy.util import is_package

    return Pipeline(_load(ENGLISH) if is_package(ENGLISH) else _blank("en"))


def _meta(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError) as error:
        raise _unusable(folder, error) from error
    return found


def _load(weights: Path | str) -> Language:
    import spacy

    try:
        return spacy.load(weights)
    except (OSError, ValueError) as error:
        raise _unusable(weights, error) from error


def _unusable(weights: Path | str, error: Exception) -> ModelUnusable:
    return ModelUnusable(
        f"{weights} is no language pipeline that spaCy {version('spacy')} can load: {error}",
        "Run `briefing doctor`, or fetch the pipeline again with `briefing models pull`.",
    )


def _blank(code: str) -> Language:
    """Tokenizer and sentence splitter; of no language in particular where spaCy has none."""
    import spacy

    try:
        nlp = spacy.blank(code)
    except ImportError:  # unknown to spaCy, or its tokenizer is not installed
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def _breakable(text: str) -> str:
    """``text`` with every hundredth character of a run without white space as a space.

    spaCy's tokenizer takes quadratic time over such runs, which no language has. Offsets stay.
    """
    return _RUN.sub(lambda run: f"{run.group()[:-1]} ", text)


def _pieces(text: str) -> Iterator[str]:
    """Cut after white space where possible, so that no word is cut; nothing is lost."""
    start = 0
    while len(text) - start > LONGEST_PARSE:
        cut = text.rfind(" ", start, start + LONGEST_PARSE) + 1
        cut = cut if cut > start else start + LONGEST_PARSE
        yield text[start:cut]
        start = cut
    yield text[start:]
