"""One call to a Space, done well: bounded, watched, cached, counted. The only place that retries."""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import tenacity
from gradio_client.client import Job
from gradio_client.utils import Status

from tools.budget import Budget
from tools.cache import CallCache, call_key, is_repeatable
from tools.endpoints import Endpoint
from tools.ledger import Ledger, Outcome
from tools.payload import Payload, bind
from tools.progress import Progress, Update, silent
from tools.provenance import Step, record
from tools.results import Results
from tools.space_errors import Cancelled, SpaceError, classify
from tools.totals import Totals
from tools.workspace import Workspace

if TYPE_CHECKING:
    from tools.spaces import Space

_QUEUED = {Status.STARTING, Status.JOINING_QUEUE, Status.IN_QUEUE, Status.SENDING_DATA}
_LOOK_EVERY = 0.1
_keys = itertools.count(1)


@dataclass(frozen=True)
class Limits:
    """Bounds of one call.

    Attributes:
        queue_seconds: how long it may wait for its turn.
        run_seconds: how long it may then run.
        total_seconds: everything together, retries and their pauses included.
        attempts: how often it is tried at most.
        backoff_seconds: the first pause is at most this long, the next ones twice as long each.
        max_bytes: of one file that comes back.
    """

    queue_seconds: float = 600
    run_seconds: float = 300
    total_seconds: float = 1200
    attempts: int = 5
    backoff_seconds: float = 1.0
    max_backoff_seconds: float = 60
    max_bytes: int = 512 * 1000 * 1000


@dataclass
class _Times:
    queue: float = 0.0
    run: float = 0.0
    bytes: int = 0


@dataclass(eq=False)
class _Watch:
    """One call under way, for whoever watches or stops it."""

    label: str
    progress: Progress
    key: str = field(default_factory=lambda: f"call-{next(_keys)}")
    started: float = field(default_factory=time.monotonic)
    stop: threading.Event = field(default_factory=threading.Event)
    last: tuple[str, str] = ("", "")

    def tell(self, state: Any, detail: str = "") -> None:
        if (state, detail) != self.last:
            self.last = state, detail
            self.progress(Update(self.key, self.label, state, detail, time.monotonic() - self.started))


