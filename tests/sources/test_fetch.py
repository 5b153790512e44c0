import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from briefing.errors import SourceError
from briefing.sources import ReadOptions, read
from briefing.sources.fetch import Fetched, fetch_all, is_public
from briefing.types import LeftOut
from tests.sources import documents

LATIN = "Die Brücke über die Elbe"
OPEN = ReadOptions(allow_private_urls=True, timeout_s=5)


class Site(BaseHTTPRequestHandler):
    """Answers by path; remembers the Host and Authorization headers it was sent."""

    seen: list[tuple[str | None, str | None]] = []  # noqa: RUF012 (reset by the fixture)

    def do_GET(self) -> None:
        self.seen.append((self.headers["Host"], self.headers["Authorization"]))
        port = self.server.server_address[1]
        answers = {
            "/page": (200, "text/html; charset=utf-8", documents.PAGE.encode()),
            "/latin": (200, "text/plain; charset=iso-8859-1", LATIN.encode("latin-1")),
            "/note.md": (200, "text/plain", b"# Bridge shut\n\nThe bridge was shut on Monday.\n"),
            "/big": (200, "text/plain", b"word " * 4000),
            "/image": (200, "image/png", b"\x89PNG"),
            "/loop": (302, "/loop", b""),
            "/out": (302, f"http://elsewhere.test:{port}/page", b""),
            "/file": (302, "file:///etc/passwd", b""),
        }  # fmt: skip
        if self.path == "/slow":
            self.drip()
            return
        status, kind, body = answers.get(self.path, (404, "text/plain", b"none"))
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """One header byte after another: no single read ever times out."""
        try:
            for byte in b"HTTP/1.0 200 OK\r\nX: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.02)
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


async def to_loopback(host: str, _port: int) -> Sequence[str]:
    return ["127.0.0.1"] if host != "missing.test" else []


def why(answer: Fetched | LeftOut) -> str:
    assert isinstance(answer, LeftOut)
    return answer.reason


def test_pages_are_fetched_in_order_with_type_and_charset(site: str) -> None:
    urls = [f"{site}/{path}" for path in ("page#top", "latin", "note.md", "image", "nothing")]
    reading = read(urls, OPEN)
    assert [(s.id, s.url, s.path, s.format) for s in reading.sources] == [
        ("S1", f"{site}/page", None, "html"),
        ("S2", f"{site}/latin", None, "text"),
        ("S3", f"{site}/note.md", None, "markdown"),
    ]
    assert reading.sources[0].publisher == "The Daily Ledger"
    assert reading.sources[1].text == LATIN
    assert [part.reason for part in reading.left_out] == [
        "image/png is no document format that is read",
        "the server answered 404 Not Found",
    ]


def test_private_addresses_are_refused_before_connecting(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    for host in ("127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]"):
        with pytest.raises(SourceError, match="is a private address"):
            read([f"http://{host}:{port}/page"])
    assert Site.seen == []


def test_redirect_to_a_private_address_is_refused(site: str) -> None:
    async def resolve(host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.2" if host == "elsewhere.test" else "127.0.0.1"]

    options = ReadOptions(timeout_s=5)
    (answer,) = fetch_all([f"{site}/out"], options, resolve, lambda ip: ip == "127.0.0.1")
    assert why(answer).startswith("elsewhere.test is a private address")
    assert len(Site.seen) == 1


def test_connection_goes_to_the_checked_address_under_the_name(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    answers = iter([["127.0.0.1"], ["203.0.113.9"]])

    async def rebinding(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    (answer,) = fetch_all([f"http://news.test:{port}/page"], OPEN, rebinding)
    assert isinstance(answer, Fetched)
    assert Site.seen == [(f"news.test:{port}", None)]
    assert next(answers) == ["203.0.113.9"]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    async def both(_host: str, _port: int) -> Sequence[str]:
        return ["93.184.216.34", "10.0.0.1"]

    (answer,) = fetch_all(["http://news.test/"], ReadOptions(timeout_s=5), both)
    assert "private address" in why(answer)


def test_password_goes_to_the_given_host_only_and_is_not_kept(site: str) -> None:
    port = site.rsplit(":", 1)[1]
    reading = read([f"http://me:secret@127.0.0.1:{port}/page"], OPEN)
    assert reading.sources[0].url == f"{site}/page"
    assert "secret" not in reading.model_dump_json()
    (answer,) = fetch_all([f"http://me:secret@news.test:{port}/out"], OPEN, to_loopback)
    assert isinstance(answer, Fetched)
    assert [bool(auth) for _, auth in Site.seen] == [True, True, False]


@pytest.mark.parametrize(
    ("path", "seconds", "reason"),
    [
        ("big", 60, "larger than 10,000 bytes"),
        ("loop", 60, "more than 10 redirects"),
        ("file", 60, "leads to an address that is neither http nor https"),
        ("slow", 0.5, "no complete answer in 0.5 s"),
    ],
)
def test_limits(site: str, path: str, seconds: float, reason: str) -> None:
    options = ReadOptions(allow_private_urls=True, timeout_s=seconds, max_bytes=10_000)
    (answer,) = fetch_all([f"{site}/{path}"], options)
    assert why(answer) == reason


def test_unknown_host_and_closed_port() -> None:
    unknown, closed = fetch_all(["http://missing.test/", "http://news.test:1/"], OPEN, to_loopback)
    assert why(unknown) == "no such host: missing.test"
    assert why(closed).startswith("cannot be fetched: ")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False), ("240.0.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("fd00::1", False), ("ff02::1", False), ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("::", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public
