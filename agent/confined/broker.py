"""The broker: calls tools for code that may not hold them, and lets nothing secret go back."""

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from smolagents import Tool

from splatelier.agent.confined.errors import described
from splatelier.agent.confined.messages import Call
from splatelier.agent.confined.plain import LONGEST, plain
from splatelier.tools.errors import SplatelierError
from splatelier.tools.parallel import Item, current_item
from splatelier.tools.redact import redacted
from splatelier.tools.threads import DaemonExecutor
from splatelier.tools.toolset.arguments import fitting

_AT_ONCE = 64
_PER_STEP = 20_000
_CHILDS_OWN = ("parallel_map", "final_answer")  # made in the child: they take functions and values that stay there
Answer = Callable[..., None]


class Refused(SplatelierError):
    """A call that is not made or not answered: no such tool, a step that is over, one too many, too much at once."""


class Broker:
    """Tools by name, and the calls of them that are under way."""

    def __init__(self) -> None:
        self._tools: dict[str, Tool] = {}
        self._threads = DaemonExecutor()
        self._room = threading.Semaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._items: dict[str, Item] = {}
        self._under_way = 0
        self._step = 0
        self._calls = 0

    @property
    def busy(self) -> bool:
        """Whether a call is under way in another thread."""
        return self._under_way > 0

    def give(self, tools: Mapping[str, Tool]) -> list[dict[str, Any]]:
        """Let the code call these tools and no others; gives what the child needs to know of them."""
        self._tools = {name: tool for name, tool in tools.items() if name not in _CHILDS_OWN}
        return [
            {"name": name, "parameters": list(tool.inputs), "doc": tool.description} for name, tool in tools.items()
        ]

    def begin(self, step: int) -> None:
        """Take calls of this step only. 0 takes none."""
        self._step, self._calls = step, 0
        for key in list(self._items):
            self.end_item(key)

    def end_item(self, key: str) -> None:
        """Say that an item of a `parallel_map` is over."""
        with self._lock:
            item = self._items.pop(key, None)
        if item is not None:
            item.end()

    def serve(self, call: Call, answer: Answer) -> None:
        """Make a call and answer it: in this thread, so that Ctrl-C reaches the tool, or aside if others may come."""
        if not call.aside:
            answer(**self._answer(call))
            return
        self._room.acquire()
        with self._lock:
            self._under_way += 1

        def work() -> None:
            try:
                answer(**self._answer(call))
            finally:
                self._room.release()
                with self._lock:
                    self._under_way -= 1

        self._threads.submit(work)

    def _answer(self, call: Call) -> dict[str, Any]:
        try:
            tool = self._allowed(call)
            args, kwargs = fitting(tool, call.args, call.kwargs)
            current_item.set(self._item(call.item))
            given = tool(*args, **kwargs)
            value = redacted(plain(given, f"What {call.tool} gives"))
            _measure(value, call.tool)
        except Exception as error:
            return {"do": "answer", "call": call.call, "error": redacted(described(error))}
        return {"do": "answer", "call": call.call, "value": value}

    def _item(self, path: list[str]) -> Item | None:
        """The innermost item of a path, whose keys are the child's."""
        item = None
        with self._lock:
            for key in path:
                item = self._items.setdefault(key, Item(key, item))
        return item

    def _allowed(self, call: Call) -> Tool:
        self._calls += 1
        if call.step != self._step:
            raise Refused(f"{call.tool} was called by a step that is over.")
        if self._calls > _PER_STEP:
            raise Refused(f"One step may call tools {_PER_STEP} times; go on in the next.")
        tool = self._tools.get(call.tool)
        if tool is None:
            raise Refused(f"There is no tool {call.tool[:80]!r}; there are {', '.join(self._tools)}.")
        return tool


def _measure(value: Any, tool: str) -> None:
    size = len(json.dumps(value))
    if size > LONGEST - 1000:
        raise Refused(f"{tool} gave {size >> 20} MB of data; at most {LONGEST >> 20} MB can be passed at once.")
