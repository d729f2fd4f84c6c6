"""Egypt: temples, their gods and their signs."""

import numpy as np

from ..craft.geometry import Points, bar, blob, curve, ellipse, lathe, moved, polygon, rect, ribbon, spread, taper
from ..craft.kit import block, colonnade, cornice, opening
from ..craft.materials import DESERT, GOLD, GRANITE, LAMPLIGHT, LIMESTONE, PALE, SANDSTONE, SHADOW, Material
from ..craft.ornament import finial
from ..craft.relief import Pieces, carve, mirrored, placed, solid

FACE = SANDSTONE.tinted((236, 186, 120))
LAPIS = Material((44, 86, 170), "smooth", 0.5, 0.3)
TURQUOISE = Material((60, 160, 150), "smooth", 0.5, 0.3)
OCHRE = Material((196, 92, 52), "smooth", 0.5, 0.1)


def abu_simbel(rng: np.random.Generator) -> Pieces:
    """The great temple at Abu Simbel: four seated colossi of Ramses cut out of the cliff."""
    stone = FACE
    cliff = polygon((-20.6, 0), (20.6, 0), (18.6, 29.5), (-18.6, 29.5))
    pieces: Pieces = [
        solid(rect(0, -2, 43, 2.6), DESERT, 6),
        solid(cliff, stone, -4),
        *[
            solid(lathe([(0.62, 0), (0.7, 0.5), (0.55, 1.1), (0.3, 1.6)], x, 29.3, 2), stone, -3, "turned")
            for x in spread(21, 36)
        ],
        *cornice(0, 27.4, 36.6, 2.0, stone, -2.4),
        carve(rect(0, 24.8, 35.4, 2.2), front=-0.3),
    ]
    pieces += _signs(spread(26, 34), 25.1, 1.6, rng)
    pieces += [
        carve(taper(0, 0, 5.2, 4.6, 11.6), front=0.4),
        carve(rect(0, 0, 2.8, 8.6), front=-1.2, material=SHADOW),
        carve(rect(0, 0, 1.5, 7.0), front=0, material=LAMPLIGHT),
        carve(rect(0, 13, 3.6, 8), front=-0.5),
    ]
    pieces += placed(_standing_god(), 0, 13.2, 0.78, -4)
    for x in (-14.6, -6.3, 6.3, 14.6):
        pieces += placed(_colossus(stone, damaged=x == -6.3), x, 0)
    return pieces


def _standing_god() -> Pieces:
    """Ra-Horakhty with the sun on his head."""
    return [
        solid(lathe([(0.9, 0), (1.0, 4), (0.8, 5), (1.5, 7), (0.6, 7.6)], smooth=2), FACE, 1, "turned", 0.6),
        solid(ellipse(0, 8.2, 0.75), FACE, 1, "turned"),
        solid(ellipse(0, 9.6, 1.05), OCHRE, 1.4, "turned"),
    ]


def _colossus(stone: Material, damaged: bool = False) -> Pieces:
    """Ramses enthroned, 20 m: crown, headcloth, beard, hands on his knees; small queens at his feet."""
    pieces: Pieces = [
        solid(rect(0, 0.6, 7.4, 9), stone, -2),
        solid(rect(0, 0.4, 7.6, 1.4), stone, 3),
        *mirrored(
            [
                solid(taper(1.45, 1.6, 1.9, 2.3, 7), stone, 2, "turned"),
                solid(ellipse(1.45, 2.0, 1.3, 0.6), stone, 4, "turned"),
                solid(ellipse(1.5, 8.6, 1.35, 0.9), stone, 3, "turned"),
                *placed(_queen(stone), 3.2, 1.8),
            ]
        ),
        *placed(_queen(stone), 0, 1.8, 0.9),
        solid(lathe([(3.2, 0), (2.6, 1.2), (2.2, 3), (3.3, 5.6), (2.0, 6.3)], 0, 8.8, 4), stone, 0, "turned", 0.5),
        *mirrored([solid(ribbon([(3.2, 14.2), (3.5, 11.6), (2.6, 9.4), (1.6, 9.0)], 1.4), stone, 1.6)]),
        carve(rect(0, 8.9, 2.6, 1.6), front=0.5),
    ]
    if damaged:
        return [*pieces, solid(polygon((-3.0, 14), (3.2, 14), (2.2, 15.6), (-0.4, 15.0), (-2, 16)), stone, 0.5)]
    head = [
        solid(
            blob(
                (-1.5, 19),
                (-2.7, 17.6),
                (-3.0, 15.4),
                (-2.6, 14.4),
                (0, 14.2),
                (2.6, 14.4),
                (3.0, 15.4),
                (2.7, 17.6),
                (1.5, 19),
            ),
            stone.tinted((216, 160, 96)),
            1,
        ),
        carve(
            *[ribbon([(s * 1.4, y), (s * 2.9, y - 0.5)], 0.22) for s in (-1, 1) for y in np.arange(15.4, 18.4, 0.6)],
            front=0.2,
        ),
        solid(lathe([(0.7, 0), (1.3, 0.7), (1.5, 2.0), (1.4, 3.2)], 0, 15.2, 4), stone, 2.2, "turned", 0.6),
        carve(ellipse(-0.6, 17.2, 0.4, 0.2, 12), ellipse(0.6, 17.2, 0.4, 0.2, 12), front=-0.2, material=SHADOW),
        carve(taper(0, 16.4, 0.6, 0.3, 0.8), front=0.25),
        carve(rect(0, 15.9, 1.0, 0.22), front=-0.2, material=SHADOW),
        solid(taper(0, 13.9, 0.7, 0.9, 1.5), stone, 3),
        solid(
            lathe([(1.6, 0), (1.9, 1.0), (1.7, 1.9), (1.0, 2.6), (0.8, 3.9), (0.9, 4.6), (0.5, 5.0)], 0, 18.4, 3),
            stone,
            1.6,
            "turned",
            0.8,
        ),
        carve(taper(0, 18.4, 0.3, 0.5, 1.1), front=0.4),
    ]
    return [*pieces, *head]


