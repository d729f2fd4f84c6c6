"""Read PlayCanvas's compressed PLY: 16 bytes a Gaussian, quantised within chunks of 256.

Source of the format: playcanvas/splat-transform and the SuperSplat documentation. Elements `chunk` (bounds of
positions, log scales and, in newer files, colours), `vertex` (four packed 32-bit words) and, with harmonics, `sh`
(bytes).
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply_header import Element, Header
from splatelier.tools.splats.formats.ply_rows import columns, rows_of
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, logit

_CHUNK = 256
_WORDS = ("packed_position", "packed_rotation", "packed_scale", "packed_color")
_BITS = (11, 10, 11)
_SH_REACH = 4.0


def is_compressed(header: Header) -> bool:
    """Whether the PLY is a compressed one."""
    vertex = header.element("vertex")
    return header.element("chunk") is not None and vertex is not None and set(_WORDS) <= set(vertex.names)


def read_compressed(path: Path, header: Header) -> Splats:
    """The Gaussians of a compressed PLY.

    Raises:
        SplatError: an element is missing, of another length than the others, or truncated.
    """
    chunk, vertex = header.element("chunk"), header.element("vertex")
    assert chunk is not None
    assert vertex is not None
    words = [prop for prop in vertex.properties if prop.name in _WORDS]
    if any(word.code != "u4" or word.length for word in words):
        raise SplatError(f"{path} is damaged: the packed values of a compressed PLY are 32-bit words.")
    if chunk.count != -(-vertex.count // _CHUNK):
        raise SplatError(
            f"{path} is damaged: {vertex.count} Gaussians do not fill its {chunk.count} chunks of {_CHUNK}."
        )
    rows, bounds = rows_of(path, header, vertex), rows_of(path, header, chunk)
    position, rotation, scale, color = (np.asarray(rows[name], dtype=np.uint32) for name in _WORDS)
    rgba = np.stack([color >> np.uint32(shift) & np.uint32(255) for shift in (24, 16, 8, 0)], axis=1) / np.float32(255)
    rgb = rgba[:, :3].astype(np.float32)
    if "min_r" in (bounds.dtype.names or ()):
        rgb = _between(path, bounds, "rgb", "", rgb)
    return Splats(
        centers=_between(path, bounds, "xyz", "", _unpack(position)),
        log_scales=_between(path, bounds, "xyz", "scale_", _unpack(scale)),
        rotations=_unpack_rotation(rotation),
        logits=logit(rgba[:, 3]),
        dc=(rgb - np.float32(0.5)) / np.float32(SH_C0),
        rest=_rest(path, header, vertex.count),
    )


def _unpack(words: NDArray[np.uint32]) -> Floats:
    """(n, 3) in 0..1 from 11, 10 and 11 bits, the first in the highest."""
    x, y, z = words >> np.uint32(21), words >> np.uint32(11) & np.uint32(1023), words & np.uint32(2047)
    return np.stack([x / 2047, y / 1023, z / 2047], axis=1).astype(np.float32)


def _between(path: Path, bounds: NDArray[np.void], axes: str, kind: str, share: Floats) -> Floats:
    """(n, 3) the values that lie at `share` (n, 3) between each chunk's bounds."""
    names = [[f"{side}_{kind}{axis}" for axis in axes] for side in ("min", "max")]
    missing = {name for side in names for name in side} - set(bounds.dtype.names or ())
    if missing:
        raise SplatError(f"{path} is damaged: its chunks have no {min(missing)!r}.")
    low, high = (np.repeat(columns(bounds, side), _CHUNK, axis=0)[: len(share)] for side in names)
    with np.errstate(over="ignore", invalid="ignore"):
        return low * (1 - share) + high * share


def _unpack_rotation(words: NDArray[np.uint32]) -> Floats:
    """(n, 4) quaternions from two bits that name the largest of (w, x, y, z) and 10 bits for each other one."""
    parts = np.stack([words >> np.uint32(shift) & np.uint32(1023) for shift in (20, 10, 0)], axis=1)
    small = ((parts / 1023 - 0.5) * np.sqrt(2)).astype(np.float32)
    largest = np.sqrt(np.maximum(0, 1 - np.einsum("ij,ij->i", small, small)))
    which = (words >> np.uint32(30)).astype(np.intp)
    rotations = np.empty((len(words), 4), dtype=np.float32)
    rest_of = np.array([[1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]])
    np.put_along_axis(rotations, rest_of[which], small, axis=1)
    np.put_along_axis(rotations, which[:, None], largest[:, None], axis=1)
    return rotations


def _rest(path: Path, header: Header, count: int) -> Floats:
    """(n, 3, k) from bytes: 0 is -4, 255 is 4, and the middle of its step for every other."""
    element: Element | None = header.element("sh")
    if element is None:
        return np.empty((count, 3, 0), dtype=np.float32)
    names = [f"f_rest_{i}" for i in range(len(element.properties))]
    fits = set(element.names) == set(names) and not element.lists and len(names) % 3 == 0
    if not fits or len(names) // 3 not in REST_PER_DEGREE or element.count != count:
        raise SplatError(f"{path} is damaged: its harmonics do not belong to its Gaussians.")
    values = columns(rows_of(path, header, element), names)
    middle = np.where(values == 0, 0, np.where(values == 255, 1, (values + 0.5) / 256))
    return ((middle - 0.5) * 2 * _SH_REACH).astype(np.float32).reshape(count, 3, len(names) // 3)
