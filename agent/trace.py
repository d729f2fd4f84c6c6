"""Everything that a conversation's agent was told, wrote and saw, a line a step in trace.jsonl, without secrets."""

import json
from datetime import UTC, datetime

from smolagents import ActionStep, CodeAgent

from splatelier.tools.redact import redacted
from splatelier.tools.workspace.workspace import Workspace

TRACE = "trace.jsonl"


class Trace:
    """Appends to the trace of a workspace; as a step callback, it writes each step down."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.turn = 0
        self.steps = 0

    def begin(self, request: str) -> None:
        """Write down the person's words; the steps that follow are theirs."""
        self.turn += 1
        self._write({"turn": self.turn, "request": request})

    def __call__(self, step: ActionStep, agent: CodeAgent) -> None:  # noqa: ARG002 - a callback of smolagents
        self.steps += 1
        self._write(
            {
                "turn": self.turn,
                "step": step.step_number,
                "output": step.model_output,
                "observations": step.observations,
                "error": str(step.error) if step.error else None,
                "seconds": round(step.timing.duration or 0.0, 2),
            }
        )

    def _write(self, entry: dict[str, object]) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps(redacted({**entry, "at": at}), ensure_ascii=False)
        self.workspace.state.mkdir(parents=True, exist_ok=True)
        with (self.workspace.state / TRACE).open("a", encoding="utf-8") as trace:
            trace.write(line + "\n")
