"""A .glb's container, checked without trusting it. Format: Khronos glTF 2.0, section 4 (GLB file format)."""

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from splatelier.tools.errors import SplatelierError

_HEADER = struct.Struct("<4sIIII")
_JSON = 0x4E4F534A
_LONGEST_JSON = 64 * 1024 * 1024


def check_glb(path: Path) -> None:
    """Make sure that a file is one whole .glb that holds all it needs.

    Raises:
        SplatelierError: it is not a .glb, is cut short, or names files beside itself, which nobody would fetch.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEADER.size)
        if head and b"glTF".startswith(head[:4]) and len(head) < _HEADER.size:
            raise SplatelierError(f"{path.name} is cut short: it ends within its header. Make it again.")
        if not head.startswith(b"glTF"):
            raise SplatelierError(f"{path.name} is not a .glb: it does not begin as one. Make it again.")
        _, version, total, length, kind = _HEADER.unpack(head)
        if version != 2 or total != size:
            raise SplatelierError(
                f"{path.name} is damaged: it has {size:,} bytes where its header says {total:,}. Make it again."
            )
        if kind != _JSON or length > min(size - _HEADER.size, _LONGEST_JSON):
            raise SplatelierError(f"{path.name} is damaged: it does not begin with its JSON chunk. Make it again.")
        try:
            content = json.loads(file.read(length))
        except (ValueError, RecursionError) as error:
            raise SplatelierError(f"{path.name} is damaged: its JSON does not parse. Make it again.") from error
    if not isinstance(content, dict) or any(not uri.startswith("data:") for uri in _addresses(content)):
        raise SplatelierError(f"{path.name} needs other files beside it; export it again with everything inside.")


def _addresses(content: dict[str, Any]) -> Iterator[str]:
    """Where a glTF says that its buffers and pictures are, if not inside."""
    for group in ("buffers", "images"):
        entries = content.get(group)
        for entry in entries if isinstance(entries, list) else []:
            if isinstance(entry, dict) and "uri" in entry:
                yield str(entry["uri"])
