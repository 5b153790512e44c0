"""An engine behind an OpenAI-compatible chat endpoint.

It can generate, and score choices where the server shows log-probabilities; a text's likelihood it
cannot give. Nothing leaves the machine unless that was asked for: an address that is not loopback
needs ``allow_remote``, is refused when offline, and stands in the briefing. No proxy is used for
loopback and no redirect is followed.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import anyio
import httpx
import llguidance
from anyio.from_thread import BlockingPortal, start_blocking_portal

from briefing.config import API_KEY_VARIABLE
from briefing.errors import CapabilityMissing, ModelUnusable, UserError
from briefing.model import wire
from briefing.model.endpoint import (
    RemoteConfig,
    api_key,
    base_address,
    check_allowed,
    is_loopback,
)
from briefing.model.jobs import EngineInfo, Failure, Job, Progress, Prompt, Result, Score

_TOP = (20, 5, 0)
"""How many likely tokens to ask for: the format's most, what some servers allow, none."""

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_DENIED = frozenset({401, 403})
_UNDERSTOOD = 200
_LONGEST_WAIT = 60.0
_DETAIL = 200
_PROBE = Score(prompt=Prompt(user="Answer Yes or No."), choices=("Yes", "No"))


class RemoteEngine:
    """Answers jobs by asking a server, several at once.

    The first look at ``info`` (and so the first run) asks the server which model it serves and
    whether it shows log-probabilities; no document is sent for that.

    Raises: UserError for an address that may not be used; OfflineError.
    """

    def __init__(self, config: RemoteConfig, environ: Mapping[str, str] = os.environ) -> None:
        self._config = config
        self._url = base_address(config.url)
        self._local = is_loopback(self._url.host)
        check_allowed(config, self._url)
        self._key = api_key(config, environ)
        self._info: EngineInfo | None = None
        self._top = 0
        self._model = config.model or ""
        self._down = False

    @property
    def info(self) -> EngineInfo:
        """The server's model and what it can do.

        Raises: ModelUnusable where the server does not answer or denies access.
        """
        if self._info is None:
            self._info = self._inquire()
        return self._info

    def run(self, jobs: Sequence[Job], progress: Progress | None = None) -> list[Result]:
        """Answer ``jobs``; see :class:`briefing.model.jobs.Engine`. Raises: ModelUnusable."""
        missing = sorted({job.kind for job in jobs} - set(self.info.can))
        if missing:
            raise CapabilityMissing(
                f"the server at {self._host} cannot do this: {', '.join(missing)}",
                "Use a local model for it: leave out --endpoint.",
            )
        limiter = anyio.CapacityLimiter(self._config.concurrency)
        with self._session() as (portal, client):
            futures = [portal.start_task_soon(self._answer, client, limiter, job) for job in jobs]
            try:
                for done, _ in enumerate(as_completed(futures), start=1):
                    if progress:
                        progress(done, len(jobs))
            except BaseException:
                for future in futures:
                    future.cancel()
                raise
            return [future.result() for future in futures]

    def close(self) -> None:
        """Nothing to release: connections end with each run."""

    @property
    def _host(self) -> str:
        return self._url.netloc.decode("ascii")

    @contextmanager
    def _session(self) -> Iterator[tuple[BlockingPortal, httpx.AsyncClient]]:
        """Connections on an event loop in a thread of its own, so that a caller may have one."""
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        client = httpx.AsyncClient(
            base_url=self._url,
            headers=headers,
            timeout=httpx.Timeout(self._config.timeout, pool=None),
            limits=httpx.Limits(max_connections=self._config.concurrency),
            # Without TLS none is set up: reading the certificates takes longer than a short reply.
            verify=True if self._url.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=not self._local,
        )
        with start_blocking_portal() as portal, portal.wrap_async_context_manager(client):
            yield portal, client

    async def _answer(
        self, client: httpx.AsyncClient, limiter: anyio.CapacityLimiter, job: Job
    ) -> Result:
        body = wire.request(job, self._model, self._config, self._top)
        async with limiter:
            reply = await self._ask(client, "POST", "chat/completions", body)
        if isinstance(reply, Failure):
            return reply
        return self._clean(wire.result(job, self._config, reply.status_code, reply.text))

    async def _ask(
        self, client: httpx.AsyncClient, method: str, path: str, body: wire.Body | None = None
    ) -> httpx.Response | Failure:
        """The server's reply; tried again while the reason to fail may pass."""
        for attempt in range(self._config.retries + 1):
            wait = self._config.backoff * 2**attempt
            try:
                with anyio.fail_after(self._config.timeout):
                    reply = await client.request(method, path, json=body)
            except (TimeoutError, httpx.TimeoutException):
                # Not again: the server is busy, and asking twice makes it busier.
                return _failure(f"no answer within {self._config.timeout:g} s")
            except httpx.RequestError as error:
                outcome: httpx.Response | Failure = _failure(
                    f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
                )
                if self._down:
                    break
            else:
                self._down = False
                if reply.status_code not in _PASSING:
                    return reply
                outcome = reply
                wait = max(wait, _retry_after(reply))
            if attempt < self._config.retries:
                await anyio.sleep(min(wait, _LONGEST_WAIT))
        # subtle: once a server is gone, later jobs fail at their first attempt instead of waiting.
        self._down = isinstance(outcome, Failure)
        return outcome

    def _inquire(self) -> EngineInfo:
        with self._session() as (portal, client):
            served = self._served(portal.call(self._ask, client, "GET", "models"))
            self._model = self._config.model or str(served.get("served") or "")
            if not self._model:
                raise UserError(f"{self._host} names no model", "Name it with --model.")
            self._top = self._probed(portal, client)
        options = self._config
        return EngineInfo(
            model={"name": self._model, "sha256": None, "host": self._host, **served},
            settings={
                "endpoint": True,
                "top_logprobs": self._top,
                "grammar_field": options.grammar_field,
                "grammar_prefix": options.grammar_prefix,
                "prefill": options.prefill,
                "extra": json.dumps(options.extra, sort_keys=True),
            },
            versions={"llguidance": llguidance.__version__},
            local=self._local,
            can=("score", "generate") if self._top else ("generate",),
        )

    def _served(self, reply: httpx.Response | Failure) -> dict[str, str | int | None]:
        """What the server says of its model: stored results of another one are not this one's."""
        if isinstance(reply, Failure):
            raise self._unusable(reply.detail)
        if reply.status_code in _DENIED:
            raise self._unusable(f"HTTP {reply.status_code}: access denied")
        try:
            entries = reply.json()["data"]
            # A server of one model answers with it, whatever name is asked for.
            any_name = self._config.model is None or len(entries) == 1
            entry = next(e for e in entries if any_name or e["id"] == self._config.model)
            size = (entry.get("meta") or {}).get("size")
            return {"served": str(entry["id"]), "size": size if isinstance(size, int) else None}
        except (ValueError, LookupError, TypeError, AttributeError, StopIteration):
            return {"served": None, "size": None}

    def _probed(self, portal: BlockingPortal, client: httpx.AsyncClient) -> int:
        """How many likely tokens the server shows: 20, 5 or none."""
        if self._config.logprobs is not None:
            return _TOP[0] if self._config.logprobs else 0
        for top in _TOP:
            body = wire.request(_PROBE, self._model, self._config, top)
            if not top:
                body = {k: v for k, v in body.items() if k not in ("logprobs", "top_logprobs")}
            reply = portal.call(self._ask, client, "POST", "chat/completions", body)
            if isinstance(reply, Failure):
                raise self._unusable(reply.detail)
            if reply.status_code == _UNDERSTOOD:
                return top if wire.offers_logprobs(reply.text) else 0
            refusal = f"HTTP {reply.status_code}: {reply.text}"
        raise self._unusable(refusal)

    def _unusable(self, detail: str) -> ModelUnusable:
        return ModelUnusable(
            f"the server at {self._host} cannot be used: {self._shown(detail)}",
            "Check that it runs, --endpoint, --model, and the variable that holds its key"
            f" ({self._config.api_key_env or API_KEY_VARIABLE}).",
        )

    def _clean(self, result: Result) -> Result:
        if isinstance(result, Failure):
            return result.model_copy(update={"detail": self._shown(result.detail)})
        return result

    def _shown(self, detail: str) -> str:
        """``detail`` fit to be shown: short, printable, without the key that a server may echo."""
        if self._key:
            detail = detail.replace(self._key, "[key]")
        printable = "".join(c if c.isprintable() else " " for c in detail)
        return printable if len(printable) <= _DETAIL else f"{printable[:_DETAIL]}…"


def _failure(detail: str) -> Failure:
    return Failure(why="endpoint", detail=detail)


def _retry_after(reply: httpx.Response) -> float:
    """Seconds that the server asks to wait; 0 where it does not say."""
    value = reply.headers.get("Retry-After", "")
    if value.strip().isdigit():
        return float(value)
    try:
        return (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0.0
