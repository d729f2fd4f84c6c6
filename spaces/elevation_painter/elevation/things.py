"""Things for a showroom: what is worn, driven, played and carried."""

from dataclasses import replace

import numpy as np

from .geometry import arch, bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from .kit import clock as dial
from .materials import (
    COLD_LIGHT, DARK_GLASS, DARK_WOOD, FABRIC, GLASS, GOLD, GREY_STONE, LACQUER, LAMPLIGHT, LEATHER, OAK, PLASTER,
    PORCELAIN, RUBBER, SHADOW, STEEL, WOOD, Material,
)  # fmt: skip
from .relief import Pieces, carve, cut, mirrored, placed, solid
from .style import BRASS, Style


def watch(style: Style, rng: np.random.Generator) -> Pieces:
    """A wristwatch: case, dial with hours, three hands, a strap above and below."""
    metal = style.made_of(GOLD if rng.random() < 0.5 else STEEL)
    strap = LEATHER
    face = DARK_GLASS.tinted((30, 44, 80)) if rng.random() < 0.5 else PORCELAIN
    mark = GOLD if face is not PORCELAIN else SHADOW
    hours = [bar((7.0 * float(np.cos(t)), 7.0 * float(np.sin(t))), (8.8 * float(np.cos(t)), 8.8 * float(np.sin(t))), 0.7) for t in np.linspace(0, 2 * np.pi, 12, endpoint=False)]
    ticks = [ellipse(9.4 * float(np.cos(t)), 9.4 * float(np.sin(t)), 0.13, steps=8) for t in np.linspace(0, 2 * np.pi, 60, endpoint=False)]
    band = [solid(taper(0, 9, 13.4, 10.4, 15), strap, -2, "turned", 0.12), carve(*[rect(s * 5.4, 9, 0.2, 14.6) for s in (-1, 1)], front=0.2, material=strap.tinted((206, 170, 130)))]
    below = [replace(p, outlines=tuple(o * [1, -1] for o in p.outlines)) for p in band]
    return [
        *band, *below, carve(*[ellipse(0, -y, 0.5) for y in (17, 19.4, 21.8)], front=-0.5, material=SHADOW), *mirrored([solid(polygon((4.6, 8), (7.6, 7.4), (7.2, 13), (5.6, 13)), metal, 0), solid(polygon((4.6, -8), (7.6, -7.4), (7.2, -13), (5.6, -13)), metal, 0)]),
        solid(rect(12.8, -1.3, 2.4, 2.6), metal, 0), carve(*[rect(12.8, y, 2.4, 0.2) for y in np.arange(-1.1, 1.3, 0.5)], front=-0.2), solid(ellipse(0, 0, 12), metal, 0, "turned", 0.3),
        carve(ellipse(0, 0, 10.6), front=-0.4, material=metal.tinted((160, 150, 130))), carve(ellipse(0, 0, 10.1), front=-0.3, material=face), carve(*hours, *ticks, front=0.12, material=mark),
        carve(ellipse(0, -4.6, 2.3), front=-0.12), carve(bar((0, -4.6), (1.2, -3.2), 0.2), front=0.14, material=mark), carve(bar((0, 0), (-4.6, 3.2), 0.85, 0.4), bar((0, 0), (5.6, 5.2), 0.65, 0.3), front=0.3, material=mark),
        carve(bar((1.0, 2.4), (-2.6, -7.4), 0.22), front=0.4, material=LACQUER), carve(ellipse(0, 0, 0.7), front=0.5, material=metal),
    ]  # fmt: skip


