"""The child process: smolagents' interpreter with stubs for tools, spoken to in JSON lines over a pipe.

It holds no token, no client and no path. By the time it reads the first line it can open no file either, where the
system has Landlock. Whatever it says is checked on the other side: this code helps the model's code, it guards nothing.
"""

import contextlib
import importlib
import inspect
import json
import os
import queue
import signal
import threading
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from splatelier.agent.confined.advice import unknown_python
from splatelier.agent.confined.errors import revived
from splatelier.agent.confined.interpreter import BASE_BUILTIN_MODULES, LocalPythonExecutor, truncate_content
from splatelier.agent.confined.plain import LONGEST, NotPlain, plain
from splatelier.tools.parallel import Item, current_item, run_over

_SHOWN = 100_000  # characters of an error
_ECHO = 300  # characters of the value of a step's last line, which nobody asked to see
_LATE = ("_strptime", "encodings.idna", "encodings.latin_1", "encodings.utf_16")  # imported at their first use


class Stopped(BaseException):
    """The other side stopped the step. No `except Exception` of the model's code catches it."""


class NotKnown(Exception):
    """Python that the interpreter would refuse in words that help nobody, or misread."""


class Channel:
    """Messages to the parent and its answers, from any thread."""

    def __init__(self, writer: BinaryIO) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._waiting: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._number = 0
        self.step = threading.local()  # a thread belongs to the step that started it

    def send(self, **message: Any) -> None:
        """Write a message.

        Raises:
            NotPlain: it is too long.
        """
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        if len(line) > LONGEST:
            raise NotPlain(f"It is {len(line) >> 20} MB long; at most {LONGEST >> 20} MB can be passed at once.")
        with self._lock:
            self._writer.write(line + b"\n")
            self._writer.flush()

    def call(self, tool: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """What the tool gives, as the parent says. Raises what it raised, under the same class name."""
        answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        with self._lock:
            self._number += 1
            number = self._number
            self._waiting[number] = answers
        told = {"tool": tool, "args": args, "kwargs": kwargs, "item": _path_of(current_item.get())}
        aside = threading.current_thread() is not threading.main_thread()
        try:
            self.send(did="call", step=self.step.number, call=number, aside=aside, **told)
            answer = answers.get()
        finally:
            with self._lock:
                del self._waiting[number]
        if "error" in answer:
            raise revived(answer["error"])
        return answer["value"]

    def answered(self, answer: dict[str, Any]) -> None:
        """Hand an answer to the thread that waits for it."""
        with self._lock:
            waiting = self._waiting.get(answer["call"])
        if waiting is not None:
            waiting.put(answer)


class Steps:
    """Runs one step after another in the main thread; its variables last as long as the process."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._python = LocalPythonExecutor([], timeout_seconds=None)
        self._running: int | None = None

    def take_tools(self, tools: list[dict[str, Any]]) -> None:
        """Replace the tools. A step that runs keeps those that it began with."""
        self._python.send_tools({tool["name"]: self._function(tool) for tool in tools})

    def take_variables(self, values: dict[str, Any]) -> None:
        """Set variables."""
        self._python.send_variables(values)

    def run(self, number: int, code: str) -> None:
        """Run a step and tell how it ended."""
        self._channel.step.number = number
        self._python.state["_print_outputs"] = ""
        ended: dict[str, Any]
        try:
            self._running = number
            try:
                if advice := unknown_python(code):
                    raise NotKnown(advice)
                result = self._python(code)
                ended = {"output": _shown(result.output, result.is_final_answer), "final": result.is_final_answer}
            finally:
                self._running = None
        except Stopped:
            ended = {"error": "stopped"}
        except Exception as error:
            ended = {"error": truncate_content(str(error), max_length=_SHOWN)}
        except BaseException as error:  # SystemExit and the like, which the interpreter lets pass
            ended = {"error": f"Code execution failed due to: {type(error).__name__}."}
        self._running = None
        self._channel.send(did="end", step=number, logs=str(self._python.state["_print_outputs"]), **ended)

    def stop(self, number: int) -> None:
        """Raise Stopped in step `number`, from another thread."""
        if self._running == number:
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(cast(int, threading.main_thread().ident), signal.SIGTERM)
            else:
                signal.raise_signal(signal.SIGTERM)

    def interrupted(self, *_: object) -> None:
        """What SIGTERM does, in the main thread."""
        if self._running is not None:
            raise Stopped

    def _function(self, tool: dict[str, Any]) -> Callable[..., Any]:
        if tool["name"] == "parallel_map":
            return self._parallel_map
        if tool["name"] == "final_answer":
            return _final_answer
        return _stub(self._channel, **tool)

    def _parallel_map(self, function: Any, items: Any, workers: int | None = None) -> list[dict[str, Any]]:
        number = self._channel.step.number
        stop = threading.Event()

        def in_this_step(item: Any) -> Any:
            self._channel.step.number = number
            return function(item)

        def tell(key: str, label: str, state: str, detail: str = "", seconds: float = 0.0) -> None:
            self._channel.send(did="tell", key=key, label=label, state=state, detail=detail, seconds=seconds)

        try:
            return run_over(in_this_step if callable(function) else function, items, workers, tell, stop)
        finally:
            stop.set()


def main(lock: bool, memory: int) -> None:
    """Serve the parent until it closes the pipe.

    Args:
        lock: whether the parent has confined this process: then it gives up the right to open files, too.
        memory: bytes that it may take where it is not confined and the system can bound them.
    """
    reader, writer = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    for standard in (0, 1):
        os.dup2(2, standard)  # whatever prints past the interpreter is no message
    channel = Channel(writer)
    python = Steps(channel)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; the parent says what to do
    signal.signal(signal.SIGTERM, python.interrupted)
    for name in (*BASE_BUILTIN_MODULES, *_LATE):
        importlib.import_module(name)
    if lock:
        from sandlock import Sandbox, confine

        confine(Sandbox(fs_readable=[]))
    else:
        _bound(memory)
    channel.send(did="ready")
    steps: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(reader, channel, python, steps), daemon=True).start()
    while True:
        message = steps.get()
        python.run(message["step"], message["code"])


def _bound(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit, macOS may refuse it
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _listen(reader: BinaryIO, channel: Channel, python: Steps, steps: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in reader:
        message = json.loads(line)
        match message.pop("do"):
            case "answer":
                channel.answered(message)
            case "tools":
                python.take_tools(**message)
            case "variables":
                python.take_variables(**message)
            case "stop":
                python.stop(message["step"])
            case "step":
                steps.put(message)
    os._exit(0)  # the parent is gone or wants this process gone


def _stub(channel: Channel, name: str, parameters: list[str], doc: str) -> Callable[..., Any]:
    """A function that looks like the tool and asks the parent to call it."""

    def tool(*args: Any, **kwargs: Any) -> Any:
        told = [*parameters, *(f"number {position + 1}" for position in range(len(parameters), len(args)))]
        return channel.call(
            name,
            [plain(value, f"The argument {told[at]!r} of {name}") for at, value in enumerate(args)],
            {key: plain(value, f"The argument {key!r} of {name}") for key, value in kwargs.items()},
        )

    tool.__name__ = tool.__qualname__ = name
    tool.__doc__ = doc
    tool.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(each, inspect.Parameter.POSITIONAL_OR_KEYWORD) for each in parameters]
    )
    return tool


def _path_of(item: Item | None) -> list[str]:
    """The keys of an item and of those within which it runs, the outermost first."""
    return [*_path_of(item.outer), item.key] if item else []


def _final_answer(answer: Any) -> Any:
    return answer


def _shown(output: Any, final: bool) -> Any:
    """A step's value for the parent: a final answer as it is where it is plain, everything else as text."""
    if final:
        try:
            return plain(output, "The answer")
        except NotPlain:
            pass
    text = str(output)
    return text if len(text) <= _ECHO else f"{text[:_ECHO]}... ({len(text)} characters; print what you need of it)"
