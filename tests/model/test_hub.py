"""The hub's library against a small hub of our own on loopback."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from briefing.errors import ModelCorrupt, ModelMissing
from briefing.model import fetch, hub
from briefing.model.catalogue import HubSource
from tests.wheelhouse import MODEL, Index, entry, sha256, transport

COMMIT = "a" * 40
SOURCE = HubSource(repo="toys/toy", revision=COMMIT, file="toy.gguf")


class Hub(ThreadingHTTPServer):
    """Serves one file as the hub does, and records the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.data = MODEL
        self.cut_at: int | None = None
        self.knows_ranges = True
        self.ranges: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self.server.ranges.append(self.headers["Range"])
        self.wfile.write(self._answer())
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""

    def _answer(self) -> bytes:
        wanted = self.headers["Range"] if self.server.knows_ranges else None
        if self.path != f"/toys/toy/resolve/{COMMIT}/toy.gguf":
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return b""
        start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
        body = self.server.data[start:]
        self.send_response(206 if wanted else 200)
        if wanted:
            whole = len(self.server.data)
            self.send_header("Content-Range", f"bytes {start}-{whole - 1}/{whole}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{sha256(MODEL)}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        return body[: self.server.cut_at]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("BRIEFING_HOME", str(tmp_path / "home"))
    with Hub() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_pull_downloads_checks_and_keeps_nothing_else(server: Hub, tmp_path: Path) -> None:
    via = functools.partial(hub.download, endpoint=server.address)
    index = Index(tmp_path / "index")
    model = fetch.pull(entry(), transport=transport(index, hub=via))
    assert model.path.read_bytes() == MODEL
    assert not model.path.is_symlink()
    left = {path.name for path in model.path.parent.iterdir()}
    assert left == {"toy.gguf", "toy.gguf.stamp.json", ".toy.gguf.lock"}
    assert index.asked == []


def test_other_bytes_than_announced_are_refused(server: Hub, tmp_path: Path) -> None:
    server.data = b"X" + MODEL[1:]
    via = functools.partial(hub.download, endpoint=server.address)
    with pytest.raises(ModelCorrupt, match="hub repository toys/toy"):
        fetch.pull(entry(), transport=transport(Index(tmp_path / "index"), hub=via))


def test_what_an_earlier_try_left_is_continued(server: Hub, tmp_path: Path) -> None:
    (tmp_path / "toy.gguf").write_bytes(MODEL[:5000])
    assert hub.download(SOURCE, tmp_path, server.address).read_bytes() == MODEL
    assert server.ranges == ["bytes=5000-"]


def test_a_connection_that_breaks_is_taken_up_again(server: Hub, tmp_path: Path) -> None:
    server.cut_at = 6000
    assert hub.download(SOURCE, tmp_path, server.address).read_bytes() == MODEL
    assert server.ranges == [None, "bytes=6000-"]


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(server: Hub, tmp_path: Path) -> None:
    (tmp_path / "toy.gguf").write_bytes(b"something else")
    server.knows_ranges = False
    assert hub.download(SOURCE, tmp_path, server.address).read_bytes() == MODEL


def test_lookup_knows_commit_size_and_hash(server: Hub) -> None:
    found = hub.lookup(SOURCE, server.address)
    assert found == hub.HubFile(source=SOURCE, bytes=len(MODEL), sha256=sha256(MODEL))


def test_a_file_that_is_not_there_is_missing(server: Hub) -> None:
    other = SOURCE.model_copy(update={"file": "other.gguf"})
    with pytest.raises(ModelMissing, match=r"did not deliver toys/toy other\.gguf: .*404"):
        hub.lookup(other, server.address)


def test_a_hub_out_of_reach_is_found_out_at_once(server: Hub, tmp_path: Path) -> None:
    address = server.address
    server.server_close()
    with pytest.raises(ModelMissing, match="did not deliver toys/toy"):
        hub.download(SOURCE, tmp_path, address)
