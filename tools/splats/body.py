"""Which Gaussians are the object, and which are strays that floated away from it."""

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.splats import Floats, Splats

_TAIL = 0.03
_REACH = 1.25
_FINEST = 24
_FEW = 50


def body_mask(splats: Splats) -> NDArray[np.bool_]:
    """(n,) True for the Gaussians of the object itself.

    Opacity-weighted quantiles give a box that up to 3 % of strays a side cannot move. The body is what lies within
    that box widened by three quarters of its size, in places where more than a handful of Gaussians live.
    """
    centers = np.asarray(splats.centers)
    alphas = splats.alphas
    seen: NDArray[np.bool_] = alphas > 1 / 255
    if not seen.any():
        return seen
    low, high = weighted_quantiles(centers[seen], alphas[seen], (_TAIL, 1 - _TAIL))
    size = float((high - low).max())
    if size <= 0:
        return seen
    near: NDArray[np.bool_] = seen & (np.abs(centers - (low + high) / 2) <= _REACH * size).all(axis=1)
    if np.count_nonzero(near) < _FEW:
        return near
    near[near] = _in_company(centers[near], size)
    return near


def weighted_quantiles(values: Floats, weights: Floats, at: tuple[float, ...]) -> NDArray[np.float64]:
    """The weighted quantiles of each column of `values` (n, d), as (len(at), d)."""
    result = np.empty((len(at), values.shape[1]))
    for column in range(values.shape[1]):
        order = np.argsort(values[:, column])
        reached = np.cumsum(weights[order], dtype=np.float64)
        places = np.searchsorted(reached, np.asarray(at) * reached[-1])
        result[:, column] = values[order[np.minimum(places, len(order) - 1)], column]
    return result


def _in_company(centers: Floats, size: float) -> NDArray[np.bool_]:
    """(n,) True where the 27 cells around a Gaussian hold more than a handful of them."""
    count = len(centers)
    finest = int(np.clip(count ** (1 / 3) / 1.5, 3, _FINEST))
    cell = size / finest
    corner = centers.min(axis=0)
    cells = ((centers - corner) / cell).astype(np.int64) + 1
    shape = tuple(int(extent) + 2 for extent in cells.max(axis=0))
    flat = np.ravel_multi_index((cells[:, 0], cells[:, 1], cells[:, 2]), shape)
    density = np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape)
    for axis in range(3):
        density = density + np.roll(density, 1, axis) + np.roll(density, -1, axis)
    return np.asarray(density.reshape(-1)[flat] > max(2, count // 50_000))
