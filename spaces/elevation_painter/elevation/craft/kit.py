"""The architect's kit: each part gives the pieces it is made of. Metres, x from the axis, y from the ground."""

import numpy as np

from .geometry import ArchKind, arch, bar, ellipse, lathe, moved, rect, spread, taper
from .materials import DARK_GLASS, GOLD, LAMPLIGHT, LEAD, LIMESTONE, SHADOW, Material
from .ornament import finial
from .relief import Form, Piece, Pieces, carve, cut, solid

Corner = tuple[float, float]


def block(
    x: float, y: float, width: float, height: float, material: Material = LIMESTONE, front: float = 0.0
) -> Pieces:
    """A plain mass of masonry."""
    return [solid(rect(x, y, width, height), material, front)]


def cornice(
    x: float, y: float, width: float, height: float, material: Material = LIMESTONE, front: float = 0.0
) -> Pieces:
    """A moulding that leans out as it rises, under a slab that leans out further."""
    h = height
    return [
        solid(taper(x, y, width, width + 1.1 * h, h * 0.45), material, front + 0.45 * h),
        solid(taper(x, y + h * 0.32, width + 0.8 * h, width + 1.7 * h, h * 0.34), material, front + 0.85 * h),
        solid(rect(x, y + h * 0.62, width + 2.0 * h, h * 0.38), material, front + 1.35 * h),
    ]


def storey(
    x: float,
    y: float,
    width: float,
    height: float,
    material: Material = LIMESTONE,
    front: float = 0.0,
    crown: float = 0.09,
) -> Pieces:
    """A block with a plinth below and a cornice above, which takes `crown` of its height."""
    top = height * crown
    return [
        solid(rect(x, y, width, height), material, front),
        *cornice(x, y + height - top, width, top, material, front),
        *plinth(x, y, width, top, material, front),
    ]


def plinth(
    x: float, y: float, width: float, height: float, material: Material = LIMESTONE, front: float = 0.0
) -> Pieces:
    """A base course that stands out a little."""
    return [
        solid(rect(x, y, width + height, height), material, front + height * 0.8),
        solid(rect(x, y + height * 0.72, width + height * 0.5, height * 0.4), material, front + height * 0.4),
    ]


def steps(x: float, y: float, bottom: float, top: float, height: float, material: Material, count: int = 6) -> Pieces:
    """A flight of stairs seen from the front."""
    rise = height / count
    return [
        solid(
            rect(x, y + i * rise, bottom + (top - bottom) * i / max(count - 1, 1), rise * 1.2),
            material,
            (count - i) * rise,
        )
        for i in range(count)
    ]


def opening(
    x: float,
    y: float,
    width: float,
    height: float,
    kind: ArchKind = "round",
    frame: float = 0.0,
    through: bool = True,
    back: Material = SHADOW,
    archivolts: int = 1,
) -> Pieces:
    """A doorway with a raised frame and stepped archivolts; open to the night, or closed by `back`."""
    frame = frame or width * 0.16
    pieces: Pieces = []
    for ring in range(archivolts, 0, -1):
        grown = frame * ring / archivolts
        pieces.append(
            carve(
                arch(x, y, width + 2 * grown, height + grown, kind), front=frame * (0.5 if ring == archivolts else -0.3)
            )
        )
    inner = arch(x, y, width, height, kind)
    if through:
        reveal = arch(x, y, width + frame * 0.5, height + frame * 0.25, kind)
        return [*pieces, carve(reveal, front=-frame * 0.9), cut(inner)]
    return [*pieces, carve(inner, front=-frame, material=back)]


