"""The wishes that the offline planner understands: what a sentence comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from splatelier.agent.offline.subjects import Piece
from splatelier.tools.gallery.settings import Settings, Side


@dataclass(frozen=True)
class Build:
    """A gallery from nothing, or the rest of one."""

    pieces: list[Piece]
    place: str
    title: str
    subtitle: str
    short_of: int = 0
    beyond: tuple[str, ...] = ()  # what was asked besides, in the person's words, that the planner cannot do


@dataclass(frozen=True)
class Style:
    """Settings to change."""

    changes: Mapping[str, float | str | bool]


@dataclass(frozen=True)
class Words:
    """The gallery's own words to change."""

    changes: Mapping[str, str]


@dataclass(frozen=True)
class Add:
    """Pieces to make and put at the end."""

    pieces: list[Piece]
    beyond: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Frame:
    """One piece from elsewhere: the arguments of `frame_item`."""

    slug: str
    closer: float = 1.0
    turn: float = 0.0
    higher: float = 0.0


@dataclass(frozen=True)
class History:
    """Earlier wishes to take back or to do again."""

    how: Literal["undo", "redo"]
    wishes: int


@dataclass(frozen=True)
class Details:
    """Prices, years or places, by the slugs of the pieces."""

    details: Mapping[str, str]


@dataclass(frozen=True)
class Aside:
    """Where the words of one piece stand: left, right or below."""

    slug: str
    side: Side


@dataclass(frozen=True)
class Reply:
    """Something to say; nothing is to be changed."""

    text: str


Wish = Frame | History | Details | Aside | Reply | Build | Style | Words | Add | Replace | Remove | Rename | Move


@dataclass(frozen=True)
class Shown:
    """The gallery as the wishes see it.

    Attributes:
        titles: of the pieces, by slug, in order.
        title: the gallery's own, if it has one.
        captions: of the pieces, by slug.
        last: the slug of the piece that was named last, or None.
    """

    titles: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    title: str = ""
    captions: Mapping[str, str] = field(default_factory=dict)
    last: str | None = None
