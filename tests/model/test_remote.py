import json
import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from briefing.config import EndpointOptions, Settings
from briefing.errors import CapabilityMissing, ModelUnusable, OfflineError, UserError
from briefing.model.endpoint import RemoteConfig, remote_config
from briefing.model.jobs import (
    Failure,
    Generate,
    Generated,
    Job,
    Likelihood,
    Prompt,
    Result,
    Score,
    Scored,
)
from briefing.model.remote import RemoteEngine

Body = dict[str, Any]
KEY = "sk-test-0123456789"


@dataclass
class Answer:
    """What the server does with one request; ``cut`` closes the connection half-way."""

    body: Body | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


@dataclass
class Server:
    """A chat server that answers as ``chat`` says, and remembers what it was asked."""

    url: str
    chat: Callable[[Body], Answer]
    models: Answer = field(default_factory=lambda: Answer({"data": [{"id": "served-7b"}]}))
    asked: list[Body] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def documents(self) -> list[Body]:
        """The requests that are no probe."""
        return [b for b in self.asked if b["messages"][-1]["content"] != "Answer Yes or No."]


def reply(text: str | None, finish: str = "stop", top: dict[str, float] | None = None) -> Answer:
    choice: Body = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": finish,
    }
    if top is not None:
        tokens = [{"token": t, "logprob": lp, "bytes": None} for t, lp in top.items()]
        choice["logprobs"] = {"content": [{**tokens[0], "top_logprobs": tokens}]}
    return Answer({"choices": [choice], "usage": {"completion_tokens": 7}, "object": "x"})


def ordinary(body: Body) -> Answer:
    if body.get("logprobs"):
        return reply("Yes", top={"Yes": -0.25, "No": -1.5, " Yes": -3.0, "Maybe": -6.0})
    return reply(f"You said: {body['messages'][-1]['content']}")


class Handler(BaseHTTPRequestHandler):
    """Speaks for the ``Server`` in its class attribute."""

    state: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.state.headers.append(dict(self.headers))
        self._send(self.state.models)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions"
        state = self.state
        with state.lock:
            state.asked.append(body)
            state.headers.append(dict(self.headers))
            state.busy += 1
            state.busiest = max(state.busiest, state.busy)
        answer = state.chat(body)
        with state.lock:
            state.busy -= 1
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        data = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data[: len(data) // 2] if answer.cut else data)
        except OSError:
            return  # the client left
        self.close_connection = answer.cut

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def server() -> Iterator[Server]:
    handler = type("BoundHandler", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        httpd.daemon_threads = True
        httpd.block_on_close = False
        state = Server(url=f"http://127.0.0.1:{httpd.server_port}/v1", chat=ordinary)
        handler.state = state
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        httpd.shutdown()
        thread.join()


def engine(server: Server, **options: object) -> RemoteEngine:
    given = {"url": server.url, "backoff": 0.01, **options}
    return RemoteEngine(RemoteConfig.model_validate(given), {})


def write(text: str, grammar: str | None = None, seed: int = 0) -> Generate:
    return Generate(prompt=Prompt(user=text), grammar=grammar, seed=seed)


def ask(server: Server, job: Job, **options: object) -> Result:
    return engine(server, **options).run([job])[0]


def failing(*answers: Answer) -> Callable[[Body], Answer]:
    """Probes are answered; documents get ``answers`` one after another, then ordinary ones."""
    left = list(answers)
    return lambda body: (
        left.pop(0)
        if left and body["messages"][-1]["content"] != "Answer Yes or No."
        else ordinary(body)
    )


YES_NO = Score(prompt=Prompt(system="Be exact.", user="Did it sink?"), choices=("Yes", "No"))


def test_results_come_in_the_order_of_jobs_and_not_of_replies(server: Server) -> None:
    def later_first(body: Body) -> Answer:
        text = body["messages"][-1]["content"]
        time.sleep(0.1 if text.endswith("0") else 0.0)
        return ordinary(body)

    server.chat = later_first
    seen: list[tuple[int, int]] = []
    jobs = [write(f"item {n}") for n in range(12)]
    results = engine(server).run(jobs, lambda done, total: seen.append((done, total)))
    assert [r.text for r in results if isinstance(r, Generated)] == [
        f"You said: item {n}" for n in range(12)
    ]
    assert seen == [(n, 12) for n in range(1, 13)]


def test_no_more_requests_at_once_than_allowed(server: Server) -> None:
    def slow(body: Body) -> Answer:
        time.sleep(0.03)
        return ordinary(body)

    server.chat = slow
    engine(server, concurrency=3).run([write(f"item {n}") for n in range(12)])
    assert server.busiest == 3


def test_a_request_says_what_the_job_says(server: Server) -> None:
    job = Generate(
        prompt=Prompt(system="Be brief.", user="Sum up."), max_tokens=9, temperature=0.5, seed=11
    )
    assert ask(server, job, model="mine", extra={"top_p": 0.9}) == Generated(
        text="You said: Sum up.", tokens=7
    )
    assert server.documents == [
        {
            "model": "mine",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "Sum up."},
            ],
            "max_tokens": 9,
            "temperature": 0.5,
            "seed": 11,
            "top_p": 0.9,
        }
    ]


