"""One call to a Space, done well: bounded, watched, cached, counted."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from splatelier.tools.calls.arguments import Payload, bind, signature
from splatelier.tools.calls.budget import Budget
from splatelier.tools.calls.cache import CallCache, call_key, is_repeatable
from splatelier.tools.calls.files import Results
from splatelier.tools.calls.job import Limits, Spent, Watch, run_job
from splatelier.tools.calls.ledger import Ledger, Outcome
from splatelier.tools.calls.lineage import record_call
from splatelier.tools.calls.retry import retrying
from splatelier.tools.calls.totals import Totals
from splatelier.tools.errors import SplatelierError
from splatelier.tools.parallel import current_item
from splatelier.tools.progress import Progress, silent
from splatelier.tools.spaces.card import BROKEN, WAKING, stage_in_words
from splatelier.tools.spaces.errors import HINTS, Cancelled, SpaceError, classify, clean_text
from splatelier.tools.spaces.schema import Endpoint
from splatelier.tools.spaces.space import Space
from splatelier.tools.spaces.visits import Visit
from splatelier.tools.threads import Overdue, within
from splatelier.tools.workspace.workspace import Workspace

T = TypeVar("T")
ROUNDS = 3
CLOSE_SECONDS = 1.0


class Authority(Protocol):
    """Who knows of a Space what its own server cannot say: the Hub."""

    def stage(self, space: str) -> str:
        """Where a Space stands (see stages.py); "" where that is not known."""

    def quota(self) -> dict[str, Any] | None:
        """Seconds of GPU left (`base`, `current`, `resetsAt`), or None where that is not known."""


class Calls:
    """Makes every call of one run. Safe to use from several threads."""

    def __init__(
        self,
        workspace: Workspace,
        hub: Authority,
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
        self._hub = hub
        self._under_way: set[Watch] = set()
        self._lock = threading.Condition()

    def cancel(self) -> None:
        """Stop every call under way, in whatever thread; each of them raises Cancelled."""
        with self._lock:
            for watch in self._under_way:
                watch.stop.set()

    def close(self) -> None:
        """Stop every call under way, and give each a moment to tell its server."""
        self.cancel()
        with self._lock:
            self._lock.wait_for(lambda: not self._under_way, CLOSE_SECONDS)

    def call(
        self,
        space: Space,
        endpoint: Endpoint,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        fresh: bool = False,
        run_seconds: float | None = None,
    ) -> dict[str, Any]:
        """The values that an endpoint gives, by name; files are in the workspace.

        Args:
            fresh: do not take the result from the cache.
            run_seconds: how long it may run, instead of the run's own limit.

        Raises:
            SpaceError: it failed for good; `kind` says how.
            BudgetExceeded: a limit of the run is reached.
            Cancelled: somebody stopped it.
        """
        limits = self.limits if run_seconds is None else replace(self.limits, run_seconds=run_seconds)
        payload = Payload(self.workspace, space.name, endpoint, bind(endpoint, space.name, args, kwargs))
        key = call_key(space.version, endpoint.name, payload.canonical)
        repeatable = is_repeatable(endpoint, payload.canonical)
        with self._watching(f"{space.name} {endpoint.name}") as watch:
            kept = self.cache.get(key) if repeatable and not fresh else None
            if kept is not None:
                self.totals.hit(space.name)
                watch.tell("done", "from the cache")
                return kept
            visit = space.visit(endpoint, current_item.get(), payload.beyond_choices)
            values, files = self._retrying(
                space.name, watch, limits, lambda: self._attempt(space, visit, endpoint, payload, limits, watch)
            )
            made_by = record_call(
                self.workspace, space, endpoint, payload, files, visit.behind(endpoint), watch.seconds
            )
            if space.keeps_state:
                visit.keep(endpoint, payload.values, made_by)
            if repeatable:
                self.cache.put(key, values, list(files))
            watch.tell("done")
            return values

    def first_that_works(
        self,
        ways: Iterable[tuple[str, Callable[[], T]]],
        nobody: Callable[[list[SpaceError]], SpaceError],
    ) -> T:
        """The first result that comes of several ways to the same end, each a call to another Space.

        When all of them failed, those for which it is not hopeless are tried again, in two more rounds: not a Space
        that refused, whose quota is spent, or that said itself what is wrong with what it was given.

        Args:
            ways: (Space, call), the best first; further ones may be looked for as the first ones fail.
            nobody: makes one error of all.

        Raises:
            SpaceError: none of them works.
        """
        problems: list[SpaceError] = []
        for number in range(ROUNDS):
            failed: list[tuple[str, Callable[[], T]]] = []
            for space, way in ways:
                if number:
                    self.totals.retry(space)
                try:
                    return way()
                except SpaceError as error:
                    problems.append(error)
                    if not (error.kind in ("refused", "quota") or error.is_considered):
                        failed.append((space, way))
            ways = failed
        raise nobody(problems)

    def patiently(self, space: str, function: Callable[[], T]) -> T:
        """Do something that reads a Space, with the same patience as a call; `space` is what the person named.

        Raises:
            SpaceError: it failed for good.
            Cancelled: somebody stopped it.
        """

        limits = replace(self.limits, attempts=self.limits.connect_attempts)
        with self._watching(space) as watch:

            def attempt() -> T:
                try:
                    return within(limits.connect_seconds, function, watch.check)
                except Overdue as error:
                    raise SpaceError("timeout", space, f"reading what it can do took {error}") from error
                except SpaceError as error:
                    raise self._with_stage(error) from error

            watch.tell("running", "reading what it can do")
            result = self._retrying(space, watch, limits, attempt)
            watch.tell("done")
            return result

    @contextmanager
    def _watching(self, label: str) -> Iterator[Watch]:
        watch = Watch(label, self.progress)
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
                self._lock.notify_all()

    def _retrying(self, space: str, watch: Watch, limits: Limits, attempt: Callable[[], T]) -> T:
        return retrying(watch, limits, attempt, lambda: self.totals.retry(space))

    def _attempt(
        self, space: Space, visit: Visit, endpoint: Endpoint, payload: Payload, limits: Limits, watch: Watch
    ) -> tuple[dict[str, Any], dict[str, str]]:
        watch.check()
        self.budget.take()
        spent = Spent()
        outcome = "ok"
        try:
            with space.place(endpoint, watch):
                for owed in visit.owed(endpoint):
                    before = visit.ask(owed.endpoint, owed.values)
                    run_job(before, space.name, owed.endpoint.name, limits, watch, Spent())
                    visit.repaid(owed)
                question = visit.ask(endpoint, payload.values)
                raw = run_job(question, space.name, endpoint.name, limits, watch, spent)

            def tick(size: int) -> None:
                watch.check()
                watch.tell("running", f"{size >> 20} MB received" if size >> 20 else "receiving")
                if watch.seconds > limits.total_seconds:
                    raise SpaceError("timeout", space.name, f"its file took more than {limits.total_seconds:g} s")

            results = Results(self.workspace, space, endpoint, limits.max_bytes, tick)
            values = results.take(raw)
            spent.bytes = results.bytes
            return values, results.files
        except Cancelled:
            outcome = "cancelled"
            raise
        except Exception as problem:
            error = self._explained(classify(problem, space.name, endpoint.name), endpoint)
            outcome = error.kind
            raise error from problem
        except BaseException:
            outcome = "cancelled"
            raise
        finally:
            gpu = spent.run if space.has_gpu else 0.0
            self.budget.spend(spent.queue + spent.run, gpu)
            self.totals.call(space.name, outcome, spent.queue, spent.run, gpu, spent.bytes)
            if outcome != "cancelled":
                self._note(Outcome(space.name, endpoint.name, outcome, spent.queue, spent.run, spent.bytes), watch)

    def _note(self, outcome: Outcome, watch: Watch) -> None:
        """Into the ledger; a result is not lost because it cannot be written there."""
        try:
            self.ledger.add(outcome)
        except SplatelierError as error:
            watch.tell("running", str(error))

    def _explained(self, error: SpaceError, endpoint: Endpoint) -> SpaceError:
        """The error with what else is known: the stage of the Space, the quota left, the arguments it wants."""
        error.endpoint = endpoint.name
        if error.kind == "refused" and error.hint == HINTS["refused"]:
            error.hint = f"call it as {signature(endpoint)}"
        if error.kind == "quota" and (left := self._hub.quota()):
            quota = f"{left.get('current')} of {left.get('base')} s are left, back at {left.get('resetsAt')}"
            error.hint = clean_text(f"{quota}; {error.hint}", 300)
        return self._with_stage(error)

    def _with_stage(self, error: SpaceError) -> SpaceError:
        """What looks like a broken server may be a Space that sleeps, is being built, or has crashed: the Hub knows."""
        if error.kind not in ("unreachable", "busy", "malformed", "timeout") or "/" not in error.space:
            return error
        stage = self._hub.stage(error.space)
        if stage in WAKING:
            said = f"the Space is {stage_in_words(stage)} and has been asked to wake"
            return SpaceError("asleep", error.space, said, endpoint=error.endpoint, again="often")
        if stage in BROKEN:
            said = f"the Space is not running: {stage_in_words(stage)}"
            return SpaceError("unreachable", error.space, said, endpoint=error.endpoint, hint="use another Space")
        return error
