"""What is not known by name: composed from the kind of thing that the words name, and from their adjectives."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from .buildings import civic, masonry
from .craft.relief import Pieces
from .prompt.style import Style
from .prompt.words import LEXICON, find, normalise
from .things import furniture, keepsakes, machines, vessels, wearables

Compose: TypeAlias = Callable[[Style, np.random.Generator], Pieces]

BUILDINGS: dict[str, Compose] = {
    "tower": masonry.tower,
    "skyscraper": civic.skyscraper,
    "bridge": masonry.bridge,
    "dome": masonry.domed,
    "temple": masonry.temple,
    "gate": masonry.gate,
    "castle": masonry.castle,
    "palace": civic.palace,
    "church": masonry.church,
    "lighthouse": masonry.lighthouse,
    "pyramid": masonry.pyramid,
    "house": masonry.house,
    "windmill": masonry.windmill,
    "monument": civic.monument,
    "statue": civic.statue,
    "fountain": civic.fountain,
}

OBJECTS: dict[str, Compose] = {
    "bottle": vessels.bottle,
    "vase": vessels.vase,
    "cup": vessels.cup,
    "goblet": vessels.goblet,
    "teapot": vessels.teapot,
    "bowl": vessels.bowl,
    "candle": vessels.candle,
    "chair": furniture.chair,
    "armchair": furniture.armchair,
    "table": furniture.table,
    "lamp": furniture.lamp,
    "clock": furniture.clock,
    "cabinet": furniture.cabinet,
    "watch": wearables.watch,
    "shoe": wearables.shoe,
    "headphones": wearables.headphones,
    "bag": wearables.bag,
    "ring": wearables.ring,
    "crown": wearables.crown,
    "car": machines.car,
    "camera": machines.camera,
    "phone": machines.phone,
    "rocket": machines.rocket,
    "robot": machines.robot,
    "guitar": keepsakes.guitar,
    "ship": keepsakes.ship,
    "tree": keepsakes.tree,
    "book": keepsakes.book,
}

_KINDS = BUILDINGS | OBJECTS
_NOUNS = {
    normalise(noun): kind
    for table in ("buildings", "objects")
    for kind, nouns in LEXICON[table].items()
    for noun in nouns
}
_LINKS = frozenset(
    "of in on with for at by from near beside under over made featuring and or like inside holding against "
    "de du des en sur avec au aux dans et di da del con per y von mit aus und auf im am".split()
)
"""Words after which another noun no longer names the thing: a lamp ON a desk is a lamp."""


@dataclass(frozen=True)
class Noun:
    """The kind of thing a clause names, and where its word begins."""

    kind: str
    place: int
    is_object: bool


def noun_of(words: str) -> Noun | None:
    """The head noun of a normalised clause: of "desk lamp" the lamp, of "lamp on a desk" the lamp too."""
    found: dict[int, tuple[int, str]] = {}
    for word, kind in _NOUNS.items():
        for form in (word, f"{word}s") if word.isascii() else (word,):
            place = find(form, words)
            if place >= 0:
                found[place] = max(found.get(place, (0, "")), (len(form), kind))
    head: Noun | None = None
    end = 0
    for place, (length, kind) in sorted(found.items()):
        if head and not _LINKS.isdisjoint(words[end:place].split()):
            break
        head, end = Noun(kind, place, kind in OBJECTS), place + length
    return head


def kind_for(words: str) -> str:
    """A kind of building for words that name none: always the same for the same words."""
    kinds = sorted(BUILDINGS)
    return kinds[hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[0] % len(kinds)]


def draw(kind: str, words: str, rng: np.random.Generator) -> Pieces:
    """Compose a thing of this kind; adjectives among the words choose what it is made of."""
    return _KINDS[kind](Style(words), rng)