def car(style: Style, rng: np.random.Generator) -> Pieces:
    """A small car from before: windscreen, round headlamps, grille, bumper."""
    paint = style.made_of(LACQUER.tinted((196, 40, 36)))
    paint = replace(paint, texture="smooth", shine=0.75)
    chrome = STEEL.tinted((220, 226, 234))
    cabin = blob((-8.6, 9), (-7.0, 14.0), (-4.6, 15.6), (0, 16), (4.6, 15.6), (7.0, 14.0), (8.6, 9))
    screen = blob((-7.2, 9.6), (-5.9, 13.6), (0, 14.8), (5.9, 13.6), (7.2, 9.6))
    body = blob((-9.6, 2.4), (-10.2, 6), (-9.0, 9), (-5.0, 10.2), (0, 10.5), (5.0, 10.2), (9.0, 9), (10.2, 6), (9.6, 2.4), (0, 2))
    lamps = [carve(ellipse(6.9, 6.6, 1.75), front=0.8, material=chrome), carve(ellipse(6.9, 6.6, 1.4), front=-0.2, material=LAMPLIGHT.tinted((255, 244, 210))), carve(ellipse(8.3, 4.2, 0.6, 0.4), front=0.3, material=LAMPLIGHT.tinted((255, 150, 40)))]
    grille = blob((-4.0, 3.9), (-4.4, 6.4), (0, 7.2), (4.4, 6.4), (4.0, 3.9), (0, 3.6))
    return [
        *mirrored([solid(rect(7.6, -0.6, 3.4, 5), RUBBER, 0, "turned", 0.3)]), solid(cabin, paint, -3, "pitched", -0.5), carve(screen, front=-0.3, material=DARK_GLASS), carve(bar((-5.6, 10.4), (-2.6, 14.0), 1.1), bar((-3.6, 10.4), (-0.8, 14.2), 0.5), front=0.05, material=GLASS.tinted((150, 190, 220))),
        *mirrored([solid(ellipse(10.4, 10.2, 1.2, 0.8), paint, 0, "turned")]), solid(body, paint, 0, "turned", 0.18), carve(ribbon(curve([(-6.6, 9.4), (-5.6, 7.6), (0, 7.5), (5.6, 7.6), (6.6, 9.4)], 5), 0.3), front=-0.3),
        *mirrored(lamps), carve(grille, front=0.4, material=chrome), carve(grille * [0.88, 0.86] + [0, 0.74], front=-0.5, material=SHADOW), carve(*[rect(0, y, 7.4, 0.22) for y in np.arange(4.2, 6.6, 0.55)], front=0.3, material=chrome),
        solid(rect(0, 1.6, 20.4, 1.5), chrome, 1.4), carve(rect(0, 1.7, 4.6, 1.2), front=0.2, material=PLASTER), carve(rect(0, 2.0, 3.6, 0.55), front=0.05, material=SHADOW), carve(ellipse(0, 8.4, 0.65), front=0.3, material=chrome),
    ]  # fmt: skip


def shoe(style: Style, rng: np.random.Generator) -> Pieces:
    """A sneaker in profile: sole, toe cap, laces, stripes."""
    upper = style.made_of(FABRIC.tinted((214, 216, 222)))
    trim = LACQUER.tinted(tuple(int(v) for v in rng.choice([[206, 56, 40], [44, 96, 196], [40, 140, 92]])))  # type: ignore[arg-type]
    outline = blob((-14, 3), (-14.6, 8), (-13.6, 14.6), (-11, 15.4), (-8, 13.8), (-5.4, 14.8), (-2.4, 15.4), (1.2, 11), (6, 8.4), (12, 7), (15.4, 5), (15.6, 3))
    sole = blob((-15, 0.4), (-15.4, 3.6), (-4, 3.2), (6, 3.0), (16.2, 3.8), (16.6, 1.6), (14, 0), (-4, 0.2))
    laces = [bar((-1.8 + 1.5 * k, 14.0 - 1.5 * k), (1.4 + 1.6 * k, 12.2 - 1.0 * k), 0.55) for k in range(5)]
    return [
        solid(outline, upper, 0, "turned", 0.08), carve(blob((7.4, 3), (8.4, 7.6), (13, 6.4), (15.6, 4.4), (15.4, 3)), front=0.3, material=PORCELAIN), carve(polygon((-14.4, 3), (-14.8, 9), (-11.4, 9.6), (-9, 3)), front=0.3, material=trim),
        *[carve(bar((-6 + d, 3.4), (-2.2 + d, 9.8), 1.0), front=0.25, material=trim) for d in (0, 2.4, 4.8)], carve(*laces, front=0.5, material=PLASTER), carve(ribbon(curve([(-13.4, 14.4), (-10.6, 13.9), (-8, 12.4), (-5, 13.2)], 4), 0.8), front=0.3, material=trim),
        solid(sole, PORCELAIN, 0.8), carve(ribbon([(-15, 2.4), (0, 2.0), (16.2, 2.6)], 0.5), front=0.2, material=trim), carve(*[rect(x, 0.1, 0.5, 0.8) for x in spread(22, 28)], front=-0.3),
    ]  # fmt: skip


