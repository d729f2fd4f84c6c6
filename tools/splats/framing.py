"""Where to look from: a framing that holds the whole object and ignores stray Gaussians."""

from dataclasses import dataclass


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
