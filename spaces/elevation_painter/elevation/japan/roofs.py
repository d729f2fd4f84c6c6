"""The carpentry that Japanese buildings share: swept tile roofs, gables, railings, brackets."""

import numpy as np

from ..craft.geometry import Points, bar, curve, moved, polygon, rect, ribbon, spread
from ..craft.materials import DARK_WOOD, GOLD, KAWARA, LACQUER, PLASTER, SHADOW, Material
from ..craft.ornament import finial
from ..craft.relief import Piece, Pieces, carve, solid


def sweep(eave: float, ridge: float, height: float, lift: float) -> Points:
    """A hipped roof's outline about the axis: hollow slopes, eaves that turn up at the corners."""
    side = curve(
        [
            (eave, lift),
            (eave * 0.86 + ridge * 0.14, lift * 0.30 + height * 0.07),
            (eave * 0.55 + ridge * 0.45, height * 0.34),
            (eave * 0.22 + ridge * 0.78, height * 0.72),
            (ridge, height),
        ],
        6,
    )
    under = curve([(0, -lift * 0.10), (eave * 0.6, -lift * 0.04), (eave * 0.9, lift * 0.34), (eave, lift * 0.7)], 6)
    right = [*under[:-1], *side]
    return np.asarray([*right, *[(-x, y) for x, y in reversed(right)]], dtype=np.float64)


def roof(
    x: float,
    y: float,
    eave: float,
    ridge: float,
    height: float,
    lift: float,
    tiles: Material = KAWARA,
    front: float = 0.0,
    rafters: Material = DARK_WOOD,
) -> Pieces:
    """A swept roof with rafters under it, tile ends along its edge, hips and a ridge; eave, ridge: half-widths."""
    outline = moved(sweep(eave, ridge, height, lift), x, y)
    edge = [(x + s, y + lift * (abs(s) / eave) ** 3.2) for s in np.linspace(-eave, eave, 41)]
    hips = [
        ribbon(
            [
                (x + s * u, y + v)
                for u, v in curve([(eave, lift), (eave * 0.55 + ridge * 0.45, height * 0.34), (ridge, height)], 6)
            ],
            height * 0.09,
        )
        for s in (-1, 1)
    ]
    beams = [
        rect(x + s, y - height * 0.13, eave * 0.022, height * 0.15) for s in np.linspace(-eave * 0.86, eave * 0.86, 25)
    ]
    return [
        solid(rect(x, y - height * 0.15, eave * 1.72, height * 0.2), rafters, front),
        carve(*beams, front=0.25, material=Material((178, 120, 76), "grain")),
        solid(outline, tiles, front + height * 0.3, "pitched", 0.75),
        carve(
            ribbon(edge, height * 0.11),
            front=height * 0.06,
            material=tiles.tinted((150, 156, 166)) if tiles is KAWARA else None,
        ),
        carve(*hips, front=height * 0.06),
        solid(rect(x, y + height * 0.95, 2 * ridge + height * 0.1, height * 0.13), tiles, front),
    ]


def gable(
    x: float,
    y: float,
    half: float,
    height: float,
    tiles: Material = KAWARA,
    front: float = 0.0,
    wall: Material = PLASTER,
) -> Pieces:
    """A triangular dormer gable with hollow verges, a white field and a gilded pendant."""
    verge = curve([(half, 0), (half * 0.5, height * 0.36), (0, height)], 6)
    field = curve([(half * 0.72, height * 0.05), (half * 0.36, height * 0.36), (0, height * 0.80)], 6)
    return [
        solid(
            polygon(*[(x + a, y + b) for a, b in verge], *[(x - a, y + b) for a, b in reversed(verge)]),
            tiles,
            front + 1,
        ),
        carve(
            polygon(*[(x + a, y + b) for a, b in field], *[(x - a, y + b) for a, b in reversed(field)]),
            front=-0.4,
            material=wall,
        ),
        carve(
            *[rect(x + d, y, half * 0.03, height * 0.5) for d in np.linspace(-half * 0.4, half * 0.4, 7)],
            front=0.15,
            material=SHADOW,
        ),
        *[carve(ribbon([(x + s * a, y + b) for a, b in verge], height * 0.08), front=0.4) for s in (-1, 1)],
        carve(
            polygon(
                (x, y + height * 0.86),
                (x + half * 0.10, y + height * 0.68),
                (x, y + height * 0.54),
                (x - half * 0.10, y + height * 0.68),
            ),
            front=0.5,
            material=GOLD,
        ),
    ]


