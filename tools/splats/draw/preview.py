"""Draw splats without a browser: a software renderer in numpy, tile by tile, nearest Gaussian first."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.draw.camera import Camera, camera
from splatelier.tools.splats.draw.grade import AS_MADE, Grade
from splatelier.tools.splats.draw.projection import CUTOFF, FAINTEST, Footprints, project
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.splats import Floats, Splats

Pixels = NDArray[np.uint8]
Tiles = NDArray[np.int32]
Color = tuple[int, int, int]

TILE = 8
"""Pixels along the edge of a tile."""

_BATCH = 96
_OPAQUE = 1 / 512
_THREADS = 2


def draw(splats: Splats, view: Camera) -> Pixels:
    """(height, width, 4) the splat as `view` sees it: display colours, and an alpha not multiplied into them."""
    footprints = project(splats, view)
    across, down = -(-view.width // TILE), -(-view.height // TILE)
    low, high = ((footprints.middle + side * footprints.reach) / TILE for side in (-1, 1))
    first = np.floor(low).clip(0, (across, down)).astype(np.int32)
    last = np.ceil(high).clip(0, (across, down)).astype(np.int32)
    canvas = np.empty((down * TILE, across * TILE, 4), dtype=np.float32)

    def draw_row(row: int) -> None:
        here = np.flatnonzero((first[:, 1] <= row) & (row < last[:, 1]))
        tiles = _by_column(here, first[here, 0], last[here, 0], across)
        for column, gaussians in enumerate(tiles):
            place = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
            canvas[place] = _draw_tile(footprints, gaussians, column * TILE, row * TILE)

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(draw_row, range(down)))
    picture = canvas[: view.height, : view.width]
    picture[..., :3] /= np.maximum(picture[..., 3:], 1e-6)
    return np.asarray(np.rint(picture.clip(0, 1) * 255).astype(np.uint8))


def render(splats: Splats, view: Camera, background: Color = (0, 0, 0), grade: Grade = AS_MADE) -> Pixels:
    """(height, width, 3) the splat as `view` sees it, in display colours on `background`, in the light of `grade`."""
    picture = draw(splats, view).astype(np.float32) / np.float32(255)
    alpha = picture[..., 3:]
    colors = 255 * grade.of(picture[..., :3]).clip(0, 1)
    blended = colors * alpha + np.array(background, dtype=np.float32) * (1 - alpha)
    return np.asarray(np.rint(blended).astype(np.uint8))


def render_framed(
    splats: Splats, framing: Framing, size: tuple[int, int], zoom: float = 1.0, background: Color = (0, 0, 0)
) -> Pixels:
    """(height, width, 3) the splat in its framing; `size` is (width, height)."""
    return render(splats, camera(framing, *size, zoom=zoom), background)


def turntable(
    splats: Splats,
    framing: Framing,
    views: int = 8,
    columns: int = 4,
    size: int = 256,
    background: Color = (0, 0, 0),
    grade: Grade = AS_MADE,
) -> Pixels:
    """A contact sheet of `views` pictures of `size` pixels, evenly around the object."""
    rows = -(-views // columns)
    sheet = np.empty((rows * size, columns * size, 3), dtype=np.uint8)
    sheet[:] = background
    for view in range(views):
        row, column = divmod(view, columns)
        picture = render(splats, camera(framing, size, size, turned=360 * view / views), background, grade)
        sheet[row * size : (row + 1) * size, column * size : (column + 1) * size] = picture
    return sheet


def _by_column(here: NDArray[np.intp], first: Tiles, last: Tiles, across: int) -> list[NDArray[np.intp]]:
    """The Gaussians of one row of tiles that touch each of its tiles, nearest first.

    Args:
        here: the Gaussians of the row, nearest first.
        first, last: for each of them, its first column and the one after its last.
    """
    counts = np.maximum(last - first, 0)
    gaussian = np.repeat(np.arange(len(here)), counts)
    column = first[gaussian] + np.arange(len(gaussian)) - np.repeat(np.cumsum(counts) - counts, counts)
    order = np.argsort(column.astype(np.uint16), kind="stable")
    ends = np.cumsum(np.bincount(column, minlength=across))
    return np.split(here[gaussian[order]], ends[:-1])


def _draw_tile(footprints: Footprints, here: NDArray[np.intp], left: int, top: int) -> Floats:
    """(TILE, TILE, 4) colour times alpha, and alpha: Gaussians front to back, until nothing shines through."""
    x = np.tile(np.arange(TILE, dtype=np.float32) + np.float32(left + 0.5), TILE)
    y = np.repeat(np.arange(TILE, dtype=np.float32) + np.float32(top + 0.5), TILE)
    color = np.zeros((TILE * TILE, 3), dtype=np.float32)
    through = np.ones(TILE * TILE, dtype=np.float32)
    for start in range(0, len(here), _BATCH):
        batch = here[start : start + _BATCH]
        middle, conic = footprints.middle[batch], footprints.conic[batch]
        dx, dy = x - middle[:, 0:1], y - middle[:, 1:2]
        power = conic[:, 0:1] * dx * dx + 2 * conic[:, 1:2] * dx * dy + conic[:, 2:3] * dy * dy
        alpha = footprints.alphas[batch, None] * np.exp(-0.5 * power)
        alpha[(power > CUTOFF * CUTOFF) | (alpha < FAINTEST)] = 0
        left_over = np.cumprod(1 - alpha, axis=0)
        alpha[1:] *= left_over[:-1]
        color += (alpha * through).T @ footprints.colors[batch]
        through *= left_over[-1]
        if through.max() < _OPAQUE:
            break
    return np.concatenate([color, 1 - through[:, None]], axis=1).reshape(TILE, TILE, 4)
