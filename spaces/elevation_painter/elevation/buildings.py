"""Buildings nobody has built: composed from their kind, a style and the seed."""

import numpy as np

from .geometry import arch, bar, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from .kit import (
    balustrade, band, block, clock, column, colonnade, cornice, crenels, dome, figure, finial, lantern, lattice, opening,
    pediment, pinnacle, plinth, relief_crowd, rose, spire, steps, storey, voussoirs, windows,
)  # fmt: skip
from .materials import (
    BRONZE, COPPER, DARK_WOOD, GOLD, GREY_STONE, LAMPLIGHT, LEAD, LIMESTONE, OAK, PLASTER, SHADOW, SLATE, STEEL, THATCH,
    Material,
)  # fmt: skip
from .relief import Pieces, carve, cut, mirrored, solid
from .style import Style


def tower(style: Style, rng: np.random.Generator) -> Pieces:
    """Storeys that step back, a crown of dome or spire."""
    stone = style.body
    tiers = int(rng.integers(4, 6))
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


def bridge(style: Style, rng: np.random.Generator) -> Pieces:
    """Arches on piers, a lit parapet, four pylons."""
    stone, count = style.body, int(rng.choice([3, 5]))
    span = 96 / count
    pieces = [*block(0, 0, 100, 20, stone)]
    for x in spread(count, 96):
        pieces += voussoirs(x, 3, span * 0.42, span * 0.47, 9, 0.4)
        pieces += [cut(arch(x, -1, span * 0.82, min(span * 0.41 + 4, 18)))]
    for x in np.linspace(-48, 48, count + 1):
        pieces += [solid(rect(float(x), -2, 5, 21), stone, 2, "turned", 0.7)]
    pieces += [*cornice(0, 18.5, 101, 1.6, stone, 1), *balustrade(0, 20, 102, 3, 44, stone, 0.5)]
    for x in (-46.0, 46.0):
        pieces += [*storey(x, 16, 6, 18, stone, 2), *finial(x, 34, 7, GOLD, thick=1.4)]
    return pieces


def domed(style: Style, rng: np.random.Generator) -> Pieces:
    """A portico before a drum and a great dome."""
    stone = style.body
    bulb = 0.35 if style.says("mosque", "mausoleum", "onion") else 0.0
    cap = LEAD if not style.says("gold", "golden") else GOLD
    pieces = [
        *steps(0, 0, 62, 54, 3, stone),
        *storey(0, 3, 52, 17, stone), *windows(0, 5, 50, 11, 9, 1, rng, "round", (0.4, 0.75)),
        solid(rect(0, 20, 32, 14), stone, -4, "turned", 0.6),
        *windows(0, 22, 28, 10, 7, 1, rng, "round", (0.42, 0.8)),
        *cornice(0, 32.6, 32, 1.8, stone, 8),
        *dome(0, 34.4, 15, 19, cap, -4, 10, GOLD, point=0.3 if bulb else 0, bulb=bulb),
        *lantern(0, 52.4, 5, 13, stone),
        *colonnade(0, 3, 26, 13, 6, stone, 3), *block(0, 16, 27, 2.6, stone, 4), *pediment(0, 18.6, 28, 6, stone, 4),
    ]  # fmt: skip
    if style.says("mosque", "mausoleum"):
        pieces += mirrored([solid(rect(33, 0, 5, 46), stone, 0, "turned"), *cornice(33, 30, 5, 2, stone, 2.5),
                            *dome(33, 46, 2.6, 5, cap, 0, 4, bulb=0.3), *finial(33, 50, 5)])  # fmt: skip
    return pieces


def temple(style: Style, rng: np.random.Generator) -> Pieces:
    """Columns, an entablature, a pediment."""
    stone, count = style.body, int(rng.choice([6, 8]))
    return [
        *steps(0, 0, 64, 54, 5, stone, 5),
        *colonnade(0, 5, 52, 20, count, stone, 1, 0.46),
        carve(rect(0, 5, 4.4, 13), front=0.3, material=LAMPLIGHT),
        *block(0, 25, 53, 5, stone, 3.5), *band(0, 25.6, 52, 3, 2 * count + 3, 0.5), *cornice(0, 29, 53, 1.8, stone, 3.5),
        *pediment(0, 31, 57, 11.5, stone, 3.5, 9),
        *[p for x in (-27.5, 0, 27.5) for p in finial(x, 31 if x else 42, 4.6, GOLD, thick=0.9)],
    ]  # fmt: skip


