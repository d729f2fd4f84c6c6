"""Threads that nobody has to wait for."""

import concurrent.futures
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
LOOK_EVERY = 0.1


class DaemonExecutor(concurrent.futures.Executor):
    """A thread for each task, none of which keeps the program from ending while a server hangs."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> concurrent.futures.Future[Any]:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        threading.Thread(target=work, daemon=True).start()
        return future


class Overdue(Exception):
    """Something took longer than it may. It goes on in its thread, and nobody waits for it."""


def within(seconds: float, function: Callable[[], T], check: Callable[[], None] = lambda: None) -> T:
    """What `function` gives, run in a thread of its own; `check` is asked meanwhile, and may raise to end the wait.

    Raises:
        Overdue: it takes more than `seconds`.
    """
    future = DaemonExecutor().submit(function)
    begun = time.monotonic()
    while not concurrent.futures.wait([future], LOOK_EVERY).done:
        check()
        if time.monotonic() - begun > seconds:
            raise Overdue(f"more than {seconds:g} s")
    result: T = future.result()
    return result
