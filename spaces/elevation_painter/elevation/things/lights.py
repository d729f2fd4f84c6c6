"""What burns: candles, and holders with as many arms as were asked for."""

import numpy as np

from ..craft.geometry import curve, ellipse, lathe, rect, ribbon
from ..craft.materials import GOLD, LAMPLIGHT, Material
from ..craft.relief import Pieces, carve, solid
from ..prompt.style import BRASS, Style

WAX = Material((250, 236, 206), "smooth", 0.2, 0.2, 0.12)
MOST_ARMS = 12


def candle(style: Style, rng: np.random.Generator) -> Pieces:
    """A thick candle alight, on a dish with a ring for the finger."""
    wax = style.made_of(WAX)
    drip = lathe([(3.6, 2), (3.6, 17.6), (3.3, 18.2)])
    runs = [rect(x, 17.6 - long, 0.7, long) for x, long in zip((-2.6, -1.0, 1.9), rng.uniform(2, 6, 3), strict=True)]
    return [
        solid(ellipse(7.6, 2.2, 1.8, 1.6), BRASS, -0.6),
        carve(ellipse(7.6, 2.2, 1.0, 0.8), front=-0.4, material=BRASS.tinted((96, 66, 30))),
        solid(lathe([(3.6, 0), (4.2, 0.6), (6.6, 1.4), (7.0, 2.6)], smooth=3), BRASS, 0.4, "turned"),
        solid(drip, wax, 0.2, "turned"),
        carve(*runs, front=0.35, form="turned", bulge=0.8),
        solid(rect(0, 2.0, 8.4, 1.4), BRASS, 1, "turned"),
        *_flame(0, 18.0, 1.5),
    ]


def candle_holder(style: Style, rng: np.random.Generator) -> Pieces:
    """A candle holder with curved arms, one candle an arm, the middle one the highest."""
    arms = min(
        style.count("arm", "armed", "branch", "branched", "light", "candle", "candles") or _usual(style), MOST_ARMS
    )
    metal = style.made_of(BRASS)
    pairs, middle = arms // 2, arms % 2
    pieces: Pieces = []
    top = 22.0 + 1.2 * pairs
    for k in range(pairs, 0, -1):
        reach, cup = _reach(k, middle), top - 2.6 * k
        low = cup - 5.4 - 0.5 * k
        for side in (-1, 1):
            path = [
                (0, low + 1.6),
                (side * reach * 0.35, low - 0.6),
                (side * reach * 0.8, low + 0.4),
                (side * reach, cup),
            ]
            pieces += [solid(ribbon(curve(path, 8), 1.25, 1.0), metal, 0.4 - 0.1 * k)]
            pieces += _candle(side * reach, cup, metal, rng)
    if middle:
        pieces += _candle(0, top, metal, rng)
    crotch = top - 8.4  # where the innermost pair leaves a stem that bears no candle itself
    return [*_stem(metal, top if middle else crotch), *pieces]


def menorah(style: Style, rng: np.random.Generator) -> Pieces:
    """A menorah: seven arms in half circles, or nine, their flames on one level."""
    arms = style.count("arm", "armed", "branch", "branched") or (
        9 if style.says("hanukkiah", "hanukkah", "chanukah") else 7
    )
    metal = style.made_of(GOLD)
    top, step = 25.0, 3.5
    pieces: Pieces = []
    for k in range(min(arms, MOST_ARMS) // 2, 0, -1):
        turn = np.linspace(0, np.pi, 41)
        reach = step * k
        half = [(reach * float(np.cos(t)), top - reach * 0.92 * float(np.sin(t))) for t in turn]
        pieces.append(solid(ribbon(half, 1.15), metal, 0.3))
        knops = [half[round(at * 40)] for at in (0.18, 0.82)]
        pieces += [solid(ellipse(x, y, 0.95), metal, 0.7, "turned") for x, y in knops]
        for side in (-1, 1):
            pieces += _candle(side * reach, top, metal, rng, 3.4)
    return [*_stem(metal, top), *pieces, *_candle(0, top, metal, rng, 5.0 if arms == 9 else 3.4)]


def _usual(style: Style) -> int:
    return 1 if style.says("candlestick", "candlesticks", "candle stick", "chandelier stick") else 3


def _reach(k: int, middle: int) -> float:
    return 5.4 * (k if middle else k - 0.4)


def _stem(metal: Material, top: float) -> Pieces:
    """A stepped foot and a turned stem up to the middle cup."""
    foot = lathe([(7.4, 0), (7.6, 1.0), (6.2, 1.6), (5.6, 2.6), (2.2, 3.4), (1.2, 5.0)], smooth=4)
    stem = [
        (1.1, 4.6),
        (2.0, 7.2),
        (1.0, 9.4),
        (0.9, top * 0.55),
        (1.7, top * 0.6),
        (0.9, top * 0.65),
        (0.8, top + 0.4),
    ]
    return [
        solid(lathe(stem, smooth=5), metal, 0.2, "turned"),
        solid(foot, metal, 0.4, "turned"),
        carve(rect(0, 1.2, 16, 0.3), front=-0.2),
    ]


def _candle(x: float, y: float, metal: Material, rng: np.random.Generator, tall: float = 6.6) -> Pieces:
    """A cup with its candle and the flame."""
    wax = tall + float(rng.uniform(-0.4, 0.4))
    return [
        solid(rect(x, y + 0.8, 1.7, wax), WAX, 0.2, "turned"),
        solid(lathe([(0.7, 0), (1.8, 0.8), (2.1, 1.5)], x, y - 0.4, 3), metal, 0.6, "turned"),
        *_flame(x, y + wax + 0.8, 1.0),
    ]


def _flame(x: float, y: float, size: float) -> Pieces:
    outer = lathe([(0.4, 0), (0.95, 1.0), (0.6, 2.2), (0.14, 3.2)], x, 0, 5) * [1, size] + [0, y]
    inner = lathe([(0.2, 0.3), (0.5, 0.9), (0.1, 1.9)], x, 0, 4) * [1, size] + [0, y]
    return [solid(outer, LAMPLIGHT, 0.4, "turned"), carve(inner, front=0.1, material=LAMPLIGHT.tinted((255, 246, 214)))]