def _queen(stone: Material) -> Pieces:
    """A small standing figure."""
    return [
        solid(lathe([(0.45, 0), (0.5, 1.6), (0.4, 2.2), (0.62, 3.2), (0.3, 3.6)], smooth=2), stone, 3.4, "turned"),
        solid(ellipse(0, 4.1, 0.45, 0.6, 14), stone, 3.4, "turned"),
    ]


def _signs(
    xs: list[float], y: float, height: float, rng: np.random.Generator, material: Material | None = None
) -> Pieces:
    """A line of hieroglyphs."""
    h = height
    shapes: tuple[list[Points], ...] = (
        [ellipse(0, h / 2, h * 0.28)],
        [rect(-h * 0.15, 0, h * 0.14, h), rect(h * 0.18, 0, h * 0.14, h * 0.6)],
        [lathe([(0.05, 0), (0.26, 0.3), (0.32, 0.6), (0.12, 0.8), (0.16, 1)], smooth=2) * [h, h]],
        [ribbon([(h * (k / 4 - 0.5) * 0.8, h * (0.4 + 0.2 * (k % 2))) for k in range(5)], h * 0.16)],
        [ellipse(0, h * 0.76, h * 0.18), rect(0, 0, h * 0.14, h * 0.6), rect(0, h * 0.42, h * 0.56, h * 0.12)],
    )
    return [
        carve(
            *[moved(o, x, y) for o in shapes[int(rng.integers(len(shapes)))]],
            front=-0.14 * height,
            material=material or OCHRE,
        )
        for x in xs
    ]


def _gods(xs: list[float], y: float, height: float, material: Material | None = None) -> Pieces:
    """Striding gods in sunk relief, each with crown, staff and an offering hand."""
    pieces: Pieces = []
    h = height
    for x in xs:
        s = -1 if x > 0 else 1
        body = [(0.02, 0), (0.12, 0.02), (0.06, 0.3), (0.1, 0.46), (0.05, 0.56), (0.17, 0.72), (0.04, 0.77)]
        parts = [
            moved(lathe(body, smooth=2) * [h, h], x, y),
            bar((x - s * h * 0.1, y), (x - s * h * 0.03, y + h * 0.4), h * 0.09),
            ellipse(x, y + h * 0.83, h * 0.07, h * 0.065, 14),
            lathe([(0.08, 0), (0.05, 0.08), (0.07, 0.14), (0.0, 0.17)], smooth=1) * [h, h] + [x, y + h * 0.87],
            bar((x + s * h * 0.12, y + h * 0.68), (x + s * h * 0.3, y + h * 0.6), h * 0.055),
            bar((x + s * h * 0.3, y), (x + s * h * 0.3, y + h * 0.86), h * 0.03),
        ]
        pieces += [carve(*parts, front=0.035 * h, material=material)]
    return pieces


