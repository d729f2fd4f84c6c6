"""A Space that was read: its card, its endpoints and its sessions."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from splatelier.tools.parallel import Item
from splatelier.tools.progress import Watcher
from splatelier.tools.spaces.card import SpaceCard
from splatelier.tools.spaces.config import api_base, read_config, read_json
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.spaces.schema import Endpoint, read_endpoints
from splatelier.tools.spaces.visits import Session, Visit
from splatelier.tools.spaces.wire.fetch import Fetched

PLACES = 2


class Space:
    """A Space that was read: its card, its endpoints, and its sessions, each opened by its first call.

    Attributes:
        name: the Space's id, or the base URL of a server that has none.
        endpoints: by name; those that cannot be called are left out.
        keeps_state: what comes of a call may hang on what was called before it in the same session.
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
        self.keeps_state = any(entry.stateful or _opens(entry) for entry in self.endpoints.values())
        self._conversation = Visit(self.name, self._open, self._process)
        self._page = Visit(self.name, self._open, self._process)
        self._visits: dict[Item, Visit] = {}
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

    def visit(self, endpoint: Endpoint, item: Item | None = None, beyond_choices: bool = False) -> Visit:
        """The session in which an endpoint is called: the conversation's, that of an item of a map, or the page's.

        Only a Space that keeps state needs one for each item. An item that begins by reading what the conversation left
        there, and changes nothing of it, reads it where it is. What serves the page may change, for its session, what
        other endpoints take: it has one of its own, where calls go, too, that are told a choice which it brought.

        Args:
            beyond_choices: it is told a choice that the page did not begin with.
        """
        if not endpoint.stateful and (endpoint.plumbing or (beyond_choices and self._page.is_begun)):
            return self._page
        if item is None or not self.keeps_state:
            return self._conversation
        with self._lock:
            if item in self._visits:
                return self._visits[item]
        outer = self.visit(endpoint, item.outer)
        if outer.has_for(endpoint) and not endpoint.writes:
            return outer
        with self._lock:
            visit = self._visits.setdefault(item, outer.child(endpoint))
        item.at_end(lambda: self._leave(item))
        return visit

    def _leave(self, item: Item) -> None:
        with self._lock:
            visit = self._visits.pop(item, None)
        if visit is not None:
            visit.close()

    def _open(self) -> Session:
        from splatelier.tools.spaces import session  # gradio_client takes its time to import

        return session.Session(self.name, self.card.url, self._config, self._cookies, self._proof(self.card.url))

    def _process(self) -> str:
        """What tells one start of the app from the next; "" where the app keeps no state or the server does not say."""
        if not self.keeps_state:
            return ""
        try:
            return self._fetcher.text(self.api_base + "app_id", self.name, self._proof).text
        except SpaceError as error:
            if error.again == "never":
                return ""  # an older Gradio
            raise

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
        """End the sessions."""
        with self._lock:
            visits = [self._conversation, self._page, *self._visits.values()]
            self._visits = {}
        for visit in visits:
            visit.close()


def _opens(endpoint: Endpoint) -> bool:
    """Whether an endpoint is there for nothing but to begin a session, as far as its schema shows."""
    return not (endpoint.parameters or endpoint.returns or endpoint.plumbing)
