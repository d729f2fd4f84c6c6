"""Paris: the towers, the arches, the pyramid and the needle."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import Points, arch, bar, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, cornice, lattice, opening, steps, storey
from ..craft.materials import (
    COLD_LIGHT,
    DARK_IRON,
    GLASS,
    GOLD,
    GRANITE,
    IRON,
    LAMPLIGHT,
    LIMESTONE,
    PALE,
    STEEL,
)
from ..craft.ornament import balustrade, relief_crowd, voussoirs
from ..craft.relief import Piece, Pieces, carve, mirrored, solid

_LEVELS = (0, 12, 28, 57, 80, 115, 150, 190, 230, 276)
_OUTER = (62, 55, 46.5, 34, 26.5, 19.5, 14.6, 11.0, 8.6, 6.4)
_INNER = (36, 31.5, 26, 17.5, 11.5, 5.5)


def eiffel_tower(_rng: np.random.Generator) -> Pieces:
    """Gustave Eiffel's tower, 330 m: four curving legs of lattice, the great arch, two platforms, the needle."""

    def outer(y: float) -> float:
        return float(np.interp(y, _LEVELS, _OUTER))

    def inner(y: float) -> float:
        return float(np.interp(y, _LEVELS[:6], _INNER))

    def leg(low: float, high: float, panels: int, thick: float) -> Pieces:
        return mirrored(
            lattice((outer(low), low), (outer(high), high), (inner(high), high), (inner(low), low), panels, thick, IRON)
        )

    def shaft(low: float, high: float, panels: int, thick: float) -> Pieces:
        a, b = outer(low), outer(high)
        return lattice((-a, low), (-b, high), (b, high), (a, low), panels, thick, IRON)

    ring = [(40.5 * float(np.cos(t)), 7 + 40.0 * float(np.sin(t))) for t in np.linspace(0.0, np.pi, 41)]
    hoop = [(36.0 * float(np.cos(t)), 7 + 35.0 * float(np.sin(t))) for t in np.linspace(0.02, np.pi - 0.02, 41)]
    ties = [bar(p, q, 1.1) for p, q in zip(ring[1:-1:2], hoop[1:-1:2], strict=True)]
    sparks = [ellipse(s * (outer(y) - 0.4), y, 1.0, steps=12) for y in np.arange(8, 272, 8.5) for s in (-1, 1)]
    sparks += [ellipse(s * (inner(y) + 0.4), y, 1.0, steps=12) for y in np.arange(12, 112, 8.5) for s in (-1, 1)]
    feet = [
        solid(taper(49, -2, 33, 28, 7), LIMESTONE, 6),
        solid(rect(49, -4, 36, 4), LIMESTONE, 8),
    ]
    return [
        *leg(3, 28, 2, 2.7),
        *leg(28, 54, 2, 2.5),
        *leg(60, 86, 2, 2.2),
        *leg(86, 112, 2, 2.1),
        *[solid(o, IRON, 5) for o in ties],
        solid(ribbon(ring, 2.6), IRON, 7),
        solid(ribbon(hoop, 2.0), IRON, 6),
        *mirrored(feet),
        *_platform(57, 37.5, 7.5, 16),
        *_platform(115, 22, 5.5, 9),
        *shaft(120, 152, 2, 2.3),
        *shaft(152, 192, 3, 2.2),
        *shaft(192, 232, 3, 2.1),
        *shaft(232, 274, 4, 2.0),
        solid(bar((0, 118), (0, 274), 2.4), DARK_IRON, -1),
        *block(0, 194, 2 * outer(194) + 3, 3, IRON, 3),
        *_platform(274, 8.2, 4.4, 5),
        solid(rect(0, 280, 9, 6), IRON, 2, "turned"),
        carve(*[rect(x, 281.5, 1.6, 3) for x in spread(3, 8)], front=-0.3, material=LAMPLIGHT),
        solid(
            lathe([(5.5, 286), (5.2, 289), (3.6, 293), (2.2, 296), (2.0, 304), (1.6, 318), (1.3, 330)]),
            IRON,
            2,
            "turned",
        ),
        *block(0, 303, 5.5, 1.6, IRON, 3),
        Piece(tuple(sparks), LAMPLIGHT.tinted((255, 222, 150)), 1, act="carve"),
    ]


def _platform(y: float, half: float, height: float, bays: int) -> Pieces:
    """One of the tower's floors: consoles, a lit gallery, a rail."""
    lamps = [arch(x, y + height * 0.30, 2 * half / bays * 0.62, height * 0.42) for x in spread(bays, 2 * half)]
    return [
        solid(taper(0, y - height * 0.5, 2 * half - height * 0.8, 2 * half, height * 0.5), DARK_IRON, 5),
        solid(rect(0, y, 2 * half + 1, height), IRON, 8),
        carve(*lamps, front=-1.2, material=LAMPLIGHT),
        solid(rect(0, y, 2 * half + 3, height * 0.20), IRON, 9.5),
        solid(rect(0, y + height * 0.84, 2 * half + 3, height * 0.24), IRON, 9.5),
    ]


