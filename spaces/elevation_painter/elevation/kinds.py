"""What is not known by name: composed from the kind of thing that the words name, and from their adjectives."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from .buildings import bridges, civic, masonry
from .craft.relief import Pieces
from .egypt import reclining
from .prompt.style import Style
from .things import chess, furniture, keepsakes, lights, machines, masks, sound, vessels, wearables

Compose: TypeAlias = Callable[[Style, np.random.Generator], Pieces]

BUILDINGS: dict[str, Compose] = {
    "tower": masonry.tower,
    "skyscraper": civic.skyscraper,
    "bridge": bridges.bridge,
    "suspension bridge": bridges.suspension_bridge,
    "arch bridge": bridges.arch_bridge,
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
    "lying sphinx": reclining.sphinx,
    "fountain": civic.fountain,
}

THINGS: dict[str, Compose] = {
    "bottle": vessels.bottle,
    "vase": vessels.vase,
    "cup": vessels.cup,
    "goblet": vessels.goblet,
    "teapot": vessels.teapot,
    "bowl": vessels.bowl,
    "candle": lights.candle,
    "candle holder": lights.candle_holder,
    "menorah": lights.menorah,
    "chair": furniture.chair,
    "armchair": furniture.armchair,
    "table": furniture.table,
    "lamp": furniture.lamp,
    "clock": furniture.clock,
    "cabinet": furniture.cabinet,
    "watch": wearables.watch,
    "shoe": wearables.shoe,
    "mask": masks.mask,
    "loudspeaker": sound.loudspeaker,
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
    "chess king": chess.king,
    "chess queen": chess.queen,
    "chess bishop": chess.bishop,
    "chess knight": chess.knight,
    "chess rook": chess.rook,
    "chess pawn": chess.pawn,
}

_KINDS = BUILDINGS | THINGS


def draw(kind: str, words: str, rng: np.random.Generator) -> Pieces:
    """Compose a thing of this kind; adjectives among the words choose what it is made of."""
    return _KINDS[kind](Style(words), rng)
