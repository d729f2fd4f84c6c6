"""The layout of a .ksplat, GaussianSplats3D's format, version 0.1: what the writer and the reader share.

Source: mkkellogg/GaussianSplats3D, SplatBuffer. Little endian: a main header, a header for each section, then each
section's partly filled bucket lengths, bucket centres and Gaussians in bucket order.
"""

import numpy as np

HEADER_BYTES = 4096
SECTION_BYTES = 1024
BUCKET_SIZE = 256
RANGE = 32767
"""A quantised coordinate is `value - RANGE` steps from its bucket's centre."""

SH_LOW, SH_HIGH = -1.5, 1.5
"""Range of an 8-bit SH coefficient where the header has zeros for it."""

MAIN_HEADER = np.dtype(
    {
        "names": ["major", "minor", "max_sections", "sections", "max_splats", "splats", "level", "center", "sh_range"],
        "formats": ["u1", "u1", "<u4", "<u4", "<u4", "<u4", "<u2", ("<f4", 3), ("<f4", 2)],
        "offsets": [0, 1, 4, 8, 12, 16, 20, 24, 36],
        "itemsize": HEADER_BYTES,
    }
)

SECTION_HEADER = np.dtype(
    {
        "names": [
            "splats", "max_splats", "bucket_size", "buckets", "block", "bucket_bytes", "range", "bytes",
            "full_buckets", "partial_buckets", "sh_degree",
        ],
        "formats": ["<u4", "<u4", "<u4", "<u4", "<f4", "<u2", "<u4", "<u4", "<u4", "<u4", "<u2"],
        "offsets": [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40],
        "itemsize": SECTION_BYTES,
    }
)  # fmt: skip

_CENTER = {0: "<f4", 1: "<u2", 2: "<u2"}
_SCALE = {0: "<f4", 1: "<f2", 2: "<f2"}
_SH = {0: "<f4", 1: "<f2", 2: "u1"}


def record(level: int, rest: int) -> np.dtype[np.void]:
    """One Gaussian: `rest` SH coefficients a channel (0, 3 or 8).

    SH lie band by band, and within a band channel by channel: r1 r2 r3 g1 g2 g3 b1 b2 b3, then r4..r8 g4..g8 b4..b8.
    """
    fields = [
        ("center", _CENTER[level], (3,)),
        ("scale", _SCALE[level], (3,)),
        ("rotation", _SCALE[level], (4,)),
        ("rgba", "u1", (4,)),
    ]
    bands = [("sh1", 3), ("sh2", 5)][: {0: 0, 3: 1, 8: 2}[rest]]
    return np.dtype(fields + [(name, _SH[level], (3, count)) for name, count in bands])
