from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Settings
from briefing.model.jobs import EngineInfo
from briefing.remember import briefing_key, code_digest, remembered
from briefing.sources import Reading
from briefing.store import NullStore, Store, key_of
from briefing.types import Briefing, LeftOut
from tests.example import example, source

KEY = key_of("briefing", test=1)
READING = Reading(sources=(source(1, "The dam held."), source(2, "The dam did not hold.")))
PROMPTS = {"ask": "ab" * 32}


def info(**fields: object) -> EngineInfo:
    given = {"model": {"name": "m"}, "settings": {}, "versions": {}, "can": ("score",), **fields}
    return EngineInfo.model_validate(given)


def key(
    reading: Reading = READING,
    engine: EngineInfo | None = None,
    prompts: dict[str, str] = PROMPTS,
    **fields: object,
) -> str:
    return briefing_key(reading, Settings.model_validate(fields), engine or info(), prompts)


def never() -> tuple[Briefing, bool]:
    raise AssertionError("made again")


def test_a_kept_briefing_is_given_back(tmp_path: Path) -> None:
    made = remembered(Store(tmp_path), KEY, lambda: (example(), True))
    assert made == example()
    assert remembered(Store(tmp_path), KEY, never) == made


def test_without_a_store_it_is_made_each_time() -> None:
    with pytest.raises(AssertionError):
        remembered(NullStore(), KEY, never)


@pytest.mark.parametrize("kept", [b"", b"{}", b"\xff", b'{"title": 3}'])
def test_what_is_no_briefing_any_more_is_made_and_kept_again(kept: bytes, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, kept)
    assert remembered(store, KEY, lambda: (example(), True)) == example()
    assert remembered(store, KEY, never) == example()


@pytest.mark.parametrize(
    "fields",
    [
        {"topic": "dam"},
        {"title": "Dam"},
        {"seed": 1},
        {"max_outcomes": 3},
        {"max_read": 3},
        {"language": "de"},
        {"include_text": False},
        {"prompts": "other"},
        {"reading": Reading(sources=READING.sources[:1])},
        {"reading": Reading(sources=READING.sources[::-1])},
        {"reading": Reading(sources=(source(1, "The dam fell."), READING.sources[1]))},
        {"reading": Reading(sources=(source(1, "The dam held.", path="b.txt"),))},
        {
            "reading": READING.model_copy(
                update={"left_out": (LeftOut(name="c.txt", reason="empty"),)}
            )
        },
        {"engine": info(model={"name": "n"})},
        {"engine": info(settings={"context": 1})},
        {"prompts": "default", "engine": info(versions={"llama.cpp": "1"})},
    ],
)
def test_whatever_changes_a_briefing_changes_its_key(fields: dict[str, object]) -> None:
    prompts = fields.pop("prompts", "default")
    given = dict(fields)
    assert (
        briefing_key(
            given.pop("reading", READING),  # type: ignore[arg-type]
            Settings.model_validate(
                {"prompts": prompts, **{k: v for k, v in given.items() if k != "engine"}}
            ),
            given.get("engine", info()),  # type: ignore[arg-type]
            PROMPTS,
        )
        != key()
    )


@pytest.mark.parametrize(
    "fields", [{"threads": 3}, {"gpu_layers": 0}, {"template": "footnotes"}, {"store": False}]
)
def test_what_changes_no_byte_leaves_the_key(fields: dict[str, object]) -> None:
    assert key(**fields) == key()  # type: ignore[arg-type]


def test_changed_prompts_change_the_key() -> None:
    assert key(prompts={"ask": "cd" * 32}) != key()


def test_the_code_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("one", encoding="utf-8")
    first = code_digest(tmp_path)
    (tmp_path / "notes.txt").write_text("two", encoding="utf-8")
    assert code_digest(tmp_path) == first
    (tmp_path / "a.py").write_text("x = 2\n", encoding="utf-8")
    second = code_digest(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, code_digest(tmp_path)}) == 3


def test_what_an_engine_did_not_answer_is_not_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert remembered(store, KEY, lambda: (example(), False)) == example()
    assert store.get(KEY) is None
