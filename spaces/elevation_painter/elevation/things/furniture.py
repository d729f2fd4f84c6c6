"""Furniture for a showroom."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.materials import DARK_WOOD, FABRIC, GOLD, LAMPLIGHT, LEATHER, OAK, PORCELAIN, SHADOW, STEEL, WOOD, Material
from ..craft.ornament import clock as dial
from ..craft.relief import Pieces, carve, cut, mirrored, solid
from ..prompt.style import BRASS, Style, pick


def chair(style: Style, rng: np.random.Generator) -> Pieces:
    """A chair: back with slats, cushion, four legs; a throne when it is called one."""
    wood = style.made_of(OAK)
    slats = pick(rng, 4, 5)
    pad = FABRIC.tinted((150, 60, 52)) if wood.colour != (204, 44, 36) else FABRIC
    if style.says("throne"):
        wood, pad = style.made_of(GOLD), FABRIC.tinted((140, 24, 44))
    back: Pieces = [
        solid(rect(0, 20, 16, 20), wood, -3),
        cut(*[rect(x, 23.6, 10.6 / slats * 0.5, 12) for x in spread(slats + 1, 13.4)]),
        solid(blob((-8.4, 36), (-8.6, 40), (0, 41.6), (8.6, 40), (8.4, 36)), wood, -2),
        *mirrored([solid(taper(7.5, 16, 2.2, 2.4, 24), wood, -1.5, "turned", 0.6)]),
        carve(rect(0, 37.6, 11, 1.1), front=0.25),
    ]
    if style.says("throne"):
        back += [
            carve(blob((-5, 22), (-5.4, 34), (0, 36), (5.4, 34), (5, 22)), front=0.6, material=pad),
            solid(polygon((-4, 41), (0, 47), (4, 41)), wood, 0),
            solid(ellipse(0, 47, 1.3), wood, 0, "turned"),
        ]
    return [
        *back,
        *mirrored([solid(taper(6.6, 0, 1.6, 2.0, 18), wood.tinted(_darker(wood)), -4)]),
        solid(rect(0, 7.4, 15, 1.3), wood, -3),
        *mirrored([solid(taper(8.2, 0, 1.9, 2.7, 19), wood, 1, "turned", 0.7)]),
        solid(rect(0, 16.2, 19, 3.2), wood, 1.4),
        carve(rect(0, 16.8, 15, 1.6), front=-0.2),
        solid(blob((-9.6, 19), (-9.8, 21), (0, 22.4), (9.8, 21), (9.6, 19)), pad, 2),
        carve(*[ellipse(x, 20.6, 0.5) for x in (-4.5, 0, 4.5)], front=-0.4),
    ]


def _darker(material: Material) -> tuple[int, int, int]:
    r, g, b = material.colour
    return (round(r * 0.7), round(g * 0.7), round(b * 0.7))


def armchair(style: Style, rng: np.random.Generator) -> Pieces:
    """An armchair, or a sofa with as many cushions as it has seats."""
    cloth = style.made_of(LEATHER)
    half, seats = (22.0, 3) if style.says("sofa", "couch", "settee", "canape", "диван", "ソファ", "沙发") else (9.0, 1)
    back = blob(
        (-half, 8), (-half - 0.4, 22), (-half * 0.8, 27), (0, 28.4), (half * 0.8, 27), (half + 0.4, 22), (half, 8)
    )
    arm = [
        solid(
            blob(
                (half - 1, 3), (half - 1.4, 14), (half + 0.4, 17.4), (half + 4.4, 17.2), (half + 6, 14), (half + 5.2, 3)
            ),
            cloth,
            4,
            "turned",
            0.4,
        ),
        carve(ellipse(half + 2.4, 14.4, 2.0), front=0.3),
        solid(taper(half + 2, 0, 1.2, 2.2, 3.4), DARK_WOOD, 4, "turned"),
    ]
    wide = 2 * half / seats
    buttons = [
        ellipse(x, y, 0.42, steps=10)
        for k, y in enumerate((16.6, 19.6, 22.6, 25.4))
        for x in spread(4 * seats - k % 2, (4 * seats - k % 2) * wide / 4.6)
    ]
    folds = [bar((x, 15), (x + d, 27), 0.22) for x in spread(4 * seats, 2 * half * 0.9) for d in (-1.9, 1.9)]
    cushions: Pieces = []
    for x in spread(seats, 2 * half):
        puff = blob(
            (x - wide * 0.48, 9),
            (x - wide * 0.49, 12.4),
            (x, 14 + float(rng.uniform(-0.2, 0.3))),
            (x + wide * 0.49, 12.4),
            (x + wide * 0.48, 9),
        )
        cushions += [
            solid(puff, cloth, 4),
            carve(ribbon([(x - wide * 0.47, 10), (x, 10.4), (x + wide * 0.47, 10)], 0.3), front=0.25),
        ]
    return [
        solid(back, cloth, -3, "turned", 0.12),
        carve(*folds, front=-0.15),
        carve(*buttons, front=-0.5),
        solid(rect(0, 3, 2 * half + 1, 6.4), cloth, 3),
        carve(rect(0, 3.4, 2 * half, 0.4), front=-0.3, material=BRASS),
        *cushions,
        *mirrored(arm),
    ]


def table(style: Style, rng: np.random.Generator) -> Pieces:
    """A table on turned legs; a desk has drawers."""
    wood = style.made_of(OAK)
    leg = solid(
        lathe([(0.8, 0), (1.2, 0.6), (1.0, 4), (1.5, 9), (0.9, 11), (1.7, 13), (1.6, 21)], 18, 0, 3), wood, 1, "turned"
    )
    pieces: Pieces = [
        *mirrored([solid(rect(13.5, 0, 1.8, 21), wood.tinted(_darker(wood)), -6), leg]),
        solid(rect(0, 17.4, 40, 4.4), wood, 1),
    ]
    if style.says("desk", "机"):
        pieces += mirrored(
            [
                solid(rect(14.5, 3, 10.5, 18), wood, 0),
                *[carve(rect(14.5, y, 9, 3.7), front=0.4) for y in (4, 8.4, 12.8, 17.2)],
                *[carve(ellipse(14.5, y + 1.9, 0.6), front=0.6, material=BRASS) for y in (4, 8.4, 12.8, 17.2)],
            ]
        )
    drawers = spread(pick(rng, 1, 3), 22)
    return [
        *pieces,
        *[carve(rect(x, 18.2, 6.4, 2.8), front=0.4) for x in drawers],
        *[carve(ellipse(x, 19.6, 0.5), front=0.6, material=BRASS) for x in drawers],
        solid(rect(0, 21.6, 45, 1.0), wood, 2.6),
        solid(rect(0, 22.4, 47, 1.5), wood, 4),
    ]


def lamp(style: Style, rng: np.random.Generator) -> Pieces:
    """A table lamp: turned foot, pleated shade alight, a chain; a street lantern when it is one."""
    if style.says("lantern", "street"):
        return _lantern(style)
    metal = style.made_of(BRASS)
    shade = Material((255, 208, 136), "weave", 0.4, 0.0, 0.62)
    wide = float(rng.uniform(8.6, 9.6))
    drape = lathe([(wide, 20.6), (wide * 0.86, 24), (wide * 0.62, 29), (wide * 0.50, 33.4)], smooth=4)
    pleats = [bar((wide * 0.96 * u, 20.6), (wide * 0.48 * u, 33.4), 0.2) for u in np.linspace(-0.9, 0.9, 13)]
    foot = lathe(
        [
            (6.0, 0),
            (5.8, 1),
            (2.6, 2),
            (1.1, 4),
            (2.8, 7.4),
            (3.0, 9.6),
            (1.2, 12),
            (0.8, 14),
            (1.5, 15),
            (0.7, 16),
            (0.7, 21),
        ],
        smooth=5,
    )
    return [
        solid(foot, metal, 0, "turned"),
        carve(*[rect(0, y, 8, 0.3) for y in (6.4, 10.6)], front=0.15),
        solid(bar((3.6, 20.8), (3.6, 15.0), 0.34), BRASS, 1),
        solid(ellipse(3.6, 14.4, 0.7), BRASS, 1, "turned"),
        solid(drape, shade, 0, "turned", 0.6),
        carve(*pleats, front=-0.2, material=replace(shade, colour=(236, 164, 84))),
        solid(rect(0, 20.2, 2 * wide + 0.2, 0.8), metal, 0.6, "turned"),
        solid(rect(0, 33.0, wide * 1.02, 0.7), metal, 0.5, "turned"),
        solid(taper(0, 33.6, 1.1, 0.7, 1.6), metal, 0, "turned"),
        solid(ellipse(0, 35.8, 0.95), metal, 0, "turned"),
    ]


def _lantern(style: Style) -> Pieces:
    """A lantern: four lit panes in a frame, a roof and a ring."""
    metal = style.made_of(STEEL.tinted((92, 96, 104)))
    return [
        solid(rect(0, 0, 15, 1.6), metal, 1),
        solid(taper(0, 1.4, 13, 11, 1.6), metal, 0.6),
        solid(taper(0, 3, 10, 12.6, 14), LAMPLIGHT, 0),
        carve(taper(0, 4, 3, 3, 7), front=0.2, material=LAMPLIGHT.tinted((255, 236, 180))),
        *[solid(bar((s * 5.0 * k, 3), (s * 6.3 * k, 17), 0.9), metal, 1) for s in (-1, 1) for k in (1.0, 0.32)],
        solid(rect(0, 9.4, 11.6, 0.8), metal, 1),
        solid(rect(0, 16.6, 15, 1.2), metal, 1.2),
        solid(
            polygon(
                *curve([(7.4, 17.6), (4, 19.4), (2.2, 22)], 4),
                *[(-x, y) for x, y in reversed(curve([(7.4, 17.6), (4, 19.4), (2.2, 22)], 4))],
            ),
            metal,
            0,
            "ridged",
            0.4,
        ),
        solid(rect(0, 21.8, 3.4, 1.8), metal, 0.4, "turned"),
        solid(ellipse(0, 26.2, 3), metal, 0),
        cut(ellipse(0, 26.2, 1.9)),
    ]


def clock(style: Style, rng: np.random.Generator) -> Pieces:
    """A longcase clock: hood, dial, pendulum behind glass."""
    wood = style.made_of(WOOD)
    hood = blob((-8, 44), (-6.4, 46.2), (-2.4, 46.4), (0, 49.4), (2.4, 46.4), (6.4, 46.2), (8, 44))
    swing = float(rng.uniform(-0.9, 0.9))
    return [
        solid(rect(0, 0, 17, 2), wood, 2),
        solid(rect(0, 2, 15, 9), wood, 1),
        carve(rect(0, 3.2, 11, 6.4), front=0.4),
        solid(taper(0, 10.6, 16, 12.4, 1.4), wood, 2),
        solid(rect(0, 12, 11.6, 19), wood, 0),
        carve(rect(0, 13.4, 7.4, 16), front=-0.6, material=SHADOW),
        carve(bar((0, 29), (swing, 17.6), 0.4), front=0.3, material=BRASS),
        carve(ellipse(swing, 16.8, 1.7), front=0.6, material=GOLD, form="turned", bulge=0.4),
        carve(*[rect(x, 20, 0.9, 5) for x in (-2.2, 2.2)], front=0.4, material=BRASS),
        solid(taper(0, 30.6, 12.4, 17, 1.6), wood, 2),
        solid(rect(0, 32, 16, 12.4), wood, 1),
        *dial(0, 38.2, 5.2, BRASS, PORCELAIN),
        *mirrored([solid(rect(7.2, 32.4, 1.4, 11.6), BRASS, 2, "turned")]),
        solid(rect(0, 43.6, 18, 1.4), wood, 3),
        solid(hood, wood, 1),
        carve(ellipse(0, 46.4, 1.0), front=0.4, material=BRASS),
        *[
            q
            for x in (-7.4, 0, 7.4)
            for q in (
                solid(ellipse(x, 47.4 if x else 50.6, 1.0), BRASS, 2, "turned"),
                solid(taper(x, 45 if x else 48.6, 0.9, 0.5, 5), BRASS, 1.4, "turned"),
            )
        ],
    ]


_BINDINGS = ((150, 44, 40), (40, 78, 120), (54, 104, 74), (190, 150, 84), (96, 60, 104), (206, 196, 172))


def cabinet(style: Style, rng: np.random.Generator) -> Pieces:
    """A cabinet with two doors below and shelves of books above."""
    wood = style.made_of(WOOD)
    books: Pieces = []
    for y in (18.0, 26.0, 34.0):
        x = -11.6
        while x < 11.2:
            w, h = float(rng.uniform(0.8, 1.7)), float(rng.uniform(4.6, 6.6))
            binding = LEATHER.tinted(pick(rng, *_BINDINGS))
            books.append(carve(rect(x + w / 2, y, w * 0.9, h), front=0.7, material=binding))
            x += w
    return [
        solid(rect(0, 0, 30, 2.4), wood, 1),
        solid(rect(0, 2, 28, 40), wood, 0),
        carve(*[rect(0, y, 24, 7.2) for y in (18, 26, 34)], front=-1.0, material=SHADOW),
        *books,
        *mirrored(
            [
                carve(rect(6.4, 4, 11, 11.4), front=0.5),
                carve(rect(6.4, 5.4, 8, 8.6), front=-0.5),
                carve(ellipse(1.8, 9.8, 0.6), front=1, material=BRASS),
            ]
        ),
        solid(rect(0, 15.8, 30, 1.6), wood, 1.4),
        solid(rect(0, 41.6, 31, 1.4), wood, 1.4),
        solid(blob((-15, 43), (-8, 44.4), (0, 47.6), (8, 44.4), (15, 43)), wood, 0.6),
        carve(ellipse(0, 44.6, 1.3), front=0.4, material=BRASS),
    ]
