"""Read a .ksplat of any level, SH degree and number of sections: our own decoder, which also proves what we write."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat_format import (
    HEADER_BYTES,
    MAIN_HEADER,
    RANGE,
    SECTION_BYTES,
    SECTION_HEADER,
    SH_HIGH,
    SH_LOW,
    record,
)
from splatelier.tools.splats.splats import REST_PER_DEGREE, SH_C0, Floats, Splats, logit
from splatelier.tools.splats.usable import drop_unusable


@dataclass(frozen=True, eq=False)
class Decoded:
    """A part of a .ksplat in the file's own terms.

    Attributes:
        centers: (n, 3) positions. scales: (n, 3) linear. rotations: (n, 4) (w, x, y, z).
        rgba: (n, 4) bytes. rest: (n, 3, k) SH coefficients by channel.
    """

    centers: Floats
    scales: Floats
    rotations: Floats
    rgba: NDArray[np.uint8]
    rest: Floats


@dataclass(frozen=True, eq=False)
class _Section:
    """Rows of one layout; `step` lies between two coded coordinates, `range` is the code of a bucket's middle."""

    rows: NDArray[np.void]
    bucket_of: NDArray[np.uint32]
    bucket_centers: Floats
    step: float
    range: int
    rest: int


@dataclass(frozen=True, eq=False)
class Ksplat:
    """An open .ksplat: headers checked, rows mapped, nothing decoded yet."""

    level: int
    sh_range: tuple[float, float]
    sections: tuple[_Section, ...]

    def __len__(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    def part(self, place: slice) -> Decoded:
        """The Gaussians at `place`, counted through all sections; only those are decoded."""
        start, stop, _ = place.indices(len(self))
        parts, before = [], 0
        for section in self.sections:
            local = slice(max(0, start - before), max(0, min(len(section.rows), stop - before)))
            if local.start < local.stop:
                parts.append(self._decode(section, section.rows[local], section.bucket_of[local]))
            before += len(section.rows)
        return parts[0] if len(parts) == 1 else _join(parts)

    def at(self, places: NDArray[np.unsignedinteger[Any]]) -> Decoded:
        """The Gaussians at `places`, in that order, of a file with one section."""
        (section,) = self.sections
        buckets = section.bucket_of.take(places) if self.level else section.bucket_of
        return self._decode(section, section.rows.take(places), buckets)

    def _decode(self, section: _Section, rows: NDArray[np.void], buckets: NDArray[np.uint32]) -> Decoded:
        centers = rows["center"].astype(np.float32)
        if self.level:
            centers -= np.float32(section.range)
            centers *= np.float32(section.step)
            centers += section.bucket_centers.take(buckets, axis=0)
        bands = [rows[name] for name in ("sh1", "sh2") if name in (rows.dtype.names or ())]
        rest = np.concatenate(bands, axis=2).astype(np.float32) if bands else np.empty((len(rows), 3, 0), np.float32)
        if self.level == 2:
            low, high = self.sh_range
            rest = rest * np.float32((high - low) / 255) + np.float32(low)
        return Decoded(
            centers, rows["scale"].astype(np.float32), rows["rotation"].astype(np.float32), rows["rgba"], rest
        )


def read_ksplat(path: Path) -> Splats:
    """The Gaussians of a .ksplat, in file order. Alpha 0 and 255 come back as close to 0 and 1 as a logit allows.

    Raises:
        SplatError: the file is no .ksplat, is damaged, or has no usable Gaussian.
    """
    decoded = decode(path)
    whole = decoded.part(slice(None))
    with np.errstate(divide="ignore"):
        log_scales = np.log(np.maximum(whole.scales, np.float32(1e-30)))
    splats = Splats(
        centers=whole.centers,
        log_scales=log_scales,
        rotations=whole.rotations,
        logits=logit(whole.rgba[:, 3] / np.float32(255)),
        dc=((whole.rgba[:, :3] / np.float32(255) - np.float32(0.5)) / np.float32(SH_C0)).astype(np.float32),
        rest=whole.rest,
    )
    return drop_unusable(splats, path)


def decode(path: Path) -> Ksplat:
    """Open a .ksplat and check every number of its headers against the size of the file.

    Raises:
        SplatError: the file is no .ksplat, or its headers do not fit its size.
    """
    size = path.stat().st_size
    if size < HEADER_BYTES + SECTION_BYTES:
        raise SplatError(f"{path} is not a .ksplat: {size} bytes do not hold its headers.")
    main = np.fromfile(path, dtype=MAIN_HEADER, count=1)[0]
    if main["major"] != 0 or main["minor"] < 1 or main["level"] > 2:
        raise SplatError(
            f"{path} is not a .ksplat that can be read: version {main['major']}.{main['minor']}, level {main['level']}."
        )
    level, count = int(main["level"]), int(main["max_sections"])
    position = HEADER_BYTES + count * SECTION_BYTES
    if count < 1 or position > size:
        raise SplatError(f"{path} is damaged: its header promises {count} sections.")
    headers = np.fromfile(path, dtype=SECTION_HEADER, count=count, offset=HEADER_BYTES)
    sections = []
    for header in headers:
        section, position = _section(path, header, level, position, size)
        sections.append(section)
    low, high = (float(value) for value in main["sh_range"])
    opened = Ksplat(level, (low or SH_LOW, high or SH_HIGH), tuple(sections))
    if len(opened) != main["splats"] or not len(opened):
        raise SplatError(f"{path} is damaged: it says {main['splats']} Gaussians and holds {len(opened)}.")
    return opened


def _section(path: Path, header: np.void, level: int, position: int, size: int) -> tuple[_Section, int]:
    """One section, and where the next one begins."""
    count, room = int(header["splats"]), int(header["max_splats"])
    buckets, partial, full = (int(header[name]) for name in ("buckets", "partial_buckets", "full_buckets"))
    degree = int(header["sh_degree"])
    if degree > 2:
        raise SplatError(f"{path} has SH degree {degree}; a .ksplat has 0, 1 or 2.")
    dtype = record(level, REST_PER_DEGREE[degree])
    before = 4 * partial + int(header["bucket_bytes"]) * buckets
    end = position + before + room * dtype.itemsize
    if end > size or count > room:
        raise SplatError(f"{path} is truncated: a section needs {end} bytes and the file has {size}. Make it again.")
    rows = np.memmap(path, dtype=dtype, mode="r", offset=position + before, shape=(room,))[:count] if room else None
    if rows is None:
        rows = np.empty(0, dtype=dtype)
    if not level:
        nothing = np.empty((0, 3), dtype=np.float32)
        return _Section(rows, np.empty(0, np.uint32), nothing, 0.0, 0, REST_PER_DEGREE[degree]), end
    if header["bucket_bytes"] != 12 or full + partial != buckets:
        raise SplatError(f"{path} is damaged: its buckets do not add up.")
    lengths = np.fromfile(path, dtype="<u4", count=partial, offset=position)
    centers = np.fromfile(path, dtype="<f4", count=3 * buckets, offset=position + 4 * partial).reshape(buckets, 3)
    whole = full * int(header["bucket_size"])
    if whole + int(lengths.sum(dtype=np.uint64)) != count:
        raise SplatError(f"{path} is damaged: its buckets hold another number of Gaussians than its header says.")
    sizes = np.concatenate([np.full(full, int(header["bucket_size"]), dtype=np.int64), lengths.astype(np.int64)])
    bucket_of = np.repeat(np.arange(buckets, dtype=np.uint32), sizes)
    reach = int(header["range"]) or RANGE
    return _Section(rows, bucket_of, centers, float(header["block"]) / 2 / reach, reach, REST_PER_DEGREE[degree]), end


def _join(parts: list[Decoded]) -> Decoded:
    return Decoded(
        centers=np.concatenate([part.centers for part in parts]),
        scales=np.concatenate([part.scales for part in parts]),
        rotations=np.concatenate([part.rotations for part in parts]),
        rgba=np.concatenate([part.rgba for part in parts]),
        rest=np.concatenate([part.rest for part in parts], dtype=np.float32),
    )
