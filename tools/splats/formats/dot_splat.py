"""Read .splat: 32 bytes a Gaussian and no header.

Source of the format: antimatter15/splat. float32 centre (3) and linear scale (3), byte red, green, blue, alpha, and
byte rotation (w, x, y, z) as 128 + 128 q.
"""

from pathlib import Path

import numpy as np

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.splats import SH_C0, Splats, logit
from splatelier.tools.splats.usable import drop_unusable

_ROW = np.dtype([("center", "<f4", 3), ("scale", "<f4", 3), ("rgba", "u1", 4), ("rotation", "u1", 4)])


def read_dot_splat(path: Path) -> Splats:
    """The Gaussians of a .splat.

    Raises:
        SplatError: the size is no multiple of 32 bytes, or no Gaussian is usable.
    """
    size = path.stat().st_size
    if size == 0 or size % _ROW.itemsize:
        raise SplatError(f"{path} is not a whole .splat: {size} bytes are no multiple of {_ROW.itemsize}.")
    rows = np.memmap(path, dtype=_ROW, mode="r")
    with np.errstate(divide="ignore", invalid="ignore"):
        log_scales = np.log(np.maximum(rows["scale"], np.float32(1e-30)))
    splats = Splats(
        centers=rows["center"],
        log_scales=log_scales,
        rotations=((rows["rotation"].astype(np.float32) - 128) / 128).astype(np.float32),
        logits=logit(rows["rgba"][:, 3] / np.float32(255)),
        dc=((rows["rgba"][:, :3] / np.float32(255) - np.float32(0.5)) / np.float32(SH_C0)).astype(np.float32),
        rest=np.empty((len(rows), 3, 0), dtype=np.float32),
    )
    return drop_unusable(splats, path)
