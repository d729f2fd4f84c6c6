"""What is not known by name: composed from the kind of thing that the words name, and from their adjectives."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from . import buildings
from .buildings import Style
from .materials import (
    BRICK,
    BRONZE,
    COPPER,
    GLASS,
    GOLD,
    GRANITE,
    GREY_STONE,
    IRON,
    LACQUER,
    LEAD,
    LIMESTONE,
    MARBLE,
    OAK,
    PLASTER,
    SANDSTONE,
    STEEL,
    WOOD,
    Material,
)  # fmt: skip
from .relief import Pieces
from .words import find, normalise

Compose: TypeAlias = Callable[[Style, np.random.Generator], Pieces]

BUILDINGS: dict[str, tuple[Compose, str]] = {
    "tower": (buildings.tower, "tower skyscraper campanile belfry minaret turret tour torre turm башня 塔"),
    "bridge": (buildings.bridge, "bridge viaduct aqueduct pont puente ponte brucke мост 橋 桥"),
    "dome": (buildings.domed, "dome rotunda mosque observatory planetarium mausoleum dom mosquee купол ドーム"),
    "temple": (buildings.temple, "temple parthenon shrine pantheon museum library palace parliament templo tempel храм 神殿"),
    "gate": (buildings.gate, "gate gateway arch portal door porte puerta tor ворота 門 门"),
    "castle": (buildings.castle, "castle fort fortress citadel chateau castillo schloss burg замок 城"),
    "church": (buildings.church, "church cathedral chapel basilica abbey eglise iglesia kirche церковь 教会 教堂"),
    "lighthouse": (buildings.lighthouse, "lighthouse beacon phare faro leuchtturm маяк 灯台"),
    "pyramid": (buildings.pyramid, "pyramid ziggurat pyramide piramide пирамида ピラミッド 金字塔"),
    "house": (buildings.house, "house home cottage villa mansion hut cabin hotel school station maison casa haus дом 家"),
}  # fmt: skip

OBJECTS: dict[str, tuple[Compose, str]] = {}

_KINDS = {**BUILDINGS, **OBJECTS}
_NOUNS = {normalise(word): kind for kind, (_, words) in _KINDS.items() for word in words.split()}

MATERIALS: dict[str, Material] = {
    "gold": GOLD, "golden": GOLD, "gilded": GOLD, "bronze": BRONZE, "brass": GOLD.tinted((226, 176, 88)), "copper": COPPER,
    "iron": IRON, "steel": STEEL, "silver": STEEL, "chrome": STEEL, "metal": STEEL, "marble": MARBLE, "granite": GRANITE,
    "brick": BRICK, "wooden": WOOD, "wood": WOOD, "oak": OAK, "glass": GLASS, "crystal": GLASS, "sandstone": SANDSTONE,
    "white": PLASTER, "red": LACQUER, "lead": LEAD, "stone": GREY_STONE,
}  # fmt: skip


@dataclass(frozen=True)
class Noun:
    """The kind of thing a clause names, and where its word begins."""

    kind: str
    place: int
    is_object: bool


_PREPOSITIONS = (
    " of ",
    " in ",
    " on ",
    " with ",
    " for ",
    " at ",
    " by ",
    " from ",
    " made ",
    " de ",
    " du ",
    " di ",
    " and ",
)


def noun_of(words: str) -> Noun | None:
    """The head noun of a normalised clause: the last one known before the first preposition that follows one."""
    best: Noun | None = None
    stop = len(words)
    for word, kind in _NOUNS.items():
        for form in (word, f"{word}s"):
            place = find(form, words)
            if place >= 0 and (best is None or place > best.place):
                best = Noun(kind, place, kind in OBJECTS)
    del stop
    return best


def kind_for(words: str) -> str:
    """A kind of building for words that name none: always the same for the same words."""
    kinds = sorted(BUILDINGS)
    return kinds[hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[0] % len(kinds)]


def draw(kind: str, words: str, rng: np.random.Generator) -> Pieces:
    """Compose a thing of this kind; adjectives among the words choose what it is made of."""
    body = next((material for word, material in MATERIALS.items() if find(word, words) >= 0), None)
    return _KINDS[kind][0](Style(words, body or LIMESTONE, body is not None), rng)
