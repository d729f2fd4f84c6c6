"""Pictures as arrays: where the subject is, and putting it on black."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, UnidentifiedImageError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.splats.ops.orient import Picture

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]

PLAIN = 24
"""A channel that differs by less than this, of 255, from the background's is the background."""

PLAIN_SHARE = 0.7
"""A background is plain when this share of the border has its colour; a subject that is cut off takes up the rest."""

_LARGEST_PIXELS = 64_000_000
_HOLE_SHARE = 0.0002


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
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise SplatelierError(f"{path} is not a picture that can be read; save it again as PNG or JPEG.") from error


def load_picture(path: Path) -> Picture:
    """A splat's source picture as `splats.judge` wants it: colours in 0..1 and the subject's mask."""
    pixels = load_pixels(path)
    return Picture(colors=(pixels[..., :3] / 255).astype(np.float32), mask=subject_mask(pixels))


def background(pixels: Pixels) -> tuple[tuple[int, int, int], float]:
    """The colour along the picture's border, and the share of the border that has it (1 is plain)."""
    border = _border(pixels[..., :3]).astype(np.int16)
    color = np.median(border, axis=0)
    plain = float((np.abs(border - color).max(axis=1) < PLAIN).mean())
    red, green, blue = (int(value) for value in color)
    return (red, green, blue), plain


def subject_mask(pixels: Pixels) -> Mask:
    """(h, w) True where the subject is: opaque where there is transparency, else unlike the border's colour."""
    if is_cut_out(pixels):
        return np.asarray(pixels[..., 3] >= 128)
    return np.asarray(_unlikeness(pixels, background(pixels)[0]) >= PLAIN)


def is_cut_out(pixels: Pixels) -> bool:
    """Whether the picture has a transparent ground already."""
    return bool((pixels[..., 3] < 128).mean() > 0.01)


def on_black(pixels: Pixels) -> Pixels:
    """(h, w, 3) the subject of a picture with a plain ground, on pure black.

    The ground is what has the border's colour and is reached from the border, and holes of that colour that are larger
    than a speck. Along the subject's edge the ground's share of each mixed pixel is taken out.

    Raises:
        SplatelierError: the ground is not plain, or there is nothing on it.
    """
    colors = pixels[..., :3].astype(np.float32)
    if is_cut_out(pixels):
        return np.asarray(np.rint(colors * (pixels[..., 3:] / np.float32(255))).astype(np.uint8))
    color, plain = background(pixels)
    if plain < PLAIN_SHARE:
        raise SplatelierError(
            f"The ground of the picture is not plain (only {plain:.0%} of its border is one colour); "
            "ask for the subject isolated on a pure black background."
        )
    unlike = _unlikeness(pixels, color)
    ground = _ground(unlike)
    if ground.all():
        raise SplatelierError("There is no subject on the picture's ground; make the picture again.")
    edge = _grown(ground, 5) & ~ground
    inside = np.asarray(Image.fromarray(unlike.astype(np.uint8)).filter(ImageFilter.MaxFilter(7)), dtype=np.float32)
    share = np.where(ground, 0, np.where(edge, np.clip(unlike / np.maximum(inside, 1), 0, 1), 1))
    mixed_in = (1 - share)[..., None] * np.array(color, dtype=np.float32)
    return np.asarray(np.where(ground[..., None], 0, np.rint(np.clip(colors - mixed_in, 0, 255))).astype(np.uint8))


def _ground(unlike: NDArray[np.int16]) -> Mask:
    """What belongs to the background: reached from the border, or a hole that has its very colour."""
    like = unlike < PLAIN
    border = np.zeros_like(like)
    border[[0, -1]] = border[:, [0, -1]] = True
    ground = reached(like, border)
    hole = (unlike < PLAIN // 3) & ~ground
    specks = np.asarray(Image.fromarray(hole).convert("L").filter(ImageFilter.MinFilter(5))) > 0
    if specks.mean() > _HOLE_SHARE:
        ground |= reached(like & ~ground, specks)
    return ground


def reached(free: Mask, seeds: Mask) -> Mask:
    """(h, w) the free pixels that can be reached from the seeds, going along rows and columns."""
    found = seeds & free
    runs = [_runs(free, axis) for axis in (0, 1)]
    while True:
        before = np.count_nonzero(found)
        for run in runs:
            touched = np.bincount(run[found], minlength=int(run.max()) + 1) > 0
            found = free & touched[run]
        if np.count_nonzero(found) == before:
            return np.asarray(found)


def _runs(free: Mask, axis: int) -> NDArray[np.int64]:
    """A number for each stretch of free pixels along an axis, the same for all pixels of a stretch."""
    along = free.T if axis == 0 else free
    begins = ~along
    begins[:, 0] = True
    numbers = np.cumsum(begins.reshape(-1), dtype=np.int64).reshape(along.shape)
    return np.asarray(numbers.T if axis == 0 else numbers)


def _grown(mask: Mask, size: int) -> Mask:
    return np.asarray(Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(size))) > 0


def _unlikeness(pixels: Pixels, color: tuple[int, int, int]) -> NDArray[np.int16]:
    """(h, w) how far the most different channel is from `color`."""
    difference = np.abs(pixels[..., :3].astype(np.int16) - np.array(color, dtype=np.int16))
    return np.asarray(difference.max(axis=2))


def _border(pixels: Pixels) -> Pixels:
    """(k, c) the pixels within a hundredth of the edge."""
    width = max(1, min(pixels.shape[:2]) // 100)
    bands = (pixels[:width], pixels[-width:], pixels[:, :width], pixels[:, -width:])
    return np.concatenate([band.reshape(-1, pixels.shape[2]) for band in bands])
