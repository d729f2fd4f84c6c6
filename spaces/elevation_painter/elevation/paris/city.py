"""Paris: the opera, the mill, the palace on the river and the bridge."""

import numpy as np

from ..craft.geometry import arch, bar, ellipse, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, column, cornice, dome, lattice, opening, plinth, steps, storey, windows
from ..craft.materials import (
    BRONZE,
    COPPER,
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
)
from ..craft.ornament import balustrade, band, figure, finial, garland, relief_crowd
from ..craft.relief import Pieces, carve, mirrored, placed, solid

NEON = LAMPLIGHT.tinted((255, 64, 40))


def opera_garnier(rng: np.random.Generator) -> Pieces:
    """Garnier's opera: seven arches, coupled columns, a green cupola, and two gilded groups on the corners."""
    flank = [
        *storey(30, 2, 13, 30, LIMESTONE, 2.5, 0.06),
        *opening(30, 2, 5, 10, "round", 1, False, LAMPLIGHT),
        *windows(30, 15, 9, 11, 1, 1, rng, "round", (0.5, 0.8), 1),
        *[p for x in (25, 27, 33, 35) for p in column(x, 14, 1.1, 14, MARBLE, 3.4)],
        solid(arch(30, 32, 13, 5), LIMESTONE, 2.5),
        *relief_crowd(30, 32.2, 8, 4, rng, 5, 0.8),
        *placed(_gilded_group(), 30, 36.6, front=3),
    ]
    return [
        solid(taper(0, 36, 44, 38, 12), LIMESTONE, -10),
        solid(taper(0, 47, 40, 0, 13), COPPER, -10),
        *placed([*figure(0, 0, 6, GOLD), *_lyre(0, 5)], 0, 58.4),
        solid(rect(0, 33, 48, 7), LIMESTONE, -8),
        *windows(0, 33.6, 46, 5.4, 9, 1, rng),
        *dome(0, 39, 24, 10.5, COPPER, -9, 14, GOLD),
        solid(rect(0, 48.6, 8, 2.6), GOLD, 2),
        *steps(0, -3, 84, 76, 5, PALE, 5),
        *storey(0, 2, 58, 12, LIMESTONE, 0, 0.08),
        *[
            p
            for x in spread(7, 46)
            for p in opening(x, 2, 4.1, 8.8, "round", 0.8, False, LAMPLIGHT.tinted((236, 150, 70)))
        ],
        solid(rect(0, 14, 58, 13.6), SHADOW.tinted((96, 66, 40)), -1.5),
        *windows(0, 14.6, 46, 12, 7, 1, rng, "round", (0.5, 0.84), 0.9),
        *[p for x in spread(8, 52.4) for d in (-0.95, 0.95) for p in column(x + d, 14, 1.3, 13.2, MARBLE, 0.8)],
        *balustrade(0, 13.6, 50, 1.6, 40, LIMESTONE, 1.2),
        *block(0, 27, 60, 6.4, LIMESTONE, 1.5),
        *band(0, 28, 50, 4, 15, 0.4, GOLD),
        *cornice(0, 32.4, 60, 1.6, LIMESTONE, 1.5),
        *mirrored(flank),
    ]


def _gilded_group() -> Pieces:
    """Harmony or Poetry with her companions and wings, all gold."""
    wing = polygon((0.5, 4.2), (4.2, 7.6), (3.6, 5.2), (1.4, 3.0))
    return [
        solid(rect(0, 0, 6, 1.2), GOLD, 0),
        *mirrored([solid(wing, GOLD, 0)]),
        *figure(0, 1, 7.4, GOLD, 0.6),
        *figure(-2, 0.8, 4, GOLD, 0.8),
        *figure(2, 0.8, 4, GOLD, 0.8),
    ]


