"""The 3D Gaussian Splatting PLY: read any common variant, write the standard one.

Format: Turk's PLY 1.0 with the vertex properties of Kerbl et al. 2023 (graphdeco-inria/gaussian-splatting).
Binary little-endian float32 files are mapped, not copied: each array of the result is a view into the file.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.splats.errors import SplatError
from tools.splats.ply_header import BINARY, Element, Header, read_header
from tools.splats.splats import REST_PER_DEGREE, Floats, Splats

UPRIGHT = "splatelier: up is +Y"
"""The header comment that records that a file has been turned upright."""

CHUNK = 65_536
"""Gaussians that are converted at a time."""

_GEOMETRY = ("x", "y", "z")
_DC = ("f_dc_0", "f_dc_1", "f_dc_2")
_SCALE = ("scale_0", "scale_1", "scale_2")
_ROTATION = ("rot_0", "rot_1", "rot_2", "rot_3")
_NEEDED = (*_GEOMETRY, *_DC, "opacity", *_SCALE, *_ROTATION)


def read_ply(path: Path) -> Splats:
    """The Gaussians of a 3DGS PLY: binary of either endianness or ASCII, properties in any order.

    Properties beyond the convention's are left out. Gaussians with a NaN, an infinite value or a rotation of length
    zero are dropped; the result's `notices` count them.

    Raises:
        SplatError: the file is no PLY, no splat, truncated, or has no usable Gaussian.
    """
    header = read_header(path)
    vertex = next((element for element in header.elements if element.name == "vertex"), None)
    if vertex is None or vertex.count == 0:
        raise SplatError(f"{path} has no vertices; it is an empty splat. Make it again.")
    rest_names = _check_properties(path, vertex, header)
    table = _table(path, header, vertex)

    rest = _columns(table, rest_names)
    splats = Splats(
        centers=_columns(table, _GEOMETRY),
        log_scales=_columns(table, _SCALE),
        rotations=_columns(table, _ROTATION),
        logits=_columns(table, ("opacity",))[:, 0],
        dc=_columns(table, _DC),
        rest=_by_channel(rest),
        upright=True if UPRIGHT in header.comments else None,
    )
    return drop_unusable(splats, path, quick=_floats_of(table))


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


def drop_unusable(splats: Splats, path: Path, quick: Floats | None = None) -> Splats:
    """`splats` without the Gaussians that no renderer can draw, and a notice of how many those were.

    Args:
        quick: (n, columns) every float of the file's rows, to prove in one pass that nothing is wrong.

    Raises:
        SplatError: no Gaussian is left.
    """
    count = len(splats)
    finite = np.ones(count, dtype=bool)
    if quick is None or not _all_finite(quick):
        for column in (splats.centers, splats.log_scales, splats.rotations, splats.logits[:, None], splats.dc):
            finite &= np.isfinite(column).all(axis=1)
        finite &= np.isfinite(splats.rest).all(axis=(1, 2))
    with np.errstate(over="ignore", invalid="ignore"):
        turned = np.einsum("ij,ij->i", splats.rotations, splats.rotations) > 0
    keep = finite & turned
    kept = int(np.count_nonzero(keep))
    if kept == count:
        return splats
    if kept == 0:
        raise SplatError(f"{path} has no usable Gaussian: every one has a NaN, infinite or zero-rotation value.")
    bad_values = count - int(np.count_nonzero(finite))
    notices = [f"{bad_values} of {count} Gaussians had NaN or infinite values and were dropped."] if bad_values else []
    if count - kept - bad_values:
        notices.append(f"{count - kept - bad_values} of {count} Gaussians had a rotation of length zero; dropped.")
    clean = splats.take(keep)
    return Splats(
        **{name: getattr(clean, name) for name in ("centers", "log_scales", "rotations", "logits", "dc", "rest")},
        upright=splats.upright,
        notices=(*splats.notices, *notices),
    )


def _check_properties(path: Path, vertex: Element, header: Header) -> list[str]:
    """The names of the f_rest properties, in order, once it is sure that the file is a splat."""
    names = [name for name, _ in vertex.properties]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise SplatError(f"{path} is not a Gaussian splat: {_what_it_is(names, header)}, and has no {missing[0]!r}.")
    rest_names = [f"f_rest_{i}" for i in range(sum(name.startswith("f_rest_") for name in names))]
    if len(rest_names) % 3 or len(rest_names) // 3 not in REST_PER_DEGREE or not set(rest_names) <= set(names):
        raise SplatError(
            f"{path} has {len(rest_names)} f_rest properties; a splat has 0, 9, 24 or 45. Export it again."
        )
    return rest_names


def _what_it_is(names: Sequence[str], header: Header) -> str:
    if any(element.name == "face" and element.count for element in header.elements):
        return "it is a mesh"
    if {"red", "green", "blue"} <= set(names):
        return "it is a point cloud with colours"
    return "it has points only"


def _table(path: Path, header: Header, vertex: Element) -> NDArray[np.void]:
    """The vertex rows as a structured array; mapped from the file when it is binary."""
    skipped = 0
    for element in header.elements:
        if element is vertex:
            break
        skipped += element.count * element.smallest_row(header.encoding)
    available = path.stat().st_size - header.size - skipped
    if vertex.count * vertex.smallest_row(header.encoding) > available + (header.encoding == "ascii"):
        raise SplatError(
            f"{path} is truncated: its header promises {vertex.count} vertices and the file ends before them. "
            "Download or make it again."
        )
    if header.encoding == "ascii":
        return _ascii_table(path, header, vertex)
    dtype = np.dtype([(name, BINARY[header.encoding] + code) for name, code in vertex.properties])
    return np.memmap(path, dtype=dtype, mode="r", offset=header.size + skipped, shape=(vertex.count,))


def _ascii_table(path: Path, header: Header, vertex: Element) -> NDArray[np.void]:
    dtype = np.dtype([(name, "<f4") for name, _ in vertex.properties])
    rows = np.empty(vertex.count, dtype=dtype)
    flat = rows.view("<f4").reshape(vertex.count, len(vertex.properties))
    skip = 0
    for element in header.elements:
        if element is vertex:
            break
        skip += element.count
    with path.open("rb") as file:
        file.seek(header.size)
        for _ in range(skip):
            file.readline()
        for start in range(0, vertex.count, CHUNK):
            wanted = min(CHUNK, vertex.count - start)
            flat[start : start + wanted] = _ascii_rows(path, file, wanted, flat.shape[1])
    return rows


def _ascii_rows(path: Path, lines: Iterable[bytes], count: int, width: int) -> Floats:
    rows = np.empty((count, width), dtype=np.float32)
    iterator = iter(lines)
    for row in range(count):
        values = next(iterator, b"").split()
        if len(values) != width:
            raise SplatError(f"{path} is damaged: a vertex line has {len(values)} values where {width} belong.")
        try:
            rows[row] = values
        except ValueError as error:
            raise SplatError(f"{path} is damaged: a vertex line holds something that is no number.") from error
    return rows


def _columns(table: NDArray[np.void], names: Sequence[str]) -> Floats:
    """(n, len(names)) float32; a view of the rows where the columns lie side by side as float32."""
    count, width = len(table), len(names)
    if not names:
        return np.empty((count, 0), dtype=np.float32)
    fields = table.dtype.fields
    assert fields is not None, "the rows of a PLY are structured"
    offsets = [int(fields[name][1]) for name in names]
    side_by_side = offsets == [offsets[0] + 4 * i for i in range(width)]
    if side_by_side and all(fields[name][0] == np.dtype("<f4") for name in names):
        stride = table.dtype.itemsize
        return np.ndarray((count, width), "<f4", table, offsets[0], (stride, 4))
    columns = np.empty((count, width), dtype=np.float32)
    with np.errstate(over="ignore"):
        for i, name in enumerate(names):
            columns[:, i] = table[name]
    return columns


def _by_channel(rest: Floats) -> Floats:
    """(n, 3k) as (n, 3, k), without a copy also where the rows are strided."""
    count, width = rest.shape
    stride = rest.strides[0]
    return np.lib.stride_tricks.as_strided(rest, (count, 3, width // 3), (stride, 4 * (width // 3), 4), writeable=False)


def _floats_of(table: NDArray[np.void]) -> Floats | None:
    """Every value of the rows as (n, columns), when all are little-endian float32."""
    if any(table.dtype[name] != np.dtype("<f4") for name in table.dtype.names or ()):
        return None
    return np.ndarray((len(table), table.dtype.itemsize // 4), "<f4", table)


def _all_finite(rows: Floats) -> bool:
    """Whether no value is NaN or infinite; one pass at the speed of memory.

    A sum of tiny multiples is finite exactly when all its terms are: the largest float32 times 1e-30 cannot overflow.
    """
    weights = np.full(rows.shape[1], 1e-30, dtype=np.float32)
    return bool(np.isfinite(rows @ weights).all())
