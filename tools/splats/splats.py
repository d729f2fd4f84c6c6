"""Gaussian splats as arrays, in the units and the order of the 3D Gaussian Splatting convention."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Index = NDArray[np.integer[Any]] | NDArray[np.bool_] | slice

SH_C0 = 0.28209479177387814
"""The constant spherical harmonic, 1 / (2 sqrt(pi)): colour = 0.5 + SH_C0 * dc."""

REST_PER_DEGREE = (0, 3, 8, 15)
"""Coefficients a channel beyond the constant one, for SH degree 0 to 3."""

_LARGEST_LOG_SCALE = np.float32(30)


@dataclass(frozen=True, eq=False)
class Splats:
    """n Gaussians. Arrays are float32 and read-only by agreement; they may be views into a mapped file.

    Frame: right-handed, the file's own units. `upright` says which way is up when that is recorded.

    Attributes:
        centers: (n, 3) positions.
        log_scales: (n, 3) natural logarithm of the standard deviation along each of the Gaussian's own axes.
        rotations: (n, 4) quaternions (w, x, y, z) from the Gaussian's axes to the object's; not always normalised.
        logits: (n,) opacity before the sigmoid.
        dc: (n, 3) constant SH coefficient of red, green, blue.
        rest: (n, 3, k) further SH coefficients by channel, k = 0, 3, 8 or 15 for degree 0 to 3.
        upright: True when a record says that +Y is up; None when nothing is recorded.
        notices: what a reader left out or mended, a sentence each.
    """

    centers: Floats
    log_scales: Floats
    rotations: Floats
    logits: Floats
    dc: Floats
    rest: Floats
    upright: bool | None = None
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.centers)

    @property
    def sh_degree(self) -> int:
        """The degree of the spherical harmonics, 0 to 3."""
        return REST_PER_DEGREE.index(self.rest.shape[2])

    @property
    def alphas(self) -> Floats:
        """(n,) opacity in 0..1."""
        return sigmoid(self.logits)

    @property
    def scales(self) -> Floats:
        """(n, 3) standard deviations in the object's units."""
        return np.exp(np.minimum(self.log_scales, _LARGEST_LOG_SCALE))

    @property
    def colors(self) -> Floats:
        """(n, 3) colour of the constant term, nominally 0..1, not clipped."""
        return 0.5 + np.float32(SH_C0) * self.dc

    def take(self, index: Index) -> "Splats":
        """The Gaussians at `index` (integers, a mask or a slice), in that order."""
        return replace(
            self,
            centers=self.centers[index],
            log_scales=self.log_scales[index],
            rotations=self.rotations[index],
            logits=self.logits[index],
            dc=self.dc[index],
            rest=self.rest[index],
        )


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)) without overflow warnings."""
    with np.errstate(over="ignore"):
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def logit(alphas: NDArray[np.floating[Any]]) -> Floats:
    """The inverse of `sigmoid`; 0 and 1 are moved inwards to where float32 still tells them apart."""
    inside = np.clip(alphas, np.float32(1e-6), np.float32(1 - 1e-6))
    return np.asarray(np.log(inside / (1 - inside)), dtype=np.float32)


def unit_rotations(rotations: Floats) -> Floats:
    """(n, 4) quaternions of length one."""
    by_axis = np.array(rotations.T, order="C")  # a copy, in long rows: what numpy is quick at
    by_axis /= np.sqrt((by_axis * by_axis).sum(axis=0))
    return by_axis.T
