"""Paris: churches and domes."""

import numpy as np

from ..craft.geometry import arch, ellipse, rect, spread, taper
from ..craft.kit import block, column, cornice, dome, lantern, opening, plinth, spire, steps, storey, windows
from ..craft.materials import DARK_WOOD, GOLD, LAMPLIGHT, LEAD, LIMESTONE, PALE, SHADOW, TRAVERTINE
from ..craft.ornament import balustrade, figure, finial, pinnacle, rose
from ..craft.relief import Pieces, carve, mirrored, placed, solid


def notre_dame(_rng: np.random.Generator) -> Pieces:
    """The west front, 69 m to the towers: three portals, the gallery of kings, the rose, the spire behind."""
    portal_heights = ((-14.2, 11.2, 6.8), (0.0, 13.4, 7.8), (14.2, 11.2, 6.8))
    pieces: Pieces = [
        *spire(0, 44, 9.0, 50, LEAD, -12, 9, tip=0.16),
        *finial(0, 92, 5, GOLD, True, 1.1),
        solid(taper(0, 44, 24, 0, 17), LEAD, -10, "pitched", 0.5),
        *plinth(0, 0, 42.5, 2.2),
        *block(0, 0, 42, 46),
    ]
    buttress = [solid(rect(x, 0, 3.2, 44 - 2 * k), LIMESTONE, 2.4 - 0.4 * k) for k, x in enumerate((19.6, 7.1))]
    pieces += mirrored(buttress)
    for x, tall, wide in portal_heights:
        pieces += opening(x, 0, wide, tall, "pointed", wide * 0.34, False, SHADOW, 4)
        pieces += [carve(arch(x, tall * 0.56, wide * 0.86, tall * 0.42, "pointed"), front=1.0, material=LIMESTONE)]
        pieces += [
            carve(
                *[rect(cx, 0.2, wide * 0.38, tall * 0.52) for cx in spread(2, wide * 0.92, x)],
                front=0.6,
                material=DARK_WOOD,
            )
        ]
        pieces += [
            carve(
                *[ellipse(cx, tall * 0.66, wide * 0.07, tall * 0.07, 12) for cx in spread(5, wide * 0.7, x)], front=0.5
            )
        ]
        pieces += [carve(rect(x, 0.2, 0.8, tall * 0.55), front=1.2, material=LIMESTONE)]
    kings: Pieces = [carve(rect(0, 17.4, 41.4, 5.2), front=-1.0, material=SHADOW)]
    for x in spread(21, 40.6):
        kings += figure(x, 17.6, 4.7, PALE, 0.2)
    pieces += [
        *cornice(0, 15.6, 42.2, 1.6, LIMESTONE, 1.6),
        *kings,
        *balustrade(0, 22.6, 42.6, 2.2, 40, LIMESTONE, 2.2),
        *rose(0, 32.6, 6.0, 8, LAMPLIGHT.tinted((255, 150, 70)), LAMPLIGHT.tinted((84, 130, 255))),
    ]
    for x in (-13.4, 13.4):
        pieces += [carve(arch(x, 26, 9.6, 13.2, "pointed"), front=-0.6)]
        for cx in spread(2, 9.0, x):
            pieces += opening(cx, 26.4, 3.2, 10.4, "pointed", 0.5, False, LAMPLIGHT.tinted((255, 170, 80)))
        pieces += [carve(ellipse(x, 37.0, 1.1), front=-0.5, material=LAMPLIGHT)]
    pieces += [
        *cornice(0, 39.4, 42.4, 1.2, LIMESTONE, 1.4),
        carve(*[arch(x, 40.8, 0.9, 4.6, "pointed") for x in spread(26, 41)], front=-0.7, material=SHADOW),
        *cornice(0, 45.4, 42.8, 1.6, LIMESTONE, 1.6),
        *balustrade(0, 47.0, 42.6, 1.8, 34, LIMESTONE, 1.6),
    ]
    for side in (-1, 1):
        x = side * 13.9
        pieces += [*block(x, 46, 14.0, 21.4)]
        for cx in spread(2, 10.4, x):
            pieces += opening(cx, 49.4, 3.1, 15.2, "pointed", 0.9, False, SHADOW, 2)
            pieces += [carve(*[rect(cx, 50 + k * 1.9, 3.0, 0.7) for k in range(6)], front=0.8, material=LIMESTONE)]
        pieces += [solid(rect(x + s * 6.6, 46, 2.3, 20.6), LIMESTONE, 1.4) for s in (-1, 0, 1)]
        pieces += [*cornice(x, 65.6, 14.4, 1.6, LIMESTONE, 1.0), *balustrade(x, 67.2, 14.8, 2.0, 10, LIMESTONE, 1.0)]
    return pieces


