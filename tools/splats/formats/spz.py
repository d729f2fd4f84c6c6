"""Read .spz, versions 1 to 3: gzipped columns of fixed-point values.

Source of the format: nianticlabs/spz. The file is in the frame right-up-back and is turned to the PLY's
right-down-front, as other readers do.
"""

import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.ops.orient import turn
from splatelier.tools.splats.splats import REST_PER_DEGREE, Floats, Splats, logit
from splatelier.tools.splats.usable import drop_unusable

_MAGIC = 0x5053474E
_HEADER = np.dtype(
    [("magic", "<u4"), ("version", "<u4"), ("count", "<u4"), ("degree", "u1"), ("fraction", "u1"), ("more", "<u2")]
)
_ROTATION_BYTES = {1: 3, 2: 3, 3: 4}
_GZIP = b"\x1f\x8b"
_MOST_SQUEEZED = 1032
"""Deflate cannot make anything smaller than by this factor."""

_MOST = 20_000_000  # Gaussians: what is squeezed best would fill the memory


def read_spz(path: Path) -> Splats:
    """The Gaussians of a .spz.

    Raises:
        SplatError: the file is of a later version, damaged, or has no usable Gaussian.
    """
    packed = path.read_bytes()
    if not packed.startswith(_GZIP):
        raise SplatError(f"{path} is a .spz of version 4 or later, which is not read here; save it as version 3.")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        start = unpacker.decompress(packed, _HEADER.itemsize)
        if len(start) < _HEADER.itemsize:
            raise SplatError(f"{path} is truncated: its header is not whole. Download or make it again.")
        head = np.frombuffer(start, dtype=_HEADER)[0]
        if head["magic"] != _MAGIC or int(head["version"]) not in _ROTATION_BYTES:
            raise SplatError(f"{path} is not a .spz of version 1 to 3.")
        version, count, degree = (int(head[name]) for name in ("version", "count", "degree"))
        if degree >= len(REST_PER_DEGREE):
            raise SplatError(f"{path} has harmonics of degree {degree}; 3 is the most that is read here.")
        widths = (6 if version == 1 else 9, 1, 3, 3, _ROTATION_BYTES[version], 3 * REST_PER_DEGREE[degree])
        if count > _MOST:
            raise SplatError(
                f"{path} promises {count} Gaussians; {_MOST} is the most that is read here. Prune it first."
            )
        size = count * sum(widths)
        if not count or size > _MOST_SQUEEZED * len(packed):
            raise SplatError(f"{path} is damaged: it promises {count} Gaussians in {len(packed)} bytes.")
        body = unpacker.decompress(unpacker.unconsumed_tail, size)
    except zlib.error as error:
        raise SplatError(f"{path} is damaged: it cannot be unpacked.") from error
    if len(body) != size:
        raise SplatError(f"{path} is truncated: {len(body)} of {size} bytes are there. Download or make it again.")
    ends = np.cumsum([count * width for width in widths])
    columns = [
        part.reshape(count, width) for part, width in zip(np.split(_bytes(body), ends[:-1]), widths, strict=True)
    ]
    splats = _splats(columns, version, int(head["fraction"]), REST_PER_DEGREE[degree])
    return drop_unusable(replace(turn(splats), upright=None), path)


def _bytes(body: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(body, dtype=np.uint8)


def _splats(columns: list[NDArray[np.uint8]], version: int, fraction: int, rest: int) -> Splats:
    positions, alphas, colors, scales, rotations, harmonics = columns
    coefficients = harmonics.reshape(len(alphas), rest, 3).astype(np.float32)
    return Splats(
        centers=_halves(positions) if version == 1 else _fixed(positions, fraction),
        log_scales=(scales / 16 - 10).astype(np.float32),
        rotations=_three_largest(rotations) if version == 3 else _first_three(rotations),
        logits=logit(alphas[:, 0] / np.float32(255)),
        dc=((colors / np.float32(255) - np.float32(0.5)) / np.float32(0.15)).astype(np.float32),
        rest=np.moveaxis(((coefficients - 128) / 128).astype(np.float32), 1, 2),
    )


def _halves(positions: NDArray[np.uint8]) -> Floats:
    return np.ascontiguousarray(positions).view("<f2").astype(np.float32)


def _fixed(positions: NDArray[np.uint8], fraction: int) -> Floats:
    """(n, 3) from signed 24-bit numbers with `fraction` bits behind the point."""
    low, middle, high = np.moveaxis(positions.reshape(len(positions), 3, 3).astype(np.int32), 2, 0)
    whole = low | middle << 8 | (high ^ 0x80) - 0x80 << 16
    return (whole / np.float64(2.0**fraction)).astype(np.float32)


def _first_three(rotations: NDArray[np.uint8]) -> Floats:
    """(n, 4) (w, x, y, z) from x, y, z in bytes; w is what is missing to length one."""
    xyz = rotations / np.float32(127.5) - 1
    w = np.sqrt(np.maximum(0, 1 - np.einsum("ij,ij->i", xyz, xyz)))
    return np.concatenate([w[:, None], xyz], axis=1).astype(np.float32)


def _three_largest(rotations: NDArray[np.uint8]) -> Floats:
    """(n, 4) (w, x, y, z) from two bits that name the largest of (x, y, z, w) and a sign and 9 bits for each other."""
    words = np.ascontiguousarray(rotations).view("<u4")[:, 0]
    which = (words >> np.uint32(30)).astype(np.intp)
    parts = np.stack([words >> np.uint32(shift) & np.uint32(1023) for shift in (20, 10, 0)], axis=1)
    small = (parts & np.uint32(511)) / np.float32(511) * np.float32(np.sqrt(0.5))
    small = np.where(parts >> np.uint32(9) & np.uint32(1), -small, small).astype(np.float32)
    largest = np.sqrt(np.maximum(0, 1 - np.einsum("ij,ij->i", small, small)))
    xyzw = np.empty((len(words), 4), dtype=np.float32)
    rest_of = np.array([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
    np.put_along_axis(xyzw, rest_of[which], small, axis=1)
    np.put_along_axis(xyzw, which[:, None], largest[:, None], axis=1)
    return xyzw[:, [3, 0, 1, 2]]
