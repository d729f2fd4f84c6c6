"""Paris: the opera, the mill, the palace on the river, the bridge, columns and towers of glass."""

import numpy as np

from .geometry import arch, bar, ellipse, lathe, polygon, rect, ribbon, spread, taper
from .kit import (
    balustrade,
    band,
    block,
    column,
    cornice,
    dome,
    figure,
    finial,
    garland,
    lattice,
    opening,
    plinth,
    relief_crowd,
    steps,
    storey,
    windows,
)  # fmt: skip
from .materials import (
    BRONZE,
    COLD_LIGHT,
    COPPER,
    DARK_GLASS,
    GLASS,
    GOLD,
    GREY_STONE,
    IRON,
    LACQUER,
    LAMPLIGHT,
    LIMESTONE,
    MARBLE,
    PALE,
    SHADOW,
    SLATE,
    STEEL,
)  # fmt: skip
from .relief import Pieces, carve, cut, mirrored, placed, solid

NEON = LAMPLIGHT.tinted((255, 64, 40))


def opera_garnier(rng: np.random.Generator) -> Pieces:
    """Garnier's opera: seven arches, coupled columns, a green cupola, and two gilded groups on the corners."""
    flank = [
        *storey(30, 2, 13, 30, LIMESTONE, 2.5, 0.06),
        *opening(30, 2, 5, 10, "round", 1, False, LAMPLIGHT), *windows(30, 15, 9, 11, 1, 1, rng, "round", (0.5, 0.8), 1),
        *[p for x in (25, 27, 33, 35) for p in column(x, 14, 1.1, 14, MARBLE, 3.4)],
        solid(arch(30, 32, 13, 5), LIMESTONE, 2.5), *relief_crowd(30, 32.2, 8, 4, rng, 5, 0.8),
        *placed(_gilded_group(), 30, 36.6, front=3),
    ]  # fmt: skip
    return [
        solid(taper(0, 36, 44, 38, 12), LIMESTONE, -10), solid(taper(0, 47, 40, 0, 13), COPPER, -10),
        *placed([*figure(0, 0, 6, GOLD), *_lyre(0, 5)], 0, 58.4),
        solid(rect(0, 33, 48, 7), LIMESTONE, -8), *windows(0, 33.6, 46, 5.4, 9, 1, rng),
        *dome(0, 39, 24, 10.5, COPPER, -9, 14, GOLD), solid(rect(0, 48.6, 8, 2.6), GOLD, 2),
        *steps(0, -3, 84, 76, 5, PALE, 5),
        *storey(0, 2, 58, 12, LIMESTONE, 0, 0.08),
        *[p for x in spread(7, 46) for p in opening(x, 2, 4.1, 8.8, "round", 0.8, False, LAMPLIGHT.tinted((236, 150, 70)))],
        solid(rect(0, 14, 58, 13.6), SHADOW.tinted((96, 66, 40)), -1.5),
        *windows(0, 14.6, 46, 12, 7, 1, rng, "round", (0.5, 0.84), 0.9),
        *[p for x in spread(8, 52.4) for d in (-0.95, 0.95) for p in column(x + d, 14, 1.3, 13.2, MARBLE, 0.8)],
        *balustrade(0, 13.6, 50, 1.6, 40, LIMESTONE, 1.2),
        *block(0, 27, 60, 6.4, LIMESTONE, 1.5), *band(0, 28, 50, 4, 15, 0.4, GOLD), *cornice(0, 32.4, 60, 1.6, LIMESTONE, 1.5),
        *mirrored(flank),
    ]  # fmt: skip


def _gilded_group() -> Pieces:
    """Harmony or Poetry with her companions and wings, all gold."""
    wing = polygon((0.5, 4.2), (4.2, 7.6), (3.6, 5.2), (1.4, 3.0))
    return [
        solid(rect(0, 0, 6, 1.2), GOLD, 0), *mirrored([solid(wing, GOLD, 0)]), *figure(0, 1, 7.4, GOLD, 0.6),
        *figure(-2, 0.8, 4, GOLD, 0.8), *figure(2, 0.8, 4, GOLD, 0.8),
    ]  # fmt: skip


