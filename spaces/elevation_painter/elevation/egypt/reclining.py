"""A sphinx seen from the side, as it lies."""

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, polygon, rect, ribbon
from ..craft.materials import GOLD, SANDSTONE, SHADOW, Material
from ..craft.relief import Pieces, carve, solid
from ..prompt.style import Style

LAPIS = Material((44, 86, 170), "smooth", 0.5, 0.3)


def sphinx(style: Style, _rng: np.random.Generator) -> Pieces:
    """A sphinx lying down, from the side: a lion's body with its paws before it, a king's head in a striped cloth."""
    stone = style.made_of(SANDSTONE.tinted((226, 180, 118)))
    body = blob(
        (-13, 3), (-12.6, 9), (-10.4, 15.6), (-4, 15.4), (4, 13.8), (11, 14.2), (16.4, 13.2), (19.4, 9.4), (19.6, 4),
        (18, 2.4), (2, 2.2), (-11, 2.2), steps=6,
    )  # fmt: skip
    haunch = blob((7.6, 2.6), (8.2, 8.6), (12.4, 12.0), (17.0, 10.4), (18.2, 5.4), (15.6, 2.6))
    shoulder = blob((-12, 3), (-12.4, 9), (-9.6, 13.4), (-5.6, 10.8), (-4.8, 5.6), (-6.4, 3))
    cloth = polygon(
        *curve([(-9.0, 26.6), (-12.2, 25.8), (-13.2, 23.4), (-12.9, 21.4)], 5),
        *curve([(-12.4, 17.2), (-13.4, 13.0), (-10.8, 12.0)], 4),
        *curve([(-8.4, 14.0), (-5.0, 13.6), (-3.6, 15.4), (-4.6, 20), (-5.6, 24.6), (-9.0, 26.6)], 6),
    )
    face = blob(
        (-12.6, 24.2), (-13.6, 22.8), (-14.7, 20.9), (-13.9, 20.3), (-14.1, 19.3), (-13.7, 18.5), (-13.5, 17.2),
        (-11.4, 16.4), (-9.4, 17.6), (-9.2, 22), (-10.4, 24.6), steps=5,
    )  # fmt: skip
    stripes = [bar((-13 + 0.5 * k, 12.6 + 1.55 * k), (-2.8, 14.4 + 1.2 * k), 0.42) for k in range(9)]
    ribs = [ribbon(curve([(x, 6), (x + 0.8, 9), (x + 0.2, 12)], 4), 0.25) for x in (-1.6, 0.4, 2.4, 4.4)]
    eye = polygon((-13.2, 22.4), (-11.4, 22.6), (-10.4, 22.0), (-11.4, 21.7), (-13.0, 21.7))
    band = ribbon(curve([(-13.2, 23.9), (-10.4, 24.6), (-8.6, 22.4), (-8.8, 18.4)], 5), 0.7)
    tail = curve([(18.6, 5.4), (20.8, 4.2), (21.2, 7.4), (19.6, 9.6)], 6)
    return [
        solid(rect(0, 0, 46, 2.6), stone, 3),
        carve(rect(0, 0.5, 44, 1.2), front=-0.25),
        solid(ribbon(tail, 1.1, 0.8), stone, 0.4),
        solid(body, stone, 0, "turned", 0.16),
        carve(*ribs, front=-0.2),
        solid(blob((-22, 2.6), (-22.2, 4.6), (-20, 5.8), (-9, 6.0), (-6.4, 4.4), (-7, 2.6)), stone, 2, "turned", 0.1),
        carve(*[bar((-22, y), (-20.2, y), 0.25) for y in (3.5, 4.5)], front=-0.3, material=SHADOW),
        solid(shoulder, stone, 1.6, "turned", 0.2),
        solid(haunch, stone, 1.6, "turned", 0.2),
        solid(blob((5.0, 2.6), (5.0, 4.4), (7, 5.0), (14.6, 4.6), (15, 2.6)), stone, 2.4),
        carve(*[bar((5.1, y), (6.6, y), 0.22) for y in (3.3, 4.1)], front=-0.3, material=SHADOW),
        solid(cloth, stone, 2, "turned", 0.2),
        carve(*stripes, front=0.15, material=LAPIS),
        solid(face, stone, 2.6, "turned", 0.3),
        solid(polygon((-13.4, 17.2), (-11.9, 16.8), (-12.3, 13.0), (-13.5, 13.2)), stone.tinted((196, 150, 92)), 2.6),
        carve(eye, front=-0.3, material=SHADOW),
        carve(bar((-13.2, 23.2), (-10.6, 23.1), 0.35), front=0.2, material=SHADOW),
        carve(bar((-14.0, 19.2), (-12.4, 19.3), 0.3), front=-0.3, material=SHADOW),
        carve(ellipse(-9.6, 20.6, 0.7, 1.1), front=0.4),
        solid(polygon((-13.3, 24.0), (-13.7, 26.6), (-12.4, 26.2), (-12.1, 24.6)), GOLD, 3),
        carve(band, front=0.3, material=GOLD),
    ]
