"""The camera that the preview and the site's viewer share, so that a poster coincides with what the browser draws."""

from dataclasses import dataclass
from math import atan, cos, radians, sin, tan

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.framing import HALF_ANGLE, Framing


@dataclass(frozen=True, eq=False)
class Camera:
    """A pinhole camera that looks at a framing.

    Frame: the object's, right-handed, Y up; the camera's own axes are x right, y up, z backwards (it looks along -z).

    Attributes:
        position: (3,) where it stands.
        axes: (3, 3) rows are the camera's x, y and z axis in the object's frame.
        focal: focal length in pixels, the same both ways.
        width, height: of the picture in pixels; the optical axis goes through its middle.
    """

    position: NDArray[np.float64]
    axes: NDArray[np.float64]
    focal: float
    width: int
    height: int


def camera(framing: Framing, width: int, height: int, zoom: float = 1.0, turned: float = 0.0) -> Camera:
    """The camera that shows `framing` whole at zoom 1: at radius / sin(half angle) from the centre.

    Args:
        zoom: larger is closer.
        turned: degrees added to the framing's azimuth.
    """
    half = HALF_ANGLE
    narrow = half if width >= height else atan(tan(half) * width / height)
    distance = framing.radius / sin(narrow) / zoom
    azimuth, elevation = radians(framing.azimuth + turned), radians(framing.elevation)
    backwards = np.array([sin(azimuth) * cos(elevation), sin(elevation), cos(azimuth) * cos(elevation)])
    right = np.array([cos(azimuth), 0.0, -sin(azimuth)])
    return Camera(
        position=np.array(framing.center) + distance * backwards,
        axes=np.stack([right, np.cross(backwards, right), backwards]),
        focal=height / 2 / tan(half),
        width=width,
        height=height,
    )
