"""Japan: temples, pagodas, shrines and their gates."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import arch, bar, blob, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import steps
from ..craft.materials import (
    COPPER,
    DARK_WOOD,
    GOLD,
    GREY_STONE,
    KAWARA,
    LACQUER,
    LAMPLIGHT,
    PLASTER,
    SHADOW,
    THATCH,
    WOOD,
    Material,
)
from ..craft.relief import Pieces, carve, cut, mirrored, placed, solid
from .castles import SHOJI
from .roofs import brackets, gable, karahafu, lattice_windows, posts, railing, roof, shachihoko, sorin

GILT = Material((255, 200, 84), "plates", 0.4, 0.6, 0.05)
CEDAR = WOOD.tinted((150, 100, 62))


def pagoda(_rng: np.random.Generator) -> Pieces:
    """A five-storey pagoda, 55 m: five swept roofs, one smaller than the next, and the bronze finial."""
    pieces: Pieces = [*steps(0, 0, 22, 18, 2.2, GREY_STONE, 3)]
    y, wall, eave = 2.2, 11.6, 10.6
    for tier in range(5):
        tall = 5.6 if tier == 0 else 4.3
        pieces += [
            solid(rect(0, y, wall, tall), PLASTER, -tier),
            *posts(0, y, wall, tall, 3, LACQUER, -tier + 0.5),
            lattice_windows(0, y + tall * 0.2, wall * 0.94, tall * 0.5, 3, SHOJI),
            carve(rect(0, y + 0.3, wall * 0.2, tall * 0.7), front=0.3, material=LACQUER),
            *railing(0, y, wall * 1.3, 1.1, 12, LACQUER, -tier + 1.4),
            *brackets(0, y + tall - 0.9, wall * 1.16, 1.5, 6, LACQUER, -tier + 1),
            *roof(0, y + tall + 0.7, eave, wall * 0.47, 2.9, 1.25, KAWARA, -tier + 1, DARK_WOOD),
            *mirrored([solid(lathe([(0.36, 0), (0.42, 0.5), (0.1, 0.9)], eave * 0.93, y + tall + 0.1), GOLD, 3)]),
        ]
        y, wall, eave = y + tall + 3.2, wall * 0.90, eave * 0.925
    return [*pieces, *sorin(0, y - 0.2, 14, 0.85)]


def itsukushima(_rng: np.random.Generator) -> Pieces:
    """The great torii of Itsukushima: camphor trunks in vermilion, four small legs to each, a roofed lintel."""
    red = LACQUER
    top = [(x, 14.4 + 1.5 * (abs(x) / 12.4) ** 2.4) for x in np.linspace(-12.4, 12.4, 33)]
    tiles = [(x, y + 0.8) for x, y in top]
    legs = [
        solid(taper(5.5, 0, 2.1, 1.5, 14), red, 0, "turned"),
        solid(rect(5.5, 0, 2.6, 1.3), DARK_WOOD, 0.4, "turned"),
        solid(taper(9.4, 0, 1.15, 0.9, 8.2), red, 1, "turned"),
        solid(taper(9.4, 8.1, 1.7, 0.3, 0.9), KAWARA, 1.2),
        solid(taper(2.9, 0, 1.05, 0.85, 7.0), red.tinted((196, 48, 26)), -2, "turned"),
        solid(rect(9.4, 0, 1.7, 1.0), DARK_WOOD, 1.4, "turned"),
        solid(bar((5.5, 6.2), (10.3, 6.2), 0.75), red, 1.2),
        solid(bar((5.5, 2.6), (10.0, 2.6), 0.7), red, 1.2),
        solid(bar((2.2, 5.2), (5.5, 5.2), 0.65), red, -1),
        solid(rect(5.5, 12.6, 2.2, 0.9), DARK_WOOD, 0.6),
    ]
    return [
        *mirrored(legs),
        solid(rect(0, 10.4, 19.4, 1.35), red, 1),
        *mirrored([carve(rect(8.4, 10.5, 0.5, 1.1), front=0.4, material=GOLD)]),
        solid(rect(0, 11.6, 3.2, 2.8), DARK_WOOD, 1.4),
        carve(rect(0, 11.9, 2.4, 2.2), front=0.2, material=LACQUER.tinted((30, 74, 96))),
        carve(*[rect(0, y, 1.2, 0.28) for y in (12.2, 12.8, 13.4)], front=0.2, material=GOLD),
        solid(ribbon(top, 1.5), red, 1.2),
        solid(ribbon(tiles, 0.95), THATCH, 1.8),
        carve(ribbon([(x, y + 0.28) for x, y in tiles], 0.3), front=0.3),
        *mirrored([carve(ellipse(11.2, 15.7, 0.5), front=0.3, material=GOLD)]),
    ]


def kinkakuji(_rng: np.random.Generator) -> Pieces:
    """Kinkaku-ji: two gilded storeys over a white one, shingled roofs, a phoenix on top."""
    shingle = replace(THATCH, colour=(150, 112, 76))
    return [
        *steps(0, -1.6, 31, 27, 2, GREY_STONE, 3),
        solid(rect(0, 0.4, 22, 4.8), PLASTER, -1),
        *posts(0, 0.4, 24, 5, 6, CEDAR, 1, 0.5),
        carve(*[rect(x, 0.9, 2.7, 3.2) for x in spread(6, 23)], front=-0.3, material=SHOJI),
        *railing(0, 0.2, 26, 1.1, 14, CEDAR, 2),
        *roof(0, 5.6, 15.2, 10.6, 1.9, 0.8, shingle, 1),
        solid(rect(0, 7.2, 20.6, 4.8), GILT, -1),
        *posts(0, 7.2, 21.4, 4.8, 6, GILT, 0.6, 0.45),
        *railing(0, 7.2, 23.6, 1.2, 16, GILT, 1.6),
        carve(*[rect(x, 8.6, 2.2, 2.1) for x in spread(6, 20)], front=-0.4, material=SHOJI),
        *roof(0, 12.4, 15.2, 6.6, 3.2, 1.3, shingle, 0),
        solid(rect(0, 15.2, 12.4, 4.2), GILT, -2),
        *posts(0, 15.2, 12.8, 4.2, 4, GILT, -1, 0.42),
        *railing(0, 15.1, 15, 1.1, 11, GILT, 0),
        carve(*[arch(x, 16.4, 1.7, 2.2, "pointed") for x in (-4.4, 4.4)], front=-0.4, material=SHOJI),
        carve(rect(0, 15.4, 2.6, 3), front=-0.3, material=SHOJI),
        *roof(0, 19.8, 10.6, 0.7, 4.6, 1.3, shingle, -1),
        solid(taper(0, 24.2, 1.8, 1.2, 0.9), GILT, 0),
        *_phoenix(0, 25),
    ]


def _phoenix(x: float, y: float) -> Pieces:
    """The bird on the roof ridge, wings open."""
    wing = polygon((0.2, 1.2), (1.9, 2.6), (1.5, 1.5), (0.5, 0.7))
    return [
        *placed(mirrored([solid(wing, GOLD, 1)]), x, y),
        solid(
            lathe([(0.2, 0), (0.5, 0.6), (0.55, 1.3), (0.22, 1.9), (0.36, 2.4), (0, 2.8)], x, y, 3), GOLD, 1, "turned"
        ),
    ]


def todaiji(_rng: np.random.Generator) -> Pieces:
    """The hall of the Great Buddha, Todai-ji, 57 m wide: two vast roofs, white walls, golden horns on the ridge."""
    return [
        *steps(0, -3, 68, 62, 4, GREY_STONE, 4),
        solid(rect(0, 1, 54, 13), PLASTER, -1),
        *posts(0, 1, 56, 13, 9, CEDAR, 1, 1.2),
        carve(*[rect(x, 2, 3.6, 8) for x in spread(9, 55) if abs(x) > 4], front=-0.4, material=SHOJI),
        carve(rect(0, 1, 5.2, 11), front=-0.8, material=SHADOW),
        carve(rect(0, 2, 3.0, 7.6), front=0.3, material=LAMPLIGHT),
        *brackets(0, 13, 56, 2.6, 15, CEDAR, 1.6),
        *roof(0, 16, 36, 25, 6.4, 2.4, KAWARA, 2),
        *karahafu(0, 16.6, 8, 4.2, KAWARA, 3),
        solid(rect(0, 21.6, 45, 7.4), PLASTER, -2),
        *posts(0, 21.6, 46, 7.4, 11, CEDAR, -1, 0.9),
        carve(*[rect(x, 23, 2.6, 3.6) for x in spread(11, 45)], front=-0.3, material=DARK_WOOD),
        carve(rect(0, 22.6, 4, 4.6), front=0, material=LAMPLIGHT),
        *brackets(0, 28, 46, 2.4, 13, CEDAR, 0),
        *roof(0, 31, 33, 18.4, 13.4, 3.0, KAWARA, 0),
        *mirrored(placed(_horn(), 17.6, 44.6)),
    ]


def _horn() -> Pieces:
    """A shibi: the gilded horn that ends the ridge of a great hall."""
    return [solid(blob((-1.6, 0), (-1.5, 2.2), (-0.6, 4.2), (-1.9, 5.4), (0.8, 5.0), (1.7, 3.0), (1.8, 0)), GOLD, 1)]


def kaminarimon(_rng: np.random.Generator) -> Pieces:
    """The Thunder Gate of Senso-ji at Asakusa: the huge red lantern between the gods of wind and thunder."""
    red = LACQUER
    niche = [
        solid(rect(11.2, 1.2, 7.4, 13.6), red.tinted((150, 36, 26)), -2),
        carve(rect(11.2, 2, 5.6, 9.6), front=-0.4, material=SHADOW),
        *placed(_guardian(), 11.2, 2.4),
        carve(*[rect(11.2 + d, 2, 0.3, 5.2) for d in np.linspace(-2.6, 2.6, 8)], front=0.8, material=red),
        *[solid(rect(x, 0, 1.7, 15), red, 1, "turned") for x in (7.2, 15.2)],
        *[solid(rect(x, 0, 2.2, 1.2), GOLD, 1.4, "turned") for x in (7.2, 15.2)],
    ]
    gold, black = GOLD, DARK_WOOD.tinted((44, 36, 36))
    lamp = lathe([(2.0, 0), (2.9, 0.5), (3.7, 2.4), (3.8, 4.6), (3.5, 6.6), (2.8, 8.2), (2.0, 8.6)], 0, 3.4, 4)
    strokes = [
        rect(0, 10.0, 2.6, 0.42),
        rect(0, 8.9, 3.2, 0.4),
        rect(0, 8.2, 0.5, 2.2),
        rect(-1.1, 8.3, 0.4, 0.9),
        rect(1.1, 8.3, 0.4, 0.9),
        rect(0, 7.6, 2.4, 0.32),
        rect(0, 6.9, 2.4, 0.32),
        rect(0, 6.2, 2.4, 0.32),
        rect(-1.1, 6.2, 0.36, 1.7),
        rect(0, 6.2, 0.36, 1.7),
        rect(1.1, 6.2, 0.36, 1.7),
        rect(0, 5.2, 2.6, 0.36),
        rect(-1.0, 4.3, 0.4, 1.2),
        rect(1.0, 4.3, 0.4, 1.2),
        rect(0, 4.7, 1.6, 0.3),
    ]
    return [
        *steps(0, -1.4, 37, 34, 1.6, GREY_STONE, 2),
        *mirrored(niche),
        solid(rect(0, 11.8, 32, 3.4), red, 1.2),
        carve(*[rect(x, 12.4, 1.6, 2) for x in spread(13, 30)], front=-0.3, material=PLASTER),
        solid(rect(0, 12.3, 5.6, 2.6), black, 2),
        carve(rect(0, 12.6, 4.8, 2.0), front=0.2, material=GOLD),
        *brackets(0, 15, 33, 2.4, 11, red, 1.4),
        solid(lamp, red.tinted((226, 44, 30)), 3, "turned", 0.7),
        carve(*[rect(0, y, 8, 0.14) for y in np.arange(4.2, 11.8, 0.55)], front=-0.14),
        carve(*strokes, front=0.12, material=black),
        carve(ribbon([(-1.6, 4.0), (0, 3.9), (1.6, 4.0)], 0.3), front=0.1, material=PLASTER),
        solid(rect(0, 3.0, 4.4, 0.9), gold, 4.4, "turned"),
        solid(rect(0, 11.6, 4.4, 0.9), gold, 4.4, "turned"),
        solid(rect(0, 1.9, 0.9, 1.2), red, 4.6, "turned"),
        *roof(0, 17.6, 21.6, 14.4, 8.2, 2.4, KAWARA, 1.6, red),
        *mirrored(shachihoko(13.6, 25.6, 1.9, -1)),
    ]


def _guardian() -> Pieces:
    """Raijin or Fujin in his niche."""
    skin = Material((110, 160, 140), "smooth", 0.8, 0.2)
    return [
        solid(
            lathe(
                [(1.6, 0), (1.3, 2.2), (1.0, 3.4), (1.7, 5.2), (0.6, 5.9), (0.9, 6.8), (0.7, 7.6), (0, 8.0)], smooth=3
            ),
            skin,
            -1,
            "turned",
        ),
        carve(rect(0, 1.4, 3.0, 1.9), front=0.3, material=GOLD),
        *mirrored([solid(ribbon([(1.2, 5.0), (2.2, 5.6), (2.0, 7.0)], 0.6), skin, -0.6)]),
    ]


def fushimi(_rng: np.random.Generator) -> Pieces:
    """The Romon of Fushimi Inari: a vermilion two-storey gate with white walls, guarded by foxes."""
    red = Material((240, 84, 40), "smooth", 0.5, 0.3)
    bark = THATCH.tinted((134, 104, 80))
    fox = [
        solid(rect(15.4, -1.4, 3.6, 3.6), GREY_STONE, 6),
        solid(
            lathe([(1.0, 0), (1.1, 1.2), (0.7, 2.6), (0.5, 3.2)], 15.4, 2.2, 3),
            GREY_STONE.tinted((190, 186, 180)),
            6,
            "turned",
        ),
        solid(
            polygon((14.6, 6.6), (14.7, 5.2), (15.4, 4.6), (16.1, 5.2), (16.2, 6.6), (15.4, 5.9)),
            GREY_STONE.tinted((190, 186, 180)),
            6.6,
        ),
        solid(ribbon([(16.4, 2.6), (17.4, 4.0), (17.0, 5.8)], 1.0, 0.6), GREY_STONE.tinted((190, 186, 180)), 5),
        carve(taper(15.4, 4.2, 1.6, 1.2, 0.8), front=0.5, material=red),
    ]
    return [
        *steps(0, -2.4, 36, 28, 3, GREY_STONE, 5),
        *mirrored(
            [
                solid(rect(8.6, 0.6, 6.2, 8.4), PLASTER, -1),
                carve(rect(8.6, 1.2, 4.6, 6), front=-0.4, material=SHOJI),
                carve(*[rect(8.6 + d, 1.2, 0.3, 6) for d in np.linspace(-2, 2, 7)], front=0.4, material=red),
            ]
        ),
        *posts(0, 0.6, 24, 9, 3, red, 1, 1.3),
        carve(rect(0, 0.6, 7.0, 7.6), front=-0.6, material=SHADOW),
        *brackets(0, 9.2, 25, 1.6, 9, red, 1),
        *railing(0, 10.6, 27, 1.5, 15, red, 2.4),
        solid(rect(0, 11.4, 21, 5), PLASTER, -1),
        *posts(0, 11.4, 22, 5, 6, red, 0, 0.9),
        lattice_windows(0, 12.4, 20, 2.6, 6, SHOJI),
        *brackets(0, 16, 23, 1.8, 9, red, 0.6),
        *roof(0, 18.2, 18.4, 9.4, 7.4, 2.2, bark, 0.6, red),
        *gable(0, 18.6, 6.6, 5.8, bark, 1, red),
        carve(ellipse(0, 12.6, 1.3), front=0.4, material=GOLD),
        *[solid(rect(x, 25.8, 1.6, 1.2), GOLD, 2) for x in (-8.4, 0, 8.4)],
        *mirrored(fox),
    ]


def kiyomizu(_rng: np.random.Generator) -> Pieces:
    """Kiyomizu-dera: the stage of cypress on its forest of posts, the bark roof above."""
    bark = THATCH.tinted((126, 98, 76))
    timber: Pieces = [solid(rect(0, 0, 42, 17), SHADOW.tinted((58, 42, 32)), -4)]
    timber += [solid(rect(float(x), 0, 1.5, 17.4), CEDAR, 0, "turned") for x in np.linspace(-20, 20, 9)]
    timber += [solid(rect(0, y, 43.6, 0.95), CEDAR.tinted((176, 122, 78)), 1) for y in (2.4, 6.0, 9.6, 13.2, 16.6)]
    timber += [cut(*[rect(x, y, 1.9, 1.6) for x in spread(8, 40)]) for y in (3.8, 7.4, 11.0)]
    return [
        solid(rect(0, -2, 48, 2.4), GREY_STONE, 2),
        *timber,
        solid(rect(0, 17.4, 46, 1.2), CEDAR, 3),
        *railing(0, 18.4, 45, 1.9, 20, CEDAR, 3),
        solid(rect(0, 18.6, 34, 7.6), PLASTER, -3),
        *posts(0, 18.6, 35, 7.6, 8, CEDAR, -1.6, 0.9),
        lattice_windows(0, 19.6, 33, 4.2, 8, SHOJI),
        *mirrored([*placed(roof(0, 0, 9, 4, 3.6, 1.4, bark, -4), 18.5, 26.4)]),
        *roof(0, 26.4, 25, 13, 12.6, 2.6, bark, -1, CEDAR),
        *gable(0, 33, 6, 4.6, bark, -1, CEDAR),
        carve(*[ellipse(x, 24.4, 0.7) for x in spread(5, 26)], front=0.5, material=LAMPLIGHT),
    ]


def great_buddha(_rng: np.random.Generator) -> Pieces:
    """The Great Buddha of Kamakura: bronze, seated, at peace since 1252."""
    skin = COPPER.tinted((118, 158, 138))
    skin = replace(skin, texture="smooth", shine=0.35)
    knees = blob(
        (-9.4, 0.2), (-9.8, 1.4), (-8.6, 3.0), (-5.2, 3.9), (0, 3.4), (5.2, 3.9), (8.6, 3.0), (9.8, 1.4), (9.4, 0.2)
    )
    torso = lathe([(6.2, 0), (5.9, 3), (5.6, 5.6), (6.3, 8.2), (5.6, 10), (3.2, 11.1), (2.0, 11.6)], 0, 1.6, 5)
    head = lathe(
        [(1.5, 0), (2.7, 1.2), (3.1, 3.0), (2.95, 4.6), (2.2, 6.0), (1.2, 6.7), (1.0, 7.4), (0, 7.9)], 0, 12.4, 5
    )
    curls = [ellipse(x, y, 0.28, steps=10) for y in np.arange(16.6, 19.8, 0.62) for x in np.arange(-2.6, 2.7, 0.58)]
    folds = [
        ribbon([(s * 5.6, 10.6 - k), (s * (3.4 - 0.3 * k), 7.6 - 0.9 * k), (s * 0.6, 5.4 - 0.5 * k)], 0.4)
        for s in (-1, 1)
        for k in np.arange(0, 4, 1.0)
    ]
    sleeve = [
        blob(
            (s * 4.4, 10.4),
            (s * 6.6, 9.2),
            (s * 8.0, 5.6),
            (s * 6.6, 3.4),
            (s * 1.4, 2.6),
            (s * 1.6, 4.2),
            (s * 4.6, 5.4),
        )
        for s in (-1, 1)
    ]
    return [
        *steps(0, -3.4, 26, 22, 3.6, GREY_STONE, 4),
        solid(torso, skin, 0, "turned", 0.6),
        carve(blob((-2.6, 12.4), (0, 7.6), (2.6, 12.4), (0, 12.9)), front=-0.4),
        carve(*folds, front=0.35),
        *[solid(o, skin, 2, "turned", 0.4) for o in sleeve],
        solid(knees, skin, 4, "turned", 0.15),
        carve(
            *[
                ribbon([(s * 9, 1.0 + k), (s * 5, 2.2 + 0.5 * k), (s * 1, 1.6 + 0.6 * k)], 0.32)
                for s in (-1, 1)
                for k in (0, 0.9)
            ],
            front=0.3,
        ),
        solid(ellipse(0, 3.8, 2.6, 1.15), skin, 5.4, "turned", 0.6),
        carve(ellipse(0, 4.1, 1.5, 0.5), front=-0.4),
        *mirrored([solid(lathe([(0.4, 0), (0.6, 1.2), (0.5, 2.6), (0.3, 3.2)], 3.1, 14.2, 3), skin, 1, "turned")]),
        solid(head, skin, 1.4, "turned", 0.8),
        carve(*curls, front=0.35, material=skin.tinted((82, 122, 110))),
        carve(
            ribbon([(-2.0, 16.0), (-1.1, 15.75), (-0.4, 16.0)], 0.24),
            ribbon([(2.0, 16.0), (1.1, 15.75), (0.4, 16.0)], 0.24),
            front=-0.3,
            material=SHADOW,
        ),
        carve(
            ribbon([(-2.1, 16.5), (-1.2, 16.8), (-0.3, 16.4)], 0.24),
            ribbon([(2.1, 16.5), (1.2, 16.8), (0.3, 16.4)], 0.24),
            front=0.25,
        ),
        carve(taper(0, 14.9, 1.1, 0.5, 1.6), front=0.35),
        carve(ribbon([(-0.8, 14.25), (0, 14.1), (0.8, 14.25)], 0.28), front=-0.25, material=SHADOW),
        carve(ellipse(0, 16.9, 0.22), front=0.3, material=GOLD),
    ]