def windows(
    x: float,
    y: float,
    width: float,
    height: float,
    columns: int,
    rows: int,
    rng: np.random.Generator,
    kind: ArchKind = "flat",
    fill: tuple[float, float] = (0.46, 0.62),
    lit: float = 0.7,
    frame: float = 0.16,
    light: Material = LAMPLIGHT,
    dark: Material = DARK_GLASS,
    sill: bool = True,
) -> Pieces:
    """A field of windows in framed bays; `lit` is the share behind which somebody is at home."""
    bay, tall = width / columns, height / rows
    w, h = bay * fill[0], tall * fill[1]
    edge = w * frame
    panes = [(cx, y + (row + (1 - fill[1]) / 2) * tall) for row in range(rows) for cx in spread(columns, width, x)]
    home = rng.random(len(panes)) < lit
    frames = [arch(cx, cy - edge, w + 2 * edge, h + 2 * edge, kind) for cx, cy in panes]
    pieces = [carve(*frames, front=edge * 0.8)]
    if sill:
        pieces.append(
            carve(*[rect(cx, cy - edge * 1.6, w + 4 * edge, edge * 1.4) for cx, cy in panes], front=edge * 1.2)
        )
    for material, wanted in ((light, True), (dark, False)):
        chosen = [arch(cx, cy, w, h, kind) for (cx, cy), on in zip(panes, home, strict=True) if on == wanted]
        if chosen:
            pieces.append(carve(*chosen, front=-edge * 2.2, material=material))
    if w > 0.4:
        mullions = [rect(cx, cy, edge * 0.5, h) for cx, cy in panes]
        transoms = [rect(cx, cy + h * 0.55, w, edge * 0.5) for cx, cy in panes]
        pieces.append(carve(*mullions, *transoms, front=edge * 0.5, material=SHADOW))
    return pieces


def column(
    x: float,
    y: float,
    width: float,
    height: float,
    material: Material = LIMESTONE,
    front: float = 0.0,
    capital: float = 1.1,
    taper_to: float = 0.86,
) -> Pieces:
    """A round column with base and capital; capital is its height in diameters."""
    base, cap = width * 0.45, width * capital
    shaft = taper(x, y + base * 0.6, width, width * taper_to, height - base * 0.6 - cap * 0.5)
    bell = taper(x, y + height - cap, width * taper_to, width * 1.3, cap * 0.8)
    return [
        solid(shaft, material, front, "turned"),
        solid(rect(x, y, width * 1.36, base * 0.5), material, front + width * 0.6),
        solid(rect(x, y + base * 0.5, width * 1.18, base * 0.4), material, front + width * 0.2, "turned"),
        solid(bell, material, front + width * 0.15, "turned"),
        solid(rect(x, y + height - cap * 0.25, width * 1.42, cap * 0.25), material, front + width * 0.75),
    ]


def colonnade(
    x: float,
    y: float,
    width: float,
    height: float,
    count: int,
    material: Material = LIMESTONE,
    front: float = 0.0,
    thick: float = 0.42,
    back: Material | None = SHADOW,
) -> Pieces:
    """Columns in equal bays before a shadowed wall (or the open night, when back is None)."""
    pieces = [solid(rect(x, y, width, height), back, front - width / count)] if back else []
    for cx in spread(count, width, x):
        pieces += column(cx, y, width / count * thick, height, material, front)
    return pieces


def pediment(
    x: float, y: float, width: float, height: float, material: Material = LIMESTONE, front: float = 0.0, relief: int = 7
) -> Pieces:
    """A gable with raking cornices and a crowd of figures in its field."""
    edge = height * 0.15
    inner = taper(x, y + edge * 0.8, width * 0.80, 0, height * 0.74)
    figures = [
        lathe([(0.5, 0), (0.42, 0.45), (0.16, 0.62), (0.22, 0.8), (0, 0.98)], smooth=2)
        * [height * 0.22, height * 0.62 * (1 - abs(2 * (i + 0.5) / relief - 1)) + height * 0.10]
        + [cx, y + edge]
        for i, cx in enumerate(spread(relief, width * 0.72, x))
    ]
    return [
        solid(taper(x, y, width, 0, height), material, front + edge),
        carve(inner, front=-edge * 1.3),
        Piece(tuple(figures), None, edge * 0.3, "turned", 0.6, "carve"),
        solid(rect(x, y - edge * 0.5, width, edge), material, front + edge * 1.6),
    ]