def camera(style: Style, rng: np.random.Generator) -> Pieces:
    """A film camera: leathered body, chrome top, a lens that looks back."""
    skin = style.made_of(LEATHER.tinted((66, 62, 62)))
    chrome = STEEL.tinted((206, 210, 216))
    rings: Pieces = []
    for r, m, out in ((6.4, chrome, 1.2), (5.7, RUBBER, 0.8), (4.8, chrome, 0.5), (4.3, SHADOW, -0.6), (3.5, GLASS.tinted((60, 80, 150)), 0.2), (2.2, GLASS.tinted((120, 70, 150)), 0.1), (1.1, SHADOW, -0.2)):
        rings.append(carve(ellipse(0, 8, r), front=out, material=m))
    glint = [carve(ellipse(-1.3, 9.6, 0.8, 0.5), ellipse(1.1, 6.9, 0.35), front=0.1, material=COLD_LIGHT)]
    return [
        solid(blob((-15, 0.4), (-15.4, 8), (-15, 16), (0, 16.2), (15, 16), (15.4, 8), (15, 0.4), (0, 0)), skin, 0), solid(rect(0, 13.4, 30.4, 3.4), chrome, 0.6), solid(rect(0, 0, 30, 1.4), chrome, 0.6), solid(polygon((-5.4, 16), (5.4, 16), (4, 20.2), (-4, 20.2)), chrome, 0.8),
        carve(rect(0, 17.2, 4.4, 1.9), front=-0.3, material=DARK_GLASS), solid(rect(-10.6, 16.6, 4.4, 1.8), chrome, 0.6, "turned"), solid(rect(10.8, 16.6, 3.2, 2.4), chrome, 0.6, "turned"), solid(rect(6.9, 16.6, 1.8, 1.2), LACQUER, 0.6, "turned"),
        carve(rect(-10.8, 14.2, 3.6, 1.8), front=-0.3, material=GLASS), carve(ellipse(10.8, 15.1, 0.7), front=0.2, material=LAMPLIGHT), *rings, *glint, carve(*[bar((6.1 * float(np.cos(t)), 8 + 6.1 * float(np.sin(t))), (5.7 * float(np.cos(t)), 8 + 5.7 * float(np.sin(t))), 0.3) for t in np.linspace(0, 2 * np.pi, 40)], front=0.2),
    ]  # fmt: skip


def headphones(style: Style, rng: np.random.Generator) -> Pieces:
    """Headphones: a padded band, two cups."""
    shell = style.made_of(STEEL.tinted((70, 74, 84)))
    pad, glow = LEATHER.tinted((84, 66, 58)), (LAMPLIGHT, COLD_LIGHT)[int(rng.integers(2))]
    band = curve([(-11, 8), (-11.4, 15), (-8, 22), (0, 25), (8, 22), (11.4, 15), (11, 8)], 8)
    cup = [
        solid(ellipse(8.8, 5, 2.6, 5.4), pad, -1, "turned"), solid(ellipse(11.8, 5, 3.6, 6), shell, 1, "turned", 0.7), carve(ellipse(12.2, 5, 2.2, 4.2), front=0.3, material=BRASS), carve(ellipse(12.2, 5, 1.8, 3.6), front=-0.2, material=shell), carve(ellipse(12.2, 5, 0.8, 1.7), front=0.2, material=glow), solid(rect(11.3, 9.6, 1.6, 5), BRASS, 1, "turned"),
    ]  # fmt: skip
    return [solid(ribbon(band, 2.4), shell, 0), carve(ribbon(band[10:-10], 0.7), front=0.3, material=BRASS), solid(ribbon([(x * 0.9, y - 1.5) for x, y in band[14:-14]], 1.8), pad, -0.6), *mirrored(cup)]


