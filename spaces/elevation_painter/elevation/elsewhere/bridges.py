"""Bridges of the world: San Francisco, New York, Sydney, Venice, Florence."""

import numpy as np

from ..buildings.bridges import girder, hangers, hung, trussed_arch
from ..craft.geometry import arch, bar, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, cornice, steps, windows
from ..craft.materials import (
    BRICK,
    GRANITE,
    LAMPLIGHT,
    MARBLE,
    PALE,
    SHADOW,
    STEEL,
    Material,
)
from ..craft.ornament import balustrade, voussoirs
from ..craft.relief import Pieces, carve, cut, mirrored, solid

ORANGE = Material((222, 84, 50), "plates", 0.7, 0.25)


def golden_gate(_rng: np.random.Generator) -> Pieces:
    """A suspension bridge in international orange: two stepped towers, a long cable, the roadway between."""
    tower: Pieces = [solid(rect(29, -9, 13, 7), GRANITE.tinted((176, 168, 158)), 3), *steps(29, -9, 16, 13, 3, PALE, 2)]
    for low, high, wide in ((-2, 8, 3.0), (8, 20, 2.7), (20, 31, 2.4), (31, 41, 2.1)):
        for side in (-1, 1):
            x = 29 + side * 3.1
            tower += [
                solid(rect(x, low, wide, high - low), ORANGE, 2.4),
                carve(*[rect(x + d, low + 0.5, 0.3, high - low - 1) for d in spread(3, wide)], front=-0.3),
            ]
    for y, tall in ((5, 2.4), (17, 2.8), (28, 2.6), (37.6, 3.2)):
        tower += [
            solid(rect(29, y, 8.0, tall), ORANGE, 2.8),
            carve(rect(29, y + tall * 0.3, 6, tall * 0.4), front=-0.4),
        ]
    tower += [solid(bar((29 - s * 2.4, -2), (29 + s * 2.4, 5), 0.9), ORANGE, 1.6) for s in (-1, 1)]
    return [
        *hung(29, 40, 12.5, 58, 9.4, ORANGE, 19, 1.7),
        *girder(58, 7, 3.0, ORANGE, 34),
        carve(*[rect(x, 9.5, 0.5, 0.5) for x in spread(28, 112)], front=0.5, material=LAMPLIGHT),
        *mirrored(tower),
        *mirrored([*block(56.5, -9, 5, 19, PALE, 2), *cornice(56.5, 9, 5, 1, PALE, 2.2)]),
    ]


def brooklyn(_rng: np.random.Generator) -> Pieces:
    """A suspension bridge with two granite towers of two pointed arches each, and a net of cables and stays."""
    stone = GRANITE.tinted((198, 170, 136))
    wire = STEEL.tinted((196, 192, 184))
    tower: Pieces = [
        solid(taper(28, -9, 17, 15, 18), stone, 2),
        *block(28, 9, 14, 27, stone, 2),
        *[solid(rect(28 + d, -9, 2.2, 44), stone, 2.8) for d in (-6.4, 0, 6.4)],
        *cornice(28, 34.6, 14.4, 2.4, stone, 3),
        *block(28, 37, 13, 1.6, stone, 2.4),
        cut(*[arch(28 + d, 9.6, 4.0, 19, "pointed") for d in (-3.2, 3.2)]),
        *[carve(rect(28, y, 14.4, 0.7), front=0.4) for y in (9, 30.5)],
    ]
    stays = [
        solid(bar((28 + s * 1.5, 35.5), (28 + s * reach, 9.5), 0.55), wire, -1)
        for reach in (6, 10, 14, 18, 22)
        for s in (-1, 1)
    ]
    return [
        *mirrored(stays),
        *hung(28, 37, 13, 58, 9, wire.tinted((214, 208, 196)), 23, 1.5),
        *girder(58, 6.6, 2.6, wire.tinted((150, 132, 112)), 36),
        *mirrored(tower),
        *mirrored([*block(56.4, -9, 5.6, 18.6, stone, 2), cut(arch(56.4, -9, 2.6, 9))]),
    ]


def sydney_harbour(_rng: np.random.Generator) -> Pieces:
    """A great steel arch over the deck, which hangs from it, between four pylons of granite."""
    steel = STEEL.tinted((132, 146, 158))
    stone = GRANITE.tinted((224, 196, 158))
    pylon: Pieces = []
    for x, front in ((46.4, 1.0), (53.0, 2.4)):
        pylon += [
            solid(taper(x, -9, 6.2, 5.4, 19), stone, front),
            *cornice(x, 9.4, 5.4, 1.4, stone, front),
            solid(taper(x, 10.8, 4.8, 4.2, 11), stone, front),
            carve(arch(x, 12, 1.5, 6), front=-0.5, material=SHADOW),
            *cornice(x, 21, 4.2, 1.2, stone, front),
            *block(x, 22.2, 3.6, 1.4, stone, front),
        ]
    return [
        *trussed_arch(44, -2, 35, 27, 28, steel),
        *hangers(44, -2, 27, 7, steel, 25),
        *girder(58, 5.4, 2.8, steel, 40),
        carve(*[rect(x, 7.8, 0.5, 0.5) for x in spread(30, 112)], front=0.5, material=LAMPLIGHT),
        *mirrored(pylon),
        *mirrored([solid(rect(49.7, -9, 15, 13), stone, 1), cut(arch(49.7, -9, 4, 8))]),
    ]


