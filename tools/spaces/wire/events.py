"""A server-sent event stream read in linear time, with a bound on each event."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

MAX_EVENT_BYTES = 32 * 1024 * 1024
MAX_STREAM_BYTES = 512 * 1024 * 1024
_END = b"\n\n"


def events(chunks: Iterable[bytes], limit: int = MAX_EVENT_BYTES) -> Iterator[bytes]:
    """The events of a stream. Each byte is looked at once, however small the chunks are.

    Raises:
        ValueError: one has more than `limit` bytes.
    """
    rest = bytearray()
    for chunk in chunks:
        look_from = max(0, len(rest) - len(_END) + 1)
        rest += chunk
        begin = 0
        while (end := rest.find(_END, look_from)) >= 0:
            yield bytes(rest[begin:end])
            begin = look_from = end + len(_END)
        del rest[:begin]
        if len(rest) > limit:
            raise ValueError(f"an event of more than {limit >> 20} MB")


def messages(chunks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON messages of Gradio's event stream; each has a `msg` that says what it is.

    Raises:
        ValueError: something else stands there.
    """
    for event in events(chunks):
        if not event.startswith(b"data:"):
            continue
        try:
            message = json.loads(event[5:])
        except RecursionError as error:
            raise ValueError("a message that is nested too deep") from error
        if not isinstance(message, dict) or not isinstance(message.get("msg"), str):
            raise ValueError("a message that says not what it is")
        yield message
