"""Shape from silhouette: the side is taken to look like the front, and both outlines are carved out of a block.

Frame of everything here: right-handed, Y up, the front looks towards +Z; one unit is the subject's longer side.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .depth import likely_depth
from .relief import half_depths, is_flat
from .roundness import round_cost
from .silhouette import Floats, Mask, Silhouette, read_silhouette

MAX_GAUSSIANS = 262_144  # what TripoSplat writes at most
_REACH = 2  # voxels: half the window in which a surface's direction is measured
_IN_PLANE, _ACROSS = 0.62, 0.24  # a Gaussian's sigmas in voxels, along the surface and through it
_ALPHA = 0.97
_LIGHT = np.array([-0.35, 0.65, 0.68], np.float32)  # from the upper left, in front

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Gaussians:
    """n Gaussians.

    Attributes:
        position: (n, 3).
        normal: (n, 3), unit, outwards.
        colour: (n, 3), 0..1.
        sigma: (3,), standard deviations along each Gaussian's own axes; the third axis is its normal.
        alpha: opacity of every one, 0..1.
    """

    position: Floats
    normal: Floats
    colour: Floats
    sigma: tuple[float, float, float]
    alpha: float

    def __len__(self) -> int:
        return len(self.position)


def reconstruct(picture: Path, resolution: int = 256, depth_ratio: float | None = None) -> Gaussians:
    """The visual hull of the picture's subject as Gaussians on its surface; the same input gives the same output.

    `resolution` is voxels along the longer side; it is lowered where the surface would need more than
    `MAX_GAUSSIANS`. `depth_ratio` is depth over width; None judges it from the outline, part by part for a bridge or a
    profile.

    Raises:
        NoSubjectError: there is nothing to carve.
    """
    while True:
        silhouette = read_silhouette(picture, resolution)
        if depth_ratio is None and is_flat(silhouette.inside):
            solid, side = _swell(silhouette), None
        else:
            solid, side = _carve(silhouette, depth_ratio or likely_depth(silhouette.inside))
        surface = _surface(solid)
        if len(surface) <= MAX_GAUSSIANS:
            return _gaussians(silhouette, solid, side, surface, resolution)
        resolution = int(resolution * (MAX_GAUSSIANS / len(surface)) ** 0.5 * 0.99)


def _carve(silhouette: Silhouette, depth_ratio: float) -> tuple[Mask, Ints]:
    """The solid, (height, depth, width), rows from the top, depth from the back; and each slice's picture column.

    A voxel is inside where the front outline and the side outline both are. Where an outline bulges like a dome
    it is taken to be round: the circle has the same two outlines as the square that plain carving leaves.
    """
    height, width = silhouette.inside.shape
    depth = max(1, round(width * depth_ratio))
    side = np.minimum(((np.arange(depth) + 0.5) * (width / depth)).astype(np.int32), width - 1)
    cost = round_cost(silhouette.inside)
    solid = np.empty((height, depth, width), np.bool_)
    for row in range(height):
        np.less_equal(cost[row, side, None] + cost[row, None, :], 1, out=solid[row])
    return solid, side


def _swell(silhouette: Silhouette) -> Mask:
    """The solid of something flat, (height, depth, width), with each part as deep as it is thick."""
    half = half_depths(silhouette.inside)
    depth = 2 * int(np.ceil(half.max())) + 1
    slab = np.abs(np.arange(depth, dtype=np.float32) - depth // 2)
    return np.asarray((slab[None, :, None] <= half[:, None, :]) & silhouette.inside[:, None, :])


def _surface(solid: Mask) -> NDArray[np.intp]:
    """Flat indices, into the solid padded by `_REACH`, of the voxels with an open side."""
    padded = np.pad(solid, _REACH)
    core = tuple(slice(_REACH, -_REACH) for _ in range(3))
    buried = solid.copy()
    for axis in range(3):
        for step in (-1, 1):
            shifted = list(core)
            shifted[axis] = slice(_REACH + step, padded.shape[axis] - _REACH + step)
            buried &= padded[tuple(shifted)]
    padded[core] &= ~buried
    return np.flatnonzero(padded)


def _gaussians(
    silhouette: Silhouette, solid: Mask, side: Ints | None, surface: NDArray[np.intp], resolution: int
) -> Gaussians:
    normal, offset = _directions(solid, surface)
    shape = tuple(length + 2 * _REACH for length in solid.shape)
    row, slab, column = (index - _REACH for index in np.unravel_index(surface, shape))
    height, depth, width = solid.shape
    cell = np.stack([column - (width - 1) / 2, (height - 1) / 2 - row, slab - (depth - 1) / 2], -1)
    position = (cell + offset[:, None] * normal) / resolution
    front = silhouette.colour[row, column]
    flank = front if side is None else silhouette.colour[row, side[slab]]
    colour = _paint(front, flank, normal) * _shade(solid, (row, slab, column), normal)[:, None]
    sigma = (_IN_PLANE / resolution, _IN_PLANE / resolution, _ACROSS / resolution)
    return Gaussians(position.astype(np.float32), normal, np.clip(colour, 0, 1), sigma, _ALPHA)


def _directions(solid: Mask, surface: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Unit normals, and how far outwards of the voxel's centre the smooth surface runs, in voxels.

    Both come from the filled voxels in a window about each: their centroid lies behind the surface, and their
    share says how deep the voxel is buried, which takes the steps out of slopes and curves.
    """
    padded = np.pad(solid, _REACH).view(np.uint8)
    flat = padded.ravel()
    strides = padded.shape[1] * padded.shape[2], padded.shape[2], 1
    pull = np.zeros((len(surface), 3), np.float32)
    filled = np.zeros(len(surface), np.float32)
    total = 0.0
    span = range(-_REACH, _REACH + 1)
    for down, forward, right in ((y, z, x) for y in span for z in span for x in span):
        if (distance := down * down + forward * forward + right * right) > _REACH * _REACH + 1:
            continue
        weight = np.float32(np.exp(-distance / 3.0))
        total += float(weight)
        here = flat[surface + (down * strides[0] + forward * strides[1] + right * strides[2])] * weight
        filled += here
        for axis, step in enumerate((right, -down, forward)):
            if step:
                pull[:, axis] -= here * step
    length = np.linalg.norm(pull, axis=1)
    thin = length < 1e-4  # open on two opposite sides: no direction is better than another
    pull[thin] = (0, 0, 1)
    normal = pull / np.where(thin, 1, length)[:, None]
    offset = np.where(thin, 0, np.clip((filled / total - 0.5) * 2.4, -0.2, 0.6))
    return normal, offset.astype(np.float32)


