"""Which endpoint may be asked, and with what key.

An address that is not loopback would receive the documents: it needs ``allow_remote`` and is
refused when offline. What stands behind a loopback address (a tunnel, say) is its owner's doing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

import httpx

from briefing.config import API_KEY_VARIABLE, EndpointOptions, Settings
from briefing.errors import OfflineError, UserError


class RemoteConfig(EndpointOptions):
    """An endpoint's address (``http://127.0.0.1:8080/v1``), and what is asked of it how.

    ``model`` None: the first one that the server names.
    """

    url: str
    model: str | None = None
    allow_remote: bool = False
    offline: bool = False


def remote_config(settings: Settings) -> RemoteConfig:
    """What ``settings`` say of the endpoint. Raises: UserError where they name none."""
    if not settings.endpoint:
        raise UserError("no endpoint is set", "Give --endpoint http://127.0.0.1:8080/v1.")
    return RemoteConfig(
        url=settings.endpoint,
        model=settings.model,
        allow_remote=settings.allow_remote,
        offline=settings.offline,
        **settings.endpoint_options.model_dump(),
    )


def base_address(given: str) -> httpx.URL:
    """The endpoint's base address. Raises: UserError."""
    hint = "Give an address like http://127.0.0.1:8080/v1."
    try:
        url = httpx.URL(given)
    except httpx.InvalidURL as error:
        raise UserError("the endpoint is no address", hint) from error
    if url.userinfo:
        hint = f"Put the key into the environment variable {API_KEY_VARIABLE}."
        raise UserError(f"the address of the endpoint {url.host} holds credentials", hint)
    if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
        raise UserError(f"{given} is no address of an endpoint", hint)
    path = url.path.rstrip("/").removesuffix("/chat/completions")
    return url.copy_with(path=f"{path or '/v1'}/")


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine by its very name; nothing is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_allowed(config: RemoteConfig, url: httpx.URL) -> None:
    """Raises: UserError or OfflineError where documents may not go to ``url``."""
    if is_loopback(url.host):
        return
    if config.offline:
        raise OfflineError(
            f"the endpoint {url.host} is not on this machine, and --offline is set",
            "Use an endpoint on 127.0.0.1, or a local model.",
        )
    if not config.allow_remote:
        raise UserError(
            f"the endpoint {url.host} is not on this machine: it would receive your documents",
            "If that may be, add --allow-remote.",
        )


def api_key(config: RemoteConfig, environ: Mapping[str, str]) -> str:
    """The key, or nothing. Raises: UserError where a named variable is not set."""
    key = environ.get(config.api_key_env or API_KEY_VARIABLE, "").strip()
    if config.api_key_env and not key:
        raise UserError(
            f"the environment variable {config.api_key_env} is not set",
            "It was named as the one that holds the endpoint's key.",
        )
    return key
