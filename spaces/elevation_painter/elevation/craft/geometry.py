"""Outlines: closed polygons as (n, 2) arrays in metres, x to the right of the axis, y up from the ground."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, sin
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points: TypeAlias = NDArray[np.float64]
ArchKind: TypeAlias = Literal["round", "pointed", "flat", "horseshoe"]


def polygon(*points: tuple[float, float]) -> Points:
    """The polygon through these corners."""
    return np.asarray(points, dtype=np.float64)


def rect(x: float, y: float, width: float, height: float) -> Points:
    """A rectangle standing at height y, centred on x."""
    return taper(x, y, width, width, height)


def taper(x: float, y: float, bottom: float, top: float, height: float) -> Points:
    """An upright trapezium standing at height y, centred on x; a triangle when top is 0."""
    a, b = bottom / 2, top / 2
    return polygon((x - a, y), (x + a, y), (x + b, y + height), (x - b, y + height))


def ellipse(x: float, y: float, rx: float, ry: float | None = None, steps: int = 40) -> Points:
    """An ellipse about (x, y); a circle when ry is left out."""
    turn = np.linspace(0, 2 * pi, steps, endpoint=False)
    return np.stack([x + rx * np.cos(turn), y + (rx if ry is None else ry) * np.sin(turn)], axis=1)


def arch(x: float, y: float, width: float, height: float, kind: ArchKind = "round") -> Points:
    """A doorway's outline, height to the crown; a low one becomes a segment of a wider ellipse."""
    half = width / 2
    if kind == "flat":
        return rect(x, y, width, height)
    rise = min(height, half * {"round": 1.0, "pointed": 1.55, "horseshoe": 1.2}[kind])
    spring = y + height - rise
    turn = np.linspace(0, pi, 25)
    if kind == "pointed":  # two arcs that meet at the crown, stretched to the rise
        side = np.linspace(0, pi / 3, 13)
        right = np.stack([2 * np.cos(side) - 1, np.sin(side) / sin(pi / 3)], axis=1)
        unit = np.concatenate([right, right[-2::-1] * [-1, 1]])
    elif kind == "horseshoe":
        turn = np.linspace(-0.45, pi + 0.45, 31)
        unit = np.stack([np.cos(turn), (np.sin(turn) + 0.435) / 1.435], axis=1)
    else:
        unit = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    crown = unit * [half, rise] + [x, spring]
    return np.concatenate([polygon((x - half * unit_edge(kind), y), (x + half * unit_edge(kind), y)), crown])


def unit_edge(kind: ArchKind) -> float:
    """Half-width of the opening at its foot, as a share of its widest half-width."""
    return cos(0.45) if kind == "horseshoe" else 1.0


def curve(points: Sequence[tuple[float, float]], steps: int = 8) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points, which it keeps."""
    known = np.asarray(points, dtype=np.float64)
    if len(known) < 3:
        return [(float(a), float(b)) for a, b in known]
    padded = np.concatenate([2 * known[:1] - known[1:2], known, 2 * known[-1:] - known[-2:-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    spans = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        spans.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    smooth = np.concatenate([*spans, known[-1:]])
    return [(float(a), float(b)) for a, b in smooth]


def blob(*points: tuple[float, float], steps: int = 8) -> Points:
    """The closed Catmull-Rom curve through the points."""
    known = np.asarray(points, dtype=np.float64)
    a, b, c, d = (np.roll(known, shift, axis=0)[:, None, :] for shift in (1, 0, -1, -2))
    t = np.linspace(0, 1, steps, endpoint=False)[None, :, None]
    smooth = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.asarray(smooth.reshape(-1, 2))


def lathe(profile: Sequence[tuple[float, float]], x: float = 0.0, y: float = 0.0, smooth: int = 0) -> Points:
    """The outline of a turned thing: (radius, height) from the bottom up, mirrored about its axis.

    With `smooth`, a curve with that many steps a span runs through the profile.
    """
    steps = curve(profile, smooth) if smooth else list(profile)
    side = np.asarray(steps, dtype=np.float64)
    side[:, 0] = np.maximum(side[:, 0], 0.0)
    return moved(np.concatenate([side, side[::-1] * [-1, 1]]), x, y)


def bar(start: tuple[float, float], end: tuple[float, float], width: float, end_width: float | None = None) -> Points:
    """A straight strut between two points."""
    (x0, y0), (x1, y1) = start, end
    length = hypot(x1 - x0, y1 - y0) or 1.0
    nx, ny = -(y1 - y0) / length / 2, (x1 - x0) / length / 2
    a, b = width, width if end_width is None else end_width
    return polygon(
        (x0 + nx * a, y0 + ny * a), (x1 + nx * b, y1 + ny * b), (x1 - nx * b, y1 - ny * b), (x0 - nx * a, y0 - ny * a)
    )


def ribbon(path: Sequence[tuple[float, float]], width: float, end_width: float | None = None) -> Points:
    """A band of even (or evenly narrowing) width along a path."""
    line = np.asarray(path, dtype=np.float64)
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    half = np.linspace(width / 2, (width if end_width is None else end_width) / 2, len(line))[:, None]
    return np.concatenate([line + across * half, (line - across * half)[::-1]])


def moved(outline: ArrayLike, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> Points:
    """The outline scaled about the origin, then shifted."""
    return np.asarray(outline, dtype=np.float64) * scale + [dx, dy]


def flipped(outline: Points) -> Points:
    """The outline's reflection in the axis."""
    return outline * [-1.0, 1.0]


def spread(count: int, width: float, x: float = 0.0) -> list[float]:
    """The centres of `count` equal bays that share a width."""
    return [x + width * ((i + 0.5) / count - 0.5) for i in range(count)]


def bounds(outlines: Iterable[Points]) -> tuple[float, float, float, float]:
    """(left, bottom, right, top) of everything."""
    every = np.concatenate(list(outlines))
    (left, bottom), (right, top) = every.min(axis=0), every.max(axis=0)
    return float(left), float(bottom), float(right), float(top)
