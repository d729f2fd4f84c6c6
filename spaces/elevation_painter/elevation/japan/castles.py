"""Japan: the great keeps, and the towers of later times."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import bar, curve, ellipse, moved, polygon, rect, ribbon, spread, taper
from ..craft.kit import lattice, windows
from ..craft.materials import (
    COPPER,
    DARK_WOOD,
    GOLD,
    GREY_STONE,
    KAWARA,
    LACQUER,
    LAMPLIGHT,
    PLASTER,
    Material,
)
from ..craft.relief import Pieces, carve, mirrored, solid
from .roofs import gable, karahafu, roof, shachihoko

SHOJI = Material((255, 214, 150), "smooth", 0.0, 0.0, 0.8)


def _ishigaki(x: float, bottom: float, top: float, height: float) -> Pieces:
    """The curved dry-stone base of a keep."""
    side = curve([(bottom / 2, 0), (bottom * 0.36 + top * 0.14, height * 0.42), (top / 2, height)], 8)
    stone = replace(GREY_STONE, relief=2.0)
    return [
        solid(
            polygon(*[(x + a, b) for a, b in side], *[(x - a, b) for a, b in reversed(side)]), stone, 2, "pitched", 0.12
        )
    ]


def _walls(
    y: float, width: float, height: float, wall: Material, slats: int, front: float, boards: Material | None = None
) -> Pieces:
    """One storey: plaster (or boards below it) with rows of slatted windows."""
    pieces: Pieces = [solid(rect(0, y, width, height), wall, front)]
    if boards:
        pieces.append(carve(rect(0, y, width, height * 0.5), front=0.2, material=boards))
    panes = [rect(x, y + height * 0.30, width / slats * 0.52, height * 0.44) for x in spread(slats, width * 0.92)]
    bars = [
        rect(x + d, y + height * 0.30, width / slats * 0.05, height * 0.44)
        for x in spread(slats, width * 0.92)
        for d in (-width / slats * 0.15, 0, width / slats * 0.15)
    ]
    return [*pieces, carve(*panes, front=-0.3, material=SHOJI), carve(*bars, front=0.3, material=DARK_WOOD)]


def himeji(_rng: np.random.Generator) -> Pieces:
    """Himeji, the White Heron: a white keep of five roofs with gables of every kind, on its stone base."""
    pieces = _ishigaki(0, 50, 39, 15)
    wing = [*_walls(10, 12, 8, PLASTER, 3, -3), *roof(0, 18, 8.4, 3.4, 4, 1.1, KAWARA, -3)]
    pieces += [replace(p, outlines=tuple(moved(o, s * 25.5) for o in p.outlines)) for s in (-1, 1) for p in wing]
    pieces += [*_walls(15, 37, 6.4, PLASTER, 11, 0), *roof(0, 21.4, 23.4, 16, 4.4, 1.6)]
    pieces += mirrored(gable(10.5, 21.4, 7.4, 5.6, front=1))
    pieces += [
        *_walls(25, 32, 5.6, PLASTER, 9, 0),
        *roof(0, 30.6, 20.4, 13, 4.6, 1.5),
        *gable(0, 30.0, 11.6, 9.2, front=1),
    ]
    pieces += [
        *_walls(34.6, 26, 4.4, PLASTER, 7, -1),
        *roof(0, 38.6, 17, 10, 4, 1.4, KAWARA, -1),
        *karahafu(0, 38.9, 6.2, 3.2, front=0),
    ]
    pieces += mirrored(gable(8.6, 38.4, 4.6, 4.2, front=0))
    pieces += [
        *_walls(42.2, 19, 4.6, PLASTER, 5, -2),
        *roof(0, 46.6, 13, 8.4, 3.2, 1.2, KAWARA, -2),
        *karahafu(0, 46.9, 4.4, 2.2, front=-1),
    ]
    pieces += [
        *_walls(49.4, 15.4, 5.0, PLASTER, 5, -3),
        *roof(0, 54.2, 12.4, 6.6, 5.6, 1.5, KAWARA, -3),
        *gable(0, 54.8, 5.6, 4.9, front=-2),
    ]
    return [*pieces, *shachihoko(-6.2, 60, 2.4, 1), *shachihoko(6.2, 60, 2.4, -1)]


def osaka(_rng: np.random.Generator) -> Pieces:
    """Osaka: white and black walls, green copper roofs, golden tigers and gables."""
    green = replace(COPPER, texture="tiles", relief=1.2, colour=(104, 168, 140))
    black = DARK_WOOD.tinted((52, 48, 50))
    pieces = _ishigaki(0, 56, 44, 14)
    pieces += [
        *_walls(14, 42, 7, PLASTER, 9, 0),
        *roof(0, 21, 26, 18.6, 5, 1.8, green),
        *mirrored(gable(12, 21, 8.4, 6.2, green, 1)),
    ]
    pieces += [
        *_walls(25.4, 36, 6, PLASTER, 8, 0),
        *roof(0, 31.2, 22.6, 14.6, 5.2, 1.7, green),
        *gable(0, 30.8, 12.4, 9.6, green, 1),
    ]
    pieces += [
        *_walls(36, 28, 5.4, PLASTER, 7, -1),
        *roof(0, 41.2, 18.4, 11.6, 4.2, 1.5, green, -1),
        *karahafu(0, 41.6, 6, 3.2, green),
    ]
    pieces += [solid(rect(0, 45.2, 21.4, 7.6), black, -2), carve(rect(0, 46.0, 20.6, 0.5), front=0.2, material=GOLD)]
    for s in (-1, 1):  # the tigers
        body = curve([(s * 2.2, 47.4), (s * 4.6, 48.2), (s * 7.4, 47.6), (s * 8.8, 49.4)], 5)
        pieces += [
            carve(
                ribbon(body, 1.5, 0.7),
                ellipse(s * 2.1, 48.0, 1.0),
                *[bar((s * x, 47.6), (s * x, 46.6), 0.55) for x in (3, 4, 6.4, 7.2)],
                front=0.5,
                material=GOLD,
            )
        ]
    pieces += [
        carve(*[rect(x, 50.0, 2.8, 2.0) for x in spread(6, 20)], front=-0.3, material=SHOJI),
        solid(rect(0, 49.0, 23.4, 0.9), LACQUER, 0),
    ]
    pieces += [*roof(0, 52.8, 15.2, 8.4, 6.4, 1.8, green, -2), *gable(0, 53.2, 6.8, 5.8, green, -1)]
    beads = [ellipse(x, 54.0 + 1.3 * (abs(x) / 15) ** 3, 0.42, steps=10) for x in spread(17, 28)]
    return [*pieces, carve(*beads, front=0.4, material=GOLD), *shachihoko(-8, 59.6, 3, 1), *shachihoko(8, 59.6, 3, -1)]


def tokyo_tower(rng: np.random.Generator) -> Pieces:
    """Tokyo Tower, 333 m: international orange and white, two observatories."""
    orange, white = Material((244, 92, 36), "plates", 0.7, 0.3), Material((246, 240, 230), "plates", 0.7, 0.3)
    levels = (0, 20, 45, 75, 110, 145, 190, 225, 250)
    outer = (47, 40, 32.5, 26, 20, 15.6, 10.8, 7.6, 6.4)

    def half(y: float) -> float:
        return float(np.interp(y, levels, outer))

    pieces: Pieces = [
        solid(rect(0, 0, 34, 18), GREY_STONE, -4),
        *windows(0, 1, 32, 16, 8, 3, rng, fill=(0.7, 0.6), lit=0.8),
        *mirrored([solid(rect(42, -4, 18, 6), GREY_STONE, 4)]),
    ]
    for k, (low, high) in enumerate(((2, 24), (24, 48), (48, 72), (72, 96), (96, 119))):
        inner = (26, 20.5, 14, 7.6, 2.4, 0.9)
        paint = white if k == 4 else orange
        pieces += mirrored(
            lattice((half(low), low), (half(high), high), (inner[k + 1], high), (inner[k], low), 2, 2.6, paint)
        )
        pieces += [solid(rect(0, high - 1.5, 2 * half(high) + 1, 3), paint, 2.6)]
    pieces += [solid(bar((0, 30), (0, 250), 5.4), Material((190, 74, 36), "plates"), -3)]
    ring = [(24 * float(np.cos(t)), 22 + 12 * float(np.sin(t))) for t in np.linspace(0, np.pi, 21)]
    pieces += [solid(ribbon(ring, 2.6), orange, 3)]
    for k, (low, high) in enumerate(((134, 160), (160, 185), (185, 206), (206, 224))):
        paint = (orange, white, orange, orange)[k]
        a, b = half(low), half(high)
        pieces += lattice((-a, low), (-b, high), (b, high), (a, low), 2, 2.5, paint)
    for y, deck, tall in ((119, 42, 15), (223, 20, 8)):
        pieces += [
            solid(taper(0, y - 4, deck * 0.8, deck, 4), white, 4),
            solid(rect(0, y, deck, tall), white, 5),
            carve(
                rect(0, y + tall * 0.16, deck, tall * 0.26),
                rect(0, y + tall * 0.58, deck, tall * 0.26),
                front=-0.8,
                material=LAMPLIGHT,
            ),
            carve(*[rect(x, y, deck * 0.02, tall) for x in spread(12, deck)], front=0.5, material=white),
        ]
    for k, (foot, head, wide) in enumerate(
        ((231.0, 252.0, 10.0), (252.0, 270.0, 6.6), (270.0, 288.0, 5.4), (288.0, 308.0, 4.6), (308.0, 333.0, 3.8))
    ):
        pieces += [solid(taper(0, foot, wide, wide * 0.8, head - foot), white if k % 2 else orange, 2, "turned")]
        pieces += [solid(rect(0, head - 1.2, wide * 1.3, 1.6), white, 2.4)]
    return pieces


def skytree(_rng: np.random.Generator) -> Pieces:
    """Tokyo Skytree, 634 m: a white trunk of steel net, two decks like discs, a mast."""
    white = Material((226, 234, 246), "plates", 0.5, 0.4)
    half = (36, 24.5, 19.5, 17, 15.4, 14.6)
    levels = (0, 70, 150, 230, 300, 350)

    def at(y: float) -> float:
        return float(np.interp(y, levels, half))

    side = [(at(y), y) for y in np.linspace(0, 350, 15)]
    pieces: Pieces = [
        solid(rect(0, -8, 110, 8.4), GREY_STONE, 4),
        solid(
            polygon(*side, *[(-x, y) for x, y in reversed(side)]),
            Material((74, 96, 140), "smooth", 0.4, 0.4),
            -4,
            "turned",
            0.6,
        ),
    ]
    for y in np.arange(0, 345, 19.0):
        top = min(y + 19, 350)
        a, b = at(y), at(top)
        for s in np.linspace(-1, 1, 4)[:-1]:
            w = 2 / 3
            pieces += [
                solid(bar((s * a, y), ((s + w) * b, top), 2.5), white, 1),
                solid(bar(((s + w) * a, y), (s * b, top), 2.5), white, 1),
            ]
        pieces += [solid(rect(0, top - 1.2, 2 * b, 2.4), white, 1.6)]
    pieces += [solid(bar((s * 36, 0), (s * at(70), 70), 4.5), white, 2) for s in (-1, 1)]
    for y, foot, deck, tall in ((340, 34, 66, 26), (440, 22, 44, 18)):
        pieces += [
            solid(taper(0, y - tall * 0.7, foot, deck, tall * 0.7), white, 2, "turned"),
            solid(rect(0, y, deck, tall), white, 3, "turned"),
            carve(
                rect(0, y + tall * 0.16, deck, tall * 0.2),
                rect(0, y + tall * 0.56, deck, tall * 0.22),
                front=-1,
                material=LAMPLIGHT,
            ),
            solid(taper(0, y + tall, deck * 0.94, foot * 0.8, tall * 0.3), white, 2, "turned"),
        ]
    pieces += [
        *lattice((-11, 374), (-9.5, 430), (9.5, 430), (11, 374), 3, 2.6, white),
        solid(rect(0, 372, 11, 60), Material((74, 96, 140), "smooth", 0.4), -2, "turned"),
    ]
    for start, end, wide in ((462.0, 500.0, 14.0), (500.0, 560.0, 11.0), (560.0, 634.0, 7.4)):
        pieces += [solid(taper(0, start, wide, wide * 0.9, end - start), white, 1, "turned")]
        pieces += [
            solid(rect(0, y, wide * 1.2, 2.2), white, 1.4, "turned") for y in np.arange(start, end, 12.0).tolist()
        ]
    return [*pieces, solid(rect(0, 628, 8, 6), LAMPLIGHT, 2)]
