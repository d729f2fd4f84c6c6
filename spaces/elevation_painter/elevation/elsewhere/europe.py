"""Elsewhere in Europe: London, Rome, Pisa, Berlin, Moscow."""

from itertools import pairwise

import numpy as np

from ..craft.geometry import arch, bar, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, column, cornice, opening, plinth, spire, steps, storey, windows
from ..craft.materials import (
    BRICK,
    COPPER,
    GOLD,
    GRANITE,
    LAMPLIGHT,
    LIMESTONE,
    MARBLE,
    PALE,
    PLASTER,
    SANDSTONE,
    SHADOW,
    SLATE,
    STEEL,
    Material,
)
from ..craft.ornament import balustrade, clock, crenels, figure, finial, pinnacle
from ..craft.relief import Pieces, carve, cut, mirrored, placed, solid


def big_ben(rng: np.random.Generator) -> Pieces:
    """The Elizabeth Tower at Westminster, 96 m: a ribbed shaft, the great dials, an iron spire."""
    stone = SANDSTONE.tinted((224, 184, 122))
    pieces: Pieces = [*steps(0, -2, 20, 16, 2, PALE, 2), *plinth(0, 0, 13.4, 3, stone), *block(0, 0, 12, 54, stone)]
    pieces += windows(0, 4, 9.6, 48, 5, 6, rng, "pointed", (0.44, 0.78), 0.45, 0.2, sill=False)
    pieces += [carve(*[rect(x, 3, 0.5, 50) for x in spread(6, 11.4)], front=0.4)]
    pieces += [q for y in (12, 20, 28, 36, 44) for q in cornice(0, y, 12, 0.7, stone)]
    pieces += mirrored([solid(rect(5.9, 0, 2.0, 72), stone, 1.2, "turned")])
    return [
        *pieces,
        *cornice(0, 53, 13, 1.8, stone, 0.8),
        *block(0, 54.8, 14, 14, stone, 1),
        carve(rect(0, 55.6, 11.6, 12.2), front=-0.4, material=GOLD.tinted((206, 154, 70))),
        *clock(0, 61.7, 4.9, GOLD, LAMPLIGHT.tinted((255, 240, 200))),
        *cornice(0, 68.2, 14.2, 1.4, stone, 1),
        *block(0, 69.6, 12.6, 5, stone, 0),
        carve(*[arch(x, 70, 1.1, 4.2, "pointed") for x in spread(7, 12)], front=-0.5, material=LAMPLIGHT),
        *mirrored(pinnacle(6.6, 70, 1.4, 8, stone, 1)),
        solid(taper(0, 74.6, 13.4, 7.2, 9), SLATE, 0, "pitched", 0.6),
        *windows(0, 76, 8, 4, 3, 1, rng, "pointed", (0.4, 0.8), 1, light=GOLD),
        *block(0, 83.4, 7, 4, GOLD.tinted((214, 166, 84)), 0),
        carve(*[arch(x, 83.8, 0.9, 3, "pointed") for x in spread(5, 6.6)], front=-0.4, material=LAMPLIGHT),
        *spire(0, 87, 7.2, 14, SLATE, 0, 5, "pitched"),
        *finial(0, 100, 6, GOLD, True, 0.8),
    ]


