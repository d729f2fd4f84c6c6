"""Servers for this machine alone: what a page from elsewhere, or a name that only points here, may not ask.

A browser lets any page send requests to 127.0.0.1; the `Origin` header tells whose page it was. A name that an attacker
turns to 127.0.0.1 (DNS rebinding) makes that page look like the server's own; the `Host` header tells by which name it
came.
"""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_NAME = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?")
"""With any port: a tunnel has another than the server, and an attacker's page cannot choose the name."""


class Loopback:
    """ASGI middleware that lets in programs of this machine and the server's own pages, and refuses all others.

    Answers 421 to a `Host` that is not a name of loopback, and 403 to an `Origin` that is not that host and port; a
    WebSocket is closed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse one request."""
        if scope["type"] == "lifespan" or (refusal := _refusal(scope)) is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refusal[1]})
        else:
            status, why = refusal
            await PlainTextResponse(why, status)(scope, receive, send)


class Bounded:
    """ASGI middleware that answers 413 to a request with a body of more than `most` bytes, announced or not."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on the request, with a body that ends in an error where it grows too long."""
        left = self._most

        async def bounded() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, self._why)
            return message

        announced = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else "0"
        if announced.isdecimal() and int(announced) > self._most:
            await PlainTextResponse(self._why, 413)(scope, receive, send)
        else:
            await self._app(scope, bounded, send)

    @property
    def _why(self) -> str:
        return f"This request is too large: {self._most} bytes are allowed."


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """The status and the sentence for a request from outside; None for one that may come in."""
    headers = Headers(scope=scope)
    host = headers.get("host", "").lower()
    if not _OWN_NAME.fullmatch(host):
        return 421, f"This server is for this machine alone: ask 127.0.0.1:{scope['server'][1]}."
    origins = headers.getlist("origin")
    if any(origin.lower() != f"http://{host}" for origin in origins):
        return 403, "This server answers its own pages only: the request came from a page of another origin."
    return None
