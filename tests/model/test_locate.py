"""Which file a model is: of the catalogue, of a path, of a hub repository; and where ours lie."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from briefing import paths
from briefing.errors import (
    ModelCorrupt,
    ModelMissing,
    ModelUnusable,
    OfflineError,
    UserError,
)
from briefing.model import fetch, hub, stamps
from briefing.model.catalogue import Catalogue, HubSource
from tests.wheelhouse import (
    MODEL,
    Index,
    entry,
    sha256,
    transport,
)

pytestmark = pytest.mark.usefixtures("home")


class TestLocate:
    def test_a_catalogue_model_must_be_here(self, known: Catalogue) -> None:
        with pytest.raises(ModelMissing) as raised:
            fetch.locate("toy", known)
        assert str(paths.models_dir() / "toy.gguf") in raised.value.message
        assert "briefing models pull toy" in raised.value.hint

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (MODEL[:12], f"truncated: 12 of {len(MODEL)} bytes"),
            (MODEL + b"!", f"too long: {len(MODEL) + 1} bytes, expected {len(MODEL)}"),
            (MODEL[:-1] + b"!", "SHA-256 is"),
        ],
    )
    def test_other_bytes_are_refused_by_name(
        self, known: Catalogue, data: bytes, said: str
    ) -> None:
        path = fetch.model_path(entry())
        path.write_bytes(data)
        with pytest.raises(ModelCorrupt) as raised:
            fetch.locate("toy", known)
        assert str(path) in raised.value.message
        assert said in raised.value.message

    def test_a_hash_is_remembered_until_the_file_changes(
        self, known: Catalogue, index: Index
    ) -> None:
        path = fetch.pull(entry(), transport=transport(index)).path
        stamp = stamps.beside(path)
        assert stamps.remembered(path, stamp) == sha256(MODEL)
        path.write_bytes(b"X" + MODEL[1:])
        assert stamps.remembered(path, stamp) is None
        assert fetch.status(entry()) == "unverified"
        with pytest.raises(ModelCorrupt):
            fetch.locate("toy", known)
        assert fetch.status(entry()) == "damaged"

    def test_verify_does_not_believe_the_stamp(self, known: Catalogue, index: Index) -> None:
        path = fetch.pull(entry(), transport=transport(index)).path
        path.write_bytes(b"X" + MODEL[1:])
        stamps.write(path, stamps.beside(path), sha256(MODEL))
        assert fetch.locate("toy", known).path == path
        with pytest.raises(ModelCorrupt):
            fetch.verify("toy", known)

    def test_a_broken_stamp_only_costs_time(self, known: Catalogue, index: Index) -> None:
        path = fetch.pull(entry(), transport=transport(index)).path
        stamps.beside(path).write_text("{not json", encoding="utf-8")
        assert fetch.locate("toy", known).sha256 == sha256(MODEL)

    def test_a_path_to_any_gguf_is_recorded_not_required(self, tmp_path: Path) -> None:
        path = tmp_path / "own.gguf"
        path.write_bytes(b"GGUF and the rest")
        model = fetch.locate(str(path))
        assert model.sha256 == sha256(b"GGUF and the rest")
        assert (model.name, model.catalogued) == ("own.gguf", False)
        path.write_bytes(b"GGUF and another rest")
        assert fetch.locate(str(path)).sha256 == sha256(b"GGUF and another rest")
        assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "own.gguf"]

    def test_a_catalogue_file_under_another_name_is_recognised(
        self, tmp_path: Path, known: Catalogue
    ) -> None:
        path = tmp_path / "renamed.gguf"
        path.write_bytes(MODEL)
        model = fetch.locate(str(path), known)
        assert (model.name, model.catalogued) == ("toy", True)

    def test_what_is_not_gguf_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.gguf"
        path.write_text("no model", encoding="utf-8")
        with pytest.raises(ModelUnusable, match=r"notes\.gguf is not a GGUF file"):
            fetch.locate(str(path))
        with pytest.raises(ModelUnusable, match="is not a file"):
            fetch.locate(str(tmp_path))

    def test_a_part_of_a_split_model_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "big-00001-of-00003.gguf"
        path.write_bytes(MODEL)
        with pytest.raises(UserError, match="one part of a split model"):
            fetch.locate(str(path))

    @pytest.mark.parametrize("path", ["nowhere/x.gguf", "x.gguf", "./nowhere"])
    def test_a_path_to_nothing_is_a_missing_file(self, path: str) -> None:
        with pytest.raises(ModelMissing, match="no such file"):
            fetch.locate(path)

    def test_an_unknown_name_gets_a_guess(self) -> None:
        with pytest.raises(UserError) as raised:
            fetch.locate("qwen2.5-coder-1.5b")
        assert "qwen2.5-coder-1.5b-instruct" in raised.value.hint


class TestHubFiles:
    SPEC = "toys/Toy-GGUF:q4/toy.gguf"

    def look_up(self, source: HubSource) -> hub.HubFile:
        pinned = source.model_copy(update={"revision": "b" * 40})
        return hub.HubFile(source=pinned, bytes=len(MODEL), sha256=sha256(MODEL))

    def fetch_nested(self, source: HubSource, folder: Path) -> Path:
        assert source.revision == "b" * 40, "the commit that was looked up is the one fetched"
        (folder / "q4").mkdir()
        (folder / source.file).write_bytes(MODEL)
        return folder / source.file

    def test_is_fetched_pinned_and_checked_afterwards(self, index: Index) -> None:
        with pytest.raises(ModelMissing, match="is not on this machine"):
            fetch.locate(self.SPEC)
        via = transport(index, hub=self.fetch_nested)
        model = fetch.pull_from_hub(self.SPEC, transport=via, lookup=self.look_up)
        assert model.path.read_bytes() == MODEL
        assert fetch.locate(self.SPEC) == model
        model.path.write_bytes(MODEL[:50])
        with pytest.raises(ModelCorrupt, match=f"truncated: 50 of {len(MODEL)} bytes"):
            fetch.locate(self.SPEC)
        again = fetch.pull_from_hub(self.SPEC, transport=via, lookup=self.look_up)
        assert again.path.read_bytes() == MODEL

    def test_offline_asks_nobody(self, index: Index) -> None:
        with pytest.raises(OfflineError):
            fetch.pull_from_hub(self.SPEC, offline=True, transport=transport(index))

    @pytest.mark.parametrize(
        ("spec", "revision"),
        [("a/b:c.gguf", "main"), ("a/b:c.gguf@v1.0", "v1.0"), ("a/b:c/d.gguf@main", "main")],
    )
    def test_forms(self, spec: str, revision: str) -> None:
        source = hub.parse(spec)
        assert source is not None
        assert source.revision == revision

    @pytest.mark.parametrize(
        "text",
        [
            "a/b",
            "a:c.gguf",
            "a/b:../c.gguf",
            "a/b:/c.gguf",
            "../b:c.gguf",
            "a/b:c.bin",
            "C:/x/y.gguf",
        ],
    )
    def test_what_is_no_hub_file(self, text: str) -> None:
        assert hub.parse(text) is None


class TestPaths:
    def test_everything_lies_below_briefing_home(self, home: Path) -> None:
        assert paths.data_dir() == home
        assert paths.models_dir() == home / "models"
        assert paths.pipelines_dir() == home / "pipelines"

    @pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
    def test_the_cache_is_its_owners_alone(self, home: Path) -> None:
        (home / "cache").mkdir(parents=True, mode=0o755)
        assert stat.S_IMODE(paths.cache_dir().stat().st_mode) == 0o700

    def test_a_folder_that_cannot_be_made_is_a_users_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "file"))
        with pytest.raises(UserError, match="cannot be made") as raised:
            paths.models_dir()
        assert "BRIEFING_HOME" in raised.value.hint
