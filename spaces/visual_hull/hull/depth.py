"""How deep an object probably is, judged from its outline: a tower is as deep as wide, a gate or a mask is not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_OPENING = 0.5  # share of the height that the way through a gate takes, at least
_LINTEL = 0.75  # share of the foot's width that a gate keeps above its opening; a tower tapers
_SHALLOWEST = 0.3
_FILLED = 0.85  # share of its frame that a box fills, at least
_NOTCHED = 0.12  # share of a box's rows that cross three parts or more, at most: a crown has more
_UPRIGHT, _LYING = 0.8, (1.2, 2.1)  # width over height of boxes; what is about as wide as high is a cube, longer a wall
_BOX = 0.55
_CHIN = 0.5  # the lowest rows of a mask over those above them, at most
_ALIKE = 0.9  # a mask's overlap with its mirror image, at least
_MASK = 0.3


def likely_depth(inside: NDArray[np.bool_]) -> float:
    """Depth over width for a (height, width) silhouette, 0.3 to 1; row 0 is the top.

    A gate (two feet, a high way through between them, a lintel as wide as the feet) is about one and a half feet
    deep. A box that is no cube (a loudspeaker, a camera) is half as deep as wide, a mask (eyes over a chin) a third.
    Everything else is taken to be as deep as it is wide.
    """
    if _is_mask(inside):
        return _MASK
    if _is_box(inside):
        return _BOX
    height, width = inside.shape
    middle = np.asarray(inside[:, round(width * 0.45) : max(round(width * 0.55), 1)].any(axis=1))
    opening = int(np.argmax(middle[::-1])) / height if middle.any() else 0.0
    foot = np.asarray(inside[-max(1, height // 12) :].any(axis=0))
    above = np.asarray(inside[: max(1, round(height * (1 - opening)))].any(axis=0))
    if opening < _OPENING or above.sum() < _LINTEL * _extent(foot):
        return 1.0
    return float(np.clip(1.5 * _widest_run(foot) / width, _SHALLOWEST, 1.0))


def _is_box(inside: NDArray[np.bool_]) -> bool:
    height, width = inside.shape
    oblong = width <= _UPRIGHT * height or _LYING[0] * height <= width <= _LYING[1] * height
    return bool(oblong and inside.mean() >= _FILLED and (_parts(inside) >= 3).mean() <= _NOTCHED)


def _is_mask(inside: NDArray[np.bool_]) -> bool:
    """Whether it is alike left and right, and two holes lie side by side above a part that narrows to the bottom."""
    mirror = inside[:, ::-1]
    if (inside & mirror).sum() < _ALIKE * (inside | mirror).sum():
        return False
    quarter = len(inside) // 4
    parts, widths = _parts(inside), inside.sum(axis=1)
    eyes = (parts[quarter:-quarter] == 3).mean() if quarter else 0.0
    chin = quarter and (parts[-quarter:] == 1).all() and widths[-1] <= _CHIN * widths[-quarter]
    return bool(chin and eyes > 0 and (np.diff(widths[-quarter:].astype(int)) <= 1).all())


def _parts(inside: NDArray[np.bool_]) -> NDArray[np.integer[Any]]:
    """How many parts each row crosses."""
    counts: NDArray[np.integer[Any]] = (np.diff(inside.astype(np.int8), axis=1, prepend=0) == 1).sum(axis=1)
    return counts


def _extent(columns: NDArray[np.bool_]) -> int:
    at = np.flatnonzero(columns)
    return int(at[-1] - at[0] + 1) if len(at) else 0


def _widest_run(columns: NDArray[np.bool_]) -> int:
    edges: NDArray[np.integer[Any]] = np.flatnonzero(
        np.diff(np.concatenate([[False], columns, [False]]).astype(np.int8))
    )
    return int((edges[1::2] - edges[::2]).max(initial=0))
