"""How a file came to be: one step for each tool or Space that had a hand in it.

Steps are kept by the SHA-256 of what they made, so a file keeps its history when it is copied or renamed.
"""

import hashlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from splatelier.tools.workspace.workspace import Workspace

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


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's contents, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record(workspace: Workspace, step: Step, inputs: list[str]) -> None:
    """Append a step to the workspace's log. `inputs` are the SHA-256 of the files that the step read."""
    line = json.dumps({"inputs": inputs, "step": step.model_dump(mode="json")}, ensure_ascii=False)
    workspace.state.mkdir(parents=True, exist_ok=True)
    with _lock, (workspace.state / _LOG).open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def trace(workspace: Workspace, relative: str) -> list[Step]:
    """Every step behind a workspace file, oldest first; empty for a file that nobody recorded."""
    log = workspace.state / _LOG
    if not log.exists():
        return []
    made: dict[str, tuple[list[str], Step]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
            step = Step.model_validate(entry["step"])
        except (ValueError, KeyError):
            continue  # the last line of a run that was killed while it wrote
        made[step.sha256] = (entry["inputs"], step)

    steps: list[Step] = []
    seen: set[str] = set()

    def visit(digest: str) -> None:
        if digest in seen or digest not in made:
            return
        seen.add(digest)
        inputs, step = made[digest]
        for earlier in inputs:
            visit(earlier)
        steps.append(step)

    visit(file_sha256(workspace.existing(relative)))
    return steps
