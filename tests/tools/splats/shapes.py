"""Splats to test with: random ones for the codecs, and small things whose shape and colours are known."""

import gzip
import struct
from pathlib import Path

import numpy as np
from plyfile import PlyData, PlyElement

from splatelier.tools.splats.formats.buckets import Buckets, arrange, grid_around
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, unit_rotations


def random_splats(count: int, degree: int = 0, seed: int = 0) -> Splats:
    """Gaussians with values as real splats have them, and rotations that are not normalised."""
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> Floats:
        return rng.normal(size=shape).astype(np.float32)

    return Splats(
        centers=normal(count, 3),
        log_scales=normal(count, 3) * np.float32(0.5) - np.float32(4),
        rotations=normal(count, 4),
        logits=normal(count) * np.float32(2) + np.float32(1),
        dc=normal(count, 3),
        rest=normal(count, 3, REST_PER_DEGREE[degree]) * np.float32(0.2),
    )


def colored(centers: Floats, colors: Floats, sigma: float = 0.01) -> Splats:
    """Round opaque Gaussians at `centers` (n, 3) with `colors` (n, 3) in 0..1."""
    count = len(centers)
    return Splats(
        centers=centers.astype(np.float32),
        log_scales=np.full((count, 3), np.log(sigma), dtype=np.float32),
        rotations=np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (count, 1)),
        logits=np.full(count, 6, dtype=np.float32),
        dc=((colors - 0.5) / SH_C0).astype(np.float32),
        rest=np.empty((count, 3, 0), dtype=np.float32),
    )


def tower(count: int = 20_000, seed: int = 0) -> Splats:
    """A tower two units tall, Y up, facing +Z: a wide blue foot, a thin red top; left and front are lighter."""
    rng = np.random.default_rng(seed)
    height = rng.random(count) ** 1.5
    half_width = np.where(height < 0.25, 0.6, 0.5 * (1 - height) + 0.05)
    side = rng.integers(0, 4, count)
    along = rng.uniform(-1, 1, count)
    x = np.where(side == 0, -1, np.where(side == 1, 1, along)) * half_width
    z = np.where(side == 2, -1, np.where(side == 3, 1, along)) * half_width
    light = 0.7 + 0.3 * ((side == 0) | (side == 3))
    red = np.clip(height * 1.5, 0, 1) * light
    colors = np.stack([red, np.full(count, 0.3), (1 - height) * light], axis=1)
    return colored(np.stack([x, 2 * height - 1, z], axis=1).astype(np.float32), colors.astype(np.float32), 0.02)


def covariances(splats: Splats) -> np.ndarray:
    """xx xy xz yy yz zz of each Gaussian."""
    w, x, y, z = unit_rotations(splats.rotations).astype(np.float64).T
    zero = np.zeros_like(w)
    cross = np.moveaxis(np.array([[zero, -z, y], [z, zero, -x], [-y, x, zero]]), 2, 0)
    rotation = np.eye(3) + 2 * w[:, None, None] * cross + 2 * cross @ cross
    stretched = rotation * splats.scales[:, None, :].astype(np.float64)
    full = stretched @ np.swapaxes(stretched, 1, 2)
    return full[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]]


def buckets_of(centers: Floats) -> Buckets:
    """The buckets that the writer makes of positions when it keeps them all."""
    grid = grid_around(centers.min(axis=0).astype(np.float64), centers.max(axis=0).astype(np.float64), len(centers))
    return arrange(grid.place(centers, 0)[0], grid, len(centers))


def file_order(centers: Floats) -> np.ndarray:
    """The index of the Gaussian at each place of the file."""
    return buckets_of(centers).order


def spz_bytes(count: int, version: int = 3, degree: int = 1, seed: int = 0) -> bytes:
    """A .spz of random columns: every byte of one is a value."""
    width = (6 if version == 1 else 9) + 1 + 3 + 3 + (4 if version == 3 else 3) + 3 * REST_PER_DEGREE[degree]
    head = struct.pack("<IIIBBH", 0x5053474E, version, count, degree, 12, 0)
    return gzip.compress(head + np.random.default_rng(seed).bytes(count * width), mtime=0)


def write_compressed_ply(path: Path, count: int, text: bool = False, seed: int = 0) -> None:
    """A compressed PLY of random words, which lie between -1 and 1."""
    rng = np.random.default_rng(seed)
    sides = [f"{side}_{axis}" for side in ("min", "max") for axis in ("x", "y", "z")]
    names = [*sides, *(name.replace("_", "_scale_") for name in sides)]
    chunk = np.zeros(-(-count // 256), dtype=[(name, "<f4") for name in names])
    for name in names:
        chunk[name] = -1 if name.startswith("min") else 1
    words = [f"packed_{name}" for name in ("position", "rotation", "scale", "color")]
    vertex = np.frombuffer(rng.bytes(16 * count), dtype=[(name, "<u4") for name in words])
    elements = [PlyElement.describe(chunk, "chunk"), PlyElement.describe(vertex, "vertex")]
    PlyData(elements, text=text).write(str(path))