def gate(style: Style, rng: np.random.Generator) -> Pieces:
    """A great arch between two small ones, statues above."""
    stone = style.body
    return [
        *plinth(0, 0, 52, 3, stone, 1), *block(0, 0, 50, 32, stone),
        *[p for x in (-17, 17) for p in opening(x, 0, 7, 14, frame=1.3)], *opening(0, 0, 13, 23, frame=1.8),
        *voussoirs(0, 16.5, 6.6, 8.4, 10, 0.4),
        *[p for x in (-23, -11, 11, 23) for p in column(x, 3, 2.4, 24, stone, 2.4)],
        *cornice(0, 28, 51, 3, stone, 2.4), *storey(0, 31, 48, 9, stone, 0.6), *band(0, 33, 30, 5, 9, 0.5),
        *[p for x in (-20, 20) for p in finial(x, 40, 7, GOLD, thick=1.2)], *pediment(0, 40, 20, 6, stone, 1),
    ]  # fmt: skip


def castle(style: Style, rng: np.random.Generator) -> Pieces:
    """A keep with battlements, round towers with cone roofs, a gate with a portcullis."""
    stone = style.body
    flank = [
        solid(rect(25, 0, 13, 36), stone, 0, "turned"), *crenels(25, 38, 15, 2.4, 6, stone, 6),
        solid(rect(25, 35, 15, 3.4), stone, 1, "turned"), *spire(25, 39.5, 13, 17, SLATE, 0, 0, "turned"),
        *finial(25, 55, 6), carve(*[arch(25, y, 1.8, 4, "pointed") for y in (8, 17, 26)], front=-0.5, material=LAMPLIGHT),
    ]  # fmt: skip
    return [
        *block(0, 0, 30, 46, stone, -8), *windows(0, 26, 26, 17, 4, 2, rng, "pointed"), *crenels(0, 46, 31, 3, 9, stone, -7),
        *spire(0, 46, 11, 26, SLATE, -9, 0, "turned"), *finial(0, 70, 7),
        *block(0, 0, 48, 22, stone), *crenels(0, 22, 48, 3, 13, stone), *cornice(0, 20.4, 46, 1.2, stone),
        *opening(0, 0, 9, 14, "pointed", 1.8, archivolts=2),
        *mirrored(flank),
    ]  # fmt: skip


def church(style: Style, rng: np.random.Generator) -> Pieces:
    """A gabled front with a rose, two towers with spires."""
    stone = style.body
    side = [
        *storey(15, 0, 11, 44, stone, 1, 0.04), *opening(15, 0, 5, 9, "pointed", 1.2, False),
        *windows(15, 14, 10, 26, 2, 2, rng, "pointed", (0.42, 0.8)),
        *spire(15, 44, 10.5, 30, SLATE, 1), *finial(15, 72, 6, GOLD, True),
        *pinnacle(10, 44, 1.6, 7, stone, 1), *pinnacle(20, 44, 1.6, 7, stone, 1),
    ]  # fmt: skip
    return [
        *block(0, 0, 20, 34, stone), solid(taper(0, 34, 22, 0, 13), stone, 0),
        *opening(0, 0, 7, 13, "pointed", 2.4, False, DARK_WOOD, 3), *rose(0, 25, 5.2), *cornice(0, 16, 19, 1.2, stone),
        *finial(0, 46, 5, GOLD, True, 0.8), *mirrored(side),
    ]  # fmt: skip


def lighthouse(style: Style, rng: np.random.Generator) -> Pieces:
    """A tapering shaft with bands, a gallery, and the lamp."""
    stone = style.body
    red = Material((206, 52, 40), "bricks", 0.6)
    pieces: Pieces = [*steps(0, 0, 22, 16, 3, LIMESTONE, 3), solid(taper(0, 3, 13, 8, 42), stone, 0, "turned")]
    for k in range(0, 5, 2):
        low, high = 3 + k * 8.4, 3 + (k + 1) * 8.4
        pieces.append(solid(taper(0, low, 13 - 5 * (low - 3) / 42, 13 - 5 * (high - 3) / 42, 8.4), red, 0, "turned"))
    pieces += [carve(*[arch(0, y, 1.5, 3) for y in (9, 18, 27, 36)], front=-0.4, material=LAMPLIGHT)]
    return [
        *pieces, *opening(0, 3, 2.6, 4.8, through=False, back=DARK_WOOD), *cornice(0, 43.5, 8, 2, stone, 4),
        *balustrade(0, 45.5, 12, 1.8, 10, STEEL, 3), solid(rect(0, 45.5, 6, 6), LAMPLIGHT, 0, "turned"),
        *[carve(rect(x, 45.5, 0.4, 6), front=0.3, material=STEEL) for x in (-2, 0, 2)],
        *dome(0, 51.5, 3.9, 3.6, red, 0, 6), *finial(0, 54.6, 4),
    ]  # fmt: skip