def _lyre(x: float, y: float) -> Pieces:
    """Apollo's lyre, held up to the sky."""
    return [
        *mirrored([solid(ribbon([(0.2, y), (1.2, y + 1), (1.1, y + 2.2), (1.7, y + 3.4)], 0.7), GOLD, 1)]),
        solid(rect(x, y + 2.6, 2.4, 0.6), GOLD, 1),
        solid(rect(x, y, 0.6, 2.8), GOLD, 1),
    ]


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
        *block(0, 0, 46, 10.5, red.tinted((150, 34, 30))),
        *cornice(0, 9.6, 46, 1.4, red, 0.6),
        *windows(0, 4.6, 44, 4.6, 12, 1, rng, "round", (0.5, 0.8), 0.9),
        solid(rect(0, 3.2, 47, 1.8), red, 2.6),
        *garland([(-23, 4.1), (23, 4.1)], 0.42, LAMPLIGHT, 34),
        *[
            p
            for x in (-16, -8, 0, 8, 16)
            for p in opening(x, -2, 3.4, 4.4, "flat", 0.5, False, LAMPLIGHT.tinted((255, 150, 60)))
        ],
        *_marquee(0, 11.4, 26, 3.2),
    ]
    tower = [
        solid(taper(0, 11, 17, 11.5, 15), red, -3, "turned"),
        *windows(0, 14.6, 9, 8, 2, 2, rng, "round", (0.34, 0.6), 0.9),
        *cornice(0, 25, 11.6, 1.2, red, 2),
        *dome(0, 26.2, 5.9, 6.4, SLATE.tinted((150, 44, 44)), -2, 6, point=0.6),
        *finial(0, 32, 3.4),
    ]
    base = [solid(rect(0, -2, 48, 2.4), GREY_STONE, 1)]
    return [*base, *tower, *house, *sails, solid(ellipse(0, 26, 1.7), GOLD, 7, "turned")]


def _marquee(x: float, y: float, width: float, height: float) -> Pieces:
    """The sign: letters of neon, spelled by strokes (MOULIN ROUGE)."""
    strokes = {
        "M": "0,0,0,1 0,1,.5,.4 .5,.4,1,1 1,1,1,0",
        "O": "0,0,0,1 0,1,1,1 1,1,1,0 1,0,0,0",
        "U": "0,1,0,0 0,0,1,0 1,0,1,1",
        "L": "0,1,0,0 0,0,1,0",
        "I": ".5,0,.5,1",
        "N": "0,0,0,1 0,1,1,0 1,0,1,1",
        "R": "0,0,0,1 0,1,1,1 1,1,1,.5 1,.5,0,.5 .3,.5,1,0",
        "G": "1,1,0,1 0,1,0,0 0,0,1,0 1,0,1,.5 1,.5,.6,.5",
        "E": "1,1,0,1 0,1,0,0 0,0,1,0 0,.5,.8,.5",
        " ": "",
    }
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
        solid(taper(0, 24, 74, 66, 13), SLATE, -6, "pitched", 0.6),
        *mirrored([p for x in (14, 30) for p in block(x, 29, 2.6, 9, LIMESTONE, -4)]),
        *block(0, 0, 76, 24.6),
        *plinth(0, -3, 76, 4),
        *cornice(0, 23.4, 76, 1.6, LIMESTONE),
        *windows(0, 14, 72, 8.6, 12, 1, rng, "pointed", (0.42, 0.76), 0.75),
        *windows(0, 4, 72, 8.6, 12, 1, rng, "pointed", (0.36, 0.66), 0.6),
        *mirrored(
            [
                *block(26, 24, 5, 6, LIMESTONE, 0),
                *windows(26, 24.2, 5, 5.4, 1, 1, rng),
                solid(taper(26, 30, 6.4, 0, 5), SLATE, 0),
            ]
        ),
    ]
    for x, wide, tall in ((-11.5, 11, 27), (11.5, 11, 27), (38.5, 11, 25), (-38.5, 11, 25)):
        pieces += [
            solid(rect(x, -3, wide, tall + 3), LIMESTONE, 1, "turned"),
            *cornice(x, tall - 1.6, wide, 1.6, LIMESTONE, 5),
            carve(*[arch(x, y, 1.5, 4, "round") for y in (4, 12, 19)], front=-0.5, material=LAMPLIGHT),
            solid(taper(x, tall, wide + 2.6, 0.9, 20), SLATE, 1, "turned"),
            *finial(x, tall + 19, 5, GOLD, thick=0.8),
        ]
    return pieces