def test_a_greedy_request_sends_no_seed(server: Server) -> None:
    ask(server, write("Sum up.", seed=3))
    assert server.documents[0]["temperature"] == 0.0
    assert "seed" not in server.documents[0]


def test_the_model_is_the_one_served_unless_named(server: Server) -> None:
    server.models = Answer({"data": [{"id": "served-7b", "meta": {"size": 4_000_000}}]})
    host = server.url.removeprefix("http://").removesuffix("/v1")
    model = {"sha256": None, "host": host, "served": "served-7b", "size": 4_000_000}
    assert engine(server).info.model == {**model, "name": "served-7b"}
    assert engine(server, model="alias").info.model == {**model, "name": "alias"}
    assert engine(server).info.local


def test_a_server_without_a_list_of_models_needs_a_name(server: Server) -> None:
    server.models = Answer(b"not found", status=404)
    assert engine(server, model="mine").info.model["name"] == "mine"
    with pytest.raises(UserError, match="names no model"):
        engine(server).run([write("x")])


def test_a_choice_is_scored_by_its_first_token(server: Server) -> None:
    result = ask(server, YES_NO)
    assert isinstance(result, Scored)
    assert result.logprobs == pytest.approx((math.log(math.exp(-0.25) + math.exp(-3.0)), -1.5))
    assert server.documents[0]["max_tokens"] == 1
    assert server.documents[0]["top_logprobs"] == 20


def test_a_server_that_shows_no_logprobs_cannot_score(server: Server) -> None:
    server.chat = lambda body: reply("Yes") if body.get("logprobs") else ordinary(body)
    remote = engine(server)
    assert remote.info.can == ("generate",)
    with pytest.raises(CapabilityMissing, match="score"):
        remote.run([YES_NO])
    assert server.documents == []


def test_a_server_that_shows_five_is_asked_for_five(server: Server) -> None:
    server.chat = lambda body: (
        Answer({"error": {"message": "top_logprobs at most 5"}}, status=400)
        if body.get("top_logprobs", 0) > 5
        else ordinary(body)
    )
    assert isinstance(ask(server, YES_NO), Scored)
    assert server.documents[0]["top_logprobs"] == 5


def test_a_server_that_refuses_logprobs_can_still_write(server: Server) -> None:
    server.chat = lambda body: (
        Answer(b"logprobs unsupported", status=400) if "logprobs" in body else ordinary(body)
    )
    assert engine(server).info.can == ("generate",)
    assert isinstance(ask(server, write("x")), Generated)


def test_what_is_configured_is_not_asked_for(server: Server) -> None:
    assert engine(server, logprobs=False).info.can == ("generate",)
    assert engine(server, logprobs=True).info.can == ("score", "generate")
    assert server.asked == []


def test_a_likelihood_is_never_offered(server: Server) -> None:
    with pytest.raises(CapabilityMissing, match="likelihood"):
        ask(server, Likelihood(prompt=Prompt(user="x"), text="y"))


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
            release.wait(10)
        return ordinary(body)

    server.chat = hanging
    started = time.monotonic()
    slow, quick = engine(server, timeout=0.5, logprobs=False).run([write("slow"), write("x")])
    release.set()
    assert slow == Failure(why="endpoint", detail="no answer within 0.5 s")
    assert isinstance(quick, Generated)
    assert time.monotonic() - started < 5


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


def test_a_denied_key_is_an_explained_error(server: Server) -> None:
    server.models = Answer(b"no", status=401)
    with pytest.raises(ModelUnusable, match="access denied") as caught:
        ask(server, write("x"))
    assert "BRIEFING_API_KEY" in caught.value.hint


def test_the_key_is_sent_and_shown_nowhere(server: Server) -> None:
    server.chat = failing(Answer(f"bad key {KEY}".encode(), status=403))
    config = RemoteConfig(url=server.url, api_key_env="MY_KEY")
    remote = RemoteEngine(config, {"MY_KEY": KEY})
    result = remote.run([write("x")])[0]
    assert server.headers[-1]["Authorization"] == f"Bearer {KEY}"
    assert result == Failure(why="endpoint", detail="HTTP 403: bad key [key]")
    assert KEY not in remote.info.model_dump_json() + config.model_dump_json() + repr(remote)


def test_no_key_is_sent_where_none_is_set(server: Server) -> None:
    ask(server, write("x"))
    assert not any("Authorization" in headers for headers in server.headers)


def test_a_named_key_must_be_set(server: Server) -> None:
    config = RemoteConfig(url=server.url, api_key_env="MY_KEY")
    with pytest.raises(UserError, match="MY_KEY is not set"):
        RemoteEngine(config, {})


