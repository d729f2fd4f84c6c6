"""Whoever watches a run: a terminal, a test, nobody. The library says what happens and knows no more of them."""

from typing import Protocol

from splatelier.tools.progress import Update


class Watcher(Protocol):
    """Is told what happens, from several threads."""

    def progress(self, update: Update) -> None:
        """A change in a piece of work that takes time."""

    def note(self, text: str) -> None:
        """A line worth keeping that is no answer."""

    def doing(self, text: str) -> None:
        """What the agent is at while nothing else reports: planning, working."""


class Unwatched:
    """A watcher where there is none."""

    def progress(self, update: Update) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""

    def doing(self, text: str) -> None:
        """Nothing."""
