"""One conversation over one gallery: what was asked, what came of it, undo, the trace and the report."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from smolagents import ActionStep, CodeAgent, FinalAnswerStep, Model, PythonExecutor, ToolCall
from smolagents.utils import AgentError, AgentMaxStepsError

from splatelier.agent.build import build_agent, gallery_problems
from splatelier.agent.cli.display import Display
from splatelier.agent.prompts import prompt
from splatelier.agent.sight import show_pictures
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, load_gallery, save_gallery
from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.redact import redact
from splatelier.tools.site.render import remove_site, render_site
from splatelier.tools.toolset.publish import DeploySite
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """What came of one wish.

    Attributes:
        text: the agent's words, or one sentence that says what went wrong.
        ok: whether the gallery is whole, rendered and as the agent says.
        stopped: whether the person stopped it.
        changed: whether the manifest is another one than before.
        seconds: how long it took.
        spaces: what was asked of Spaces for it: `calls`, `cache_hits` and `retries`.
    """

    text: str
    ok: bool
    stopped: bool
    changed: bool
    seconds: float
    spaces: dict[str, int]


class Session:
    """A conversation over the gallery in `workspace`."""

    def __init__(
        self,
        workspace: Workspace,
        model: Model,
        executor: PythonExecutor,
        spaces: SpaceToolbox,
        publisher: Publisher,
        display: Display,
        verbose: bool = False,
        sees: bool = False,
    ) -> None:
        self.workspace = workspace
        self.spaces = spaces
        self.publisher = publisher
        self.display = display
        self.model = model
        self.turns: list[dict[str, Any]] = []
        callbacks = [self._trace_step, *([show_pictures(workspace)] if sees else [])]
        deploying = [DeploySite(publisher)] if publisher.allowed else []
        self.agent: CodeAgent = build_agent(
            workspace, model, executor, [*spaces.tools(), *deploying], callbacks, verbose, sees
        )
        spaces.attach(self.agent)

    def ask(self, request: str, prepare: Callable[[], None] | None = None) -> Answer:
        """Carry out one wish. Whatever happens, the gallery is whole afterwards: as wished, or as it was before.

        Args:
            request: the wish in the person's words.
            prepare: what to change in the manifest before the agent begins; taken back too when the wish fails.
        """
        started = time.monotonic()
        before, asked = self._manifest_text(), self._asked()
        stopped, text = False, ""
        try:
            with self.display.working():
                if prepare:
                    prepare()
                text, ok = self._run(request)
        except KeyboardInterrupt:
            self.spaces.cancel()
            stopped, ok, text = (
                True,
                False,
                "Stopped; the gallery is as it was, and finished calls are kept for the next try.",
            )
        except (AgentError, SplatelierError) as error:
            ok, text = False, _reason(error)
        if ok and (problems := gallery_problems(self.workspace)):
            ok, text = False, " ".join(problems)
        if not ok:
            self._restore(before)
        changed = self._manifest_text() != before
        if changed:
            self._push_undo(before)
        spaces = {name: count - asked[name] for name, count in self._asked().items()}
        answer = Answer(redact(text), ok, stopped, changed, time.monotonic() - started, spaces)
        self.turns.append(
            {"request": request, "answer": answer.text, "ok": ok, "seconds": round(answer.seconds, 2), **spaces}
        )
        return answer

    def undo(self) -> str:
        """Take back the last wish that changed the gallery; says what the gallery is now.

        Raises:
            SplatelierError: there is nothing to take back.
        """
        stack = self._undo_stack()
        if not stack:
            raise SplatelierError("There is nothing to undo in this gallery.")
        before = stack.pop()
        self._restore(before)
        self._write_undo(stack)
        gallery = load_gallery(self.workspace)
        if not gallery.items:
            return "Undone: the gallery is empty again."
        return f"Undone: {gallery.title}, {len(gallery.items)} pieces, zoom {gallery.settings.zoom:g}."

    def report(self, status: str, reason: str = "", **more: Any) -> dict[str, Any]:
        """Write report.json: what was asked, made and used; gives the same as a dict."""
        gallery = load_gallery(self.workspace)
        report = {
            "status": status,
            "reason": reason,
            "gallery": str(self.workspace.root),
            "title": gallery.title,
            "items": [self._item_report(item) for item in gallery.items],
            "model": self.model.model_id,
            "steps": sum(isinstance(step, ActionStep) for step in self.agent.memory.steps),
            "tokens": self.agent.monitor.get_total_token_counts().dict(),
            "spaces": self.spaces.totals(),
            "turns": self.turns,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            **more,
        }
        text = redact(json.dumps(report, indent=2, ensure_ascii=False))
        self.workspace.write_text(".splatelier/report.json", text + "\n")
        return report

    def _run(self, request: str) -> tuple[str, bool]:
        gallery = load_gallery(self.workspace)
        task = prompt("task.md.j2", request=request, gallery=_summary(gallery))
        answer: object = None
        for event in self.agent.run(task, stream=True, reset=not self.turns):
            self.display.otherwise = "working" if isinstance(event, ToolCall) else "planning"
            if isinstance(event, ToolCall):
                self.display.note(f"Step {self.agent.step_number}: {_tools_called(self.agent, str(event.arguments))}")
            elif isinstance(event, FinalAnswerStep):
                answer = event.output
        last = self.agent.memory.steps[-1]
        exhausted = isinstance(last, ActionStep) and isinstance(last.error, AgentMaxStepsError)
        if exhausted:
            return (
                f"The agent did not finish within {self.agent.max_steps} steps; ask again or for less at once.",
                False,
            )
        return str(answer), True

    def _asked(self) -> dict[str, int]:
        totals = self.spaces.totals()
        return {name: int(totals[name]) for name in ("calls", "cache_hits", "retries")}

    def _trace_step(self, step: ActionStep, agent: CodeAgent) -> None:  # noqa: ARG002
        entry = {
            "turn": len(self.turns) + 1,
            "step": step.step_number,
            "output": step.model_output,
            "observations": step.observations,
            "error": str(step.error) if step.error else None,
            "seconds": round(step.timing.duration or 0.0, 2),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        line = redact(json.dumps(entry, ensure_ascii=False))
        self.workspace.state.mkdir(parents=True, exist_ok=True)
        with (self.workspace.state / "trace.jsonl").open("a", encoding="utf-8") as trace:
            trace.write(line + "\n")

    def _item_report(self, item: Any) -> dict[str, Any]:
        sizes = {
            name: self.workspace.resolve(path).stat().st_size
            for name, path in {"picture": item.image, "splat": item.source, "model": item.model}.items()
            if path is not None
        }
        return {
            "slug": item.slug,
            "title": item.title,
            "bytes": sizes,
            "ratio": round(sizes["splat"] / sizes["model"], 2) if "splat" in sizes else None,
            "spaces": [step.space for step in item.provenance if step.space],
        }

    def _manifest_text(self) -> str | None:
        path = self.workspace.root / MANIFEST
        return path.read_text(encoding="utf-8") if path.exists() else None

    def _restore(self, text: str | None) -> None:
        """Put a manifest back and the site that belongs to it; None means that there was no gallery yet."""
        if text == self._manifest_text() and not (text and gallery_problems(self.workspace)):
            return
        if text is None:
            (self.workspace.root / MANIFEST).unlink(missing_ok=True)
            remove_site(self.workspace)
            return
        gallery = Gallery.model_validate_json(text)
        save_gallery(self.workspace, gallery)
        if gallery.items:
            render_site(self.workspace)

    def _undo_stack(self) -> list[str | None]:
        path = self.workspace.state / "undo.json"
        stack: list[str | None] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
        return stack

    def _push_undo(self, before: str | None) -> None:
        self._write_undo([*self._undo_stack(), before])

    def _write_undo(self, stack: list[str | None]) -> None:
        self.workspace.write_text(".splatelier/undo.json", json.dumps(stack))


def _summary(gallery: Gallery) -> str:
    items = [{"slug": item.slug, "title": item.title, "caption": item.caption} for item in gallery.items]
    return json.dumps(
        {**gallery.model_dump(mode="json", exclude={"items"}), "items": items}, ensure_ascii=False, indent=1
    )


def _tools_called(agent: CodeAgent, code: str) -> str:
    called = dict.fromkeys(name for name in re.findall(r"\b([a-z_]\w*)\(", code) if name in agent.tools)
    return ", ".join(called) or "thinking in Python"


def _reason(error: BaseException) -> str:
    """The innermost words of ours behind an error of the agent's, or the first line of its own."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, SplatelierError):
            return str(cause)
        cause = cause.__cause__
    return " ".join(str(error).split())[:400]
