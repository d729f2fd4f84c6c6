"""Many items at once: a function that the agent wrote, run over a list in threads."""

import itertools
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from smolagents import Tool

from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.spaces.errors import Cancelled

MAX_WORKERS = 16
MAX_LABEL = 60
_maps = itertools.count(1)


class ParallelMap(Tool):  # type: ignore[misc]
    """Runs a function over items in threads. smolagents' interpreter gives each call its own copy of the variables."""

    name = "parallel_map"
    description = (
        "Runs a function of yours over a list of items, several at once, and gives what became of each, in order, as "
        "{'item', 'ok', 'result' or 'error'}. One that fails does not stop the others. Define the function with def in "
        "the same code block; it takes one item."
    )
    inputs = {  # noqa: RUF012 - smolagents' own declaration
        "function": {"type": "any", "description": "a function of one argument"},
        "items": {"type": "array", "description": "the items, one call for each"},
        "workers": {"type": "integer", "description": "how many run at once, 1 to 16; default 4", "nullable": True},
    }
    output_type = "array"

    def __init__(self, progress: Progress = silent, cancel_calls: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._progress = progress
        self._cancel_calls = cancel_calls
        self._running: set[threading.Event] = set()
        self._lock = threading.Lock()

    def forward(self, function: Any, items: Any, workers: int | None = None) -> list[dict[str, Any]]:
        """A list of {"item", "ok", "result" or "error"}, in the order of the items.

        Raises:
            Cancelled: somebody stopped it.
        """
        if not callable(function):
            raise TypeError("parallel_map needs a function as its first argument and a list as its second.")
        work = list(items)
        results: list[dict[str, Any]] = [{} for _ in work]
        todo: queue.SimpleQueue[int] = queue.SimpleQueue()
        for position in range(len(work)):
            todo.put(position)
        stop = threading.Event()
        left = threading.Semaphore(0)
        number = next(_maps)

        def run() -> None:
            while not stop.is_set():
                try:
                    position = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    results[position] = self._one(function, work[position], f"map-{number}-{position}")
                finally:
                    left.release()

        with self._lock:
            self._running.add(stop)
        try:
            for _ in range(max(1, min(workers or 4, MAX_WORKERS, len(work)))):
                threading.Thread(target=run, daemon=True).start()
            done = 0
            while done < len(work):
                if left.acquire(timeout=0.1):
                    done += 1
                elif stop.is_set():
                    raise Cancelled("parallel_map was stopped.")
            if stop.is_set():
                raise Cancelled("parallel_map was stopped.")
        except BaseException:
            stop.set()
            self._cancel_calls()
            raise
        finally:
            with self._lock:
                self._running.discard(stop)
        return results

    def cancel(self) -> None:
        """Start no further item; calls under way are stopped by whoever makes them."""
        with self._lock:
            for stop in self._running:
                stop.set()

    def _one(self, function: Callable[[Any], Any], item: Any, key: str) -> dict[str, Any]:
        label = _label(item)
        started = time.monotonic()
        self._progress(Update(key, label, "running"))
        try:
            result = function(item)
        except BaseException as error:
            words = str(error) or type(error).__name__
            self._progress(Update(key, label, "failed", words, time.monotonic() - started))
            return {"item": item, "ok": False, "error": words}
        self._progress(Update(key, label, "done", "", time.monotonic() - started))
        return {"item": item, "ok": True, "result": result}


def _label(item: Any) -> str:
    if isinstance(item, dict):
        item = next((item[key] for key in ("title", "name", "slug") if item.get(key)), item)
    text = str(item)
    return text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1] + "…"