def pont_alexandre(rng: np.random.Generator) -> Pieces:
    """The Pont Alexandre III: one low arch of iron, four pylons with winged horses of gold, and lamps."""
    deck = [(float(x), 9.6 + 1.6 * (1 - (x / 46) ** 2)) for x in np.linspace(-46, 46, 41)]
    low = [(float(x), -1 + 8.6 * (1 - (x / 42) ** 2)) for x in np.linspace(-42, 42, 41)]
    web = [
        solid(
            bar(p, (p[0], float(np.interp(p[0], [d[0] for d in deck], [d[1] for d in deck]))), 0.9),
            IRON.tinted((150, 152, 140)),
            0,
        )
        for p in low[1:-1:2]
    ]
    pylon = [
        *steps(50, -4, 20, 15, 6, PALE, 4),
        *storey(50, 2, 11.6, 20, PALE, 2, 0.07),
        *opening(50, 2.6, 4, 9.5, "round", 0.8, False, SHADOW),
        *[p for x in (45.6, 54.4) for p in column(x, 3, 1.7, 16, MARBLE, 3)],
        carve(ellipse(50, 16.4, 1.6), front=0.4, material=GOLD),
        *cornice(50, 21, 11.6, 1.8, PALE, 2.6),
        *block(50, 22.8, 8, 1.8, PALE, 2),
        *placed(_winged_horse(), 50, 24.4, front=3),
        *figure(41.4, 5.4, 6.4, BRONZE, 2),
        solid(rect(41.4, -4, 4, 9.6), PALE, 2),
    ]
    lamps: Pieces = []
    for x in (-32, -22, -11, 0, 11, 22, 32):
        y = 11.4 - 1.6 * (x / 46) ** 2
        lamps += [solid(taper(x, y, 1.1, 0.8, 5.4), BRONZE, 1, "turned"), solid(rect(x, y + 4.6, 4.0, 0.7), BRONZE, 1)]
        lamps += [
            solid(ellipse(x + d, y + 5.9 + e, 0.85), LAMPLIGHT, 1, "turned") for d, e in ((-1.7, 0), (1.7, 0), (0, 1.0))
        ]
    return [
        *web,
        solid(ribbon(low, 2.4), IRON.tinted((168, 170, 156)), 1),
        solid(ribbon(deck, 2.8), PALE, 1.5),
        *[carve(ribbon([(a, b + 0.2) for a, b in deck], 0.9), front=0.5, material=GOLD)],
        *garland([(a, b - 1.8) for a, b in deck[2:-2]], 0.55, GOLD, 23),
        *lamps,
        *mirrored(pylon),
        *relief_crowd(0, 6.6, 7, 3.4, rng, 5, 1.0),
    ]


def _winged_horse() -> Pieces:
    """Fame holding Pegasus, gilded."""
    return [
        solid(rect(0, 0, 6.4, 0.8), GOLD, 0),
        solid(ellipse(0, 4.0, 3.0, 1.5), GOLD, 0, "turned", 0.6),
        *[
            solid(bar((x, 3.4), (x + d, 0.4), 0.9), GOLD, 0)
            for x, d in ((-2.2, -0.4), (-1.2, 0.3), (1.4, 0.8), (2.2, 1.4))
        ],
        solid(ribbon([(2.2, 4.2), (3.2, 6.2), (3.6, 7.4), (4.6, 7.0)], 1.6, 0.9), GOLD, 0.4),
        solid(polygon((-0.4, 4.4), (-3.6, 8.8), (-1.4, 8.2), (0.6, 9.6), (1.4, 5)), GOLD, 0.6),
        *figure(-0.9, 3.6, 5.6, GOLD, 1),
    ]
