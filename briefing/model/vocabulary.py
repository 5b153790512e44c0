"""How many tokens a prompt has, told without loading a model's weights.

With the model's file at hand its own tokenizer and chat format count (llama.cpp loads the
vocabulary alone, in a fraction of a second); without it, an estimate that says so.
"""

from __future__ import annotations

import re
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing.errors import BriefingError, ModelUnusable
from briefing.model.jobs import Prompt

if TYPE_CHECKING:
    from briefing.config import Settings

_PIECE = re.compile(r"\s?\w{1,8}|\s?[^\w\s]|\s+")
FRAME_TOKENS = 14
"""What a chat format adds around a prompt, roughly: the estimate's only knowledge of it."""


class Tokens(Protocol):
    """Counts tokens; ``about`` says how, in words."""

    @property
    def about(self) -> str:
        """How, in words."""
        ...

    @property
    def exact(self) -> bool:
        """Whether they are the model's own."""
        ...

    def tokens(self, prompt: Prompt) -> list[int]:
        """Token ids of ``prompt``: equal beginnings have equal ids."""
        ...

    def count(self, text: str) -> int:
        """Tokens of a plain ``text``."""
        ...


class Estimated:
    """An estimate from the words, good to about a tenth for English prose."""

    exact = False

    def __init__(self, why: str) -> None:
        self.about = f"estimated from the words ({why})"

    def tokens(self, prompt: Prompt) -> list[int]:
        """A number for each piece of a word; not a model's ids."""
        text = f"{prompt.system}\n{prompt.user}"
        return [*_pieces(text), *range(-FRAME_TOKENS, 0), *_pieces(prompt.answer)]

    def count(self, text: str) -> int:
        """Pieces of words in ``text``."""
        return len(_pieces(text))


class Vocabulary:
    """The tokenizer and chat format of a GGUF file.

    Raises: ModelUnusable where llama.cpp cannot read its vocabulary.
    """

    exact = True

    def __init__(self, path: Path, name: str) -> None:
        import llama_cpp

        from briefing.model.chat import ChatFormat
        from briefing.model.runtime import build_info

        build_info()  # starts llama.cpp, and keeps its log from the terminal
        params = llama_cpp.llama_model_default_params()
        params.vocab_only = True
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        if not self._model:
            raise ModelUnusable(f"the vocabulary of {path.name} cannot be read")
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.about = f"counted with the tokenizer of {name}"
        raw = llama_cpp.llama_model_chat_template(self._model, None)
        self._chat = ChatFormat(
            raw.decode("utf-8") if raw else None,
            self._special(llama_cpp.llama_vocab_bos(self._vocab)),
            self._special(llama_cpp.llama_vocab_eos(self._vocab)),
        )

    def tokens(self, prompt: Prompt) -> list[int]:
        """Token ids as the engine would have them."""
        return self._chat.tokens(prompt, self._tokenize)

    def count(self, text: str) -> int:
        """Tokens of ``text`` alone."""
        return len(self._tokenize(text, False))

    def _tokenize(self, text: str, special: bool) -> list[int]:
        import llama_cpp

        data = text.encode("utf-8")
        size = len(data) + 8
        buffer = (llama_cpp.llama_token * size)()
        count = llama_cpp.llama_tokenize(self._vocab, data, len(data), buffer, size, False, special)
        return list(buffer[: max(0, count)])

    def _special(self, token: int) -> str:
        import llama_cpp

        if token < 0:
            return ""
        raw: bytes = llama_cpp.llama_vocab_get_text(self._vocab, token)
        return raw.decode("utf-8", "replace")


class WhenAsked:
    """The tokens of :func:`tokens_for`, looked for when something is to be counted."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _found(self) -> Tokens:
        return tokens_for(self._settings)

    @property
    def about(self) -> str:
        """How they are counted."""
        return self._found.about

    @property
    def exact(self) -> bool:
        """Whether they are the model's own."""
        return self._found.exact

    def tokens(self, prompt: Prompt) -> list[int]:
        """Token ids of ``prompt``."""
        return self._found.tokens(prompt)

    def count(self, text: str) -> int:
        """Tokens of ``text`` alone."""
        return self._found.count(text)


def tokens_for(settings: Settings) -> Tokens:
    """The tokenizer of the model that ``settings`` name, else an estimate."""
    if settings.endpoint:
        return Estimated("the model is behind an endpoint")
    from briefing.model.catalogue import DEFAULT_MODEL
    from briefing.model.fetch import locate

    name = settings.model or DEFAULT_MODEL
    try:
        file = locate(name)
        return Vocabulary(file.path, file.name)
    except BriefingError:
        return Estimated(f"{Path(name).name} is not at hand")


def _pieces(text: str) -> list[int]:
    return [zlib.crc32(piece.encode("utf-8")) for piece in _PIECE.findall(text)]
