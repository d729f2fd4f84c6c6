"""Trying again where it can help: the only place that retries."""

import time
from collections.abc import Callable
from typing import TypeVar

import tenacity

from splatelier.tools.calls.job import Limits, Watch
from splatelier.tools.spaces.errors import SpaceError

T = TypeVar("T")


def retrying(watch: Watch, limits: Limits, attempt: Callable[[], T], again: Callable[[], None]) -> T:
    """What `attempt` gives in the end; `again` is told of each further try.

    Raises:
        SpaceError: the last attempt's, with their number in it.
    """
    policy = RetryPolicy(limits, watch)

    def say_again(state: tenacity.RetryCallState) -> None:
        again()
        error = _error_of(state)
        if error is not None and state.next_action:
            watch.tell("waiting", f"{error.kind}: {error.said[:80]}; again in {state.next_action.sleep:.0f} s")

    return tenacity.Retrying(
        retry=policy.should_retry,
        wait=policy.pause,
        stop=policy.is_over,
        sleep=tenacity.sleep_using_event(watch.stop),
        before_sleep=say_again,
        reraise=True,
    )(attempt)


class RetryPolicy:
    """When to try again, and after how long: exponential backoff with full jitter, or what the Space asks for."""

    def __init__(self, limits: Limits, watch: Watch) -> None:
        self._limits = limits
        self._watch = watch
        self._seen: dict[str, int] = {}
        self._asleep_since: float | None = None
        self._backoff = tenacity.wait_random_exponential(limits.backoff_seconds, limits.max_backoff_seconds)

    def should_retry(self, state: tenacity.RetryCallState) -> bool:
        """Only where it can help: never for what was refused, a spent quota, or an app's own considered words."""
        error = _error_of(state)
        if error is None:
            return False
        error.attempts = state.attempt_number
        self._seen[error.kind] = self._seen.get(error.kind, 0) + 1
        if error.kind == "asleep" and self._asleep_since is None:
            self._asleep_since = time.monotonic()
        return error.again == "often" or (error.again == "once" and self._seen[error.kind] == 1)

    def pause(self, state: tenacity.RetryCallState) -> float:
        """Seconds until the next attempt."""
        error = _error_of(state)
        if error is not None and error.retry_after is not None:
            return error.retry_after
        if error is not None and error.kind == "asleep":
            return self._limits.wake_poll_seconds
        return float(self._backoff(state))

    def is_over(self, state: tenacity.RetryCallState) -> bool:
        """Whether the attempts or the time are used up."""
        awake_attempts = state.attempt_number - self._seen.get("asleep", 0)
        slept = time.monotonic() - self._asleep_since if self._asleep_since is not None else 0.0
        return (
            self._watch.stop.is_set()
            or awake_attempts >= self._limits.attempts
            or slept > self._limits.wake_seconds
            or self._watch.seconds + state.upcoming_sleep > self._limits.total_seconds
        )


def _error_of(state: tenacity.RetryCallState) -> SpaceError | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, SpaceError) else None
