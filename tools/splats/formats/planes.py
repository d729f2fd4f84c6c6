"""A .ksplat for the wire: the first bytes of all rows, then the second ones, and so on, which gzip packs far better.

Neighbouring Gaussians have like scales, rotations and high bytes of their positions; side by side they are runs.
The layout: "PLN1", u32 length of the head, u32 bytes of a row (little endian), the head as it is, the rows column by
column, and what is left. `viewer/src/planes.js` puts it back.
"""

import struct

import numpy as np

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat_format import (
    HEADER_BYTES,
    MAIN_HEADER,
    SECTION_BYTES,
    SECTION_HEADER,
    record,
)
from splatelier.tools.splats.splats import REST_PER_DEGREE

_MAGIC = b"PLN1"
_PREFIX = struct.Struct("<4sII")


def to_planes(ksplat: bytes) -> bytes | None:
    """The planes of a .ksplat; None for one with several sections, or anything else."""
    if len(ksplat) < HEADER_BYTES + SECTION_BYTES:
        return None
    main = np.frombuffer(ksplat, MAIN_HEADER, 1)[0]
    section = np.frombuffer(ksplat, SECTION_HEADER, 1, HEADER_BYTES)[0]
    level, degree = int(main["level"]), int(section["sh_degree"])
    if (main["major"], main["minor"], main["max_sections"]) != (0, 1, 1) or level > 2 or degree > 2:
        return None
    buckets = int(section["partial_buckets"]) * 4 + int(section["buckets"]) * int(section["bucket_bytes"])
    start, stride = HEADER_BYTES + SECTION_BYTES + buckets, record(level, REST_PER_DEGREE[degree]).itemsize
    rows = (len(ksplat) - start) // stride
    if rows <= 0:
        return None
    table = np.frombuffer(ksplat, np.uint8, rows * stride, start).reshape(rows, stride)
    tail = ksplat[start + rows * stride :]
    return _PREFIX.pack(_MAGIC, start, stride) + ksplat[:start] + table.T.tobytes() + tail


def from_planes(content: bytes) -> bytes:
    """What `to_planes` was given; anything that it did not make comes back as it is.

    Raises:
        SplatError: the planes are damaged.
    """
    if not content.startswith(_MAGIC):
        return content
    if len(content) < _PREFIX.size:
        raise SplatError("The packed splat ends too early; publish the gallery again.")
    _, start, stride = _PREFIX.unpack_from(content)
    body = _PREFIX.size + start
    if not 0 < stride <= 1024 or body > len(content):
        raise SplatError("The packed splat is damaged; publish the gallery again.")
    rows = (len(content) - body) // stride
    table = np.frombuffer(content, np.uint8, rows * stride, body).reshape(stride, rows)
    return content[_PREFIX.size : body] + table.T.tobytes() + content[body + rows * stride :]
