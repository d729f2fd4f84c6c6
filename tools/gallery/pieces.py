"""A piece's files, wherever tools left them, become an item of the gallery with copies of its own in assets/."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import KINDS, Item
from splatelier.tools.gallery.models import check_model, framing, poster
from splatelier.tools.splats.framing import Framing, framing_of
from splatelier.tools.workspace.derived import WORK, convert_once
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace


@dataclass(frozen=True)
class Piece:
    """What somebody made and wants to show. What is left out stays as it is in the piece that it updates.

    Attributes:
        title: its name, as a visitor reads it.
        image: workspace path of the source picture.
        model: workspace path of what the site draws, .ksplat or .glb.
        splat: workspace path of the upright .ply behind a .ksplat.
        framing: what `frame` gave for it, as a mapping; found from `splat` when left out.
        caption: a sentence or two.
    """

    title: str
    image: str | None = None
    model: str | None = None
    splat: str | None = None
    framing: Mapping[str, Any] | None = None
    caption: str | None = None


def make_item(workspace: Workspace, slug: str, piece: Piece, old: Item | None = None) -> Item:
    """The gallery item of a piece, whose files are copied to assets/<slug>/ under their usual names.

    Args:
        old: the item that it updates.

    Raises:
        SplatelierError: a file is missing or of a kind that a gallery cannot hold, or a splat has no framing.
    """
    if old is not None:
        if not (piece.image or piece.model or piece.splat or piece.framing):
            caption = old.caption if piece.caption is None else piece.caption
            return old.model_copy(update={"title": piece.title, "caption": caption})
        piece = _with_what_stays(workspace, piece, old)
    if piece.image is None or piece.model is None:
        raise SplatelierError(f"There is no piece {piece.title!r} yet; a new one needs its image and its model.")
    model = workspace.existing(piece.model)
    check_model(model)
    suffix = model.suffix.lower()
    view = _framing(workspace, piece)
    files = {"source.png": _as_png(workspace, piece.image), f"{KINDS[suffix]}{suffix}": piece.model}
    if piece.splat is not None:
        files |= {"splat.ply": piece.splat, "poster.webp": poster(workspace, piece.splat, view)}
    place = _place(workspace, slug, files)
    paths = {name: workspace.copy(origin, f"{place}/{name}") for name, origin in files.items()}
    return Item(
        slug=slug,
        title=piece.title,
        caption=piece.caption or "",
        detail=old.detail if old else "",
        link=old.link if old else None,
        kind=KINDS[suffix],
        image=paths["source.png"],
        model=paths[f"{KINDS[suffix]}{suffix}"],
        source=paths.get("splat.ply"),
        poster=paths.get("poster.webp"),
        framing=view,
        provenance=trace(workspace, piece.model) or (old.provenance if old and piece.model == old.model else []),
    )


def _with_what_stays(workspace: Workspace, piece: Piece, old: Item) -> Piece:
    """The piece with what it leaves out; another model brings its own splat and framing."""
    same = piece.model is None or _same(workspace, piece.model, old.model)
    return replace(
        piece,
        image=piece.image or old.image,
        model=old.model if same else piece.model,
        splat=piece.splat or (old.source if same else None),
        framing=asdict(old.framing) if same and piece.framing is None else piece.framing,
        caption=old.caption if piece.caption is None else piece.caption,
    )


def _place(workspace: Workspace, slug: str, files: Mapping[str, str]) -> str:
    """The item's folder: assets/<slug>, or a numbered one where another file has one of the names, for undo."""
    number = 1
    while True:
        place = f"assets/{slug}" if number == 1 else f"assets/{slug}-{number}"
        theirs = {origin: f"{place}/{name}" for name, origin in files.items()}
        if all(
            not workspace.resolve(there).exists() or _same(workspace, origin, there) for origin, there in theirs.items()
        ):
            return place
        number += 1


def _same(workspace: Workspace, one: str, other: str) -> bool:
    return file_sha256(workspace.existing(one)) == file_sha256(workspace.existing(other))


def _as_png(workspace: Workspace, image: str) -> str:
    """The path of the picture as PNG."""
    origin = workspace.existing(image)
    try:
        with Image.open(origin) as picture:
            if picture.format == "PNG":
                return image
            return convert_once(workspace, WORK, image, "PNG", ".png", lambda path: picture.save(path, format="PNG"))
    except (OSError, Image.DecompressionBombError) as error:
        raise SplatelierError(f"{image!r} is not a picture that can be read; give a PNG, JPEG or WebP.") from error


def _framing(workspace: Workspace, piece: Piece) -> Framing:
    if piece.framing is not None:
        return framing_of(piece.framing)
    if piece.splat is None:
        raise SplatelierError(
            f"{piece.model!r} comes without a framing; call frame_splat on the upright .ply and pass it."
        )
    return framing(workspace, piece.splat)
