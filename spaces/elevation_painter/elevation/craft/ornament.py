"""What stands on the parts of the kit: figures, finials, friezes, rose windows, clocks, lamps."""

from collections.abc import Sequence

import numpy as np

from .geometry import Points, arch, bar, ellipse, lathe, moved, polygon, rect, spread, taper
from .materials import DARK_GLASS, GOLD, LAMPLIGHT, LIMESTONE, SHADOW, Material
from .relief import Piece, Pieces, carve, solid

Corner = tuple[float, float]


def band(
    x: float, y: float, width: float, height: float, count: int, front: float = 0.0, material: Material | None = None
) -> Pieces:
    """A frieze: a sunk strip with raised metopes."""
    raised = [rect(cx, y + height * 0.18, width / count * 0.56, height * 0.64) for cx in spread(count, width, x)]
    out = front or height * 0.25
    return [carve(rect(x, y, width, height), front=-out), carve(*raised, front=out * 1.6, material=material)]


def figure(x: float, y: float, height: float, material: Material = LIMESTONE, front: float = 0.0) -> Pieces:
    """A standing figure, as plain as a saint in a niche."""
    robe = lathe([(0.17, 0), (0.16, 0.3), (0.12, 0.55), (0.17, 0.74), (0.13, 0.82), (0.05, 0.85)], smooth=3)
    return [
        solid(moved(robe * [height, height], x, y), material, front, "turned", 0.8),
        solid(ellipse(x, y + height * 0.91, height * 0.07, height * 0.09, 16), material, front, "turned"),
    ]


def relief_crowd(
    x: float, y: float, width: float, height: float, rng: np.random.Generator, count: int = 5, front: float = 0.6
) -> Pieces:
    """A sculpted group that climbs to its middle: figures, raised arms and wings."""
    pieces: Pieces = []
    for i, cx in enumerate(spread(count, width * 0.8, x)):
        middle = 1 - abs(2 * (i + 0.5) / count - 1)
        tall = height * (0.55 + 0.42 * middle) * float(rng.uniform(0.92, 1.05))
        broad = width / count * 0.9
        body = lathe([(0.5, 0), (0.46, 0.35), (0.30, 0.55), (0.48, 0.72), (0.14, 0.80), (0.2, 0.9), (0, 1)], smooth=3)
        pieces.append(carve(moved(body * [broad, tall], cx, y), front=front * 0.5, form="turned", bulge=0.7))
        lean = float(rng.uniform(-0.6, 0.6))
        arm = bar((cx, y + tall * 0.7), (cx + lean * broad, y + tall * 0.98), broad * 0.2)
        pieces.append(carve(arm, front=front * 0.8))
    return pieces


def rose(
    x: float, y: float, radius: float, petals: int = 12, glass: Material = LAMPLIGHT, second: Material = DARK_GLASS
) -> Pieces:
    """A rose window: two rings of petals between spokes of stone, in a moulded frame."""

    def petal(turn: float, inner: float, outer: float, spread: float) -> Points:
        along = np.array([inner, inner + 0.3 * (outer - inner), outer - 0.12 * (outer - inner), outer]) * radius
        half = np.array([0.25, 0.72, 1.0, 0.55]) * spread * outer * radius
        side = np.concatenate([np.stack([along, half], axis=1), np.stack([along, -half], axis=1)[::-1]])
        c, s = np.cos(turn), np.sin(turn)
        return moved(side @ np.array([[c, s], [-s, c]]), x, y)

    turns = (np.arange(2 * petals) + 0.5) * np.pi / petals
    between = np.arange(petals) * 2 * np.pi / petals
    lights = [ellipse(x + 0.95 * radius * np.cos(t), y + 0.95 * radius * np.sin(t), radius * 0.07) for t in between]
    return [
        carve(ellipse(x, y, radius * 1.22), front=radius * 0.16),
        carve(ellipse(x, y, radius * 1.06), front=-radius * 0.26),
        carve(*[petal(float(t), 0.56, 1.0, 0.098) for t in turns], front=-radius * 0.05, material=glass),
        carve(*lights, front=-radius * 0.03, material=second),
        carve(*[petal(float(t), 0.24, 0.52, 0.17) for t in between], front=-radius * 0.05, material=second),
        carve(ellipse(x, y, radius * 0.17), front=-radius * 0.04, material=glass),
    ]


