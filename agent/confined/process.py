"""A running child as the parent sees it: messages in, messages out, and an end that always comes."""

import contextlib
import json
import queue
import threading
from io import BufferedReader, RawIOBase
from typing import IO, Any, cast

from splatelier.agent.confined.messages import Message, read_message
from splatelier.agent.confined.plain import LONGEST
from splatelier.agent.confined.sandbox import Room

_INBOX = 256
_OUTBOX = 256
_PATIENCE_SECONDS = 10.0  # for a child that does not read what it is sent


class Gone(Exception):
    """The child is no more: it ended, was ended, or said something that no child says."""


class Process:
    """One child. Its pipes are served by two threads, so that nobody waits for a child that does not read or write."""

    def __init__(self, room: Room) -> None:
        self._process = room.start()
        self._stdin, self._process.stdin = self._process.stdin, None  # closed here, when nobody writes any more
        self._inbox: queue.Queue[Message | None] = queue.Queue(_INBOX)
        self._outbox: queue.Queue[bytes | None] = queue.Queue(_OUTBOX)
        self._over = threading.Event()
        self._closing = threading.Lock()
        for serve in (self._read, self._write):
            threading.Thread(target=serve, daemon=True).start()

    def send(self, **message: Any) -> None:
        """Send a message; to a child that is gone it is not sent.

        Raises:
            Gone: the child has read nothing for a while, and was ended.
        """
        if self._over.is_set():
            return
        try:
            self._outbox.put(json.dumps(message, separators=(",", ":")).encode() + b"\n", timeout=_PATIENCE_SECONDS)
        except queue.Full:
            self.close()
            raise Gone from None

    def receive(self, seconds: float) -> Message | None:
        """The next message, or None where none comes within `seconds`.

        Raises:
            Gone: there will be none.
        """
        try:
            message = self._inbox.get(timeout=seconds)
        except queue.Empty:
            if self._over.is_set():
                raise Gone from None
            return None
        if message is None:
            raise Gone
        return message

    def check(self) -> None:
        """Do nothing while the child lives.

        Raises:
            Gone: it does not.
        """
        if self._over.is_set():
            raise Gone

    def close(self) -> None:
        """End the child and wait until it is no more."""
        with self._closing:
            if self._over.is_set():
                return
            self._over.set()
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(queue.Full):
            self._outbox.put_nowait(None)

    def _read(self) -> None:
        reader = BufferedReader(cast(RawIOBase, self._process.stdout))
        try:
            while line := reader.readline(LONGEST + 2):
                message = read_message(line)
                while True:
                    try:
                        self._inbox.put(message, timeout=1)
                        break
                    except queue.Full:
                        if self._over.is_set():
                            return
        except (ValueError, OSError):
            pass  # no message, or a pipe that was closed: the same to whoever waits
        finally:
            self.close()
            reader.close()
            with contextlib.suppress(queue.Full):
                self._inbox.put_nowait(None)

    def _write(self) -> None:
        stream = cast(IO[bytes], self._stdin)
        with contextlib.suppress(OSError, ValueError):
            while (line := self._outbox.get()) is not None:
                rest = memoryview(line)
                while rest:
                    rest = rest[stream.write(rest) :]
        with contextlib.suppress(OSError):
            stream.close()
