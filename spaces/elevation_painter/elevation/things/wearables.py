"""For a showroom: what is worn and carried."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.materials import (
    COLD_LIGHT,
    DARK_GLASS,
    FABRIC,
    GLASS,
    GOLD,
    LACQUER,
    LAMPLIGHT,
    LEATHER,
    PLASTER,
    PORCELAIN,
    SHADOW,
    STEEL,
)
from ..craft.relief import Pieces, carve, cut, mirrored, solid
from ..prompt.style import BRASS, Style, pick


def watch(style: Style, rng: np.random.Generator) -> Pieces:
    """A wristwatch: case, dial with hours, three hands, a strap above and below."""
    metal = style.made_of(GOLD if rng.random() < 0.5 else STEEL)
    strap = LEATHER
    face = DARK_GLASS.tinted((30, 44, 80)) if rng.random() < 0.5 else PORCELAIN
    mark = GOLD if face is not PORCELAIN else SHADOW
    hours = [
        bar((7.0 * float(np.cos(t)), 7.0 * float(np.sin(t))), (8.8 * float(np.cos(t)), 8.8 * float(np.sin(t))), 0.7)
        for t in np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ]
    ticks = [
        ellipse(9.4 * float(np.cos(t)), 9.4 * float(np.sin(t)), 0.13, steps=8)
        for t in np.linspace(0, 2 * np.pi, 60, endpoint=False)
    ]
    band = [
        solid(taper(0, 9, 13.4, 10.4, 15), strap, -2, "turned", 0.12),
        carve(*[rect(s * 5.4, 9, 0.2, 14.6) for s in (-1, 1)], front=0.2, material=strap.tinted((206, 170, 130))),
    ]
    below = [replace(p, outlines=tuple(o * [1, -1] for o in p.outlines)) for p in band]
    return [
        *band,
        *below,
        carve(*[ellipse(0, -y, 0.5) for y in (17, 19.4, 21.8)], front=-0.5, material=SHADOW),
        *mirrored(
            [
                solid(polygon((4.6, 8), (7.6, 7.4), (7.2, 13), (5.6, 13)), metal, 0),
                solid(polygon((4.6, -8), (7.6, -7.4), (7.2, -13), (5.6, -13)), metal, 0),
            ]
        ),
        solid(rect(12.8, -1.3, 2.4, 2.6), metal, 0),
        carve(*[rect(12.8, y, 2.4, 0.2) for y in np.arange(-1.1, 1.3, 0.5)], front=-0.2),
        solid(ellipse(0, 0, 12), metal, 0, "turned", 0.3),
        carve(ellipse(0, 0, 10.6), front=-0.4, material=metal.tinted((160, 150, 130))),
        carve(ellipse(0, 0, 10.1), front=-0.3, material=face),
        carve(*hours, *ticks, front=0.12, material=mark),
        carve(ellipse(0, -4.6, 2.3), front=-0.12),
        carve(bar((0, -4.6), (1.2, -3.2), 0.2), front=0.14, material=mark),
        carve(bar((0, 0), (-4.6, 3.2), 0.85, 0.4), bar((0, 0), (5.6, 5.2), 0.65, 0.3), front=0.3, material=mark),
        carve(bar((1.0, 2.4), (-2.6, -7.4), 0.22), front=0.4, material=LACQUER),
        carve(ellipse(0, 0, 0.7), front=0.5, material=metal),
    ]


def shoe(style: Style, rng: np.random.Generator) -> Pieces:
    """A sneaker in profile: sole, toe cap, laces, stripes."""
    upper = style.made_of(FABRIC.tinted((214, 216, 222)))
    trim = LACQUER.tinted(pick(rng, (206, 56, 40), (44, 96, 196), (40, 140, 92)))
    outline = blob(
        (-14, 3),
        (-14.6, 8),
        (-13.6, 14.6),
        (-11, 15.4),
        (-8, 13.8),
        (-5.4, 14.8),
        (-2.4, 15.4),
        (1.2, 11),
        (6, 8.4),
        (12, 7),
        (15.4, 5),
        (15.6, 3),
    )
    sole = blob((-15, 0.4), (-15.4, 3.6), (-4, 3.2), (6, 3.0), (16.2, 3.8), (16.6, 1.6), (14, 0), (-4, 0.2))
    laces = [bar((-1.8 + 1.5 * k, 14.0 - 1.5 * k), (1.4 + 1.6 * k, 12.2 - 1.0 * k), 0.55) for k in range(5)]
    return [
        solid(outline, upper, 0, "turned", 0.08),
        carve(blob((7.4, 3), (8.4, 7.6), (13, 6.4), (15.6, 4.4), (15.4, 3)), front=0.3, material=PORCELAIN),
        carve(polygon((-14.4, 3), (-14.8, 9), (-11.4, 9.6), (-9, 3)), front=0.3, material=trim),
        *[carve(bar((-6 + d, 3.4), (-2.2 + d, 9.8), 1.0), front=0.25, material=trim) for d in (0, 2.4, 4.8)],
        carve(*laces, front=0.5, material=PLASTER),
        carve(ribbon(curve([(-13.4, 14.4), (-10.6, 13.9), (-8, 12.4), (-5, 13.2)], 4), 0.8), front=0.3, material=trim),
        solid(sole, PORCELAIN, 0.8),
        carve(ribbon([(-15, 2.4), (0, 2.0), (16.2, 2.6)], 0.5), front=0.2, material=trim),
        carve(*[rect(x, 0.1, 0.5, 0.8) for x in spread(22, 28)], front=-0.3),
    ]


def headphones(style: Style, rng: np.random.Generator) -> Pieces:
    """Headphones: a padded band, two cups."""
    shell = style.made_of(STEEL.tinted((70, 74, 84)))
    pad, glow = LEATHER.tinted((84, 66, 58)), pick(rng, LAMPLIGHT, COLD_LIGHT)
    band = curve([(-11, 8), (-11.4, 15), (-8, 22), (0, 25), (8, 22), (11.4, 15), (11, 8)], 8)
    cup = [
        solid(ellipse(8.8, 5, 2.6, 5.4), pad, -1, "turned"),
        solid(ellipse(11.8, 5, 3.6, 6), shell, 1, "turned", 0.7),
        carve(ellipse(12.2, 5, 2.2, 4.2), front=0.3, material=BRASS),
        carve(ellipse(12.2, 5, 1.8, 3.6), front=-0.2, material=shell),
        carve(ellipse(12.2, 5, 0.8, 1.7), front=0.2, material=glow),
        solid(rect(11.3, 9.6, 1.6, 5), BRASS, 1, "turned"),
    ]
    return [
        solid(ribbon(band, 2.4), shell, 0),
        carve(ribbon(band[10:-10], 0.7), front=0.3, material=BRASS),
        solid(ribbon([(x * 0.9, y - 1.5) for x, y in band[14:-14]], 1.8), pad, -0.6),
        *mirrored(cup),
    ]


def bag(style: Style, _rng: np.random.Generator) -> Pieces:
    """A handbag: quilted flap, turned clasp, two handles."""
    skin = style.made_of(LEATHER.tinted((168, 72, 52)))
    handle = curve([(-6.6, 15), (-6.2, 21), (0, 24.6), (6.2, 21), (6.6, 15)], 8)
    body = blob((-12.6, 0.6), (-12.0, 8), (-10.2, 15.6), (0, 16.2), (10.2, 15.6), (12.0, 8), (12.6, 0.6), (0, 0))
    flap = blob((-10.6, 16), (-11.2, 10), (-6, 7.2), (0, 6.4), (6, 7.2), (11.2, 10), (10.6, 16), (0, 16.6))
    quilt = [bar((x, 0), (x + s * 16, 16), 0.2) for x in np.arange(-26, 27, 3.2) for s in (-1, 1)]
    return [
        solid(ribbon(handle, 1.3), skin.tinted((120, 52, 40)), -1),
        solid(body, skin, 0, "turned", 0.12),
        carve(*quilt, front=-0.2),
        carve(flap, front=0.7, material=skin),
        carve(
            ribbon(curve([(-11, 10.2), (-6, 7.5), (0, 6.8), (6, 7.5), (11, 10.2)], 6), 0.24),
            front=0.15,
            material=skin.tinted((226, 170, 130)),
        ),
        carve(rect(0, 6.4, 3.0, 2.8), front=0.5, material=GOLD),
        carve(ellipse(0, 7.8, 0.7), front=0.4, material=GOLD),
        *mirrored(
            [
                carve(ellipse(6.5, 15.2, 0.9), front=0.6, material=GOLD),
                carve(ellipse(10.4, 0.9, 0.5), front=0.3, material=GOLD),
            ]
        ),
    ]


def ring(style: Style, rng: np.random.Generator) -> Pieces:
    """A ring with a cut stone."""
    metal = style.made_of(GOLD)
    stone = GLASS.tinted(pick(rng, (206, 232, 255), (120, 190, 255), (120, 230, 180)))
    stone = replace(stone, glow=0.3)
    gem = polygon((-5.4, 22.4), (-3.2, 25), (3.2, 25), (5.4, 22.4), (0, 16.4))
    facets = [
        polygon((-5.4, 22.4), (-2, 22.4), (0, 16.4)),
        polygon((2, 22.4), (5.4, 22.4), (0, 16.4)),
        polygon((-3.2, 25), (-2, 22.4), (0, 25)),
        polygon((3.2, 25), (2, 22.4), (0, 25)),
    ]
    return [
        solid(ellipse(0, 8, 9.6), metal, 0, "turned", 0.2),
        cut(ellipse(0, 8, 7.2)),
        carve(
            *[ellipse(8.4 * float(np.cos(t)), 8 + 8.4 * float(np.sin(t)), 0.42) for t in np.linspace(0.7, 2.44, 15)],
            front=0.3,
            material=stone,
        ),
        solid(taper(0, 15.2, 3.4, 8, 4.6), metal, 0.5),
        solid(gem, stone, 1, "ridged", 0.3),
        carve(*facets[:2], front=-0.5, material=replace(stone, colour=(150, 176, 226))),
        carve(*facets[2:], front=0.3),
        *mirrored(
            [solid(bar((2.6, 17.6), (4.9, 22.8), 0.8), metal, 2), solid(ellipse(4.9, 23, 0.7), metal, 2, "turned")]
        ),
    ]


def crown(style: Style, rng: np.random.Generator) -> Pieces:
    """A crown: jewelled band, five points, velvet."""
    metal = style.made_of(GOLD)
    gems = [replace(GLASS.tinted(c), glow=0.25) for c in ((220, 40, 60), (60, 120, 255), (60, 200, 120))]
    pieces: Pieces = [
        solid(
            lathe([(9, 4), (10.4, 8), (9.2, 13), (5, 16.4), (0.4, 17)], smooth=5),
            FABRIC.tinted((140, 24, 44)),
            -3,
            "turned",
        )
    ]
    for x in (-10, -5.2, 0, 5.2, 10):
        lean = x * 0.14
        pieces += [
            solid(polygon((x - 2.6, 4.6), (x + 2.6, 4.6), (x + lean + 0.5, 14), (x + lean - 0.5, 14)), metal, 0),
            solid(ellipse(x + lean, 14.6, 1.15), metal, 0.6, "turned"),
            carve(
                polygon((x + lean * 0.5, 10.6), (x + 0.9, 8.4), (x, 6.4), (x - 0.9, 8.4)),
                front=0.4,
                material=pick(rng, *gems),
            ),
        ]
    beads = [ellipse(x, y, 0.42, steps=12) for y in (0.7, 4.9) for x in spread(23, 22)]
    return [
        *pieces,
        solid(taper(0, 0, 22, 23.4, 5.6), metal, 1, "turned", 0.35),
        carve(*beads, front=0.4, material=PORCELAIN, form="turned"),
        *[
            carve(ellipse(x, 2.8, 1.25, 1.0), front=0.5, material=gems[k % 3])
            for k, x in enumerate((-8.8, -4.6, 0, 4.6, 8.8))
        ],
    ]
