"""Gaussians on the picture plane: EWA splatting (Zwicker et al. 2001), as 3D Gaussian Splatting and our viewer do."""

from dataclasses import dataclass

import numpy as np

from splatelier.tools.splats.draw.camera import Camera
from splatelier.tools.splats.draw.harmonics import seen_colors
from splatelier.tools.splats.splats import Floats, Splats, unit_rotations

CHUNK = 32_768
KERNEL = 0.3
"""Variance in square pixels of the low-pass filter: nothing is thinner than about half a pixel."""

CUTOFF = 2.83
"""A Gaussian is drawn out to this many standard deviations, or to where its opacity is below `FAINTEST`."""

FAINTEST = 1 / 255
_NEAR = 0.01
_MARGIN = 1.4
_SWOLLEN = 20.0


@dataclass(frozen=True, eq=False)
class Footprints:
    """What m Gaussians look like from a camera, nearest first.

    Attributes:
        middle: (m, 2) x to the right and y downwards in pixels; (0, 0) is the picture's top left corner.
        conic: (m, 3) inverse covariance a, b, c of a dx^2 + 2 b dx dy + c dy^2, in 1 / square pixels.
        reach: (m, 2) half width and half height of the box around what is drawn, in pixels.
        colors: (m, 3) in 0..1.
        alphas: (m,) in 0..1.
    """

    middle: Floats
    conic: Floats
    reach: Floats
    colors: Floats
    alphas: Floats


def project(splats: Splats, camera: Camera) -> Footprints:
    """The footprints of the Gaussians in view."""
    parts, depths = [], []
    for start in range(0, len(splats), CHUNK):
        footprints, depth = _project(splats.take(slice(start, start + CHUNK)), camera)
        parts.append(footprints)
        depths.append(depth)
    order = np.argsort(np.concatenate(depths), kind="stable")
    return Footprints(
        middle=np.concatenate([part.middle for part in parts])[order],
        conic=np.concatenate([part.conic for part in parts])[order],
        reach=np.concatenate([part.reach for part in parts])[order],
        colors=np.concatenate([part.colors for part in parts])[order],
        alphas=np.concatenate([part.alphas for part in parts])[order],
    )


def _project(splats: Splats, camera: Camera) -> tuple[Footprints, Floats]:
    """The footprints of one chunk, in file order, and their depths."""
    axes = camera.axes.astype(np.float32)
    away = (splats.centers - camera.position).astype(np.float32)
    x, y, z = (away @ axes.T).T
    depth = -z
    limit_x, limit_y = (_MARGIN / 2 * size / camera.focal for size in (camera.width, camera.height))
    far = np.float32(np.linalg.norm(camera.position) * 1e-6)
    inside = (depth > max(far, _NEAR * float(np.abs(depth).max()))) & (splats.alphas > FAINTEST)
    inside &= (np.abs(x) < limit_x * depth) & (np.abs(y) < limit_y * depth)
    inside &= (splats.log_scales < _SWOLLEN).all(axis=1)
    splats, away, x, y, depth = splats.take(inside), away[inside], x[inside], y[inside], depth[inside]

    a, b, c = _flat_covariance(splats, camera, axes, x / depth, y / depth, depth)
    a, c = a + np.float32(KERNEL), c + np.float32(KERNEL)
    determinant = a * c - b * b
    alphas = splats.alphas
    cutoff = np.minimum(np.sqrt(2 * np.log(alphas / np.float32(FAINTEST))), np.float32(CUTOFF))
    directions = away / np.linalg.norm(away, axis=1, keepdims=True)
    middle = [camera.width / 2 + camera.focal * x / depth, camera.height / 2 - camera.focal * y / depth]
    footprints = Footprints(
        middle=np.stack(middle, axis=1).astype(np.float32),
        conic=(np.stack([c, -b, a], axis=1) / determinant[:, None]).astype(np.float32),
        reach=cutoff[:, None] * np.sqrt(np.stack([a, c], axis=1)),
        colors=np.clip(seen_colors(splats, directions), 0, 1),
        alphas=alphas,
    )
    return footprints, depth


def _flat_covariance(
    splats: Splats, camera: Camera, axes: Floats, slope_x: Floats, slope_y: Floats, depth: Floats
) -> tuple[Floats, Floats, Floats]:
    """Variances and covariance of each Gaussian on the picture plane, x right and y down, in square pixels."""
    w, x, y, z = unit_rotations(splats.rotations).T
    sx, sy, sz = splats.scales.T
    stretched = (
        ((1 - 2 * (y * y + z * z)) * sx, 2 * (x * y - w * z) * sy, 2 * (x * z + w * y) * sz),
        (2 * (x * y + w * z) * sx, (1 - 2 * (x * x + z * z)) * sy, 2 * (y * z - w * x) * sz),
        (2 * (x * z - w * y) * sx, 2 * (y * z + w * x) * sy, (1 - 2 * (x * x + y * y)) * sz),
    )
    pixels = np.float32(camera.focal) / depth
    a = np.zeros_like(depth)
    b, c = a.copy(), a.copy()
    for column in range(3):
        along = [sum(axes[row, k] * stretched[k][column] for k in range(3)) for row in range(3)]
        across = pixels * (along[0] + slope_x * along[2])
        down = -pixels * (along[1] + slope_y * along[2])
        a += across * across
        b += across * down
        c += down * down
    return a, b, c
