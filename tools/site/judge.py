"""What is wrong with a piece, from its files and from where it is drawn, in words that name the tool that mends it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.pictures.pixels import load_pixels, open_picture
from splatelier.tools.pictures.subject import box_of, load_picture, subject_mask
from splatelier.tools.site.page import light
from splatelier.tools.splats.body import body_mask, weighted_quantiles
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.orient import fit
from splatelier.tools.splats.splats import Splats
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

SMALL = 0.3
"""Of its frame: a piece that takes up less is too small."""

_FLOOR = 0.005
"""Of the Gaussians lie below the floor, as the viewer lays it."""

_FOOT = 0.01
"""Of what is to be seen of a piece lies below its foot."""

_GAP = 0.06
"""Of its height: a foot that is farther from the floor does not stand on it."""

_FAINT = 34.0
"""Of 255: a piece that differs by less from the stage, nearly everywhere, is not to be seen."""

_SOME = 0.1
"""Of a piece has to differ from the stage."""

_POSTER = 128
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
    edges = {"left": mask[:, 0], "right": mask[:, -1], "top": mask[0], "bottom": mask[-1]}
    cut = [side for side, edge in edges.items() if np.count_nonzero(edge) > 3]
    if cut:
        where = f"in a window of {mask.shape[1]}x{mask.shape[0]}"
        yield f"it is cut off at {sides(cut)} {where}; zoom out with set_style(zoom=...) or frame_item"
    tall = (rows[-1] - rows[0]) / max(1, frame[3] - frame[1])
    wide = (columns[-1] - columns[0]) / max(1, frame[2] - frame[0])
    if max(tall, wide) < SMALL:
        yield "it is too small on the stage; come closer with set_style(zoom=...) or frame_item"
    for left, top, right, bottom in words:
        under = mask[max(0, top) : bottom, max(0, left) : right]
        if under.size and under.mean() > 0.01:
            yield "words stand over it; zoom out with set_style(zoom=...), or move them with caption_position"
            break


def sides(names: Sequence[str]) -> str:
    """Sides in words: "the left, the top and the bottom"."""
    *most, last = (f"the {name}" for name in names)
    return f"{', '.join(most)} and {last}" if most else last


def from_files(workspace: Workspace, gallery: Gallery, item: Item) -> Iterator[str]:
    """What is wrong with a piece, as far as its files tell."""
    yield from _heavy(workspace, item)
    yield from _upside_down(workspace, item)
    yield from _off_the_floor(workspace, gallery, item)
    yield from _faint(workspace, gallery, item)


def _heavy(workspace: Workspace, item: Item) -> Iterator[str]:
    """Whether its model takes long to arrive."""
    path = workspace.resolve(item.model)
    if path.is_file() and path.stat().st_size > _HEAVY:
        megabytes = path.stat().st_size / 1e6
        yield f"{item.title}: its model has {megabytes:.0f} MB and is slow to arrive; use prune_splat, compress_splat"


def _upside_down(workspace: Workspace, item: Item) -> Iterator[str]:
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


def _off_the_floor(workspace: Workspace, gallery: Gallery, item: Item) -> Iterator[str]:
    """Whether a piece touches nothing it stands on, where there is a floor to be seen."""
    settings = gallery.settings
    if not item.model.endswith(".ksplat") or not (settings.reflection or settings.contact_shadow):
        return

    def write(target: Path) -> None:
        target.write_text(f"{_gap(read_splats(workspace.existing(item.model))):.3f}", encoding="ascii")

    found = convert_once(workspace, _CACHE, item.model, "gap 1", ".txt", write)
    gap = float(workspace.existing(found).read_text(encoding="ascii"))
    if gap > _GAP:
        yield f"{item.title}: it floats above the floor, over strays below it; use prune_splat, then replace_item"
    elif gap < -_GAP:
        yield f"{item.title}: it sinks into the floor, {-gap:.0%} of its height; use prune_splat, then replace_item"


def _gap(splats: Splats) -> float:
    """How far a splat's foot is above the floor that the viewer lays for it, in its own heights."""
    seen = splats.take(body_mask(splats))
    if not len(seen):
        return 0.0
    foot, head = weighted_quantiles(seen.centers[:, 1:2], seen.alphas, (_FOOT, 1 - _FOOT))[:, 0]
    return float((foot - np.quantile(splats.centers[:, 1], _FLOOR)) / max(head - foot, 1e-9))


def _faint(workspace: Workspace, gallery: Gallery, item: Item) -> Iterator[str]:
    """Whether a piece in its light can hardly be told from the stage."""
    if item.poster is None:
        return
    with open_picture(workspace.existing(item.poster)) as picture:
        small = picture.convert("RGBA")
    small.thumbnail((_POSTER, _POSTER))
    pixels = light(gallery.settings).of_picture(np.asarray(small)).astype(np.float64)
    stage = np.array([int(gallery.settings.background[at : at + 2], 16) for at in (1, 3, 5)])
    subject = pixels[pixels[..., 3] > 127][:, :3]
    if len(subject) and (np.abs(subject - stage).max(axis=1) > _FAINT).mean() < _SOME:
        yield f"{item.title}: it can hardly be told from the background; change that, exposure or light with set_style"


def alike(workspace: Workspace, gallery: Gallery) -> Iterator[str]:
    """Pieces whose pictures are nearly the same."""
    known: list[tuple[str, NDArray[np.float64]]] = []
    for item in gallery.items:
        small = _small(workspace, item.image)
        twin = next((title for title, other in known if np.abs(small - other).mean() < _SAME), None)
        if twin:
            yield f"{item.title}: its picture is nearly the same as that of {twin}; make another with replace_item"
        known.append((item.title, small))


def _small(workspace: Workspace, picture: str) -> NDArray[np.float64]:
    """(24, 24, 3) the subject in its own box, on black."""

    def write(target: Path) -> None:
        pixels = load_pixels(workspace.existing(picture))
        mask = subject_mask(pixels)
        rows, columns = box_of(mask)
        alone = np.where(mask[..., None], pixels[..., :3], 0)[rows, columns]
        small = Image.fromarray(alone).resize((_SIDE, _SIDE), Image.Resampling.BOX) if alone.size else _NOTHING
        small.save(target, format="PNG")

    found = convert_once(workspace, _CACHE, picture, "small 1", ".png", write)
    return load_pixels(workspace.existing(found))[..., :3].astype(np.float64)


_NOTHING = Image.new("RGB", (_SIDE, _SIDE))
