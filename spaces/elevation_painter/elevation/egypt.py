"""Egypt: pyramids, temples, and the lost light of Alexandria."""

import numpy as np

from .geometry import Points, arch, bar, blob, curve, ellipse, lathe, moved, polygon, rect, ribbon, spread, taper
from .kit import block, colonnade, column, cornice, crenels, finial, opening, steps, windows
from .materials import DESERT, GOLD, GRANITE, LAMPLIGHT, LIMESTONE, MARBLE, PALE, SANDSTONE, SHADOW, Material
from .relief import Pieces, carve, mirrored, placed, solid

FACE = SANDSTONE.tinted((236, 186, 120))
LAPIS = Material((44, 86, 170), "smooth", 0.5, 0.3)
TURQUOISE = Material((60, 160, 150), "smooth", 0.5, 0.3)
OCHRE = Material((196, 92, 52), "smooth", 0.5, 0.1)


def _courses(bottom: float, top: float, height: float, count: int, material: Material, rng: np.random.Generator) -> Pieces:
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
        polygon(*[(x + float(rng.uniform(-3, 3)) + r * float(np.cos(t)), y + r * 0.6 * float(np.sin(t))) for t in np.linspace(0, 6, 9)])
        for x, y, r in zip(rng.uniform(-70, 70, 26), rng.uniform(4, 70, 26), rng.uniform(1.2, 3.6, 26), strict=True)
    ]  # fmt: skip
    return [
        *pieces, carve(*scars, front=-0.6),
        carve(taper(0, 15, 20, 6, 16), front=0.8), carve(polygon((-8, 20), (0, 31), (8, 20), (5, 20), (0, 27), (-5, 20)), front=1.2),
        carve(taper(0, 15, 7, 5, 8), front=-2.2, material=SHADOW), carve(rect(0, 15, 3.4, 6), front=0.2, material=LAMPLIGHT),
        solid(taper(0, 135, 9, 1.6, 4), DESERT, -120),
    ]  # fmt: skip


def khafre_pyramid(rng: np.random.Generator) -> Pieces:
    """Khafre's pyramid: the one that keeps a cap of its smooth white casing."""
    casing = Material((238, 224, 196), "strata", 0.5)
    ragged = [(x, 102 + 3.2 * float(rng.uniform(-1, 1))) for x in np.linspace(-27, 27, 13)]
    return [
        solid(rect(0, -3, 220, 3.4), DESERT, 4), *_courses(215, 54, 106, 34, DESERT, rng),
        solid(polygon(*ragged, (0.9, 136), (-0.9, 136)), casing, -88, "pitched", -0.6),
        carve(rect(0, 8, 5, 5), front=-1.5, material=SHADOW),
    ]  # fmt: skip


def bent_pyramid(rng: np.random.Generator) -> Pieces:
    """Sneferu's Bent Pyramid at Dahshur: steep below, shallow above, much of its casing left."""
    outline = polygon((-94, 0), (94, 0), (61.5, 47), (2, 105), (-2, 105), (-61.5, 47))
    holes = [ellipse(float(x), float(y), float(r), float(r) * 0.6, 9) for x, y, r in
             zip(rng.uniform(-70, 70, 44), rng.uniform(2, 26, 44) ** 1.0, rng.uniform(1, 4, 44), strict=True)]  # fmt: skip
    casing = Material((232, 200, 148), "courses", 1.0)
    return [
        solid(rect(0, -3, 196, 3.4), DESERT, 6), solid(outline, casing, 0, "pitched", -0.3),
        solid(polygon((-61.5, 47), (61.5, 47), (2, 105), (-2, 105)), casing.tinted((244, 218, 172)), -12, "pitched", -1.0),
        carve(rect(0, 46, 124, 1.6), front=0.6), carve(*holes, front=-1.0, material=DESERT.tinted((170, 128, 84))),
        *opening(0, 12, 4, 4, "flat", 1, False),
    ]  # fmt: skip


