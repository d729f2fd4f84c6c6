"""Buildings nobody has built: composed from their kind, a style and the seed."""

import numpy as np

from ..craft.geometry import arch, bar, ellipse, rect, taper
from ..craft.kit import (
    block,
    colonnade,
    column,
    cornice,
    dome,
    lantern,
    lattice,
    opening,
    pediment,
    plinth,
    spire,
    steps,
    storey,
    windows,
)
from ..craft.materials import (
    BRONZE,
    DARK_WOOD,
    GOLD,
    GREY_STONE,
    LAMPLIGHT,
    LEAD,
    LIMESTONE,
    OAK,
    PLASTER,
    SLATE,
    STEEL,
    THATCH,
    Material,
)
from ..craft.ornament import balustrade, band, clock, crenels, finial, pinnacle, rose, voussoirs
from ..craft.relief import Pieces, carve, mirrored, solid
from ..prompt.style import Style, pick


def tower(style: Style, rng: np.random.Generator) -> Pieces:
    """Storeys that step back, a crown of dome or spire."""
    stone = style.body
    tiers = pick(rng, 4, 5)
    y, width = 0.0, 20.0
    pieces: Pieces = [*steps(0, -2, 26, 22, 2, stone, 3)]
    for tier in range(tiers):
        height = 15.0 - tier
        pieces += storey(0, y, width, height, stone, -tier * 0.5)
        pieces += windows(0, y + 1.5, width * 0.88, height - 3, 4 - tier // 2, 2, rng, "round" if tier % 2 else "flat")
        y, width = y + height, width * 0.86
    if style.says("clock"):
        pieces += clock(0, y - 6, width * 0.42)
    pieces += balustrade(0, y, width * 1.2, 1.4, 9, stone)
    if rng.random() < 0.5:
        return [
            *pieces,
            *dome(0, y + 1.4, width * 0.5, width * 0.6, LEAD, 0),
            *lantern(0, y + width * 0.55 + 1.4, 3.4, 9, stone),
        ]
    return [*pieces, *spire(0, y + 1.4, width * 0.9, 22, SLATE), *finial(0, y + 21, 6)]


def domed(style: Style, rng: np.random.Generator) -> Pieces:
    """A portico before a drum and a great dome."""
    stone = style.body
    bulb = 0.35 if style.says("mosque", "mausoleum", "onion") else 0.0
    cap = LEAD if not style.says("gold", "golden") else GOLD
    pieces = [
        *steps(0, 0, 62, 54, 3, stone),
        *storey(0, 3, 52, 17, stone),
        *windows(0, 5, 50, 11, 9, 1, rng, "round", (0.4, 0.75)),
        solid(rect(0, 20, 32, 14), stone, -4, "turned", 0.6),
        *windows(0, 22, 28, 10, 7, 1, rng, "round", (0.42, 0.8)),
        *cornice(0, 32.6, 32, 1.8, stone, 8),
        *dome(0, 34.4, 15, 19, cap, -4, 10, GOLD, point=0.3 if bulb else 0, bulb=bulb),
        *lantern(0, 52.4, 5, 13, stone),
        *colonnade(0, 3, 26, 13, 6, stone, 3),
        *block(0, 16, 27, 2.6, stone, 4),
        *pediment(0, 18.6, 28, 6, stone, 4),
    ]
    if style.says("mosque", "mausoleum"):
        pieces += mirrored(
            [
                solid(rect(33, 0, 5, 46), stone, 0, "turned"),
                *cornice(33, 30, 5, 2, stone, 2.5),
                *dome(33, 46, 2.6, 5, cap, 0, 4, bulb=0.3),
                *finial(33, 50, 5),
            ]
        )
    return pieces


def temple(style: Style, rng: np.random.Generator) -> Pieces:
    """Columns, an entablature, a pediment."""
    stone, count = style.body, pick(rng, 6, 8)
    return [
        *steps(0, 0, 64, 54, 5, stone, 5),
        *colonnade(0, 5, 52, 20, count, stone, 1, 0.46),
        carve(rect(0, 5, 4.4, 13), front=0.3, material=LAMPLIGHT),
        *block(0, 25, 53, 5, stone, 3.5),
        *band(0, 25.6, 52, 3, 2 * count + 3, 0.5),
        *cornice(0, 29, 53, 1.8, stone, 3.5),
        *pediment(0, 31, 57, 11.5, stone, 3.5, 9),
        *[p for x in (-27.5, 0, 27.5) for p in finial(x, 31 if x else 42, 4.6, GOLD, thick=0.9)],
    ]


def gate(style: Style, _rng: np.random.Generator) -> Pieces:
    """A great arch between two small ones, statues above."""
    stone = style.body
    return [
        *plinth(0, 0, 52, 3, stone, 1),
        *block(0, 0, 50, 32, stone),
        *[p for x in (-17, 17) for p in opening(x, 0, 7, 14, frame=1.3)],
        *opening(0, 0, 13, 23, frame=1.8),
        *voussoirs(0, 16.5, 6.6, 8.4, 10, 0.4),
        *[p for x in (-23, -11, 11, 23) for p in column(x, 3, 2.4, 24, stone, 2.4)],
        *cornice(0, 28, 51, 3, stone, 2.4),
        *storey(0, 31, 48, 9, stone, 0.6),
        *band(0, 33, 30, 5, 9, 0.5),
        *[p for x in (-20, 20) for p in finial(x, 40, 7, GOLD, thick=1.2)],
        *pediment(0, 40, 20, 6, stone, 1),
    ]


def castle(style: Style, rng: np.random.Generator) -> Pieces:
    """A keep with battlements, round towers with cone roofs, a gate with a portcullis."""
    stone = style.body
    flank = [
        solid(rect(25, 0, 13, 36), stone, 0, "turned"),
        *crenels(25, 38, 15, 2.4, 6, stone, 6),
        solid(rect(25, 35, 15, 3.4), stone, 1, "turned"),
        *spire(25, 39.5, 13, 17, SLATE, 0, 0, "turned"),
        *finial(25, 55, 6),
        carve(*[arch(25, y, 1.8, 4, "pointed") for y in (8, 17, 26)], front=-0.5, material=LAMPLIGHT),
    ]
    return [
        *block(0, 0, 30, 46, stone, -8),
        *windows(0, 26, 26, 17, 4, 2, rng, "pointed"),
        *crenels(0, 46, 31, 3, 9, stone, -7),
        *spire(0, 46, 11, 26, SLATE, -9, 0, "turned"),
        *finial(0, 70, 7),
        *block(0, 0, 48, 22, stone),
        *crenels(0, 22, 48, 3, 13, stone),
        *cornice(0, 20.4, 46, 1.2, stone),
        *opening(0, 0, 9, 14, "pointed", 1.8, archivolts=2),
        *mirrored(flank),
    ]


def church(style: Style, rng: np.random.Generator) -> Pieces:
    """A gabled front with a rose, two towers with spires."""
    stone = style.body
    side = [
        *storey(15, 0, 11, 44, stone, 1, 0.04),
        *opening(15, 0, 5, 9, "pointed", 1.2, False),
        *windows(15, 14, 10, 26, 2, 2, rng, "pointed", (0.42, 0.8)),
        *spire(15, 44, 10.5, 30, SLATE, 1),
        *finial(15, 72, 6, GOLD, True),
        *pinnacle(10, 44, 1.6, 7, stone, 1),
        *pinnacle(20, 44, 1.6, 7, stone, 1),
    ]
    return [
        *block(0, 0, 20, 34, stone),
        solid(taper(0, 34, 22, 0, 13), stone, 0),
        *opening(0, 0, 7, 13, "pointed", 2.4, False, DARK_WOOD, 3),
        *rose(0, 25, 5.2),
        *cornice(0, 16, 19, 1.2, stone),
        *finial(0, 46, 5, GOLD, True, 0.8),
        *mirrored(side),
    ]


def lighthouse(style: Style, _rng: np.random.Generator) -> Pieces:
    """A tapering shaft, a gallery, and the lamp; banded in red unless another look is asked for."""
    stone = style.body
    banded = stone is LIMESTONE or style.says("striped", "stripes", "banded", "bands")
    red = Material((206, 52, 40), "bricks", 0.6)
    pieces: Pieces = [*steps(0, 0, 22, 16, 3, LIMESTONE, 3), solid(taper(0, 3, 13, 8, 42), stone, 0, "turned")]
    for k in range(0, 5, 2) if banded else ():
        low, high = 3 + k * 8.4, 3 + (k + 1) * 8.4
        pieces.append(solid(taper(0, low, 13 - 5 * (low - 3) / 42, 13 - 5 * (high - 3) / 42, 8.4), red, 0, "turned"))
    pieces += [carve(*[arch(0, y, 1.5, 3) for y in (9, 18, 27, 36)], front=-0.4, material=LAMPLIGHT)]
    return [
        *pieces,
        *opening(0, 3, 2.6, 4.8, through=False, back=DARK_WOOD),
        *cornice(0, 43.5, 8, 2, stone, 4),
        *balustrade(0, 45.5, 12, 1.8, 10, STEEL, 3),
        solid(rect(0, 45.5, 6, 6), LAMPLIGHT, 0, "turned"),
        *[carve(rect(x, 45.5, 0.4, 6), front=0.3, material=STEEL) for x in (-2, 0, 2)],
        *dome(0, 51.5, 3.9, 3.6, red, 0, 6),
        *finial(0, 54.6, 4),
    ]


def pyramid(style: Style, rng: np.random.Generator) -> Pieces:
    """Steps up to a shrine."""
    stone, count = style.body, pick(rng, 7, 8, 9)
    pieces = [*steps(0, 0, 70, 18, 36, stone, count)]
    pieces += steps(0, 0, 15, 11, 36, stone, 22)
    return [
        *pieces,
        *storey(0, 36, 14, 9, stone, 1),
        *opening(0, 36, 4, 6, "flat", 0.8, False, LAMPLIGHT),
        *storey(0, 45, 10, 3, stone, 1),
    ]


def house(style: Style, rng: np.random.Generator) -> Pieces:
    """Two lit storeys under a steep roof, two chimneys."""
    wall = style.body
    return [
        *mirrored([*block(10, 20, 3, 11, wall, -4), *cornice(10, 30, 3, 1, wall, -4)]),
        *plinth(0, 0, 31, 1.6, LIMESTONE),
        *block(0, 0, 30, 17, wall),
        *windows(0, 9.5, 28, 6.5, 5, 1, rng, lit=0.8),
        *windows(0, 2, 28, 6.5, 5, 1, rng, lit=0.8),
        *cornice(0, 16.4, 31, 1.2, wall),
        solid(taper(0, 17.6, 34, 15, 11), SLATE, 0, "pitched", 0.7),
        *mirrored(
            [
                *block(7, 18, 4, 5, wall, 0),
                *windows(7, 18.4, 4, 4.4, 1, 1, rng),
                solid(taper(7, 23, 5.4, 0, 3), SLATE, 1),
            ]
        ),
        *opening(0, 0, 3.4, 6.6, "round", 0.6, False, DARK_WOOD),
    ]


def windmill(style: Style, _rng: np.random.Generator) -> Pieces:
    """A tower mill with four sails of canvas on lattice."""
    wall = style.made_of(PLASTER)
    sails: Pieces = []
    for k in range(4):
        at = np.pi / 4 + k * np.pi / 2
        u, v = (float(np.cos(at)), float(np.sin(at))), (-float(np.sin(at)), float(np.cos(at)))
        corner = [
            (a * u[0] + b * v[0], 27 + a * u[1] + b * v[1]) for a, b in ((4, 0.4), (19, 0.4), (19, 5.0), (4, 4.2))
        ]
        sails += lattice(corner[0], corner[1], corner[2], corner[3], 5, 0.7, OAK, 8, 0.8)
        sails.append(solid(bar((0, 27), corner[1], 1.2), DARK_WOOD, 8.4))
    return [
        *steps(0, -1.6, 26, 22, 1.8, GREY_STONE, 2),
        solid(taper(0, 0, 18, 11, 24), wall, 0, "turned"),
        carve(*[rect(0, y, 20, 0.4) for y in (8, 16)], front=0.2, material=DARK_WOOD),
        *opening(0, 0, 3.4, 6, "round", 0.6, False, DARK_WOOD),
        carve(*[rect(x, y, 1.8, 2.4) for x, y in ((-3.8, 9.6), (3.8, 9.6), (0, 17.6))], front=-0.3, material=LAMPLIGHT),
        *balustrade(0, 7, 20, 1.8, 15, OAK, 5),
        *cornice(0, 23.4, 11, 1, DARK_WOOD, 4),
        *dome(0, 24.4, 5.9, 7.4, THATCH, 0, 8, point=0.6),
        *finial(0, 31, 3),
        *sails,
        solid(ellipse(0, 27, 1.5), BRONZE, 9, "turned"),
    ]
