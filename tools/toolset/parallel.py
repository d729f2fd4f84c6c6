"""Many items at once: a function that the agent wrote, run over a list in threads."""

import threading
from collections.abc import Callable
from typing import Any, Literal

from splatelier.tools.parallel import MapStopped, run_over
from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.spaces.errors import Cancelled
from splatelier.tools.toolset.shell import Shell


class ParallelMap(Shell):
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
        stop = threading.Event()
        with self._lock:
            self._running.add(stop)
        try:
            return run_over(function, items, workers, self._tell, stop)
        except MapStopped as error:
            self._cancel_calls()
            raise Cancelled("parallel_map was stopped.") from error
        except BaseException:
            stop.set()
            self._cancel_calls()
            raise
        finally:
            with self._lock:
                self._running.discard(stop)

    def _tell(
        self, key: str, label: str, state: Literal["running", "done", "failed"], detail: str = "", seconds: float = 0.0
    ) -> None:
        self._progress(Update(key, label, state, detail, seconds))

    def cancel(self) -> None:
        """Start no further item; calls under way are stopped by whoever makes them."""
        with self._lock:
            for stop in self._running:
                stop.set()