def step_pyramid(rng: np.random.Generator) -> Pieces:
    """Djoser's pyramid at Saqqara: six mastabas, one on the other."""
    stone = Material((222, 186, 132), "bricks", 1.5)
    pieces: Pieces = [solid(rect(0, -3, 128, 3.4), DESERT, 4)]
    width, y = 121.0, 0.0
    for tier in range(6):
        tall = 10.6 - 0.3 * tier
        pieces += [solid(taper(0, y, width, width - 5.4, tall), stone, -tier * 8), carve(rect(0, y + tall - 1.1, width, 1.2), front=0.5)]
        niches = [rect(x, y + 1, 1.1, tall - 2.6) for x in spread(int(width // 9), width - 10)]
        pieces.append(carve(*niches, front=-0.35))
        y, width = y + tall, width - 5.4 - 12.6
    return [*pieces, *opening(0, 0, 5, 6, "flat", 1, False)]


def sphinx(rng: np.random.Generator) -> Pieces:
    """The Great Sphinx seen from before: the royal head, the striped headcloth, the long paws."""
    stone = Material((226, 186, 130), "strata", 1.6)
    chest = lathe([(8.6, 0), (8.8, 4), (8.0, 8), (5.6, 11.6), (4.2, 13)], smooth=4)
    cloth = blob((-2.6, 20.9), (-4.6, 19.6), (-6.0, 16.4), (-7.2, 12.4), (-7.4, 10.4), (-4.2, 9.8), (0, 10.2),
                            (4.2, 9.8), (7.4, 10.4), (7.2, 12.4), (6.0, 16.4), (4.6, 19.6), (2.6, 20.9))  # fmt: skip
    face = lathe([(1.2, 0), (2.5, 1.0), (3.2, 3.2), (3.1, 5.4), (2.7, 6.6)], 0, 11.9, 5)
    stripes = [ribbon([(s * 3.2, y + 0.6), (s * 5.0, y), (s * 7.4, y - 0.8)], 0.42) for s in (-1, 1) for y in np.arange(11.4, 19, 1.15)]
    bands = [ribbon([(-9, y), (0, y + 0.4), (9, y)], 0.35) for y in (3.6, 5.4, 7.2, 9)]
    paw = [
        solid(lathe([(2.7, 0), (2.8, 1.6), (2.2, 3.0), (1.2, 3.5)], 6.4, 0, 4), stone, 8, "turned", 0.7),
        carve(*[rect(6.4 + d, 0, 0.28, 1.7) for d in (-1.4, 0, 1.4)], front=-0.5),
        solid(polygon((4, 0), *curve([(12.6, 0), (13.0, 3), (12.0, 6.4), (9.6, 8.6), (7.2, 9.6)], 5), (4, 9)), stone, -6),
    ]
    return [
        solid(rect(0, -2, 28, 2.4), DESERT, 10), *mirrored([paw[2]]),
        solid(chest, stone, 0, "turned", 0.5), carve(*bands, front=-0.12),
        *mirrored(paw[:2]), carve(rect(0, 0.2, 3, 4.6), front=0.8, material=GRANITE),
        solid(cloth, stone.tinted((214, 170, 110)), 3), carve(*stripes, front=0.3, material=stone.tinted((150, 120, 92))),
        solid(face, stone, 4.6, "turned", 0.55),
        carve(*[arch(x, 18.0, 6.0, 1.3) for x in (0,)], front=0.5, material=OCHRE.tinted((186, 126, 76))),
        carve(ellipse(-1.35, 16.3, 0.85, 0.36), ellipse(1.35, 16.3, 0.85, 0.36), front=-0.25, material=SHADOW),
        carve(ribbon([(-2.3, 16.9), (-1.3, 17.2), (-0.5, 16.9)], 0.3), ribbon([(2.3, 16.9), (1.3, 17.2), (0.5, 16.9)], 0.3), front=0.3),
        carve(taper(0, 14.7, 1.3, 0.6, 1.9), front=0.35), carve(ribbon([(-1.1, 13.7), (0, 13.5), (1.1, 13.7)], 0.34), front=-0.3, material=SHADOW),
        carve(ellipse(-3.1, 15.9, 0.5, 1.1), ellipse(3.1, 15.9, 0.5, 1.1), front=0.5),
        carve(taper(0, 18.7, 0.5, 0.9, 1.7), front=0.6, material=GOLD),
    ]  # fmt: skip


def abu_simbel(rng: np.random.Generator) -> Pieces:
    """The great temple at Abu Simbel: four seated colossi of Ramses cut out of the cliff."""
    stone = FACE
    cliff = polygon((-20.6, 0), (20.6, 0), (18.6, 29.5), (-18.6, 29.5))
    pieces: Pieces = [
        solid(rect(0, -2, 43, 2.6), DESERT, 6), solid(cliff, stone, -4),
        *[solid(lathe([(0.62, 0), (0.7, 0.5), (0.55, 1.1), (0.3, 1.6)], x, 29.3, 2), stone, -3, "turned") for x in spread(21, 36)],
        *cornice(0, 27.4, 36.6, 2.0, stone, -2.4), carve(rect(0, 24.8, 35.4, 2.2), front=-0.3),
    ]  # fmt: skip
    pieces += _signs(spread(26, 34), 25.1, 1.6, rng)
    pieces += [
        carve(taper(0, 0, 5.2, 4.6, 11.6), front=0.4), carve(rect(0, 0, 2.8, 8.6), front=-1.2, material=SHADOW),
        carve(rect(0, 0, 1.5, 7.0), front=0, material=LAMPLIGHT), carve(rect(0, 13, 3.6, 8), front=-0.5),
    ]
    pieces += placed(_standing_god(), 0, 13.2, 0.78, -4)
    for x in (-14.6, -6.3, 6.3, 14.6):
        pieces += placed(_colossus(stone, damaged=x == -6.3), x, 0)
    return pieces


def _standing_god() -> Pieces:
    """Ra-Horakhty with the sun on his head."""
    return [
        solid(lathe([(0.9, 0), (1.0, 4), (0.8, 5), (1.5, 7), (0.6, 7.6)], smooth=2), FACE, 1, "turned", 0.6),
        solid(ellipse(0, 8.2, 0.75), FACE, 1, "turned"), solid(ellipse(0, 9.6, 1.05), OCHRE, 1.4, "turned"),
    ]


def _colossus(stone: Material, damaged: bool = False) -> Pieces:
    """Ramses enthroned, 20 m: crown, headcloth, beard, hands on his knees; small queens at his feet."""
    pieces: Pieces = [
        solid(rect(0, 0.6, 7.4, 9), stone, -2), solid(rect(0, 0.4, 7.6, 1.4), stone, 3),
        *mirrored([
            solid(taper(1.45, 1.6, 1.9, 2.3, 7), stone, 2, "turned"), solid(ellipse(1.45, 2.0, 1.3, 0.6), stone, 4, "turned"),
            solid(ellipse(1.5, 8.6, 1.35, 0.9), stone, 3, "turned"), *placed(_queen(stone), 3.2, 1.8),
        ]),
        *placed(_queen(stone), 0, 1.8, 0.9),
        solid(lathe([(3.2, 0), (2.6, 1.2), (2.2, 3), (3.3, 5.6), (2.0, 6.3)], 0, 8.8, 4), stone, 0, "turned", 0.5),
        *mirrored([solid(ribbon([(3.2, 14.2), (3.5, 11.6), (2.6, 9.4), (1.6, 9.0)], 1.4), stone, 1.6)]),
        carve(rect(0, 8.9, 2.6, 1.6), front=0.5),
    ]  # fmt: skip
    if damaged:
        return [*pieces, solid(polygon((-3.0, 14), (3.2, 14), (2.2, 15.6), (-0.4, 15.0), (-2, 16)), stone, 0.5)]
    head = [
        solid(blob((-1.5, 19), (-2.7, 17.6), (-3.0, 15.4), (-2.6, 14.4), (0, 14.2), (2.6, 14.4), (3.0, 15.4),
                              (2.7, 17.6), (1.5, 19)), stone.tinted((216, 160, 96)), 1),
        carve(*[ribbon([(s * 1.4, y), (s * 2.9, y - 0.5)], 0.22) for s in (-1, 1) for y in np.arange(15.4, 18.4, 0.6)], front=0.2),
        solid(lathe([(0.7, 0), (1.3, 0.7), (1.5, 2.0), (1.4, 3.2)], 0, 15.2, 4), stone, 2.2, "turned", 0.6),
        carve(ellipse(-0.6, 17.2, 0.4, 0.2, 12), ellipse(0.6, 17.2, 0.4, 0.2, 12), front=-0.2, material=SHADOW),
        carve(taper(0, 16.4, 0.6, 0.3, 0.8), front=0.25), carve(rect(0, 15.9, 1.0, 0.22), front=-0.2, material=SHADOW),
        solid(taper(0, 13.9, 0.7, 0.9, 1.5), stone, 3),
        solid(lathe([(1.6, 0), (1.9, 1.0), (1.7, 1.9), (1.0, 2.6), (0.8, 3.9), (0.9, 4.6), (0.5, 5.0)], 0, 18.4, 3), stone, 1.6, "turned", 0.8),
        carve(taper(0, 18.4, 0.3, 0.5, 1.1), front=0.4),
    ]  # fmt: skip
    return [*pieces, *head]


def _queen(stone: Material) -> Pieces:
    """A small standing figure."""
    return [solid(lathe([(0.45, 0), (0.5, 1.6), (0.4, 2.2), (0.62, 3.2), (0.3, 3.6)], smooth=2), stone, 3.4, "turned"),
            solid(ellipse(0, 4.1, 0.45, 0.6, 14), stone, 3.4, "turned")]  # fmt: skip


def _signs(xs: list[float], y: float, height: float, rng: np.random.Generator, material: Material | None = None) -> Pieces:
    """A line of hieroglyphs."""
    h = height
    shapes: tuple[list[Points], ...] = (
        [ellipse(0, h / 2, h * 0.28)], [rect(-h * 0.15, 0, h * 0.14, h), rect(h * 0.18, 0, h * 0.14, h * 0.6)],
        [lathe([(0.05, 0), (0.26, 0.3), (0.32, 0.6), (0.12, 0.8), (0.16, 1)], smooth=2) * [h, h]],
        [ribbon([(h * (k / 4 - 0.5) * 0.8, h * (0.4 + 0.2 * (k % 2))) for k in range(5)], h * 0.16)],
        [ellipse(0, h * 0.76, h * 0.18), rect(0, 0, h * 0.14, h * 0.6), rect(0, h * 0.42, h * 0.56, h * 0.12)],
    )  # fmt: skip
    return [
        carve(*[moved(o, x, y) for o in shapes[int(rng.integers(len(shapes)))]], front=-0.14 * height, material=material or OCHRE)
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
            moved(lathe(body, smooth=2) * [h, h], x, y), bar((x - s * h * 0.1, y), (x - s * h * 0.03, y + h * 0.4), h * 0.09),
            ellipse(x, y + h * 0.83, h * 0.07, h * 0.065, 14), lathe([(0.08, 0), (0.05, 0.08), (0.07, 0.14), (0.0, 0.17)], smooth=1) * [h, h] + [x, y + h * 0.87],
            bar((x + s * h * 0.12, y + h * 0.68), (x + s * h * 0.3, y + h * 0.6), h * 0.055), bar((x + s * h * 0.3, y), (x + s * h * 0.3, y + h * 0.86), h * 0.03),
        ]  # fmt: skip
        pieces += [carve(*parts, front=0.035 * h, material=material)]
    return pieces


def _pylon(width: float, height: float, x: float, stone: Material, rng: np.random.Generator, gods: int = 3) -> Pieces:
    """One tower of a temple gate: battered walls, torus and cavetto, gods in two registers, flag masts."""
    lean = width * 0.14
    body = taper(x, 0, width, width - 2 * lean, height)
    pieces: Pieces = [
        solid(body, stone, 0, "pitched", -0.08), *cornice(x, height - height * 0.08, width - 2 * lean, height * 0.085, stone, 0),
        *[solid(bar((x + s * width / 2, 0), (x + s * (width / 2 - lean), height), width * 0.028), stone, 0.6) for s in (-1, 1)],
        *_gods(spread(gods, width * 0.72, x), height * 0.10, height * 0.40, stone.tinted((196, 140, 84))),
        *_gods(spread(gods + 2, width * 0.64, x), height * 0.58, height * 0.25, stone.tinted((196, 140, 84))),
        carve(rect(x, height * 0.535, width * 0.86, height * 0.012), front=0.2),
    ]  # fmt: skip
    return pieces + _signs(spread(12, width * 0.66, x), height * 0.86, height * 0.04, rng, stone.tinted((150, 96, 56)))


def _mast(x: float, height: float, wave: float) -> Pieces:
    """A cedar flag mast with its pennant, set in a slot of the pylon."""
    flag = polygon((x + 0.5, height * 0.99), (x + 5.4 * wave, height * 0.96), (x + 5.0 * wave, height * 0.90), (x + 0.5, height * 0.92))
    return [
        solid(taper(x, 0, 1.5, 1.0, height), Material((150, 100, 60), "grain"), 1.5, "turned"),
        *[solid(flag, OCHRE, 1.2)],
        *finial(x, height - 0.4, 2.4, GOLD, thick=0.9),
    ]  # fmt: skip


def karnak(rng: np.random.Generator) -> Pieces:
    """The gate of Amun at Karnak: two pylon towers, ram-headed sphinxes, obelisks, pennants."""
    stone = SANDSTONE
    ram: Pieces = [
        solid(rect(0, 0, 4.2, 2.4), stone, 9), solid(ellipse(0, 4.0, 1.7, 1.7), stone, 9, "turned"),
        solid(lathe([(0.9, 0), (1.0, 1), (0.7, 2.2)], 0, 4.4, 3), stone, 10.4, "turned"),
        *mirrored([solid(ribbon([(0.6, 6.6), (1.6, 6.6), (1.9, 5.6), (1.3, 5.0)], 0.6), stone, 10)]),
    ]
    obelisk = [solid(rect(11.2, 0, 4, 1.6), GRANITE, 6), solid(taper(11.2, 1.6, 2.8, 1.8, 26), GRANITE, 6), solid(taper(11.2, 27.6, 1.8, 0.3, 2.6), GOLD, 6)]
    return [
        solid(rect(0, -2, 100, 2.4), LIMESTONE, 8),
        *mirrored(_pylon(40, 34, 28.5, stone, rng)[:4]), *_pylon(40, 34, -28.5, stone, rng), *_pylon(40, 34, 28.5, stone, rng),
        *mirrored([q for x in (18.5, 26.5, 34.5) for q in _mast(x, 41, 1)]),
        *block(0, 0, 17, 22, stone, -1), *cornice(0, 20, 17, 2.4, stone, -0.6), *opening(0, 0, 7.6, 16, "flat", 2.4),
        carve(ellipse(0, 20.8, 1.2), front=1, material=OCHRE), carve(polygon((-7, 21.6), (0, 20.2), (7, 21.6), (5, 20.2), (0, 19.8), (-5, 20.2)), front=0.6, material=GOLD),
        *mirrored(obelisk), *mirrored([q for x in (17.4, 25, 33, 41) for q in placed(ram, x, 0)]),
    ]  # fmt: skip


def philae(rng: np.random.Generator) -> Pieces:
    """The temple of Isis at Philae: the pylon above the water, two lions, the colonnades at its sides."""
    stone = Material((232, 196, 142), "courses", 1.0)
    wing: Pieces = [*colonnade(37, 0, 26, 9.4, 7, stone, 3, 0.5), *block(37, 9.4, 27, 1.6, stone, 4), *cornice(37, 10.8, 27, 1.4, stone, 4)]
    return [
        solid(rect(0, -3.2, 106, 3.6), GRANITE, 6), *[carve(rect(x, -3.2, 0.6, 3.6), front=-0.4) for x in spread(16, 104)], *mirrored(wing),
        *_pylon(23, 20, -14, stone, rng, 2), *_pylon(23, 20, 14, stone, rng, 2),
        *block(0, 0, 9, 14.6, stone, 0.4), *cornice(0, 12.8, 9, 2.0, stone, 0.8), *opening(0, 0, 3.6, 9.4, "flat", 1.6),
        carve(ellipse(0, 13.9, 0.8), front=1, material=OCHRE), carve(polygon((-3.8, 14.4), (0, 13.6), (3.8, 14.4), (2.6, 13.5), (0, 13.2), (-2.6, 13.5)), front=0.5, material=GOLD),
        *[q for x in (-6.4, 6.4) for q in (solid(rect(x, 0, 2.6, 1.2), GRANITE, 5), solid(ellipse(x, 2.2, 1.1, 1.2), GRANITE, 5, "turned"), solid(ellipse(x, 3.6, 0.9), GRANITE, 5.6, "turned"))],
    ]  # fmt: skip


def edfu(rng: np.random.Generator) -> Pieces:
    """The temple of Horus at Edfu: the best kept pylon of all, and the granite falcons before it."""
    stone = Material((226, 178, 116), "courses", 1.1)
    falcon = [
        solid(rect(0, 0, 3.6, 1.2), GRANITE.tinted((120, 116, 118)), 7),
        solid(lathe([(1.0, 0), (1.6, 1.6), (1.5, 3.2), (0.9, 4.4), (1.0, 5.4), (0.3, 6.2)], 0, 1.2, 4), GRANITE.tinted((128, 124, 128)), 7, "turned"),
        solid(lathe([(0.7, 0), (0.6, 0.8), (0.9, 1.6), (0.3, 2.2)], 0, 7, 3), GOLD, 7.4, "turned"),
        carve(taper(0, 6.1, 0.2, 0.7, 0.7), front=0.6, material=GOLD),
    ]  # fmt: skip
    slots = [taper(x, 0, 2.0, 1.4, 22) for x in (-26, -16.5, 16.5, 26)]
    return [
        solid(rect(0, -2, 82, 2.4), LIMESTONE, 8), *_pylon(32, 36, -22.4, stone, rng, 2), *_pylon(32, 36, 22.4, stone, rng, 2),
        carve(*slots, front=-1.6), *block(0, 0, 15, 25, stone, 0.5), *cornice(0, 22.6, 15, 2.8, stone, 0.8),
        *opening(0, 0, 6, 17, "flat", 2.4), carve(ellipse(0, 24.0, 1.2), front=1, material=OCHRE),
        carve(polygon((-6.6, 24.8), (0, 23.4), (6.6, 24.8), (4.6, 23.2), (0, 22.8), (-4.6, 23.2)), front=0.5, material=TURQUOISE),
        *mirrored(placed(falcon, 7.4, 0, 1.25)),
    ]  # fmt: skip


def hatshepsut(rng: np.random.Generator) -> Pieces:
    """Hatshepsut's temple at Deir el-Bahari: three terraces of pillars and the long ramp, under the cliff."""
    cliff = blob((-60, 12), (-58, 26), (-50, 31), (-44, 40), (-33, 41), (-24, 46), (-12, 44), (0, 49), (12, 44),
                            (24, 46), (33, 41), (44, 40), (50, 31), (58, 26), (60, 12))  # fmt: skip
    ribs = [bar((x, 20), (x * 1.02, 44), 1.5) for x in np.arange(-54, 56, 5.4) + rng.uniform(-1, 1, 21)]
    pieces: Pieces = [
        solid(cliff, DESERT.tinted((206, 150, 98)), -14), carve(*ribs, front=1.4, form="turned", bulge=0.8),
        *[carve(ribbon([(-60, y), (0, y + 2), (60, y)], 0.8), front=-0.8) for y in (27, 34)],
    ]  # fmt: skip
    for y, width, count, front in ((20, 74, 26, -8), (10, 100, 34, -4), (0, 120, 40, 0)):
        pieces += [solid(rect(0, y, width, 9), SHADOW, front - 2)]
        pieces += [solid(rect(x, y, width / count * 0.46, 8.4), PALE, front) for x in spread(count, width)]
        pieces += [*block(0, y + 7.4, width, 2.4, PALE, front + 0.4), *cornice(0, y + 9, width, 1.0, PALE, front + 0.4)]
    ramp = [solid(taper(0, 0, 15, 9, 20), LIMESTONE, 3, "pitched", -0.8), *[solid(bar((s * 7.5, 0), (s * 4.5, 20), 0.9), PALE, 4) for s in (-1, 1)]]
    return [*pieces, *ramp, *opening(0, 20, 3.4, 7, "flat", 0.8, False, LAMPLIGHT), solid(rect(0, -2, 122, 2.4), DESERT, 5)]


def alexandria_lighthouse(rng: np.random.Generator) -> Pieces:
    """The Pharos of Alexandria, 110 m: square, then eight-sided, then round; the fire, and Zeus above it."""
    stone = PALE
    return [
        *steps(0, -3, 62, 54, 4, GRANITE, 3), *block(0, 1, 52, 10, stone, 4), *crenels(0, 11, 52, 2.4, 17, stone, 4), *opening(0, 1, 7, 8.4, "round", 1.4, False, SHADOW),
        *windows(-16, 3, 17, 6, 4, 1, rng, "round"), *windows(16, 3, 17, 6, 4, 1, rng, "round"),
        solid(taper(0, 11, 30, 22.5, 48), stone, 0, "pitched", -0.05), *windows(0, 15, 19, 42, 3, 7, rng, "round", (0.34, 0.5), 0.7),
        *cornice(0, 57, 23, 2.6, stone, 0.5), *_tritons(stone),
        solid(taper(0, 60, 16, 13, 24), stone, -4, "ridged", 0.5), carve(taper(0, 60, 6.4, 5.2, 24), front=0.6),
        *windows(0, 63, 12, 19, 3, 3, rng, "round", (0.36, 0.6), 0.8), *cornice(0, 83, 13.2, 2, stone, 0),
        solid(taper(0, 85, 8.6, 7.6, 9), stone, -2, "turned"), *windows(0, 86, 7.4, 7, 3, 1, rng, "round", (0.4, 0.8), 1), *cornice(0, 93.4, 8, 1.4, stone, 2),
        *[q for x in (-3.2, -1.1, 1.1, 3.2) for q in column(x, 95, 0.9, 6, MARBLE, 2)], solid(rect(0, 95, 6, 6), LAMPLIGHT, 0),
        *cornice(0, 100.8, 8, 1.2, stone, 2), solid(taper(0, 102, 8.4, 1.6, 3.6), Material((190, 96, 60), "tiles"), 1, "turned"),
        solid(lathe([(0.9, 0), (0.8, 2.6), (1.3, 4.6), (0.5, 5.4), (0.8, 6.3), (0, 7.2)], 0, 105, 3), GOLD, 2, "turned"), solid(bar((0.8, 109), (2.6, 113), 0.7), GOLD, 2),
    ]  # fmt: skip


def _tritons(stone: Material) -> Pieces:
    """The parapet of the first storey, a bronze triton blowing his horn at each corner."""
    triton = solid(lathe([(1.2, 0), (0.7, 1.4), (1.1, 3), (0.4, 3.8), (0.6, 4.6), (0, 5.2)], 11, 60, 3), GOLD, 2, "turned")
    return [*crenels(0, 59.4, 23, 2, 9, stone, 1.4), *mirrored([triton, solid(bar((11.4, 63), (14, 65.6), 0.8), GOLD, 2)])]
