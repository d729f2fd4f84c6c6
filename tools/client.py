"""The one gradio_client.Client of a Space: nothing leaks, nothing is fetched twice and nothing outlives it."""

import concurrent.futures
import os
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from gradio_client import Client

from tools.fetch import TIMEOUTS, Fetched
from tools.hosts import Trust, origin
from tools.space_errors import SpaceError

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # the client's own argument is or-ed with this


class SpaceClient(Client):  # type: ignore[misc]
    """A Client over a config and an info that were fetched, and checked, before.

    One client is one session: a Space's endpoints share its state.
    """

    def __init__(self, url: str, config: dict[str, Any], info: dict[str, Any], cookies: dict[str, str], trust: Trust):
        self._fetched = config, info
        super().__init__(
            url,
            token=trust.token_for(url) or False,  # None would mean "the saved token", for any host
            verbose=False,
            analytics_enabled=False,
            download_files=False,
            httpx_kwargs={"timeout": TIMEOUTS, "cookies": dict(cookies)},
        )
        # No thread has been started in the client's own pools yet.
        self.executor: concurrent.futures.Executor = _Daemons()
        self.helper_executor: concurrent.futures.Executor = self.executor
        self.stream_executor: concurrent.futures.Executor = self.executor

    def _get_config(self) -> dict[str, Any]:
        return self._fetched[0]

    def _get_api_info(self) -> dict[str, Any]:
        return self._fetched[1]


class _Daemons(concurrent.futures.Executor):
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


def check_config(fetched: Fetched, config: Any, url: str, space: str) -> str:
    """The app's API base URL, after making sure that its config keeps calls on its own host.

    Raises:
        SpaceError: `malformed` when it is no Gradio config; `refused` when it points elsewhere.
    """
    if not isinstance(config, dict) or not isinstance(config.get("dependencies"), list):
        raise SpaceError("malformed", space, "its /config is not what a Gradio server gives")
    prefix = config.get("api_prefix", "")
    if not isinstance(prefix, str):
        raise SpaceError("malformed", space, "its /config has an api_prefix that is not text")
    base = urljoin(url.rstrip("/") + "/", prefix.lstrip("/") + "/")
    if origin(base) != origin(url) or origin(fetched.url) != origin(url):
        raise SpaceError("refused", space, f"its /config sends calls to another host ({origin(base)[1]})")
    return base.rstrip("/") + "/"
