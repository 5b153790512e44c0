"""What the language pipeline found in a source, kept between runs.

Parsing takes most of what a briefing costs beside the model (docs/prompts.md has the figures), and
it depends on the text, the pipeline and spaCy alone: our own code may change as it will.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from briefing.language import Pipeline
from briefing.store import NullStore, ResultStore, key_of
from briefing.types import Source

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FORMAT: Final = 1
_KEPT: Final = (
    *("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"),
    *("ENT_IOB", "ENT_TYPE", "SENT_START"),
)
"""What is kept of each token. A :class:`~spacy.tokens.DocBin` of these holds data, no code."""


class Parser:
    """Parses texts: those ``known`` from an earlier run, and new ones.

    ``used`` is what it parsed; with ``beside``, without what its pipeline had at hand.
    """

    def __init__(
        self, language: Pipeline, known: Mapping[str, Doc], *, beside: bool = False
    ) -> None:
        self._language = language
        self._known = known
        self._beside = beside
        self.used: dict[str, Doc] = {}

    @property
    def learned(self) -> bool:
        """Whether there was anything to parse."""
        return not self.used.keys() <= self._known.keys()

    def __call__(self, text: str) -> Doc:
        """Parse ``text``. A token's ``idx`` is a code point offset in it."""
        if text in self._known:
            self._language.learn(text, self._known[text])
        elif self._beside and text in self._language:
            return self._language.parse(text)
        doc = self._language.parse(text)
        self.used[text] = doc
        return doc


@contextmanager
def parser(source: Source, language: Pipeline, store: ResultStore) -> Iterator[Parser]:
    """A parser for the texts of ``source`` that remembers in ``store``."""
    if isinstance(store, NullStore) or language.degraded:  # a blank pipeline is quicker than a file
        yield Parser(language, {})
        return
    with _remembering(source.text_sha256, language, store, beside=False) as own:
        yield own


@contextmanager
def parser_of_all(
    sources: Sequence[Source], language: Pipeline, store: ResultStore
) -> Iterator[Parser]:
    """A parser for texts made of those of ``sources``, such as shortened sentences.

    What :func:`parser` keeps of each source is not kept again.
    """
    if isinstance(store, NullStore) or language.degraded:
        yield Parser(language, {})
        return
    texts = sorted(source.text_sha256 for source in sources)
    with _remembering(texts, language, store, beside=True) as own:
        yield own


@contextmanager
def _remembering(
    text: str | list[str], language: Pipeline, store: ResultStore, *, beside: bool
) -> Iterator[Parser]:
    key = key_of(
        "parses",
        text=text,
        pipeline=language.name,
        spacy=version("spacy"),
        kept=_KEPT,
        format=_FORMAT,
    )
    kept = store.get(key)
    known = {} if kept is None else _unpacked(kept, language)
    own = Parser(language, known, beside=beside)
    yield own
    if own.learned:
        store.put(key, _packed(own.used))


def _packed(parsed: Mapping[str, Doc]) -> bytes:
    from spacy.tokens import DocBin

    # The pipeline breaks up endless words: such a text is not that of its parse.
    same = [doc for text, doc in parsed.items() if doc.text == text]
    packed: bytes = DocBin(attrs=list(_KEPT), docs=same).to_bytes()
    return packed


def _unpacked(data: bytes, language: Pipeline) -> dict[str, Doc]:
    """The parses by their text; none where ``data`` is not what this version writes."""
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_bytes(data).get_docs(language.vocab))
    except Exception:  # noqa: BLE001 (whatever is wrong with it, it can be parsed again)
        return {}
    return {doc.text: doc for doc in docs}
