"""What a client may send: every body is held against its shape before anything is done with it."""

import base64
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AliasPath,
    BaseModel,
    BeforeValidator,
    Field,
    NonNegativeInt,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from starlette.requests import Request

from splatelier.spaces.pocket_hub.cards import Sdk
from splatelier.spaces.pocket_hub.errors import HubError
from splatelier.spaces.pocket_hub.repositories import Kind

Shape = TypeVar("Shape")


def checked_path(path: str) -> str:
    """A path of a file or folder in a repository, without a slash at its end.

    Raises:
        ValueError: it is none that every computer could write below a folder of its own.
    """
    path = path.rstrip("/")
    parts = path.split("/")
    odd = "\\" in path or not path.isprintable()
    if odd or len(path) > 1024 or any(part in ("", ".", "..", ".git") or len(part) > 255 for part in parts):
        raise ValueError(f"Invalid path {path[:80]!r}")
    return path


def _decoded(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("not base64")
    return base64.b64decode(text, validate=True)


Base64 = Annotated[bytes, BeforeValidator(_decoded)]
FilePath = Annotated[str, AfterValidator(checked_path)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Create(BaseModel):
    """A repository to be."""

    name: str
    organization: str | None = None
    type: Kind | None = None
    private: bool | None = None
    visibility: Literal["public", "private"] | None = None
    sdk: Sdk | None = None


class Card(BaseModel):
    """A README to be judged."""

    content: str
    kind: str = Field("model", alias="repoType")


class Announced(BaseModel):
    """A file that is asked about before it is sent, with its first bytes."""

    path: FilePath
    size: NonNegativeInt
    sample: Base64


class Preupload(BaseModel):
    """The files of a commit to be."""

    files: list[Announced]


class LargeObject(BaseModel):
    """Contents for large file storage."""

    oid: Sha256
    size: NonNegativeInt


class Batch(BaseModel):
    """Contents that want an address to be sent to."""

    objects: list[LargeObject]


class Header(BaseModel):
    """The first line of a commit."""

    key: Literal["header"]
    summary: str = Field(min_length=1, validation_alias=AliasPath("value", "summary"))
    description: str | None = Field(None, validation_alias=AliasPath("value", "description"))
    parent: str | None = Field(None, validation_alias=AliasPath("value", "parentCommit"))


class _OfPath(BaseModel):
    path: FilePath = Field(validation_alias=AliasPath("value", "path"))


class PutFile(_OfPath):
    """A file with its contents."""

    key: Literal["file"]
    content: Base64 = Field(validation_alias=AliasPath("value", "content"))


class PutLarge(_OfPath):
    """A file whose contents were sent before."""

    key: Literal["lfsFile"]
    oid: Sha256 = Field(validation_alias=AliasPath("value", "oid"))
    size: NonNegativeInt | None = Field(None, validation_alias=AliasPath("value", "size"))


class Delete(_OfPath):
    """A file or a folder that goes."""

    key: Literal["deletedFile", "deletedFolder"]


Change = Annotated[PutFile | PutLarge | Delete, Field(discriminator="key")]
_CHANGE: TypeAdapter[PutFile | PutLarge | Delete] = TypeAdapter(Change)
_HEADER = TypeAdapter(Header)


async def body(request: Request, shape: type[Shape]) -> Shape:
    """The JSON body of a request.

    Raises:
        HubError: it has another shape.
    """
    return _parsed(TypeAdapter(shape), await request.body())


async def commit(request: Request) -> tuple[Header, list[PutFile | PutLarge | Delete]]:
    """The header of a commit and its changes, one a line.

    Raises:
        HubError: a line has another shape.
    """
    lines = [line for line in (await request.body()).splitlines() if line.strip()]
    return _parsed(_HEADER, lines[0] if lines else b"{}"), [_parsed(_CHANGE, line) for line in lines[1:]]


def _parsed(adapter: TypeAdapter[Shape], sent: bytes) -> Shape:
    try:
        return adapter.validate_json(sent)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the body"
        raise HubError(400, f"Not understood: {where}: {first['msg']}") from None