def _lyre(x: float, y: float) -> Pieces:
    """Apollo's lyre, held up to the sky."""
    return [
        *mirrored([solid(ribbon([(0.2, y), (1.2, y + 1), (1.1, y + 2.2), (1.7, y + 3.4)], 0.7), GOLD, 1)]),
        solid(rect(x, y + 2.6, 2.4, 0.6), GOLD, 1), solid(rect(x, y, 0.6, 2.8), GOLD, 1),
    ]  # fmt: skip


def moulin_rouge(rng: np.random.Generator) -> Pieces:
    """The red mill: four lit sails on a red tower, above the marquee."""
    red = LACQUER.tinted((206, 36, 32))
    sails: Pieces = []
    for k in range(4):
        at = np.pi / 4 + k * np.pi / 2
        u, v = np.array([np.cos(at), np.sin(at)]), np.array([-np.sin(at), np.cos(at)])

        def spot(along: float, across: float, u: np.ndarray = u, v: np.ndarray = v) -> tuple[float, float]:
            p = along * u + across * v + np.array([0.0, 26.0])
            return float(p[0]), float(p[1])

        sails += lattice(spot(3, 0.2), spot(15.5, 0.2), spot(15.5, 4.2), spot(3, 3.2), 4, 0.62, red, 6, 0.8)
        sails += [solid(bar((0, 26), spot(16, 0.2), 1.1), red, 6.4)]
        sails += garland([spot(2.5, 0.2), spot(15.5, 0.2), spot(15.5, 4.2), spot(3, 3.2)], 0.34, LAMPLIGHT, 22)
    house = [
        *block(0, 0, 46, 10.5, red.tinted((150, 34, 30))), *cornice(0, 9.6, 46, 1.4, red, 0.6),
        *windows(0, 4.6, 44, 4.6, 12, 1, rng, "round", (0.5, 0.8), 0.9),
        solid(rect(0, 3.2, 47, 1.8), red, 2.6), *garland([(-23, 4.1), (23, 4.1)], 0.42, LAMPLIGHT, 34),
        *[p for x in (-16, -8, 0, 8, 16) for p in opening(x, -2, 3.4, 4.4, "flat", 0.5, False, LAMPLIGHT.tinted((255, 150, 60)))],
        *_marquee(0, 11.4, 26, 3.2),
    ]  # fmt: skip
    tower = [
        solid(taper(0, 11, 17, 11.5, 15), red, -3, "turned"),
        *windows(0, 14.6, 9, 8, 2, 2, rng, "round", (0.34, 0.6), 0.9), *cornice(0, 25, 11.6, 1.2, red, 2),
        *dome(0, 26.2, 5.9, 6.4, SLATE.tinted((150, 44, 44)), -2, 6, point=0.6), *finial(0, 32, 3.4),
    ]  # fmt: skip
    base = [solid(rect(0, -2, 48, 2.4), GREY_STONE, 1)]
    return [*base, *tower, *house, *sails, solid(ellipse(0, 26, 1.7), GOLD, 7, "turned")]


