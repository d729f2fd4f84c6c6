"""How deep an object probably is, judged from its outline: a tower is as deep as wide, a gate is not."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_OPENING = 0.5  # share of the height that the way through a gate takes, at least
_LINTEL = 0.75  # share of the foot's width that a gate keeps above its opening; a tower tapers
_SHALLOWEST = 0.3


def likely_depth(inside: NDArray[np.bool_]) -> float:
    """Depth over width for a (height, width) silhouette, 0.3 to 1; row 0 is the top.

    A gate (two feet, a high way through between them, a lintel as wide as the feet) is about one and a half feet
    deep. Everything else is taken to be as deep as it is wide.
    """
    height, width = inside.shape
    middle = np.asarray(inside[:, round(width * 0.45) : max(round(width * 0.55), 1)].any(axis=1))
    opening = int(np.argmax(middle[::-1])) / height if middle.any() else 0.0
    foot = np.asarray(inside[-max(1, height // 12) :].any(axis=0))
    above = np.asarray(inside[: max(1, round(height * (1 - opening)))].any(axis=0))
    if opening < _OPENING or above.sum() < _LINTEL * _extent(foot):
        return 1.0
    return float(np.clip(1.5 * _widest_run(foot) / width, _SHALLOWEST, 1.0))


def _extent(columns: NDArray[np.bool_]) -> int:
    at = np.flatnonzero(columns)
    return int(at[-1] - at[0] + 1) if len(at) else 0


def _widest_run(columns: NDArray[np.bool_]) -> int:
    edges: NDArray[np.integer[Any]] = np.flatnonzero(
        np.diff(np.concatenate([[False], columns, [False]]).astype(np.int8))
    )
    return int((edges[1::2] - edges[::2]).max(initial=0))