def guitar(style: Style, rng: np.random.Generator) -> Pieces:
    """A guitar standing up: waist, sound hole, six strings."""
    wood = style.made_of(OAK.tinted((214, 140, 66)))
    body = lathe([(0.6, 0), (6.6, 1.2), (8.6, 5.4), (7.4, 10), (5.4, 13), (5.6, 16), (6.4, 18.6), (5.0, 21.6), (0.8, 22.8)], smooth=6)
    edge = lathe([(0.6, 0.5), (6.1, 1.7), (8.0, 5.4), (6.8, 10), (4.9, 13), (5.1, 16), (5.8, 18.6), (4.5, 21.1), (0.8, 22.3)], smooth=6)
    pegs = [solid(rect(s * 2.4, y, 1.9, 0.8), BRASS, 0) for s in (-1, 1) for y in (47.6, 49.6, 51.6)]
    return [
        *pegs, solid(body, wood.tinted((110, 62, 36)), 0, "turned", 0.08), carve(edge, front=0.3, material=wood), carve(ellipse(0, 14.6, 2.7), front=0.1, material=BRASS), carve(ellipse(0, 14.6, 2.1), front=-0.6, material=SHADOW), solid(rect(0, 18, 2.5, 29), DARK_WOOD, 1.4),
        carve(*[rect(0, y, 2.5, 0.22) for y in 18 + 28 * (1 - 0.94 ** np.arange(1, 18)) / 0.66], front=0.2, material=BRASS), solid(taper(0, 46.6, 2.9, 3.8, 6.6), wood.tinted((90, 52, 32)), 0.8), carve(rect(0, 5.4, 5.6, 1.1), front=0.6, material=DARK_WOOD),
        carve(*[bar((d * 1.2, 6), (d, 46.6), 0.13) for d in np.linspace(-0.95, 0.95, 6)], front=0.5, material=STEEL), carve(*[ellipse(0, y, 0.3) for y in (32, 36.6)], front=0.1, material=PORCELAIN),
    ]  # fmt: skip


def bag(style: Style, rng: np.random.Generator) -> Pieces:
    """A handbag: quilted flap, turned clasp, two handles."""
    skin = style.made_of(LEATHER.tinted((168, 72, 52)))
    handle = curve([(-6.6, 15), (-6.2, 21), (0, 24.6), (6.2, 21), (6.6, 15)], 8)
    body = blob((-12.6, 0.6), (-12.0, 8), (-10.2, 15.6), (0, 16.2), (10.2, 15.6), (12.0, 8), (12.6, 0.6), (0, 0))
    flap = blob((-10.6, 16), (-11.2, 10), (-6, 7.2), (0, 6.4), (6, 7.2), (11.2, 10), (10.6, 16), (0, 16.6))
    quilt = [bar((x, 0), (x + s * 16, 16), 0.2) for x in np.arange(-26, 27, 3.2) for s in (-1, 1)]
    return [
        solid(ribbon(handle, 1.3), skin.tinted((120, 52, 40)), -1), solid(body, skin, 0, "turned", 0.12), carve(*quilt, front=-0.2), carve(flap, front=0.7, material=skin), carve(ribbon(curve([(-11, 10.2), (-6, 7.5), (0, 6.8), (6, 7.5), (11, 10.2)], 6), 0.24), front=0.15, material=skin.tinted((226, 170, 130))),
        carve(rect(0, 6.4, 3.0, 2.8), front=0.5, material=GOLD), carve(ellipse(0, 7.8, 0.7), front=0.4, material=GOLD), *mirrored([carve(ellipse(6.5, 15.2, 0.9), front=0.6, material=GOLD), carve(*[ellipse(x, 0.9, 0.5) for x in (10.4,)], front=0.3, material=GOLD)]),
    ]  # fmt: skip


