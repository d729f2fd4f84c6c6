"""The pocket Hub: what it is made of, and the server that answers for it."""

import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from splatelier.spaces.loopback import Loopback
from splatelier.spaces.pocket_hub.accounts import Account, Limits
from splatelier.spaces.pocket_hub.catalogue import RunningSpace, search
from splatelier.spaces.pocket_hub.errors import HubError
from splatelier.spaces.pocket_hub.guests import Guests
from splatelier.spaces.pocket_hub.pushes import Pushes
from splatelier.spaces.pocket_hub.repositories import Repositories
from splatelier.spaces.pocket_hub.visits import Visits, info, runtime, static_host


class _Kind(Convertor[str]):
    """The kinds of repository, as they stand in addresses."""

    regex = "models|datasets|spaces"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("kind", _Kind())


class PocketHub:
    """A Hub with a few running Spaces, a few accounts, and the repositories that those push.

    Without `storage`, what is pushed lasts as long as the object.
    """

    def __init__(
        self,
        spaces: Sequence[RunningSpace] = (),
        accounts: Sequence[Account] = (),
        storage: Path | None = None,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
    ) -> None:
        self.spaces = {space.id: space for space in spaces}
        if storage is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="pocket-hub-")
            storage = Path(self._temporary.name)
        by_token = {account.token: account for account in accounts}
        self.guests = Guests(by_token, Repositories(storage), limits)
        repository = "/api/{kind:kind}/{namespace}/{name}"
        self.app = Starlette(
            routes=[
                Route("/api/whoami-v2", self._whoami),
                Route("/api/spaces/semantic-search", self._search),
                Route("/api/spaces/zero-gpu/quota", self._quota),
                Route("/spaces/{namespace}/{name}", self._page),
                Route("/spaces/{namespace}/{name}/agents.md", self._agents_md),
                *Pushes(self.guests).routes(),
                *Visits(self.guests).routes(),
                Route("/api/spaces/{namespace}/{name}/runtime", self._runtime),
                Route(repository, self._info),
                Route(f"{repository}/revision/{{revision}}", self._info),
            ],
            middleware=[Middleware(Loopback)],
            exception_handlers={HubError: _answer, ClientDisconnect: _gone},
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

    def _running(self, request: Request) -> RunningSpace | None:
        self.guests.who(request)
        return self.spaces.get("{namespace}/{name}".format_map(request.path_params))

    async def _whoami(self, request: Request) -> Response:
        account = self.guests.known(request)
        token = {"displayName": "pocket", "role": account.role}
        return JSONResponse(
            {
                "type": "user",
                "id": account.name,
                "name": account.name,
                "fullname": account.name,
                "isPro": False,
                "orgs": [],
                "auth": {"type": "access_token", "accessToken": token},
            }
        )

    async def _page(self, request: Request) -> Response:
        """Where the Hub shows a Space in a frame, this one leads to the Space itself."""
        if (space := self._running(request)) is not None:
            return RedirectResponse(space.url)
        return RedirectResponse(f"{static_host(request, self.guests.readable(request, 'space'))}/index.html")

    async def _agents_md(self, request: Request) -> Response:
        if (space := self._running(request)) is None:
            raise HubError(404, "Repository not found", code="RepoNotFound")
        return PlainTextResponse(space.agents_md())

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
        base, left = self.guests.known(request).gpu_seconds
        return JSONResponse({"base": base, "current": left, "resetsAt": None, "overquotaUsed": 0})

    async def _info(self, request: Request) -> Response:
        if request.path_params["kind"] == "spaces" and (space := self._running(request)) is not None:
            return JSONResponse(await space.info())
        repository = self.guests.readable(request)
        return JSONResponse(info(request, repository, self.guests, request.path_params.get("revision", "main")))

    async def _runtime(self, request: Request) -> Response:
        if (space := self._running(request)) is not None:
            return JSONResponse(await space.runtime())
        return JSONResponse(runtime(self.guests.readable(request, "space"), self.guests))


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)


async def _answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, HubError)
    return JSONResponse({"error": str(error)}, error.status, error.headers)


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody is there to read it
