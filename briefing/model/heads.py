"""Linear heads: what a model's hidden state says about a text, read by a row of weights.

A small model often knows what it cannot say: on one sentence at a time, its state halfway up ranks
what is worth telling better than its Yes against No (docs/selection.md), and costs half as much,
since the layers above are not computed. A head belongs to one model file (by SHA-256) and to the
words of its prompts (by hash); with another of either it is not used, and the model is asked.
``briefing eval train`` makes the heads (linear probes: Alain and Bengio 2016, arXiv 1610.01644).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from briefing.errors import DocumentError
from briefing.model.jobs import Engine, EngineInfo, Probe, Probed, Progress, Prompt
from briefing.model.vectors import State, decode
from briefing.paths import data_dir
from briefing.resources import folder
from briefing.types import Value

FOLDER: Final = "model/trained"
Name = Literal["outcome", "open", "alone"]
"""What heads read: what these prompts would be asked for, and whether a sentence is understood by
somebody who sees nothing else."""


class Head(Value):
    """One question that a state answers: log-odds ``state · weights + bias``.

    ``depth`` is the share of the model's depth at which the state is read. ``weights`` are base64
    of little-endian float16, of the model's width. ``prompts`` are the files, by hash, whose words
    lead to the state; ``instead_of`` those whose answer the head stands in for.
    """

    depth: float = Field(gt=0, lt=1)
    weights: str
    bias: float
    prompts: dict[str, str]
    instead_of: dict[str, str] = Field(default_factory=dict)

    @field_validator("weights")
    @classmethod
    def _can_be_read(cls, weights: str) -> str:
        if not decode([weights])[0].size:
            raise ValueError("there are no weights")
        return weights

    def stands_in(self, prompts: Mapping[str, str]) -> bool:
        """Whether ``prompts`` (hashes by name) ask nothing else than what it stands in for."""
        return all(prompts.get(name) == sha for name, sha in self.instead_of.items())

    def scores(self, states: Sequence[State]) -> list[float]:
        """The log-odds of each of ``states``, of shape (width,)."""
        (row,) = decode([self.weights])
        return [float(state @ row) + self.bias for state in states]


class Heads(Value):
    """The heads of one model, all of one state, and their card.

    ``trained_on`` has the number of sentences by event; ``figures`` are of events left out.
    """

    model: str
    model_sha256: str
    heads: dict[Name, Head] = Field(min_length=1)
    trained_on: dict[str, int] = Field(default_factory=dict)
    figures: dict[str, float] = Field(default_factory=dict)
    limits: str = ""

    @model_validator(mode="after")
    def _one_state(self) -> Self:
        if len({head.depth for head in self.heads.values()}) > 1:
            raise ValueError("all heads must read the state at one depth")
        return self

    def fitting(self, prompts: Mapping[str, str]) -> dict[str, Head]:
        """Those of the heads that belong to ``prompts`` (hashes by name)."""
        return {
            name: head
            for name, head in self.heads.items()
            if all(prompts.get(prompt) == sha for prompt, sha in head.prompts.items())
        }


def find(
    info: EngineInfo, prompts: Mapping[str, str], folders: Sequence[Path] = ()
) -> dict[str, Head]:
    """The heads that fit an engine and prompts: the user's own, else ours; empty without any.

    Raises: DocumentError where a file is there and cannot be read.
    """
    place = place_of(info, folders)
    made = None if place is None else load(place)
    # The file is called by the beginning of the hash; what it says of its model decides.
    if made is None or made.model_sha256 != info.model.get("sha256"):
        return {}
    return made.fitting(prompts)


def digest(info: EngineInfo, folders: Sequence[Path] = ()) -> str:
    """SHA-256 of the file of heads for an engine; empty without one."""
    place = place_of(info, folders)
    return "" if place is None else sha256(place.read_bytes()).hexdigest()


def place_of(info: EngineInfo, folders: Sequence[Path] = ()) -> Path | None:
    """The file of heads for an engine: the first in ``folders``, or of the user and of ours."""
    model = info.model.get("sha256")
    if not isinstance(model, str) or "probe" not in info.can:
        return None
    places = (each / f"{model[:16]}.json" for each in folders or (own_folder(), folder(FOLDER)))
    return next((place for place in places if place.is_file()), None)


def own_folder() -> Path:
    """Where ``briefing eval train`` writes."""
    return data_dir() / "heads"


def load(path: Path) -> Heads:
    """Read heads. Raises: DocumentError naming the file."""
    try:
        return Heads.model_validate_json(path.read_bytes())
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise DocumentError(
            f"{path} holds no heads: {error.errors()[0]['msg']}",
            "Delete it, or make it again with `briefing eval train`.",
        ) from error


def read(
    engine: Engine, prompts: Sequence[Prompt], depth: float, progress: Progress | None = None
) -> list[State | None]:
    """The hidden state after each of ``prompts``; None where the job failed."""
    jobs = [Probe(prompt=prompt, depths=(depth,)) for prompt in prompts]
    results = engine.run(jobs, progress) if jobs else []
    return [decode(r.states)[0] if isinstance(r, Probed) else None for r in results]