def ring(style: Style, rng: np.random.Generator) -> Pieces:
    """A ring with a cut stone."""
    metal = style.made_of(GOLD)
    stone = GLASS.tinted(tuple(int(v) for v in rng.choice([[206, 232, 255], [120, 190, 255], [120, 230, 180]])))  # type: ignore[arg-type]
    stone = replace(stone, glow=0.3)
    gem = polygon((-5.4, 22.4), (-3.2, 25), (3.2, 25), (5.4, 22.4), (0, 16.4))
    facets = [polygon((-5.4, 22.4), (-2, 22.4), (0, 16.4)), polygon((2, 22.4), (5.4, 22.4), (0, 16.4)), polygon((-3.2, 25), (-2, 22.4), (0, 25)), polygon((3.2, 25), (2, 22.4), (0, 25))]
    return [
        solid(ellipse(0, 8, 9.6), metal, 0, "turned", 0.2), cut(ellipse(0, 8, 7.2)), carve(*[ellipse(8.4 * float(np.cos(t)), 8 + 8.4 * float(np.sin(t)), 0.42) for t in np.linspace(0.7, 2.44, 15)], front=0.3, material=stone),
        solid(taper(0, 15.2, 3.4, 8, 4.6), metal, 0.5), solid(gem, stone, 1, "ridged", 0.3), carve(*facets[:2], front=-0.5, material=replace(stone, colour=(150, 176, 226))), carve(*facets[2:], front=0.3), *mirrored([solid(bar((2.6, 17.6), (4.9, 22.8), 0.8), metal, 2), solid(ellipse(4.9, 23, 0.7), metal, 2, "turned")]),
    ]  # fmt: skip


def phone(style: Style, rng: np.random.Generator) -> Pieces:
    """A telephone of glass: rounded frame, lit screen with its icons."""
    frame = style.made_of(STEEL.tinted((84, 90, 104)))
    def pane(w: float, h: float, r: float, y: float) -> np.ndarray:
        return np.concatenate([ellipse(sx * (w - r), y + sy * (h - r), r, steps=32)[k * 8 : k * 8 + 8] for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1)))])
    hue = [(86, 132, 255), (255, 170, 60), (90, 200, 130), (240, 84, 96), (180, 120, 250), (250, 214, 90)]
    icons: Pieces = []
    for row in range(5):
        for x in spread(4, 11.4):
            icons.append(carve(pane(1.0, 1.0, 0.3, 0) + [x, 19.4 - 3.0 * row], front=0.05, material=LAMPLIGHT.tinted(hue[int(rng.integers(6))])))
    return [
        solid(rect(7.5, 14, 0.8, 4), frame, 0), solid(pane(7.4, 15, 1.8, 12) , frame, 0), carve(pane(6.9, 14.5, 1.5, 12), front=-0.1, material=DARK_GLASS), carve(pane(6.5, 14.1, 1.2, 12), front=0, material=replace(LAMPLIGHT, colour=(44, 66, 128), glow=0.7)),
        carve(polygon((-6.5, 4), (-2, 9), (3, 2.6), (6.5, 6), (6.5, -0.6), (-6.5, -0.6)), front=0, material=replace(LAMPLIGHT, colour=(120, 74, 150), glow=0.7)), *icons, carve(rect(0, -1.4, 4.6, 0.35), rect(0, 22.6, 6, 1.3), front=0, material=PLASTER),
    ]  # fmt: skip


