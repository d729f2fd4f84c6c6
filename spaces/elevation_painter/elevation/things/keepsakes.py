"""For a showroom: what is played, read, sailed on a shelf and watered."""

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.materials import (
    DARK_WOOD,
    FABRIC,
    GOLD,
    LACQUER,
    LAMPLIGHT,
    LEATHER,
    OAK,
    PORCELAIN,
    SHADOW,
    STEEL,
    WOOD,
    Material,
)
from ..craft.relief import Pieces, carve, mirrored, solid
from ..prompt.style import BRASS, Style, pick


def guitar(style: Style, _rng: np.random.Generator) -> Pieces:
    """A guitar standing up: waist, sound hole, six strings."""
    wood = style.made_of(OAK.tinted((214, 140, 66)))
    body = lathe(
        [(0.6, 0), (6.6, 1.2), (8.6, 5.4), (7.4, 10), (5.4, 13), (5.6, 16), (6.4, 18.6), (5.0, 21.6), (0.8, 22.8)],
        smooth=6,
    )
    edge = lathe(
        [(0.6, 0.5), (6.1, 1.7), (8.0, 5.4), (6.8, 10), (4.9, 13), (5.1, 16), (5.8, 18.6), (4.5, 21.1), (0.8, 22.3)],
        smooth=6,
    )
    pegs = [solid(rect(s * 2.4, y, 1.9, 0.8), BRASS, 0) for s in (-1, 1) for y in (47.6, 49.6, 51.6)]
    return [
        *pegs,
        solid(body, wood.tinted((110, 62, 36)), 0, "turned", 0.08),
        carve(edge, front=0.3, material=wood),
        carve(ellipse(0, 14.6, 2.7), front=0.1, material=BRASS),
        carve(ellipse(0, 14.6, 2.1), front=-0.6, material=SHADOW),
        solid(rect(0, 18, 2.5, 29), DARK_WOOD, 1.4),
        carve(
            *[rect(0, y, 2.5, 0.22) for y in 18 + 28 * (1 - 0.94 ** np.arange(1, 18)) / 0.66], front=0.2, material=BRASS
        ),
        solid(taper(0, 46.6, 2.9, 3.8, 6.6), wood.tinted((90, 52, 32)), 0.8),
        carve(rect(0, 5.4, 5.6, 1.1), front=0.6, material=DARK_WOOD),
        carve(*[bar((d * 1.2, 6), (d, 46.6), 0.13) for d in np.linspace(-0.95, 0.95, 6)], front=0.5, material=STEEL),
        carve(*[ellipse(0, y, 0.3) for y in (32, 36.6)], front=0.1, material=PORCELAIN),
    ]


def ship(style: Style, _rng: np.random.Generator) -> Pieces:
    """A three-masted ship, all sails set."""
    wood = style.made_of(WOOD)
    canvas = FABRIC.tinted((240, 228, 202))
    hull = polygon(
        *curve([(-22, 10.6), (-19, 4), (-14, 0), (0, -1), (14, 0), (19, 4), (23, 11)], 6),
        *curve([(23, 11), (10, 8), (-10, 8), (-22, 10.6)], 5),
    )
    rig: Pieces = []
    for x, top in ((-13, 34), (0, 42), (13, 35)):
        rig += [solid(rect(x, 6, 1.1, top - 4), DARK_WOOD, -1, "turned")]
        y, wide = 11.0, 10.8
        for tall in (9.2, 7.6, 6.0):
            if y + tall > top:
                break
            belly = polygon(
                *curve([(x - wide * 0.46, y + tall), (x - wide * 0.47, y + tall * 0.4), (x - wide * 0.54, y)], 5),
                *curve([(x + wide * 0.54, y), (x, y + 1.4), (x - wide * 0.54, y)], 5)[:-1],
                *curve([(x + wide * 0.54, y), (x + wide * 0.47, y + tall * 0.4), (x + wide * 0.46, y + tall)], 5),
            )
            rig += [
                solid(belly, canvas, 1, "turned", 0.25),
                carve(*[bar((x + d * wide, y), (x + d * wide, y + tall), 0.16) for d in (-0.24, 0, 0.24)], front=-0.15),
                solid(rect(x, y + tall - 0.4, wide * 1.04, 0.7), DARK_WOOD, 1.6),
            ]
            y, wide = y + tall + 0.7, wide * 0.84
        rig += [solid(polygon((x + 0.4, top + 2.2), (x + 3.8, top + 1.3), (x + 0.4, top + 0.4)), LACQUER, 0)]
    return [
        *rig,
        solid(bar((19, 9), (28, 14), 0.9, 0.6), DARK_WOOD, 0),
        solid(hull, wood, 0, "turned", 0.1),
        carve(*[ribbon([(-21, 9 - k), (0, 6.4 - k), (22, 9.2 - k)], 0.3) for k in (0, 1.6, 3.2, 4.8)], front=-0.25),
        carve(ribbon([(-21.6, 9.8), (0, 7.4), (22.6, 10.2)], 0.7), front=0.3, material=GOLD),
        carve(*[rect(x, 4.2 + 0.004 * x * x, 1.1, 1.0) for x in spread(9, 30)], front=-0.3, material=LAMPLIGHT),
    ]


