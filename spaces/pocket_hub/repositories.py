"""Repositories on disk: every commit with the files it holds, and the contents by their SHA-256.

A repository is one JSON file that a rename replaces, so a commit is there whole or not at all.
"""

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from splatelier.spaces.pocket_hub.errors import HubError

Kind = Literal["model", "dataset", "space"]
KINDS = get_args(Kind)
_PART = r"(?!.*(--|\.\.))(?!.*\.git$)[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9])?"


@dataclass(frozen=True)
class File:
    """A file of a commit.

    Attributes:
        oid: git's SHA-1 of the blob, which is a pointer when the contents are in large file storage.
        sha256: of the contents.
        lfs: whether the contents are in large file storage.
    """

    oid: str
    sha256: str
    size: int
    lfs: bool


@dataclass(frozen=True)
class Commit:
    """A commit of `main`, the only branch."""

    oid: str
    parent: str | None
    title: str
    message: str
    author: str
    date: str
    files: dict[str, File]


@dataclass(frozen=True)
class Repository:
    """A repository with its history, oldest commit first; it always has one."""

    type: str
    id: str
    private: bool
    sdk: str | None
    created: str
    commits: tuple[Commit, ...]

    @property
    def owner(self) -> str:
        return self.id.split("/")[0]

    @property
    def head(self) -> Commit:
        return self.commits[-1]

    def at(self, revision: str) -> Commit:
        """The commit of a revision: `main`, or an id.

        Raises:
            HubError: there is no such revision.
        """
        if revision == "main":
            return self.head
        for commit in self.commits:
            if commit.oid == revision:
                return commit
        raise HubError(404, f"Invalid rev id: {revision}", code="RevisionNotFound")


class Repositories:
    """Everything that was ever pushed to a pocket Hub, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = threading.Lock()

    def find(self, kind: str, name: str) -> Repository | None:
        """The repository, read from disk."""
        if kind not in KINDS or not _is_name(name):
            return None
        try:
            stored = json.loads(self._path(kind, name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        commits = (
            Commit(**{**commit, "files": {path: File(**file) for path, file in commit["files"].items()}})
            for commit in stored.pop("commits")
        )
        return Repository(commits=tuple(commits), **stored)

    def create(self, kind: str, name: str, private: bool, sdk: str | None, author: str) -> Repository:
        """A new repository, with the first commit that the Hub makes itself.

        Raises:
            HubError: the name is taken, or is no name; or the kind is none.
        """
        if kind not in KINDS:
            raise HubError(400, f'Invalid repository type "{kind}"')
        if not _is_name(name):
            raise HubError(400, f'Invalid repository name "{name}"')
        with self._writing:
            if self.find(kind, name) is not None:
                raise HubError(409, f"You already created this {kind} repo: {name}")
            files = {path: self.keep(text.encode()) for path, text in _first_files(kind, name, sdk).items()}
            first = _commit(None, "initial commit", "", author, files)
            repository = Repository(kind, name, private, sdk, first.date, (first,))
            self._save(repository)
        return repository

    def commit(
        self,
        repository: Repository,
        change: Callable[[dict[str, File]], None],
        title: str,
        message: str,
        author: str,
        parent: str | None,
    ) -> Commit:
        """Apply a change to the files of the head and make the result the new head; one writer at a time.

        Raises:
            HubError: the head is no longer `parent`, or whatever `change` raises; then nothing has changed.
        """
        with self._writing:
            current = self.find(repository.type, repository.id)
            assert current is not None
            if parent is not None and parent != current.head.oid:
                raise HubError(412, "A commit has happened since. Please refresh and try again.")
            files = dict(current.head.files)
            change(files)
            commit = _commit(current.head.oid, title, message, author, files)
            self._save(replace(current, commits=(*current.commits, commit)))
        return commit

    def content(self, file: File) -> Path:
        """Where the contents of a file are."""
        return self._object(file.sha256)

    def keep(self, content: bytes) -> File:
        """Store contents that go into git itself."""
        sha256 = hashlib.sha256(content).hexdigest()
        with self.receiving(sha256, len(content)) as write:
            write(content)
        return File(git_oid(content), sha256, len(content), lfs=False)

    def kept_large(self, sha256: str, size: int | None) -> File:
        """A file whose contents are in large file storage already.

        Raises:
            HubError: they are not.
        """
        path = self._object(sha256)
        if not path.is_file() or size not in (None, path.stat().st_size):
            raise HubError(400, f"LFS pointer pointed to a file that does not exist: {sha256}")
        size = path.stat().st_size
        return File(git_oid(lfs_pointer(sha256, size)), sha256, size, lfs=True)

    def holds(self, sha256: str) -> bool:
        return self._object(sha256).is_file()

    @contextmanager
    def receiving(self, sha256: str, size: int) -> Iterator[Callable[[bytes], None]]:
        """Take in contents piece by piece; they are kept when they are what was announced.

        Raises:
            HubError: they are not.
        """
        target = self._object(sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        digest, received = hashlib.sha256(), 0
        try:
            with os.fdopen(handle, "wb") as file:

                def write(piece: bytes) -> None:
                    nonlocal received
                    received += len(piece)
                    if received > size:
                        raise HubError(413, f"More than the {size} bytes that were announced.")
                    digest.update(piece)
                    file.write(piece)

                yield write
            if (digest.hexdigest(), received) != (sha256, size):
                raise HubError(400, "The content is not what its SHA-256 says.")
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)

    def _save(self, repository: Repository) -> None:
        path = self._path(repository.type, repository.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(repository)), encoding="utf-8")
        temporary.replace(path)

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / f"{kind}s" / f"{name}.json"

    def _object(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise HubError(400, f"{sha256!r} is not a SHA-256")
        return self._folder / "objects" / sha256[:2] / sha256


def _is_name(name: str) -> bool:
    parts = name.split("/")
    return len(parts) == 2 and all(re.fullmatch(_PART, part) for part in parts)


def git_oid(content: bytes) -> str:
    """Git's name for a blob."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def lfs_pointer(sha256: str, size: int) -> bytes:
    """What git holds in the place of a large file (git-lfs, docs/spec.md)."""
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


def _commit(parent: str | None, title: str, message: str, author: str, files: dict[str, File]) -> Commit:
    date = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    identity = json.dumps([parent, title, message, author, date, sorted((path, f.oid) for path, f in files.items())])
    oid = hashlib.sha1(identity.encode(), usedforsecurity=False).hexdigest()
    return Commit(oid, parent, title, message, author, date, files)


def _first_files(kind: str, name: str, sdk: str | None) -> dict[str, str]:
    """What the Hub puts into a new repository."""
    files = {".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n"}
    if kind == "space":
        title = name.split("/")[1].replace("-", " ").title()
        files["README.md"] = (
            f"---\ntitle: {title}\nemoji: 🐢\ncolorFrom: blue\ncolorTo: red\nsdk: {sdk}\npinned: false\n---\n\n"
            "Check out the configuration reference at https://huggingface.co/docs/hub/spaces-config-reference\n"
        )
        if sdk == "static":
            files["index.html"] = (
                "<!doctype html>\n<title>My static Space</title>\n<h1>Welcome to your static Space!</h1>\n"
            )
            files["style.css"] = "body { padding: 2rem; }\n"
    return files