def rocket(style: Style, rng: np.random.Generator) -> Pieces:
    """A rocket from the good years: white body, red fins, a porthole, fire."""
    body = style.made_of(PLASTER)
    red = LACQUER.tinted((206, 48, 40))
    fin = blob((4.6, 14), (8.0, 10), (11.4, 3), (11.6, -2), (8.6, 1.6), (4.6, 3.6))
    flame = [(3.2, 0, LAMPLIGHT.tinted((255, 120, 30))), (2.2, 1.4, LAMPLIGHT), (1.1, 3.4, LAMPLIGHT.tinted((255, 244, 200)))]
    reach = float(rng.uniform(-8.4, -7))
    return [
        *[solid(lathe([(0.4, reach + up), (r, reach + up + 3), (r, 2)], smooth=4), m, -1, "turned") for r, up, m in flame], solid(taper(0, 0.6, 6.6, 4.6, 3.6), STEEL, 0, "turned"), *mirrored([solid(fin, red, -1)]),
        solid(lathe([(4.0, 3), (5.6, 10), (6.4, 19), (5.8, 28), (4.0, 35), (1.6, 41), (0.5, 43.6)], smooth=6), body, 0, "turned"), carve(lathe([(4.6, 33.4), (3.9, 35.2), (1.6, 41), (0.5, 43.6)], smooth=4) * [1.1, 1], front=0.1, material=red),
        carve(*[rect(0, y, 14, 0.35) for y in (9, 17.5, 32.6)], front=-0.2), carve(rect(0, 10, 14, 1.4), front=0.1, material=red), *[q for y, r in ((27, 2.5), (20.6, 1.5)) for q in (carve(ellipse(0, y, r), front=0.5, material=BRASS), carve(ellipse(0, y, r * 0.7), front=-0.5, material=COLD_LIGHT))],
        solid(taper(0, -1.6, 1.1, 1.1, 13), red, 3), solid(taper(0, 43.2, 1.0, 0.6, 4), STEEL, 0, "turned"),
    ]  # fmt: skip


def ship(style: Style, rng: np.random.Generator) -> Pieces:
    """A three-masted ship, all sails set."""
    wood = style.made_of(WOOD)
    canvas = FABRIC.tinted((240, 228, 202))
    hull = polygon(*curve([(-22, 10.6), (-19, 4), (-14, 0), (0, -1), (14, 0), (19, 4), (23, 11)], 6), *curve([(23, 11), (10, 8), (-10, 8), (-22, 10.6)], 5))
    rig: Pieces = []
    for x, top in ((-13, 34), (0, 42), (13, 35)):
        rig += [solid(rect(x, 6, 1.1, top - 4), DARK_WOOD, -1, "turned")]
        y, wide = 11.0, 10.8
        for tall in (9.2, 7.6, 6.0):
            if y + tall > top:
                break
            belly = polygon(*curve([(x - wide * 0.46, y + tall), (x - wide * 0.47, y + tall * 0.4), (x - wide * 0.54, y)], 5), *curve([(x + wide * 0.54, y), (x, y + 1.4), (x - wide * 0.54, y)], 5)[:-1], *curve([(x + wide * 0.54, y), (x + wide * 0.47, y + tall * 0.4), (x + wide * 0.46, y + tall)], 5))
            rig += [solid(belly, canvas, 1, "turned", 0.25), carve(*[bar((x + d * wide, y), (x + d * wide, y + tall), 0.16) for d in (-0.24, 0, 0.24)], front=-0.15), solid(rect(x, y + tall - 0.4, wide * 1.04, 0.7), DARK_WOOD, 1.6)]
            y, wide = y + tall + 0.7, wide * 0.84
        rig += [solid(polygon((x + 0.4, top + 2.2), (x + 3.8, top + 1.3), (x + 0.4, top + 0.4)), LACQUER, 0)]
    return [*rig, solid(bar((19, 9), (28, 14), 0.9, 0.6), DARK_WOOD, 0), solid(hull, wood, 0, "turned", 0.1), carve(*[ribbon([(-21, 9 - k), (0, 6.4 - k), (22, 9.2 - k)], 0.3) for k in (0, 1.6, 3.2, 4.8)], front=-0.25), carve(ribbon([(-21.6, 9.8), (0, 7.4), (22.6, 10.2)], 0.7), front=0.3, material=GOLD),
            carve(*[rect(x, 4.2 + 0.004 * x * x, 1.1, 1.0) for x in spread(9, 30)], front=-0.3, material=LAMPLIGHT)]  # fmt: skip


