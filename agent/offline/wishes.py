"""The wishes that the offline planner understands: what a sentence comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from splatelier.agent.offline.subjects import Piece
from splatelier.tools.gallery.settings import Settings


@dataclass(frozen=True)
class Build:
    """A gallery from nothing, or the rest of one."""

    pieces: list[Piece]
    place: str
    title: str
    subtitle: str
    short_of: int = 0


@dataclass(frozen=True)
class Style:
    """Settings to change."""

    changes: Mapping[str, float | str]


@dataclass(frozen=True)
class Words:
    """The gallery's own words to change."""

    changes: Mapping[str, str]


@dataclass(frozen=True)
class Add:
    """Pieces to make and put at the end."""

    pieces: list[Piece]


@dataclass(frozen=True)
class Replace:
    """A piece to make in another's place; `piece` is None for "something better"."""

    slug: str
    piece: Piece | None


@dataclass(frozen=True)
class Remove:
    """A piece to take out."""

    slug: str


@dataclass(frozen=True)
class Rename:
    """A piece's new title."""

    slug: str
    title: str


@dataclass(frozen=True)
class Move:
    """A piece's new place, 1 for the first."""

    slug: str
    position: int


Wish = Build | Style | Words | Add | Replace | Remove | Rename | Move


@dataclass(frozen=True)
class Shown:
    """The gallery as the wishes see it: titles by slug in order, the settings, and its own title if it has one."""

    titles: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    title: str = ""
