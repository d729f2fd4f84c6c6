"""How a file came to be: one step for each tool or Space that had a hand in it.

Steps are kept by the SHA-256 of what they made, so a file keeps its history when it is copied or renamed.
"""

import json
import threading
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from splatelier.tools.redact import redacted
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace
from splatelier.tools.workspace.writes import append_line

_LOG = "provenance.jsonl"
_lock = threading.Lock()


class Step(BaseModel):
    """One step that made a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: str = Field(description="The tool that ran.")
    space: str | None = Field(None, description="The Space's id, where one was called.")
    url: str | None = Field(None, description="The Space's page or server.")
    endpoint: str | None = Field(None, description="The Space's endpoint, such as /predict.")
    arguments: dict[str, JsonValue] = Field(default_factory=dict, description="What it was called with.")
    seed: int | None = None
    licence: str | None = Field(None, description="The Space's licence, as its card says it.")
    sha256: str = Field(description="SHA-256 of the file that this step made.")
    seconds: float = 0.0
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))


class _Entry(BaseModel):
    """A line of the log: a step, and the SHA-256 of each file that it read."""

    inputs: list[str]
    step: Step


def record(workspace: Workspace, step: Step, inputs: list[str]) -> None:
    """Append a step to the workspace's log, without the secrets that its arguments or addresses may hold.

    Args:
        inputs: the SHA-256 of the files that the step read.

    Raises:
        SplatelierError: the log cannot be written.
    """
    entry = {"inputs": inputs, "step": redacted(step.model_dump(mode="json"))}
    with _lock:
        append_line(workspace.state / _LOG, json.dumps(entry, ensure_ascii=False))


def trace(workspace: Workspace, relative: str) -> list[Step]:
    """Every step behind a workspace file, oldest first; empty for a file that nobody recorded."""
    log = workspace.state / _LOG
    if not log.exists():
        return []
    made: dict[str, _Entry] = {}
    for line in log.read_bytes().splitlines():
        try:
            entry = _Entry.model_validate_json(line)
        except ValidationError:
            continue  # the last line of a run that was killed while it wrote
        made[entry.step.sha256] = entry

    steps: list[Step] = []
    seen: set[str] = set()

    def visit(digest: str) -> None:
        if digest in seen or digest not in made:
            return
        seen.add(digest)
        for earlier in made[digest].inputs:
            visit(earlier)
        steps.append(made[digest].step)

    visit(file_sha256(workspace.existing(relative)))
    return steps
