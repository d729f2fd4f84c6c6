"""Write a .ksplat, the format that browsers stream: about a third of the PLY, read back before it is reported."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.buckets import AT_THE_END, Buckets, Grid, arrange, grid_around
from splatelier.tools.splats.formats.ksplat_format import (
    BUCKET_SIZE,
    MAIN_HEADER,
    RANGE,
    SECTION_HEADER,
    SH_HIGH,
    SH_LOW,
    record,
)
from splatelier.tools.splats.formats.ksplat_reader import Decoded, decode
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, unit_rotations

CHUNK = 4096
"""Gaussians that are worked on at a time: their rows stay in the processor's cache."""

MAX_SH_DEGREE = 2
_HALF_MAX = np.float32(65504.0)
_LOG_HALF_MAX = np.float32(11.09)
_LARGEST = 10_000_000
_THREADS = 2


@dataclass(frozen=True)
class KsplatReport:
    """What was written.

    Attributes:
        bytes: size of the file.
        gaussians: how many are in it.
        dropped: how many were left out because their alpha is below the threshold.
        level: compression level.
        sh_degree: degree of the spherical harmonics in the file.
        position_step: distance between two codable positions in the splat's units; 0 at level 0. No Gaussian moved
            further than half of it along an axis.
    """

    bytes: int
    gaussians: int
    dropped: int
    level: int
    sh_degree: int
    position_step: float


def write_ksplat(
    path: Path, splats: Splats, level: int = 1, sh_degree: int | None = None, min_alpha: float = 1.0
) -> KsplatReport:
    """Write `splats` to `path` and prove it by reading it back.

    Args:
        level: 0 float32; 1 16-bit; 2 16-bit with 8-bit SH.
        sh_degree: 0 to 2; None keeps what the splat has, up to the format's 2.
        min_alpha: Gaussians with less alpha than this, of 255, are left out.

    Raises:
        SplatError: a bad argument, nothing left to write, or the file read back is not what was to be written.
    """
    if level not in (0, 1, 2):
        raise SplatError(f"A .ksplat has level 0, 1 or 2, not {level}; 1 is the usual one.")
    if sh_degree is not None and sh_degree not in range(MAX_SH_DEGREE + 1):
        raise SplatError(f"A .ksplat keeps SH degree 0, 1 or 2, not {sh_degree}; leave it out to keep what there is.")
    degree = min(splats.sh_degree, MAX_SH_DEGREE if sh_degree is None else sh_degree)
    keep = splats.alphas * 255 >= min_alpha
    kept = int(np.count_nonzero(keep))
    if not kept:
        raise SplatError(f"Every Gaussian's alpha is below {min_alpha:g} of 255; there is nothing to write. Lower it.")
    if kept > _LARGEST:
        raise SplatError(f"The splat has {kept} Gaussians; browsers read at most {_LARGEST}. Prune it first.")

    coding = _coding(splats, keep, level, degree)
    rows, keys = _encode_all(splats, coding)
    keys[~keep[: len(keys)]] = AT_THE_END
    buckets = arrange(keys, coding.grid, kept) if coding.grid else _unbucketed(keep)
    del keys
    with path.open("wb") as file:
        _write_headers(file, buckets, coding)
        for start in range(0, kept, CHUNK):
            file.write(rows.take(buckets.order[start : start + CHUNK]).view("u1").data)
    del rows
    _verify(path, splats, buckets, coding)
    return KsplatReport(
        bytes=path.stat().st_size,
        gaussians=kept,
        dropped=len(splats) - kept,
        level=level,
        sh_degree=degree,
        position_step=buckets.block / 2 / RANGE,
    )


@dataclass(frozen=True)
class _Coding:
    """How the rows are coded; `grid` is None at level 0, which has no buckets, and `middle` is that of the whole."""

    level: int
    degree: int
    sh_range: tuple[float, float]
    middle: tuple[float, ...]
    grid: Grid | None

    @property
    def row(self) -> np.dtype[np.void]:
        return record(self.level, REST_PER_DEGREE[self.degree])


