"""HTTP GET by the rules of trust.py: every hop of a redirect is checked, and gets the token only if it may."""

import ipaddress
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import getproxies, proxy_bypass

import httpx

from splatelier.tools.spaces.errors import SpaceError, classify, from_response
from splatelier.tools.spaces.trust import Proof, Trust, anonymous, clean, origin
from splatelier.tools.spaces.wire.unpack import IDENTITY, Oversized, unpacked

TIMEOUTS = httpx.Timeout(connect=10, read=45, write=45, pool=10)
MAX_REDIRECTS = 5
MAX_TEXT_SECONDS = 60
MAX_TEXT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Fetched:
    """A text that was fetched; `status` 304 means that what is kept still holds."""

    url: str
    status: int
    text: str
    etag: str
    cookies: dict[str, str]
    content_type: str


class Fetcher:
    """GET requests for one run. Safe to share between threads.

    Each request is on an errand and shows its `proof`: `Trust.for_hub`, `Trust.for_space(...)` or `anonymous`.
    """

    def __init__(self, trust: Trust, timeouts: httpx.Timeout = TIMEOUTS) -> None:
        self.trust = trust
        self._client = httpx.Client(follow_redirects=False, timeout=timeouts)

    def close(self) -> None:
        self._client.close()

    @contextmanager
    def open(
        self, url: str, space: str, proof: Proof = anonymous, headers: dict[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """A streamed response after at most five redirects, each one checked.

        Raises:
            SpaceError: the address is refused, cannot be reached, or redirects without end.
        """
        for _ in range(MAX_REDIRECTS + 1):
            self.trust.check(url)
            sent = {**(headers or {}), **IDENTITY, **proof(url)}
            try:
                with self._client.stream("GET", url, headers=sent) as response:
                    self._check_peer(response, url)
                    if not response.has_redirect_location:
                        yield response
                        return
                    url = urljoin(url, response.headers["location"])
            except httpx.HTTPError as error:
                raise classify(error, space, "") from error
            except (httpx.InvalidURL, UnicodeError) as error:
                raise SpaceError("refused", space, f"{clean(url)} is no address ({error})") from error
        raise SpaceError("unreachable", space, f"{clean(url)} redirects without end")

    def _check_peer(self, response: httpx.Response, url: str) -> None:
        """What a name led to when it was checked may differ from what it leads to now."""
        if _goes_through_proxy(url):
            return
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer:
            _, host, port = origin(url)
            self.trust.check_address(ipaddress.ip_address(str(peer[0]).split("%", 1)[0]), host, port)

    def text(self, url: str, space: str, proof: Proof = anonymous, etag: str = "") -> Fetched:
        """A text of at most 16 MB.

        Raises:
            SpaceError: it cannot be had; the kind says why.
        """
        with self.open(url, space, proof, {"if-none-match": etag} if etag else None) as response:
            try:
                text = _text(response, space, clean(url))
            except Oversized:
                if response.is_success:
                    raise
                text = ""  # the status says enough
            if response.status_code != 304 and not response.is_success:
                raise from_response(response, space, body=text)
            return Fetched(
                url=str(response.url),
                status=response.status_code,
                text=text,
                etag=response.headers.get("etag", ""),
                cookies=dict(response.cookies),
                content_type=response.headers.get("content-type", ""),
            )

    def download(
        self,
        url: str,
        space: str,
        target: Path,
        limit: int,
        tick: Callable[[int], None] = lambda _: None,
        proof: Proof = anonymous,
    ) -> int:
        """Stream a file to `target`; gives its size in bytes. `tick` is told the bytes so far and may raise to stop.

        Raises:
            SpaceError: it cannot be had, is cut short, or is larger than `limit` bytes.
        """
        with self.open(url, space, proof) as response:
            if not response.is_success:
                raise from_response(response, space)
            announced = response.headers.get("content-length", "")
            if announced.isdigit() and int(announced) > limit:
                raise _too_large(space, int(announced), limit)
            size = 0
            with target.open("wb") as file:
                for chunk in unpacked(response):
                    size += len(chunk)
                    if size > limit:
                        raise _too_large(space, size, limit)
                    file.write(chunk)
                    tick(size)
            return size


def _text(response: httpx.Response, space: str, shown: str) -> str:
    body, begun = bytearray(), time.monotonic()
    for chunk in unpacked(response):
        body += chunk
        if time.monotonic() - begun > MAX_TEXT_SECONDS:
            raise SpaceError("timeout", space, f"{shown} sends too slowly", again="once")
        if len(body) > MAX_TEXT_BYTES:
            raise SpaceError("malformed", space, f"{shown} sends more than {MAX_TEXT_BYTES >> 20} MB")
    return body.decode("utf-8", errors="replace")


def _goes_through_proxy(url: str) -> bool:
    scheme, host, _ = origin(url)
    proxies = getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not proxy_bypass(host)


def _too_large(space: str, size: int, limit: int) -> SpaceError:
    said = f"a file of {size / 1e6:.0f} MB or more came back, over the limit of {limit / 1e6:.0f} MB"
    return SpaceError("malformed", space, said, hint="ask for a smaller result, or use another Space")
