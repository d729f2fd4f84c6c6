"""Things turned on a wheel or blown: bottles, vases, cups, candles."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import curve, ellipse, lathe, polygon, rect, ribbon, spread
from ..craft.materials import DARK_WOOD, GLASS, GOLD, PORCELAIN, SHADOW, Material
from ..craft.relief import Pieces, carve, mirrored, solid
from ..prompt.style import BRASS, Style


def bottle(style: Style, rng: np.random.Generator) -> Pieces:
    """A bottle: wine, or perfume with its facets, gilded collar and stopper."""
    if style.says("perfume", "parfum", "cologne", "香水", "flacon"):
        return _flacon(style, rng)
    glass = style.made_of(GLASS.tinted((46, 112, 74)))
    shoulder = float(rng.uniform(15.6, 17.4))
    outline = lathe(
        [
            (3.9, 0),
            (4.0, 0.5),
            (4.0, shoulder - 2),
            (3.4, shoulder),
            (1.6, shoulder + 3),
            (1.35, shoulder + 5),
            (1.3, 28),
        ],
        smooth=5,
    )
    return [
        solid(outline, glass, 0, "turned"),
        carve(
            rect(-2.5, 1, 0.5, shoulder - 2),
            front=0.12,
            material=replace(glass, colour=(210, 236, 220)),
        ),
        solid(rect(0, 26.4, 3.5, 1.1), glass, 0.4, "turned"),
        solid(rect(0, 27.4, 2.8, 3.6), DARK_WOOD.tinted((120, 34, 40)), 0.2, "turned"),
        carve(rect(0, 4, 7.0, 8.4), front=0.06, material=Material((240, 230, 206), "smooth", 0.4)),
        carve(rect(0, 4.5, 6.2, 0.3), rect(0, 11.5, 6.2, 0.3), front=0.05, material=GOLD),
        carve(rect(0, 9.2, 4.4, 0.7), rect(0, 7.9, 3.4, 0.45), rect(0, 7.0, 3.8, 0.45), front=0.04, material=SHADOW),
        carve(ellipse(0, 5.8, 0.65), front=0.06, material=GOLD),
    ]


def _flacon(style: Style, rng: np.random.Generator) -> Pieces:
    """A perfume bottle: cut crystal, amber inside, a faceted stopper."""
    liquid = style.made_of(GLASS.tinted((244, 176, 96)))
    liquid = replace(liquid, shine=0.9, glow=0.18, texture="smooth", relief=0.3)
    crystal = GLASS.tinted((206, 222, 236))
    full = float(rng.uniform(10.4, 12.6))
    body = polygon((-6.4, 0.8), (-5.6, 0), (5.6, 0), (6.4, 0.8), (6.4, 13), (4.2, 15.4), (-4.2, 15.4), (-6.4, 13))
    inner = polygon((-5.2, 1.6), (5.2, 1.6), (5.2, full), (-5.2, full))
    facets = [polygon((s * 6.4, 0.8), (s * 5.2, 1.6), (s * 5.2, 12.8), (s * 6.4, 13)) for s in (-1, 1)]
    stopper = polygon((-2.2, 18.6), (2.2, 18.6), (3.4, 21.0), (2.4, 24.2), (-2.4, 24.2), (-3.4, 21.0))
    return [
        solid(body, crystal, 0, "ridged", 0.18),
        carve(inner, front=-0.2, material=liquid),
        carve(*facets, front=-0.5, material=crystal.tinted((166, 196, 224))),
        carve(
            polygon((-5.2, full), (5.2, full), (5.2, full + 0.35), (-5.2, full + 0.35)),
            front=0.2,
            material=replace(crystal, glow=0.3),
        ),
        carve(rect(-4.2, 2.2, 0.7, 9.6), front=0.2, material=replace(crystal, glow=0.25)),
        carve(rect(0, 4.2, 5.0, 4.8), front=0.25, material=Material((248, 240, 222), "smooth", 0.3)),
        carve(rect(0, 4.5, 4.4, 0.2), rect(0, 8.5, 4.4, 0.2), front=0.1, material=GOLD),
        carve(rect(0, 6.7, 3.2, 0.7), rect(0, 5.6, 2.2, 0.35), front=0.08, material=SHADOW),
        solid(rect(0, 15.4, 4.6, 1.6), GOLD, 0.4, "turned"),
        solid(rect(0, 16.8, 3.4, 2.0), GOLD, 0.3, "turned"),
        carve(*[rect(x, 16.9, 0.16, 1.8) for x in spread(9, 3.2)], front=-0.1),
        solid(stopper, crystal, 0, "ridged", 0.5),
        carve(
            polygon((-2.2, 18.6), (0, 21), (-3.4, 21)),
            polygon((2.4, 24.2), (0, 21), (3.4, 21)),
            front=0.3,
            material=crystal.tinted((240, 206, 160)),
        ),
    ]


def vase(style: Style, rng: np.random.Generator) -> Pieces:
    """A tall vase, banded and flowered."""
    clay = style.made_of(PORCELAIN)
    ink = Material((40, 80, 176), "smooth", 0.3, 0.6) if clay.colour != (52, 100, 206) else GOLD
    belly = float(rng.uniform(7.6, 9.2))
    outline = lathe(
        [
            (4.0, 0),
            (4.4, 0.8),
            (4.2, 2),
            (6.4, 6.5),
            (belly, 12.5),
            (belly * 0.86, 17.5),
            (4.2, 22.5),
            (2.9, 25),
            (3.2, 27.2),
            (4.8, 29.4),
        ],
        smooth=6,
    )
    pieces: Pieces = [solid(outline, clay, 0, "turned")]
    for y, tall in ((1.2, 0.5), (5.2, 0.4), (18.2, 0.5), (24.4, 0.5), (28.4, 0.7)):
        pieces.append(carve(rect(0, y, 20, tall), front=0.1, material=ink))
    for x, y, size in (
        (0, 11.6, 2.0),
        (-5.2, 11.2, 1.5),
        (5.2, 11.2, 1.5),
        (-2.7, 15.6, 1.1),
        (2.7, 15.6, 1.1),
        (-2.6, 7.9, 1.0),
        (2.6, 7.9, 1.0),
    ):
        turns = np.linspace(0, 2 * np.pi, 6, endpoint=False) + float(rng.uniform(0, 1))
        petals = [
            ellipse(x + size * 0.62 * float(np.cos(t)), y + size * 0.62 * float(np.sin(t)), size * 0.36, steps=12)
            for t in turns
        ]
        pieces += [
            carve(*petals, front=0.08, material=ink),
            carve(ellipse(x, y, size * 0.26), front=0.1, material=GOLD),
        ]
    stems = [ribbon(curve([(s * 0.6, 6.2), (s * 3.8, 9), (s * 2.2, 13), (s * 4.8, 17)], 5), 0.32) for s in (-1, 1)]
    return [
        *pieces,
        carve(*stems, front=0.06, material=ink),
        carve(*[rect(x, 2.4, 0.9, 2.2) for x in spread(9, 10)], front=0.06, material=ink),
    ]


def cup(style: Style, rng: np.random.Generator) -> Pieces:
    """A cup on its saucer, steam-warm."""
    clay = style.made_of(PORCELAIN)
    trim = GOLD
    ear = curve([(6.2, 8.4), (9.2, 8.6), (9.8, 5.8), (7.6, 3.6), (4.8, 3.0)], 6)
    lip = float(rng.uniform(7.0, 7.6))
    return [
        solid(ribbon(ear, 1.3), clay, 0),
        solid(lathe([(2.6, 0.6), (4.4, 1.2), (6.2, 4.4), (lip, 10.6)], smooth=6), clay, 0, "turned"),
        solid(rect(0, 10.1, 2 * lip, 0.7), trim, 0.3, "turned"),
        carve(rect(0, 6.6, 16, 0.35), rect(0, 7.4, 16, 0.2), front=0.08, material=trim),
        *[carve(ellipse(x, 5.0, 0.75, 0.95), front=0.1, material=clay.tinted((70, 110, 190))) for x in spread(6, 11)],
        solid(lathe([(3.2, -0.6), (7.6, 0.2), (9.4, 1.2), (9.6, 1.5), (6, 1.0)], smooth=4), clay, 0.6, "turned"),
        solid(rect(0, 1.05, 19, 0.55), trim, 1, "turned"),
    ]


def goblet(style: Style, rng: np.random.Generator) -> Pieces:
    """A goblet: glass if wine is meant, gilded with handles as a trophy."""
    if style.says("wine glass", "champagne glass"):
        glass = style.made_of(GLASS.tinted((204, 224, 238)))
        return [
            solid(
                lathe(
                    [(4.6, 0), (4.4, 0.5), (0.9, 1.2), (0.7, 9), (1.4, 10.4), (4.6, 13), (5.2, 17), (4.4, 22.6)],
                    smooth=6,
                ),
                glass,
                0,
                "turned",
            ),
            carve(
                lathe([(1.2, 11), (4.2, 13.2), (4.8, 17.6)], smooth=6),
                front=0,
                material=replace(glass, colour=(150, 24, 48), glow=0.1),
            ),
            carve(rect(-2.9, 12.6, 0.5, 8.6), front=0.1, material=replace(glass, glow=0.3)),
        ]
    metal = style.made_of(GOLD)
    ears = [ribbon(curve([(4.6, 20.6), (8.4, 21.4), (8.6, 17), (5.4, 13.4), (2.6, 12.6)], 6), 1.0)]
    tall = float(rng.uniform(21.4, 23))
    return [
        solid(rect(0, -3.4, 10.4, 3.6), DARK_WOOD, 1),
        carve(rect(0, -2.6, 5.6, 1.8), front=0.2, material=BRASS),
        *mirrored([solid(ears[0], metal, 0)]),
        solid(
            lathe(
                [
                    (4.4, 0),
                    (4.2, 1),
                    (2.2, 2),
                    (1.0, 4.2),
                    (1.9, 6.2),
                    (1.0, 8),
                    (1.6, 10),
                    (4.2, 12.6),
                    (5.4, 17),
                    (5.8, tall),
                ],
                smooth=6,
            ),
            metal,
            0,
            "turned",
        ),
        solid(rect(0, tall - 0.9, 12.2, 1.1), metal, 0.4, "turned"),
        carve(rect(0, 14.2, 14, 0.4), rect(0, 19.2, 14, 0.4), front=0.15),
        *[
            carve(
                polygon(
                    (0, 18.6),
                    (0.5, 17.2),
                    (1.9, 17.2),
                    (0.8, 16.4),
                    (1.2, 15.0),
                    (0, 15.8),
                    (-1.2, 15.0),
                    (-0.8, 16.4),
                    (-1.9, 17.2),
                    (-0.5, 17.2),
                ),
                front=0.3,
            )
        ],
        carve(*[ellipse(x, 12.4, 0.5, 1.1) for x in spread(5, 6.6)], front=0.25, form="turned"),
    ]


def teapot(style: Style, rng: np.random.Generator) -> Pieces:
    """A teapot: round belly, spout, handle, knob."""
    clay = style.made_of(PORCELAIN.tinted((74, 128, 132)))
    spout = curve([(5.6, 4.6), (8.6, 6.0), (9.6, 9.4), (11.6, 11.4)], 6)
    ear = curve([(-6.2, 10.4), (-10.0, 11.6), (-11.2, 7.8), (-9.0, 4.6), (-6.4, 4.2)], 6)
    belly = float(rng.uniform(7.2, 7.9))
    return [
        solid(ribbon(spout, 3.4, 1.5), clay, 0),
        solid(ribbon(ear, 1.3), clay, 0),
        solid(lathe([(4, 0), (4.4, 0.6), (belly, 5.6), (6, 10.6), (3.4, 12.4)], smooth=6), clay, 0, "turned"),
        carve(*[rect(0, y, 17, 0.3) for y in (3.2, 8.8)], front=0.1, material=BRASS),
        solid(lathe([(3.6, 12.2), (3.2, 13.2), (1.4, 14.2), (0.6, 14.6)], smooth=4), clay, 0.4, "turned"),
        solid(rect(0, 12.0, 7.4, 0.5), BRASS, 0.6, "turned"),
        solid(ellipse(0, 15.4, 1.15), BRASS, 0.4, "turned"),
        carve(*[ellipse(x, 6.0, 0.8, 1.2) for x in spread(6, 12)], front=0.1, material=BRASS),
    ]


def bowl(style: Style, rng: np.random.Generator) -> Pieces:
    """A footed bowl with a glazed rim."""
    clay = style.made_of(PORCELAIN.tinted((88, 132, 150)))
    return [
        solid(rect(0, 0, 8, 1.6), clay, 0, "turned"),
        solid(lathe([(3.8, 1.2), (6.4, 2.2), (9.2, 5.6), (10.4, 10)], smooth=6), clay, 0, "turned"),
        solid(rect(0, 9.4, 21.2, 0.8), GOLD, 0.4, "turned"),
        carve(
            *[ellipse(x, 5.8 + float(rng.uniform(-0.2, 0.2)), 0.9, 1.9) for x in spread(9, 16.5)],
            front=0.14,
            form="turned",
            bulge=0.5,
        ),
        carve(rect(0, 2.6, 22, 0.35), front=0.1, material=GOLD),
    ]
