"""What is not as deep as it is wide: a bridge, a beast seen from the side, what has arms.

Each part is as deep as it is thick. Two outlines of such a thing are not alike, so there is nothing to carve with the
second one.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from .silhouette import Floats, Mask

_BRIDGE = 2.1  # width over height from which a thing that stands on piers is a bridge
_TOWERED = 1.7  # the same where it has a skyline; a table has none
_SKYLINE = 0.6  # share of the width that the uppermost part takes, at most
_PIERS = 0.72  # share of the width that touches the ground, at most
_PROFILE = 0.72  # overlap with its own mirror image below which an outline is a profile
_ARMS = 0.7  # share of the upper half's rows that cross three parts or more, from which a thing is branched
_STEM = 0.2  # share of the width that the stem of a branched thing takes, at most
_SPARSE = 0.4  # share of its frame that a branched thing fills, at most
_PAIR = 0.75  # share of the rows that cross two parts, from which a thing is a pair under a bow
_CENTRED = 0.05  # of the width: how far a turned part may stand beside the middle of the foot
_LONG = 0.6  # of the width: from there on a run is a deck, a roof or a plinth
_SOFT = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)  # weights, by pixel, with which one depth passes into the next


def is_flat(inside: Mask) -> bool:
    """Whether a (height, width) silhouette, row 0 at the top, is a bridge's, a profile or has arms."""
    height, width = inside.shape
    ground = np.asarray(inside[-max(1, height // 12) :].any(axis=0))
    skyline = inside[: max(1, height // 10)].any(axis=0).mean()
    wide = width >= (_TOWERED if skyline <= _SKYLINE else _BRIDGE) * height
    bridge = wide and ground.mean() <= _PIERS and len(_runs(ground)) > 1
    mirror = inside[:, ::-1]
    overlap = (inside & mirror).sum() / max(1, int((inside | mirror).sum()))
    return bool(bridge or overlap < _PROFILE or _has_arms(inside))


def _has_arms(inside: Mask) -> bool:
    """Whether it is branched above a stem, as a menorah is, or a pair under a bow, as headphones are."""
    height, width = inside.shape
    parts = np.array([len(_runs(row)) for row in inside])
    lower = inside[height // 3 :]
    stems = lower.sum(axis=1)[parts[height // 3 :] == 1]
    slender = len(stems) > 0 and stems.min() <= _STEM * width and inside.mean() <= _SPARSE
    branched = slender and (parts[: height // 2] >= 3).mean() >= _ARMS
    pair = (parts == 2).mean() >= _PAIR and bool((parts[-(height // 4) :] >= 2).all())
    return bool(branched or pair)


def half_depths(inside: Mask) -> Floats:
    """(height, width) how far the solid reaches before and behind the picture's plane, in pixels; 0 outside.

    A part is as deep as the largest square of subject about it. In what is wider than high, a run as long as a deck or
    a plinth is as deep as the thickest part; in what is higher than wide, a run alone above the middle of the foot is
    turned, and round; but where there are arms, not what carries them.
    """
    height, width = inside.shape
    thick = _thickness(inside)
    most = float(np.percentile(thick[inside], 99))
    half: Floats = thick / 2
    columns = np.arange(width, dtype=np.float32)
    axis = np.flatnonzero(inside[-1]).mean()
    lowest_arm = max((row for row in range(height) if len(_runs(inside[row])) > 1), default=0)
    widest_turned = _STEM * width if _has_arms(inside) else width
    for row in range(height):
        runs = _runs(inside[row])
        for start, end in runs:
            centre, reach = (start + end - 1) / 2, (end - start) / 2
            if width > height:
                if end - start > _LONG * width:
                    half[row, start:end] = np.maximum(half[row, start:end], most / 2)
            elif (
                len(runs) == 1
                and abs(centre - axis) <= _CENTRED * width
                and (row > lowest_arm or 2 * reach <= widest_turned)
            ):
                half[row, start:end] = np.sqrt(np.maximum(reach**2 - (columns[start:end] - centre) ** 2, 0.25))
    return _softened(half, inside)


def _softened(half: Floats, inside: Mask) -> Floats:
    """The depths without their steps; what lies outside does not count."""
    total, share = _blurred(half * inside), _blurred(inside.astype(np.float32))
    return np.where(inside, total / np.maximum(share, 1e-3), 0).astype(np.float32)


def _blurred(values: Floats) -> Floats:
    for axis in (0, 1):
        padded = np.pad(values, [(2, 2) if side == axis else (0, 0) for side in (0, 1)])
        steps = [np.roll(padded, step, axis) * weight for step, weight in zip(range(-2, 3), _SOFT, strict=True)]
        values = np.sum(steps, axis=0).take(range(2, padded.shape[axis] - 2), axis)
    return values


def _thickness(inside: Mask) -> Floats:
    """The side of the largest square of subject that covers each pixel, in steps that grow with it."""
    thick = inside.astype(np.float32)
    picture = Image.fromarray(np.pad(inside, 1).astype(np.uint8) * 255)
    side = 3
    while True:
        opened = picture.filter(ImageFilter.MinFilter(side)).filter(ImageFilter.MaxFilter(side))
        found = np.asarray(opened)[1:-1, 1:-1] > 0
        if not found.any():
            return thick
        thick[found & inside] = side
        side += 2 * max(1, side // 8)


def _runs(row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where the subject begins and ends in a row, the end exclusive."""
    edges = np.flatnonzero(np.diff(np.pad(row, 1).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
