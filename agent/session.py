"""One conversation over one gallery: a wish in, an answer out, and a gallery that is whole whatever happened."""

import re
import time
from collections.abc import Callable, Iterable

from smolagents import ActionStep, CodeAgent, FinalAnswerStep, Model, PythonExecutor, Tool, ToolCall
from smolagents.utils import AgentError, AgentMaxStepsError

from splatelier.agent.build import build_agent
from splatelier.agent.context.memory import before_wish
from splatelier.agent.context.sight import show_pictures
from splatelier.agent.context.task import task_of
from splatelier.agent.context.turns import Answer, earlier_turns
from splatelier.agent.trace import Trace
from splatelier.agent.whole import gallery_problems, settle
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import Gallery, load_gallery
from splatelier.tools.pictures.likeness import Eye
from splatelier.tools.progress import Nobody, Onlooker
from splatelier.tools.publish.last import published_to
from splatelier.tools.redact import redact
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.workspace import Workspace

_STOPPED = "Stopped; the gallery is as it was, and finished calls are kept for the next try."


class Session:
    """A conversation over the gallery in `workspace`.

    Args:
        executor: where the code that the model writes runs.
        tools: what the agent gets besides the Spaces and the tools of every gallery.
        onlooker: is told what happens.
        verbose: print what the model writes.
        sees: the model takes pictures.
        eye: looks at pictures for a model that does not.

    Attributes:
        answers: what came of each wish so far.
        turns: the same, and what was wished in this gallery before, as report.json holds it.
    """

    def __init__(
        self,
        workspace: Workspace,
        model: Model,
        executor: PythonExecutor,
        spaces: SpaceToolbox,
        tools: Iterable[Tool] = (),
        onlooker: Onlooker | None = None,
        verbose: bool = False,
        sees: bool = False,
        eye: Eye | None = None,
    ) -> None:
        self.workspace = workspace
        self.spaces = spaces
        self.onlooker = onlooker or Nobody()
        self.answers: list[Answer] = []
        self.turns = earlier_turns(workspace)
        self.trace = Trace(workspace)
        callbacks: list[Callable[..., None]] = [self.trace, *([show_pictures(workspace)] if sees else [])]
        self.agent: CodeAgent = build_agent(
            workspace,
            model,
            executor,
            [*spaces.tools(), *tools],
            callbacks,
            verbose,
            sees,
            eye,
            self.onlooker.progress,
        )
        spaces.attach(self.agent)

    def ask(self, request: str, prepare: Callable[[], None] | None = None) -> Answer:
        """Carry out one wish. Whatever happens, the gallery is whole afterwards: as wished, or as it was before.

        Other processes wait meanwhile before they change it.

        Args:
            request: the wish in the person's words.
            prepare: what to change in the manifest before the agent begins; taken back too when the wish fails.
        """
        started, asked = time.monotonic(), self._asked()
        ok = stopped = changed = False
        version = ""
        try:
            with locked(self.workspace, request):
                text, changed, version = self._carry_out(request, prepare)
            ok = True
        except KeyboardInterrupt:
            stopped, text = True, _STOPPED
        except (AgentError, SplatelierError) as error:
            text = _reason(error)
        spaces = {name: count - asked[name] for name, count in self._asked().items()}
        seconds = time.monotonic() - started
        answer = Answer(redact(request), redact(text), ok, stopped, changed, seconds, spaces, version)
        self.answers.append(answer)
        self.turns.append(answer.turn())
        return answer

    def _carry_out(self, request: str, prepare: Callable[[], None] | None) -> tuple[str, bool, str]:
        """The agent's words, whether the manifest changed and the version that it made, if any.

        A wish that fails is taken back before it raises.
        """
        before = history.begin(self.workspace)
        try:
            if prepare:
                prepare()
            text = self._run(request)
            if problems := gallery_problems(self.workspace):
                raise SplatelierError(" ".join(problems))
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                self.spaces.cancel()
            history.put_back(self.workspace, before)
            settle(self.workspace, before.gallery)
            raise
        kept = history.keep(self.workspace, request)
        version = history.standing(self.workspace)[-1] if kept else ""
        gallery = load_gallery(self.workspace)
        if not gallery.items:
            settle(self.workspace, gallery)
        return text, gallery != (before.gallery or Gallery()), version

    def _run(self, request: str) -> str:
        self.trace.begin(request)
        self.onlooker.doing("planning")
        standing = history.standing(self.workspace)
        published = published_to(self.workspace, self.spaces.hub.endpoint)
        task = task_of(request, load_gallery(self.workspace), self.turns, self.spaces, standing, published)
        before_wish(self.agent.memory)
        answer: object = None
        for event in self.agent.run(task, stream=True, reset=False):
            self.onlooker.doing("working" if isinstance(event, ToolCall) else "planning")
            if isinstance(event, ToolCall):
                self.onlooker.note(f"Step {self.agent.step_number}: {_tools_called(self.agent, str(event.arguments))}")
            elif isinstance(event, FinalAnswerStep):
                answer = event.output
        last = self.agent.memory.steps[-1]
        if isinstance(last, ActionStep) and isinstance(last.error, AgentMaxStepsError):
            raise SplatelierError(
                f"The agent did not finish within {self.agent.max_steps} steps; ask again or for less at once."
            )
        return str(answer)

    def _asked(self) -> dict[str, int]:
        totals = self.spaces.totals()
        return {name: int(totals[name]) for name in ("calls", "cache_hits", "retries")}


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
