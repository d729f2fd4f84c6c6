"""How files come in: which way each one goes, large file storage, and the commit that binds them."""

import codecs
import secrets
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from splatelier.spaces.loopback import Bounded
from splatelier.spaces.pocket_hub import wire
from splatelier.spaces.pocket_hub.cards import card_errors
from splatelier.spaces.pocket_hub.errors import HubError
from splatelier.spaces.pocket_hub.guests import Guests
from splatelier.spaces.pocket_hub.repositories import File, Repository


class Pushes:
    """The routes that huggingface_hub's `create_repo` and `create_commit` call."""

    def __init__(self, guests: Guests) -> None:
        self._guests = guests
        self._store = guests.repositories
        self._tickets: dict[str, tuple[str, int]] = {}  # upload address -> what may be put there

    def routes(self) -> list[Route]:
        """In the Hub's own addresses."""
        repository = "/api/{kind:kind}/{namespace}/{name}"
        posts = {
            "/api/repos/create": self._create,
            "/api/validate-yaml": self._validate,
            f"{repository}/preupload/{{revision}}": self._preupload,
            f"{repository}/commit/{{revision}}": self._commit,
            "/{kind:kind}/{namespace}/{name}.git/info/lfs/objects/batch": self._batch,
            "/{namespace}/{name}.git/info/lfs/objects/batch": self._batch,
            "/lfs/{ticket}/verify": self._verify,
        }
        bounded = [Middleware(Bounded, self._guests.limits.body_bytes)]
        return [
            *(Route(path, answer, methods=["POST"], middleware=bounded) for path, answer in posts.items()),
            Route("/lfs/{ticket}", self._upload, methods=["PUT"]),
        ]

    async def _create(self, request: Request) -> Response:
        account, wanted = self._guests.known(request), await wire.body(request, wire.Create)
        namespace, kind = wanted.organization or account.name, wanted.type or "model"
        self._guests.may_write(account, namespace)
        private = bool(wanted.private) or wanted.visibility == "private"
        name = f"{namespace}/{wanted.name}"
        answer = {"url": f"{request.base_url}{'' if kind == 'model' else f'{kind}s/'}{name}", "name": name}
        try:
            self._store.create(kind, name, private, wanted.sdk, account.name)
        except HubError as error:
            return JSONResponse(answer | {"error": str(error)}, error.status, error.headers)
        return JSONResponse(answer)

    async def _validate(self, request: Request) -> Response:
        card = await wire.body(request, wire.Card)
        errors = [{"message": error} for error in card_errors(card.content, card.kind)]
        return JSONResponse({"errors": errors, "warnings": []}, 400 if errors else 200)

    async def _preupload(self, request: Request) -> Response:
        repository, _ = self._guests.writable(request)
        present = repository.at(request.path_params["revision"]).files
        files = (await wire.body(request, wire.Preupload)).files
        for file in files:
            self._fits(file.path, file.size)
        return JSONResponse({"files": [self._way(file, present.get(file.path)) for file in files]})

    def _way(self, file: wire.Announced, present: File | None) -> dict[str, Any]:
        large = file.size > 0 and (_is_binary(file.sample) or file.size > self._guests.limits.regular_bytes)
        oid = present and (present.sha256 if present.lfs else present.oid)
        return {"path": file.path, "uploadMode": "lfs" if large else "regular", "shouldIgnore": False, "oid": oid}

    def _fits(self, path: str, size: int) -> None:
        if size > (most := self._guests.limits.file_bytes):
            raise HubError(413, f"File {path} is too large: {size} bytes, and {most} are allowed")

    async def _batch(self, request: Request) -> Response:
        kind = request.path_params.get("kind", "models").removesuffix("s")
        self._guests.writable(request, kind)
        wanted = await wire.body(request, wire.Batch)
        objects = [self._instructions(request, one.oid, one.size) for one in wanted.objects]
        return JSONResponse(
            {"transfer": "basic", "objects": objects, "hash_algo": "sha256"},
            media_type="application/vnd.git-lfs+json",
        )

    def _instructions(self, request: Request, oid: str, size: int) -> dict[str, Any]:
        answer: dict[str, Any] = {"oid": oid, "size": size}
        self._fits(oid, size)
        if self._store.holds(oid):
            return answer
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = oid, size
        address = f"{request.base_url}lfs/{ticket}"
        return answer | {"actions": {"upload": {"href": address}, "verify": {"href": f"{address}/verify"}}}

    async def _upload(self, request: Request) -> Response:
        oid, size = self._ticket(request)
        with self._store.receiving(oid, size) as write:
            async for piece in request.stream():
                write(piece)
        return Response(headers={"ETag": f'"{oid}"'})

    async def _verify(self, request: Request) -> Response:
        self._guests.known(request)
        announced = await wire.body(request, wire.LargeObject)
        if self._ticket(request) != (announced.oid, announced.size) or not self._store.holds(announced.oid):
            raise HubError(404, "The object was not uploaded")
        return JSONResponse({"oid": announced.oid, "size": announced.size})

    def _ticket(self, request: Request) -> tuple[str, int]:
        try:
            return self._tickets[request.path_params["ticket"]]
        except KeyError:
            raise HubError(403, "This upload address is not valid") from None

    async def _commit(self, request: Request) -> Response:
        repository, account = self._guests.writable(request)
        if request.path_params["revision"] != "main":
            raise HubError(404, "Only main can be committed to", code="RevisionNotFound")
        header, changes = await wire.commit(request)
        commit = self._store.commit(
            repository,
            lambda files: self._apply(repository, changes, files),
            title=header.summary,
            message=header.description or "",
            author=account.name,
            parent=header.parent,
        )
        url = f"{request.base_url}{request.path_params['kind']}/{repository.id}/commit/{commit.oid}"
        return JSONResponse({"success": True, "commitUrl": url, "commitOid": commit.oid, "hookOutput": ""})

    def _apply(
        self,
        repository: Repository,
        changes: list[wire.PutFile | wire.PutLarge | wire.Delete],
        files: dict[str, File],
    ) -> None:
        for change in changes:
            path = change.path
            match change:
                case wire.PutFile(content=content):
                    self._fits(path, len(content))
                    readme = content.decode(errors="replace") if path == "README.md" else None
                    if readme is not None and (errors := card_errors(readme, repository.type)):
                        raise HubError(400, "Invalid metadata in README.md: " + "; ".join(errors))
                    files[path] = self._store.keep(content)
                case wire.PutLarge(oid=oid, size=size):
                    files[path] = self._store.kept_large(oid, size)
                case wire.Delete(key=key):
                    gone = [name for name in files if name == path or name.startswith(f"{path}/")]
                    if not gone or (key == "deletedFile" and gone != [path]):
                        raise HubError(404, f"A file with this name doesn't exist: {path}", code="EntryNotFound")
                    for name in gone:
                        del files[name]


def _is_binary(sample: bytes) -> bool:
    """Whether the first bytes of a file are no text; a character that the sample cuts in two is none of it."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return True
    return b"\0" in sample
