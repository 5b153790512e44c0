from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from briefing import paths
from briefing.cli.models import Shelf, app
from briefing.errors import ModelMissing, OfflineError, UserError
from briefing.model import fetch
from tests.wheelhouse import MODEL, Index, catalogue, entry, transport


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


@pytest.fixture
def shelf(tmp_path: Path, index: Index) -> Shelf:
    return Shelf(known=catalogue(tmp_path), transport=transport(index))


def run(shelf: Shelf, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, obj=shelf)


def test_list_shows_size_licence_memory_and_what_is_here(shelf: Shelf) -> None:
    before = run(shelf, "list")
    assert before.exit_code == 0
    head, model, pipeline = before.stdout.splitlines()
    assert head.split() == ["NAME", "KIND", "SIZE", "LICENCE", "MEMORY", "HERE", "FOR"]
    assert model.startswith("toy (default)")
    assert "Apache-2.0" in model
    assert "1 GB" in model
    assert " no " in model
    assert "language" in pipeline
    assert "MIT" in pipeline
    run(shelf, "pull", "toy")
    model, pipeline = run(shelf, "list").stdout.splitlines()[1:]
    assert " yes " in model
    assert " yes " in pipeline


def test_list_as_json(shelf: Shelf) -> None:
    model, pipeline = json.loads(run(shelf, "list", "--json").stdout)
    assert (model["kind"], model["name"], model["status"]) == ("model", "toy", "missing")
    assert model["default"] is True
    assert model["bytes"] == len(MODEL)
    assert (pipeline["kind"], pipeline["status"]) == ("language", "missing")


def test_list_says_when_a_file_is_damaged(shelf: Shelf) -> None:
    fetch.model_path(entry()).write_bytes(b"GGUF")
    assert " damaged " in run(shelf, "list").stdout


def test_the_shipped_catalogue_is_the_default() -> None:
    names = [row["name"] for row in json.loads(CliRunner().invoke(app, ["list", "--json"]).stdout)]
    assert "qwen2.5-coder-1.5b-instruct" in names


def test_pull_prints_the_path_and_tells_the_rest_on_stderr(shelf: Shelf, index: Index) -> None:
    done = run(shelf, "pull", "toy")
    assert done.exit_code == 0, done.output
    path = paths.models_dir() / "toy.gguf"
    assert done.stdout == f"{path}\n"
    assert path.read_bytes() == MODEL
    assert "Apache-2.0 (https://example.org/licence)" in done.stderr
    assert "toy: 100 %" in done.stderr
    assert index.asked[-1] == "toy-en==1.0", "the language pipeline comes along"


def test_pull_of_the_pipeline_alone(shelf: Shelf, index: Index) -> None:
    done = run(shelf, "pull", "toy_en")
    assert done.stdout == f"{paths.pipelines_dir() / 'toy_en-1.0'}\n"
    assert index.asked == ["toy-en==1.0"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("pull", "toy", "--offline"), OfflineError),
        (("pull", "tyo"), UserError),
        (("path", "toy"), ModelMissing),
        (("path", "toy_en"), ModelMissing),
    ],
)
def test_errors_reach_the_boundary(
    shelf: Shelf, arguments: tuple[str, ...], error: type[Exception]
) -> None:
    done = run(shelf, *arguments)
    assert isinstance(done.exception, error)
    assert done.stdout == ""


def test_path(shelf: Shelf) -> None:
    run(shelf, "pull", "toy")
    assert run(shelf, "path", "toy").stdout == f"{paths.models_dir() / 'toy.gguf'}\n"
    assert run(shelf, "path", "toy_en").stdout == f"{paths.pipelines_dir() / 'toy_en-1.0'}\n"


def test_verify_reads_everything_that_is_here(shelf: Shelf) -> None:
    assert run(shelf, "verify").stdout == ""
    run(shelf, "pull", "toy")
    done = run(shelf, "verify")
    assert done.exit_code == 0
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["toy", "toy_en"]


def test_verify_exits_1_for_a_changed_file_and_goes_on(shelf: Shelf) -> None:
    run(shelf, "pull", "toy")
    fetch.model_path(entry()).write_bytes(b"X" + MODEL[1:])
    done = run(shelf, "verify")
    assert done.exit_code == 1
    assert "SHA-256 is" in done.stdout
    assert "toy_en: right" in done.stdout
    assert "briefing models pull toy" in done.stderr


def test_verify_exits_1_for_a_named_one_that_is_missing(shelf: Shelf) -> None:
    done = run(shelf, "verify", "toy")
    assert done.exit_code == 1
    assert "not on this machine" in done.stdout


@pytest.mark.parametrize("command", ["list", "pull", "path", "verify"])
def test_every_help_shows_an_example(command: str) -> None:
    assert "Example: briefing models " in CliRunner().invoke(app, [command, "--help"]).stdout
