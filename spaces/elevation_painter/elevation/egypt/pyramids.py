"""Egypt: the pyramids, their guardian, and the lost light of Alexandria."""

import numpy as np

from ..craft.geometry import arch, bar, blob, curve, ellipse, lathe, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, column, cornice, opening, steps, windows
from ..craft.materials import DESERT, GOLD, GRANITE, LAMPLIGHT, MARBLE, PALE, SANDSTONE, SHADOW, Material
from ..craft.ornament import crenels
from ..craft.relief import Pieces, carve, mirrored, solid

FACE = SANDSTONE.tinted((236, 186, 120))
LAPIS = Material((44, 86, 170), "smooth", 0.5, 0.3)
TURQUOISE = Material((60, 160, 150), "smooth", 0.5, 0.3)
OCHRE = Material((196, 92, 52), "smooth", 0.5, 0.1)


def _courses(
    bottom: float, top: float, height: float, count: int, material: Material, rng: np.random.Generator
) -> Pieces:
    """A pyramid in stepped courses, each block course a little uneven."""
    pieces: Pieces = []
    tall = height / count
    for i in range(count):
        at = i / count
        width = bottom + (top - bottom) * at
        ragged = width * (1 + 0.006 * float(rng.standard_normal()))
        pieces.append(solid(rect(0, i * tall, ragged, tall * 1.1), material, -at * height * 0.9))
    return pieces


def great_pyramid(rng: np.random.Generator) -> Pieces:
    """Khufu's pyramid at Giza, 230 by 139 m: bare courses, the entrance under its gabled beams, a broken tip."""
    pieces = [solid(rect(0, -3, 236, 3.4), DESERT, 4), *_courses(230, 9, 136, 44, DESERT, rng)]
    scars = [
        polygon(
            *[
                (x + float(rng.uniform(-3, 3)) + r * float(np.cos(t)), y + r * 0.6 * float(np.sin(t)))
                for t in np.linspace(0, 6, 9)
            ]
        )
        for x, y, r in zip(rng.uniform(-70, 70, 26), rng.uniform(4, 70, 26), rng.uniform(1.2, 3.6, 26), strict=True)
    ]
    return [
        *pieces,
        carve(*scars, front=-0.6),
        carve(taper(0, 15, 20, 6, 16), front=0.8),
        carve(polygon((-8, 20), (0, 31), (8, 20), (5, 20), (0, 27), (-5, 20)), front=1.2),
        carve(taper(0, 15, 7, 5, 8), front=-2.2, material=SHADOW),
        carve(rect(0, 15, 3.4, 6), front=0.2, material=LAMPLIGHT),
        solid(taper(0, 135, 9, 1.6, 4), DESERT, -120),
    ]


def khafre_pyramid(rng: np.random.Generator) -> Pieces:
    """Khafre's pyramid: the one that keeps a cap of its smooth white casing."""
    casing = Material((238, 224, 196), "strata", 0.5)
    ragged = [(x, 102 + 3.2 * float(rng.uniform(-1, 1))) for x in np.linspace(-27, 27, 13)]
    return [
        solid(rect(0, -3, 220, 3.4), DESERT, 4),
        *_courses(215, 54, 106, 34, DESERT, rng),
        solid(polygon(*ragged, (0.9, 136), (-0.9, 136)), casing, -88, "pitched", 0.25),
        carve(rect(0, 8, 5, 5), front=-1.5, material=SHADOW),
    ]


def bent_pyramid(rng: np.random.Generator) -> Pieces:
    """Sneferu's Bent Pyramid at Dahshur: steep below, shallow above, much of its casing left."""
    outline = polygon((-94, 0), (94, 0), (61.5, 47), (2, 105), (-2, 105), (-61.5, 47))
    holes = [
        ellipse(float(x), float(y), float(r), float(r) * 0.6, 9)
        for x, y, r in zip(rng.uniform(-70, 70, 44), rng.uniform(2, 26, 44) ** 1.0, rng.uniform(1, 4, 44), strict=True)
    ]
    casing = Material((232, 200, 148), "courses", 1.0)
    return [
        solid(rect(0, -3, 196, 3.4), DESERT, 6),
        solid(outline, casing, 0, "pitched", 0.06),
        solid(
            polygon((-61.5, 47), (61.5, 47), (2, 105), (-2, 105)), casing.tinted((244, 218, 172)), -12, "pitched", 0.15
        ),
        carve(rect(0, 46, 124, 1.6), front=0.6),
        carve(*holes, front=-1.0, material=DESERT.tinted((170, 128, 84))),
        *opening(0, 12, 4, 4, "flat", 1, False),
    ]


