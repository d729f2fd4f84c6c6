"""Gaussians to a standard 3D Gaussian Splatting PLY, as TripoSplat writes it: with normals, and Y down."""

from pathlib import Path

import numpy as np

from .carving import Gaussians
from .silhouette import Floats

_SH_C0 = 0.28209479177387814
_PROPERTIES = (
    *("x", "y", "z", "nx", "ny", "nz", "f_dc_0", "f_dc_1", "f_dc_2", "opacity"),
    *("scale_0", "scale_1", "scale_2", "rot_0", "rot_1", "rot_2", "rot_3"),
)


def write_ply(gaussians: Gaussians, path: Path) -> None:
    """Write a binary little endian PLY, 68 bytes a Gaussian, turned by 180 degrees about X so that Y points down."""
    half_turn = np.array([1, -1, -1], np.float32)
    normal = gaussians.normal * half_turn
    rows = np.empty((len(gaussians), len(_PROPERTIES)), "<f4")
    rows[:, 0:3] = gaussians.position * half_turn
    rows[:, 3:6] = normal
    rows[:, 6:9] = (gaussians.colour - 0.5) / _SH_C0
    rows[:, 9] = np.log(gaussians.alpha / (1 - gaussians.alpha))
    rows[:, 10:13] = np.log(np.array(gaussians.sigma))
    rows[:, 13:17] = _from_z(normal)
    lines = ["ply", "format binary_little_endian 1.0", f"element vertex {len(rows)}"]
    lines += [f"property float {name}" for name in _PROPERTIES]
    with path.open("wb") as file:
        file.write("\n".join([*lines, "end_header", ""]).encode("ascii"))
        file.write(rows.tobytes())


def _from_z(normal: Floats) -> Floats:
    """(n, 4) unit quaternions, w x y z, that turn +Z to each normal the short way."""
    quaternion = np.stack([1 + normal[:, 2], -normal[:, 1], normal[:, 0], np.zeros(len(normal), np.float32)], -1)
    quaternion[normal[:, 2] < -0.9999] = (0, 1, 0, 0)
    unit: Floats = quaternion / np.linalg.norm(quaternion, axis=1, keepdims=True)
    return unit
