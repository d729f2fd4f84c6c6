"""The light on a piece, as the site and a picture of it both apply it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.splats import Floats

_WARMTH = (0.3, 0.04, -0.3)
_GAMMA = 2.2
_DARK = 8.0  # what is brighter than an eighth is no part of the black around a subject


@dataclass(frozen=True)
class Grade:
    """What becomes of a colour as a screen takes it, 0 to 1: `gain` times it, plus `offset`, no less than 0.

    Being of the first degree, it may be applied to each Gaussian or to the whole picture, which comes to the same.
    """

    gain: tuple[float, float, float]
    offset: float

    def of(self, colors: Floats) -> Floats:
        """What becomes of colours (..., 3)."""
        lit = colors * np.array(self.gain, dtype=np.float32) + np.float32(self.offset)
        return np.asarray(np.maximum(lit, 0), dtype=np.float32)

    def of_picture(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """What becomes of a picture (height, width, 3 or 4), 8 bits a channel; what is transparent stays so.

        The black that an opaque picture has around its subject stays black too, as nothing does around a cut-out.
        """
        colors: Floats = pixels[..., :3].astype(np.float32) / np.float32(255)
        lit = self.of(colors)
        if pixels.shape[-1] == 3:
            lit *= np.minimum(1, _DARK * colors.max(axis=-1, keepdims=True))
        return np.concatenate([(lit.clip(0, 1) * 255).round().astype(np.uint8), pixels[..., 3:]], axis=-1)


AS_MADE = Grade((1.0, 1.0, 1.0), 0.0)


def grade(light: float, exposure: float, contrast: float) -> Grade:
    """The grade of three wishes.

    Args:
        light: -1 is cold, 0 as made, 1 warm.
        exposure: stops.
        contrast: about the middle grey; 1 is as made.
    """
    stops = 2 ** (exposure / _GAMMA)
    red, green, blue = (round((1 + light * part) * stops * contrast, 4) for part in _WARMTH)
    return Grade((red, green, blue), round((1 - contrast) / 2, 4))
