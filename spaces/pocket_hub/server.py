"""The pocket Hub's routes, and the server that answers on them."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from spaces.pocket_hub.accounts import Account
from spaces.pocket_hub.catalogue import RunningSpace, search
from spaces.pocket_hub.errors import HubError


class PocketHub:
    """A Hub with a few running Spaces and a few accounts."""

    def __init__(self, spaces: Sequence[RunningSpace] = (), accounts: Sequence[Account] = ()) -> None:
        self.spaces = {space.id: space for space in spaces}
        self.accounts = {account.token: account for account in accounts}
        self.app = Starlette(
            routes=[
                Route("/spaces/{namespace}/{name}/agents.md", self._agents_md),
                Route("/api/spaces/semantic-search", self._search),
                Route("/api/spaces/zero-gpu/quota", self._quota),
                Route("/api/spaces/{namespace}/{name}", self._space_info),
                Route("/api/spaces/{namespace}/{name}/runtime", self._runtime),
            ],
            exception_handlers={HubError: _answer},
        )

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve from a thread of this process, on a free port of loopback; gives the endpoint."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server = uvicorn.Server(_config(self.app))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
            thread.start()
            try:
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
            finally:
                server.should_exit = True
                thread.join()

    def serve(self, listener: socket.socket) -> None:
        """Serve on a listening socket until the process is told to stop."""
        uvicorn.Server(_config(self.app)).run(sockets=[listener])

    def account(self, request: Request) -> Account | None:
        """Who asks; None without a token.

        Raises:
            HubError: the token is nobody's.
        """
        header = request.headers.get("authorization", "")
        if not header:
            return None
        if (account := self.accounts.get(header.removeprefix("Bearer ").strip())) is None:
            raise HubError(401, "Invalid username or password.")
        return account

    def _running(self, request: Request) -> RunningSpace:
        self.account(request)
        space = self.spaces.get("{namespace}/{name}".format_map(request.path_params))
        if space is None:
            raise HubError(404, "Repository not found", code="RepoNotFound")
        return space

    async def _agents_md(self, request: Request) -> Response:
        return PlainTextResponse(self._running(request).agents_md())

    async def _search(self, request: Request) -> Response:
        query = request.query_params
        found = await search(
            list(self.spaces.values()),
            query.get("q", ""),
            sdks=query.getlist("sdk"),
            tags=query.getlist("filter"),
            asleep=query.get("includeNonRunning", "").lower() == "true",
        )
        return JSONResponse(found)

    async def _quota(self, request: Request) -> Response:
        if (account := self.account(request)) is None:
            raise HubError(401, "Invalid username or password.")
        base, left = account.gpu_seconds
        return JSONResponse({"base": base, "current": left, "resetsAt": None, "overquotaUsed": 0})

    async def _space_info(self, request: Request) -> Response:
        return JSONResponse(await self._running(request).info())

    async def _runtime(self, request: Request) -> Response:
        return JSONResponse(await self._running(request).runtime())


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)


async def _answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, HubError)
    headers = {"X-Error-Message": str(error)} | ({"X-Error-Code": error.code} if error.code else {})
    return JSONResponse({"error": str(error)}, error.status, headers)
