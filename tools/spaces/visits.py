"""Visits: a Space's sessions with what was asked in each, because what a Space keeps hangs on its session.

The conversation is one visit. Where the Space keeps state, each item of a map is a visit of its own: side by side in
one session, the state of one item would be taken for that of another.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from splatelier.tools.spaces.config import Id
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.schema import Endpoint


@dataclass(frozen=True)
class Standing:
    """Where a call stands: whether its turn has come, and its place in the queue or its progress in a few words."""

    running: bool
    words: str


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


class Session(Protocol):
    """A session on a Space's server."""

    def ask(self, endpoint: str, values: list[Any]) -> Question: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Asked:
    """A call that went well, with all that is needed to make it again."""

    endpoint: Endpoint
    values: list[Any]

    @property
    def is_start(self) -> bool:
        """Whether a session begins with it: it is told nothing, and goes by nothing that was kept."""
        return not self.endpoint.parameters and not self.endpoint.reads


class Visit:
    """One session on a Space's server, opened by the first call, and what was asked in it.

    Args:
        space: the Space's name, for errors.
        open_session: opens a session.
        process: gives what tells one start of the Space's app from the next; "" where the server does not say.
        owed: what is to be asked first of all, because it was asked in the session that this one descends from.
        behind: the SHA-256 of what made each state that `owed` makes again.
    """

    def __init__(
        self,
        space: str,
        open_session: Callable[[], Session],
        process: Callable[[], str],
        owed: list[Asked] | None = None,
        behind: dict[Id, list[str]] | None = None,
    ) -> None:
        self._space = space
        self._open = open_session
        self._process = process
        self._owed = list(owed or ())
        self._behind = dict(behind or {})
        self._asked: list[Asked] = []
        self._session: Session | None = None
        self._begun_in = ""
        self._lock = threading.Lock()

    @property
    def is_begun(self) -> bool:
        """Whether anything was asked in it."""
        return self._session is not None

    def ask(self, endpoint: Endpoint, values: list[Any]) -> Question:
        """Begin a call."""
        with self._lock:
            if self._session is None:
                self._begun_in = self._process()
                self._session = self._open()
            return self._session.ask(endpoint.name, values)

    def owed(self, endpoint: Endpoint) -> list[Asked]:
        """What has to be asked before `endpoint`, so that the session stands where the caller takes it to stand.

        Raises:
            SpaceError: `lost`: the Space was started anew, and what `endpoint` would go by is gone.
        """
        with self._lock:
            if self._asked and self._begun_in and self._process() != self._begun_in:
                self._begin_again(endpoint)
            return list(self._owed)

    def repaid(self, asked: Asked) -> None:
        """Say that something which was owed has been asked, and went well."""
        with self._lock:
            self._owed.remove(asked)
            self._asked.append(asked)

    def keep(self, endpoint: Endpoint, values: list[Any], made_by: list[str]) -> None:
        """Remember a call that went well; `made_by` are the SHA-256 of what made the states that it left."""
        with self._lock:
            self._asked.append(Asked(endpoint, values))
            self._behind |= dict.fromkeys(endpoint.writes, made_by)

    def behind(self, endpoint: Endpoint) -> list[str]:
        """The SHA-256 of what made the states that `endpoint` reads."""
        with self._lock:
            found = (self._behind.get(state, []) for state in sorted(endpoint.reads, key=str))
            return list(dict.fromkeys(digest for digests in found for digest in digests))

    def has_for(self, endpoint: Endpoint) -> bool:
        """Whether `endpoint` goes by what another one left here after it was told something."""
        with self._lock:
            return any(asked.endpoint.name != endpoint.name for asked in self._left_for(endpoint))

    def child(self, endpoint: Endpoint) -> "Visit":
        """A visit that begins where this one stands: its starts made again, and all of it where `endpoint` needs it."""
        everything = self.has_for(endpoint)
        with self._lock:
            owed = [asked for asked in [*self._owed, *self._asked] if everything or asked.is_start]
            once = [asked for number, asked in enumerate(owed) if not asked.is_start or asked not in owed[:number]]
            behind = self._behind if everything else {}
            return Visit(self._space, self._open, self._process, once, behind)

    def close(self) -> None:
        """End the session."""
        with self._lock:
            session, self._session = self._session, None
        if session is not None:
            session.close()

    def _left_for(self, endpoint: Endpoint) -> list[Asked]:
        return [asked for asked in self._asked if asked.endpoint.parameters and asked.endpoint.writes & endpoint.reads]

    def _begin_again(self, endpoint: Endpoint) -> None:
        gone = self._left_for(endpoint)
        if self._session is not None:
            self._session.close()
        self._session, self._begun_in = None, ""
        starts = [asked for asked in self._asked if asked.is_start]
        self._owed = [asked for number, asked in enumerate(starts) if asked not in starts[:number]]
        self._asked, self._behind = [], {}
        if gone:
            names = ", ".join(dict.fromkeys(asked.endpoint.name for asked in gone))
            raise SpaceError(
                "lost",
                self._space,
                f"the Space was started anew, and what {names} had left in this session is gone",
                endpoint=endpoint.name,
                hint=f"call {names} again, then {endpoint.name}",
            )
