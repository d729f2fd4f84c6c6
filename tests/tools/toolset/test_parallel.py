"""Many items at once: in order, one failure never loses the others, and smolagents' interpreter is safe under it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from smolagents import LocalPythonExecutor

from splatelier.tools.progress import Update
from splatelier.tools.spaces.errors import Cancelled
from splatelier.tools.toolset.parallel import ParallelMap


def test_results_come_in_the_order_of_the_items_with_each_failure_in_its_place() -> None:
    def invert(value: float) -> float:
        return 1 / value

    results = ParallelMap()(invert, [4, 0, 2], workers=3)
    assert results == [
        {"item": 4, "ok": True, "result": 0.25},
        {"item": 0, "ok": False, "error": "division by zero"},
        {"item": 2, "ok": True, "result": 0.5},
    ]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_no_more_run_at_once_than_there_are_workers(workers: int) -> None:
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(workers)

    def work(_: int) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(20)
        with lock:
            running -= 1

    results = ParallelMap()(work, range(workers * 4), workers=workers)
    assert all(entry["ok"] for entry in results)
    assert most == workers


def test_nothing_to_do_gives_nothing() -> None:
    assert ParallelMap()(print, []) == []


@pytest.mark.parametrize("workers", [0, -3, 1000])
def test_a_strange_number_of_workers_does_the_work_all_the_same(workers: int) -> None:
    assert [entry["result"] for entry in ParallelMap()(str, [1, 2, 3], workers=workers)] == ["1", "2", "3"]


def test_something_that_is_no_function_is_an_error() -> None:
    with pytest.raises(TypeError, match="needs a function"):
        ParallelMap()("not a function", [1])


def test_each_item_is_told_about() -> None:
    updates: list[Update] = []
    ParallelMap(updates.append)(lambda item: 1 / item["n"], [{"title": "Louvre", "n": 1}, {"title": "Void", "n": 0}])
    told = {(update.label, update.state) for update in updates}
    assert told == {("Louvre", "running"), ("Louvre", "done"), ("Void", "running"), ("Void", "failed")}


def test_cancelling_starts_no_further_item_and_stops_the_calls_under_way() -> None:
    begun, stopped = threading.Event(), threading.Event()
    started: list[int] = []

    def work(item: int) -> None:
        started.append(item)
        begun.set()
        stopped.wait(20)

    tool = ParallelMap(cancel_calls=stopped.set)
    outcome: list[BaseException] = []

    def run() -> None:
        try:
            tool(work, range(100), workers=2)
        except Cancelled as error:
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(20)
    tool.cancel()
    thread.join(20)
    assert outcome
    assert stopped.is_set()
    assert len(started) <= 2


AGENTS_CODE = """
scale = 10
def helper(value):
    return value * scale

def work(item):
    total = 0
    parts = []
    for step in range(40):
        total = total + helper(item)
        parts.append(total)
        touch(item)
    if item % 5 == 3:
        raise ValueError("item " + str(item))
    label = f"{item}:{total}"
    return {"label": label, "last": parts[-1], "steps": len(parts)}

results = parallel_map(work, list(range(24)), workers=8)
"""


def test_a_function_of_the_agents_own_code_keeps_its_variables_to_itself_in_every_thread() -> None:
    """Eight threads run one interpreted function at once; each call meets the others in the middle of its loop."""
    meet = threading.Barrier(8)
    seen = 0
    lock = threading.Lock()

    def touch(_: int) -> None:
        nonlocal seen
        with lock:
            seen += 1
            first = seen <= 8
        if first:
            meet.wait(20)

    executor = LocalPythonExecutor(additional_authorized_imports=[], timeout_seconds=None)
    tools: dict[str, Callable[..., Any]] = {"parallel_map": ParallelMap(), "touch": touch}
    executor.send_tools(tools)
    executor(AGENTS_CODE)
    results = executor.state["results"]
    for item, entry in enumerate(results):
        if item % 5 == 3:
            assert not entry["ok"]
            assert f"item {item}" in entry["error"]
        else:
            expected = item * 10 * 40
            assert entry["result"] == {"label": f"{item}:{expected}", "last": expected, "steps": 40}
