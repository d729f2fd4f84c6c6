"""Bridges: on stone arches, under an arch, and hung from cables; the famous ones are made of the same parts."""

from itertools import pairwise

import numpy as np

from ..craft.geometry import Points, arch, bar, rect, ribbon, spread
from ..craft.kit import block, cornice, storey
from ..craft.materials import GOLD, STEEL, Material
from ..craft.ornament import balustrade, finial, voussoirs
from ..craft.relief import Pieces, cut, mirrored, solid
from ..prompt.style import Style, pick


def bridge(style: Style, rng: np.random.Generator) -> Pieces:
    """Stone arches on piers, a lit parapet, four pylons."""
    stone, count = style.body, pick(rng, 3, 5)
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


def suspension_bridge(style: Style, _rng: np.random.Generator) -> Pieces:
    """A suspension bridge: two towers, two cables in a long curve, hangers, a slender deck."""
    steel = style.made_of(STEEL)
    tower = [
        *[solid(rect(27 + d, -6, 2.4, 44), steel, 2) for d in (-2.4, 2.4)],
        *[solid(rect(27, y, 7, 2), steel, 2.4) for y in (4, 16, 27, 36.6)],
        solid(rect(27, -6, 10, 6), style.body, 3),
    ]
    return [
        *hung(27, 38, 14, 50, 9, steel, 15),
        *girder(50, 7, 2.6, steel, 26),
        *mirrored(tower),
    ]


def arch_bridge(style: Style, _rng: np.random.Generator) -> Pieces:
    """An arch bridge: one steel arch over the deck, which hangs from it, between two abutments."""
    steel = style.made_of(STEEL)
    abutment = [*block(44, -8, 10, 16, style.body, 2), *cornice(44, 7, 10, 1.4, style.body, 2.4)]
    return [
        *trussed_arch(42, 0, 30, 25, 18, steel),
        *hangers(42, 0, 25, 6, steel, 13),
        *girder(50, 5, 2.6, steel, 24),
        *mirrored(abutment),
    ]


def sag(half: float, top: float, low: float, end: float, foot: float) -> tuple[Points, Points]:
    """The main cable from tower to tower, and the backstay from the right tower down to the end of the deck."""
    x = np.linspace(-half, half, 41)
    main = np.stack([x, low + (top - low) * (x / half) ** 2], axis=1)
    t = np.linspace(0, 1, 15)
    stay = np.stack([half + (end - half) * t, top + (foot - top) * (1.25 * t - 0.25 * t * t)], axis=1)
    return main, stay


def hung(
    half: float, top: float, low: float, end: float, foot: float, material: Material, count: int, thick: float = 1.5
) -> Pieces:
    """Cables and hangers of a suspension bridge with towers at +-half, its deck ending at +-end at the height foot."""
    main, stay = sag(half, top, low, end, foot)
    inner = [solid(bar((x, foot), (x, _at(main, x)), thick * 0.5), material, -0.5) for x in spread(count, 2 * half)]
    outer = [
        solid(bar((x, foot), (x, _at(stay, x)), thick * 0.5), material, -0.5)
        for x in np.linspace(half, end, count // 2 + 1)[1:-1]
    ]
    cables = [solid(ribbon(stay.tolist(), thick), material, 1.2, "flat")]
    return [*inner, *mirrored([*outer, *cables]), solid(ribbon(main.tolist(), thick), material, 1.2)]


def girder(end: float, y: float, tall: float, material: Material, panels: int) -> Pieces:
    """A stiffening truss under the roadway, from -end to end, its foot at y."""
    xs = np.linspace(-end, end, panels + 1)
    web = [
        solid(bar((float(a), y + (k % 2) * tall), (float(b), y + (1 - k % 2) * tall), tall * 0.22), material, 0.2)
        for k, (a, b) in enumerate(pairwise(xs))
    ]
    chords = [solid(rect(0, y + tall * k, 2 * end, tall * 0.36), material, 1) for k in (0, 0.72)]
    return [solid(rect(0, y, 2 * end, tall), material.tinted(_shade(material, 0.55)), -0.6), *web, *chords]


def trussed_arch(half: float, y: float, outer: float, inner: float, panels: int, material: Material) -> Pieces:
    """An arch of two chords with ironwork between, springing at +-half, with crowns at the heights outer and inner."""
    x = np.linspace(-half, half, panels + 1)
    low = np.stack([x, y + inner * (1 - (x / half) ** 2)], axis=1)
    high = np.stack([x, y + 6 + (outer - 6) * (1 - (x / half) ** 2)], axis=1)
    web: Pieces = []
    for k in range(panels + 1):
        web.append(solid(bar(_point(low, k), _point(high, k), 0.9), material, 0))
    for k in range(panels):
        a, b = (low, high) if k < panels / 2 else (high, low)
        web.append(solid(bar(_point(b, k), _point(a, k + 1), 0.9), material, 0.3))
    return [*web, *[solid(ribbon(chord.tolist(), 1.7), material, 1.2) for chord in (low, high)]]


def hangers(half: float, y: float, crown: float, foot: float, material: Material, count: int) -> Pieces:
    """Rods from an arch down to a deck at the height foot, where the arch is above it."""
    rods = [(x, y + crown * (1 - (x / half) ** 2)) for x in spread(count, 2 * half)]
    return [solid(bar((x, foot), (x, top), 0.8), material, -0.5) for x, top in rods if top > foot]


def _at(curve: Points, x: float) -> float:
    return float(np.interp(x, curve[:, 0], curve[:, 1]))


def _point(points: Points, k: int) -> tuple[float, float]:
    return float(points[k, 0]), float(points[k, 1])


def _shade(material: Material, factor: float) -> tuple[int, int, int]:
    r, g, b = material.colour
    return round(r * factor), round(g * factor), round(b * factor)
