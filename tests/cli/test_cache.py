import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing.cli.cache import app, parse_age
from briefing.store import Store, key_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "cache" / "store")
    store.put(key_of("wave", n=1), b"a" * 1000)
    store.put(old := key_of("wave", n=2), b"b" * 1000)
    store.put(key_of("parse", n=1), b"c" * 10)
    path = next(store.root.rglob(old))
    moment = path.stat().st_mtime - 40 * 86_400
    os.utime(path, (moment, moment))
    return store


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    return CliRunner(env={"BRIEFING_HOME": str(tmp_path)})


def test_list_shows_kinds_counts_sizes_and_ages(store: Store, runner: CliRunner) -> None:
    result = runner.invoke(app, ["list", "--json"])
    assert result.exit_code == 0
    parse, wave = json.loads(result.stdout)
    assert (parse["kind"], parse["count"]) == ("parse", 1)
    assert (wave["kind"], wave["count"]) == ("wave", 2)
    assert parse["bytes"] + wave["bytes"] == store.size()
    assert wave["oldest_use"] < wave["latest_use"]


@pytest.mark.usefixtures("store")
def test_list_is_a_table_and_the_default(runner: CliRunner) -> None:
    result = runner.invoke(app, [])
    assert "40 d ago" in result.stdout
    assert "wave" in result.stdout
    assert result.stdout == runner.invoke(app, ["list"]).stdout


def test_an_empty_store_says_so(runner: CliRunner) -> None:
    assert runner.invoke(app, ["list"]).stdout == "The store is empty.\n"
    assert json.loads(runner.invoke(app, ["list", "--json"]).stdout) == []


def test_size(store: Store, runner: CliRunner) -> None:
    result = runner.invoke(app, ["size", "--json"])
    assert json.loads(result.stdout) == {"path": str(store.root), "bytes": store.size()}
    assert str(store.root) in runner.invoke(app, ["size"]).stdout


def test_another_folder(tmp_path: Path, runner: CliRunner) -> None:
    other = Store(tmp_path / "other")
    other.put(key_of("wave", n=1), b"x")
    result = runner.invoke(app, ["size", "--json", "--store-dir", str(other.root)])
    assert json.loads(result.stdout)["bytes"] == other.size()


def test_clear_by_age(store: Store, runner: CliRunner) -> None:
    result = runner.invoke(app, ["clear", "--older-than", "30d", "--yes"])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Removed 1 result," in result.stderr
    assert len(store.entries()) == 2


def test_clear_asks_first(store: Store, runner: CliRunner) -> None:
    assert runner.invoke(app, ["clear"], input="n\n").exit_code == 1
    assert len(store.entries()) == 3
    assert runner.invoke(app, ["clear"], input="y\n").exit_code == 0
    assert store.entries() == ()


def test_clear_without_an_answer_removes_nothing(store: Store, runner: CliRunner) -> None:
    assert runner.invoke(app, ["clear"], input="").exit_code == 1
    assert len(store.entries()) == 3


@pytest.mark.parametrize(
    ("text", "age"),
    [("30d", timedelta(days=30)), ("12H", timedelta(hours=12)), (" 2w ", timedelta(weeks=2))],
)
def test_ages(text: str, age: timedelta) -> None:
    assert parse_age(text) == age


@pytest.mark.parametrize("text", ["", "d", "30", "3y", "-1d", "1d2h"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_age(text)
