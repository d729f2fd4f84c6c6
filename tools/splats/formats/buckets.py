"""The order of Gaussians in a .ksplat: neighbours in space become neighbours in the file."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.formats.ksplat_format import BUCKET_SIZE
from splatelier.tools.splats.splats import Floats

_BITS = 10
_CELLS = 1 << _BITS
_FINEST = 4
_PER_CELL = 1500

AT_THE_END = np.uint64(2**64 - 1)
"""A key that is sorted after every Gaussian's."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A cube of 1024 fine cells an edge around the Gaussians, in blocks of 1 to 16 an edge: the cubes of the buckets.

    Attributes:
        low: (3,) the corner with the least coordinates.
        extent: edge of the whole cube.
        bits: there are 2 ** bits blocks an edge.
    """

    low: NDArray[np.float64]
    extent: float
    bits: int

    @cached_property
    def block(self) -> float:
        """Edge of a block; a hair wider than its share, so that rounding puts no Gaussian outside its own block."""
        return float(np.nextafter(np.float32(self.extent / (1 << self.bits) * (1 + 1e-5)), np.float32(np.inf)))

    @cached_property
    def middles(self) -> Floats:
        """(3, 2 ** bits) where the middles of the blocks are, along each axis."""
        share = (np.arange(1 << self.bits) + 0.5) * (self.extent / (1 << self.bits))
        return (self.low[:, None] + share).astype(np.float32)

    def place(self, centers: Floats, first: int) -> tuple[NDArray[np.uint64], Floats]:
        """The sorting key (n,) of each position (n, 3), and its offset (3, n) from the middle of its block.

        A key is Morton code << 32 | index, counted from `first`: one sort of plain integers gives order and blocks. The
        offsets are laid out by axis, as numpy is quick with long rows.
        """
        by_axis = np.array(centers.T, order="C")
        scaled = (by_axis - self.low.astype(np.float32)[:, None]) * np.float32(_CELLS / self.extent)
        cells = np.clip(scaled, 0, _CELLS - 1, out=scaled).astype(np.intp)
        keys = np.arange(first, first + len(centers), dtype=np.uint64)
        for axis in range(3):
            keys |= _SPREAD[axis].take(cells[axis])
        cells >>= _BITS - self.bits
        for axis in range(3):
            by_axis[axis] -= self.middles[axis].take(cells[axis])
        return keys, by_axis


def grid_around(low: NDArray[np.float64], high: NDArray[np.float64], count: int) -> Grid:
    """The grid for `count` Gaussians between two corners (3,).

    A block is to hold a few buckets: smaller ones code positions more exactly, but every partly filled bucket costs 16
    bytes and a reader's time.
    """
    extent = max(float((high - low).max()), 1e-12, float(np.abs(low).max()) * 1e-6)
    bits = int(np.clip(np.round(np.log2(max(1.0, np.sqrt(count / _PER_CELL)))), 0, _FINEST))
    return Grid(low, extent, bits)


@dataclass(frozen=True, eq=False)
class Buckets:
    """Gaussians grouped into buckets of at most 256, each inside one block of the grid.

    Attributes:
        order: (n,) index of the Gaussian at each place in the file: full buckets first, then the partly filled ones.
        centers: (b, 3) middle of each bucket's block.
        full: how many buckets are full; they come first.
        partial: (b - full,) Gaussians in each of the others.
        block: edge of a block, in the splat's units.
    """

    order: NDArray[np.uint32]
    centers: Floats
    full: int
    partial: NDArray[np.uint32]
    block: float


def arrange(keys: NDArray[np.uint64], grid: Grid, count: int) -> Buckets:
    """The buckets, in Morton order, for the `count` Gaussians with the smallest keys; sorts the keys in place."""
    keys.sort()
    keys = keys[:count]
    block_of = (keys >> np.uint64(32 + 3 * (_BITS - grid.bits))).astype(np.uint32)
    begins = np.flatnonzero(np.concatenate([[True], block_of[1:] != block_of[:-1]]))
    blocks, counts = block_of[begins], np.diff(begins, append=len(keys))
    whole = counts // BUCKET_SIZE
    remainder = counts - whole * BUCKET_SIZE

    order = keys.astype(np.uint32)  # the low half of each key
    in_full = np.repeat(np.tile([True, False], len(counts)), np.stack([whole * BUCKET_SIZE, remainder], axis=1).ravel())
    bucketed = np.concatenate([np.repeat(blocks, whole), blocks[remainder > 0]])
    return Buckets(
        order=np.concatenate([order[in_full], order[~in_full]]),
        centers=_middles_of(bucketed, grid),
        full=int(whole.sum()),
        partial=remainder[remainder > 0].astype(np.uint32),
        block=grid.block,
    )


def _middles_of(blocks: NDArray[np.uint32], grid: Grid) -> Floats:
    """(b, 3) the middles of blocks given by their Morton code."""
    at = np.zeros((3, len(blocks)), dtype=np.uint32)
    for bit in range(grid.bits):
        for axis in range(3):
            at[axis] |= (blocks >> np.uint32(3 * bit + axis) & np.uint32(1)) << np.uint32(bit)
    return np.stack([grid.middles[axis].take(at[axis]) for axis in range(3)], axis=1)


def _spread() -> list[NDArray[np.uint64]]:
    """For each axis, every number below 1024 with its bits three apart, in its place of the upper half of a key."""
    numbers = np.arange(_CELLS, dtype=np.uint64)
    table = np.zeros(_CELLS, dtype=np.uint64)
    for bit in range(_BITS):
        table |= (numbers >> np.uint64(bit) & np.uint64(1)) << np.uint64(3 * bit)
    return [table << np.uint64(32 + axis) for axis in range(3)]


_SPREAD = _spread()
