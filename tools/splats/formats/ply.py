"""The 3D Gaussian Splatting PLY: read any common variant, write the standard one.

Format: Turk's PLY 1.0 with the vertex properties of Kerbl et al. 2023 (graphdeco-inria/gaussian-splatting).
Binary little-endian float32 files are mapped, not copied: each array of the result is a view into the file.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.compressed_ply import is_compressed, read_compressed
from splatelier.tools.splats.formats.ply_header import Element, Header, read_header
from splatelier.tools.splats.formats.ply_rows import columns, floats_of, rows_of
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats
from splatelier.tools.splats.usable import drop_unusable

UPRIGHT = "splatelier: up is +Y"
"""The header comment that records that a file has been turned upright."""

CHUNK = 65_536
"""Gaussians that are converted at a time."""

_GEOMETRY = ("x", "y", "z")
_DC = ("f_dc_0", "f_dc_1", "f_dc_2")
_SCALE = ("scale_0", "scale_1", "scale_2")
_ROTATION = ("rot_0", "rot_1", "rot_2", "rot_3")
_RGB = ("red", "green", "blue")
_NEEDED = (*_GEOMETRY, "opacity", *_SCALE, *_ROTATION)


def read_ply(path: Path) -> Splats:
    """The Gaussians of a 3DGS PLY: binary of either byte order or ASCII, properties in any order, or compressed.

    Colours may also be `red green blue`, as some exporters write them.
    Properties beyond the convention's are left out, and Gaussians with a NaN, an infinite value or a rotation of length
    zero are dropped; the result's `notices` say so.

    Raises:
        SplatError: the file is no PLY, no splat, truncated, or has no usable Gaussian.
    """
    header = read_header(path)
    vertex = header.element("vertex")
    if vertex is None or vertex.count == 0:
        raise SplatError(f"{path} has no vertices; it is an empty splat. Make it again.")
    if is_compressed(header):
        return drop_unusable(read_compressed(path, header), path)
    rest_names = _check_properties(path, vertex, header)
    table = rows_of(path, header, vertex)
    splats = Splats(
        centers=columns(table, _GEOMETRY),
        log_scales=columns(table, _SCALE),
        rotations=columns(table, _ROTATION),
        logits=columns(table, ("opacity",))[:, 0],
        dc=_dc(table),
        rest=_by_channel(columns(table, rest_names)),
        upright=True if UPRIGHT in header.comments else None,
        notices=_left_out(vertex, rest_names),
    )
    return drop_unusable(splats, path, quick=floats_of(table))


def write_ply(path: Path, splats: Splats) -> None:
    """Write the standard binary little-endian 3DGS PLY, with zero normals, at `path`."""
    rest_count = 3 * splats.rest.shape[2]
    names = (*_GEOMETRY, "nx", "ny", "nz", *_DC, *(f"f_rest_{i}" for i in range(rest_count)))
    names = (*names, "opacity", *_SCALE, *_ROTATION)
    lines = ["ply", "format binary_little_endian 1.0"]
    lines += [f"comment {UPRIGHT}"] if splats.upright else []
    lines += [f"element vertex {len(splats)}", *(f"property float {name}" for name in names), "end_header", ""]
    with path.open("wb") as file:
        file.write("\n".join(lines).encode("ascii"))
        for start in range(0, len(splats), CHUNK):
            part = splats.take(slice(start, start + CHUNK))
            rows = np.zeros((len(part), len(names)), dtype="<f4")
            rows[:, 0:3] = part.centers
            rows[:, 6:9] = part.dc
            rows[:, 9 : 9 + rest_count] = part.rest.reshape(len(part), rest_count)
            rows[:, 9 + rest_count] = part.logits
            rows[:, 10 + rest_count : 13 + rest_count] = part.log_scales
            rows[:, 13 + rest_count :] = part.rotations
            file.write(rows.data)


def _check_properties(path: Path, vertex: Element, header: Header) -> list[str]:
    """The names of the f_rest properties, in order, once it is sure that the file is a splat."""
    names = [prop.name for prop in vertex.properties if not prop.length]
    missing = [name for name in _NEEDED if name not in names]
    missing += [] if set(_RGB) <= set(names) else [name for name in _DC if name not in names]
    if missing:
        raise SplatError(f"{path} is not a Gaussian splat: {_what_it_is(names, header)}, and has no {missing[0]!r}.")
    rest_names = [f"f_rest_{i}" for i in range(sum(name.startswith("f_rest_") for name in names))]
    if len(rest_names) % 3 or len(rest_names) // 3 not in REST_PER_DEGREE or not set(rest_names) <= set(names):
        raise SplatError(
            f"{path} has {len(rest_names)} f_rest properties; a splat has 0, 9, 24 or 45. Export it again."
        )
    return rest_names


def _left_out(vertex: Element, rest_names: list[str]) -> tuple[str, ...]:
    colors = _DC if set(_DC) <= set(vertex.names) else _RGB
    extra = [name for name in vertex.names if name not in {*_NEEDED, *colors, *rest_names, "nx", "ny", "nz"}]
    return (f"Left out what a splat does not have: {', '.join(extra)}.",) if extra else ()


def _dc(table: NDArray[np.void]) -> Floats:
    """(n, 3) the constant coefficients, or what gives the colours that a file has instead: 0 to 1, or whole numbers."""
    if set(_DC) <= set(table.dtype.names or ()):
        return columns(table, _DC)
    white = [np.iinfo(table.dtype[name]).max if table.dtype[name].kind in "iu" else 1 for name in _RGB]
    colors = columns(table, _RGB) / np.array(white, dtype=np.float32)
    return np.asarray((colors - 0.5) / SH_C0, dtype=np.float32)


def _what_it_is(names: Sequence[str], header: Header) -> str:
    if any(element.name == "face" and element.count for element in header.elements):
        return "it is a mesh"
    if set(_RGB) <= set(names):
        return "it is a point cloud with colours"
    return "it has points only"


def _by_channel(rest: Floats) -> Floats:
    """(n, 3k) as (n, 3, k), without a copy also where the rows are strided."""
    count, width = rest.shape
    stride = rest.strides[0]
    return np.lib.stride_tricks.as_strided(rest, (count, 3, width // 3), (stride, 4 * (width // 3), 4), writeable=False)
