"""One request to a Space under way: watched, bounded in time, and stopped on the server too when somebody stops it."""

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from gradio_client.client import Job
from gradio_client.utils import Status, StatusUpdate

from splatelier.tools.progress import Progress, State, Update
from splatelier.tools.spaces.errors import Cancelled, SpaceError

_QUEUED = {Status.STARTING, Status.JOINING_QUEUE, Status.IN_QUEUE, Status.SENDING_DATA}
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


def run_job(job: Job, space: str, endpoint: str, limits: Limits, watch: Watch, spent: Spent) -> Any:
    """The job's result, as gradio_client gives it. `spent` is kept up to date on the way.

    Raises:
        SpaceError: `timeout`: it waited or ran for too long.
        Cancelled: somebody stopped it.
        Exception: whatever gradio_client raised; see `space_errors.classify`.
    """
    done = threading.Event()
    job.future.add_done_callback(lambda _: done.set())
    begun, running_since = time.monotonic(), None
    try:
        while not done.wait(_LOOK_EVERY) and not watch.stop.is_set():
            now = time.monotonic()
            status = job.status()
            if running_since is None and status.code not in _QUEUED and status.code is not Status.LOG:
                running_since = now
            spent.queue = (running_since or now) - begun
            spent.run = now - running_since if running_since else 0.0
            watch.tell("running" if running_since else "waiting", in_words(status))
            _check_deadlines(space, endpoint, limits, spent, running=running_since is not None)
        watch.check()
        spent.run = time.monotonic() - (running_since or begun)
        return job.future.result()
    except BaseException:
        if not job.future.done():
            telling = threading.Thread(target=_cancel, args=(job,), daemon=True)
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


def _cancel(job: Job) -> None:
    """Tell the server. It may be the very thing that hangs: then there is nobody to tell."""
    try:
        job.cancel()
    except (httpx.HTTPError, OSError, ValueError):
        return


def in_words(status: StatusUpdate) -> str:
    """Where a job stands, in a few words: its place in the queue, or how far it is."""
    if status.progress_data:
        unit = status.progress_data[-1]
        share = unit.progress
        if share is None and unit.length:
            share = (unit.index or 0) / unit.length
        percent = "" if share is None else f"{100 * share:.0f} %"
        return f"{unit.desc or ''} {percent}".strip()
    if status.code in _QUEUED and status.rank is not None:
        eta = f", about {status.eta:.0f} s" if status.eta else ""
        return f"{status.rank + 1} of {status.queue_size} in the queue{eta}"
    return ""