def tree(style: Style, rng: np.random.Generator) -> Pieces:
    """A bonsai in its dish."""
    leaf = style.made_of(Material((84, 136, 66), "speckle", 1.6))
    trunk = curve([(0, 3), (-2.2, 8), (1.4, 13), (-0.6, 18), (0, 22)], 6)
    pieces: Pieces = [solid(ribbon(trunk, 3.4, 1.4), WOOD, 0), solid(ribbon(curve([(-1.6, 8), (-5, 11), (-8, 12)], 5), 1.6, 0.9), WOOD, 0), solid(ribbon(curve([(1, 12), (5, 14.4), (8, 15.6)], 5), 1.5, 0.9), WOOD, 0)]
    for x, y, r in ((-8.6, 13, 4.6), (8.8, 16.6, 4.4), (-4.6, 19.6, 4.8), (3.8, 22.6, 5.0), (-0.4, 26.4, 4.4)):
        for _ in range(26):
            a, d = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0, 1)) ** 0.5
            size = float(rng.uniform(0.7, 1.3))
            tint = int(rng.integers(-22, 26))
            pieces.append(solid(ellipse(x + r * d * float(np.cos(a)), y + r * 0.55 * d * float(np.sin(a)), size * 1.25, size, 14), leaf.tinted((leaf.colour[0] + tint, min(leaf.colour[1] + tint, 255), leaf.colour[2])), 1 + 2 * (1 - d), "turned"))
    dish = Material((64, 92, 130), "smooth", 0.4, 0.6)
    return [*pieces, solid(blob((-6, 3), (-3, 4.4), (0, 4.8), (3, 4.4), (6, 3)), leaf.tinted((70, 104, 52)), 2), solid(taper(0, 0.8, 14, 18, 2.8), dish, 3), solid(rect(0, 3.2, 19.4, 0.8), dish, 3.6), *mirrored([solid(rect(5.6, 0, 2.4, 1), dish, 3)])]


def crown(style: Style, rng: np.random.Generator) -> Pieces:
    """A crown: jewelled band, five points, velvet."""
    metal = style.made_of(GOLD)
    gems = [replace(GLASS.tinted(c), glow=0.25) for c in ((220, 40, 60), (60, 120, 255), (60, 200, 120))]
    pieces: Pieces = [solid(lathe([(9, 4), (10.4, 8), (9.2, 13), (5, 16.4), (0.4, 17)], smooth=5), FABRIC.tinted((140, 24, 44)), -3, "turned")]
    for x in (-10, -5.2, 0, 5.2, 10):
        lean = x * 0.14
        pieces += [solid(polygon((x - 2.6, 4.6), (x + 2.6, 4.6), (x + lean + 0.5, 14), (x + lean - 0.5, 14)), metal, 0), solid(ellipse(x + lean, 14.6, 1.15), metal, 0.6, "turned"), carve(polygon((x + lean * 0.5, 10.6), (x + 0.9, 8.4), (x, 6.4), (x - 0.9, 8.4)), front=0.4, material=gems[int(rng.integers(3))])]
    beads = [ellipse(x, y, 0.42, steps=12) for y in (0.7, 4.9) for x in spread(23, 22)]
    return [*pieces, solid(taper(0, 0, 22, 23.4, 5.6), metal, 1, "turned", 0.35), carve(*beads, front=0.4, material=PORCELAIN, form="turned"), *[carve(ellipse(x, 2.8, 1.25, 1.0), front=0.5, material=gems[k % 3]) for k, x in enumerate((-8.8, -4.6, 0, 4.6, 8.8))]]


