"""A server that fails, is slow or is gone: what is tried again, and what is said."""

from __future__ import annotations

import threading
import time

import pytest

from briefing.errors import ModelUnusable
from briefing.model.endpoint import RemoteConfig
from briefing.model.jobs import (
    Failure,
    Generated,
)
from briefing.model.remote import RemoteEngine
from tests.model.chat_server import (
    Answer,
    Body,
    Server,
    ask,
    engine,
    failing,
    ordinary,
    reply,
    write,
)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(server: Server, status: int) -> None:
    server.chat = failing(*[Answer(b"later", status=status)] * 2)
    assert isinstance(ask(server, write("x")), Generated)
    assert len(server.documents) == 3


def test_a_cut_reply_is_asked_for_again(server: Server) -> None:
    cut = ordinary({"messages": [{"content": "x"}]})
    cut.cut = True
    server.chat = failing(cut)
    assert isinstance(ask(server, write("x")), Generated)
    assert len(server.documents) == 2


def test_the_server_says_how_long_to_wait(server: Server) -> None:
    server.chat = failing(Answer(b"", status=429, headers={"Retry-After": "1"}))
    remote = engine(server, logprobs=False)
    started = time.monotonic()
    assert isinstance(remote.run([write("x")])[0], Generated)
    assert time.monotonic() - started >= 1


def test_what_does_not_pass_is_a_failure_of_that_job_alone(server: Server) -> None:
    server.chat = lambda body: (
        Answer(b"out of memory", status=500)
        if body["messages"][-1]["content"] == "big"
        else ordinary(body)
    )
    good, bad = engine(server, retries=1).run([write("small"), write("big")])
    assert isinstance(good, Generated)
    assert bad == Failure(why="endpoint", detail="HTTP 500: out of memory")
    assert len(server.documents) == 3


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"<html>Sign in</html>"), "endpoint"),
        (Answer(b'{"choices": []}'), "endpoint"),
        (Answer(b'{"choices": [{"message": {"content": 5}}]}'), "endpoint"),
        (Answer(b"\xff\xfe\x00"), "endpoint"),
        (Answer(b"", status=302, headers={"Location": "http://127.0.0.1:9/"}), "endpoint"),
        (Answer(b"no such model", status=404), "endpoint"),
        (reply(None, finish="tool_calls"), "endpoint"),
        (reply("The minister said that", finish="length"), "length"),
        (reply("", finish="content_filter"), "refused"),
        (Answer({"error": {"code": "context_length_exceeded"}}, status=400), "context"),
        (Answer({"error": {"type": "exceed_context_size_error"}}, status=400), "context"),
        (Answer({"error": {"code": "content_filter"}}, status=400), "refused"),
        (
            Answer({"choices": [{"message": {"content": None, "refusal": "I cannot."}}]}),
            "refused",
        ),
    ],
)
def test_failures_are_typed(server: Server, answer: Answer, why: str) -> None:
    server.chat = failing(answer)
    result = ask(server, write("x"))
    assert isinstance(result, Failure)
    assert result.why == why
    assert result.detail
    assert len(server.documents) == 1


def test_a_slow_server_is_a_failure_in_time(server: Server) -> None:
    release = threading.Event()

    def hanging(body: Body) -> Answer:
        if body["messages"][-1]["content"] == "slow":
            release.wait(120)
        return ordinary(body)

    server.chat = hanging
    for limit in (0.2, 2, 20):  # where the machine is busy, the quick answer takes a while, too
        remote = engine(server, timeout=limit, logprobs=False, model="m")
        started = time.monotonic()
        slow, quick = remote.run([write("slow"), write("x")])
        taken = time.monotonic() - started
        if isinstance(quick, Generated):
            break
    release.set()
    assert slow == Failure(why="endpoint", detail=f"no answer within {limit:g} s")
    assert isinstance(quick, Generated)
    assert limit <= taken < 120


def test_an_interrupt_is_obeyed_at_once(server: Server) -> None:
    release = threading.Event()

    def hanging(body: Body) -> Answer:
        if body["messages"][-1]["content"] != "first":
            release.wait(20)
        return ordinary(body)

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    server.chat = hanging
    remote = engine(server, logprobs=False)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        remote.run([write("first"), *[write(f"item {n}") for n in range(50)]], interrupt)
    taken = time.monotonic() - started
    release.set()
    assert taken < 2


def test_a_server_that_is_not_there_is_an_explained_error() -> None:
    config = RemoteConfig(url="http://127.0.0.1:9", retries=0)
    with pytest.raises(ModelUnusable, match=r"127\.0\.0\.1:9 cannot be used"):
        RemoteEngine(config, {}).run([write("x")])


def test_a_server_that_goes_away_does_not_hold_up_every_job(server: Server) -> None:
    def gone(_: Body) -> Answer:
        return Answer(b'{"half": ', cut=True)

    server.chat = gone
    jobs = [write(f"item {n}") for n in range(10)]
    results = engine(server, logprobs=False, retries=3, concurrency=1).run(jobs)
    assert all(isinstance(r, Failure) and r.why == "endpoint" for r in results)
    assert len(server.documents) == 4 + 9


def test_a_hostile_detail_is_short_and_printable(server: Server) -> None:
    server.chat = failing(Answer(b"\x1b[2J\n" + b"x" * 5000, status=404))
    result = ask(server, write("x"))
    assert isinstance(result, Failure)
    assert result.detail.isprintable()
    assert len(result.detail) < 250
