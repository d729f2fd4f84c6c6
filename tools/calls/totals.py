"""What a run asked of Spaces, added up for the report."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class _Tally:
    calls: int = 0
    cache_hits: int = 0
    retries: int = 0
    queue_seconds: float = 0.0
    run_seconds: float = 0.0
    gpu_seconds: float = 0.0
    bytes: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    def report(self) -> dict[str, Any]:
        return {
            "calls": self.calls,
            "cache_hits": self.cache_hits,
            "retries": self.retries,
            "seconds": round(self.queue_seconds + self.run_seconds, 3),
            "queue_seconds": round(self.queue_seconds, 3),
            "run_seconds": round(self.run_seconds, 3),
            "gpu_seconds": round(self.gpu_seconds, 3),
            "bytes": self.bytes,
            "failures": dict(self.failures),
        }


class Totals:
    """Counts over a run, for all Spaces and for each. Safe to use from several threads."""

    def __init__(self) -> None:
        self._all = _Tally()
        self._each: dict[str, _Tally] = {}
        self._lock = threading.Lock()

    def _tallies(self, space: str) -> tuple[_Tally, _Tally]:
        return self._all, self._each.setdefault(space, _Tally())

    def hit(self, space: str) -> None:
        """A call was answered from the cache."""
        with self._lock:
            for tally in self._tallies(space):
                tally.cache_hits += 1

    def retry(self, space: str) -> None:
        """A call is tried once more."""
        with self._lock:
            for tally in self._tallies(space):
                tally.retries += 1

    def call(self, space: str, outcome: str, queue: float, run: float, gpu: float, size: int) -> None:
        """A call reached a Space; `outcome` is "ok" or the kind of the failure, times are in seconds."""
        with self._lock:
            for tally in self._tallies(space):
                tally.calls += 1
                tally.queue_seconds += queue
                tally.run_seconds += run
                tally.gpu_seconds += gpu
                tally.bytes += size
                if outcome != "ok":
                    tally.failures[outcome] += 1

    def report(self) -> dict[str, Any]:
        """Everything as plain JSON: the sums, and `spaces` with the same for each Space."""
        with self._lock:
            return {
                **self._all.report(),
                "spaces": {name: tally.report() for name, tally in sorted(self._each.items())},
            }