def tower_bridge(rng: np.random.Generator) -> Pieces:
    """Tower Bridge, London: two Gothic towers, the high walks, the bascules, blue chains."""
    stone, blue = LIMESTONE.tinted((222, 206, 172)), STEEL.tinted((96, 160, 214))
    tower = [
        solid(rect(20, -6, 18, 8), GRANITE.tinted((176, 168, 158)), 2),
        *block(20, 2, 12, 40, stone),
        *[q for y in (14, 24, 34) for q in cornice(20, y, 12, 0.9, stone)],
        *windows(20, 16, 11, 26, 3, 3, rng, "pointed", (0.4, 0.7), 0.8),
        *[solid(rect(20 + d, 2, 2.6, 44), stone, 1, "turned") for d in (-6, 6)],
        *[p for d in (-6, 6) for p in spire(20 + d, 46, 3.2, 8, SLATE, 1, 0, "turned")],
        *crenels(20, 42, 12, 1.4, 6, stone),
        solid(taper(20, 42, 11.4, 1.2, 15), SLATE, -1, "pitched", 0.6),
        *finial(20, 56.6, 4, GOLD, thick=0.7),
        cut(arch(20, 3.4, 5.4, 8.6, "pointed")),
    ]
    chain = curve([(26, 38), (34, 24), (44, 16), (54, 14)], 6)
    rods = [solid(bar(p, (p[0], 5.0), 0.7), blue, 0) for p in chain[3:-1:3]]
    abutment = [
        *block(56, -6, 8, 26, stone),
        *crenels(56, 20, 8, 1.2, 4, stone),
        solid(taper(56, 20, 7, 0.8, 6), SLATE, -1),
        *rods,
        solid(ribbon(chain, 2.0), blue, 1),
    ]
    walk = [solid(rect(0, y, 30, 1.6), blue, 0) for y in (33, 37.6)]
    walk += [solid(bar((x, 34), (x + s * 3.4, 38.4), 0.7), blue, 0) for x in np.arange(-12, 13, 3.4) for s in (-1, 1)]
    return [
        *walk,
        solid(rect(0, 3, 120, 2.6), blue, 0.6),
        carve(rect(0, 4.6, 120, 0.7), front=0.4, material=PLASTER),
        *mirrored(abutment),
        *mirrored(tower),
        *[solid(bar((s * 14, 2.4), (0, 4.4), 1.6), blue, 1) for s in (-1, 1)],
    ]


def colosseum(rng: np.random.Generator) -> Pieces:
    """The Colosseum, 188 by 48 m: three orders of arches, the attic, and the broken side."""
    stone = Material((226, 188, 134), "courses", 1.5)
    pieces: Pieces = [*steps(0, -3, 196, 186, 3.4, PALE, 3)]
    pieces += [solid(rect(0, 0, 180, 34), stone, 0, "turned", 0.35)]
    rim = [(-90.0, 33.0), (-90, 48), (-20, 48.5), (24, 48), (40, 45), (52, 40), (66, 37), (90, 34)]
    pieces += [solid(polygon(*rim), stone, 0, "turned", 0.35)]
    for y, tall in ((0, 10.6), (12, 10.2), (23.4, 9.4)):
        bays = [88 * float(np.sin(t)) for t in np.linspace(-1.35, 1.35, 31)]
        wide = np.gradient(np.asarray(bays)) * 0.6
        doors = [arch(x, y, float(w), tall * 0.82) for x, w in zip(bays, wide, strict=True)]
        pieces += [carve(*doors, front=-2.6, material=SHADOW.tinted((92, 62, 38)))]
        lit = [arch(x, y, float(w) * 0.66, tall * 0.6) for x, w in zip(bays, wide, strict=True) if rng.random() < 0.8]
        pieces += [carve(*lit, front=0, material=LAMPLIGHT.tinted((240, 150, 66)))]
        piers = [rect((a + b) / 2, y, 1.1, tall) for a, b in pairwise(bays)]
        pieces += [carve(*piers, front=0.9), carve(rect(0, y + tall, 184, 1.3), front=1.2)]
    attic = [rect(x, 38, 2.0, 2.6) for x in spread(15, 96, -40)]
    return [*pieces, carve(*attic, front=-1, material=SHADOW), carve(rect(-30, 46.4, 130, 1.4), front=1.2)]


