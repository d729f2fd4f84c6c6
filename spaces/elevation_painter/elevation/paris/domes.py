"""Paris: the classical temples and domes, and one Gothic tower left standing."""

import numpy as np

from ..craft.geometry import arch, ellipse, rect, spread, taper
from ..craft.kit import (
    block,
    colonnade,
    column,
    cornice,
    dome,
    lantern,
    opening,
    pediment,
    plinth,
    steps,
    storey,
    windows,
)
from ..craft.materials import BRONZE, DARK_WOOD, GOLD, LAMPLIGHT, LEAD, LIMESTONE, PALE, SHADOW, SLATE
from ..craft.ornament import balustrade, band, figure, finial, pinnacle, relief_crowd
from ..craft.relief import Pieces, carve, mirrored, placed, solid


def pantheon(rng: np.random.Generator) -> Pieces:
    """Soufflot's Pantheon, 83 m: a Corinthian portico, and a drum of columns under a dome of stone."""
    return [
        solid(rect(0, 28, 30, 6), LIMESTONE, -8),
        solid(rect(0, 32, 21, 19), SHADOW, -9, "turned"),
        *colonnade(0, 34, 27, 15, 12, PALE, -4, 0.46, None),
        carve(*[arch(x, 35.5, 1.1, 9) for x in spread(11, 24.5)], front=-0.4, material=LAMPLIGHT),
        *cornice(0, 49, 27.4, 2.2, LIMESTONE, -2),
        *balustrade(0, 51, 27.6, 1.8, 20, LIMESTONE, -2),
        solid(rect(0, 52.6, 21, 6), LIMESTONE, -9, "turned"),
        *windows(0, 53, 18, 5, 7, 1, rng, "round", (0.4, 0.76)),
        *cornice(0, 57.6, 21.4, 1.4, LIMESTONE, -1),
        *dome(0, 59, 10.6, 13, LEAD.tinted((150, 160, 168)), -9, 12),
        *lantern(0, 71, 4.4, 13, LIMESTONE, 0, LEAD),
        *mirrored(
            [
                *storey(27, 0, 34, 29, LIMESTONE, -4, 0.08),
                carve(*[rect(x, 6, 3.6, 14) for x in spread(4, 28, 28)], front=-0.5),
                *band(27, 22.5, 33, 2.6, 12),
            ]
        ),
        *steps(0, -2, 46, 40, 4, PALE, 5),
        *colonnade(0, 2, 36, 19.5, 6, PALE, 3, 0.44),
        carve(rect(0, 2, 3.4, 12), front=0.5, material=LAMPLIGHT),
        *block(0, 21.5, 37, 4, LIMESTONE, 5),
        *band(0, 22.2, 35, 2.4, 19, 0.4),
        *cornice(0, 25, 37, 1.6, LIMESTONE, 5),
        *pediment(0, 26.6, 39.5, 9, LIMESTONE, 5, 9),
        *finial(0, 35, 3.5, PALE, True, 0.7),
    ]