def _marquee(x: float, y: float, width: float, height: float) -> Pieces:
    """The sign: letters of neon, spelled by strokes (MOULIN ROUGE)."""
    strokes = {
        "M": "0,0,0,1 0,1,.5,.4 .5,.4,1,1 1,1,1,0", "O": "0,0,0,1 0,1,1,1 1,1,1,0 1,0,0,0", "U": "0,1,0,0 0,0,1,0 1,0,1,1",
        "L": "0,1,0,0 0,0,1,0", "I": ".5,0,.5,1", "N": "0,0,0,1 0,1,1,0 1,0,1,1", "R": "0,0,0,1 0,1,1,1 1,1,1,.5 1,.5,0,.5 .3,.5,1,0",
        "G": "1,1,0,1 0,1,0,0 0,0,1,0 1,0,1,.5 1,.5,.6,.5", "E": "1,1,0,1 0,1,0,0 0,0,1,0 0,.5,.8,.5", " ": "",
    }  # fmt: skip
    word = "MOULIN ROUGE"
    pitch = width / len(word)
    lines = []
    for cx, letter in zip(spread(len(word), width, x), word, strict=True):
        for stroke in strokes[letter].split():
            a, b, c, d = (float(t) for t in stroke.split(","))
            start = (cx + (a - 0.5) * pitch * 0.62, y + b * height)
            lines.append(bar(start, (cx + (c - 0.5) * pitch * 0.62, y + d * height), pitch * 0.2))
    return [
        solid(rect(x, y - 0.9, width + 3, height + 1.8), SHADOW.tinted((70, 16, 18)), 3),
        carve(*lines, front=0.4, material=NEON),
        *garland([(x - width / 2 - 1, y - 0.4), (x + width / 2 + 1, y - 0.4)], 0.28, LAMPLIGHT, 30),
        *garland([(x - width / 2 - 1, y + height + 0.4), (x + width / 2 + 1, y + height + 0.4)], 0.28, LAMPLIGHT, 30),
    ]


def conciergerie(rng: np.random.Generator) -> Pieces:
    """The old palace on the Seine: a long wall between round towers under cones of slate."""
    pieces: Pieces = [
        solid(taper(0, 24, 74, 66, 13), SLATE, -6, "pitched", -0.6),
        *mirrored([p for x in (14, 30) for p in block(x, 29, 2.6, 9, LIMESTONE, -4)]),
        *block(0, 0, 76, 24.6), *plinth(0, -3, 76, 4), *cornice(0, 23.4, 76, 1.6, LIMESTONE),
        *windows(0, 14, 72, 8.6, 12, 1, rng, "pointed", (0.42, 0.76), 0.75),
        *windows(0, 4, 72, 8.6, 12, 1, rng, "pointed", (0.36, 0.66), 0.6),
        *mirrored([*block(26, 24, 5, 6, LIMESTONE, 0), *windows(26, 24.2, 5, 5.4, 1, 1, rng), solid(taper(26, 30, 6.4, 0, 5), SLATE, 0)]),
    ]  # fmt: skip
    for x, wide, tall in ((-11.5, 11, 27), (11.5, 11, 27), (38.5, 11, 25), (-38.5, 11, 25)):
        pieces += [
            solid(rect(x, -3, wide, tall + 3), LIMESTONE, 1, "turned"), *cornice(x, tall - 1.6, wide, 1.6, LIMESTONE, 5),
            carve(*[arch(x, y, 1.5, 4, "round") for y in (4, 12, 19)], front=-0.5, material=LAMPLIGHT),
            solid(taper(x, tall, wide + 2.6, 0.9, 20), SLATE, 1, "turned"), *finial(x, tall + 19, 5, GOLD, thick=0.8),
        ]  # fmt: skip
    return pieces