def _coding(splats: Splats, keep: NDArray[np.bool_], level: int, degree: int) -> _Coding:
    sh_range = _sh_range(splats, degree) if level == 2 else (SH_LOW, SH_HIGH)
    low, high = _bounds(splats.centers, keep)
    middle = tuple(float(value) for value in (low + high) / 2)
    grid = grid_around(low, high, int(np.count_nonzero(keep))) if level else None
    return _Coding(level, degree, sh_range, middle, grid)


def _bounds(centers: Floats, keep: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the greatest coordinates (3,) of what is kept; chunks laid out by axis are far quicker."""
    low, high = np.full(3, np.inf), np.full(3, -np.inf)
    for start in range(0, len(centers), CHUNK):
        place = slice(start, start + CHUNK)
        by_axis = np.ascontiguousarray(centers[place].T)
        if not keep[place].all():
            by_axis = by_axis.compress(keep[place], axis=1)
        if by_axis.size:
            low, high = np.minimum(low, by_axis.min(axis=1)), np.maximum(high, by_axis.max(axis=1))
    return low, high


def _unbucketed(keep: NDArray[np.bool_]) -> Buckets:
    order = np.flatnonzero(keep).astype(np.uint32)
    return Buckets(order, np.empty((0, 3), dtype=np.float32), 0, np.empty(0, dtype=np.uint32), 0.0)


def _sh_range(splats: Splats, degree: int) -> tuple[float, float]:
    """The 8-bit range of the SH: as wide as the coefficients are; never zero, which readers take for the default."""
    if degree == 0:
        return SH_LOW, SH_HIGH
    rest = splats.rest[:, :, : REST_PER_DEGREE[degree]]
    low, high = float(rest.min()), float(rest.max())
    return min(low, -1e-3), max(high, 1e-3)


def _write_headers(file: BinaryIO, buckets: Buckets, coding: _Coding) -> None:
    count = len(buckets.order)
    main = np.zeros((), dtype=MAIN_HEADER)
    main["minor"] = 1
    main["max_sections"] = main["sections"] = 1
    main["max_splats"] = main["splats"] = count
    main["level"] = coding.level
    main["center"] = coding.middle
    main["sh_range"] = coding.sh_range
    section = np.zeros((), dtype=SECTION_HEADER)
    section["splats"] = section["max_splats"] = count
    section["bytes"] = buckets.partial.nbytes + buckets.centers.nbytes + count * coding.row.itemsize
    section["sh_degree"] = coding.degree
    section["range"] = RANGE if coding.level else 1
    if coding.level:
        section["bucket_size"] = BUCKET_SIZE
        section["buckets"] = len(buckets.centers)
        section["block"] = buckets.block
        section["bucket_bytes"] = 12
        section["full_buckets"] = buckets.full
        section["partial_buckets"] = len(buckets.partial)
    for part in (main, section, buckets.partial.astype("<u4"), buckets.centers.astype("<f4")):
        file.write(part.tobytes())


def _encode_all(splats: Splats, coding: _Coding) -> tuple[NDArray[np.void], NDArray[np.uint64]]:
    """Every Gaussian's row and sorting key, in the order of `splats`: one pass over the input, as it lies in memory."""
    rows = np.empty(len(splats), dtype=coding.row)
    keys = np.empty(len(splats) if coding.grid else 0, dtype=np.uint64)

    def encode(start: int) -> None:
        place = slice(start, start + CHUNK)
        part = splats.take(place)
        _encode(part, coding, rows[place])
        if coding.grid:
            keys[place], offsets = coding.grid.place(part.centers, start)
            offsets *= np.float32(RANGE / (coding.grid.block / 2))
            np.rint(offsets, out=offsets)
            offsets += np.float32(RANGE)
            rows["center"][place] = np.clip(offsets, 0, 2 * RANGE + 1, out=offsets).T

    _in_threads(encode, len(splats))
    return rows, keys


def _in_threads(work: Callable[[int], None], count: int) -> None:
    """Call `work` with the start of each chunk."""
    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(work, range(0, count, CHUNK)):
            pass


def _encode(part: Splats, coding: _Coding, rows: NDArray[np.void]) -> None:
    """Fill in everything of `rows` that does not depend on buckets."""
    if not coding.level:
        rows["center"] = part.centers
    rows["scale"] = _scales(part, coding)
    rows["rotation"] = unit_rotations(part.rotations)
    rows["rgba"] = _rgba(part)
    if coding.degree >= 1:
        rows["sh1"] = _encode_sh(part.rest[:, :, 0:3], coding)
    if coding.degree >= 2:
        rows["sh2"] = _encode_sh(part.rest[:, :, 3:8], coding)


def _scales(part: Splats, coding: _Coding) -> Floats:
    return np.exp(np.minimum(part.log_scales, _LOG_HALF_MAX)) if coding.level else part.scales


def _rgba(part: Splats) -> NDArray[np.uint8]:
    by_channel = np.empty((4, len(part)), dtype=np.float32)  # long rows are what numpy is quick at
    np.multiply(part.dc.T, np.float32(SH_C0 * 255), out=by_channel[:3])
    by_channel[:3] += np.float32(127.5)
    np.multiply(part.alphas, np.float32(255), out=by_channel[3])
    return np.clip(np.rint(by_channel, out=by_channel), 0, 255, out=by_channel).astype(np.uint8).T


def _encode_sh(rest: Floats, coding: _Coding) -> NDArray[np.generic]:
    if coding.level == 0:
        return rest
    if coding.level == 1:
        return np.clip(rest, -_HALF_MAX, _HALF_MAX)
    low, high = coding.sh_range
    return np.asarray(np.clip(np.rint((rest - low) * np.float32(255 / (high - low))), 0, 255).astype(np.uint8))


def _verify(path: Path, splats: Splats, buckets: Buckets, coding: _Coding) -> None:
    """Read the file back with our own decoder and compare it with what went in, within the format's own steps."""
    opened = decode(path)
    if len(opened) != len(buckets.order):
        raise SplatError(f"{path} was written wrong: {len(opened)} Gaussians came back of {len(buckets.order)}.")
    place_of = np.full(len(splats), len(opened), dtype=np.uint32)
    place_of[buckets.order] = np.arange(len(opened), dtype=np.uint32)

    def compare(start: int) -> None:
        places = place_of[start : start + CHUNK]
        written = places < len(opened)
        everything = bool(written.all())
        part = splats.take(slice(start, start + CHUNK))
        part, places = (part, places) if everything else (part.take(written), places[written])
        wrong = _difference(opened.at(places), part, coding, buckets.block / 2 / RANGE)
        if wrong:
            raise SplatError(f"{path} was written wrong: a {wrong} came back different. Report this file.")

    _in_threads(compare, len(splats))


def _difference(back: Decoded, part: Splats, coding: _Coding, step: float) -> str | None:
    """What came back further from what went in than the format explains."""
    half = 2**-11 if coding.level else 1e-6
    rounding = 2e-7 * float(np.abs(part.centers).max())  # of float32, for things far from the origin
    if not _close(back.centers, part.centers, 0, step * 0.51 + rounding):
        return "position"
    if not _close(back.scales, _scales(part, coding), half, 2**-24):
        return "scale"
    if not _close(back.rotations, unit_rotations(part.rotations), 0, half):
        return "rotation"
    if not (back.rgba.T == _rgba(part).T).all():
        return "colour"
    rest = part.rest[:, :, : REST_PER_DEGREE[coding.degree]]
    if coding.level == 2:
        low, high = coding.sh_range
        return None if _close(back.rest, rest, 0, (high - low) / 255 * 0.501 + 1e-6) else "spherical harmonic"
    rest = np.clip(rest, -_HALF_MAX, _HALF_MAX) if coding.level else rest
    return None if _close(back.rest, rest, half, 1e-6) else "spherical harmonic"


def _close(got: Floats, wanted: Floats, relative: float, absolute: float) -> bool:
    """Whether every value is within relative * |wanted| + absolute."""
    error = got - wanted
    np.abs(error, out=error)
    if relative:
        error -= np.float32(relative) * np.abs(wanted)
    return not error.size or bool(error.max() <= absolute)
