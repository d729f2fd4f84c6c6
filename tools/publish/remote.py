"""A Space on the Hub as it stands before a gallery is published to it."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from huggingface_hub import HfApi, RepoFile, SpaceInfo
from huggingface_hub.errors import RemoteEntryNotFoundError, RepositoryNotFoundError
from pydantic import JsonValue

from splatelier.tools.gallery.manifest import MANIFEST, Gallery
from splatelier.tools.publish.errors import DeployError, said_plainly
from splatelier.tools.publish.readme import owners_choices
from splatelier.tools.publish.release import CARD, PUBLISHED, Content, Published, content_sha256, parse_published, read

_MADE_BY_THE_HUB = frozenset({".gitattributes", "README.md", "index.html", "style.css"})


@dataclass(frozen=True)
class RemoteSpace:
    """What is there.

    Attributes:
        head: the commit that was looked at; None where there is no Space yet.
        page: the address of the page that the Space serves; empty where there is no Space yet.
        private: whether only its owner sees it.
        files: by path.
        published: what was put there the last time, if a gallery was.
        gallery: its manifest.
        owners: what its owner changed by hand in the card since it was published.
        fresh: whether the Hub's own first commit is all that there is.
    """

    head: str | None = None
    page: str = ""
    private: bool = False
    files: Mapping[str, RepoFile] = field(default_factory=dict)
    published: Published | None = None
    gallery: Gallery | None = None
    owners: Mapping[str, JsonValue] = field(default_factory=dict)
    fresh: bool = True


def look_at(api: HfApi, space_id: str) -> RemoteSpace:
    """The Space as it is now.

    Raises:
        DeployError: it is a Space of another kind, which publishing a gallery would break.
    """
    with said_plainly(space_id), tempfile.TemporaryDirectory() as folder:
        try:
            info = api.space_info(space_id)
        except RepositoryNotFoundError:
            return RemoteSpace()
        if info.sdk != "static":
            raise DeployError(
                f"{space_id} is a {info.sdk} Space, which a gallery would overwrite: choose another name."
            )
        tree = api.list_repo_tree(space_id, repo_type="space", recursive=True, revision=info.sha)
        files = {entry.path: entry for entry in tree if isinstance(entry, RepoFile)}
        told = {path: _text(api, info, path, folder) for path in (PUBLISHED, MANIFEST, CARD) if path in files}
        first = len(api.list_repo_commits(space_id, repo_type="space")) <= 1
    published = parse_published(told[PUBLISHED]) if PUBLISHED in told else None
    return RemoteSpace(
        head=info.sha,
        page=(info.host or "").rstrip("/"),
        private=bool(info.private),
        files=files,
        published=published,
        gallery=_gallery(told[MANIFEST]) if MANIFEST in told and published else None,
        owners=owners_choices(told[CARD], published.card) if published and told.get(CARD) else {},
        fresh=set(files) <= _MADE_BY_THE_HUB and first,
    )


def _text(api: HfApi, info: SpaceInfo, path: str, folder: str) -> str:
    try:
        file = api.hf_hub_download(info.id, path, repo_type="space", revision=info.sha, local_dir=folder)
    except RemoteEntryNotFoundError:
        return ""
    return Path(file).read_text(encoding="utf-8", errors="replace")


def _gallery(text: str) -> Gallery | None:
    try:
        return Gallery.model_validate_json(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Changes:
    """What has to be sent and what has to go; nothing, when the Space is up to date."""

    send: tuple[str, ...]
    delete: tuple[str, ...]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.send or self.delete)


def changes(space_id: str, remote: RemoteSpace, files: Mapping[str, Content]) -> Changes:
    """The difference between what is there and what should be.

    Raises:
        DeployError: a file that somebody else put there is in the way.
    """
    ours = set(remote.published.files) | {PUBLISHED} if remote.published else set()
    send = tuple(path for path, content in files.items() if not _same(remote.files.get(path), content))
    in_the_way = [path for path in send if path in remote.files and path not in ours]
    if in_the_way and not remote.fresh:
        raise DeployError(
            f"{space_id} has a file {in_the_way[0]} that was not published from a gallery: "
            "choose another name, or delete it there first."
        )
    delete = tuple(sorted(path for path in ours if path in remote.files and path not in files))
    return Changes(send, delete, len(files) - len(send))


def _same(there: RepoFile | None, content: Content) -> bool:
    if there is None:
        return False
    if there.lfs is not None:
        return bool(there.lfs.sha256 == content_sha256(content))
    return bool(there.blob_id == git_blob_oid(read(content)))


def git_blob_oid(content: bytes) -> str:
    """Git's name for a file with these contents: SHA-1 over `blob <size>\\0` and the contents."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
