"""smolagents' executor over a child process: the steps of a conversation, whatever becomes of the child."""

import time
import weakref
from collections.abc import Callable
from typing import Any

from smolagents import Tool
from smolagents.local_python_executor import CodeOutput, InterpreterError, PythonExecutor

from splatelier.agent.confined.broker import Broker
from splatelier.agent.confined.messages import Call, End, Ready, Tell
from splatelier.agent.confined.plain import plain
from splatelier.agent.confined.process import Gone, Process
from splatelier.agent.confined.sandbox import MEMORY_GB, Room
from splatelier.tools.errors import SplatelierError
from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.redact import redact, redacted

OWN_SECONDS = 60.0
_START_SECONDS = 60.0
_GRACE_SECONDS = 2.0
_TICK_SECONDS = 0.25
_LOST = "The variables and functions of earlier steps are gone: define again what you need."


class ConfinedExecutor(PythonExecutor):  # type: ignore[misc]
    """Runs code in a child process that holds nothing, and calls tools for it here.

    The child starts at once and is waited for by the first step. Variables last from step to step; where the child had
    to be ended, the next output says that they are gone.

    Args:
        room: where the child runs.
        progress: is told of the items of a `parallel_map`.
        cancel: stops the calls under way, in whatever thread, when the person stops a step.
        own_seconds: how long a step may compute by itself; the time in which a tool works for it does not count.

    Attributes:
        state: `_print_outputs` is what the last step printed, as smolagents asks for it after an error.
    """

    def __init__(
        self,
        room: Room,
        progress: Progress = silent,
        cancel: Callable[[], None] = lambda: None,
        own_seconds: float = OWN_SECONDS,
    ) -> None:
        self.state: dict[str, str] = {"_print_outputs": ""}
        self._room = room
        self._progress = progress
        self._cancel = cancel
        self._own_seconds = own_seconds
        self._broker = Broker()
        self._tools: list[dict[str, Any]] = []
        self._step = 0
        self._lost = False
        self._start()

    def send_tools(self, tools: dict[str, Tool]) -> None:
        """Let the code call these tools and no others, from the next step on."""
        self._tools = self._broker.give(tools)
        self._process.send(do="tools", tools=self._tools)

    def send_variables(self, variables: dict[str, Any]) -> None:
        """Set variables.

        Raises:
            NotPlain: one of them is no plain data.
        """
        values = {name: plain(value, f"The variable {name!r}") for name, value in variables.items()}
        self._process.send(do="variables", values=values)

    def __call__(self, code_action: str) -> CodeOutput:
        """Run a step.

        Raises:
            InterpreterError: it raised something, computed for too long, or its process is no more.
            SplatelierError: no child can be started.
        """
        self._step += 1
        self.state["_print_outputs"] = ""
        try:
            self._ready()
            self._broker.begin(self._step)
            end = self._run(code_action)
        except Gone:
            self._begin_again()
            self._lost = False  # told right now
            raise InterpreterError(
                "The process that runs the code has ended, perhaps because it needed more than "
                f"{MEMORY_GB} GB of memory. {_LOST}"
            ) from None
        finally:
            self._broker.begin(0)
        lost, self._lost = self._lost, False
        logs = redact(f"({_LOST})\n{end.logs}" if lost else end.logs)
        self.state["_print_outputs"] = logs
        if end.error is not None:
            raise InterpreterError(redact(end.error))
        return CodeOutput(output=redacted(end.output), logs=logs, is_final_answer=end.final)

    def cleanup(self) -> None:
        """End the child."""
        self._process.close()

    def _start(self) -> None:
        self._process = Process(self._room)
        self._is_ready = False
        self._finalizer = weakref.finalize(self, self._process.close)

    def _begin_again(self) -> None:
        """A new child with the same tools and no variables."""
        self._finalizer.detach()
        self._process.close()
        self._start()
        self._process.send(do="tools", tools=self._tools)
        self._lost = True

    def _ready(self) -> None:
        """Wait until the child has started; one that died since the last step is replaced."""
        for first in (True, False):
            try:
                deadline = time.monotonic() + _START_SECONDS
                while not self._is_ready:
                    self._is_ready = isinstance(self._process.receive(_TICK_SECONDS), Ready)
                    if time.monotonic() > deadline:
                        raise Gone
                self._process.check()
            except Gone:
                if not first:
                    raise SplatelierError(
                        "The process in which the agent's code runs cannot be started; run the command again."
                    ) from None
                self._begin_again()
            else:
                return

    def _run(self, code: str) -> End:
        """Send the code and do for it what it asks for, until it is over.

        Raises:
            Gone: the child is no more.
        """
        step, own = self._step, 0.0
        self._process.send(do="step", step=step, code=code)
        try:
            while own < self._own_seconds:
                alone, began = not self._broker.busy, time.monotonic()
                message = self._process.receive(_TICK_SECONDS)
                if isinstance(message, Tell):
                    self._tell(message)
                own += (time.monotonic() - began) if alone else 0.0
                if isinstance(message, Call):
                    self._broker.serve(message, self._process.send)
                elif isinstance(message, End) and message.step == step:
                    return message
        except BaseException as error:
            if not isinstance(error, Gone):
                self._cancel()
                self._stop(step)
            raise
        words = f"The code computed for {self._own_seconds:g} s without calling a tool and was stopped."
        end = self._stop(step)
        return end.model_copy(update={"error": words}) if end else End(did="end", step=step, logs="", error=words)

    def _stop(self, step: int) -> End | None:
        """Stop a step; how it ended. Where it does not let itself be stopped, begin again and give None."""
        try:
            self._process.send(do="stop", step=step)
            deadline = time.monotonic() + _GRACE_SECONDS
            while (left := deadline - time.monotonic()) > 0:
                message = self._process.receive(left)
                if isinstance(message, End) and message.step == step:
                    return message
        except Gone:
            pass
        self._begin_again()
        return None

    def _tell(self, told: Tell) -> None:
        if told.state in ("done", "failed"):
            self._broker.end_item(told.key)
        label, detail = redact(told.label), redact(told.detail)
        self._progress(Update(told.key, label, told.state, detail, told.seconds))
