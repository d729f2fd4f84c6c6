"""An answer's bytes, with a bound on what they may become: nothing here unpacks a stranger's bytes without one.

httpx unpacks whatever an answer says it is packed as, layer upon layer, before anybody can count: 3 kB may become 4 GB.
So identity is asked for, gzip alone is unpacked in small pieces, and everything else is refused.
"""

import zlib
from collections.abc import Generator, Iterator

import httpx

IDENTITY = {"accept-encoding": "identity"}
CHUNK = 1 << 16


class Oversized(httpx.DecodingError):
    """An answer is packed in a way that nobody asked for, is larger than it may be, or its packing is broken."""


def packing(response: httpx.Response) -> str:
    """How an answer is packed: "" or "gzip".

    Raises:
        Oversized: in another way, or twice.
    """
    listed = [entry.strip().lower() for entry in response.headers.get_list("content-encoding", split_commas=True)]
    named = [entry for entry in listed if entry not in ("", "identity")]
    if not named:
        return ""
    if named in (["gzip"], ["x-gzip"]):
        return "gzip"
    raise Oversized(f"it is packed as {', '.join(named)[:60]}, which nobody asked for")


def unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The bytes of a streamed answer in pieces of at most 64 kB, of which the caller counts as many as it will take.

    Raises:
        Oversized: see `packing`; or the gzip stream is broken or cut short.
    """
    chunks = response.iter_raw(CHUNK)
    return gunzipped(chunks) if packing(response) else chunks


def gunzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """What a gzip stream holds, in pieces of at most 64 kB.

    Raises:
        Oversized: it is broken or cut short.
    """
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for chunk in chunks:
        rest = chunk
        while not stream.eof:
            try:
                piece = stream.decompress(rest, CHUNK)
            except zlib.error as error:
                raise Oversized(f"its gzip stream is broken ({error})") from error
            rest = stream.unconsumed_tail
            if piece:
                yield piece
            if not rest and len(piece) < CHUNK:
                break
    if not stream.eof:
        raise Oversized("its gzip stream is cut short")


class Bounded(httpx.Auth):
    """Holds httpx's own requests to the same rules: `httpx.post(..., auth=Bounded(limit))`.

    An `httpx.Auth` is what httpx itself shows each answer to before it reads the body. This one asks for identity,
    refuses an answer that is packed all the same, and ends one that goes on for more than `limit` bytes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send the request once, and bound its answer."""
        request.headers.update(IDENTITY)
        if request.url.userinfo:  # which httpx would have sent itself, had nobody given it an Auth
            request = next(httpx.BasicAuth(request.url.username, request.url.password).sync_auth_flow(request))
        response = yield request
        if packing(response):
            raise Oversized("it is packed as gzip, which nobody asked for")
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Counted(response.stream, self._limit)


class _Counted(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, limit: int) -> None:
        self._stream = stream
        self._limit = limit

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > self._limit:
                raise Oversized(f"it sends more than {self._limit >> 20} MB")
            yield chunk

    def close(self) -> None:
        self._stream.close()
