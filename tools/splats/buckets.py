"""The order of Gaussians in a .ksplat: neighbours in space become neighbours in the file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.splats.ksplat_format import BUCKET_SIZE
from tools.splats.splats import Floats

_BITS = 10
_CELLS = 1 << _BITS
_CHUNK = 65_536
_FINEST = 4


@dataclass(frozen=True, eq=False)
class Buckets:
    """Gaussians grouped into buckets of at most 256, each inside one cube of space.

    Attributes:
        order: (n,) index of the Gaussian at each place in the file: full buckets first, then the partly filled ones.
        of: (n,) bucket of the Gaussian at each place in the file.
        centers: (b, 3) middle of each bucket's cube.
        full: how many buckets are full; they come first.
        partial: (b - full,) Gaussians in each of the others.
        block: edge of a cube, in the splat's units.
    """

    order: NDArray[np.uint32]
    of: NDArray[np.uint32]
    centers: Floats
    full: int
    partial: NDArray[np.uint32]
    block: float


def arrange(centers: Floats, keep: NDArray[np.bool_] | None = None) -> Buckets:
    """Buckets for the Gaussians of `keep` (all when None), in Morton order, over a cubic grid that follows the extent.

    The grid has 1 to 16 cells an edge, so that a cell holds a few buckets: finer cells code positions more exactly, and
    every partly filled bucket costs 16 bytes and a reader's time.
    """
    used = centers if keep is None or keep.all() else centers[keep]
    low = used.min(axis=0).astype(np.float64)
    extent = max(float((used.max(axis=0) - low).max()), 1e-12, float(np.abs(low).max()) * 1e-6)
    bits = int(np.clip(np.round(np.log2(max(1.0, np.sqrt(len(used) / 1500)))), 0, _FINEST))
    keys = _sorted_keys(centers, low, extent, keep)

    cell_of = (keys >> np.uint64(32 + 3 * (_BITS - bits))).astype(np.uint32)
    cells, first, counts = np.unique(cell_of, return_index=True, return_counts=True)
    rank = np.arange(len(keys)) - np.repeat(first, counts)
    whole = counts // BUCKET_SIZE
    in_full = rank < np.repeat(whole * BUCKET_SIZE, counts)
    remainder = counts - whole * BUCKET_SIZE
    partial = remainder[remainder > 0]

    order = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    order = np.concatenate([order[in_full], order[~in_full]])
    full = int(whole.sum())
    sizes = np.concatenate([np.full(full, BUCKET_SIZE), partial])
    block = extent / (1 << bits)
    corners = _corners(np.concatenate([np.repeat(cells, whole), cells[remainder > 0]]), bits)
    return Buckets(
        order=order,
        of=np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes),
        centers=(low + (corners + 0.5) * block).astype(np.float32),
        full=full,
        partial=partial.astype(np.uint32),
        # a hair wider than its cell, so that rounding never puts a Gaussian outside its own cube
        block=float(np.nextafter(np.float32(block * (1 + 1e-5)), np.float32(np.inf))),
    )


def _sorted_keys(
    centers: Floats, low: NDArray[np.float64], extent: float, keep: NDArray[np.bool_] | None
) -> NDArray[np.uint64]:
    """Morton code << 32 | index, sorted: one sort of plain integers gives both the order and the cells."""
    spread = _spread_table()
    scale = np.float32(_CELLS / extent)
    origin = low.astype(np.float32)
    keys = np.empty(len(centers), dtype=np.uint64)
    for start in range(0, len(centers), _CHUNK):
        cell = ((centers[start : start + _CHUNK] - origin) * scale).clip(0, _CELLS - 1).astype(np.intp)
        code = spread[cell[:, 0]] | spread[cell[:, 1]] << np.uint64(1) | spread[cell[:, 2]] << np.uint64(2)
        keys[start : start + _CHUNK] = code << np.uint64(32)
    keys |= np.arange(len(keys), dtype=np.uint64)
    if keep is not None:
        keys = keys[keep]
    keys.sort()
    return keys


def _spread_table() -> NDArray[np.uint64]:
    """Each number below 1024 with two zero bits put between its bits."""
    numbers = np.arange(_CELLS, dtype=np.uint64)
    table = np.zeros(_CELLS, dtype=np.uint64)
    for bit in range(_BITS):
        table |= (numbers >> np.uint64(bit) & np.uint64(1)) << np.uint64(3 * bit)
    return table


def _corners(cells: NDArray[np.uint32], bits: int) -> NDArray[np.float64]:
    """(b, 3) grid coordinates of cells given by their Morton code."""
    corners = np.zeros((len(cells), 3))
    for bit in range(bits):
        for axis in range(3):
            corners[:, axis] += (cells >> np.uint32(3 * bit + axis) & np.uint32(1)) << np.uint32(bit)
    return corners
