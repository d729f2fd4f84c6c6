"""A Space that was read: its card, its endpoints and its one session."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin

from splatelier.tools.progress import Watcher
from splatelier.tools.spaces.card import SpaceCard
from splatelier.tools.spaces.config import api_base, read_config, read_json
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.spaces.schema import Endpoint, read_endpoints
from splatelier.tools.spaces.stages import Standing
from splatelier.tools.spaces.wire.fetch import Fetched

PLACES = 2


class Question(Protocol):
    """One call under way on a Space's server; session.py asks it."""

    def answered(self, seconds: float) -> bool:
        """Whether it has ended, well or not; waits for that at most `seconds`."""

    def standing(self) -> Standing:
        """Where it stands."""

    def answer(self) -> Any:
        """What came of it: a tuple where there are several values or none. Raises what it ran into."""

    def stop(self) -> None:
        """Tell the server that nobody waits any more."""


class _Session(Protocol):
    def ask(self, endpoint: str, values: list[Any]) -> Question: ...

    def close(self) -> None: ...


class Space:
    """A Space that was read: its card, its endpoints, and its one session, which is opened by the first call.

    Attributes:
        name: the Space's id, or the base URL of a server that has none.
        endpoints: by name; those that cannot be called are left out.
        version: the revision, or else a hash of its schema: what cached results hang on.
        api_base: where its API is, with a slash at the end.
    """

    def __init__(self, card: SpaceCard, hub: Hub) -> None:
        self.card = card
        self.name = card.space
        self._fetcher = hub.fetcher
        self._proof = hub.trust.for_space(card.url)
        hub.trust.check(card.url)
        fetched = self._read(hub, urljoin(card.url + "/", "config"))
        self._config = read_config(read_json(fetched.text, self.name), self.name)
        self._cookies = fetched.cookies
        self.api_base = api_base(self._config, fetched, card.url, self.name)
        info = self._read(hub, self.api_base + "info?serialize=False").text
        everything = read_endpoints(read_json(info, self.name), self._config, self.name)
        self.endpoints: dict[str, Endpoint] = {entry.name: entry for entry in everything if not entry.closed}
        if not self.endpoints:
            raise SpaceError("refused", self.name, "it has no endpoint that can be called", hint="use another Space")
        self.version = card.revision or hashlib.sha256(info.encode()).hexdigest()
        self._session: _Session | None = None
        self._lock = threading.Lock()
        self._places: dict[str, threading.BoundedSemaphore] = {}

    def _read(self, hub: Hub, url: str) -> Fetched:
        if self.card.private:
            return hub.fetcher.text(url, self.name, self._proof)
        return hub.kept.revalidated(hub.fetcher, url, self.name, self._proof)

    @property
    def has_gpu(self) -> bool:
        """Whether its time counts as GPU time."""
        return bool(self.card.hardware) and not self.card.hardware.lower().startswith("cpu")

    def ask(self, endpoint: Endpoint, values: list[Any]) -> Question:
        """Begin a call. All of the Space's endpoints share one session, so state that the Space keeps carries over."""
        from splatelier.tools.spaces.session import Session  # gradio_client takes its time to import

        with self._lock:
            if self._session is None:
                proof = self._proof(self.card.url)
                self._session = Session(self.name, self.card.url, self._config, self._cookies, proof)
            return self._session.ask(endpoint.name, values)

    @contextmanager
    def place(self, endpoint: Endpoint, watch: Watcher) -> Iterator[None]:
        """One of the calls that this Space takes at a time; waits for one to be free.

        Raises:
            Cancelled: somebody stopped the call meanwhile.
        """
        with self._lock:
            places = self._places.setdefault(
                endpoint.name if endpoint.concurrency else "",
                threading.BoundedSemaphore(endpoint.concurrency or PLACES),
            )
        while not places.acquire(timeout=0.1):
            watch.check()
            watch.tell("waiting", "for a call before it")
        try:
            yield
        finally:
            places.release()

    def download(self, url: str, target: Path, limit: int, tick: Callable[[int], None]) -> int:
        """Fetch a file that a result names; gives its size in bytes. See `Fetcher.download`."""
        return self._fetcher.download(url, self.name, target, limit, tick, self._proof)

    def close(self) -> None:
        """End the session."""
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            session.close()
