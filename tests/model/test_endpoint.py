"""Addresses and keys: who may receive documents, and what is shown of a key."""

from __future__ import annotations

import pytest

from briefing.config import EndpointOptions, Settings
from briefing.errors import ModelUnusable, OfflineError, UserError
from briefing.model.endpoint import RemoteConfig, remote_config
from briefing.model.jobs import (
    Failure,
)
from briefing.model.remote import RemoteEngine
from tests.model.chat_server import (
    KEY,
    Answer,
    Server,
    ask,
    failing,
    write,
)


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