def invalides(rng: np.random.Generator) -> Pieces:
    """The Dome of the Invalides, 107 m: two storeys of columns, a tall drum, a dome trophied with gold."""
    base = [
        *steps(0, -2, 64, 58, 4, PALE, 4),
        *storey(0, 2, 56, 18, LIMESTONE, 0, 0.08),
        *storey(0, 20, 54, 17, LIMESTONE, -1, 0.08),
        *windows(0, 5, 54, 12, 7, 1, rng, "round", (0.36, 0.78)),
        *windows(0, 22.5, 52, 12, 7, 1, rng, "round", (0.36, 0.78)),
        *storey(0, 2, 25, 18, LIMESTONE, 3, 0.08),
        *storey(0, 20, 24, 17, LIMESTONE, 3, 0.08),
        *[
            p
            for x in (-10.5, -6.5, 6.5, 10.5)
            for y, h in ((2, 15.5), (21, 13.4))
            for p in column(x, y, 1.8, h, PALE, 4)
        ],
        *opening(0, 2, 5.4, 11.5, "round", 1, False, LAMPLIGHT),
        *opening(0, 22, 4.4, 10, "round", 0.9, False, SHADOW),
        *pediment(0, 37, 26, 6, LIMESTONE, 4),
        *[p for x in (-24, -18, 18, 24) for p in figure(x, 37, 5, PALE, 1)],
    ]
    drum = [
        solid(rect(0, 37, 29, 21), LIMESTONE, -8, "turned"),
        *windows(0, 41, 26, 13, 7, 1, rng, "round", (0.38, 0.84)),
        *[p for x in (-13.6, -10.6, -6.6, -2.4, 2.4, 6.6, 10.6, 13.6) for p in column(x, 40, 1.5, 15, PALE, 6)],
        *cornice(0, 55.6, 30, 2.4, LIMESTONE, 7),
        solid(rect(0, 58, 26, 8), LIMESTONE, -6, "turned"),
        *windows(0, 58.5, 23, 7, 8, 1, rng, "round", (0.4, 0.78)),
        *cornice(0, 65, 26.4, 1.6, LIMESTONE, 7),
    ]
    shell = dome(0, 66.6, 13, 19, LEAD.tinted((92, 104, 122)), -5, 10, GOLD, point=0.1)
    trophies = [
        carve(ellipse(x, y, w, 1.8, 20), front=0.5, material=GOLD, form="turned", bulge=0.5)
        for x, w in ((-9.6, 0.7), (-5.8, 1.1), (0, 1.3), (5.8, 1.1), (9.6, 0.7))
        for y in (70.5, 75.5)
    ]
    return [
        *drum,
        *base,
        *shell,
        *trophies,
        *lantern(0, 84.8, 5.4, 13, GOLD, 2, GOLD, False),
        *placed(finial(0, 0, 14, GOLD, True, 1.1), 0, 95),
    ]


def madeleine(rng: np.random.Generator) -> Pieces:
    """The Madeleine: a Corinthian temple of eight columns under a crowded pediment."""
    return [
        *steps(0, -3, 54, 46, 6, PALE, 8),
        *colonnade(0, 3, 43, 20, 8, PALE, 2, 0.46, SHADOW.tinted((92, 70, 48))),
        *opening(0, 3, 4.6, 13, "flat", 0.8, False, BRONZE),
        carve(rect(0, 3, 1.6, 12), front=0.2, material=LAMPLIGHT),
        *block(0, 22.6, 44, 5.4, LIMESTONE, 4),
        *band(0, 23.6, 42.6, 3, 27, 0.35),
        *cornice(0, 27, 44.4, 2, LIMESTONE, 4),
        *pediment(0, 29.2, 49, 11, LIMESTONE, 4, 13),
        *relief_crowd(0, 31, 30, 6.4, rng, 11, 0.9),
        *[p for x in (-23, 23) for p in finial(x, 30, 3.4, PALE, thick=0.9)],
        *finial(0, 39.4, 4, PALE, True, 0.8),
    ]


def saint_jacques(_rng: np.random.Generator) -> Pieces:
    """The Tour Saint-Jacques, 54 m: flamboyant Gothic without its church."""
    pieces: Pieces = [*steps(0, -2, 22, 18, 2.6, PALE, 3), *plinth(0, 0, 15, 3), *block(0, 0, 13.6, 46)]
    for low, high in ((2, 10), (11.5, 25), (27, 43)):
        for x in (-3.0, 3.0) if low > 5 else (0.0,):
            wide = 3.4 if low > 5 else 5.2
            pieces += opening(
                x, low, wide, high - low - 2.4, "pointed", 0.8, low < 5, LAMPLIGHT if low > 20 else SHADOW, 3
            )
            if low > 5:
                louvres = [rect(x, low + 0.8 + 1.5 * k, wide, 0.55) for k in range(int((high - low - 5) / 1.5))]
                pieces.append(carve(*louvres, rect(x, low, 0.5, high - low - 5), front=0.8, material=LIMESTONE))
            pieces += [carve(taper(x, high - 2.6, 4.4, 0, 3.4), front=0.35)]
        pieces += [*cornice(0, high, 13.8, 1.2, LIMESTONE, 0.6)]
    for x in (-7.0, 7.0):
        pieces += [solid(rect(x, 0, 2.6, 44), LIMESTONE, 1.6)]
        for y in (6, 15, 24, 33):
            pieces += [*figure(x, y + 1.4, 4, PALE, 2.4), carve(taper(x, y + 5.6, 2.2, 0, 2.6), front=0.5)]
        pieces += pinnacle(x, 44, 2.0, 9, LIMESTONE, 1.4)
    return [
        *pieces,
        *cornice(0, 43.6, 15, 1.6, LIMESTONE, 1),
        *balustrade(0, 45.2, 15.4, 2.2, 11, LIMESTONE, 1),
        *[p for x in (-3.4, 3.4) for p in pinnacle(x, 45.5, 1.3, 5.4, LIMESTONE, 1)],
        solid(rect(0, 46, 1.6, 4), LIMESTONE, 1),
        *figure(0, 49, 5.2, PALE, 2),
    ]