def karahafu(x: float, y: float, half: float, height: float, tiles: Material = KAWARA, front: float = 0.0) -> Pieces:
    """The undulating gable: a wave over a gilded board."""
    wave = curve(
        [
            (-half, 0),
            (-half * 0.72, height * 0.1),
            (-half * 0.4, height * 0.6),
            (0, height),
            (half * 0.4, height * 0.6),
            (half * 0.72, height * 0.1),
            (half, 0),
        ],
        5,
    )
    path = [(x + a, y + b) for a, b in wave]
    return [
        solid(polygon(*path, (x + half, y - height * 0.2), (x - half, y - height * 0.2)), tiles, front + 1),
        carve(polygon(*[(x + a * 0.8, y + b * 0.74 - height * 0.1) for a, b in wave]), front=-0.3, material=DARK_WOOD),
        carve(ribbon(path, height * 0.16), front=0.5),
        carve(rect(x, y + height * 0.15, half * 0.5, height * 0.3), front=0.3, material=GOLD),
    ]


def shachihoko(x: float, y: float, size: float, towards: int) -> Pieces:
    """The gilded tiger-carp on the end of a ridge, tail up."""
    s = towards
    body = curve([(0, 0), (-0.5 * s, 0.25), (-0.45 * s, 0.6), (0.05 * s, 0.9), (0.3 * s, 1.25)], 5)
    fin = polygon(
        (x + 0.1 * s * size, y + 0.95 * size),
        (x + 0.75 * s * size, y + 1.5 * size),
        (x - 0.25 * s * size, y + 1.45 * size),
    )
    return [
        solid(ribbon([(x + a * size, y + b * size) for a, b in body], size * 0.62, size * 0.3), GOLD, 1),
        solid(fin, GOLD, 1),
    ]


def railing(
    x: float, y: float, width: float, height: float, count: int, material: Material = LACQUER, front: float = 0.0
) -> Pieces:
    """A veranda rail whose ends run past its posts."""
    return [
        solid(rect(x, y, width, height * 0.3), material, front),
        solid(rect(x, y + height * 0.72, width * 1.04, height * 0.28), material, front + 0.3),
        *[solid(rect(cx, y, width / count * 0.2, height), material, front + 0.2) for cx in spread(count, width, x)],
    ]


def brackets(
    x: float, y: float, width: float, height: float, count: int, material: Material = LACQUER, front: float = 0.0
) -> Pieces:
    """Bracket complexes between wall and eaves: blocks and arms in two steps."""
    pieces: Pieces = [solid(rect(x, y, width, height), SHADOW, front - 0.6)]
    lots: list[Points] = []
    for cx in spread(count, width, x):
        w = width / count
        lots += [
            rect(cx, y, w * 0.34, height * 0.3),
            rect(cx, y + height * 0.28, w * 0.66, height * 0.26),
            rect(cx, y + height * 0.56, w * 0.9, height * 0.26),
        ]
    return [*pieces, carve(*lots, front=1.0, material=material)]


def posts(
    x: float,
    y: float,
    width: float,
    height: float,
    count: int,
    material: Material = LACQUER,
    front: float = 0.0,
    thick: float = 0.0,
) -> Pieces:
    """Round posts in equal bays, with a tie beam at head and foot."""
    t = thick or width / count * 0.16
    return [
        *[
            solid(rect(float(cx), y, t, height), material, front, "turned")
            for cx in np.linspace(x - width / 2 + t / 2, x + width / 2 - t / 2, count + 1)
        ],
        solid(rect(x, y + height * 0.86, width, height * 0.10), material, front + 0.3),
        solid(rect(x, y, width, height * 0.07), material, front + 0.3),
    ]


def sorin(x: float, y: float, height: float, thick: float) -> Pieces:
    """The finial of a pagoda: base, nine rings, water flame, jewel."""
    bronze = GOLD.tinted((226, 170, 84))
    rings = [
        solid(rect(x, y + height * (0.20 + 0.062 * k), thick * (3.6 - 0.16 * k), height * 0.034), bronze, 0.6, "turned")
        for k in range(9)
    ]
    return [
        solid(rect(x, y, thick * 3.6, height * 0.08), bronze, 0),
        solid(bar((x, y), (x, y + height), thick, thick * 0.8), bronze, 0, "turned"),
        *rings,
        solid(
            polygon(
                (x - thick * 1.4, y + height * 0.80),
                (x, y + height * 0.92),
                (x + thick * 1.4, y + height * 0.80),
                (x, y + height * 0.76),
            ),
            bronze,
            0.5,
        ),
        *finial(x, y + height * 0.90, height * 0.1, bronze, thick=thick * 0.9),
    ]


def lattice_windows(x: float, y: float, width: float, height: float, count: int, light: Material) -> Piece:
    """Slatted windows with a lamp behind."""
    return carve(
        *[rect(cx, y, width / count * 0.66, height) for cx in spread(count, width, x)], front=-0.3, material=light
    )
