"""What it costs to run the model's code in a confined child, beside smolagents' interpreter in this process.

    python benchmarks/broker.py [--repeats 3]

- a step: ten calls of a tool and a few lines of Python; the difference, as a share of the 50 ms that it may cost;
- a map: six chains of five calls side by side, of which two take as long as quick Spaces do (2 and 4 s); the ratio of
  the times.

The two take turns, and the best of the repeats is compared: what else the machine does only adds to a time.
"""

import argparse
import time

from smolagents import LocalPythonExecutor, Tool
from smolagents.local_python_executor import PythonExecutor

from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room
from splatelier.tools.toolset.parallel import ParallelMap

STEP_MAY_COST = 0.050
STEP = """
total = 0
for number in range(10):
    total = total + len(work(seconds=0)["path"])
"""
MAP = """
def chain(item):
    for seconds in (2.0, 0.1, 4.0, 0.2, 0.1):
        path = work(seconds=seconds)["path"]
    return path
made = parallel_map(chain, list(range(6)), workers=6)
"""


class Work(Tool):  # type: ignore[misc]
    """Takes a while, as a Space does."""

    name = "work"
    description = "Takes a while."
    inputs = {"seconds": {"type": "number", "description": "how long"}}  # noqa: RUF012
    output_type = "object"

    def forward(self, seconds: float) -> dict[str, str]:
        time.sleep(seconds)
        return {"path": "assets/eiffel-tower/source.png", "endpoint": "/generate"}


def timed(python: PythonExecutor, code: str) -> float:
    """Seconds that a step takes."""
    started = time.perf_counter()
    python(code)
    return time.perf_counter() - started


def side_by_side(one: PythonExecutor, other: PythonExecutor, code: str, repeats: int) -> tuple[float, float]:
    """The best time of each, taking turns."""
    pairs = [(timed(one, code), timed(other, code)) for _ in range(repeats)]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def main() -> None:
    """Print both figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--repeats", type=int, default=3)
    repeats = arguments.parse_args().repeats
    room = find_room()
    confined, stock = ConfinedExecutor(room), LocalPythonExecutor([], timeout_seconds=None)
    for python in (confined, stock):
        python.send_tools({"work": Work(), "parallel_map": ParallelMap()})
        python("ready = True")
    ours, theirs = side_by_side(confined, stock, STEP, repeats * 5)
    print(f"a step of ten calls: {(ours - theirs) / STEP_MAY_COST:.0%} of the 50 ms that the child may cost")
    ours, theirs = side_by_side(confined, stock, MAP, repeats)
    print(f"six chains side by side: {ours / theirs:.3f} of the time in this process")
    print(f"confined by the system: {'no, ' + room.lacks if room.lacks else 'yes'}")
    confined.cleanup()


if __name__ == "__main__":
    main()
