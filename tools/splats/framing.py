"""Where to look from: a framing that holds the whole object and ignores stray Gaussians."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.splats.body import body_mask
from tools.splats.errors import SplatError
from tools.splats.splats import Splats

VISIBLE_SIGMAS = 2.0
"""How many standard deviations of a Gaussian count as the object; beyond, it has faded to an eighth."""

_LOW, _HIGH = 6.0, 24.0


@dataclass(frozen=True)
class Framing:
    """What a camera needs to show one object whole.

    Frame: right-handed, Y up, the object's own units; azimuth 0 looks from +Z towards the centre.

    Attributes:
        center: point to look at, (x, y, z).
        radius: radius of the sphere about `center` that holds the object.
        azimuth: degrees about +Y, counter-clockwise seen from above; 90 looks from +X.
        elevation: degrees above the horizon.
    """

    center: tuple[float, float, float]
    radius: float
    azimuth: float = 0.0
    elevation: float = 8.0


def frame(splats: Splats) -> Framing:
    """The framing of an upright splat: the body without its strays, seen from the front.

    The sphere holds every Gaussian of the body out to `VISIBLE_SIGMAS`, so nothing is cut from any azimuth. Tall things
    are seen from near the horizon, flat ones from higher up.

    Raises:
        SplatError: nothing in the splat is opaque enough to be seen.
    """
    mask = body_mask(splats)
    if not mask.any():
        raise SplatError("The splat has nothing to look at: every Gaussian is transparent. Make it again.")
    centers = np.asarray(splats.centers[mask], dtype=np.float64)
    reach = _reach(splats, mask)
    low, high = (centers - reach[:, None]).min(axis=0), (centers + reach[:, None]).max(axis=0)
    center = (low + high) / 2
    radius = float((np.linalg.norm(centers - center, axis=1) + reach).max())
    width, height = float(np.hypot(high[0] - low[0], high[2] - low[2])), float(high[1] - low[1])
    upright = height / max(height + width, 1e-12)
    elevation = round(_HIGH + (_LOW - _HIGH) * min(1.0, upright / 0.6), 1)
    x, y, z = (float(value) for value in center)
    return Framing(center=(x, y, z), radius=max(radius, 1e-6), azimuth=0.0, elevation=elevation)


def _reach(splats: Splats, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(body,) how far each Gaussian is seen from its centre; one swollen Gaussian does not widen the frame."""
    sigma = splats.scales[mask].max(axis=1).astype(np.float64)
    return np.asarray(VISIBLE_SIGMAS * np.minimum(sigma, np.quantile(sigma, 0.99)))
