"""Where a camera must be to show one object whole: what the poster, the preview and the site's viewer agree on."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from splatelier.tools.splats.errors import SplatError

FOV = 35.0
"""Vertical field of view in degrees of every camera that shows a framing."""

HALF_ANGLE = math.radians(FOV / 2)

LARGEST = 1e15
"""Longer distances than this overflow the float32 that browsers reckon in."""


class FramingError(SplatError, ValueError):
    """A framing that no camera can stand at; a ValueError too, as validators expect."""


@dataclass(frozen=True)
class Framing:
    """What a camera needs to show one object whole.

    Frame: right-handed, Y up, the object's own units; azimuth 0 looks from +Z towards the centre.

    Attributes:
        center: point to look at, (x, y, z).
        radius: of the sphere about `center` that fills the frame in the object's stead. A camera with a field of view
            of 35 degrees in which that sphere just fits holds the whole object, whichever way it is turned.
        azimuth: degrees about +Y, counter-clockwise seen from above; 90 looks from +X.
        elevation: degrees above the horizon.

    Raises:
        FramingError: a value is no number, infinite or absurdly large, or the radius is nought or less.
    """

    center: tuple[float, float, float]
    radius: float
    azimuth: float = 0.0
    elevation: float = 8.0

    def __post_init__(self) -> None:
        values = (*self.center, self.radius, self.azimuth, self.elevation)
        if len(self.center) != 3 or not all(-LARGEST < value < LARGEST for value in values):
            raise FramingError(f"A framing is made of ordinary numbers, not {values}; pass what frame_splat returned.")
        if self.radius <= 0:
            raise FramingError(
                f"A framing's radius is more than 0, not {self.radius:g}; pass what frame_splat returned."
            )


def framing_of(values: Mapping[str, Any]) -> Framing:
    """The framing in a mapping of its fields, as a tool gives it; other entries are passed over.

    Raises:
        FramingError: the centre or the radius is missing, or a value is not what a framing needs.
    """
    try:
        angles = {name: float(values[name]) for name in ("azimuth", "elevation") if name in values}
        center = tuple(float(value) for value in values["center"])
        return Framing(center, float(values["radius"]), **angles)  # type: ignore[arg-type]
    except FramingError:
        raise
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise FramingError("The framing is not what frame_splat returns; pass its answer as it is.") from error
