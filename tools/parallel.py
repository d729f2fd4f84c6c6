"""A function run over many items in threads: one that fails never loses the others. Standard library only."""

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any, Literal, Protocol

MAX_WORKERS = 16
MAX_LABEL = 60
_maps = itertools.count(1)


class Tell(Protocol):
    """Is told how an item goes, in the order of progress.Update's attributes."""

    def __call__(
        self, key: str, label: str, state: Literal["running", "done", "failed"], detail: str = "", seconds: float = 0.0
    ) -> None: ...


class MapStopped(Exception):
    """Somebody set the event that stops a map."""


class Item:
    """One item of a map under way: what is opened for it alone is closed when it is over.

    Attributes:
        key: tells it from every other item of this process.
        outer: the item whose function runs the map that this one belongs to, or None.
    """

    def __init__(self, key: str, outer: "Item | None" = None) -> None:
        self.key = key
        self.outer = outer
        self._closers: list[Callable[[], None]] = []
        self._over = False
        self._lock = threading.Lock()

    def at_end(self, close: Callable[[], None]) -> None:
        """Have `close` called when the item is over; at once where it is."""
        with self._lock:
            if not self._over:
                self._closers.append(close)
                return
        close()

    def end(self) -> None:
        """Say that the item is over."""
        with self._lock:
            closers, self._closers, self._over = self._closers, [], True
        for close in closers:
            close()


current_item: ContextVar[Item | None] = ContextVar("current_item", default=None)
"""The item for which this thread works; None outside of a map."""


def run_over(
    function: Any, items: Iterable[Any], workers: int | None, tell: Tell, stop: threading.Event
) -> list[dict[str, Any]]:
    """A list of {"item", "ok", "result" or "error"}, in the order of the items.

    Args:
        function: takes one item.
        workers: how many run at once, 1 to 16; None is 4.
        tell: is told how each item goes.
        stop: once set, no further item is begun.

    Raises:
        TypeError: `function` cannot be called.
        MapStopped: `stop` was set; what is under way goes on in its thread.
    """
    if not callable(function):
        raise TypeError("parallel_map needs a function as its first argument and a list as its second.")
    work = list(items)
    results: list[dict[str, Any]] = [{} for _ in work]
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for position in range(len(work)):
        todo.put(position)
    left = threading.Semaphore(0)
    number, outer = next(_maps), current_item.get()

    def run() -> None:
        while not stop.is_set():
            try:
                position = todo.get_nowait()
            except queue.Empty:
                return
            try:
                results[position] = _one(function, work[position], Item(f"map-{number}-{position}", outer), tell)
            finally:
                left.release()

    for _ in range(max(1, min(workers or 4, MAX_WORKERS, len(work)))):
        threading.Thread(target=run, daemon=True).start()
    done = 0
    while done < len(work):
        if left.acquire(timeout=0.1):
            done += 1
        elif stop.is_set():
            raise MapStopped
    if stop.is_set():
        raise MapStopped
    return results


def _one(function: Callable[[Any], Any], item: Any, place: Item, tell: Tell) -> dict[str, Any]:
    label = _label(item)
    started = time.monotonic()
    tell(place.key, label, "running")
    current_item.set(place)
    try:
        result = function(item)
    except BaseException as error:
        words = str(error) or type(error).__name__
        tell(place.key, label, "failed", words, time.monotonic() - started)
        return {"item": item, "ok": False, "error": words}
    finally:
        current_item.set(None)
        place.end()
    tell(place.key, label, "done", "", time.monotonic() - started)
    return {"item": item, "ok": True, "result": result}


def _label(item: Any) -> str:
    if isinstance(item, dict):
        item = next((item[key] for key in ("title", "name", "slug") if item.get(key)), item)
    text = str(item)
    return text if len(text) <= MAX_LABEL else text[: MAX_LABEL - 1] + "…"