def pont_alexandre(rng: np.random.Generator) -> Pieces:
    """The Pont Alexandre III: one low arch of iron, four pylons with winged horses of gold, and lamps."""
    deck = [(float(x), 9.6 + 1.6 * (1 - (x / 46) ** 2)) for x in np.linspace(-46, 46, 41)]
    low = [(float(x), -1 + 8.6 * (1 - (x / 42) ** 2)) for x in np.linspace(-42, 42, 41)]
    web = [solid(bar(p, (p[0], float(np.interp(p[0], [d[0] for d in deck], [d[1] for d in deck]))), 0.9), IRON.tinted((150, 152, 140)), 0)
           for p in low[1:-1:2]]  # fmt: skip
    pylon = [
        *steps(50, -4, 20, 15, 6, PALE, 4), *storey(50, 2, 11.6, 20, PALE, 2, 0.07), *opening(50, 2.6, 4, 9.5, "round", 0.8, False, SHADOW),
        *[p for x in (45.6, 54.4) for p in column(x, 3, 1.7, 16, MARBLE, 3)], carve(ellipse(50, 16.4, 1.6), front=0.4, material=GOLD),
        *cornice(50, 21, 11.6, 1.8, PALE, 2.6), *block(50, 22.8, 8, 1.8, PALE, 2), *placed(_winged_horse(), 50, 24.4, front=3),
        *figure(41.4, 5.4, 6.4, BRONZE, 2), solid(rect(41.4, -4, 4, 9.6), PALE, 2),
    ]  # fmt: skip
    lamps: Pieces = []
    for x in (-32, -22, -11, 0, 11, 22, 32):
        y = 11.4 - 1.6 * (x / 46) ** 2
        lamps += [solid(taper(x, y, 1.1, 0.8, 5.4), BRONZE, 1, "turned"), solid(rect(x, y + 4.6, 4.0, 0.7), BRONZE, 1)]
        lamps += [solid(ellipse(x + d, y + 5.9 + e, 0.85), LAMPLIGHT, 1, "turned") for d, e in ((-1.7, 0), (1.7, 0), (0, 1.0))]
    return [
        *web, solid(ribbon(low, 2.4), IRON.tinted((168, 170, 156)), 1), solid(ribbon(deck, 2.8), PALE, 1.5),
        *[carve(ribbon([(a, b + 0.2) for a, b in deck], 0.9), front=0.5, material=GOLD)],
        *garland([(a, b - 1.8) for a, b in deck[2:-2]], 0.55, GOLD, 23), *lamps, *mirrored(pylon),
        *relief_crowd(0, 6.6, 7, 3.4, rng, 5, 1.0),
    ]  # fmt: skip


def _winged_horse() -> Pieces:
    """Fame holding Pegasus, gilded."""
    return [
        solid(rect(0, 0, 6.4, 0.8), GOLD, 0), solid(ellipse(0, 4.0, 3.0, 1.5), GOLD, 0, "turned", 0.6),
        *[solid(bar((x, 3.4), (x + d, 0.4), 0.9), GOLD, 0) for x, d in ((-2.2, -0.4), (-1.2, 0.3), (1.4, 0.8), (2.2, 1.4))],
        solid(ribbon([(2.2, 4.2), (3.2, 6.2), (3.6, 7.4), (4.6, 7.0)], 1.6, 0.9), GOLD, 0.4),
        solid(polygon((-0.4, 4.4), (-3.6, 8.8), (-1.4, 8.2), (0.6, 9.6), (1.4, 5)), GOLD, 0.6), *figure(-0.9, 3.6, 5.6, GOLD, 1),
    ]  # fmt: skip


