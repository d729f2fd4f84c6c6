"""Paris: its columns of bronze and its towers of glass and steel."""

import numpy as np

from ..craft.geometry import bar, ellipse, lathe, polygon, rect, ribbon, taper
from ..craft.kit import block, dome, steps, storey, windows
from ..craft.materials import (
    COLD_LIGHT,
    COPPER,
    DARK_GLASS,
    GLASS,
    GOLD,
    GREY_STONE,
    LACQUER,
    LAMPLIGHT,
    MARBLE,
    PALE,
    STEEL,
)
from ..craft.ornament import balustrade, figure, relief_crowd
from ..craft.relief import Pieces, carve, cut, mirrored, solid

NEON = LAMPLIGHT.tinted((255, 64, 40))


def grande_arche(rng: np.random.Generator) -> Pieces:
    """The Grande Arche of La Defense, 110 m: a hollow cube of marble and glass, a cloud of canvas in it."""
    wall = MARBLE
    pieces: Pieces = [
        *steps(0, -5, 124, 112, 6, PALE, 6),
        solid(rect(0, 0, 108, 110), wall, 0),
        carve(rect(0, 0, 104, 106), front=-2),
        carve(rect(0, 0, 106, 1.4), front=1),
    ]
    for x in (-44.0, 44.0):
        pieces += windows(x, 3, 17, 102, 6, 32, rng, "flat", (0.72, 0.66), 0.5, 0.07, sill=False)
    pieces += windows(0, 90, 70, 14, 22, 4, rng, "flat", (0.72, 0.66), 0.5, 0.07, sill=False)
    pieces += [cut(polygon((-34, 1), (34, 1), (34, 87), (-34, 87)))]
    pieces += [
        solid(
            polygon((-35, 1), (-31, 1), (-31, 84), (31, 84), (31, 1), (35, 1), (35, 88), (-35, 88)),
            wall.tinted((226, 222, 214)),
            -4,
        )
    ]
    cloud = [(x, 24 + 5 * float(np.cos(x / 7))) for x in np.linspace(-24, 24, 25)]
    pieces += [solid(ribbon(cloud, 3.0), PALE, 2)]
    pieces += [solid(bar((x, 1), (x, 24), 1.6), STEEL, 1) for x in (-20.0, -7.0, 7.0, 20.0)]
    pieces += [solid(bar((x, 1), (x, 86), 1.5), STEEL, 1) for x in (-3.0, 3.0)]
    return [*pieces, solid(rect(0, 1, 9, 8), GLASS, 2), carve(rect(0, 1, 6, 6), front=0, material=COLD_LIGHT)]


def montparnasse(rng: np.random.Generator) -> Pieces:
    """The Tour Montparnasse, 210 m: one dark slab of bronze glass with its edges cut, alight in rows."""
    glass = DARK_GLASS.tinted((78, 66, 58))
    body = polygon((-25, 0), (25, 0), (25, 203), (17, 206), (-17, 206), (-25, 203))
    pieces: Pieces = [
        *storey(0, -5, 74, 13, GREY_STONE, 4, 0.1),
        *windows(0, -3, 72, 9, 16, 1, rng, fill=(0.7, 0.7), lit=0.8),
        solid(body, glass, 0),
        carve(rect(-20, 8, 10, 196), front=-1.2),
        carve(rect(20, 8, 10, 196), front=-1.2),
    ]
    warm, cool = LAMPLIGHT, DARK_GLASS.tinted((112, 104, 100))
    pieces += windows(0, 9, 29, 190, 9, 46, rng, "flat", (0.74, 0.6), 0.42, 0.04, warm, cool, False)
    for x in (-20.0, 20.0):
        pieces += windows(x, 9, 9.4, 190, 3, 46, rng, "flat", (0.74, 0.6), 0.36, 0.04, warm, cool, False)
    pieces += [
        carve(
            *[rect(x, 9, 0.6, 192) for x in np.linspace(-15, 15, 11)], front=0.8, material=STEEL.tinted((120, 104, 90))
        )
    ]
    return [*pieces, *block(0, 204, 22, 5, STEEL, 1), carve(rect(0, 205.5, 20, 1.4), front=0, material=NEON)]


def july_column(rng: np.random.Generator) -> Pieces:
    """The July Column on the Place de la Bastille: bronze, 47 m, the gilded Spirit of Freedom on its toe."""
    green = COPPER.tinted((92, 150, 128))
    pieces: Pieces = [
        *steps(0, 0, 17, 14, 2.4, PALE, 4),
        solid(rect(0, 2.4, 13, 2.6), MARBLE, 0, "turned"),
        *storey(0, 5, 7.6, 6, PALE, 0, 0.12),
        *relief_crowd(0, 5.8, 6, 4.2, rng, 5, 0.5),
        solid(lathe([(3.3, 0), (3.1, 0.8), (2.3, 1.3), (2.2, 2)], 0, 11), green, 0, "turned"),
        solid(taper(0, 12.6, 4.2, 3.6, 22), green, 0, "turned"),
        *[solid(rect(0, y, 4.7, 0.8), GOLD, 0.3, "turned") for y in (17.4, 22.8, 28.2)],
        carve(*[rect(x, 13, 0.24, 21) for x in (-1.5, -1.0, -0.35, 0.35, 1.0, 1.5)], front=-0.15),
        *[carve(*[rect(0, y, 3.0, 0.5) for y in np.arange(13.8, 34, 1.35)], front=0.08, material=GOLD)],
        solid(lathe([(1.8, 0), (2.1, 0.6), (3.2, 2.4), (3.4, 3.4)], 0, 34), green, 0.4, "turned"),
        *balustrade(0, 37.3, 6.6, 1.2, 9, GOLD, 2),
        *dome(0, 38.4, 1.7, 1.8, GOLD, 0, 4),
        solid(ellipse(0, 40.8, 1.0), GOLD, 1, "turned"),
    ]
    wing = polygon((0.3, 45.0), (1.4, 47.4), (3.0, 48.4), (2.6, 46.0), (0.6, 43.8))
    return [
        *pieces,
        *mirrored([solid(wing, GOLD, 1)]),
        *figure(0, 41.2, 6.2, GOLD, 1.6),
        solid(bar((0.3, 46), (1.6, 49), 0.7), GOLD, 2),
        solid(ellipse(1.6, 49, 0.65), LAMPLIGHT, 2),
    ]


