"""How much a run may ask of Spaces, and how much it has."""

import threading
from dataclasses import dataclass, field

from splatelier.tools.errors import SplatelierError


class BudgetExceeded(SplatelierError):
    """The next call would go past a limit; `limit` names it."""

    def __init__(self, limit: str, allowed: float, spent: float) -> None:
        self.limit = limit
        super().__init__(
            f"The budget for this run is used up: {limit} is limited to {allowed:g} and {spent:g} are spent; "
            "raise the limit or finish with what there is."
        )


@dataclass
class Budget:
    """Limits for one run; None is no limit.

    Attributes:
        calls: calls that reach a Space (a retry is one more; the cache is free).
        minutes: of waiting for Spaces, queue and run, added up over parallel calls.
        gpu_seconds: of running on Spaces with a GPU.
    """

    calls: int | None = None
    minutes: float | None = None
    gpu_seconds: float | None = None
    spent_calls: int = 0
    spent_seconds: float = 0.0
    spent_gpu_seconds: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def take(self) -> None:
        """Count one more call.

        Raises:
            BudgetExceeded: a limit has been reached.
        """
        with self._lock:
            if self.calls is not None and self.spent_calls >= self.calls:
                raise BudgetExceeded("calls", self.calls, self.spent_calls)
            if self.minutes is not None and self.spent_seconds >= self.minutes * 60:
                raise BudgetExceeded("minutes", self.minutes, round(self.spent_seconds / 60, 2))
            if self.gpu_seconds is not None and self.spent_gpu_seconds >= self.gpu_seconds:
                raise BudgetExceeded("gpu_seconds", self.gpu_seconds, round(self.spent_gpu_seconds, 1))
            self.spent_calls += 1

    def left(self) -> str:
        """What may still be asked, in words; empty where nothing is limited."""
        parts = []
        if self.calls is not None:
            parts.append(f"{max(0, self.calls - self.spent_calls)} of {self.calls} calls")
        if self.minutes is not None:
            parts.append(f"{max(0.0, self.minutes - self.spent_seconds / 60):.1f} of {self.minutes:g} minutes")
        if self.gpu_seconds is not None:
            left = max(0.0, self.gpu_seconds - self.spent_gpu_seconds)
            parts.append(f"{left:.0f} of {self.gpu_seconds:g} seconds on GPUs")
        return f"left of the budget: {', '.join(parts)}" if parts else ""

    def spend(self, seconds: float, gpu_seconds: float) -> None:
        """Count the time of a call that has ended, well or not."""
        with self._lock:
            self.spent_seconds += seconds
            self.spent_gpu_seconds += gpu_seconds
