"""A chat server on this machine that answers as a test says, and engines that ask it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from briefing.model.endpoint import RemoteConfig
from briefing.model.jobs import (
    Generate,
    Job,
    Prompt,
    Result,
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


@contextmanager
def serving() -> Iterator[Server]:
    """A server on a free port of this machine."""
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
