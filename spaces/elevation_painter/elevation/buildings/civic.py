"""What a city puts up in its squares: palaces, skyscrapers, columns, statues, fountains."""

import numpy as np

from ..craft.geometry import bar, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import column, cornice, dome, opening, pediment, steps, storey, windows
from ..craft.materials import (
    BRONZE,
    GOLD,
    LAMPLIGHT,
    LIMESTONE,
    SHADOW,
    SLATE,
    STEEL,
    Material,
)
from ..craft.ornament import balustrade, figure, finial, relief_crowd
from ..craft.relief import Pieces, carve, mirrored, solid
from ..prompt.style import Style


def skyscraper(style: Style, rng: np.random.Generator) -> Pieces:
    """Art deco setbacks, ribs of light, a stepped crown and a needle."""
    stone = style.made_of(LIMESTONE)
    pieces: Pieces = [*storey(0, 0, 44, 10, stone, 3, 0.1), *opening(0, 0, 7, 8, "round", 1.2, False, LAMPLIGHT)]
    y = 10.0
    for k, (width, height) in enumerate(((38, 24), (30, 38), (22, 30), (14, 12), (9, 8))):
        pieces += [solid(rect(0, y, width, height), stone, -2 * k)]
        pieces += windows(
            0,
            y + 0.6,
            width - 2,
            height - 2,
            int(width // 2.6),
            int(height // 3.2),
            rng,
            "flat",
            (0.5, 0.66),
            0.6,
            0.08,
            sill=False,
        )
        ribs = [
            rect(x, y, 0.9, height + 1) for x in np.linspace(-width / 2 + 0.6, width / 2 - 0.6, int(width // 5) + 1)
        ]
        pieces += [carve(*ribs, front=0.8), *cornice(0, y + height - 1, width, 1.2, stone, -2 * k)]
        y += height
    return [
        *pieces,
        *dome(0, y, 3.6, 7, STEEL, 0, 6, point=0.8),
        solid(taper(0, y + 5, 2.2, 1.2, 26), STEEL, 0, "turned"),
    ]


def palace(style: Style, rng: np.random.Generator) -> Pieces:
    """A long garden front: two storeys, a pedimented middle, corner pavilions under mansards."""
    stone = style.body
    wing = [
        *storey(34, 0, 16, 26, stone, 2, 0.06),
        *windows(34, 2.4, 14, 9, 3, 1, rng, "round", (0.5, 0.8), 0.85),
        *windows(34, 13, 14, 10, 3, 1, rng, "flat", (0.46, 0.8), 0.85),
        solid(taper(34, 26, 18, 10, 9), SLATE, 2, "pitched", 0.5),
        *windows(34, 26.4, 9, 5.6, 2, 1, rng, "round", (0.4, 0.8)),
        *balustrade(34, 35, 10, 1.2, 7, stone, 0),
        *finial(34, 36, 4),
    ]
    return [
        *steps(0, -2.4, 92, 86, 2.6, stone, 3),
        solid(taper(0, 24, 60, 54, 6), SLATE, -4, "pitched", 0.6),
        *storey(0, 0, 54, 24, stone, 0, 0.06),
        *windows(0, 2.4, 52, 9, 11, 1, rng, "round", (0.46, 0.8), 0.85),
        *windows(0, 12.6, 52, 9, 11, 1, rng, "flat", (0.42, 0.8), 0.85),
        *balustrade(0, 24, 54, 1.6, 36, stone, 0),
        *mirrored(wing),
        *storey(0, 0, 20, 26, stone, 2, 0.06),
        *[p for x in (-8.4, -4.2, 4.2, 8.4) for p in column(x, 2, 1.8, 21.6, stone, 3)],
        *opening(0, 0, 4.6, 9.6, "round", 0.8, False, LAMPLIGHT),
        *windows(0, 12.4, 6, 10, 1, 1, rng, "round", (0.7, 0.84), 1),
        *pediment(0, 26, 22, 6, stone, 3),
        *finial(0, 31.6, 4.4),
    ]


def monument(style: Style, rng: np.random.Generator) -> Pieces:
    """A column of honour: steps, a base with reliefs, a fluted shaft, a winged figure of gold."""
    stone = style.body
    wing = polygon((0.6, 43.4), (2.4, 46.6), (4.8, 48.2), (4.0, 44.4), (1.0, 41.4))
    return [
        *steps(0, 0, 26, 19, 4, stone, 5),
        *storey(0, 4, 13, 9, stone, 0, 0.12),
        *relief_crowd(0, 5.4, 9.6, 6, rng, 5, 0.7),
        *mirrored([solid(rect(9.2, 4, 3, 3), stone, 3), *finial(9.2, 7, 4.4, BRONZE, thick=1.0)]),
        solid(lathe([(4.0, 0), (3.8, 1.0), (2.9, 1.8)], 0, 13), stone, 1, "turned"),
        solid(taper(0, 14.4, 5.4, 4.6, 19), stone, 0, "turned"),
        carve(*[rect(x, 14.6, 0.34, 18.6) for x in (-2.1, -1.4, -0.7, 0, 0.7, 1.4, 2.1)], front=-0.2),
        *[solid(rect(0, y, 6.0, 0.9), GOLD, 0.4, "turned") for y in (20, 27)],
        solid(lathe([(2.4, 0), (2.8, 0.9), (4.0, 2.6), (4.2, 3.6)], 0, 33), stone, 0.6, "turned"),
        solid(rect(0, 36.4, 4, 1.6), stone, 1),
        *mirrored([solid(wing, GOLD, 1)]),
        *figure(0, 37.8, 9, GOLD, 1.6),
    ]


def statue(style: Style, rng: np.random.Generator) -> Pieces:
    """A statue: a draped standing figure with a laurel wreath and a scroll, on a pedestal."""
    metal = style.made_of(BRONZE)
    base = style.body if not style.says("bronze", "gold", "golden") else LIMESTONE
    robe = lathe([(4.8, 0), (4.4, 6), (3.6, 12), (3.0, 17), (3.9, 21), (3.4, 22.6), (1.3, 23.6)], 0, 20, 5)
    folds = [
        ribbon(curve([(x * 1.3, 20.4), (x + float(rng.uniform(-0.5, 0.5)), 29), (x * 0.55, 38)], 4), 0.5)
        for x in np.linspace(-3.4, 3.4, 8)
    ]
    leaves = [ellipse(s * (0.5 + 0.42 * k), 47.9 - 0.16 * k * k, 0.42, 0.3, 12) for s in (-1, 1) for k in range(4)]
    return [
        *steps(0, 0, 24, 19, 3, base, 3),
        *storey(0, 3, 13, 15, base, 0, 0.1),
        carve(rect(0, 6, 8.6, 8.6), front=0.3),
        *relief_crowd(0, 6.6, 7.4, 6.6, rng, 5, 0.5),
        solid(rect(0, 18, 11, 2.2), metal, 0.4),
        solid(ribbon(curve([(3.3, 41.6), (4.9, 37), (4.5, 32.4), (3.6, 29.6)], 5), 1.9, 1.4), metal, 0),
        solid(robe, metal, 0, "turned", 0.8),
        carve(*folds, front=0.35, form="turned"),
        carve(bar((-3.4, 40), (3.2, 30), 1.4), front=0.5),
        solid(bar((-3.2, 40.6), (-4.6, 34.6), 1.9), metal, 1),
        solid(bar((-4.6, 34.6), (-1.8, 33.4), 1.5), metal, 2),
        solid(bar((-2.6, 31.4), (-2.0, 36.4), 1.3), metal, 2.6),
        carve(bar((-2.9, 32), (-2.5, 36.2), 0.25), front=-0.3),
        solid(rect(0, 43, 1.9, 2.4), metal, 1, "turned"),
        solid(ellipse(0, 46.4, 1.8, 2.4), metal, 1.4, "turned"),
        carve(
            ellipse(-0.7, 46.8, 0.35, 0.18),
            ellipse(0.7, 46.8, 0.35, 0.18),
            rect(0, 45.2, 0.8, 0.2),
            front=-0.3,
            material=SHADOW,
        ),
        carve(taper(0, 45.7, 0.5, 0.25, 1), front=0.25),
        carve(*leaves, front=0.35, material=GOLD),
    ]


def fountain(style: Style, rng: np.random.Generator) -> Pieces:
    """Three basins and their water, lit from below."""
    stone = style.body
    water = Material((150, 200, 236), "grain", 0.8, 0.7, 0.22)
    pieces: Pieces = [
        solid(rect(0, -1, 52, 2.4), stone, 1),
        solid(lathe([(24, 0), (25.4, 2.4), (25.8, 5.4)], 0, 1), stone, 0, "turned", 0.3),
        solid(rect(0, 5.6, 53, 1.8), stone, 3, "turned", 0.2),
        carve(*[rect(x, 1.6, 2.2, 3.2) for x in spread(15, 48)], front=0.4),
    ]
    for y, wide, tall, drop in ((6, 15.4, 10, 10), (17.6, 9.6, 7.4, 10), (26.4, 5.2, 5, 8)):
        pieces += [
            solid(lathe([(2.6, 0), (1.5, tall * 0.5), (2.2, tall)], 0, y, 4), stone, 0, "turned"),
            solid(lathe([(1.6, 0), (wide * 0.7, 1.0), (wide, 2.6)], 0, y + tall - 1, 4), stone, 1, "turned", 0.4),
            solid(rect(0, y + tall + 1.4, 2 * wide, 0.8), stone, 3, "turned", 0.3),
        ]
        for x in spread(7, 1.9 * wide):
            reach = float(rng.uniform(0.8, 1.0)) * drop
            pieces.append(solid(taper(x, y + tall + 1.6 - reach, 1.5, 0.7, reach), water, 3, "turned"))
    jet = lathe([(0.5, 0), (0.6, 5), (1.3, 8), (0.4, 10)], 0, 33, 4)
    return [
        *pieces,
        solid(jet, water, 2, "turned"),
        *mirrored([solid(ribbon(curve([(0.4, 33), (2.2, 39.4), (4.4, 33.6)], 6), 0.7), water, 2)]),
    ]