def _pylon(width: float, height: float, x: float, stone: Material, rng: np.random.Generator, gods: int = 3) -> Pieces:
    """One tower of a temple gate: battered walls, torus and cavetto, gods in two registers, flag masts."""
    lean = width * 0.14
    body = taper(x, 0, width, width - 2 * lean, height)
    pieces: Pieces = [
        solid(body, stone, 0, "pitched", 0.08),
        *cornice(x, height - height * 0.08, width - 2 * lean, height * 0.085, stone, 0),
        *[
            solid(bar((x + s * width / 2, 0), (x + s * (width / 2 - lean), height), width * 0.028), stone, 0.6)
            for s in (-1, 1)
        ],
        *_gods(spread(gods, width * 0.72, x), height * 0.10, height * 0.40, stone.tinted((196, 140, 84))),
        *_gods(spread(gods + 2, width * 0.64, x), height * 0.58, height * 0.25, stone.tinted((196, 140, 84))),
        carve(rect(x, height * 0.535, width * 0.86, height * 0.012), front=0.2),
    ]
    return pieces + _signs(spread(12, width * 0.66, x), height * 0.86, height * 0.04, rng, stone.tinted((150, 96, 56)))


def _mast(x: float, height: float, wave: float) -> Pieces:
    """A cedar flag mast with its pennant, set in a slot of the pylon."""
    flag = polygon(
        (x + 0.5, height * 0.99),
        (x + 5.4 * wave, height * 0.96),
        (x + 5.0 * wave, height * 0.90),
        (x + 0.5, height * 0.92),
    )
    return [
        solid(taper(x, 0, 1.5, 1.0, height), Material((150, 100, 60), "grain"), 1.5, "turned"),
        solid(flag, OCHRE, 1.2),
        *finial(x, height - 0.4, 2.4, GOLD, thick=0.9),
    ]


def karnak(rng: np.random.Generator) -> Pieces:
    """The gate of Amun at Karnak: two pylon towers, ram-headed sphinxes, obelisks, pennants."""
    stone = SANDSTONE
    ram: Pieces = [
        solid(rect(0, 0, 4.2, 2.4), stone, 9),
        solid(ellipse(0, 4.0, 1.7, 1.7), stone, 9, "turned"),
        solid(lathe([(0.9, 0), (1.0, 1), (0.7, 2.2)], 0, 4.4, 3), stone, 10.4, "turned"),
        *mirrored([solid(ribbon([(0.6, 6.6), (1.6, 6.6), (1.9, 5.6), (1.3, 5.0)], 0.6), stone, 10)]),
    ]
    obelisk = [
        solid(rect(11.2, 0, 4, 1.6), GRANITE, 6),
        solid(taper(11.2, 1.6, 2.8, 1.8, 26), GRANITE, 6),
        solid(taper(11.2, 27.6, 1.8, 0.3, 2.6), GOLD, 6),
    ]
    return [
        solid(rect(0, -2, 100, 2.4), LIMESTONE, 8),
        *_pylon(40, 34, -28.5, stone, rng),
        *_pylon(40, 34, 28.5, stone, rng),
        *mirrored([q for x in (18.5, 26.5, 34.5) for q in _mast(x, 41, 1)]),
        *block(0, 0, 17, 22, stone, -1),
        *cornice(0, 20, 17, 2.4, stone, -0.6),
        *opening(0, 0, 7.6, 16, "flat", 2.4),
        carve(ellipse(0, 20.8, 1.2), front=1, material=OCHRE),
        carve(polygon((-7, 21.6), (0, 20.2), (7, 21.6), (5, 20.2), (0, 19.8), (-5, 20.2)), front=0.6, material=GOLD),
        *mirrored(obelisk),
        *mirrored([q for x in (17.4, 25, 33, 41) for q in placed(ram, x, 0)]),
    ]


def philae(rng: np.random.Generator) -> Pieces:
    """The temple of Isis at Philae: the pylon above the water, two lions, the colonnades at its sides."""
    stone = Material((232, 196, 142), "courses", 1.0)
    wing: Pieces = [
        *colonnade(37, 0, 26, 9.4, 7, stone, 3, 0.5),
        *block(37, 9.4, 27, 1.6, stone, 4),
        *cornice(37, 10.8, 27, 1.4, stone, 4),
    ]
    return [
        solid(rect(0, -3.2, 106, 3.6), GRANITE, 6),
        *[carve(rect(x, -3.2, 0.6, 3.6), front=-0.4) for x in spread(16, 104)],
        *mirrored(wing),
        *_pylon(23, 20, -14, stone, rng, 2),
        *_pylon(23, 20, 14, stone, rng, 2),
        *block(0, 0, 9, 14.6, stone, 0.4),
        *cornice(0, 12.8, 9, 2.0, stone, 0.8),
        *opening(0, 0, 3.6, 9.4, "flat", 1.6),
        carve(ellipse(0, 13.9, 0.8), front=1, material=OCHRE),
        carve(
            polygon((-3.8, 14.4), (0, 13.6), (3.8, 14.4), (2.6, 13.5), (0, 13.2), (-2.6, 13.5)),
            front=0.5,
            material=GOLD,
        ),
        *[
            q
            for x in (-6.4, 6.4)
            for q in (
                solid(rect(x, 0, 2.6, 1.2), GRANITE, 5),
                solid(ellipse(x, 2.2, 1.1, 1.2), GRANITE, 5, "turned"),
                solid(ellipse(x, 3.6, 0.9), GRANITE, 5.6, "turned"),
            )
        ],
    ]


