"""Where a splat is drawn in a window, from its Gaussians alone, by the camera that the viewer uses too."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.site.judge import Box
from splatelier.tools.splats.body import body_mask
from splatelier.tools.splats.draw.camera import camera
from splatelier.tools.splats.draw.projection import project
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.splats import Floats, Splats
from splatelier.tools.workspace.workspace import Workspace

CELL = 8
"""Pixels: what is drawn is known that finely."""

_SOLID = 0.25  # opacity from which a Gaussian covers what is behind it
_MANY = 20_000  # Gaussians: enough to know an outline
_DENSE = 0.35  # of a Gaussian's reach: one standard deviation
_THICKEST = 4  # cells around its middle that a Gaussian takes up
_SMALLEST = 48  # pixels: a frame that is narrower is none
_SOME = 0.003  # of the Gaussians: fewer are strays


def body(workspace: Workspace, item: Item) -> Splats | None:
    """What can be seen of a splat, thinned; None for a mesh, whose outline nobody here knows."""
    if not item.model.endswith(".ksplat"):
        return None
    splats = read_splats(workspace.existing(item.model))
    kept = np.flatnonzero(body_mask(splats) & (splats.alphas > _SOLID))
    return splats.take(kept[:: -(-len(kept) // _MANY)]) if len(kept) else None


@dataclass(frozen=True, eq=False)
class Outline:
    """Where a piece is drawn.

    Attributes:
        cells: (rows, columns) of the window, `CELL` pixels each.
        cut: the sides of the window beyond which a part of it lies.
    """

    cells: NDArray[np.bool_]
    cut: list[str]


def outline(splats: Splats | None, gallery: Gallery, item: Item, frame: Box, window: tuple[int, int]) -> Outline | None:
    """Where a piece is drawn; None where that is not known.

    Args:
        splats: its `body`.
        frame: the part of the window that it may use, in pixels.
        window: width and height.
    """
    left, top, right, bottom = frame
    width, height = right - left, bottom - top
    if splats is None or min(width, height) < _SMALLEST:
        return None
    settings = gallery.settings
    framing = replace(item.framing, elevation=item.framing.elevation + settings.elevation)
    view = camera(framing, width, height, zoom=settings.zoom)
    wide = replace(view, width=3 * width, height=3 * height)  # the same picture, with what lies beyond the frame
    footprints = project(splats, wide)
    middle = footprints.middle - (width, height) + (left, top)
    thick = min(_THICKEST, round(float(np.median(footprints.reach)) * _DENSE / CELL))
    return Outline(_cells(middle, thick, window), _cut(middle, window))


def _cells(middle: Floats, thick: int, window: tuple[int, int]) -> NDArray[np.bool_]:
    across, down = (-(-size // CELL) for size in window)
    drawn = np.zeros((down, across), dtype=bool)
    cells = np.floor(middle / CELL).astype(np.int64)
    inside = (cells >= -thick).all(axis=1) & (cells < (across + thick, down + thick)).all(axis=1)
    wide = np.pad(drawn, thick)
    wide[cells[inside, 1] + thick, cells[inside, 0] + thick] = True
    return grown(wide, thick)[thick : thick + down, thick : thick + across]


def _cut(middle: Floats, window: tuple[int, int]) -> list[str]:
    beyond = {
        "left": middle[:, 0] < 0,
        "right": middle[:, 0] > window[0],
        "top": middle[:, 1] < 0,
        "bottom": middle[:, 1] > window[1],
    }
    return [side for side, there in beyond.items() if there.mean() > _SOME]


def grown(cells: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """The cells and those up to `by` rows and columns away."""
    wide = np.pad(cells, by)
    rows, columns = cells.shape
    steps = [(row, column) for row in range(2 * by + 1) for column in range(2 * by + 1)]
    near = [wide[row : row + rows, column : column + columns] for row, column in steps]
    return np.asarray(np.any(near, axis=0))