def arc_de_triomphe(rng: np.random.Generator) -> Pieces:
    """The arch on the Etoile, 45 by 50 m: one deep vault, four reliefs, a frieze, the attic with its shields."""
    reliefs = [
        carve(rect(15.9, 7.6, 9.8, 1.6), front=0.8),
        *relief_crowd(15.9, 9.2, 8.6, 11.6, rng, 5, 1.5),
        *[carve(rect(15.9, 24.4, 9.4, 5.6), front=-0.5), carve(rect(15.9, 24.4, 10.4, 0.6), front=0.5)],
        *relief_crowd(15.9, 24.7, 9.0, 4.8, rng, 7, 0.6),
        carve(rect(15.9, 30.0, 10.4, 0.6), front=0.5),
        carve(taper(9.4, 23.5, 1.5, 0.4, 4), front=0.5),
    ]
    shields = [ellipse(x, 43.6, 0.95, 1.5, 20) for x in spread(13, 41)]
    return [
        *block(0, 0, 46, 3.2, LIMESTONE, 1.4),
        *block(0, 3.2, 44.4, 29.5),
        solid(rect(0, 0, 44.4, 5.8), LIMESTONE, 0.8),
        carve(rect(0, 31.0, 44.4, 1.7), front=-0.3),
        *cornice(0, 21.6, 43.8, 1.3, LIMESTONE, 0.1),
        *mirrored(reliefs),
        carve(arch(0, 0, 18.4, 31.2), front=0.5),
        *voussoirs(0, 22.0, 7.4, 9.0, 11, 0.3),
        *opening(0, 0, 14.8, 29.2, frame=2.2),
        carve(polygon((-1.5, 32.2), (1.5, 32.2), (0.9, 28.2), (-0.9, 28.2)), front=1.2),
        *block(0, 32.6, 45.0, 3.6, PALE, 0.2),
        *[
            carve(
                lathe([(0.5, 0), (0.42, 1.2), (0.16, 1.6), (0.3, 2.1), (0, 2.7)], x, 33.0, 2), front=0.2, form="turned"
            )
            for x in spread(30, 44)
        ],
        *cornice(0, 35.8, 45.2, 2.6, LIMESTONE, 0.4),
        *block(0, 38.4, 43.4, 9.4, LIMESTONE, 0.2),
        carve(*[rect(x, 41.2, 2.5, 4.8) for x in spread(13, 41)], front=-0.4),
        carve(*shields, front=0.8, form="turned", bulge=0.4),
        *cornice(0, 46.8, 43.8, 1.5, LIMESTONE, 0.4),
        *balustrade(0, 48.2, 43.0, 1.8, 24, LIMESTONE),
    ]


_DUSK = ((36, 84, 168), (58, 126, 200), (104, 172, 214), (190, 206, 190), (250, 206, 124), (255, 178, 72))
"""Colours of the pyramid's glass, from the evening sky in its top to the lit hall under it."""


def louvre_pyramid(rng: np.random.Generator) -> Pieces:
    """Pei's glass pyramid, 35 by 22 m: lozenge panes in a steel net, light from the hall below."""
    half, tall, n = 17.5, 21.6, 11
    pieces: Pieces = [solid(taper(0, 0, 2 * half, 0.2, tall), GLASS, 0, "pitched", 0.12)]
    pane, rise = 2 * half / n, tall / n

    def node(i: float, j: int) -> tuple[float, float]:
        return (-half + pane * (i + j / 2), rise * j)

    # Lit from the hall below: amber at the foot, the evening sky at the top.
    panes: dict[int, list[Points]] = {}
    for j in range(n):
        for i in range(n - j):
            shine = (
                1.15 - 1.35 * (j / n) - 0.5 * abs(2 * (i + j / 2 + 0.5) / n - 1) + 0.16 * float(rng.standard_normal())
            )
            corners = [(x, max(y, 0.0)) for x, y in (node(i, j), node(i + 1, j - 1), node(i + 1, j), node(i, j + 1))]
            panes.setdefault(round(5 * min(max(shine, 0.0), 1.0)), []).append(polygon(*corners))
    for level, outlines in sorted(panes.items()):
        colour = _DUSK[level]
        pieces.append(carve(*outlines, front=0.04 * level, material=replace(GLASS.tinted(colour), glow=0.06 * level)))
    net = [bar(node(k, 0), node(0, k), 0.36) for k in range(n + 1)] + [
        bar(node(k, 0), node(k, n - k), 0.36) for k in range(n + 1)
    ]
    return [
        *pieces,
        carve(*net, front=0.35, material=STEEL),
        solid(
            polygon(
                (-half - 0.5, 0), (-half + 0.6, 0), (0, tall - 0.9), (half - 0.6, 0), (half + 0.5, 0), (0, tall + 0.5)
            ),
            STEEL,
            0.4,
        ),
        solid(rect(0, 0, 6.0, 4.4), STEEL, 1.0),
        carve(*[rect(x, 0.2, 1.25, 3.8) for x in spread(4, 5.8)], front=-0.3, material=LAMPLIGHT),
        solid(rect(0, -1.0, 37.5, 1.1), LIMESTONE, 1.2),
        carve(*[rect(x, -0.45, 1.0, 0.3) for x in spread(15, 36)], front=0.0, material=COLD_LIGHT),
    ]