def edfu(rng: np.random.Generator) -> Pieces:
    """The temple of Horus at Edfu: the best kept pylon of all, and the granite falcons before it."""
    stone = Material((226, 178, 116), "courses", 1.1)
    falcon = [
        solid(rect(0, 0, 3.6, 1.2), GRANITE.tinted((120, 116, 118)), 7),
        solid(
            lathe([(1.0, 0), (1.6, 1.6), (1.5, 3.2), (0.9, 4.4), (1.0, 5.4), (0.3, 6.2)], 0, 1.2, 4),
            GRANITE.tinted((128, 124, 128)),
            7,
            "turned",
        ),
        solid(lathe([(0.7, 0), (0.6, 0.8), (0.9, 1.6), (0.3, 2.2)], 0, 7, 3), GOLD, 7.4, "turned"),
        carve(taper(0, 6.1, 0.2, 0.7, 0.7), front=0.6, material=GOLD),
    ]
    slots = [taper(x, 0, 2.0, 1.4, 22) for x in (-26, -16.5, 16.5, 26)]
    return [
        solid(rect(0, -2, 82, 2.4), LIMESTONE, 8),
        *_pylon(32, 36, -22.4, stone, rng, 2),
        *_pylon(32, 36, 22.4, stone, rng, 2),
        carve(*slots, front=-1.6),
        *block(0, 0, 15, 25, stone, 0.5),
        *cornice(0, 22.6, 15, 2.8, stone, 0.8),
        *opening(0, 0, 6, 17, "flat", 2.4),
        carve(ellipse(0, 24.0, 1.2), front=1, material=OCHRE),
        carve(
            polygon((-6.6, 24.8), (0, 23.4), (6.6, 24.8), (4.6, 23.2), (0, 22.8), (-4.6, 23.2)),
            front=0.5,
            material=TURQUOISE,
        ),
        *mirrored(placed(falcon, 7.4, 0, 1.25)),
    ]


def hatshepsut(rng: np.random.Generator) -> Pieces:
    """Hatshepsut's temple at Deir el-Bahari: three terraces of pillars and the long ramp, under the cliff."""
    crest = [(0, 49), (12, 44), (24, 46), (33, 41), (44, 40), (50, 31), (58, 26), (60, 0)]
    brow = curve([*[(-x, y) for x, y in reversed(crest[1:])], *crest], 4)
    cliff = polygon(*brow)
    ribs = [bar((x, 20), (x * 1.02, 44), 1.5) for x in np.arange(-54, 56, 5.4) + rng.uniform(-1, 1, 21)]
    pieces: Pieces = [
        solid(cliff, DESERT.tinted((206, 150, 98)), -14),
        carve(*ribs, front=1.4, form="turned", bulge=0.8),
        *[carve(ribbon([(-60, y), (0, y + 2), (60, y)], 0.8), front=-0.8) for y in (27, 34)],
    ]
    for y, width, count, front in ((20, 74, 26, -8), (10, 100, 34, -4), (0, 120, 40, 0)):
        pieces += [solid(rect(0, y, width, 9), SHADOW, front - 2)]
        pieces += [solid(rect(x, y, width / count * 0.46, 8.4), PALE, front) for x in spread(count, width)]
        pieces += [*block(0, y + 7.4, width, 2.4, PALE, front + 0.4), *cornice(0, y + 9, width, 1.0, PALE, front + 0.4)]
    ramp = [
        solid(taper(0, 0, 15, 9, 20), LIMESTONE, 3, "pitched", 0.8),
        *[solid(bar((s * 7.5, 0), (s * 4.5, 20), 0.9), PALE, 4) for s in (-1, 1)],
    ]
    return [
        *pieces,
        *ramp,
        *opening(0, 20, 3.4, 7, "flat", 0.8, False, LAMPLIGHT),
        solid(rect(0, -2, 122, 2.4), DESERT, 5),
    ]