def grande_arche(rng: np.random.Generator) -> Pieces:
    """The Grande Arche of La Defense, 110 m: a hollow cube of marble and glass, a cloud of canvas in it."""
    wall = MARBLE
    pieces: Pieces = [
        *steps(0, -5, 124, 112, 6, PALE, 6), solid(rect(0, 0, 108, 110), wall, 0), carve(rect(0, 0, 104, 106), front=-2),
        carve(rect(0, 0, 106, 1.4), front=1),
    ]  # fmt: skip
    for x in (-44.0, 44.0):
        pieces += windows(x, 3, 17, 102, 6, 32, rng, "flat", (0.72, 0.66), 0.5, 0.07, sill=False)
    pieces += windows(0, 90, 70, 14, 22, 4, rng, "flat", (0.72, 0.66), 0.5, 0.07, sill=False)
    pieces += [cut(polygon((-34, 1), (34, 1), (34, 87), (-34, 87)))]
    pieces += [solid(polygon((-35, 1), (-31, 1), (-31, 84), (31, 84), (31, 1), (35, 1), (35, 88), (-35, 88)), wall.tinted((226, 222, 214)), -4)]
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
        *storey(0, -5, 74, 13, GREY_STONE, 4, 0.1), *windows(0, -3, 72, 9, 16, 1, rng, fill=(0.7, 0.7), lit=0.8),
        solid(body, glass, 0), carve(rect(-20, 8, 10, 196), front=-1.2), carve(rect(20, 8, 10, 196), front=-1.2),
    ]  # fmt: skip
    warm, cool = LAMPLIGHT, DARK_GLASS.tinted((112, 104, 100))
    pieces += windows(0, 9, 29, 190, 9, 46, rng, "flat", (0.74, 0.6), 0.42, 0.04, warm, cool, False)
    for x in (-20.0, 20.0):
        pieces += windows(x, 9, 9.4, 190, 3, 46, rng, "flat", (0.74, 0.6), 0.36, 0.04, warm, cool, False)
    pieces += [carve(*[rect(x, 9, 0.6, 192) for x in np.linspace(-15, 15, 11)], front=0.8, material=STEEL.tinted((120, 104, 90)))]
    return [*pieces, *block(0, 204, 22, 5, STEEL, 1), carve(rect(0, 205.5, 20, 1.4), front=0, material=NEON)]


def july_column(rng: np.random.Generator) -> Pieces:
    """The July Column on the Place de la Bastille: bronze, 47 m, the gilded Spirit of Freedom on its toe."""
    green = COPPER.tinted((92, 150, 128))
    pieces: Pieces = [
        *steps(0, 0, 17, 14, 2.4, PALE, 4), solid(rect(0, 2.4, 13, 2.6), MARBLE, 0, "turned"), *storey(0, 5, 7.6, 6, PALE, 0, 0.12),
        *relief_crowd(0, 5.8, 6, 4.2, rng, 5, 0.5), solid(lathe([(3.3, 0), (3.1, 0.8), (2.3, 1.3), (2.2, 2)], 0, 11), green, 0, "turned"),
        solid(taper(0, 12.6, 4.2, 3.6, 22), green, 0, "turned"),
        *[solid(rect(0, y, 4.7, 0.8), GOLD, 0.3, "turned") for y in (17.4, 22.8, 28.2)],
        carve(*[rect(x, 13, 0.24, 21) for x in (-1.5, -1.0, -0.35, 0.35, 1.0, 1.5)], front=-0.15),
        *[carve(*[rect(0, y, 3.0, 0.5) for y in np.arange(13.8, 34, 1.35)], front=0.08, material=GOLD)],
        solid(lathe([(1.8, 0), (2.1, 0.6), (3.2, 2.4), (3.4, 3.4)], 0, 34), green, 0.4, "turned"), *balustrade(0, 37.3, 6.6, 1.2, 9, GOLD, 2),
        *dome(0, 38.4, 1.7, 1.8, GOLD, 0, 4), solid(ellipse(0, 40.8, 1.0), GOLD, 1, "turned"),
    ]  # fmt: skip
    wing = polygon((0.3, 45.0), (1.4, 47.4), (3.0, 48.4), (2.6, 46.0), (0.6, 43.8))
    return [*pieces, *mirrored([solid(wing, GOLD, 1)]), *figure(0, 41.2, 6.2, GOLD, 1.6), solid(bar((0.3, 46), (1.6, 49), 0.7), GOLD, 2),
            solid(ellipse(1.6, 49, 0.65), LAMPLIGHT, 2)]  # fmt: skip


