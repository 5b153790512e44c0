"""Web addresses over http and https, with every hop checked before anything is connected to.

A host name is resolved once; all its addresses must be public; the connection then goes to the
address that was checked, with the name only in the Host header and in TLS. A name that resolves
differently a moment later (DNS rebinding) therefore gains nothing.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from briefing.sources.inputs import public_url
from briefing.sources.values import ReadOptions, UnreadableError
from briefing.types import LeftOut, Value

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses of a host name and port. Raises: OSError."""

_MAX_REDIRECTS = 10
_AT_ONCE = 8
_NAT64 = IPv6Network("64:ff9b::/96")
_HEADERS = {"User-Agent": "briefing", "Accept": "text/html, text/plain, application/pdf, */*;q=0.5"}


class Fetched(Value):
    """What a server answered, decoded by its content encoding; ``path`` is that of the last hop."""

    data: bytes
    content_type: str
    charset: str | None
    path: str


def is_public(address: str) -> bool:
    """Is this an address on the open internet, embedded IPv4 addresses included?"""
    ip = ip_address(address.split("%", maxsplit=1)[0])
    return all(each.is_global and not each.is_multicast for each in (ip, *_embedded(ip)))


def _embedded(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in found if address is not None]


async def resolve_host(host: str, port: int) -> Sequence[str]:
    """Ask the system's resolver.

    Raises: OSError.
    """
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[4][0]) for address in found]


def fetch_all(
    urls: Sequence[str],
    options: ReadOptions,
    resolve: Resolve = resolve_host,
    public: Callable[[str], bool] = is_public,
) -> list[Fetched | LeftOut]:
    """Fetch ``urls``, several at once; the answers have their order.

    An address that cannot be fetched gives a reason in its place. ``public`` tells which IP
    addresses may be connected to unless ``options.allow_private_urls``.
    """
    if not urls:
        return []
    # In a thread of its own: the caller may be running an event loop already.
    with start_blocking_portal() as portal:
        return portal.call(_fetch_all, urls, _Fetch(options, resolve, public))


async def _fetch_all(urls: Sequence[str], fetch: _Fetch) -> list[Fetched | LeftOut]:
    answers: dict[int, Fetched | LeftOut] = {}
    limiter = anyio.CapacityLimiter(_AT_ONCE)

    async def one(number: int, url: str) -> None:
        async with limiter:
            try:
                answers[number] = await _within_time(fetch, url)
            except UnreadableError as error:
                answers[number] = LeftOut(name=public_url(url), reason=error.message)

    async with anyio.create_task_group() as group:
        for number, url in enumerate(urls):
            group.start_soon(one, number, url)
    return [answers[number] for number in range(len(urls))]


async def _within_time(fetch: _Fetch, url: str) -> Fetched:
    try:
        with anyio.fail_after(fetch.options.timeout_s):
            return await fetch.follow(httpx.URL(url))
    except TimeoutError as error:
        raise UnreadableError(f"no complete answer in {fetch.options.timeout_s:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        raise UnreadableError(f"cannot be fetched: {error or type(error).__name__}") from error


class _Fetch:
    """Follows an address and its redirects, each hop on a connection of its own."""

    def __init__(
        self, options: ReadOptions, resolve: Resolve, public: Callable[[str], bool]
    ) -> None:
        self.options = options
        self._resolve = resolve
        self._public = public
        self._tls = httpx.create_ssl_context(trust_env=False)

    async def follow(self, url: httpx.URL) -> Fetched:
        for _ in range(_MAX_REDIRECTS + 1):
            answer = await self._hop(url)
            if isinstance(answer, Fetched):
                return answer
            # User name and password are for the address they were given with.
            url = answer.copy_with(username=None, password=None)
        raise UnreadableError(f"more than {_MAX_REDIRECTS} redirects")

    async def _hop(self, url: httpx.URL) -> Fetched | httpx.URL:
        if url.scheme not in ("http", "https") or not url.host:
            raise UnreadableError("leads to an address that is neither http nor https")
        addresses = await self._checked(url)
        for address in addresses[:-1]:
            try:
                return await self._get(url, address)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._get(url, addresses[-1])

    async def _checked(self, url: httpx.URL) -> Sequence[str]:
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = list(dict.fromkeys(await self._resolve(url.host, port)))
        except (OSError, UnicodeError) as error:
            raise UnreadableError(f"no such host: {url.host}") from error
        if not addresses:
            raise UnreadableError(f"no such host: {url.host}")
        if not self.options.allow_private_urls and not all(map(self._public, addresses)):
            raise UnreadableError(f"{url.host} is a private address, and these are not allowed")
        return addresses

    async def _get(self, url: httpx.URL, address: str) -> Fetched | httpx.URL:
        request = httpx.Request(
            "GET",
            url.copy_with(host=address, username=None, password=None, fragment=None),
            headers={**_HEADERS, "Host": url.netloc.decode("ascii")},
            extensions={
                "sni_hostname": url.raw_host.decode("ascii"),
                "timeout": httpx.Timeout(self.options.timeout_s).as_dict(),
            },
        )
        auth = httpx.BasicAuth(url.username, url.password) if url.username else None
        async with httpx.AsyncClient(trust_env=False, verify=self._tls) as client:
            response = await client.send(request, auth=auth, stream=True)
            try:
                return await self._answer(url, response)
            finally:
                await response.aclose()

    async def _answer(self, url: httpx.URL, response: httpx.Response) -> Fetched | httpx.URL:
        if response.has_redirect_location:
            return url.join(response.headers["location"])
        if response.status_code != httpx.codes.OK:
            raise UnreadableError(
                f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
            )
        limit, data = self.options.max_bytes, bytearray()
        async for chunk in response.aiter_bytes():
            data += chunk
            if len(data) > limit:
                raise UnreadableError(f"larger than {limit:,} bytes")
        return Fetched(
            data=bytes(data),
            content_type=response.headers.get("content-type", ""),
            charset=response.charset_encoding,
            path=url.path,
        )
