"""Pieces of a composition, and the relief they make when they are stamped one after the other."""

from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .geometry import Points, bounds, flipped, moved
from .materials import Material

Form: TypeAlias = Literal["flat", "turned", "pitched", "ridged"]
Act: TypeAlias = Literal["solid", "carve", "cut"]
Floats: TypeAlias = NDArray[np.float32]

MARGIN = 0.06
NOWHERE = -1.0e3
"""Height of the void, in pixels: far enough behind everything that edges catch the rim light."""


@dataclass(frozen=True)
class Piece:
    """Some outlines, what they are made of and how they stand out of the picture.

    A solid adds to the silhouette. A carving only works on what is there already: `front` is then counted from that
    surface, and without a material it keeps the one it meets. A cut opens the silhouette to the night behind.

    The form says how the surface swells beyond `front`: "turned" about its own vertical axis (`bulge` 1 is a true
    surface of revolution), "ridged" likewise with two flat sides, "pitched" leaning back by `bulge` metres a metre.
    """

    outlines: tuple[Points, ...]
    material: Material | None
    front: float = 0.0
    form: Form = "flat"
    bulge: float = 1.0
    act: Act = "solid"


Pieces: TypeAlias = list[Piece]


def solid(outline: Points, material: Material, front: float = 0.0, form: Form = "flat", bulge: float = 1.0) -> Piece:
    """A part of the body."""
    return Piece((outline,), material, front, form, bulge)


def carve(
    *outlines: Points, front: float, material: Material | None = None, form: Form = "flat", bulge: float = 1.0
) -> Piece:
    """Ornament on what is there: raised where front is positive, sunk where it is negative."""
    return Piece(outlines, material, front, form, bulge, "carve")


def cut(*outlines: Points) -> Piece:
    """Openings to the night."""
    return Piece(outlines, None, act="cut")


def mirrored(pieces: Pieces) -> Pieces:
    """The pieces and, after each, its reflection in the axis."""
    return [q for p in pieces for q in (p, replace(p, outlines=tuple(flipped(o) for o in p.outlines)))]


def placed(pieces: Pieces, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0, front: float = 0.0) -> Pieces:
    """The pieces scaled about the origin, shifted, and (solids) brought forward."""
    return [
        replace(
            p,
            outlines=tuple(moved(o, dx, dy, scale) for o in p.outlines),
            front=p.front * scale + (front if p.act == "solid" else 0.0),
        )
        for p in pieces
    ]


@dataclass
class Relief:
    """The stamped picture, all arrays (side, side), row 0 at the top; heights in pixels towards the viewer."""

    inside: NDArray[np.bool_]
    height: Floats
    index: NDArray[np.uint8]
    materials: list[Material]
    pixels_per_metre: float


class _Stamp:
    def __init__(self, pieces: Pieces, side: int) -> None:
        left, bottom, right, top = bounds(o for p in pieces if p.act == "solid" for o in p.outlines)
        self.side = side
        self.scale = side * (1 - 2 * MARGIN) / max(right - left, top - bottom, 1e-6)
        self.origin = np.array([(side - 1) / 2 - self.scale * (left + right) / 2,
                                (side - 1) / 2 + self.scale * (bottom + top) / 2])  # fmt: skip
        self.inside = np.zeros((side, side), dtype=bool)
        self.height = np.full((side, side), NOWHERE, dtype=np.float32)
        self.index = np.zeros((side, side), dtype=np.uint8)
        self.known: dict[Material, int] = {}

    def press(self, piece: Piece) -> None:
        if piece.form == "flat" or piece.act == "cut":
            self._press(piece, piece.outlines)
        else:  # every outline swells about its own axis
            for outline in piece.outlines:
                self._press(piece, (outline,))

    def _pixels(self, outline: Points) -> Points:
        """The outline on the pixel grid, rounded away from the axis so that a symmetric thing stays symmetric."""
        grid: Points = outline * [self.scale, -self.scale] + self.origin
        outward = np.sign(grid - (self.side - 1) / 2)
        return np.rint(grid + 1e-6 * outward)

    def _press(self, piece: Piece, outlines: tuple[Points, ...]) -> None:
        drawn = [self._pixels(o) for o in outlines if len(o) > 2]
        if not drawn:
            return
        left, top, right, bottom = bounds(drawn)
        x0, y0 = max(floor(left), 0), max(floor(top), 0)
        x1, y1 = min(ceil(right) + 1, self.side), min(ceil(bottom) + 1, self.side)
        if x1 <= x0 or y1 <= y0:
            return
        stencil = Image.new("L", (x1 - x0, y1 - y0))
        draw = ImageDraw.Draw(stencil)
        for outline in drawn:
            draw.polygon([tuple(p) for p in (outline - [x0, y0]).tolist()], fill=1)
        shape = np.asarray(stencil) != 0
        window = (slice(y0, y1), slice(x0, x1))
        if piece.act == "cut":
            self.inside[window] &= ~shape
            return
        rise = np.float32(piece.front * self.scale) + self._swell(piece, shape)
        if piece.act == "carve":
            shape = shape & self.inside[window]
            np.add(self.height[window], rise, out=self.height[window], where=shape)
        else:
            self.inside[window] |= shape
            np.copyto(self.height[window], rise, where=shape)
        if piece.material is not None:
            number = self.known.setdefault(piece.material, len(self.known))
            np.copyto(self.index[window], np.uint8(number), where=shape)

    @staticmethod
    def _swell(piece: Piece, shape: NDArray[np.bool_]) -> Floats:
        """How far the surface swells at each pixel of the stencil, in pixels."""
        rows, columns = shape.shape
        rise: Floats
        if piece.form == "flat":
            return np.zeros((1, 1), dtype=np.float32)
        if piece.form == "pitched":
            rise = np.float32(piece.bulge) * np.arange(1 - rows, 1, dtype=np.float32)[:, None]
            return rise
        first = shape.argmax(axis=1)
        last = columns - 1 - shape[:, ::-1].argmax(axis=1)
        half = ((last - first + 1) / 2).astype(np.float32)[:, None]
        away = np.arange(columns, dtype=np.float32)[None, :] - ((first + last) / 2).astype(np.float32)[:, None]
        if piece.form == "ridged":
            rise = np.float32(piece.bulge) * np.maximum(half - np.abs(away), 0)
        else:
            rise = np.float32(piece.bulge) * np.sqrt(np.maximum(half * half - away * away, 0))
        return rise


def build_relief(pieces: Pieces, side: int) -> Relief:
    """Stamp the pieces in their order on a square, centred, the longer side of the whole at MARGIN from the frame."""
    stamp = _Stamp(pieces, side)
    for piece in pieces:
        stamp.press(piece)
    stamp.height[~stamp.inside] = NOWHERE
    return Relief(stamp.inside, stamp.height, stamp.index, list(stamp.known), stamp.scale)