def vendome_column(rng: np.random.Generator) -> Pieces:
    """The Vendome Column, 44 m: a bronze spiral of battles, Napoleon above."""
    bronze = COPPER.tinted((104, 140, 116))
    turns = [
        ribbon([(-2.1, y), (-1.0, y + 0.25), (0, y + 0.55), (1.0, y + 0.85), (2.1, y + 1.1)], 0.42) for y in np.arange(8.6, 33.4, 1.75)
    ]  # fmt: skip
    crowd = [
        carve(rect(x, y + 0.5 + 0.26 * x, 0.3, 0.95), front=0.12, material=bronze.tinted((150, 176, 140)))
        for y in np.arange(8.6, 33.0, 1.75) for x in (np.arange(-1.6, 1.7, 0.55) + float(rng.uniform(-0.1, 0.1)))
    ]  # fmt: skip
    return [
        *steps(0, 0, 12, 9.6, 1.6, PALE, 3), *storey(0, 1.6, 7.0, 5.4, bronze, 0, 0.12), *relief_crowd(0, 2.4, 5.8, 3.8, rng, 7, 0.5),
        solid(lathe([(2.9, 0), (2.6, 0.8), (2.1, 1.3)], 0, 7), bronze, 0.4, "turned"), solid(taper(0, 8.3, 4.1, 3.7, 26), bronze, 0, "turned"),
        *crowd, carve(*turns, front=0.26, material=bronze.tinted((172, 190, 150))),
        solid(lathe([(1.9, 0), (2.6, 0.9), (2.7, 1.6)], 0, 34), bronze, 0.5, "turned"), *balustrade(0, 35.5, 5.6, 1.0, 9, bronze, 2),
        solid(rect(0, 36.4, 2.6, 2.4), bronze, 0, "turned"), *dome(0, 38.8, 1.3, 0.8, bronze, 0, 4), *figure(0, 39.4, 5.4, bronze.tinted((128, 176, 140)), 1),
    ]  # fmt: skip


def pompidou(rng: np.random.Generator) -> Pieces:
    """The Centre Pompidou: a frame of white steel, its pipes in blue and green, and the red stair in its glass tube."""
    white, blue, green, red = STEEL.tinted((226, 230, 234)), LACQUER.tinted((44, 104, 206)), LACQUER.tinted((52, 160, 92)), LACQUER
    pieces: Pieces = [solid(rect(0, 0, 96, 42), DARK_GLASS, -4), *windows(0, 1, 94, 40, 26, 6, rng, fill=(0.8, 0.7), lit=0.55, frame=0.04, sill=False)]
    for x in (-41.0, -33.0, 33.0, 41.0):
        pieces += [solid(rect(x, 42, 4.4, 5), blue if abs(x) > 36 else white, 0, "turned"), solid(ellipse(x, 47, 2.2, 1.6), white, 0, "turned")]
    pieces += [carve(rect(x, 2, 2.8, 38), front=3, material=m, form="turned", bulge=0.6) for x, m in ((-44, green), (-39, blue), (39, blue), (44, green))]
    pieces += [solid(rect(0, y, 100, 1.5), white, 2) for y in (6.4, 13.6, 20.8, 28, 35.2, 42)]
    pieces += [solid(rect(x, 0, 1.5, 43), white, 2.4, "turned") for x in np.linspace(-49, 49, 9)]
    for k in range(8):
        for low in (6.4, 20.8):
            x0, x1 = -49 + 12.25 * k, -36.75 + 12.25 * k
            pieces += [solid(bar((x0, low), (x1, low + 14.4), 0.6), white, 1.6), solid(bar((x1, low), (x0, low + 14.4), 0.6), white, 1.6)]
    stair = [(-46, 4), (-30, 4), (-22, 12), (-10, 12), (-2, 20), (10, 20), (18, 28), (28, 28), (38, 37), (46, 37)]
    pieces += [solid(ribbon(stair, 5.2), GLASS.tinted((150, 190, 214)), 5), carve(ribbon(stair, 1.8), front=0.6, material=red)]
    return [*pieces, solid(rect(0, -2.4, 104, 2.6), GREY_STONE, 4)]