def dome(
    x: float,
    y: float,
    radius: float,
    height: float,
    material: Material = LEAD,
    front: float = 0.0,
    ribs: int = 8,
    rib: Material | None = None,
    point: float = 0.0,
    bulb: float = 0.0,
) -> Pieces:
    """A dome with ribs; `point` draws its crown up, `bulb` lets it swell beyond its foot (both 0..1)."""
    turn = np.linspace(0, np.pi / 2, 28)
    r = radius * np.cos(turn) ** (1 + 0.5 * point) * (1 + bulb * np.sin(2 * turn) ** 1.2 * 0.5)
    h = height * np.sin(turn)
    profile = list(zip(r.tolist(), h.tolist(), strict=True))
    pieces = [solid(lathe(profile, x, y), material, front, "turned")]
    wide = radius * 0.09
    for angle in np.linspace(-np.pi / 2, np.pi / 2, ribs + 1)[1:-1]:
        s = float(np.sin(angle))
        thin = max(wide * float(np.cos(angle)), wide * 0.25)
        left = [(a * s - thin / 2 * (1 - b / height * 0.6), b) for a, b in profile]
        right = [(a * s + thin / 2 * (1 - b / height * 0.6), b) for a, b in reversed(profile)]
        pieces.append(carve(moved([*left, *right], x, y), front=radius * 0.035, material=rib))
    return pieces


def lantern(
    x: float,
    y: float,
    width: float,
    height: float,
    material: Material = LIMESTONE,
    front: float = 0.0,
    cap: Material = LEAD,
    cross: bool = True,
) -> Pieces:
    """The little turret on a dome: drum with lit openings, cap, ball and cross."""
    body = height * 0.46
    pieces = [
        solid(rect(x, y, width, body), material, front, "turned"),
        *cornice(x, y + body * 0.9, width, body * 0.14, material, front + width * 0.4),
        carve(
            *[arch(cx, y + body * 0.12, width * 0.17, body * 0.66) for cx in spread(3, width * 0.86, x)],
            front=-width * 0.06,
            material=LAMPLIGHT,
        ),
        *dome(x, y + body, width * 0.5, height * 0.24, cap, front, ribs=4, point=0.5),
    ]
    return [*pieces, *finial(x, y + height * 0.66, height * 0.34, GOLD, cross, width * 0.16)]


def spire(
    x: float,
    y: float,
    width: float,
    height: float,
    material: Material = LEAD,
    front: float = 0.0,
    crockets: int = 8,
    form: Form = "ridged",
    tip: float = 0.10,
) -> Pieces:
    """A steep pointed roof with crockets up its edges; tip keeps the point thick enough to survive in 3D."""
    pieces = [solid(taper(x, y, width, width * tip, height), material, front, form)]
    for i in range(crockets):
        level = (i + 0.5) / crockets
        half = width / 2 * (1 - level * (1 - tip))
        size = width * 0.045 * (1.2 - 0.5 * level)
        pieces += [
            solid(ellipse(x + s * half, y + height * level, size, size * 1.4, 10), material, front) for s in (-1, 1)
        ]
    return pieces


def lattice(
    a: Corner,
    b: Corner,
    c: Corner,
    d: Corner,
    panels: int,
    thick: float,
    material: Material,
    front: float = 0.0,
    slender: float = 0.7,
) -> Pieces:
    """Ironwork between two chords, a-b and d-c (each from foot to head): chords, rungs and crosses, open between."""
    left = np.linspace(a, b, panels + 1)
    right = np.linspace(d, c, panels + 1)
    fine = thick * slender
    rungs = [bar(tuple(p), tuple(q), thick) for p, q in zip(left, right, strict=True)]
    crosses = [bar(tuple(left[i]), tuple(right[i + 1]), fine) for i in range(panels)]
    crosses += [bar(tuple(right[i]), tuple(left[i + 1]), fine) for i in range(panels)]
    return [
        *[solid(o, material, front) for o in crosses],
        *[solid(o, material, front + thick * 0.5) for o in rungs],
        *[solid(bar(p, q, thick * 1.25), material, front + thick) for p, q in ((a, b), (d, c))],
    ]