def pisa(_rng: np.random.Generator) -> Pieces:
    """The Leaning Tower of Pisa, 57 m: six rings of arcades and a bell chamber, four degrees off."""
    stone = MARBLE.tinted((244, 236, 220))
    upright: Pieces = [solid(rect(0, 0, 15.4, 10), stone, 0, "turned"), *cornice(0, 9.4, 15.6, 1.2, stone, 4)]
    upright += [
        carve(*[arch(x, 0.6, 1.5, 8) for x in (-6, -3.2, 0, 3.2, 6)], front=-0.4),
        *plinth(0, -1.4, 16.4, 2, stone, 5),
    ]
    for k in range(6):
        y = 10.6 + 6 * k
        upright += [solid(rect(0, y, 13.6, 6), SHADOW.tinted((150, 112, 70)), -1, "turned")]
        for at in np.linspace(-1.35, 1.35, 13):
            upright += [solid(rect(7.2 * float(np.sin(at)), y, 0.62, 4.4), stone, 2 + 5 * float(np.cos(at)), "turned")]
        upright += [
            carve(*[arch(7.2 * float(np.sin(t)), y + 3.4, 1.1, 1.6) for t in np.linspace(-1.2, 1.2, 12)], front=0.3)
        ]
        upright += cornice(0, y + 4.9, 14.6, 1.1, stone, 4)
    upright += [solid(rect(0, 46.6, 10.8, 7.4), stone, -1, "turned"), *cornice(0, 53.4, 11, 1.2, stone, 3)]
    upright += [carve(*[arch(x, 47.4, 1.5, 5) for x in (-3.8, 0, 3.8)], front=-0.5, material=LAMPLIGHT)]
    upright += crenels(0, 54.4, 11, 1.2, 8, stone, 2)
    lean = np.array([[1.0, 0.0], [0.07, 1.0]])
    tilted = [
        type(p)(tuple(o @ lean for o in p.outlines), p.material, p.front, p.form, p.bulge, p.act) for p in upright
    ]
    return [*steps(0, -4, 30, 24, 3, PALE, 3), *tilted]


def brandenburg_gate(_rng: np.random.Generator) -> Pieces:
    """The Brandenburg Gate, 26 m: twelve Doric columns, five ways through, Victory and her four horses."""
    stone = SANDSTONE.tinted((228, 196, 142))
    green = COPPER.tinted((96, 164, 136))
    horse = [
        solid(ellipse(0, 2.4, 0.9, 1.1), green, 2, "turned"),
        solid(bar((0, 2.8), (0.2, 4.6), 0.9, 0.6), green, 2.4),
        solid(ellipse(0.3, 4.7, 0.45, 0.6), green, 2.6, "turned"),
        *[solid(rect(x, 0, 0.36, 2), green, 2) for x in (-0.5, 0.5)],
    ]
    chariot = [
        solid(rect(0, 0, 9, 0.7), stone, 1),
        *[p for x in (-3.2, -1.2, 1.2, 3.2) for p in placed(horse, x, 0.6)],
        *mirrored([solid(polygon((0.4, 6.8), (2.6, 9.2), (2.2, 6.6), (0.6, 5.6)), green, 0)]),
        *figure(0, 2.4, 6.4, green, 1),
        *finial(0, 8.4, 3.2, GOLD, True, 0.4),
    ]
    flank = [
        *plinth(28, 0, 9, 1.6, stone, 1),
        *block(28, 0, 8, 12, stone),
        *cornice(28, 11.4, 8, 1.2, stone),
        solid(taper(28, 12.6, 9.4, 0, 2.8), stone, 0.6),
        *opening(28, 1, 2.6, 7.4, "round", 0.5, False, SHADOW),
    ]
    return [
        *steps(0, -1.2, 66, 62, 1.3, PALE, 2),
        *mirrored(flank),
        solid(rect(0, 0, 44, 14), stone, -1),
        *[cut(rect(x, 0, 5.2 if x else 6.4, 13.4)) for x in (-16.6, -8.4, 0, 8.4, 16.6)],
        *[p for x in (-20.8, -12.5, -4.5, 4.5, 12.5, 20.8) for p in column(x, 0, 2.5, 14, stone, 1, 0.7)],
        *block(0, 14, 46, 3.4, stone, 1.6),
        carve(*[rect(x, 14.6, 0.8, 2.2) for x in spread(27, 45)], front=0.3),
        *cornice(0, 17, 46, 1.5, stone, 1.6),
        *block(0, 18.5, 26, 4, stone, 0.6),
        carve(rect(0, 19.2, 14, 2.6), front=-0.2),
        *block(0, 18.5, 36, 1.6, stone, 0.4),
        *cornice(0, 22, 26, 1, stone, 0.6),
        *placed(chariot, 0, 23, 0.85, 1),
    ]


