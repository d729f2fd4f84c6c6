"""The one gradio_client.Client of a Space, and the only file that knows gradio_client from the inside.

What is taken from there, private parts included, is written down in tests/tools/spaces/test_session.py, which fails at
an update that changes any of it. This module takes long to import: whoever needs it imports it when a session begins.
"""

import concurrent.futures
import os
import threading
from collections import deque
from typing import Any

import httpx
from gradio_client import Client
from gradio_client.client import Job
from gradio_client.exceptions import AppError, AuthenticationError, ValidationError
from gradio_client.utils import QueueError, ServerMessage, Status, StatusUpdate, TooManyRequestsError

from splatelier.tools.spaces.config import Config
from splatelier.tools.spaces.errors import SpaceError, app_error, clean_text
from splatelier.tools.spaces.jsonschema import OwnFile
from splatelier.tools.spaces.visits import Standing
from splatelier.tools.spaces.wire.events import MAX_STREAM_BYTES, messages
from splatelier.tools.spaces.wire.fetch import MAX_TEXT_BYTES, TIMEOUTS
from splatelier.tools.spaces.wire.unpack import Bounded
from splatelier.tools.threads import DaemonExecutor

# A Gradio server sends a heartbeat every 15 s.
STREAM_TIMEOUTS = httpx.Timeout(connect=10, read=120, write=60, pool=10)
MAX_STREAMS = 5
_QUEUED = {Status.STARTING, Status.JOINING_QUEUE, Status.IN_QUEUE, Status.SENDING_DATA}

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # the client's own argument is or-ed with this


class Session(Client):  # type: ignore[misc]
    """A Client over a config that was fetched, and checked, before; every answer that it reads has a bound.

    One client is one session: a Space's endpoints share its state.
    """

    def __init__(self, space: str, url: str, config: Config, cookies: dict[str, str], proof: dict[str, str]) -> None:
        self._space = space
        self._checked = config.plain()
        super().__init__(
            url,
            token=False,  # None would mean "the saved token", for any host
            headers=proof,
            verbose=False,
            analytics_enabled=False,
            download_files=False,
            httpx_kwargs={"timeout": TIMEOUTS, "cookies": dict(cookies), "auth": Bounded(MAX_TEXT_BYTES)},
        )
        # No thread has been started in the client's own pools yet.
        self.executor: concurrent.futures.Executor = DaemonExecutor()
        self.helper_executor: concurrent.futures.Executor = self.executor
        self.stream_executor: concurrent.futures.Executor = self.executor

    def ask(self, endpoint: str, values: list[Any]) -> "Asked":
        """Begin a call; `values` are all of the endpoint's parameters, in order."""
        sent = [_as_sent(value) for value in values]
        return Asked(self, self.submit(*sent, api_name=endpoint), self._space, endpoint)

    def close(self) -> None:
        """End the session. The thread that keeps it alive ends by itself, and nobody waits for it."""
        self._kill_heartbeat.set()

    def _get_config(self) -> dict[str, Any]:
        return self._checked

    def _get_api_info(self) -> dict[str, Any]:
        """Nothing: it is there to fill in defaults, and every value is given."""
        return {"named_endpoints": {}, "unnamed_endpoints": {}}

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
        except (httpx.HTTPError, ValueError):
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
            auth=Bounded(MAX_STREAM_BYTES),
        ) as response:
            response.raise_for_status()
            for message in messages(response.iter_raw()):
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
        event = message.get("event_id")
        if not isinstance(event, str):
            raise ValueError("a message for no call")
        with self.pending_lock:
            self.pending_messages_per_event.setdefault(event, deque()).append(message)
            if message["msg"] == ServerMessage.process_completed:
                self.pending_event_ids.discard(event)
            if self.pending_event_ids or protocol == "sse_v3":
                return True
            self.stream_open = False
            return False


class _Untouched(dict[str, Any]):
    """An OwnFile as gradio_client lets it pass.

    It uploads what has Gradio's mark and copies everything else, and the server wants the mark: so that is there, and
    only gradio_client's question for it is answered with no.
    """

    def __contains__(self, key: object) -> bool:
        return key != "meta" and super().__contains__(key)


def _as_sent(value: Any) -> Any:
    if isinstance(value, OwnFile):
        return _Untouched(value)
    if isinstance(value, dict):
        return {key: _as_sent(entry) for key, entry in value.items()}
    return [_as_sent(entry) for entry in value] if isinstance(value, list) else value


class Asked:
    """One call under way on a Space's server."""

    def __init__(self, session: Session, job: Job, space: str, endpoint: str) -> None:
        self._session = session
        self._job = job
        self._space = space
        self._endpoint = endpoint
        self._done = threading.Event()
        job.future.add_done_callback(lambda _: self._done.set())

    def answered(self, seconds: float) -> bool:
        """Whether it has ended, well or not; waits for that at most `seconds`."""
        return self._done.wait(seconds)

    def standing(self) -> Standing:
        """Where it stands."""
        status = self._job.status()
        return Standing(status.code not in _QUEUED and status.code is not Status.LOG, _in_words(status))

    def answer(self) -> Any:
        """What came of it, as gradio_client gives it: a tuple where there are several values or none.

        Raises:
            SpaceError: what the app, its queue or its validators said.
            Exception: whatever else gradio_client ran into; see `errors.classify`.
        """
        try:
            return self._job.future.result()
        except AppError as error:
            raise app_error(str(error), self._space, self._endpoint) from error
        except (QueueError, TooManyRequestsError) as error:
            raise SpaceError("busy", self._space, str(error), endpoint=self._endpoint, again="often") from error
        except (AuthenticationError, ValidationError) as error:
            raise SpaceError("refused", self._space, str(error), endpoint=self._endpoint) from error
        except concurrent.futures.CancelledError as error:
            raise self._cut() from error
        except ValueError as error:
            if str(error) != "Server stopped.":
                raise
            raise self._cut() from error

    def stop(self) -> None:
        """Tell the server that nobody waits any more.

        Raises:
            httpx.HTTPError, OSError, ValueError: it cannot be told.
        """
        helper = self._job.communicator
        with helper.lock:
            helper.thread_complete = True  # its own waiting ends, without the request that it would make unbounded
        self._job.cancel_fn()
        if helper.event_id:
            httpx.post(
                helper.reset_url,
                json={"event_id": helper.event_id},
                headers=self._session.headers,
                cookies=self._session.cookies,
                **self._session.httpx_kwargs,
            )

    def _cut(self) -> SpaceError:
        said = "the connection was cut before the result arrived"
        return SpaceError("unreachable", self._space, said, endpoint=self._endpoint, again="often")


def _in_words(status: StatusUpdate) -> str:
    if status.progress_data:
        unit = status.progress_data[-1]
        share = unit.progress
        if share is None and unit.length:
            share = (unit.index or 0) / unit.length
        percent = "" if share is None else f"{100 * share:.0f} %"
        return clean_text(f"{unit.desc or ''} {percent}", 100)
    if status.code in _QUEUED and status.rank is not None:
        eta = f", about {status.eta:.0f} s" if status.eta else ""
        return f"{status.rank + 1} of {status.queue_size} in the queue{eta}"
    return ""
