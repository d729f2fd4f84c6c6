"""Everything an agent needs of Spaces behind one object: connect, hand over the tools, stop, close, report."""

import hashlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from smolagents import Tool

from splatelier.tools.calls.budget import Budget
from splatelier.tools.calls.calls import Calls
from splatelier.tools.calls.cast import Cast
from splatelier.tools.calls.job import Limits
from splatelier.tools.calls.ledger import Ledger, Record
from splatelier.tools.progress import Progress, Update, silent
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.spaces.space import Space
from splatelier.tools.spaces.trust import anonymously, is_address
from splatelier.tools.threads import DaemonExecutor
from splatelier.tools.toolset.discovery import FindSpaces, Remember, UseSpace
from splatelier.tools.toolset.endpoint import SAID_OF_NAMED, SpaceTool, fenced, tools_of
from splatelier.tools.toolset.make import GenerateImage, ImageToSplat
from splatelier.tools.toolset.parallel import ParallelMap
from splatelier.tools.workspace.workspace import Workspace

SEARCHED = 3


class SpaceToolbox:
    """The Spaces of one run.

    Args:
        workspace: the gallery's folder, where files come to lie.
        hub: the Hub that is asked.
        ledger: the track record; by default the user's own.
        progress: is told how each call goes.
        budget: what the run may ask of Spaces.
        limits: bounds of each call.
    """

    def __init__(
        self,
        workspace: Workspace,
        hub: Hub | None = None,
        ledger: Ledger | None = None,
        progress: Progress = silent,
        budget: Budget | None = None,
        limits: Limits | None = None,
    ) -> None:
        self.hub = hub or Hub()
        self.ledger = ledger or Ledger()
        if self.ledger.notice:
            progress(Update("ledger", self.ledger.notice, "failed"))
        self.calls = Calls(workspace, self.hub, self.ledger, progress, budget, limits)
        self.problems: list[SpaceError] = []
        self._spaces: dict[str, Space] = {}
        self._named: list[str] = []
        self._space_tools: dict[str, SpaceTool] = {}
        self._agents: list[Any] = []
        self._lock = threading.Lock()
        cast = Cast(self.calls, self._known, self._searched)
        self._parallel_map = ParallelMap(progress, self.calls.cancel)
        self._own_tools: list[Tool] = [
            FindSpaces(self.hub),
            UseSpace(self.use),
            Remember(self.ledger),
            GenerateImage(cast),
            ImageToSplat(cast),
            self._parallel_map,
        ]

    def connect(self, names: list[str]) -> list[str]:
        """Connect the Spaces that the person named, all at once; gives the ids of those that could be.

        One that cannot is told to `progress` and kept in `problems`.

        Raises:
            SpaceError: none of them can be connected.
        """
        outcomes = self._connect_all(names)
        failed = [outcome for outcome in outcomes if isinstance(outcome, SpaceError)]
        self.problems += failed
        if names and len(failed) == len(names):
            raise failed[0]
        connected = [outcome for outcome in outcomes if isinstance(outcome, Space)]
        for space in connected:
            if space.name not in self._named:
                self._named.append(space.name)
            self._add(tools_of(space, self.calls, said=SAID_OF_NAMED))
        return [space.name for space in connected]

    def tools(self) -> list[Tool]:
        """Every tool as of now: the six of the toolbox, and one for each endpoint that is meant for callers."""
        with self._lock:
            return [*self._own_tools, *self._space_tools.values()]

    def attach(self, agent: Any) -> None:
        """Let `use_space` add tools to this smolagents agent while it runs."""
        self._agents.append(agent)

    def use(self, name: str, endpoints: list[str] | None = None) -> list[SpaceTool]:
        """Connect a Space that the agent found, and add its tools; the next code step can call them.

        Raises:
            SpaceError: it cannot be connected, or has no such endpoint.
        """
        tools = tools_of(self.space(name), self.calls, endpoints)
        self._add(tools)
        return tools

    def in_words(self) -> list[str]:
        """A line for each connected Space: what for and how it did; and one for each that could not be connected."""
        records = {record.space: record for record in self.ledger.records()}
        with self._lock:
            spaces = list(self._spaces.values())
        lines = [_told(space, records.get(space.name)) for space in spaces]
        return [*lines, *(f"not connected: {fenced(str(problem), 200)}" for problem in self.problems)]

    def budget_in_words(self) -> str:
        """What is left of the run's budget; empty where there is no limit."""
        return self.calls.budget.left()

    def cancel(self) -> None:
        """Stop every call under way and every parallel_map, in whatever thread they run."""
        self._parallel_map.cancel()
        self.calls.cancel()

    def close(self) -> None:
        """Stop what is under way, end the sessions and close the ledger."""
        self._parallel_map.cancel()
        self.calls.close()
        for space in self._spaces.values():
            space.close()
        self.hub.close()
        self.ledger.close()

    def totals(self) -> dict[str, Any]:
        """Calls, cache hits, retries, seconds, bytes and failures by kind, in all and for each Space, as plain JSON."""
        return self.calls.totals.report()

    def _connect_all(self, names: list[str]) -> list[Space | SpaceError]:
        threads = DaemonExecutor()
        futures = [threads.submit(self._try_connect, name) for name in names]
        try:
            return [future.result() for future in futures]
        except BaseException:
            self.cancel()
            raise

    def _try_connect(self, name: str) -> Space | SpaceError:
        try:
            if is_address(name):
                self.hub.trust.name(name)
            return self.space(name)
        except SpaceError as error:
            return error

    def space(self, name: str) -> Space:
        """A Space, connected now if it was not before; its tools are not added.

        Raises:
            SpaceError: it cannot be connected.
        """
        shown = anonymously(name) if is_address(name) else name
        with self._lock:
            known = self._spaces.get(shown)
        if known is not None:
            return known
        space = self.calls.patiently(shown, lambda: Space(self.hub.card(name), self.hub))
        with self._lock:
            return self._spaces.setdefault(space.name, space)

    def _add(self, tools: list[SpaceTool]) -> None:
        with self._lock:
            for tool in tools:
                other = self._space_tools.get(tool.name)
                if other is not None and other.space.name != tool.space.name:
                    tool.name += "_" + hashlib.sha256(tool.space.name.encode()).hexdigest()[:4]
                self._space_tools[tool.name] = tool
        for agent in self._agents:
            agent.tools.update({tool.name: tool for tool in tools})
            agent.python_executor.send_tools({**agent.tools, **agent.managed_agents})

    def _known(self) -> list[tuple[Space, bool]]:
        with self._lock:
            named = [(self._spaces[name], True) for name in self._named]
            return named + [(space, False) for name, space in self._spaces.items() if name not in self._named]

    def _searched(self, query: str) -> Iterator[Space]:
        try:
            found = self.hub.search(query)
        except SpaceError:
            return
        with self._lock:
            known = set(self._spaces)
        for name in self.ledger.rank([entry.space for entry in found if entry.space not in known])[:SEARCHED]:
            try:
                yield self.space(name)
            except SpaceError as error:
                self.problems.append(error)


def _told(space: Space, record: Record | None) -> str:
    words = [f"{space.name}: {fenced(space.card.description, 120)}" if space.card.description else space.name]
    if record and record.calls:
        words.append(f"{record.successes} of {record.calls} calls went well")
    if record and record.resting_until and record.resting_until > time.time():
        words.append(f"failed {record.failures_in_a_row} times in a row and rests")
    return "; ".join(words)
