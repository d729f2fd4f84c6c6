"""A file or a folder that is there whole or not at all: written beside its place, synced, and renamed into it."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splatelier.tools.errors import SplatelierError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path that becomes the file `target` when the block ends well, and vanishes when it raises.

    The file is synced before it is renamed, so a crash leaves the old file or the new one, never a part.

    Raises:
        SplatelierError: the disk is full, the folder may not be written to, or a file is where it should be.
    """
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=target.suffix, dir=target.parent)
        os.close(handle)
    temporary = Path(name)
    try:
        temporary.chmod(0o644)
        with _explained(target, temporary):
            yield temporary
        with _explained(target):
            _sync(temporary)
            temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path, scratch: Path | None = None) -> Iterator[Path]:
    """A new empty folder that takes the place of `target` when the block ends well, and vanishes when it raises.

    Its files are synced first. Where the exchange fails, what was at `target` is put back.

    Args:
        scratch: where the new folder is filled, on the same disk; beside `target` when left out.

    Raises:
        SplatelierError: the disk is full, the folder may not be written to, or a file is where it should be.
    """
    scratch = scratch or target.parent
    with _explained(target):
        for parent in (target.parent, scratch):
            parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=scratch))
    fresh = temporary / target.name
    try:
        fresh.mkdir()
        with _explained(target, fresh):
            yield fresh
        with _explained(target):
            for path in fresh.rglob("*"):
                if path.is_file() and not path.is_symlink():
                    _sync(path)
            _exchange(fresh, target, temporary / "before")
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def append_line(target: Path, line: str) -> None:
    """Add a line at the end of the file `target`; a part that a crash left there keeps a line of its own.

    Raises:
        SplatelierError: as `replacing`.
    """
    content = line.encode("utf-8", "replace") + b"\n"
    with _explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab+") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            torn = end and file.read(1) != b"\n"
            file.write(b"\n" + content if torn else content)


def _exchange(fresh: Path, target: Path, aside: Path) -> None:
    if target.is_file():
        raise FileExistsError(errno.EEXIST, "a file is there", str(target))
    if not target.exists():
        fresh.rename(target)
        return
    target.rename(aside)
    try:
        fresh.rename(target)
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        aside.rename(target)
        raise


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _explained(target: Path, written: Path | None = None) -> Iterator[None]:
    """What the system says about writing `target`, as one sentence.

    Args:
        written: where the block itself writes. Then only what is about that path, or about room, is about writing: the
            block may also read other files, whose troubles are its own.
    """
    try:
        yield
    except OSError as error:
        named = str(error.filename or "")
        if written and error.errno not in _NO_ROOM and not named.startswith(str(written)):
            raise
        raise SplatelierError(f"{target} could not be written: {_reason(error)}") from error


def _reason(error: OSError) -> str:
    if error.errno in _NO_ROOM:
        return "there is no room left for it; make room on the disk and try again."
    if error.errno in _NOT_ALLOWED:
        return "its folder may not be written to; give yourself the right to, or choose another folder."
    if error.errno in _IN_THE_WAY:
        return "there is a file where a folder must be, or the other way round; move it away."
    return f"{error.strerror or error}; look at the disk, or choose another folder."