def robot(style: Style, rng: np.random.Generator) -> Pieces:
    """A tin robot with lit eyes."""
    tin = style.made_of(STEEL.tinted((120, 164, 176)))
    red = LACQUER
    limb = [
        solid(rect(4.0, 0, 5.4, 2.6), red, 2), solid(rect(4.0, 2.4, 3.8, 8.4), tin, 0, "turned"), carve(*[rect(4, y, 4, 0.3) for y in (4, 5.6, 7.2)], front=-0.2), solid(ellipse(11.4, 21.4, 2.4), tin, 0, "turned"), solid(rect(11.8, 13, 3.0, 8), tin, 0, "turned"), carve(*[rect(11.8, y, 3.2, 0.3) for y in (14.6, 16.2, 17.8)], front=-0.2),
        solid(ellipse(11.8, 12, 2.0), red, 0.4, "turned"), cut(rect(11.8, 9.4, 1.2, 2.4)), solid(rect(5.9, 30, 1.8, 2.6), red, 0),
    ]  # fmt: skip
    return [
        *mirrored(limb), solid(rect(0, 10, 17.4, 13.6), tin, 1), carve(rect(0, 11.4, 13, 9.8), front=0.4), carve(ellipse(-2.9, 17.6, 2.1), front=0.4, material=PORCELAIN), carve(bar((-2.9, 17.0), (-1.8, 18.8), 0.4), front=0.2, material=red),
        *[carve(ellipse(x, 18.4, 0.8), front=0.4, material=LAMPLIGHT.tinted(c)) for x, c in ((1.4, (255, 80, 60)), (3.6, (255, 200, 80)), (5.6, (120, 230, 120)))], carve(*[rect(x, 12.4, 0.7, 2.8) for x in spread(7, 10)], front=-0.4, material=SHADOW),
        solid(rect(0, 23.4, 4, 2), tin, 0, "turned"), solid(rect(0, 25, 11, 9.6), tin, 1), carve(ellipse(-2.6, 30.6, 1.7), ellipse(2.6, 30.6, 1.7), front=0.5, material=SHADOW), carve(ellipse(-2.6, 30.6, 1.25), ellipse(2.6, 30.6, 1.25), front=0, material=LAMPLIGHT), carve(rect(0, 26.4, 6.4, 1.8), front=-0.4, material=SHADOW), carve(*[rect(x, 26.4, 0.4, 1.8) for x in spread(6, 6)], front=0.3, material=tin),
        solid(rect(0, 34.4, 1.1, 3.4), BRASS, 1, "turned"), solid(ellipse(0, 38.4, 1.2), LAMPLIGHT.tinted((255, 110, 60)), 1, "turned"),
    ]  # fmt: skip


def book(style: Style, rng: np.random.Generator) -> Pieces:
    """An old book, standing: tooled leather and gilt."""
    skin = style.made_of(LEATHER.tinted(((124, 36, 40), (36, 64, 104), (36, 88, 64))[int(rng.integers(3))]))
    corners = [polygon((sx * 9.4, y), (sx * 6.2, y), (sx * 9.4, y + up)) for sx in (-1, 1) for y, up in ((0.4, 3.2), (25.6, -3.2))]
    return [
        solid(rect(0.4, 0.3, 19.4, 25.4), Material((240, 228, 196), "grain", 0.8), -1), solid(rect(0, 0, 19.2, 26), skin, 0), carve(rect(-8.6, 0, 2.0, 26), front=0.5), carve(*[rect(-8.6, y, 2.2, 0.6) for y in (3, 8, 13, 18, 23)], front=0.4, material=GOLD), carve(*corners, front=0.2, material=GOLD),
        carve(rect(1, 2.4, 14, 21.2), front=0.15, material=GOLD), carve(rect(1, 2.8, 13.2, 20.4), front=-0.15, material=skin), carve(ellipse(1, 13, 4.2, 5.4), front=0.25, material=GOLD), carve(ellipse(1, 13, 3.6, 4.8), front=-0.2, material=skin), *[carve(polygon((1, 16.8), (2.2, 14), (4, 13), (2.2, 12), (1, 9.2), (-0.2, 12), (-2, 13), (-0.2, 14)), front=0.3, material=GOLD)],
        carve(rect(1, 20, 8, 0.9), rect(1, 5.2, 6, 0.6), front=0.15, material=GOLD),
    ]  # fmt: skip