def step_pyramid(_rng: np.random.Generator) -> Pieces:
    """Djoser's pyramid at Saqqara: six mastabas, one on the other."""
    stone = Material((222, 186, 132), "bricks", 1.5)
    pieces: Pieces = [solid(rect(0, -3, 128, 3.4), DESERT, 4)]
    width, y = 121.0, 0.0
    for tier in range(6):
        tall = 10.6 - 0.3 * tier
        pieces += [
            solid(taper(0, y, width, width - 5.4, tall), stone, -tier * 8),
            carve(rect(0, y + tall - 1.1, width, 1.2), front=0.5),
        ]
        niches = [rect(x, y + 1, 1.1, tall - 2.6) for x in spread(int(width // 9), width - 10)]
        pieces.append(carve(*niches, front=-0.35))
        y, width = y + tall, width - 5.4 - 12.6
    return [*pieces, *opening(0, 0, 5, 6, "flat", 1, False)]


def sphinx(_rng: np.random.Generator) -> Pieces:
    """The Great Sphinx seen from before: the royal head, the striped headcloth, the long paws."""
    stone = Material((226, 186, 130), "strata", 1.6)
    chest = lathe([(8.6, 0), (8.8, 4), (8.0, 8), (5.6, 11.6), (4.2, 13)], smooth=4)
    cloth = blob(
        (-2.6, 20.9),
        (-4.6, 19.6),
        (-6.0, 16.4),
        (-7.2, 12.4),
        (-7.4, 10.4),
        (-4.2, 9.8),
        (0, 10.2),
        (4.2, 9.8),
        (7.4, 10.4),
        (7.2, 12.4),
        (6.0, 16.4),
        (4.6, 19.6),
        (2.6, 20.9),
    )
    face = lathe([(1.2, 0), (2.5, 1.0), (3.2, 3.2), (3.1, 5.4), (2.7, 6.6)], 0, 11.9, 5)
    stripes = [
        ribbon([(s * 3.2, y + 0.6), (s * 5.0, y), (s * 7.4, y - 0.8)], 0.42)
        for s in (-1, 1)
        for y in np.arange(11.4, 19, 1.15)
    ]
    bands = [ribbon([(-9, y), (0, y + 0.4), (9, y)], 0.35) for y in (3.6, 5.4, 7.2, 9)]
    paw = [
        solid(lathe([(2.7, 0), (2.8, 1.6), (2.2, 3.0), (1.2, 3.5)], 6.4, 0, 4), stone, 8, "turned", 0.7),
        carve(*[rect(6.4 + d, 0, 0.28, 1.7) for d in (-1.4, 0, 1.4)], front=-0.5),
        solid(
            polygon((4, 0), *curve([(12.6, 0), (13.0, 3), (12.0, 6.4), (9.6, 8.6), (7.2, 9.6)], 5), (4, 9)), stone, -6
        ),
    ]
    return [
        solid(rect(0, -2, 28, 2.4), DESERT, 10),
        *mirrored([paw[2]]),
        solid(chest, stone, 0, "turned", 0.5),
        carve(*bands, front=-0.12),
        *mirrored(paw[:2]),
        carve(rect(0, 0.2, 3, 4.6), front=0.8, material=GRANITE),
        solid(cloth, stone.tinted((214, 170, 110)), 3),
        carve(*stripes, front=0.3, material=stone.tinted((150, 120, 92))),
        solid(face, stone, 4.6, "turned", 0.55),
        carve(arch(0, 18.0, 6.0, 1.3), front=0.5, material=OCHRE.tinted((186, 126, 76))),
        carve(ellipse(-1.35, 16.3, 0.85, 0.36), ellipse(1.35, 16.3, 0.85, 0.36), front=-0.25, material=SHADOW),
        carve(
            ribbon([(-2.3, 16.9), (-1.3, 17.2), (-0.5, 16.9)], 0.3),
            ribbon([(2.3, 16.9), (1.3, 17.2), (0.5, 16.9)], 0.3),
            front=0.3,
        ),
        carve(taper(0, 14.7, 1.3, 0.6, 1.9), front=0.35),
        carve(ribbon([(-1.1, 13.7), (0, 13.5), (1.1, 13.7)], 0.34), front=-0.3, material=SHADOW),
        carve(ellipse(-3.1, 15.9, 0.5, 1.1), ellipse(3.1, 15.9, 0.5, 1.1), front=0.5),
        carve(taper(0, 18.7, 0.5, 0.9, 1.7), front=0.6, material=GOLD),
    ]


def alexandria_lighthouse(rng: np.random.Generator) -> Pieces:
    """The Pharos of Alexandria, 110 m: square, then eight-sided, then round; the fire, and Zeus above it."""
    stone = PALE
    return [
        *steps(0, -3, 62, 54, 4, GRANITE, 3),
        *block(0, 1, 52, 10, stone, 4),
        *crenels(0, 11, 52, 2.4, 17, stone, 4),
        *opening(0, 1, 7, 8.4, "round", 1.4, False, SHADOW),
        *windows(-16, 3, 17, 6, 4, 1, rng, "round"),
        *windows(16, 3, 17, 6, 4, 1, rng, "round"),
        solid(taper(0, 11, 30, 22.5, 48), stone, 0, "pitched", 0.05),
        *windows(0, 15, 19, 42, 3, 7, rng, "round", (0.34, 0.5), 0.7),
        *cornice(0, 57, 23, 2.6, stone, 0.5),
        *_tritons(stone),
        solid(taper(0, 60, 16, 13, 24), stone, -4, "ridged", 0.5),
        carve(taper(0, 60, 6.4, 5.2, 24), front=0.6),
        *windows(0, 63, 12, 19, 3, 3, rng, "round", (0.36, 0.6), 0.8),
        *cornice(0, 83, 13.2, 2, stone, 0),
        solid(taper(0, 85, 8.6, 7.6, 9), stone, -2, "turned"),
        *windows(0, 86, 7.4, 7, 3, 1, rng, "round", (0.4, 0.8), 1),
        *cornice(0, 93.4, 8, 1.4, stone, 2),
        *[q for x in (-3.2, -1.1, 1.1, 3.2) for q in column(x, 95, 0.9, 6, MARBLE, 2)],
        solid(rect(0, 95, 6, 6), LAMPLIGHT, 0),
        *cornice(0, 100.8, 8, 1.2, stone, 2),
        solid(taper(0, 102, 8.4, 1.6, 3.6), Material((190, 96, 60), "tiles"), 1, "turned"),
        solid(
            lathe([(0.9, 0), (0.8, 2.6), (1.3, 4.6), (0.5, 5.4), (0.8, 6.3), (0, 7.2)], 0, 105, 3), GOLD, 2, "turned"
        ),
        solid(bar((0.8, 109), (2.6, 113), 0.7), GOLD, 2),
    ]


def _tritons(stone: Material) -> Pieces:
    """The parapet of the first storey, a bronze triton blowing his horn at each corner."""
    triton = solid(
        lathe([(1.2, 0), (0.7, 1.4), (1.1, 3), (0.4, 3.8), (0.6, 4.6), (0, 5.2)], 11, 60, 3), GOLD, 2, "turned"
    )
    return [
        *crenels(0, 59.4, 23, 2, 9, stone, 1.4),
        *mirrored([triton, solid(bar((11.4, 63), (14, 65.6), 0.8), GOLD, 2)]),
    ]
