"""What can be asked of a model: small independent jobs, and what comes back.

Nothing here runs anything. An :class:`Engine` takes a list of jobs and returns a list of the same
length in the same order, where a job that failed holds a :class:`Failure` instead of a result:
one bad job never spoils the others, and a failure is never taken for an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal, Protocol

from pydantic import Field

from briefing.types import Value

Progress = Callable[[int, int], None]
"""Called with (jobs done, jobs in this call)."""

Why = Literal["length", "context", "refused", "grammar", "endpoint", "states"]


class Prompt(Value):
    """A chat prompt: ``system`` and ``user`` messages, and how the ``answer`` begins, if it does.

    Put what many jobs share first: engines compute a common beginning once.
    """

    user: str
    system: str = ""
    answer: str = ""


class Score(Value):
    """How likely is each of ``choices`` as the answer?"""

    kind: Literal["score"] = "score"
    prompt: Prompt
    choices: tuple[Annotated[str, Field(min_length=1)], ...] = Field(min_length=2)


class Generate(Value):
    """Write an answer that matches ``grammar`` (llguidance Lark), or any text without one.

    ``temperature`` 0 is greedy and ignores ``seed``.
    """

    kind: Literal["generate"] = "generate"
    prompt: Prompt
    grammar: str | None = None
    max_tokens: int = Field(default=128, gt=0)
    temperature: float = Field(default=0.0, ge=0)
    seed: int = 0


class Likelihood(Value):
    """How likely is ``text`` after ``prompt``, token by token?"""

    kind: Literal["likelihood"] = "likelihood"
    prompt: Prompt
    text: str = Field(min_length=1)


class Probe(Value):
    """What is in the model's mind when it has read the prompt and is about to answer?

    ``depths`` name layers by their share of the model's depth, so that one number fits any model.
    Layers beyond the deepest are not computed.
    """

    kind: Literal["probe"] = "probe"
    prompt: Prompt
    depths: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(min_length=1)


class Scored(Value):
    """Natural-log probability of each choice, summed over its tokens, and their number."""

    kind: Literal["scored"] = "scored"
    logprobs: tuple[float, ...]
    tokens: tuple[int, ...]

    @property
    def margin(self) -> float:
        """Log-odds of the first choice against the best of the others, in nats."""
        return self.logprobs[0] - max(self.logprobs[1:])


class Probed(Value):
    """The hidden state of the prompt's last token at each depth.

    ``states`` are base64 of little-endian float16, one for each depth, of the model's width.
    """

    kind: Literal["probed"] = "probed"
    states: tuple[str, ...]


class Generated(Value):
    """A complete answer. ``forced`` of its ``tokens`` were dictated by the grammar."""

    kind: Literal["generated"] = "generated"
    text: str
    tokens: int
    forced: int = 0


class Likely(Value):
    """Natural-log probability of each token of the text, and the token's text."""

    kind: Literal["likely"] = "likely"
    logprobs: tuple[float, ...]
    pieces: tuple[str, ...]


class Failure(Value):
    """A job without a result.

    ``length``: the answer was cut at ``max_tokens``; ``context``: the job does not fit the
    context; ``refused``: the model declined; ``grammar``: the grammar could not be followed;
    ``endpoint``: the server failed or cannot do this; ``states``: the model's graph does not name
    its layers as llama.cpp's usually do.
    """

    kind: Literal["failure"] = "failure"
    why: Why
    detail: str = ""


Job = Score | Generate | Likelihood | Probe
Result = Annotated[Scored | Probed | Generated | Likely | Failure, Field(discriminator="kind")]


class EngineInfo(Value):
    """Which model answers, and what the result depends on.

    ``model`` goes into the briefing (name, sha256, size, where it runs); ``settings`` holds what
    else changes results: context, sequences, threads, offload. ``local`` is false when documents
    leave the machine. ``encoder`` is the folder of the sentence encoder that stands beside the
    model (:mod:`briefing.model.encoder`), empty without one.
    """

    model: dict[str, str | int | None]
    settings: dict[str, str | int | float | bool | None]
    versions: dict[str, str]
    local: bool = True
    can: tuple[Literal["score", "generate", "likelihood", "probe"], ...]
    encoder: str = ""


class Engine(Protocol):
    """Answers jobs. One interface for llama.cpp in process, an endpoint, and scripted answers."""

    @property
    def info(self) -> EngineInfo:
        """What answers here."""
        ...

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        """Answer ``jobs``, in order; results have the kinds that belong to the jobs.

        Raises: CapabilityMissing for a kind not in ``info.can``; KeyboardInterrupt.
        """
        ...

    def close(self) -> None:
        """Release memory or connections. Harmless twice."""
        ...