def clock(x: float, y: float, radius: float, rim: Material = GOLD, face: Material = LAMPLIGHT) -> Pieces:
    """A lit dial with hours and two hands at ten past ten."""
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    hours = [
        bar(
            (x + radius * 0.74 * np.cos(t), y + radius * 0.74 * np.sin(t)),
            (x + radius * 0.94 * np.cos(t), y + radius * 0.94 * np.sin(t)),
            radius * 0.09,
        )
        for t in turns
    ]
    hands = [
        bar((x, y), (x + radius * 0.50 * s, y + radius * 0.34 * u), radius * 0.1) for s, u in ((-1, 1), (1.2, 1.1))
    ]
    return [
        carve(ellipse(x, y, radius * 1.14), front=radius * 0.14, material=rim),
        carve(ellipse(x, y, radius), front=-radius * 0.1, material=face),
        carve(*hours, *hands, front=radius * 0.05, material=SHADOW),
    ]


def voussoirs(x: float, spring: float, inner: float, outer: float, count: int, front: float) -> Pieces:
    """Every other wedge stone of a round arch, raised."""
    turns = np.linspace(0, np.pi, 2 * count)
    wedges = [
        polygon(
            *[
                (x + r * float(np.cos(t)), spring + r * float(np.sin(t)))
                for r, t in ((inner, a), (outer, a), (outer, b), (inner, b))
            ]
        )
        for a, b in zip(turns[::2], turns[1::2], strict=True)
    ]
    return [carve(*wedges, front=front)]


def garland(points: Sequence[Corner], size: float, material: Material = LAMPLIGHT, count: int = 24) -> Pieces:
    """Beads along a line: lamps on a bridge, nails on a gate."""
    line = np.asarray(points, dtype=np.float64)
    along = np.linspace(0, len(line) - 1, count)
    xs, ys = (np.interp(along, np.arange(len(line)), line[:, k]) for k in (0, 1))
    beads = [ellipse(float(a), float(b), size, steps=10) for a, b in zip(xs, ys, strict=True)]
    return [Piece(tuple(beads), material, size * 0.5, "turned", 1.0, "carve")]


def finial(
    x: float, y: float, height: float, material: Material = GOLD, cross: bool = False, thick: float = 0.0
) -> Pieces:
    """A ball and spike, or a cross."""
    t = thick or height * 0.14
    pieces = [
        solid(taper(x, y, t * 1.6, t * 0.7, height), material, t, "turned"),
        solid(ellipse(x, y + height * 0.30, t * 1.25), material, t, "turned"),
    ]
    if cross:
        pieces.append(solid(rect(x, y + height * 0.66, height * 0.5, t), material, t * 1.5))
    return pieces


def pinnacle(
    x: float, y: float, width: float, height: float, material: Material = LIMESTONE, front: float = 0.0
) -> Pieces:
    """A small Gothic turret."""
    shaft = height * 0.42
    return [
        solid(rect(x, y, width, shaft), material, front + width * 0.3),
        carve(arch(x, y + shaft * 0.1, width * 0.5, shaft * 0.75, "pointed"), front=-width * 0.2),
        solid(taper(x, y + shaft, width * 1.25, width * 0.2, height - shaft), material, front + width * 0.3, "ridged"),
    ]


def crenels(
    x: float, y: float, width: float, height: float, count: int, material: Material, front: float = 0.0
) -> Pieces:
    """Battlements."""
    return [solid(rect(cx, y, width / count * 0.6, height), material, front) for cx in spread(count, width, x)]


def balustrade(
    x: float, y: float, width: float, height: float, count: int, material: Material = LIMESTONE, front: float = 0.0
) -> Pieces:
    """A parapet with turned balusters between two rails."""
    posts = [rect(cx, y + height * 0.2, width / count * 0.42, height * 0.56) for cx in spread(count, width, x)]
    return [
        solid(rect(x, y, width, height), material, front - height * 0.2),
        carve(rect(x, y + height * 0.2, width, height * 0.56), front=-height * 0.3, material=SHADOW),
        carve(*posts, front=height * 0.35, material=material),
        solid(rect(x, y + height * 0.76, width, height * 0.24), material, front + height * 0.2),
    ]
