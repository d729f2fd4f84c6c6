"""One process at a time changes a gallery's folder; the others wait, and learn who holds it."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from splatelier.tools.errors import SplatelierError
from splatelier.tools.redact import redact
from splatelier.tools.workspace.workspace import Workspace

PATIENCE_SECONDS = 30.0

_LOCK, _HOLDER = "lock", "lock.json"
_mutex = threading.Lock()  # the count of a FileLock that threads share is its caller's to guard


@contextmanager
def locked(workspace: Workspace, what: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the workspace against every other process while the block runs.

    The threads of a process hold it together, and one that holds it may take it again.

    Args:
        what: what it is held for, in the words that others are told: "make it zoomed out".
        patience: seconds to wait for another process.

    Raises:
        SplatelierError: another process kept it for longer than `patience`, which is named with what it does; or the
            folder cannot be written to.
    """
    lock = _take(workspace, what, patience)
    try:
        yield
    finally:
        with _mutex:
            lock.release()


def _take(workspace: Workspace, what: str, patience: float) -> FileLock:
    try:
        workspace.state.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workspace.state / _LOCK, thread_local=False, is_singleton=True)
        with _mutex:
            lock.acquire(timeout=patience)
            if lock.lock_counter == 1:
                holder = {"pid": os.getpid(), "host": socket.gethostname(), "what": redact(what)}
                (workspace.state / _HOLDER).write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
    except Timeout as error:
        raise SplatelierError(
            f"{workspace.root} is being changed by {_holder(workspace)}; wait until that is done, or end it."
        ) from error
    except OSError as error:
        raise SplatelierError(
            f"{workspace.root} cannot be changed ({error.strerror or error}); see to its disk and its permissions."
        ) from error
    return lock


def _holder(workspace: Workspace) -> str:
    try:
        holder = json.loads((workspace.state / _HOLDER).read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} (“{holder['what']}”)"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"  # taken this very moment, or by somebody who left no name
