"""A Space that was read: its card, its endpoints and its one session."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from splatelier.tools.progress import Watcher
from splatelier.tools.spaces.card import SpaceCard
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.fetch import Fetched
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.spaces.schema import Endpoint, read_endpoints
from splatelier.tools.spaces.session import SpaceClient, check_config

PLACES = 2


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
        config_text = self._read(hub, urljoin(card.url + "/", "config"))
        self._config = self._json(config_text)
        self.api_base = check_config(config_text, self._config, card.url, self.name)
        info_text = self._read(hub, self.api_base + "info?serialize=False")
        self._info = self._json(info_text)
        self._info.setdefault("unnamed_endpoints", {}) if isinstance(self._info, dict) else None
        self._cookies = config_text.cookies
        everything = read_endpoints(self._info, self._config, self.name)
        self.endpoints: dict[str, Endpoint] = {entry.name: entry for entry in everything if not entry.closed}
        if not self.endpoints:
            raise SpaceError("refused", self.name, "it has no endpoint that can be called", hint="use another Space")
        schema = json.dumps([self._info, card.revision], sort_keys=True, default=repr)
        self.version = card.revision or hashlib.sha256(schema.encode()).hexdigest()
        self._client: SpaceClient | None = None
        self._lock = threading.Lock()
        self._places: dict[str, threading.BoundedSemaphore] = {}

    def _read(self, hub: Hub, url: str) -> Fetched:
        if self.card.private:
            return hub.fetcher.text(url, self.name, self._proof)
        return hub.kept.revalidated(hub.fetcher, url, self.name, self._proof)

    def _json(self, fetched: Fetched) -> dict[str, Any]:
        try:
            value = json.loads(fetched.text)
        except ValueError as error:
            raise SpaceError(
                "malformed", self.name, "what answers there is not a Gradio server", hint="check the address"
            ) from error
        if not isinstance(value, dict):
            raise SpaceError(
                "malformed", self.name, "what answers there is not a Gradio server", hint="check the address"
            )
        return value

    @property
    def has_gpu(self) -> bool:
        """Whether its time counts as GPU time."""
        return bool(self.card.hardware) and not self.card.hardware.lower().startswith("cpu")

    def client(self) -> SpaceClient:
        """The session. All of the Space's endpoints share it, so state that the Space keeps carries over."""
        with self._lock:
            if self._client is None:
                self._client = SpaceClient(
                    self.card.url, self._config, self._info, self._cookies, self._proof(self.card.url)
                )
            return self._client

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
            client, self._client = self._client, None
        if client is not None:
            client.close()
