"""Plain data: what may pass between the model's code and this program. Standard library only, for both sides."""

from collections.abc import ItemsView, KeysView, Mapping, Sequence, ValuesView
from typing import Any

LONGEST = 4 << 20  # bytes of one message
DEEPEST = 32
BITS = 4096  # of an integer; Python refuses to print much longer ones


class NotPlain(TypeError):
    """A value that cannot pass; the text names it and says what can."""


def plain(value: Any, name: str) -> Any:
    """A copy of `value` as JSON knows it: tuples, ranges and views of dicts become lists.

    Args:
        name: what the value is, for the error, such as "the argument 'prompt' of generate_image".

    Raises:
        NotPlain: there is something else in it, or it is nested too deep.
    """
    return _plain(value, name, DEEPEST)


def _plain(value: Any, name: str, depth: int) -> Any:
    if depth == 0:
        raise NotPlain(f"{name} is nested more than {DEEPEST} deep; pass something flatter.")
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        if value.bit_length() > BITS:
            raise NotPlain(f"{name} holds a number of {value.bit_length()} bits; numbers may have {BITS}.")
        return int(value)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise NotPlain(f"{name} holds a dict with the key {key!r}; keys must be strings.")
        return {str(key): _plain(entry, name, depth - 1) for key, entry in value.items()}
    if isinstance(value, Sequence | KeysView | ValuesView | ItemsView) and not isinstance(
        value, bytes | bytearray | memoryview
    ):
        return [_plain(entry, name, depth - 1) for entry in value]
    raise NotPlain(
        f"{name} holds a {type(value).__name__}; only text, numbers, True, False, None, lists and dicts can be passed."
    )