def luxor_obelisk(rng: np.random.Generator) -> Pieces:
    """The needle on the Place de la Concorde: 23 m of granite, three columns of hieroglyphs, a gilded cap."""
    shaft_foot, shaft_top, head = 8.6, 29.8, 33.0
    pieces: Pieces = [
        *steps(0, 0, 11.0, 8.4, 1.5, GRANITE, 3),
        *storey(0, 1.5, 5.6, 6.3, GRANITE, 0.8, 0.12),
        carve(rect(0, 2.8, 4.0, 3.6), front=-0.15),
        *[carve(o, front=0.12, material=GOLD) for o in _machines()],
        solid(rect(0, 7.8, 4.4, 0.8), GRANITE, 0.8),
        solid(taper(0, shaft_foot, 3.6, 2.5, shaft_top - shaft_foot), GRANITE, 0.5, "turned", 0.35),
        *mirrored(
            [
                solid(
                    polygon((1.62, shaft_foot), (1.8, shaft_foot), (1.25, shaft_top), (1.1, shaft_top)),
                    GRANITE.tinted((236, 176, 146)),
                    0.6,
                )
            ]
        ),
        solid(taper(0, shaft_top, 2.5, 0.25, head - shaft_top), GOLD, 0.5, "ridged", 0.6),
        solid(rect(0, shaft_top - 0.35, 2.6, 0.4), GOLD, 0.6),
    ]
    for lane in (-1, 0, 1):
        y = shaft_foot + 0.8
        while y < shaft_top - 1.2:
            near = (y - shaft_foot) / (shaft_top - shaft_foot)
            x = lane * (1.0 - 0.30 * near)
            tall = float(rng.uniform(0.55, 0.95))
            pieces += _glyph(x, y, 0.74 - 0.20 * near, tall, rng)
            y += tall + 0.28
    return pieces


def _glyph(x: float, y: float, width: float, height: float, rng: np.random.Generator) -> Pieces:
    """One sign, gilded in its depth: a bird, a sun, an eye, an ankh, water, a reed, a cartouche."""
    h, w = height, width
    signs = (
        [lathe([(0.05, 0), (0.28, 0.3), (0.40, 0.55), (0.22, 0.75), (0.25, 0.92), (0, 1)], smooth=2) * [w, h] + [x, y]],
        [ellipse(x, y + h / 2, w * 0.36)],
        [ellipse(x, y + h * 0.55, w * 0.46, h * 0.2), bar((x, y + h * 0.4), (x + w * 0.3, y), w * 0.14)],
        [
            ellipse(x, y + h * 0.76, w * 0.24, h * 0.22),
            rect(x, y, w * 0.18, h * 0.6),
            rect(x, y + h * 0.42, w * 0.7, h * 0.13),
        ],
        [
            ribbon([(x + w * (k / 6 - 0.5), y + h * (0.3 + 0.2 * (k % 2))) for k in range(7)], h * 0.18),
            ribbon([(x + w * (k / 6 - 0.5), y + h * (0.65 + 0.2 * (k % 2))) for k in range(7)], h * 0.18),
        ],
        [
            rect(x - w * 0.26, y, w * 0.16, h),
            rect(x + w * 0.2, y, w * 0.36, h * 0.42),
            rect(x + w * 0.2, y + h * 0.58, w * 0.36, h * 0.42),
        ],
        [arch(x, y, w * 0.8, h)],
    )
    return [carve(*signs[int(rng.integers(len(signs)))], front=-0.10, material=replace(GOLD, colour=(255, 214, 140)))]


def _machines() -> list[np.ndarray]:
    """The gilded drawing on the pedestal: how the stone was raised."""
    return [
        bar((-1.5, 3.2), (0.9, 5.9), 0.18),
        bar((1.5, 3.2), (-0.2, 5.2), 0.18),
        rect(0, 3.1, 3.4, 0.18),
        bar((-1.5, 3.2), (-1.5, 4.8), 0.16),
        bar((-1.5, 4.8), (0.5, 5.5), 0.12),
        ellipse(1.2, 4.9, 0.42),
    ]
