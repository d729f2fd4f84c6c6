"""Where to look from: a framing that holds the whole object and ignores stray Gaussians."""

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.body import body_mask
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.framing import HALF_ANGLE, Framing
from splatelier.tools.splats.splats import Splats

VISIBLE_SIGMAS = 3.0
"""How many standard deviations of a Gaussian count as the object; beyond, it has faded to a hundredth."""

_LOW, _HIGH = 6.0, 24.0
_TURNS = 25
_SLICES = 256
_NARROWINGS = 12
_MARGIN = 1.01  # for what lies between two of the turns


def frame(splats: Splats) -> Framing:
    """The framing of an upright splat: the body without its strays, seen from the front.

    Every Gaussian of the body is inside the frame out to `VISIBLE_SIGMAS` from any azimuth, and nothing is further away
    than that needs. Tall things are seen from near the horizon, flat ones from higher up.

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
    width, height = float(np.hypot(high[0] - low[0], high[2] - low[2])), float(high[1] - low[1])
    upright = height / max(height + width, 1e-12)
    elevation = round(_HIGH + (_LOW - _HIGH) * min(1.0, upright / 0.6), 1)
    lift, radius = _balanced(*_rings(centers - center), np.radians(elevation))
    x, y, z = (float(value) for value in center + np.array([0, lift, 0]))
    return Framing(center=(x, y, z), radius=max(radius + float(reach.max()), 1e-6), azimuth=0.0, elevation=elevation)


def _rings(offsets: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the object sweeps as it turns, in slices: the radius and the height of a ring at each slice's two edges."""
    around, up = np.hypot(offsets[:, 0], offsets[:, 2]), offsets[:, 1]
    edges = np.linspace(up.min(), up.max(), _SLICES + 1)
    widest = np.full(_SLICES, -1.0)
    np.maximum.at(widest, (np.searchsorted(edges, up, side="right") - 1).clip(0, _SLICES - 1), around)
    used = widest >= 0
    return np.concatenate([widest[used], widest[used]]), np.concatenate([edges[:-1][used], edges[1:][used]])


def _balanced(around: NDArray[np.float64], up: NDArray[np.float64], elevation: float) -> tuple[float, float]:
    """The height to look at that needs the least radius, and that radius.

    A foot comes near the camera as the object turns and looks larger than the top, so the best height is below the
    middle. The radius is a maximum of functions convex in the height: narrowing towards its lower side finds the least.
    """
    slack = (up.max() - up.min()) / 4
    low, high = (up.max() + up.min()) / 2 - slack, (up.max() + up.min()) / 2 + slack
    for _ in range(_NARROWINGS):
        below, above = low + (high - low) / 3, high - (high - low) / 3
        if _needed_radius(around, up - below, elevation) < _needed_radius(around, up - above, elevation):
            high = above
        else:
            low = below
    best = float(low + high) / 2
    return best, _needed_radius(around, up - best, elevation)


def _needed_radius(around: NDArray[np.float64], up: NDArray[np.float64], elevation: float) -> float:
    """The radius at which a camera that looks from `elevation` (radians) at height 0 holds every ring.

    A point `aside` from the axis of view and `toward` the camera is inside a frame of half angle h where
    aside * cos(h) + toward * sin(h) is at most the distance times sin(h), which is the framing's radius.

    Args:
        around, up: (n,) radius and height of the rings.
    """
    turned = np.linspace(0, np.pi, _TURNS)[:, None]
    along, aside = around * np.cos(turned), around * np.sin(turned)
    toward = up * np.sin(elevation) + along * np.cos(elevation)
    above = np.abs(up * np.cos(elevation) - along * np.sin(elevation))
    needed = (above * np.cos(HALF_ANGLE) + toward * np.sin(HALF_ANGLE)).max()
    for half in (HALF_ANGLE, HALF_ANGLE / 2, 0.0):  # a tall frame's half angle is smaller from side to side
        needed = max(needed, (aside * np.cos(half) + toward * np.sin(half)).max())
    return float(needed) * _MARGIN


def _reach(splats: Splats, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(body,) how far each Gaussian is seen from its centre; one swollen Gaussian does not widen the frame."""
    sigma = splats.scales[mask].max(axis=1).astype(np.float64)
    return np.asarray(VISIBLE_SIGMAS * np.minimum(sigma, np.quantile(sigma, 0.99)))