def sacre_coeur(rng: np.random.Generator) -> Pieces:
    """The white basilica on Montmartre: five domes like eggs, a triple porch, two riders of bronze."""
    stone = TRAVERTINE
    small = _turret(0, 0, 6.6)
    return [
        *block(0, 8, 26, 28, stone, -14),
        *_great_dome(),
        *placed(small, 18.6, 27, front=-4),
        *placed(small, -18.6, 27, front=-4),
        *placed(_turret(0, 0, 4.4), 9.0, 33, front=-8),
        *placed(_turret(0, 0, 4.4), -9.0, 33, front=-8),
        *steps(0, -2, 60, 52, 5, stone, 5),
        *storey(0, 3, 50, 22, stone, -2, 0.07),
        *windows(-18.6, 8, 9, 14, 2, 1, rng, "round", (0.42, 0.8), 0.8),
        *windows(18.6, 8, 9, 14, 2, 1, rng, "round", (0.42, 0.8), 0.8),
        *mirrored([*block(18.6, 24.6, 12, 3.4, stone, -1), *cornice(18.6, 27, 12, 1, stone, -1)]),
        *storey(0, 3, 27, 26, stone, 2, 0.06),
        solid(taper(0, 28.6, 25, 0, 11), stone, 1.5),
        *opening(0, 27.6, 5.2, 8.4, "round", 0.8, False, LAMPLIGHT.tinted((255, 210, 130))),
        *figure(0, 28.2, 6.6, PALE, 2.2),
        *[p for x in spread(3, 25.5) for p in opening(x, 3, 5.6, 12.6, "round", 1.1, False, SHADOW, 2)],
        carve(*[arch(x, 3.2, 3.6, 9.0) for x in spread(3, 25.5)], front=0.2, material=LAMPLIGHT.tinted((240, 150, 70))),
        *[p for x in (-12.9, -4.25, 4.25, 12.9) for p in column(x, 3, 1.5, 11, stone, 2.6)],
        *cornice(0, 17.2, 27.6, 1.2, stone, 2.4),
        *balustrade(0, 18.4, 27.4, 1.8, 18, stone, 2.4),
        carve(*[arch(x, 21.2, 2.0, 4.6) for x in spread(7, 23)], front=-0.6, material=LAMPLIGHT),
        *mirrored(_rider(10.2, 20.2)),
        *finial(0, 39, 4.5, stone, True, 0.8),
    ]


def _great_dome() -> Pieces:
    """The middle dome of the Sacre-Coeur: colonnaded drum, tall shell with ranks of scales, lantern."""
    drum = [
        solid(rect(0, 34, 19.6, 16), TRAVERTINE, -12, "turned"),
        *cornice(0, 35.6, 20.4, 1.2, TRAVERTINE, -4),
        carve(*[arch(x, 38, 1.7, 8.6) for x in (-8.2, -5.6, -2.0, 2.0, 5.6, 8.2)], front=-0.8, material=LAMPLIGHT),
        *[p for x in (-9.2, -7.0, -3.8, 0, 3.8, 7.0, 9.2) for p in column(x, 37, 0.9, 10.2, TRAVERTINE, -1.6)],
        *cornice(0, 47.2, 20.6, 1.8, TRAVERTINE, -3),
        *[p for x in spread(6, 20.5) for p in pinnacle(x, 49, 1.4, 4.6, TRAVERTINE, -2)],
    ]
    shell = dome(0, 49.5, 9.2, 22.5, TRAVERTINE, -11, 8, point=0.25, bulb=0.16)
    scales = [ellipse(x, 53 + 2.5 * k, 0.42, 0.6, 8) for k in range(6) for x in spread(9 - k // 2, 16 - 1.1 * k)]
    return [*drum, *shell, carve(*scales, front=-0.35), *lantern(0, 71, 4.6, 15, TRAVERTINE, -3, TRAVERTINE)]


def _turret(x: float, y: float, width: float) -> Pieces:
    """One of the small domes: an open drum and an egg on it."""
    return [
        solid(rect(x, y, width, width * 1.1), TRAVERTINE, 0, "turned"),
        carve(
            *[arch(cx, y + width * 0.15, width * 0.15, width * 0.8) for cx in spread(4, width * 0.9, x)],
            front=-0.6,
            material=SHADOW,
        ),
        *cornice(x, y + width, width, width * 0.18, TRAVERTINE, width * 0.3),
        *dome(x, y + width * 1.16, width * 0.46, width * 1.15, TRAVERTINE, 0, 6, point=0.25, bulb=0.18),
        *lantern(x, y + width * 2.25, width * 0.28, width * 0.8, TRAVERTINE, width * 0.2, TRAVERTINE),
    ]


def _rider(x: float, y: float) -> Pieces:
    """Joan of Arc or Saint Louis on horseback, green bronze, on the terrace of the porch."""
    green = LEAD.tinted((96, 170, 142))
    return [
        solid(rect(x, y - 0.4, 4.6, 0.8), TRAVERTINE, 3.4),
        solid(ellipse(x, y + 2.9, 2.0, 1.1), green, 4, "turned", 0.6),
        *[solid(rect(x + dx, y + 0.3, 0.6, 2.2), green, 4, "turned") for dx in (-1.5, -0.9, 0.9, 1.5)],
        solid(ellipse(x + 2.0, y + 4.4, 0.7, 1.2), green, 4, "turned"),
        *figure(x, y + 3.2, 4.2, green, 4.4),
    ]
