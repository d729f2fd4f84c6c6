"""What is wrong with a piece, from its files and from where it is drawn, in words that name the tool that mends it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.pictures.pixels import Pixels, load_pixels
from splatelier.tools.pictures.subject import box_of, load_picture, subject_mask
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.orient import fit
from splatelier.tools.workspace.derived import convert_once
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_CACHE = ".splatelier/cache/check"
_HEAVY = 12_000_000
_TURNED = -2.0
"""Log-odds: below this the model fits its picture better turned over."""

_SAME = 5.0
"""Of 255: two pictures that differ by less, in the mean, are nearly the same."""

_SIDE = 24


def judge(mask: Mask, words: Sequence[Box], frame: Box) -> Iterator[str]:
    """What is wrong with how a piece stands on the stage.

    Args:
        mask: (height, width) where it is drawn.
        words: boxes of text.
        frame: the box that the piece may use.
    """
    if mask.mean() < 0.004:
        yield "the stage is empty; look at the model with preview_splat"
        return
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    edges = [mask[0], mask[-1], mask[:, 0], mask[:, -1]]
    if any(np.count_nonzero(edge) > 3 for edge in edges):
        yield "it is cut off by the edge of the window; zoom out with set_style(zoom=...) or frame_item"
    tall = (rows[-1] - rows[0]) / max(1, frame[3] - frame[1])
    wide = (columns[-1] - columns[0]) / max(1, frame[2] - frame[0])
    if max(tall, wide) < 0.3:
        yield "it is too small on the stage; come closer with set_style(zoom=...) or frame_item"
    for left, top, right, bottom in words:
        under = mask[max(0, top) : bottom, max(0, left) : right]
        if under.size and under.mean() > 0.01:
            yield "words stand over it; zoom out with set_style(zoom=...), or move them with caption_position"
            break


def heavy(workspace: Workspace, item: Item) -> Iterator[str]:
    """Whether its model takes long to arrive."""
    path = workspace.resolve(item.model)
    if path.is_file() and path.stat().st_size > _HEAVY:
        megabytes = path.stat().st_size / 1e6
        yield f"{item.title}: its model has {megabytes:.0f} MB and is slow to arrive; use prune_splat, compress_splat"


def upside_down(workspace: Workspace, item: Item) -> Iterator[str]:
    """Whether the model stands on its head beside its picture: by the model alone, whatever floor or fog there is.

    A .glb says itself which way is up.
    """
    if not item.model.endswith(".ksplat"):
        return
    picture = workspace.existing(item.image)

    def write(target: Path) -> None:
        evidence = fit(read_splats(workspace.existing(item.model)), load_picture(picture))
        target.write_text(f"{evidence:.3f}", encoding="ascii")

    found = convert_once(workspace, _CACHE, item.model, f"fit 1 {file_sha256(picture)}", ".txt", write)
    if float(workspace.existing(found).read_text(encoding="ascii")) < _TURNED:
        yield f"{item.title}: it looks upside down beside its picture; turn it with flip_splat, then replace_item"


def alike(workspace: Workspace, gallery: Gallery) -> Iterator[str]:
    """Pieces whose pictures are nearly the same."""
    known: list[tuple[str, NDArray[np.float64]]] = []
    for item in gallery.items:
        small = _small(load_pixels(workspace.existing(item.image)))
        twin = next((title for title, other in known if np.abs(small - other).mean() < _SAME), None)
        if twin:
            yield f"{item.title}: its picture is nearly the same as that of {twin}; make another with replace_item"
        known.append((item.title, small))


def _small(pixels: Pixels) -> NDArray[np.float64]:
    """(24, 24, 3) the subject in its own box, on black."""
    mask = subject_mask(pixels)
    rows, columns = box_of(mask)
    alone = np.where(mask[..., None], pixels[..., :3], 0)[rows, columns]
    if not alone.size:
        return np.zeros((_SIDE, _SIDE, 3))
    return np.asarray(Image.fromarray(alone).resize((_SIDE, _SIDE), Image.Resampling.BOX), dtype=np.float64)
