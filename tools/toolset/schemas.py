"""What a tool answers with, as the small JSON schema that the model is shown."""

from typing import Any


def returns(**kinds: str) -> dict[str, Any]:
    """The schema of an object: each property's JSON type, with `[]` after it for a list of that type."""
    return {"type": "object", "properties": {name: _schema(kind) for name, kind in kinds.items()}}


def _schema(kind: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": kind[:-2]}} if kind.endswith("[]") else {"type": kind}
