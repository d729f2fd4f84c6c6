"""A face to put on."""

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, polygon, ribbon
from ..craft.materials import GOLD, LACQUER, PORCELAIN, Material
from ..craft.relief import Pieces, carve, cut, mirrored, solid
from ..prompt.style import Style, pick


def mask(style: Style, rng: np.random.Generator) -> Pieces:
    """A carnival mask: a whole face with open eyes, gilded brows, painted lips and a fan of plumes."""
    skin = style.made_of(PORCELAIN.tinted((244, 234, 216)))
    hue = pick(rng, (170, 36, 52), (44, 84, 150), (40, 120, 96))
    plume = Material(hue, "grain", 1.2, 0.2)
    face = blob(
        (0, -15.6), (-4.4, -14.4), (-8.0, -9.8), (-10.2, -3), (-10.8, 4), (-10.0, 10), (-6, 13.4), (0, 14.2),
        (6, 13.4), (10.0, 10), (10.8, 4), (10.2, -3), (8.0, -9.8), (4.4, -14.4),
    )  # fmt: skip
    feathers: Pieces = []
    for k in (5, 4, 3, 2, 1, 0):
        for side in (-1, 1) if k else (1,):
            lean, long = 0.21 * k * side, 15.5 - 0.9 * k
            x, y = 7.6 * float(np.sin(lean * 1.3)), 11.0 - 0.4 * k
            dx, dy = float(np.sin(lean)), float(np.cos(lean))
            path = [(x, y), (x + dx * long * 0.5, y + dy * long * 0.5), (x + dx * long, y + dy * long)]
            feathers += [
                solid(_feather(path, 2.4), plume.tinted(_shaded(hue, 0.8 + 0.09 * (k % 3))), -1 - 0.3 * k),
                solid(ribbon(path, 0.4), GOLD, -0.8 - 0.3 * k),
                solid(ellipse(path[2][0], path[2][1] - dy, 1.0, 1.3), GOLD, -0.7 - 0.3 * k),
            ]
    half = [
        cut(blob((2.0, 2.6), (4.4, 4.6), (7.6, 3.6), (8.2, 2.8), (5.6, 1.4), (3.2, 1.5))),
        carve(ribbon(curve([(1.6, 5.0), (4.4, 7.4), (7.6, 6.8), (9.4, 4.6)], 6), 1.1, 0.5), front=0.6, material=GOLD),
        carve(ellipse(6.4, -3.4, 2.6, 2.0), front=0, form="turned", bulge=0.16),
        carve(ribbon(curve([(10, 3), (8.8, -2.4), (9, -6)], 5), 0.5), front=0.3, material=GOLD),
        carve(polygon((5.4, 0.2), (6.0, -1.4), (5.4, -3.2), (4.8, -1.4)), front=0.2, material=plume),
    ]
    return [
        *feathers,
        solid(face, skin, 0, "turned", 0.5),
        *mirrored(half),
        carve(
            polygon((-0.9, 4.6), (0.9, 4.6), (1.9, -3.4), (0, -4.4), (-1.9, -3.4)), front=0.9, form="ridged", bulge=0.6
        ),
        carve(
            blob((-3.4, -7.8), (-1.4, -6.7), (0, -7.1), (1.4, -6.7), (3.4, -7.8), (1.6, -9.3), (0, -9.7), (-1.6, -9.3)),
            front=0.45,
            material=LACQUER,
        ),
        carve(bar((-3.2, -7.9), (3.2, -7.9), 0.3), front=-0.4),
        carve(
            ribbon(curve([(-9.6, 9.6), (-5, 11.6), (0, 12.2), (5, 11.6), (9.6, 9.6)], 6), 1.5), front=0.5, material=GOLD
        ),
        carve(
            polygon((0, 13.4), (1.6, 10.8), (0, 8.2), (-1.6, 10.8)),
            front=0.6,
            material=Material(hue, "smooth", 0.4, 0.8),
        ),
    ]


def _feather(path: list[tuple[float, float]], wide: float) -> np.ndarray:
    """A leaf about a straight quill, widest in its outer half."""
    (x0, y0), (x1, y1) = path[0], path[-1]
    along = np.array([x1 - x0, y1 - y0])
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    t = np.linspace(0, 1, 17)[:, None]
    swell = wide * np.sin(np.pi * t**1.5) ** 0.8 + 0.25
    line = np.array([x0, y0]) + along * t
    return np.concatenate([line + across * swell, (line - across * swell)[::-1]])


def _shaded(colour: tuple[int, int, int], factor: float) -> tuple[int, int, int]:
    r, g, b = colour
    return round(r * factor), round(g * factor), round(b * factor)
