"""Results of Space calls by content: the same question to the same Space is asked once.

A call is known by the Space's revision (or its schema), the endpoint, the arguments, and the contents of its files.
"""

import hashlib
import json
from typing import Any

from splatelier.tools.spaces.schema import Endpoint, Parameter
from splatelier.tools.spaces.wire.etags import Entries
from splatelier.tools.workspace.workspace import Workspace

CALLS = ".splatelier/cache/calls"


def call_key(revision: str, endpoint: str, canonical: dict[str, Any]) -> str:
    """The key of a call; `canonical` has the SHA-256 of each file in the file's place."""
    text = json.dumps([revision, endpoint, canonical], sort_keys=True, ensure_ascii=False, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def is_repeatable(endpoint: Endpoint, canonical: dict[str, Any]) -> bool:
    """Whether asking again should give the same: no state, something asked, and no random seed asked for."""
    if endpoint.stateful or not endpoint.parameters:
        return False
    return not any(_asks_for_chance(parameter, canonical.get(parameter.name)) for parameter in endpoint.parameters)


def _asks_for_chance(parameter: Parameter, value: Any) -> bool:
    words = f"{parameter.name} {parameter.label}".lower()
    if "seed" not in words:
        return False
    if isinstance(value, bool):
        return value and "random" in words
    return value is None or (isinstance(value, int | float) and value < 0) or value == "random"


class CallCache:
    """The cache of one workspace, in .splatelier/cache/."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._entries = Entries(workspace.resolve(CALLS))

    def get(self, key: str) -> dict[str, Any] | None:
        """The values of a finished call, or None when there is none or one of its files is gone."""
        entry = self._entries.get(key)
        try:
            files = entry["files"].items()
            whole = all(self._workspace.resolve(name).stat().st_size == size for name, size in files)
        except (OSError, ValueError, KeyError, AttributeError):
            return None
        return entry["values"] if whole and isinstance(entry.get("values"), dict) else None

    def put(self, key: str, values: dict[str, Any], files: list[str]) -> None:
        """Keep a finished call; `files` are the workspace-relative files in its values."""
        sizes = {name: self._workspace.resolve(name).stat().st_size for name in files}
        self._entries.put(key, {"values": values, "files": sizes})