def rialto(_rng: np.random.Generator) -> Pieces:
    """One broad arch of white stone, ramps with arcades of shops on both sides, a portico at the crown."""
    stone = MARBLE.tinted((238, 228, 208))
    deck = polygon((-34, 0), (34, 0), (34, 6.2), (8, 14.6), (-8, 14.6), (-34, 6.2))
    pieces: Pieces = [
        solid(rect(0, -3, 72, 3.4), PALE, 2),
        solid(deck, stone, 0),
        *voussoirs(0, -1.4, 14.6, 16.4, 23, 0.5),
        cut(arch(0, -3.2, 28.4, 14.4)),
        *mirrored([carve(ribbon([(33, 5.0), (8, 13.2), (0, 13.2)], 1.3), front=0.8)]),
    ]
    for k, x in enumerate((11.4, 16.2, 21.0, 25.8, 30.6)):
        y = 14.0 - (x - 8) * 0.323
        pieces += mirrored(
            [
                solid(rect(x, y - 0.6, 4.8, 8.2), stone, 0.2 - 0.05 * k),
                *cornice(x, y + 6.8, 4.4, 0.8, stone, 0.4),
                carve(arch(x, y + 0.9, 2.9, 5.2), front=-0.8, material=SHADOW.tinted((84, 60, 42))),
                carve(arch(x, y + 0.9, 1.9, 4.2), front=0, material=LAMPLIGHT),
                solid(
                    polygon((x - 2.6, y + 7.6), (x + 2.6, y + 7.6), (x + 2.4, y + 8.5), (x - 2.4, y + 9.3)), BRICK, 0
                ),
            ]
        )
    return [
        *pieces,
        *mirrored([carve(ribbon([(34, 6.3), (8, 14.7)], 1.2), front=1.4, material=PALE)]),
        *block(0, 14.2, 11, 11, stone, 1),
        *cornice(0, 24.2, 11, 1.2, stone, 1.2),
        solid(taper(0, 25.4, 13, 0, 4.6), stone, 1.4),
        carve(taper(0, 26.2, 8.4, 0, 2.8), front=-0.4),
        *mirrored([solid(rect(4.9, 14.6, 1.3, 9.6), stone, 1.8, "turned")]),
        cut(arch(0, 15.2, 6.2, 8.0)),
    ]


def ponte_vecchio(rng: np.random.Generator) -> Pieces:
    """Three low arches of stone, on them a row of goldsmiths' houses in ochre and the long corridor above."""
    stone = MARBLE.tinted((206, 178, 136))
    walls = ((232, 178, 92), (214, 142, 76), (240, 206, 140), (196, 116, 70), (226, 190, 120))
    tiles = BRICK.tinted((190, 98, 62))
    pieces: Pieces = [solid(rect(0, -8, 100, 20), stone, 0)]
    for x, span in ((-33.5, 27), (0, 30), (33.5, 27)):
        pieces += [carve(arch(x, -8.2, span + 2.4, 17.2), front=0.5), cut(arch(x, -8.2, span, 16))]
    for x in (-17.4, 17.4):
        pieces += [
            solid(polygon((x - 3, -8), (x + 3, -8), (x + 2.4, 5), (x, 8), (x - 2.4, 5)), stone, 2, "turned", 0.5)
        ]
    pieces += [carve(rect(0, 10.6, 100, 1.2), front=0.8)]
    for k, x in enumerate((-45.5, -37, -28.5, -20, -12, 12, 20, 28.5, 37, 45.5)):
        tall = 9.6 + float(rng.uniform(-1.2, 1.2))
        low = 10.2 + float(rng.uniform(-0.6, 0.6))
        paint = Material(walls[k % 5], "smooth", 1.2)
        pieces += [
            *[solid(bar((x + d, 6.4), (x + d * 1.3, low), 0.7), stone, 0.8) for d in (-2.6, 0, 2.6)],
            solid(rect(x, low, 8.0, tall), paint, 1 + 0.6 * (k % 2)),
            *windows(x, low + 1, 7.4, tall - 2, 3, 2, rng, "flat", (0.42, 0.6), 0.75),
            solid(taper(x, low + tall, 9.0, 7.6, 1.4), tiles, 1.6),
        ]
    corridor = Material((244, 218, 160), "smooth", 0.8)
    return [
        *pieces,
        solid(rect(0, 20.6, 100, 6), corridor, 0.4),
        *[carve(rect(x, 22, 1.6, 2.2), front=-0.4, material=LAMPLIGHT) for x in spread(20, 96)],
        solid(taper(0, 26.6, 101.6, 99, 1.6), tiles, 1),
        *balustrade(0, 11.8, 15.4, 2.2, 12, stone, 1),
        *[solid(rect(x, 11, 1.8, 10), corridor, 1.2) for x in (-7.2, -2.5, 2.5, 7.2)],
        cut(*[arch(x, 14.2, 3.2, 6.0) for x in (-4.85, 0, 4.85)]),
    ]
