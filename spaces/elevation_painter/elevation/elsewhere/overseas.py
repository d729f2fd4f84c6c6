"""Beyond Europe: Agra, Rio, New York."""

import numpy as np

from ..craft.geometry import arch, bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, cornice, dome, opening, steps, storey
from ..craft.materials import (
    COPPER,
    GOLD,
    GREY_STONE,
    LAMPLIGHT,
    LIMESTONE,
    SHADOW,
    Material,
)
from ..craft.ornament import finial
from ..craft.relief import Pieces, carve, mirrored, solid


def taj_mahal(_rng: np.random.Generator) -> Pieces:
    """The Taj Mahal, 73 m: a pearl of a dome, four kiosks, four minarets, all in white marble."""
    stone = Material((246, 240, 230), "courses", 0.35, 0.2)

    def kiosk(x: float, y: float, size: float) -> Pieces:
        return [
            *[solid(rect(x + d * size, y, size * 0.16, size), stone, 1, "turned") for d in (-0.42, -0.14, 0.14, 0.42)],
            solid(rect(x, y, size * 0.8, size), SHADOW.tinted((120, 96, 74)), 0),
            *cornice(x, y + size, size, size * 0.14, stone, 1),
            *dome(x, y + size * 1.14, size * 0.5, size * 0.7, stone, 0, 6, point=0.4, bulb=0.2),
            *finial(x, y + size * 1.75, size * 0.5, GOLD, thick=size * 0.09),
        ]

    minaret = [
        solid(taper(46, 0, 5.4, 3.8, 40), stone, 0, "turned"),
        *[q for y in (12, 24, 37) for q in cornice(46, y, 4.6, 1.2, stone, 1)],
        *kiosk(46, 40, 4.2),
    ]
    iwans: Pieces = []
    for x in (-24.5, -16.4, 16.4, 24.5):
        for y in (1, 13):
            iwans += opening(x, y, 4.6, 10, "pointed", 0.7, False, SHADOW.tinted((150, 122, 92)))
    return [
        solid(rect(0, -6, 106, 6.2), stone, 6),
        carve(*[arch(x, -5.6, 3.2, 4.8, "pointed") for x in spread(22, 104)], front=-0.5),
        *mirrored(minaret),
        solid(rect(0, 25, 26, 9), stone, -4, "turned", 0.8),
        *cornice(0, 33, 26, 1.6, stone, 5),
        *dome(0, 34.6, 13.2, 25, stone, -4, 10, point=0.75, bulb=0.34),
        *finial(0, 58.4, 10, GOLD, thick=1.3),
        *mirrored(kiosk(17.6, 25.6, 8)),
        *block(0, 0, 58, 25, stone),
        *cornice(0, 24, 58, 1.6, stone),
        *iwans,
        *block(0, 0, 21, 29, stone, 1.4),
        carve(rect(0, 0, 17.6, 26.4), front=-0.3),
        *opening(0, 0, 11.4, 22, "pointed", 1.4, False, SHADOW.tinted((140, 112, 84)), 2),
        carve(arch(0, 0, 4.6, 9, "pointed"), front=-0.4, material=LAMPLIGHT),
        *mirrored([solid(rect(10.4, 0, 1.4, 32), stone, 2, "turned"), *finial(10.4, 31.6, 3, stone)]),
    ]


