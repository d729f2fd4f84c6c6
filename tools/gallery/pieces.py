"""A piece's files, wherever tools left them, become an item of the gallery with copies of its own in assets/."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import KINDS, Item
from splatelier.tools.gallery.models import check_model, framing, poster
from splatelier.tools.splats.framing import Framing, framing_of
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace


@dataclass(frozen=True)
class Piece:
    """What somebody made and wants to show.

    Attributes:
        title: its name, as a visitor reads it.
        image: workspace path of the source picture.
        model: workspace path of what the site draws, .ksplat or .glb.
        splat: workspace path of the upright .ply behind a .ksplat.
        framing: what `frame` gave for it, as a mapping; found from `splat` when left out.
        caption: a sentence or two.
    """

    title: str
    image: str
    model: str
    splat: str | None = None
    framing: Mapping[str, Any] | None = None
    caption: str | None = None


def make_item(workspace: Workspace, slug: str, piece: Piece) -> Item:
    """The gallery item of a piece, whose files are copied to assets/<slug>/ under their usual names.

    Raises:
        SplatelierError: a file is missing or of a kind that a gallery cannot hold, or a splat has no framing.
    """
    model = workspace.existing(piece.model)
    check_model(model)
    suffix = model.suffix.lower()
    place = _place(workspace, slug, piece.model)
    view = _framing(workspace, piece)
    source = workspace.copy(piece.splat, f"{place}/splat.ply") if piece.splat else None
    return Item(
        slug=slug,
        title=piece.title,
        caption=piece.caption or "",
        kind=KINDS[suffix],
        image=_as_png(workspace, piece.image, f"{place}/source.png"),
        model=workspace.copy(piece.model, f"{place}/{KINDS[suffix]}{suffix}"),
        source=source,
        poster=workspace.copy(poster(workspace, source, view), f"{place}/poster.webp") if source else None,
        framing=view,
        provenance=trace(workspace, piece.model),
    )


def _place(workspace: Workspace, slug: str, model: str) -> str:
    """The item's folder: assets/<slug>, or a numbered one where undo still needs what lies there."""
    digest = file_sha256(workspace.existing(model))
    number = 1
    while True:
        place = f"assets/{slug}" if number == 1 else f"assets/{slug}-{number}"
        there = [path for path in workspace.resolve(place).glob("*") if path.suffix in KINDS]
        if not there or file_sha256(there[0]) == digest:
            return place
        number += 1


def _as_png(workspace: Workspace, image: str, target: str) -> str:
    origin = workspace.existing(image)
    try:
        with Image.open(origin) as picture:
            if picture.format == "PNG":
                return workspace.copy(image, target)
            with workspace.replacing(target) as temporary:
                picture.save(temporary, format="PNG")
    except (OSError, Image.DecompressionBombError) as error:
        raise SplatelierError(f"{image!r} is not a picture that can be read; give a PNG, JPEG or WebP.") from error
    return workspace.relative(target)


def _framing(workspace: Workspace, piece: Piece) -> Framing:
    if piece.framing is not None:
        return framing_of(piece.framing)
    if piece.splat is None:
        raise SplatelierError(
            f"{piece.model!r} comes without a framing; call frame_splat on the upright .ply and pass it."
        )
    return framing(workspace, piece.splat)
