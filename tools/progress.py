"""What is happening right now, for whoever watches: the REPL, the headless run or a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from splatelier.tools.errors import printable

State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True)
class Update:
    """One change in a piece of work that takes time.

    Attributes:
        key: tells apart pieces of work that run at once; stays the same from start to end.
        label: what is being done, a few words: "black-forest-labs/flux-klein-9b-kv /infer".
        state: where it stands.
        detail: the queue position, the progress or the error, in a few words.
        seconds: since the piece of work began.
    """

    key: str
    label: str
    state: State
    detail: str = ""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        for name in ("label", "detail"):  # a stranger's words may be in them
            object.__setattr__(self, name, printable(getattr(self, name)))


class Watcher(Protocol):
    """Who watches one piece of work, and may stop it."""

    def check(self) -> None:
        """Raise an error where somebody stopped the work."""

    def tell(self, state: State, detail: str = "") -> None:
        """Hear how it goes."""


Progress = Callable[[Update], None]


def silent(_: Update) -> None:
    """Progress that nobody watches."""


class Onlooker(Protocol):
    """Whoever looks on while a run goes on, a terminal or a test; is told from several threads."""

    def progress(self, update: Update) -> None:
        """A change in a piece of work that takes time."""

    def note(self, text: str) -> None:
        """A line worth keeping that is no answer."""

    def doing(self, text: str) -> None:
        """What the agent is at while nothing else reports: planning, working."""


class Nobody:
    """An onlooker where there is none."""

    def progress(self, update: Update) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""

    def doing(self, text: str) -> None:
        """Nothing."""
