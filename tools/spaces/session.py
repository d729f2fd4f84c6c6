"""The one gradio_client.Client of a Space: nothing leaks, nothing is fetched twice and nothing outlives it."""

import concurrent.futures
import json
import os
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx
from gradio_client import Client
from gradio_client.utils import ServerMessage

from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.fetch import TIMEOUTS, Fetched
from splatelier.tools.spaces.trust import origin
from splatelier.tools.threads import DaemonExecutor

# A Gradio server sends a heartbeat every 15 s.
STREAM_TIMEOUTS = httpx.Timeout(connect=10, read=120, write=60, pool=10)
MAX_STREAMS = 5

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # the client's own argument is or-ed with this


class SpaceClient(Client):  # type: ignore[misc]
    """A Client over a config and an info that were fetched, and checked, before.

    One client is one session: a Space's endpoints share its state.
    """

    def __init__(
        self, url: str, config: dict[str, Any], info: dict[str, Any], cookies: dict[str, str], proof: dict[str, str]
    ):
        self._fetched = config, info
        super().__init__(
            url,
            token=False,  # None would mean "the saved token", for any host
            headers=proof,
            verbose=False,
            analytics_enabled=False,
            download_files=False,
            httpx_kwargs={"timeout": TIMEOUTS, "cookies": dict(cookies)},
        )
        # No thread has been started in the client's own pools yet.
        self.executor: concurrent.futures.Executor = DaemonExecutor()
        self.helper_executor: concurrent.futures.Executor = self.executor
        self.stream_executor: concurrent.futures.Executor = self.executor

    def close(self) -> None:
        """End the session. The thread that keeps it alive ends by itself, and nobody waits for it."""
        self._kill_heartbeat.set()

    def _get_config(self) -> dict[str, Any]:
        return self._fetched[0]

    def _get_api_info(self) -> dict[str, Any]:
        return self._fetched[1]

    def stream_messages(self, protocol: str, session_hash: str) -> None:
        """Read the session's results and hand each to the call that waits for it, until there are no more.

        gradio_client's own prints a traceback when the connection breaks, and loses a call that was made in the moment
        in which the server closed the stream. Here such a call's results are read from a new stream; calls that wait
        for a broken one are told, by what gradio_client does once this returns.
        """
        try:
            for _ in range(MAX_STREAMS):
                if not self._read_stream(protocol, session_hash):
                    return
        except (httpx.HTTPError, ValueError, KeyError):
            return

    def _read_stream(self, protocol: str, session_hash: str) -> bool:
        """Read one stream to its end; true when a call is still waiting then."""
        with httpx.stream(
            "GET",
            self.sse_url,
            params={"session_hash": session_hash},
            headers=self.headers,
            cookies=self.cookies,
            verify=self.ssl_verify,
            timeout=STREAM_TIMEOUTS,
        ) as response:
            response.raise_for_status()
            for message in _messages(response):
                kind = message["msg"]
                if kind == ServerMessage.close_stream:
                    return self._still_waiting()
                if kind == ServerMessage.server_stopped:
                    self._deliver_to_all(message)
                    return False
                if kind != ServerMessage.heartbeat and not self._deliver(message, protocol):
                    return False
        return False

    def _still_waiting(self) -> bool:
        with self.pending_lock:
            self.stream_open = bool(self.pending_event_ids)
            return self.stream_open

    def _deliver_to_all(self, message: dict[str, Any]) -> None:
        with self.pending_lock:
            for waiting in self.pending_messages_per_event.values():
                waiting.append(message)

    def _deliver(self, message: dict[str, Any], protocol: str) -> bool:
        """Hand one message to its call; false when no call is left and the protocol has no other way to say so."""
        event = message["event_id"]
        with self.pending_lock:
            self.pending_messages_per_event.setdefault(event, deque()).append(message)
            if message["msg"] == ServerMessage.process_completed:
                self.pending_event_ids.discard(event)
            if self.pending_event_ids or protocol == "sse_v3":
                return True
            self.stream_open = False
            return False


def _messages(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """The JSON messages of a server-sent event stream."""
    rest = b""
    for chunk in response.iter_bytes():
        *events, rest = (rest + chunk).split(b"\n\n")
        for event in events:
            if event.startswith(b"data:"):
                yield json.loads(event[5:])


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
