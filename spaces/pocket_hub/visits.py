"""How files go out: what a repository holds, one file of it, and the page that a static Space is."""

import mimetypes
import time
from datetime import datetime
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from splatelier.spaces.loopback import Bounded
from splatelier.spaces.pocket_hub.cards import card_errors, read_card
from splatelier.spaces.pocket_hub.errors import HubError
from splatelier.spaces.pocket_hub.guests import Guests
from splatelier.spaces.pocket_hub.repositories import Commit, File, Repository, lfs_pointer

_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".ksplat": "application/octet-stream",
    ".ply": "application/octet-stream",
    ".gz": "application/gzip",
    ".glb": "model/gltf-binary",
}


class Visits:
    """The routes by which huggingface_hub reads repositories, and the pages of static Spaces."""

    def __init__(self, guests: Guests) -> None:
        self._guests = guests
        self._store = guests.repositories

    def routes(self) -> list[Route]:
        """In the Hub's own addresses; a static Space has a folder here where the Hub gives it a host."""
        repository = "/api/{kind:kind}/{namespace}/{name}"
        bounded = [Middleware(Bounded, self._guests.limits.body_bytes)]
        return [
            Route(f"{repository}/tree/{{revision}}", self._tree),
            Route(f"{repository}/tree/{{revision}}/{{path:path}}", self._tree),
            Route(f"{repository}/paths-info/{{revision}}", self._paths_info, methods=["POST"], middleware=bounded),
            Route(f"{repository}/commits/{{revision}}", self._commits),
            Route("/{kind:kind}/{namespace}/{name}/resolve/{revision}/{path:path}", self._resolve),
            Route("/{namespace}/{name}/resolve/{revision}/{path:path}", self._resolve),
            Route("/static/{namespace}/{name}/{path:path}", self._static),
        ]

    async def _tree(self, request: Request) -> Response:
        commit = self._guests.readable(request).at(request.path_params["revision"])
        folder = request.path_params.get("path", "").strip("/")
        recursive = request.query_params.get("recursive", "").lower() in ("true", "1")
        prefix = f"{folder}/" if folder else ""
        entries, folders = [], set[str]()
        for path, file in sorted(commit.files.items()):
            if not path.startswith(prefix):
                continue
            parts = path.removeprefix(prefix).split("/")
            folders.update(prefix + "/".join(parts[:depth]) for depth in range(1, len(parts)))
            if recursive or len(parts) == 1:
                entries.append(_entry(path, file))
        if folder and not entries and not folders:
            raise HubError(404, f"{folder} does not exist on main", code="EntryNotFound")
        shown = sorted(path for path in folders if recursive or "/" not in path.removeprefix(prefix))
        return JSONResponse([*(_folder(path) for path in shown), *entries])

    async def _paths_info(self, request: Request) -> Response:
        commit = self._guests.readable(request).at(request.path_params["revision"])
        async with request.form() as form:
            wanted = [str(path) for path in form.getlist("paths")]
        return JSONResponse([_entry(path, commit.files[path]) for path in wanted if path in commit.files])

    async def _commits(self, request: Request) -> Response:
        repository = self._guests.readable(request)
        position = repository.commits.index(repository.at(request.path_params["revision"]))
        return JSONResponse(
            [
                {
                    "id": commit.oid,
                    "title": commit.title,
                    "message": commit.message,
                    "date": commit.date,
                    "authors": [{"user": commit.author}],
                }
                for commit in reversed(repository.commits[: position + 1])
            ]
        )

    async def _resolve(self, request: Request) -> Response:
        repository = self._guests.readable(request, request.path_params.get("kind", "models").removesuffix("s"))
        commit = repository.at(request.path_params["revision"])
        headers = {"X-Repo-Commit": commit.oid}
        if (file := commit.files.get(request.path_params["path"])) is None:
            raise HubError(404, "Entry not found", code="EntryNotFound", headers=headers)
        etag = file.sha256 if file.lfs else file.oid
        headers |= {"ETag": f'"{etag}"', "Accept-Ranges": "bytes", "X-Linked-Size": str(file.size)}
        return FileResponse(self._store.content(file), headers=headers, media_type="application/octet-stream")

    async def _static(self, request: Request) -> Response:
        repository = self._guests.readable(request, "space")
        stage = runtime(repository, self._guests)["stage"]
        if stage != "RUNNING":
            raise HubError(503, f"This Space is not running: {stage}")
        path = request.path_params["path"] or app_file(repository.head, self._guests)
        if (file := repository.head.files.get(path)) is None:
            raise HubError(404, f"There is no {path} here.")
        suffix = path[path.rfind(".") :] if "." in path else ""
        media_type = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = {"ETag": f'"{file.oid}"', "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return FileResponse(self._store.content(file), headers=headers, media_type=media_type)


def info(request: Request, repository: Repository, guests: Guests, revision: str = "main") -> dict[str, Any]:
    """What `HfApi.repo_info` reads of a pushed repository."""
    commit = repository.at(revision)
    card = read_card(_readme(commit, guests))
    answer: dict[str, Any] = {
        "_id": commit.oid[:24],
        "id": repository.id,
        "author": repository.owner,
        "sha": commit.oid,
        "createdAt": repository.created,
        "lastModified": commit.date,
        "private": repository.private,
        "gated": False,
        "disabled": False,
        "likes": 0,
        "tags": [str(tag) for tag in card.get("tags") or []],
        "cardData": card,
        "siblings": [_sibling(path, file, request) for path, file in sorted(commit.files.items())],
    }
    if repository.type == "space":
        answer |= {
            "sdk": card.get("sdk", repository.sdk),
            "host": static_host(request, repository),
            "subdomain": repository.id.replace("/", "-").lower(),
            "runtime": runtime(repository, guests),
        }
    return answer


def runtime(repository: Repository, guests: Guests) -> dict[str, Any]:
    """The stage of a pushed static Space: what its files and the Hub's limits make of it."""
    commit, limits = repository.head, guests.limits
    readme = _readme(commit, guests)
    used = sum(file.size for file in commit.files.values())
    age = time.time() - datetime.fromisoformat(commit.date).timestamp()
    problem = ""
    if card_errors(readme, "space"):
        stage, problem = "CONFIG_ERROR", "; ".join(card_errors(readme, "space"))
    elif read_card(readme)["sdk"] != "static":
        stage, problem = "BUILD_ERROR", "this pocket Hub runs static Spaces only"
    elif app_file(commit, guests) not in commit.files:
        stage = "NO_APP_FILE"
    elif used > limits.space_bytes:
        stage, problem = "RUNTIME_ERROR", f"storage limit exceeded ({used} bytes, {limits.space_bytes} allowed)"
    else:
        stage = "BUILDING" if age < limits.build_seconds else "RUNNING"
    answer = {"stage": stage, "hardware": {"current": None, "requested": None}, "storage": None, "gcTimeout": None}
    return answer | ({"errorMessage": problem} if problem else {})


def app_file(commit: Commit, guests: Guests) -> str:
    """The page that a static Space opens with."""
    return str(read_card(_readme(commit, guests)).get("app_file") or "index.html")


def static_host(request: Request, repository: Repository) -> str:
    """Where the page of a static Space is."""
    return f"{request.base_url}static/{repository.id}"


def _readme(commit: Commit, guests: Guests) -> str:
    readme = commit.files.get("README.md")
    return guests.repositories.content(readme).read_text(encoding="utf-8", errors="replace") if readme else ""


def _entry(path: str, file: File) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": "file", "path": path, "oid": file.oid, "size": file.size}
    if file.lfs:
        entry["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": len(lfs_pointer(file.sha256, file.size))}
    return entry


def _folder(path: str) -> dict[str, Any]:
    return {"type": "directory", "path": path, "oid": "0" * 40, "size": 0}


def _sibling(path: str, file: File, request: Request) -> dict[str, Any]:
    sibling: dict[str, Any] = {"rfilename": path}
    if request.query_params.get("blobs"):
        sibling |= {"size": file.size, "blobId": file.oid}
        if file.lfs:
            pointer = len(lfs_pointer(file.sha256, file.size))
            sibling["lfs"] = {"sha256": file.sha256, "size": file.size, "pointerSize": pointer}
    return sibling