def saint_basil(rng: np.random.Generator) -> Pieces:
    """Saint Basil's in Moscow: a tent among onions, no two of them alike."""
    paints = (((204, 58, 46), (60, 150, 84)), ((52, 104, 200), (244, 240, 230)), ((60, 150, 84), (246, 200, 74)),
              ((236, 160, 60), (200, 56, 50)), ((70, 150, 190), (226, 70, 60)))  # fmt: skip

    def onion(x: float, y: float, size: float, height: float, scheme: int, front: float) -> Pieces:
        one, two = (Material(c, "smooth", 0.6, 0.35) for c in paints[scheme])
        profile = [(0.52, 0), (0.92, 0.22), (1.0, 0.46), (0.74, 0.78), (0.34, 1.08), (0.14, 1.36), (0.07, 1.6)]
        shell = lathe([(r * size, h * size) for r, h in profile], x, y + height, 6)
        stripes = [
            ribbon([(x + s * size * 0.5, y + height), (x + (s + 0.5) * size * 0.9, y + height + size * 0.5),
                    (x + (s * 0.3 + 0.2) * size, y + height + 1.3 * size)], size * 0.16)
            for s in (-1.2, -0.75, -0.3, 0.15, 0.6)
        ]  # fmt: skip
        return [
            solid(rect(x, y, size * 1.15, height), BRICK, front, "turned"),
            carve(*[arch(x + d * size, y + height * 0.25, size * 0.2, height * 0.5) for d in (-0.32, 0, 0.32)],
                  front=-0.2, material=LAMPLIGHT),
            *cornice(x, y + height - size * 0.2, size * 1.15, size * 0.2, PALE, front + size * 0.5),
            solid(shell, one, front, "turned"),
            carve(*stripes, front=0.25, material=two),
            *finial(x, y + height + size * 1.52, size * 0.8, GOLD, True, size * 0.12),
        ]  # fmt: skip

    return [
        *onion(-9.5, 6, 3.6, 18, 1, -4),
        *onion(9.5, 6, 3.6, 18, 2, -4),
        *block(0, 8, 10, 18, BRICK, -3),
        *windows(0, 10, 9, 14, 3, 2, rng, "round", (0.4, 0.7), 0.9),
        *cornice(0, 25, 10, 1.4, PALE, -2.6),
        solid(taper(0, 26.4, 9.4, 2.4, 17), BRICK, -3, "ridged", 0.6),
        carve(*[rect(0, y, 12, 0.5) for y in (29, 32, 35, 38, 41)], front=0.3, material=PALE),
        *placed(onion(0, 0, 1.9, 2.4, 3, 0), 0, 43, front=-2),
        *steps(0, -2, 48, 42, 3, PALE, 3),
        *storey(0, 1, 36, 9, BRICK, 2, 0.1),
        *[p for x in spread(7, 34) for p in opening(x, 1, 3.2, 6.4, "round", 0.6, False, SHADOW)],
        *onion(-15, 9, 4.0, 8, 0, 1),
        *onion(15, 9, 4.0, 8, 4, 1),
        *onion(-5.4, 9, 3.1, 8, 2, 3),
        *onion(5.4, 9, 3.1, 8, 3, 3),
        *balustrade(0, 9.4, 37, 1.4, 24, PALE, 4),
    ]
