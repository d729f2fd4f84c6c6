"""What was wished and what came of it: of this conversation, and of those before it in the same gallery."""

import json
from dataclasses import dataclass
from typing import Any

from splatelier.tools.workspace.workspace import Workspace

REPORT = ".splatelier/report.json"
_REMEMBERED = 200


@dataclass(frozen=True)
class Answer:
    """What came of one wish.

    Attributes:
        request: the wish, in the person's words.
        text: the agent's words, or one sentence that says what went wrong.
        ok: whether the gallery is whole, rendered and as the agent says.
        stopped: whether the person stopped it.
        changed: whether the manifest is another one than before.
        seconds: how long it took.
        spaces: what was asked of Spaces for it: `calls`, `cache_hits` and `retries`.
        version: the mark of the version that it made in the gallery's history; empty where it made none.
    """

    request: str
    text: str
    ok: bool
    stopped: bool
    changed: bool
    seconds: float
    spaces: dict[str, int]
    version: str = ""

    def turn(self) -> dict[str, Any]:
        """The same as it stands in report.json."""
        said = {"request": self.request, "answer": self.text, "ok": self.ok, "seconds": round(self.seconds, 2)}
        return {**said, **self.spaces, "version": self.version}


def earlier_turns(workspace: Workspace) -> list[dict[str, Any]]:
    """The turns that the gallery's report remembers, oldest first; none where there is no report that can be read."""
    try:
        turns = json.loads(workspace.resolve(REPORT).read_text(encoding="utf-8"))["turns"]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # a report is written for others; whoever broke it has lost no gallery
    known = (turn for turn in turns if isinstance(turn, dict)) if isinstance(turns, list) else ()
    return [turn for turn in known if {"request", "answer", "ok"} <= turn.keys()][-_REMEMBERED:]
