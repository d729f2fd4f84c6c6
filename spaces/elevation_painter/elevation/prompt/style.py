"""How a thing was asked for: the adjectives of a prompt, and what it is made of because of them."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from ..craft.materials import (
    BRICK,
    BRONZE,
    DARK_WOOD,
    FABRIC,
    GLASS,
    GOLD,
    GRANITE,
    GREY_STONE,
    IRON,
    LEATHER,
    LIMESTONE,
    MARBLE,
    OAK,
    PORCELAIN,
    SANDSTONE,
    STEEL,
    WOOD,
    Material,
)
from .words import find

BRASS = GOLD.tinted((226, 176, 88))

STUFF: dict[str, Material] = {
    "gold": GOLD,
    "golden": GOLD,
    "gilded": GOLD,
    "bronze": BRONZE,
    "brass": BRASS,
    "copper": BRONZE.tinted((202, 116, 76)),
    "iron": IRON,
    "steel": STEEL,
    "silver": STEEL,
    "chrome": STEEL,
    "metal": STEEL,
    "aluminium": STEEL,
    "titanium": STEEL,
    "marble": MARBLE,
    "granite": GRANITE,
    "brick": BRICK,
    "sandstone": SANDSTONE,
    "limestone": LIMESTONE,
    "concrete": GREY_STONE,
    "stone": GREY_STONE,
    "wooden": WOOD,
    "wood": WOOD,
    "walnut": WOOD,
    "teak": WOOD,
    "oak": OAK,
    "pine": OAK,
    "bamboo": OAK,
    "ebony": DARK_WOOD,
    "mahogany": WOOD.tinted((142, 66, 44)),
    "glass": GLASS,
    "crystal": GLASS,
    "porcelain": PORCELAIN,
    "ceramic": PORCELAIN,
    "clay": Material((186, 108, 72), "speckle"),
    "terracotta": Material((196, 104, 66), "speckle"),
    "leather": LEATHER,
    "velvet": FABRIC.tinted((120, 34, 62)),
    "linen": FABRIC,
    "fabric": FABRIC,
    "jade": PORCELAIN.tinted((96, 172, 128)),
    "ice": GLASS.tinted((190, 226, 250)),
    "obsidian": PORCELAIN.tinted((48, 48, 58)),
    "ivory": PORCELAIN.tinted((246, 236, 212)),
}
"""Adjective -> what the body is made of."""

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (204, 44, 36),
    "scarlet": (220, 50, 30),
    "crimson": (176, 24, 48),
    "pink": (240, 140, 170),
    "orange": (240, 128, 40),
    "yellow": (244, 204, 60),
    "green": (60, 150, 84),
    "emerald": (24, 140, 96),
    "turquoise": (60, 186, 180),
    "blue": (52, 100, 206),
    "navy": (44, 60, 124),
    "azure": (80, 160, 236),
    "purple": (126, 68, 176),
    "violet": (140, 90, 214),
    "brown": (134, 88, 56),
    "beige": (220, 200, 166),
    "cream": (244, 232, 206),
    "white": (244, 242, 236),
    "grey": (150, 152, 156),
    "gray": (150, 152, 156),
    "black": (62, 62, 68),
    "rouge": (204, 44, 36),
    "bleu": (52, 100, 206),
    "vert": (60, 150, 84),
    "blanc": (244, 242, 236),
    "rojo": (204, 44, 36),
    "azul": (52, 100, 206),
    "rot": (204, 44, 36),
    "blau": (52, 100, 206),
}
"""Adjective -> sRGB of the body."""

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

Option = TypeVar("Option")


def pick(rng: np.random.Generator, *options: Option) -> Option:
    """One of the options."""
    return options[int(rng.integers(len(options)))]


@dataclass(frozen=True)
class Style:
    """The words of the clause that named a thing."""

    words: str

    def says(self, *words: str) -> bool:
        """Whether any of these words was used."""
        return any(find(word, self.words) >= 0 for word in words)

    def count(self, *units: str) -> int | None:
        """The number that stands before one of these units, in figures or in words up to twelve: "seven arms"."""
        said = self.words.split()
        for number, unit in pairwise(said):
            if unit.removesuffix("s") in units:
                value = NUMBERS.index(number) + 1 if number in NUMBERS else int(number) if number.isdecimal() else 0
                return value or None
        return None

    def made_of(self, usual: Material) -> Material:
        """The material that was asked for, or else the usual one; in the colour that was asked for, if one was."""
        stuff = next((material for word, material in STUFF.items() if self.says(word)), usual)
        colour = next((colour for word, colour in COLOURS.items() if self.says(word)), None)
        return stuff.tinted(colour) if colour else stuff

    @property
    def body(self) -> Material:
        """What a building is made of."""
        return self.made_of(LIMESTONE)
