"""Write a .ksplat, the format that browsers stream: about a third of the PLY, read back before it is reported."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from tools.splats.buckets import Buckets, arrange
from tools.splats.errors import SplatError
from tools.splats.ksplat_format import BUCKET_SIZE, MAIN_HEADER, RANGE, SECTION_HEADER, SH_HIGH, SH_LOW, record
from tools.splats.ksplat_reader import decode
from tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, unit_rotations

CHUNK = 16_384
"""Gaussians that are gathered, encoded and written at a time: their rows stay in the processor's cache."""

MAX_SH_DEGREE = 2
_HALF_MAX = np.float32(65504.0)
_LARGEST = 10_000_000


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

    buckets = arrange(splats.centers, keep) if level else _unbucketed(keep)
    sh_range = _sh_range(splats, degree) if level == 2 else (SH_LOW, SH_HIGH)
    with path.open("wb") as file:
        _write_headers(file, splats, buckets, level, degree, sh_range)
        for start in range(0, kept, CHUNK):
            place = slice(start, start + CHUNK)
            part = splats.take(buckets.order[place])
            rows = _encode(part, level, degree, sh_range, buckets, place)
            file.write(rows.view("u1").data)
    _verify(path, splats, buckets, degree, sh_range)
    return KsplatReport(
        bytes=path.stat().st_size,
        gaussians=kept,
        dropped=len(splats) - kept,
        level=level,
        sh_degree=degree,
        position_step=buckets.block / 2 / RANGE if level else 0.0,
    )


def _unbucketed(keep: NDArray[np.bool_]) -> Buckets:
    order = np.flatnonzero(keep).astype(np.uint32)
    none = np.empty(0, dtype=np.uint32)
    return Buckets(order, none, np.empty((0, 3), dtype=np.float32), 0, none, 0.0)


def _sh_range(splats: Splats, degree: int) -> tuple[float, float]:
    """The 8-bit range of the SH: as wide as the coefficients are; never zero, which readers take for the default."""
    if degree == 0:
        return SH_LOW, SH_HIGH
    rest = splats.rest[:, :, : REST_PER_DEGREE[degree]]
    low, high = float(rest.min()), float(rest.max())
    return min(low, -1e-3), max(high, 1e-3)


def _write_headers(
    file: BinaryIO, splats: Splats, buckets: Buckets, level: int, degree: int, sh_range: tuple[float, float]
) -> None:
    count = len(buckets.order)
    storage = buckets.partial.nbytes + buckets.centers.nbytes
    storage += count * record(level, REST_PER_DEGREE[degree]).itemsize
    main = np.zeros((), dtype=MAIN_HEADER)
    main["minor"] = 1
    main["max_sections"] = main["sections"] = 1
    main["max_splats"] = main["splats"] = count
    main["level"] = level
    main["center"] = (splats.centers.min(axis=0) + splats.centers.max(axis=0)) / 2
    main["sh_range"] = sh_range
    section = np.zeros((), dtype=SECTION_HEADER)
    section["splats"] = section["max_splats"] = count
    section["bytes"] = storage
    section["sh_degree"] = degree
    if level:
        section["bucket_size"] = BUCKET_SIZE
        section["buckets"] = len(buckets.centers)
        section["block"] = buckets.block
        section["bucket_bytes"] = 12
        section["range"] = RANGE
        section["full_buckets"] = buckets.full
        section["partial_buckets"] = len(buckets.partial)
    else:
        section["range"] = 1
    for part in (main, section, buckets.partial.astype("<u4"), buckets.centers.astype("<f4")):
        file.write(part.tobytes())


def _encode(
    part: Splats, level: int, degree: int, sh_range: tuple[float, float], buckets: Buckets, place: slice
) -> NDArray[np.void]:
    """The rows of the Gaussians at `place` of the file."""
    rows = np.empty(len(part), dtype=record(level, REST_PER_DEGREE[degree]))
    if level:
        offsets = part.centers - buckets.centers[buckets.of[place]]
        offsets *= np.float32(RANGE / (buckets.block / 2))
        rows["center"] = np.clip(np.rint(offsets, out=offsets) + np.float32(RANGE), 0, 2 * RANGE + 1)
        rows["scale"] = np.minimum(part.scales, _HALF_MAX)
    else:
        rows["center"] = part.centers
        rows["scale"] = part.scales
    rows["rotation"] = unit_rotations(part.rotations)
    rows["rgba"] = _rgba(part)
    if degree >= 1:
        rows["sh1"] = _encode_sh(part.rest[:, :, 0:3], level, sh_range)
    if degree >= 2:
        rows["sh2"] = _encode_sh(part.rest[:, :, 3:8], level, sh_range)
    return rows


def _rgba(part: Splats) -> NDArray[np.uint8]:
    rgba = np.empty((len(part), 4), dtype=np.float32)
    rgba[:, :3] = part.dc
    rgba[:, :3] *= np.float32(SH_C0 * 255)
    rgba[:, :3] += np.float32(127.5)
    rgba[:, 3] = part.alphas * 255
    return np.clip(np.rint(rgba, out=rgba), 0, 255, out=rgba).astype(np.uint8)


def _encode_sh(rest: Floats, level: int, sh_range: tuple[float, float]) -> NDArray[np.generic]:
    if level == 0:
        return rest
    if level == 1:
        return np.clip(rest, -_HALF_MAX, _HALF_MAX)
    low, high = sh_range
    return np.asarray(np.clip(np.rint((rest - low) * np.float32(255 / (high - low))), 0, 255).astype(np.uint8))


def _verify(path: Path, splats: Splats, buckets: Buckets, degree: int, sh_range: tuple[float, float]) -> None:
    """Read the file back with our own decoder and compare it with what went in, within the format's own steps."""
    decoded = decode(path)
    if len(decoded) != len(buckets.order):
        raise SplatError(f"{path} was written wrong: {len(decoded)} Gaussians came back of {len(buckets.order)}.")
    level = decoded.level
    half = 2**-11 if level else 1e-6
    sh_step = (sh_range[1] - sh_range[0]) / 255 * 0.501 if level == 2 else 0.0
    step = buckets.block / 2 / RANGE * 0.51
    for start in range(0, len(decoded), CHUNK):
        place = slice(start, start + CHUNK)
        back, part = decoded.part(place), splats.take(buckets.order[place])
        scales = np.minimum(part.scales, _HALF_MAX) if level else part.scales
        rest = part.rest[:, :, : REST_PER_DEGREE[degree]]
        rest = np.clip(rest, -_HALF_MAX, _HALF_MAX) if level == 1 else rest
        checks: dict[str, tuple[NDArray[Any], NDArray[Any], float, float]] = {
            "position": (back.centers, part.centers, 2e-7, step + 1e-12),
            "scale": (back.scales, scales, half, 2**-24),
            "rotation": (back.rotations, unit_rotations(part.rotations), half, 1e-6),
            "colour": (back.rgba, _rgba(part), 0.0, 0.0),
            "spherical harmonic": (back.rest, rest, half if level < 2 else 0.0, sh_step + 1e-6),
        }
        for name, (got, wanted, relative, absolute) in checks.items():
            if got.size and not (np.abs(got - wanted) <= relative * np.abs(wanted) + absolute).all():
                raise SplatError(f"{path} was written wrong: a {name} came back different. Report this file.")