class Calls:
    """Makes every call of one run. Safe to use from several threads."""

    def __init__(
        self,
        workspace: Workspace,
        ledger: Ledger,
        progress: Progress = silent,
        budget: Budget | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.workspace = workspace
        self.ledger = ledger
        self.progress = progress
        self.budget = budget or Budget()
        self.limits = limits or Limits()
        self.totals = Totals()
        self.cache = CallCache(workspace)
        self._under_way: set[_Watch] = set()
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Stop every call under way, in whatever thread; each of them raises Cancelled."""
        with self._lock:
            for watch in self._under_way:
                watch.stop.set()

    def call(
        self, space: "Space", endpoint: Endpoint, args: tuple[Any, ...], kwargs: dict[str, Any], fresh: bool = False
    ) -> dict[str, Any]:
        """The values that an endpoint gives, by name; files are in the workspace.

        Args:
            fresh: do not take the result from the cache.

        Raises:
            SpaceError: it failed for good; `kind` says how.
            BudgetExceeded: a limit of the run is reached.
            Cancelled: somebody stopped it.
        """
        payload = Payload(self.workspace, space.name, endpoint, bind(endpoint, space.name, args, kwargs))
        key = call_key(space.version, endpoint.name, payload.canonical)
        repeatable = not fresh and is_repeatable(endpoint, payload.canonical)
        with self._watching(f"{space.name} {endpoint.name}") as watch:
            kept = self.cache.get(key) if repeatable else None
            if kept is not None:
                self.totals.hit(space.name)
                watch.tell("done", "from the cache")
                return kept
            values, files = self._attempts(space, endpoint, payload, watch)
            self._record(space, endpoint, payload, files, time.monotonic() - watch.started)
            if repeatable:
                self.cache.put(key, values, list(files))
            watch.tell("done")
            return values

    @contextmanager
    def _watching(self, label: str) -> Iterator[_Watch]:
        watch = _Watch(label, self.progress)
        with self._lock:
            self._under_way.add(watch)
        try:
            yield watch
        except BaseException as error:
            watch.tell("failed", str(error) or type(error).__name__)
            raise
        finally:
            with self._lock:
                self._under_way.discard(watch)

    def _attempts(
        self, space: "Space", endpoint: Endpoint, payload: Payload, watch: _Watch
    ) -> tuple[dict[str, Any], dict[str, str]]:
        policy = RetryPolicy(self.limits, watch)
        retrying = tenacity.Retrying(
            retry=policy.should_retry,
            wait=policy.pause,
            stop=policy.is_over,
            sleep=tenacity.sleep_using_event(watch.stop),
            before_sleep=lambda state: self._say_again(space, watch, state),
            reraise=True,
        )
        return retrying(self._attempt, space, endpoint, payload, watch)

    def _say_again(self, space: "Space", watch: _Watch, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self.totals.retry(space.name)
        if isinstance(error, SpaceError):
            wait = state.next_action.sleep if state.next_action else 0.0
            watch.tell("waiting", f"{error.kind}: {error.said[:80]}; again in {wait:.0f} s")

    def _attempt(
        self, space: "Space", endpoint: Endpoint, payload: Payload, watch: _Watch
    ) -> tuple[dict[str, Any], dict[str, str]]:
        if watch.stop.is_set():
            raise Cancelled(f"{watch.label} was stopped.")
        self.budget.take()
        times = _Times()
        error: SpaceError | None = None
        try:
            with space.place(endpoint, watch.stop):
                raw = self._run(space, endpoint, payload, watch, times)
                results = Results(
                    self.workspace,
                    space.fetcher,
                    space.name,
                    space.api_base,
                    endpoint,
                    self.limits.max_bytes,
                    tick=lambda size: _stop_if(watch, f"{size / 1e6:.0f} MB received"),
                )
                values = results.take(raw)
                times.bytes = results.bytes
            return values, results.files
        except (Cancelled, KeyboardInterrupt):
            raise
        except Exception as problem:
            error = classify(problem, space.name, endpoint.name)
            error.endpoint = endpoint.name
            raise error from problem
        finally:
            gpu = times.run if space.has_gpu else 0.0
            self.budget.spend(times.queue + times.run, gpu)
            outcome = error.kind if error else "ok"
            self.totals.call(space.name, outcome, times.queue, times.run, gpu, times.bytes)
            self.ledger.add(Outcome(space.name, endpoint.name, outcome, times.queue, times.run, times.bytes))

    def _run(self, space: "Space", endpoint: Endpoint, payload: Payload, watch: _Watch, times: _Times) -> Any:
        """Submit the call and wait for it within its deadlines, telling how it goes."""
        job: Job = space.client().submit(*payload.values, api_name=endpoint.name)
        done = threading.Event()
        job.future.add_done_callback(lambda _: done.set())
        try:
            begun, running_since = time.monotonic(), None
            while not _either(done, watch.stop):
                now = time.monotonic()
                status = job.status()
                if running_since is None and status.code not in _QUEUED and status.code != Status.LOG:
                    running_since = now
                times.queue = (running_since or now) - begun
                times.run = now - running_since if running_since else 0.0
                watch.tell("running" if running_since else "waiting", _in_words(status))
                self._check_deadlines(space, endpoint, times)
            _stop_if(watch)
            times.run = time.monotonic() - (running_since or begun)
            return job.future.result()
        except BaseException:
            if not job.future.done():
                threading.Thread(target=_cancel, args=(job,), daemon=True).start()
            raise

    def _check_deadlines(self, space: "Space", endpoint: Endpoint, times: _Times) -> None:
        if times.run > self.limits.run_seconds:
            said = f"it ran for more than {self.limits.run_seconds:g} s"
        elif times.run == 0 and times.queue > self.limits.queue_seconds:
            said = f"it waited in the queue for more than {self.limits.queue_seconds:g} s"
        else:
            return
        raise SpaceError("timeout", space.name, said, endpoint=endpoint.name)

    def _record(
        self, space: "Space", endpoint: Endpoint, payload: Payload, files: dict[str, str], seconds: float
    ) -> None:
        arguments = payload.canonical
        seed = arguments.get("seed")
        for digest in files.values():
            step = Step(
                tool="space",
                space=space.name,
                url=space.card.page or space.card.url,
                endpoint=endpoint.name,
                arguments=arguments,
                seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else None,
                licence=space.card.licence,
                sha256=digest,
                seconds=round(seconds, 3),
            )
            record(self.workspace, step, payload.inputs)


class RetryPolicy:
    """When to try again, and after how long: exponential backoff with full jitter, or what the Space asks for."""

    _ONCE = ("timeout", "malformed")
    _NEVER = ("refused", "quota")

    def __init__(self, limits: Limits, watch: _Watch) -> None:
        self._limits = limits
        self._watch = watch
        self._seen: dict[str, int] = {}

    def should_retry(self, state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if not isinstance(error, SpaceError):
            return False
        error.attempts = state.attempt_number
        self._seen[error.kind] = self._seen.get(error.kind, 0) + 1
        if error.kind in self._NEVER or (error.kind == "app_error" and not error.passing):
            return False
        return error.kind not in self._ONCE or self._seen[error.kind] == 1

    def pause(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, SpaceError) else None
        if asked is not None:
            return asked
        jitter = tenacity.wait_random_exponential(self._limits.backoff_seconds, self._limits.max_backoff_seconds)
        return float(jitter(state))

    def is_over(self, state: tenacity.RetryCallState) -> bool:
        spent = time.monotonic() - self._watch.started
        return (
            self._watch.stop.is_set()
            or state.attempt_number >= self._limits.attempts
            or spent + state.upcoming_sleep > self._limits.total_seconds
        )


def _either(done: threading.Event, stop: threading.Event) -> bool:
    """Wait a moment; true once the call has ended or somebody stopped it."""
    return done.wait(_LOOK_EVERY) or stop.is_set()


def _stop_if(watch: _Watch, detail: str = "") -> None:
    if watch.stop.is_set():
        raise Cancelled(f"{watch.label} was stopped.")
    if detail:
        watch.tell("running", detail)


def _cancel(job: Job) -> None:
    try:
        job.cancel()
    except Exception as error:  # the server may be the very thing that hangs
        del error


def _in_words(status: Any) -> str:
    if status.progress_data:
        unit = status.progress_data[-1]
        share = unit.progress
        if share is None and unit.length:
            share = (unit.index or 0) / unit.length
        percent = "" if share is None else f"{100 * share:.0f} %"
        return f"{unit.desc or ''} {percent}".strip()
    if status.code in _QUEUED and status.rank is not None:
        return f"{status.rank + 1} of {status.queue_size} in the queue"
    return ""
