"""One request to a Space under way: watched, bounded in time, and stopped on the server too when somebody stops it."""

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from splatelier.tools.progress import Progress, State, Update
from splatelier.tools.spaces.errors import Cancelled, SpaceError
from splatelier.tools.spaces.visits import Question

_LOOK_EVERY = 0.1
_TELL_SECONDS = 0.5
_keys = itertools.count(1)


@dataclass(frozen=True)
class Limits:
    """Bounds of one call.

    Attributes:
        queue_seconds: how long it may wait for its turn.
        run_seconds: how long it may then run.
        total_seconds: everything together, retries and their pauses included.
        attempts: how often it is tried at most; waiting for a Space to wake is not counted.
        connect_attempts: the same for reading what a Space can do.
        connect_seconds: how long each of these may take.
        backoff_seconds: the first pause is at most this long, each further one at most twice as long.
        max_backoff_seconds: no pause is longer, unless the Space itself asks for it.
        wake_seconds: how long a sleeping Space is given to wake.
        wake_poll_seconds: how often it is asked meanwhile.
        max_bytes: of one file that comes back.
    """

    queue_seconds: float = 600
    run_seconds: float = 300
    total_seconds: float = 1200
    attempts: int = 6
    connect_attempts: int = 3
    connect_seconds: float = 90
    backoff_seconds: float = 1.0
    max_backoff_seconds: float = 30
    wake_seconds: float = 300
    wake_poll_seconds: float = 5
    max_bytes: int = 512 * 1000 * 1000


@dataclass
class Spent:
    """What one attempt took: seconds in the queue and running, bytes that came down."""

    queue: float = 0.0
    run: float = 0.0
    bytes: int = 0


@dataclass(eq=False)
class Watch:
    """One call, for whoever watches or stops it. Setting `stop` stops it within a tenth of a second."""

    label: str
    progress: Progress
    key: str = field(default_factory=lambda: f"call-{next(_keys)}")
    started: float = field(default_factory=time.monotonic)
    stop: threading.Event = field(default_factory=threading.Event)
    _last: tuple[str, str] = ("", "")

    @property
    def seconds(self) -> float:
        """Since the call began."""
        return time.monotonic() - self.started

    def tell(self, state: State, detail: str = "") -> None:
        """Tell whoever watches, if it is news."""
        if (state, detail) != self._last:
            self._last = state, detail
            self.progress(Update(self.key, self.label, state, detail, self.seconds))

    def check(self) -> None:
        """Raise Cancelled where somebody stopped the call."""
        if self.stop.is_set():
            raise Cancelled(f"{self.label} was stopped.")


def run_job(question: Question, space: str, endpoint: str, limits: Limits, watch: Watch, spent: Spent) -> Any:
    """What came of a call. `spent` is kept up to date on the way.

    Raises:
        SpaceError: `timeout`: it waited or ran for too long; or what the app said.
        Cancelled: somebody stopped it.
        Exception: whatever else went wrong; see `errors.classify`.
    """
    begun, running_since = time.monotonic(), None
    answered = False
    try:
        while not (answered := question.answered(_LOOK_EVERY)) and not watch.stop.is_set():
            now = time.monotonic()
            standing = question.standing()
            if running_since is None and standing.running:
                running_since = now
            spent.queue = (running_since or now) - begun
            spent.run = now - running_since if running_since else 0.0
            watch.tell("running" if running_since else "waiting", standing.words)
            _check_deadlines(space, endpoint, limits, spent, running=running_since is not None)
        watch.check()
        spent.run = time.monotonic() - (running_since or begun)
        return question.answer()
    except BaseException:
        if not answered:
            telling = threading.Thread(target=_stop, args=(question,), daemon=True)
            telling.start()
            telling.join(_TELL_SECONDS)
        raise


def _check_deadlines(space: str, endpoint: str, limits: Limits, spent: Spent, *, running: bool) -> None:
    if running and spent.run > limits.run_seconds:
        said = f"it ran for more than {limits.run_seconds:g} s"
    elif not running and spent.queue > limits.queue_seconds:
        said = f"it waited in the queue for more than {limits.queue_seconds:g} s"
    else:
        return
    raise SpaceError("timeout", space, said, endpoint=endpoint, again="once")


def _stop(question: Question) -> None:
    """Tell the server. It may be the very thing that hangs: then there is nobody to tell."""
    try:
        question.stop()
    except (httpx.HTTPError, OSError, ValueError):
        return