def christ_redeemer(_rng: np.random.Generator) -> Pieces:
    """Christ the Redeemer, 38 m with its pedestal: arms wide above Rio."""
    skin = Material((232, 228, 214), "bricks", 0.5, 0.12)
    robe = lathe([(3.0, 0), (2.7, 8), (2.9, 16), (3.3, 20), (3.0, 23), (1.2, 25)], 0, 8, 5)
    sleeve = blob((2.0, 31.8), (8, 31.2), (13.0, 30.6), (13.2, 29.3), (8.6, 28.4), (5.0, 25.0), (2.6, 22.0))
    folds = [ribbon(curve([(x, 8.6), (x * 0.9, 18), (x * 0.75, 28)], 4), 0.4) for x in (-2.2, -1.2, 1.2, 2.2)]
    return [
        *steps(0, -2, 16, 13, 2, GREY_STONE, 3),
        *storey(0, 0, 8.4, 8, GREY_STONE.tinted((120, 112, 106)), 0, 0.1),
        *mirrored([solid(sleeve, skin, 0, "turned", 0.3), solid(ellipse(14.0, 29.9, 1.1, 0.65), skin, 0.4, "turned")]),
        *mirrored([carve(ribbon([(4.4, 25.4), (8.6, 29.2), (12.6, 30)], 0.35), front=0.3)]),
        solid(robe, skin, 0.6, "turned"),
        carve(*folds, front=0.4, form="turned"),
        carve(ribbon([(-2.4, 20), (0, 18.6), (2.4, 20)], 0.6), front=0.4),
        solid(rect(0, 32.2, 1.5, 1.6), skin, 1, "turned"),
        solid(
            blob((-1.9, 33), (-1.7, 36.6), (0, 37.8), (1.7, 36.6), (1.9, 33)),
            skin.tinted((206, 200, 184)),
            0.6,
            "turned",
        ),
        solid(ellipse(0, 35.2, 1.25, 1.9), skin, 1.8, "turned"),
        carve(ellipse(-0.5, 35.6, 0.26, 0.13), ellipse(0.5, 35.6, 0.26, 0.13), rect(0, 34.3, 0.6, 0.14), front=-0.2),
        carve(taper(0, 34.8, 0.4, 0.2, 0.8), front=0.2),
        carve(blob((-0.8, 34.2), (0, 33.1), (0.8, 34.2), (0, 34)), front=0.2, material=skin.tinted((206, 200, 184))),
    ]


def statue_of_liberty(rng: np.random.Generator) -> Pieces:
    """Liberty on her star fort, 93 m: the crown of seven rays, the tablet, the torch."""
    green = COPPER.tinted((112, 176, 150))
    robe = lathe([(5.4, 0), (5.0, 8), (4.4, 16), (3.6, 22), (4.6, 28), (4.0, 31), (1.5, 33)], 0, 46, 5)
    folds = [
        ribbon(curve([(x * 1.25, 46.4), (x + float(rng.uniform(-0.5, 0.5)), 60), (x * 0.6, 72)], 4), 0.55)
        for x in np.linspace(-4.2, 4.2, 9)
    ]
    rays = [
        bar((2 * c, 84 + 2 * s), (5.2 * c, 84 + 5.2 * s), 1.0, 0.35)
        for c, s in ((float(np.cos(t)), float(np.sin(t))) for t in np.linspace(0.3, np.pi - 0.3, 7))
    ]
    return [
        solid(taper(0, -6, 60, 54, 8), GREY_STONE, 8),
        *storey(0, 2, 30, 12, LIMESTONE, 2, 0.12),
        solid(taper(0, 14, 22, 17, 28), LIMESTONE, 0),
        *[p for x in (-4.6, 0, 4.6) for p in opening(x, 22, 2.4, 11, "round", 0.6, False, SHADOW)],
        *cornice(0, 18, 21, 1.4, LIMESTONE, 0),
        *cornice(0, 40, 17.4, 2.2, LIMESTONE, 0.6),
        *storey(0, 42, 13, 4, LIMESTONE, 0.6, 0.16),
        solid(bar((3.6, 74), (7.6, 88), 2.7, 1.9), green, 0),
        solid(robe, green, 0, "turned", 0.8),
        carve(*folds, front=0.4, form="turned"),
        carve(bar((-4.4, 76), (4.2, 60), 1.8), front=0.6),
        solid(bar((-4.2, 76), (-6.0, 67), 2.4), green, 1),
        solid(bar((-6.0, 67), (-2.6, 65.6), 1.9), green, 2),
        solid(polygon((-7.4, 63.4), (-3.6, 65), (-4.8, 72), (-8.4, 70.4)), green, 2.6),
        *[solid(o, green, -0.6) for o in rays],
        solid(rect(0, 78, 2.4, 3.4), green, 1, "turned"),
        solid(ellipse(0, 82.6, 2.4, 3.3), green, 1.4, "turned"),
        carve(ribbon([(-2.3, 84.4), (0, 84.9), (2.3, 84.4)], 0.9), front=0.5),
        carve(ellipse(-0.9, 83, 0.45, 0.22), ellipse(0.9, 83, 0.45, 0.22), rect(0, 80.8, 1.0, 0.25), front=-0.3),
        carve(taper(0, 81.6, 0.7, 0.35, 1.4), front=0.3),
        solid(taper(7.8, 87.6, 1.6, 3.2, 3), green, 0.4, "turned"),
        solid(lathe([(1.0, 0), (1.9, 1.8), (1.1, 3.9), (0.3, 5.8)], 7.8, 90.4, 4), GOLD, 0.4, "turned"),
    ]
