"""Is this picture fit for 3D? Where its subject is, what is wrong with it, and what to ask for instead."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from tools.errors import SplatelierError
from tools.splats.orient import Picture

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_LARGEST_PIXELS = 64_000_000
_PLAIN = 24
"""A channel that differs by less than this, of 255, from the background's is the background."""


def load_pixels(path: Path) -> Pixels:
    """(h, w, 4) red, green, blue, alpha of a picture file.

    Raises:
        SplatelierError: the file is no picture, damaged, or larger than 64 megapixels.
    """
    try:
        with Image.open(path) as image:
            if image.width * image.height > _LARGEST_PIXELS:
                raise SplatelierError(f"{path} is too large ({image.width} x {image.height}); scale it down.")
            return np.asarray(image.convert("RGBA"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise SplatelierError(f"{path} is not a picture that can be read; save it again as PNG or JPEG.") from error


def load_picture(path: Path) -> Picture:
    """A splat's source picture as `tools.splats.judge` wants it: colours in 0..1 and the subject's mask."""
    pixels = load_pixels(path)
    return Picture(colors=(pixels[..., :3] / 255).astype(np.float32), mask=subject_mask(pixels))


def background(pixels: Pixels) -> tuple[tuple[int, int, int], float]:
    """The colour along the picture's border, and the share of the border that has it (1 is plain)."""
    border = _border(pixels[..., :3]).astype(np.int16)
    color = np.median(border, axis=0)
    plain = float((np.abs(border - color).max(axis=1) < _PLAIN).mean())
    red, green, blue = (int(value) for value in color)
    return (red, green, blue), plain


def subject_mask(pixels: Pixels) -> Mask:
    """(h, w) True where the subject is: opaque where there is transparency, else unlike the border's colour."""
    if (pixels[..., 3] < 128).mean() > 0.01:
        return np.asarray(pixels[..., 3] >= 128)
    color, _ = background(pixels)
    distance = np.abs(pixels[..., :3].astype(np.int16) - np.array(color, dtype=np.int16)).max(axis=2)
    return np.asarray(distance >= _PLAIN)


def _border(pixels: Pixels) -> Pixels:
    """(k, c) the pixels within a hundredth of the edge."""
    width = max(1, min(pixels.shape[:2]) // 100)
    bands = (pixels[:width], pixels[-width:], pixels[:, :width], pixels[:, -width:])
    return np.concatenate([band.reshape(-1, pixels.shape[2]) for band in bands])