def test_a_hostile_detail_is_short_and_printable(server: Server) -> None:
    server.chat = failing(Answer(b"\x1b[2J\n" + b"x" * 5000, status=404))
    result = ask(server, write("x"))
    assert isinstance(result, Failure)
    assert result.detail.isprintable()
    assert len(result.detail) < 250


GRAMMAR = 'start: "The court " ("upheld" | "overturned") " the ruling."'


@pytest.mark.parametrize("text", ["The court upheld the ruling.", "The court upheld the ruling.\n"])
def test_an_answer_that_follows_its_grammar(server: Server, text: str) -> None:
    server.chat = failing(reply(text))
    result = ask(server, write("x", grammar=GRAMMAR))
    assert result == Generated(text="The court upheld the ruling.", tokens=7)
    assert "grammar" not in server.documents[0]


@pytest.mark.parametrize(
    "text",
    ["Sure! The court upheld the ruling.", "The court upheld the ruling. It", "The court", ""],
)
def test_an_answer_that_breaks_its_grammar_is_a_failure(server: Server, text: str) -> None:
    server.chat = failing(reply(text))
    result = ask(server, write("x", grammar=GRAMMAR))
    assert isinstance(result, Failure)
    assert result.why == "grammar"


@pytest.mark.parametrize(
    ("grammar_field", "sent"),
    [
        ("grammar", {"grammar": f"%llguidance {{}}\n{GRAMMAR}"}),
        (
            "structured_outputs.grammar",
            {"structured_outputs": {"grammar": f"%llguidance {{}}\n{GRAMMAR}"}},
        ),
    ],
)
def test_a_server_that_takes_grammars_gets_them(
    server: Server, grammar_field: str, sent: Body
) -> None:
    options = {"grammar_field": grammar_field, "grammar_prefix": "%llguidance {}\n"}
    ask(server, write("x", grammar=GRAMMAR), **options)
    assert sent.items() <= server.documents[0].items()


def test_the_beginning_of_an_answer_is_continued_or_asked_for(server: Server) -> None:
    job = Generate(prompt=Prompt(user="Who won?", answer="The winner is "))
    server.chat = failing(reply("The winner is Oslo."), reply("Oslo."))
    asked, continued = ask(server, job), ask(server, job, prefill=True)
    assert asked == continued == Generated(text="Oslo.", tokens=7)
    assert "Begin your answer with: The winner is " in server.documents[0]["messages"][0]["content"]
    assert server.documents[1]["messages"][-1] == {
        "role": "assistant",
        "content": "The winner is ",
    }


def test_a_choice_inside_an_answer_needs_a_server_that_continues(server: Server) -> None:
    job = Score(prompt=Prompt(user="Who?", answer="It was "), choices=("Yes", "No"))
    result = ask(server, job)
    assert isinstance(result, Failure)
    assert result.why == "endpoint"
    assert isinstance(ask(server, job, prefill=True), Scored)


REMOTE = "https://models.example.org/v1"


@pytest.mark.parametrize(
    "url", [REMOTE, "http://192.168.1.5:8080", "http://0.0.0.0:1", "http://localhost.example.org"]
)
def test_another_machine_needs_to_be_allowed(url: str) -> None:
    with pytest.raises(UserError, match="would receive your documents") as caught:
        RemoteEngine(RemoteConfig(url=url), {})
    assert "--allow-remote" in caught.value.hint
    RemoteEngine(RemoteConfig(url=url, allow_remote=True), {})


def test_offline_means_no_other_machine() -> None:
    with pytest.raises(OfflineError):
        RemoteEngine(RemoteConfig(url=REMOTE, allow_remote=True, offline=True), {})


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://localhost:1/v1", "http://[::1]:1"])
def test_this_machine_is_always_allowed(url: str) -> None:
    RemoteEngine(RemoteConfig(url=url, offline=True), {})


@pytest.mark.parametrize(
    "url", ["", "localhost:8080", "ftp://127.0.0.1/", "http://", "http://127.0.0.1/v1?key=x"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UserError):
        RemoteEngine(RemoteConfig(url=url, allow_remote=True), {})


def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(UserError) as caught:
        RemoteEngine(RemoteConfig(url=f"http://me:{KEY}@127.0.0.1/v1"), {})
    assert KEY not in caught.value.message + caught.value.hint


def test_an_endpoint_of_the_settings() -> None:
    settings = Settings(
        endpoint=REMOTE,
        model="big",
        offline=True,
        endpoint_options=EndpointOptions(concurrency=9),
    )
    config = remote_config(settings)
    assert (config.url, config.model, config.offline) == (REMOTE, "big", True)
    assert (config.concurrency, config.allow_remote) == (9, False)
    with pytest.raises(UserError, match="no endpoint"):
        remote_config(Settings())