def pyramid(style: Style, rng: np.random.Generator) -> Pieces:
    """Steps up to a shrine."""
    stone, count = style.body, int(rng.integers(7, 10))
    pieces = [*steps(0, 0, 70, 18, 36, stone, count)]
    pieces += steps(0, 0, 15, 11, 36, stone, 22)
    return [*pieces, *storey(0, 36, 14, 9, stone, 1), *opening(0, 36, 4, 6, "flat", 0.8, False, LAMPLIGHT),
            *storey(0, 45, 10, 3, stone, 1)]  # fmt: skip


def house(style: Style, rng: np.random.Generator) -> Pieces:
    """Two lit storeys under a steep roof, two chimneys."""
    wall = style.body
    return [
        *mirrored([*block(10, 20, 3, 11, wall, -4), *cornice(10, 30, 3, 1, wall, -4)]),
        *plinth(0, 0, 31, 1.6, LIMESTONE), *block(0, 0, 30, 17, wall), *windows(0, 9.5, 28, 6.5, 5, 1, rng, lit=0.8),
        *windows(0, 2, 28, 6.5, 5, 1, rng, lit=0.8), *cornice(0, 16.4, 31, 1.2, wall),
        solid(taper(0, 17.6, 34, 15, 11), SLATE, 0, "pitched", -0.7),
        *mirrored([*block(7, 18, 4, 5, wall, 0), *windows(7, 18.4, 4, 4.4, 1, 1, rng), solid(taper(7, 23, 5.4, 0, 3), SLATE, 1)]),
        *opening(0, 0, 3.4, 6.6, "round", 0.6, False, DARK_WOOD),
    ]  # fmt: skip


