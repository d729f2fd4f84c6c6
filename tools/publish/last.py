"""Where a gallery was published last: `.splatelier/published.json`, so that the next time it goes there again."""

import json

from splatelier.tools.workspace.workspace import Workspace

_FILE = "published.json"


def published_to(workspace: Workspace, hub: str) -> str:
    """The Space on that Hub, owner/name; empty where the gallery was never published there."""
    try:
        known = json.loads((workspace.state / _FILE).read_text(encoding="utf-8"))
        return str(known["space"]) if known["hub"] == hub else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # whoever broke the note is asked for the name again


def remember(workspace: Workspace, hub: str, space: str) -> None:
    """Note that the gallery was published there."""
    workspace.write_text(workspace.state / _FILE, json.dumps({"hub": hub, "space": space}) + "\n")
