"""Pictures as arrays, read without trusting them: bounded in size, of a known format, whole."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from splatelier.tools.errors import SplatelierError

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

LARGEST = 64_000_000
"""Pixels: a larger picture is refused before it is unpacked."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
_JPEG = ("JPEG", "MPO")  # what a telephone writes is a JPEG with more pictures behind the first
_OF_SUFFIX = {".png": ("PNG",), ".jpg": _JPEG, ".jpeg": _JPEG, ".webp": ("WEBP",)}

_DAMAGED = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, TypeError)
"""What Pillow's readers raise over files that are not what they say."""


def load_pixels(path: Path) -> Pixels:
    """(h, w, 4) red, green, blue, alpha of a picture file.

    Raises:
        SplatelierError: the file is no picture, damaged, or larger than 64 megapixels.
    """
    with open_picture(path) as image:
        return np.asarray(image.convert("RGBA"))


def check_picture(path: Path) -> None:
    """Make sure that a file is a whole picture of the format that its name says: .png, .jpg, .jpeg or .webp.

    Raises:
        SplatelierError: it is not; says what to do.
    """
    wanted = _OF_SUFFIX.get(path.suffix.lower())
    if wanted is None:
        raise SplatelierError(f"{path.name} is not named as a picture; give a .png, .jpg or .webp.")
    with open_picture(path) as image:
        if image.format not in wanted:
            raise SplatelierError(f"{path.name} is a {image.format}, not what its name says; name it after its format.")
        image.load()


@contextmanager
def open_picture(path: Path) -> Iterator[Image.Image]:
    """The opened picture, for a block that decodes it.

    Raises:
        SplatelierError: the file is no picture, damaged, or larger than 64 megapixels.
    """
    Image.init()  # so that it is known which formats there are
    try:
        with Image.open(path, formats=[name for name in _FORMATS if name in Image.OPEN]) as image:
            if image.width * image.height > LARGEST:
                raise SplatelierError(f"{path} is too large ({image.width} x {image.height}); scale it down.")
            yield image
    except Image.DecompressionBombError as error:
        raise SplatelierError(f"{path} is too large to be unpacked; scale it down.") from error
    except _DAMAGED as error:
        raise SplatelierError(f"{path} is not a picture that can be read; save it again as PNG or JPEG.") from error