def tree(style: Style, rng: np.random.Generator) -> Pieces:
    """A bonsai in its dish."""
    leaf = style.made_of(Material((84, 136, 66), "speckle", 1.6))
    trunk = curve([(0, 3), (-2.2, 8), (1.4, 13), (-0.6, 18), (0, 22)], 6)
    pieces: Pieces = [
        solid(ribbon(trunk, 3.4, 1.4), WOOD, 0),
        solid(ribbon(curve([(-1.6, 8), (-5, 11), (-8, 12)], 5), 1.6, 0.9), WOOD, 0),
        solid(ribbon(curve([(1, 12), (5, 14.4), (8, 15.6)], 5), 1.5, 0.9), WOOD, 0),
    ]
    for x, y, r in ((-8.6, 13, 4.6), (8.8, 16.6, 4.4), (-4.6, 19.6, 4.8), (3.8, 22.6, 5.0), (-0.4, 26.4, 4.4)):
        for _ in range(26):
            a, d = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0, 1)) ** 0.5
            size = float(rng.uniform(0.7, 1.3))
            tint = pick(rng, -22, -10, 0, 12, 24)
            pieces.append(
                solid(
                    ellipse(x + r * d * float(np.cos(a)), y + r * 0.55 * d * float(np.sin(a)), size * 1.25, size, 14),
                    leaf.tinted((leaf.colour[0] + tint, min(leaf.colour[1] + tint, 255), leaf.colour[2])),
                    1 + 2 * (1 - d),
                    "turned",
                )
            )
    dish = Material((64, 92, 130), "smooth", 0.4, 0.6)
    return [
        *pieces,
        solid(blob((-6, 3), (-3, 4.4), (0, 4.8), (3, 4.4), (6, 3)), leaf.tinted((70, 104, 52)), 2),
        solid(taper(0, 0.8, 14, 18, 2.8), dish, 3),
        solid(rect(0, 3.2, 19.4, 0.8), dish, 3.6),
        *mirrored([solid(rect(5.6, 0, 2.4, 1), dish, 3)]),
    ]


def book(style: Style, rng: np.random.Generator) -> Pieces:
    """An old book, standing: tooled leather and gilt."""
    skin = style.made_of(LEATHER.tinted(pick(rng, (124, 36, 40), (36, 64, 104), (36, 88, 64))))
    corners = [
        polygon((sx * 9.4, y), (sx * 6.2, y), (sx * 9.4, y + up))
        for sx in (-1, 1)
        for y, up in ((0.4, 3.2), (25.6, -3.2))
    ]
    return [
        solid(rect(0.4, 0.3, 19.4, 25.4), Material((240, 228, 196), "grain", 0.8), -1),
        solid(rect(0, 0, 19.2, 26), skin, 0),
        carve(rect(-8.6, 0, 2.0, 26), front=0.5),
        carve(*[rect(-8.6, y, 2.2, 0.6) for y in (3, 8, 13, 18, 23)], front=0.4, material=GOLD),
        carve(*corners, front=0.2, material=GOLD),
        carve(rect(1, 2.4, 14, 21.2), front=0.15, material=GOLD),
        carve(rect(1, 2.8, 13.2, 20.4), front=-0.15, material=skin),
        carve(ellipse(1, 13, 4.2, 5.4), front=0.25, material=GOLD),
        carve(ellipse(1, 13, 3.6, 4.8), front=-0.2, material=skin),
        *[
            carve(
                polygon((1, 16.8), (2.2, 14), (4, 13), (2.2, 12), (1, 9.2), (-0.2, 12), (-2, 13), (-0.2, 14)),
                front=0.3,
                material=GOLD,
            )
        ],
        carve(rect(1, 20, 8, 0.9), rect(1, 5.2, 6, 0.6), front=0.15, material=GOLD),
    ]
