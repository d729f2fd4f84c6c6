"""Where the subject of a picture is: what is opaque, or unlike the plain ground around it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.pictures.pixels import Mask, Pixels, load_pixels
from splatelier.tools.splats.ops.orient import Picture

PLAIN = 24
"""A channel that differs by less than this, of 255, from the background's is the background."""

PLAIN_SHARE = 0.7
"""A background is plain when this share of the border has its colour; a subject that is cut off takes up the rest."""


def load_picture(path: Path) -> Picture:
    """A splat's source picture as `splats.judge` wants it: colours in 0..1 and the subject's mask.

    Raises:
        SplatelierError: the file is no picture, damaged, or larger than 64 megapixels.
    """
    pixels = load_pixels(path)
    return Picture(colors=pixels[..., :3] * np.float32(1 / 255), mask=subject_mask(pixels))


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
    return np.asarray(unlikeness(pixels, background(pixels)[0]) >= PLAIN)


def is_cut_out(pixels: Pixels) -> bool:
    """Whether the picture has a transparent ground already."""
    return bool((pixels[..., 3] < 128).mean() > 0.01)


def box_of(mask: Mask) -> tuple[slice, slice]:
    """The rows and the columns of the smallest box around what is True; empty where nothing is."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


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


def unlikeness(pixels: Pixels, color: tuple[int, int, int]) -> NDArray[np.int16]:
    """(h, w) how far the most different channel is from `color`."""
    difference = np.abs(pixels[..., :3].astype(np.int16) - np.array(color, dtype=np.int16))
    return np.asarray(difference.max(axis=2))


def _border(pixels: Pixels) -> Pixels:
    """(k, c) the pixels within a hundredth of the edge."""
    width = max(1, min(pixels.shape[:2]) // 100)
    bands = (pixels[:width], pixels[-width:], pixels[:, :width], pixels[:, -width:])
    return np.concatenate([band.reshape(-1, pixels.shape[2]) for band in bands])