def vendome_column(rng: np.random.Generator) -> Pieces:
    """The Vendome Column, 44 m: a bronze spiral of battles, Napoleon above."""
    bronze = COPPER.tinted((104, 140, 116))
    turns = [
        ribbon([(-2.1, y), (-1.0, y + 0.25), (0, y + 0.55), (1.0, y + 0.85), (2.1, y + 1.1)], 0.42)
        for y in np.arange(8.6, 33.4, 1.75)
    ]
    crowd = [
        carve(rect(x, y + 0.5 + 0.26 * x, 0.3, 0.95), front=0.12, material=bronze.tinted((150, 176, 140)))
        for y in np.arange(8.6, 33.0, 1.75)
        for x in (np.arange(-1.6, 1.7, 0.55) + float(rng.uniform(-0.1, 0.1)))
    ]
    return [
        *steps(0, 0, 12, 9.6, 1.6, PALE, 3),
        *storey(0, 1.6, 7.0, 5.4, bronze, 0, 0.12),
        *relief_crowd(0, 2.4, 5.8, 3.8, rng, 7, 0.5),
        solid(lathe([(2.9, 0), (2.6, 0.8), (2.1, 1.3)], 0, 7), bronze, 0.4, "turned"),
        solid(taper(0, 8.3, 4.1, 3.7, 26), bronze, 0, "turned"),
        *crowd,
        carve(*turns, front=0.26, material=bronze.tinted((172, 190, 150))),
        solid(lathe([(1.9, 0), (2.6, 0.9), (2.7, 1.6)], 0, 34), bronze, 0.5, "turned"),
        *balustrade(0, 35.5, 5.6, 1.0, 9, bronze, 2),
        solid(rect(0, 36.4, 2.6, 2.4), bronze, 0, "turned"),
        *dome(0, 38.8, 1.3, 0.8, bronze, 0, 4),
        *figure(0, 39.4, 5.4, bronze.tinted((128, 176, 140)), 1),
    ]


def pompidou(rng: np.random.Generator) -> Pieces:
    """The Centre Pompidou: a frame of white steel, its pipes in blue and green, and the red stair in its glass tube."""
    white, blue, green, red = (
        STEEL.tinted((226, 230, 234)),
        LACQUER.tinted((44, 104, 206)),
        LACQUER.tinted((52, 160, 92)),
        LACQUER,
    )
    pieces: Pieces = [
        solid(rect(0, 0, 96, 42), DARK_GLASS, -4),
        *windows(0, 1, 94, 40, 26, 6, rng, fill=(0.8, 0.7), lit=0.55, frame=0.04, sill=False),
    ]
    for x in (-41.0, -33.0, 33.0, 41.0):
        pieces += [
            solid(rect(x, 42, 4.4, 5), blue if abs(x) > 36 else white, 0, "turned"),
            solid(ellipse(x, 47, 2.2, 1.6), white, 0, "turned"),
        ]
    pieces += [
        carve(rect(x, 2, 2.8, 38), front=3, material=m, form="turned", bulge=0.6)
        for x, m in ((-44, green), (-39, blue), (39, blue), (44, green))
    ]
    pieces += [solid(rect(0, y, 100, 1.5), white, 2) for y in (6.4, 13.6, 20.8, 28, 35.2, 42)]
    pieces += [solid(rect(x, 0, 1.5, 43), white, 2.4, "turned") for x in np.linspace(-49, 49, 9)]
    for k in range(8):
        for low in (6.4, 20.8):
            x0, x1 = -49 + 12.25 * k, -36.75 + 12.25 * k
            pieces += [
                solid(bar((x0, low), (x1, low + 14.4), 0.6), white, 1.6),
                solid(bar((x1, low), (x0, low + 14.4), 0.6), white, 1.6),
            ]
    stair = [(-46, 4), (-30, 4), (-22, 12), (-10, 12), (-2, 20), (10, 20), (18, 28), (28, 28), (38, 37), (46, 37)]
    pieces += [
        solid(ribbon(stair, 5.2), GLASS.tinted((150, 190, 214)), 5),
        carve(ribbon(stair, 1.8), front=0.6, material=red),
    ]
    return [*pieces, solid(rect(0, -2.4, 104, 2.6), GREY_STONE, 4)]