def skyscraper(style: Style, rng: np.random.Generator) -> Pieces:
    """Art deco setbacks, ribs of light, a stepped crown and a needle."""
    stone = style.made_of(LIMESTONE)
    pieces: Pieces = [*storey(0, 0, 44, 10, stone, 3, 0.1), *opening(0, 0, 7, 8, "round", 1.2, False, LAMPLIGHT)]
    y = 10.0
    for k, (width, height) in enumerate(((38, 24), (30, 38), (22, 30), (14, 12), (9, 8))):
        pieces += [solid(rect(0, y, width, height), stone, -2 * k)]
        pieces += windows(0, y + 0.6, width - 2, height - 2, int(width // 2.6), int(height // 3.2), rng, "flat", (0.5, 0.66), 0.6, 0.08, sill=False)
        ribs = [rect(x, y, 0.9, height + 1) for x in np.linspace(-width / 2 + 0.6, width / 2 - 0.6, int(width // 5) + 1)]
        pieces += [carve(*ribs, front=0.8), *cornice(0, y + height - 1, width, 1.2, stone, -2 * k)]
        y += height
    return [*pieces, *dome(0, y, 3.6, 7, STEEL, 0, 6, point=0.8), solid(taper(0, y + 5, 2.2, 1.2, 26), STEEL, 0, "turned")]


def palace(style: Style, rng: np.random.Generator) -> Pieces:
    """A long garden front: two storeys, a pedimented middle, corner pavilions under mansards."""
    stone = style.body
    wing = [
        *storey(34, 0, 16, 26, stone, 2, 0.06), *windows(34, 2.4, 14, 9, 3, 1, rng, "round", (0.5, 0.8), 0.85), *windows(34, 13, 14, 10, 3, 1, rng, "flat", (0.46, 0.8), 0.85),
        solid(taper(34, 26, 18, 10, 9), SLATE, 2, "pitched", -0.5), *windows(34, 26.4, 9, 5.6, 2, 1, rng, "round", (0.4, 0.8)), *balustrade(34, 35, 10, 1.2, 7, stone, 0), *finial(34, 36, 4),
    ]  # fmt: skip
    return [
        *steps(0, -2.4, 92, 86, 2.6, stone, 3), solid(taper(0, 24, 60, 54, 6), SLATE, -4, "pitched", -0.6), *storey(0, 0, 54, 24, stone, 0, 0.06), *windows(0, 2.4, 52, 9, 11, 1, rng, "round", (0.46, 0.8), 0.85), *windows(0, 12.6, 52, 9, 11, 1, rng, "flat", (0.42, 0.8), 0.85),
        *balustrade(0, 24, 54, 1.6, 36, stone, 0), *mirrored(wing), *storey(0, 0, 20, 26, stone, 2, 0.06), *[p for x in (-8.4, -4.2, 4.2, 8.4) for p in column(x, 2, 1.8, 21.6, stone, 3)],
        *opening(0, 0, 4.6, 9.6, "round", 0.8, False, LAMPLIGHT), *windows(0, 12.4, 6, 10, 1, 1, rng, "round", (0.7, 0.84), 1), *pediment(0, 26, 22, 6, stone, 3), *finial(0, 31.6, 4.4),
    ]  # fmt: skip


def windmill(style: Style, rng: np.random.Generator) -> Pieces:
    """A tower mill with four sails of canvas on lattice."""
    wall = style.made_of(PLASTER)
    sails: Pieces = []
    for k in range(4):
        at = np.pi / 4 + k * np.pi / 2
        u, v = (float(np.cos(at)), float(np.sin(at))), (-float(np.sin(at)), float(np.cos(at)))
        corner = [(a * u[0] + b * v[0], 27 + a * u[1] + b * v[1]) for a, b in ((4, 0.4), (19, 0.4), (19, 5.0), (4, 4.2))]
        sails += lattice(corner[0], corner[1], corner[2], corner[3], 5, 0.7, OAK, 8, 0.8)
        sails.append(solid(bar((0, 27), corner[1], 1.2), DARK_WOOD, 8.4))
    return [
        *steps(0, -1.6, 26, 22, 1.8, GREY_STONE, 2), solid(taper(0, 0, 18, 11, 24), wall, 0, "turned"), carve(*[rect(0, y, 20, 0.4) for y in (8, 16)], front=0.2, material=DARK_WOOD), *opening(0, 0, 3.4, 6, "round", 0.6, False, DARK_WOOD),
        carve(*[rect(x, y, 1.8, 2.4) for x, y in ((-3.8, 9.6), (3.8, 9.6), (0, 17.6))], front=-0.3, material=LAMPLIGHT), *balustrade(0, 7, 20, 1.8, 15, OAK, 5), *cornice(0, 23.4, 11, 1, DARK_WOOD, 4), *dome(0, 24.4, 5.9, 7.4, THATCH, 0, 8, point=0.6), *finial(0, 31, 3), *sails, solid(ellipse(0, 27, 1.5), BRONZE, 9, "turned"),
    ]  # fmt: skip


def monument(style: Style, rng: np.random.Generator) -> Pieces:
    """A column of honour: steps, a base with reliefs, a fluted shaft, a winged figure of gold."""
    stone = style.body
    wing = polygon((0.6, 43.4), (2.4, 46.6), (4.8, 48.2), (4.0, 44.4), (1.0, 41.4))
    return [
        *steps(0, 0, 26, 19, 4, stone, 5), *storey(0, 4, 13, 9, stone, 0, 0.12), *relief_crowd(0, 5.4, 9.6, 6, rng, 5, 0.7), *mirrored([solid(rect(9.2, 4, 3, 3), stone, 3), *finial(9.2, 7, 4.4, BRONZE, thick=1.0)]),
        solid(lathe([(4.0, 0), (3.8, 1.0), (2.9, 1.8)], 0, 13), stone, 1, "turned"), solid(taper(0, 14.4, 5.4, 4.6, 19), stone, 0, "turned"), carve(*[rect(x, 14.6, 0.34, 18.6) for x in (-2.1, -1.4, -0.7, 0, 0.7, 1.4, 2.1)], front=-0.2),
        *[solid(rect(0, y, 6.0, 0.9), GOLD, 0.4, "turned") for y in (20, 27)], solid(lathe([(2.4, 0), (2.8, 0.9), (4.0, 2.6), (4.2, 3.6)], 0, 33), stone, 0.6, "turned"), solid(rect(0, 36.4, 4, 1.6), stone, 1), *mirrored([solid(wing, GOLD, 1)]), *figure(0, 37.8, 9, GOLD, 1.6),
    ]  # fmt: skip


def statue(style: Style, rng: np.random.Generator) -> Pieces:
    """A draped figure with a torch, on a pedestal."""
    metal = style.made_of(COPPER)
    robe = lathe([(4.8, 0), (4.4, 6), (3.6, 12), (3.0, 17), (3.9, 21), (3.4, 22.6), (1.3, 23.6)], 0, 20, 5)
    folds = [ribbon(curve([(x * 1.3, 20.4), (x + float(rng.uniform(-0.5, 0.5)), 29), (x * 0.55, 38)], 4), 0.5) for x in np.linspace(-3.4, 3.4, 8)]
    rays = [bar((1.6 * float(np.cos(t)), 47.4 + 1.6 * float(np.sin(t))), (3.8 * float(np.cos(t)), 47.4 + 3.8 * float(np.sin(t))), 0.8, 0.3) for t in np.linspace(0.35, np.pi - 0.35, 7)]
    return [
        *steps(0, 0, 24, 19, 3, style.body, 3), *storey(0, 3, 13, 15, style.body if not style.says("bronze", "gold", "golden") else LIMESTONE, 0, 0.1), carve(rect(0, 6, 8.6, 8.6), front=0.3), *relief_crowd(0, 6.6, 7.4, 6.6, rng, 5, 0.5), solid(rect(0, 18, 11, 2.2), metal, 0.4),
        solid(bar((2.6, 41), (6.0, 49), 2.0, 1.5), metal, 0), solid(robe, metal, 0, "turned", 0.8), carve(*folds, front=0.35, form="turned"), carve(bar((-3.4, 40), (3.2, 30), 1.4), front=0.5), solid(bar((-3.2, 40.6), (-4.6, 34.6), 1.9), metal, 1), solid(bar((-4.6, 34.6), (-1.8, 33.4), 1.5), metal, 2),
        solid(polygon((-5.4, 32.6), (-2.6, 33.6), (-3.4, 38), (-6.2, 37)), metal, 2.6), *[solid(o, metal, -0.6) for o in rays], solid(rect(0, 43, 1.9, 2.4), metal, 1, "turned"), solid(ellipse(0, 46.4, 1.8, 2.4), metal, 1.4, "turned"), carve(ellipse(-0.7, 46.8, 0.35, 0.18), ellipse(0.7, 46.8, 0.35, 0.18), rect(0, 45.2, 0.8, 0.2), front=-0.3, material=SHADOW), carve(taper(0, 45.7, 0.5, 0.25, 1), front=0.25),
        solid(taper(6.0, 48.6, 1.2, 2.4, 2.4), metal, 0.4, "turned"), solid(lathe([(0.8, 0), (1.4, 1.3), (0.8, 2.8), (0.15, 4.2)], 6.0, 50.8, 4), GOLD, 0.4, "turned"),
    ]  # fmt: skip


def fountain(style: Style, rng: np.random.Generator) -> Pieces:
    """Three basins and their water, lit from below."""
    stone = style.body
    water = Material((150, 200, 236), "grain", 0.8, 0.7, 0.22)
    pieces: Pieces = [solid(rect(0, -1, 52, 2.4), stone, 1), solid(lathe([(24, 0), (25.4, 2.4), (25.8, 5.4)], 0, 1), stone, 0, "turned", 0.3), solid(rect(0, 5.6, 53, 1.8), stone, 3, "turned", 0.2),
                      carve(*[rect(x, 1.6, 2.2, 3.2) for x in spread(15, 48)], front=0.4)]  # fmt: skip
    for y, wide, tall, drop in ((6, 15.4, 10, 10), (17.6, 9.6, 7.4, 10), (26.4, 5.2, 5, 8)):
        pieces += [solid(lathe([(2.6, 0), (1.5, tall * 0.5), (2.2, tall)], 0, y, 4), stone, 0, "turned"), solid(lathe([(1.6, 0), (wide * 0.7, 1.0), (wide, 2.6)], 0, y + tall - 1, 4), stone, 1, "turned", 0.4), solid(rect(0, y + tall + 1.4, 2 * wide, 0.8), stone, 3, "turned", 0.3)]
        for x in spread(7, 1.9 * wide):
            reach = float(rng.uniform(0.8, 1.0)) * drop
            pieces.append(solid(taper(x, y + tall + 1.6 - reach, 1.5, 0.7, reach), water, 3, "turned"))
    jet = lathe([(0.5, 0), (0.6, 5), (1.3, 8), (0.4, 10)], 0, 33, 4)
    return [*pieces, solid(jet, water, 2, "turned"), *mirrored([solid(ribbon(curve([(0.4, 33), (2.2, 39.4), (4.4, 33.6)], 6), 0.7), water, 2)])]