def sainte_chapelle(_rng: np.random.Generator) -> Pieces:
    """The Sainte-Chapelle: walls of coloured glass, a rose, a needle of a spire."""
    ruby, azure = LAMPLIGHT.tinted((230, 70, 90)), LAMPLIGHT.tinted((90, 130, 255))
    pieces: Pieces = [
        solid(taper(0, 30, 19, 2, 15), SLATE, -3, "pitched", 0.4),
        *placed(_needle(), 0, 38),
        *plinth(0, 0, 19, 2),
        *block(0, 0, 18, 31),
        *opening(0, 0, 7, 11, "pointed", 1.8, False, DARK_WOOD, 3),
        *balustrade(0, 13.2, 17, 1.4, 16, LIMESTONE, 1),
        carve(arch(0, 15, 13, 17, "pointed"), front=-0.5),
    ]
    for k, at in enumerate(np.linspace(0, 2 * np.pi, 16, endpoint=False)):
        for r, size in ((4.8, 0.85), (3.0, 0.55)):
            petal = ellipse(r * float(np.cos(at)), 22.6 + r * float(np.sin(at)), size, steps=14)
            pieces.append(carve(petal, front=-0.3, material=ruby if (k + (r > 4)) % 2 else azure))
    pieces += [
        carve(ellipse(0, 22.6, 1.5), front=-0.3, material=LAMPLIGHT),
        carve(*[arch(x, 15.2, 1.3, 2.6, "pointed") for x in (-3.4, -1.2, 1.2, 3.4)], front=-0.3, material=ruby),
        solid(taper(0, 31, 17, 0, 9), LIMESTONE, 0),
        *opening(0, 32.5, 2.2, 4.6, "pointed", 0.5, False, azure),
    ]
    for side in (-1, 1):
        x = side * 9.6
        pieces += [
            *block(x, 0, 3.2, 31, LIMESTONE, 1.6),
            *[q for y in (10, 20, 30) for q in cornice(x, y, 3.2, 0.8, LIMESTONE, 1.6)],
        ]
        pieces += [carve(*[arch(x, y, 1.1, 6.6, "pointed") for y in (2, 12, 22)], front=-0.3, material=azure)]
        pieces += [solid(taper(x, 31, 3.6, 0.7, 11), LIMESTONE, 1, "ridged"), *finial(x, 41.6, 2.6, GOLD, thick=0.6)]
    return pieces


def _needle() -> Pieces:
    """The chapel's fleche: two lit tiers of cedar and lead, gilded."""
    lead = LEAD.tinted((96, 108, 128))
    return [
        solid(rect(0, 0, 5, 6), lead, -1),
        carve(*[arch(x, 0.8, 0.9, 4.4, "pointed") for x in spread(3, 4.4)], front=-0.3, material=LAMPLIGHT),
        *mirrored(pinnacle(2.6, 4.4, 0.8, 5, lead, 0)),
        solid(rect(0, 6, 4, 5), lead, -1),
        carve(*[arch(x, 6.6, 0.8, 3.8, "pointed") for x in spread(2, 3.2)], front=-0.3, material=LAMPLIGHT),
        solid(taper(0, 11, 4.2, 0.8, 22), lead, -1, "ridged"),
        *[solid(ellipse(s * (2.1 - k * 0.18), 12 + k * 2.2, 0.32), GOLD, 0) for k in range(9) for s in (-1, 1)],
        *finial(0, 32.4, 5, GOLD, True, 0.8),
    ]
