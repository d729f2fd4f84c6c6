"""From a picture to a silhouette: what is subject, what is background, and what colour the subject has."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Mask = NDArray[np.bool_]
Floats = NDArray[np.floating[Any]]

_WORKING_SIZE = 1024  # pixels on the longer side: beyond it, detail is finer than any voxel
_CONTRAST = 0.07  # how far a pixel's strongest channel must be from the background's to belong to the subject
_SHARPENING = 0.9
_PLAIN = 0.65  # share of the border that must look like one colour for it to count as background


class NoSubjectError(ValueError):
    """The picture has nothing to carve; the message says what to send instead."""


@dataclass(frozen=True)
class Silhouette:
    """The subject on a grid of square cells that fits it exactly.

    Attributes:
        inside: (height, width), True where the subject is; row 0 is the top.
        colour: (height, width, 3), linear with the picture's own values, 0..1; valid where `inside`.
    """

    inside: Mask
    colour: Floats


def read_silhouette(path: Path, cells: int) -> Silhouette:
    """The silhouette of a picture's subject, `cells` along its longer side.

    The subject is what differs from a plain background (any colour, or transparency); black is best, because
    there the subject's own dark edges are kept.

    Raises:
        NoSubjectError: nothing stands out, or there is no plain background to stand out from.
    """
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail((_WORKING_SIZE, _WORKING_SIZE), Image.Resampling.BOX)
    rgba = np.asarray(picture, np.float32) / 255
    colour, subject = rgba[..., :3], _subject(rgba)
    top, bottom, left, right = _bounds(subject)
    coverage = subject[top:bottom, left:right].astype(np.float32)
    colour = colour[top:bottom, left:right] * coverage[..., None]  # premultiplied: the background never bleeds in
    height, width = coverage.shape
    scale = cells / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    coverage = _resize(coverage, size)
    channels = [_resize(np.ascontiguousarray(colour[..., channel]), size) for channel in range(3)]
    inside = coverage >= 0.45
    if not inside.any():
        raise NoSubjectError(_NOTHING)
    colour = np.stack(channels, -1) / np.maximum(coverage, 1e-3)[..., None]
    return Silhouette(inside, np.clip(_sharpened(colour, inside), 0, 1))


_NOTHING = (
    "There is no subject in this picture: send one object, brightly lit, on a plain black background, "
    "with a margin all round."
)
_NO_BACKGROUND = (
    "This picture has no plain background, so its subject's outline cannot be told: send one object isolated "
    "on pure black, with a margin all round."
)


def _subject(rgba: Floats) -> Mask:
    """What differs from the border's colour, or is opaque where the border is transparent, without specks."""
    edge = np.concatenate([rgba[0], rgba[-1], rgba[1:-1, 0], rgba[1:-1, -1]])
    if np.median(edge[:, 3]) < 0.5:
        subject = rgba[..., 3] >= 0.5
    else:
        background = np.median(edge[:, :3], axis=0)
        plain = np.abs(edge[:, :3] - background).max(-1) < _CONTRAST
        subject = (np.abs(rgba[..., :3] - background).max(-1) >= _CONTRAST) & (rgba[..., 3] >= 0.5)
        if plain.mean() < _PLAIN:
            raise NoSubjectError(_NO_BACKGROUND)
    return _without_specks(subject)


def _sharpened(colour: Floats, inside: Mask) -> Floats:
    """What Gaussians will blur, made up for in advance: contrast against the neighbours inside the outline."""
    weight = np.pad(inside, 1).astype(np.float32)
    light = np.pad(colour, ((1, 1), (1, 1), (0, 0))) * weight[..., None]
    for axis in (0, 1):
        weight = np.roll(weight, 1, axis) + 2 * weight + np.roll(weight, -1, axis)
        light = np.roll(light, 1, axis) + 2 * light + np.roll(light, -1, axis)
    around = light[1:-1, 1:-1] / np.maximum(weight[1:-1, 1:-1], 1)[..., None]
    sharp: Floats = colour + _SHARPENING * (colour - around)
    return sharp


def _without_specks(subject: Mask) -> Mask:
    """Drop pixels that fewer than three of their eight neighbours share: noise, stars, compression dust."""
    padded = np.pad(subject, 1).astype(np.uint8)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
    kept: Mask = subject & (around >= 4)
    return kept


def _bounds(subject: Mask) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the subject, ends exclusive.

    Raises:
        NoSubjectError: the subject is smaller than anything that could be carved.
    """
    if subject.sum() < max(64, subject.size * 0.0005):
        raise NoSubjectError(_NOTHING)
    rows, columns = np.flatnonzero(subject.any(1)), np.flatnonzero(subject.any(0))
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _resize(plane: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BOX), np.float32)
