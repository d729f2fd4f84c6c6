"""Putting the subject of a picture on black, as models that make splats like it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.pixels import Mask, Pixels, load_pixels
from splatelier.tools.pictures.subject import PLAIN, PLAIN_SHARE, background, is_cut_out, reached, unlikeness
from splatelier.tools.workspace.derived import Result, make_once
from splatelier.tools.workspace.workspace import Workspace

_HOLE_SHARE = 0.0002


def cut_out(workspace: Workspace, image: str) -> str:
    """The path of a picture's subject on black; made once.

    Args:
        image: workspace-relative path; the picture is not changed.

    Raises:
        SplatelierError: it is no picture, its ground is not plain, or there is nothing on it.
    """

    def make(path: Path) -> Result:
        Image.fromarray(on_black(load_pixels(workspace.existing(image)))).save(path, "PNG")
        return {}

    made, _ = make_once(workspace, "cut_out", [image], {}, "on-black.png", make)
    return made


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
    unlike = unlikeness(pixels, color)
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


def _grown(mask: Mask, size: int) -> Mask:
    return np.asarray(Image.fromarray(mask).convert("L").filter(ImageFilter.MaxFilter(size))) > 0