def _paint(front: Floats, flank: Floats, normal: Floats) -> Floats:
    """Front and back from the picture as seen from the front, flanks from the picture as seen from the side."""
    to_front, to_flank = np.abs(normal[:, 2]) ** 3 + 0.02, np.abs(normal[:, 0]) ** 3 + 0.02
    share = (to_front / (to_front + to_flank))[:, None]
    return front * share + flank * (1 - share)


def _shade(solid: Mask, voxel: tuple[NDArray[np.intp], ...], normal: Floats) -> Floats:
    """The picture has its own light: only what it cannot know is added, flanks, undersides and hollows."""
    lit = 0.86 + 0.2 * np.clip(normal @ (_LIGHT / np.linalg.norm(_LIGHT)), -0.6, 0.7)
    return (lit * _openness(solid, voxel)).astype(np.float32)


def _openness(solid: Mask, voxel: tuple[NDArray[np.intp], ...], block: int = 8) -> Floats:
    """How much of the surroundings is air, as a factor: 1 on open walls, less inside arches and corners."""
    padding = [(block, block + -length % block) for length in solid.shape]
    padded = np.pad(solid, padding).view(np.uint8)
    a, b, c = (length // block for length in padded.shape)
    coarse = padded.reshape(a, block, b, block, c, block).mean((1, 3, 5), dtype=np.float32)
    for axis in range(3):
        coarse = (np.roll(coarse, 1, axis) + 2 * coarse + np.roll(coarse, -1, axis)) / 4
    at = [index / block + 0.5 for index in voxel]  # a voxel's place among the centres of the padded blocks
    low = [value.astype(np.intp) for value in at]
    share = [(value - base).astype(np.float32) for value, base in zip(at, low, strict=True)]
    buried = np.zeros(len(at[0]), np.float32)
    for corner in range(8):
        step = [corner >> axis & 1 for axis in range(3)]
        weight = np.prod([s if up else 1 - s for s, up in zip(share, step, strict=True)], axis=0)
        buried += weight * coarse[tuple(base + up for base, up in zip(low, step, strict=True))]
    openness: Floats = 1 - 0.9 * np.clip(buried - 0.5, 0, 0.6)
    return openness
